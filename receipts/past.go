package receipts

import "vpos/txn"

// PastFacts name the earlier transaction that one is about: what it takes back,
// completes, refunds or tips. What the kind has no use for is empty.
type PastFacts struct {
	Trace     string // of one of the same batch, or found in the journal
	Kind      string // where it is not a plain sale
	AuthCode  string // of a pre-authorisation
	Reference string // of what is refunded
	Date      string // 2006/01/02
}

// originalDate is how a slip writes a day.
const originalDate = "2006/01/02"

// pastFacts are those that a kind's slip has to say. One that a cashier keyed has no
// trace number.
func pastFacts(t txn.Transaction, lang Lang) PastFacts {
	of := t.Of
	if of == nil {
		return PastFacts{}
	}
	var f PastFacts
	if of.STAN != 0 {
		f.Trace = of.STAN.String()
	}
	switch {
	case t.Kind == txn.Refund:
		f.Reference = tidy(of.RRN)
	case t.Kind.Held():
		f.AuthCode = tidy(of.AuthCode)
	case of.Kind != txn.Sale && of.Kind != txn.Completion:
		f.Kind = kindName(of.Kind).In(lang)
	}
	if (t.Kind == txn.Refund || t.Kind.Held()) && !of.At.IsZero() {
		f.Date = of.At.Format(originalDate)
	}
	return f
}

// past writes them.
func (w *writer) past(f PastFacts) {
	w.value(FieldOriginal, f.Trace)
	w.value(FieldOriginalKind, f.Kind)
	w.value(FieldOriginalAuth, f.AuthCode)
	w.value(FieldOriginalRef, f.Reference)
	w.value(FieldOriginalDate, f.Date)
}

// must are the facts of an earlier transaction that a slip has to show.
func (f PastFacts) must() []must {
	return []must{
		{FieldOriginal, f.Trace, false},
		{FieldOriginalKind, f.Kind, false},
		{FieldOriginalAuth, f.AuthCode, false},
		{FieldOriginalRef, f.Reference, false},
		{FieldOriginalDate, f.Date, false},
	}
}
