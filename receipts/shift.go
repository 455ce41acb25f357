package receipts

import (
	"vpos/txn"
)

// The report of a shift 交班报表: what an operator's transactions came to, and the cash
// in the drawer.

// RenderShift goes the whole way from a shift to a page that keeps the rules of a report.
// terminal and merchant are fields 41 and 42. The error is a [*WidthError] or a
// [*CheckError].
func RenderShift(s txn.Shift, terminal, merchant string, o ReportOptions) (Page, error) {
	f := NewShiftFacts(s, terminal, merchant, o)
	page, err := Layout(ReportDocument(f), o.Columns)
	if err != nil {
		return Page{}, err
	}
	if err := CheckReport(page, f); err != nil {
		return Page{}, err
	}
	return page, nil
}

// NewShiftFacts gathers the facts of a shift's report. Amounts are in the currency of
// the cash that was counted.
func NewShiftFacts(s txn.Shift, terminal, merchant string, o ReportOptions) ReportFacts {
	currency := s.Count.Currency
	o.Rates, o.Days, o.List = nil, 0, false
	f := NewReportFacts(&txn.Report{Currency: currency, Terminal: terminal, Merchant: merchant}, o)
	f.Shift, f.Batch, f.Operator = true, "", tidy(s.Operator)
	f.From, f.To = timeFact(s.From), timeFact(s.To)
	sum := s.Totals.Sum()
	b := sectionist{report: &txn.Report{Currency: currency}, lang: o.Lang}
	b.section(totalsTitle, []RowFact{
		b.row(debitWords, sum.Debits, 1), b.row(creditWords, sum.Credits, -1),
		{Label: netWords.In(b.lang), Amount: b.money(sum.Debits.Minor - sum.Credits.Minor), Strong: true},
	})
	b.section(drawerTitle, []RowFact{
		{Label: floatWords.In(b.lang), Amount: b.money(s.Float.Minor)},
		{Label: countWords.In(b.lang), Amount: b.money(s.Count.Minor)},
		{Label: differWords.In(b.lang), Amount: b.money(s.Count.Minor - s.Float.Minor), Strong: true},
	})
	f.Sections = b.list
	return f
}

// shiftOf is whose shift a report is of; empty for that of a batch.
func (f *ReportFacts) shiftOf() string {
	if !f.Shift {
		return ""
	}
	return f.Operator
}
