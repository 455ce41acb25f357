package receipts

import "vpos/txn"

// Render goes the whole way from a slip to a page that keeps the rules. The
// error is [ErrNoSlip], a [*WidthError] or a [*CheckError].
func Render(slip txn.Slip, o Options) (Page, error) {
	facts, err := NewFacts(slip, o)
	if err != nil {
		return Page{}, err
	}
	document := CardSlip
	if slip.Txn.Kind == txn.Settlement {
		document = SettlementSlip
	}
	page, err := Layout(document(facts), o.Columns)
	if err != nil {
		return Page{}, err
	}
	if err := Check(page, facts); err != nil {
		return Page{}, err
	}
	return page, nil
}
