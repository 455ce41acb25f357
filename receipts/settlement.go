package receipts

import (
	"strconv"

	"vpos/txn"
)

// TallyFact is one line of a settlement: what, how many, how much.
type TallyFact struct {
	Field  Field
	Count  string
	Amount string // symbol and grouped amount; credits negative
}

// settlementOf lists what a batch comes to, foreign cards only where there are any.
func settlementOf(t txn.Transaction) []TallyFact {
	if t.Totals == nil {
		return nil
	}
	row := func(f Field, tally txn.Tally, sign int64) TallyFact {
		m := txn.Money{Minor: sign * tally.Minor, Currency: t.Amount.Currency}
		return TallyFact{Field: f, Count: strconv.Itoa(tally.Count), Amount: moneyFact(m)}
	}
	d, f := t.Totals.Domestic, t.Totals.Foreign
	out := []TallyFact{row(FieldDebits, d.Debits, 1), row(FieldCredits, d.Credits, -1)}
	if f != (txn.Sides{}) {
		out = append(out, row(FieldForeignDebits, f.Debits, 1), row(FieldForeignCredits, f.Credits, -1))
	}
	return out
}

// BalancedMark is on the slip of every batch that is closed: a host whose totals differ closes
// none.
const BalancedMark = "对账平 BALANCED"

// SettlementSlip writes what a closed batch came to, for the merchant alone: cards from here,
// and apart from them those from abroad.
func SettlementSlip(f Facts) Document {
	w := writer{lang: f.Lang, doc: Document{Lines: make([]Line, 0, 32)}}
	w.training(f)
	w.head(f)
	w.shop(f)
	w.rule(Thin)
	w.strong(FieldKind, f.Kind, Large)
	w.value(FieldBatch, f.Batch)
	w.value(FieldTrace, f.Trace)
	w.value(FieldReference, f.Reference)
	w.value(FieldDateTime, f.DateTime)
	w.value(FieldChain, f.Chain)
	w.training(f)
	w.rule(Thin)
	for _, t := range f.Tallies {
		w.line(Cell{Text: labels[t.Field].In(w.lang)},
			Cell{Text: t.Count, Field: t.Field, Align: Right, NoBreak: true, Width: 5},
			Cell{Text: t.Amount, Field: t.Field, Align: Right, NoBreak: true})
	}
	w.center(FieldBalanced, BalancedMark, Normal, true)
	w.rule(Thin)
	w.strong(FieldAmount, f.Amount, Large)
	w.contacts(f)
	w.training(f)
	return w.doc
}

// tallyMust are the lines of a settlement that its slip must show.
func tallyMust(f Facts) []must {
	var out []must
	if f.Tallies != nil {
		out = append(out, must{FieldBalanced, BalancedMark, true})
	}
	for _, t := range f.Tallies {
		out = append(out, must{t.Field, t.Count, true}, must{t.Field, t.Amount, true})
	}
	return out
}
