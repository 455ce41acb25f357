package receipts

import "vpos/txn"

// Slips of transactions that charged nothing: declined ones, and what is on an account. They
// are for the cardholder, nobody signs them, and no journal owes them.

// The marks of such slips, in both languages like every mark.
const (
	DeclinedMark = "交易失败 DECLINED"
	BalanceMark  = "余额查询 BALANCE"
)

// Declined is what there is to say of a refusal, in the words of the screens: they know the
// response codes.
type Declined struct {
	Why  Words // what the code means
	Next Words // what to do; may be empty
}

// outcome is what such a slip says beside the facts of its transaction.
type outcome struct {
	mark      string
	code      string // field 39; empty where the host was not asked
	available string // on the account
	why, next Words
}

// RenderDeclined draws the slip of a transaction that was declined. The error is [ErrNoSlip]
// for any other, a [*WidthError] or a [*CheckError].
func RenderDeclined(t *txn.Transaction, d Declined, o Options) (Page, error) {
	if t.Status != txn.Declined {
		return Page{}, ErrNoSlip
	}
	return renderOutcome(t, outcome{mark: DeclinedMark, code: tidy(t.Result.Code), why: d.Why, next: d.Next}, o)
}

// RenderBalance draws what is on an account, as the host said it. The error is [ErrNoSlip] for
// anything but an answered query, a [*WidthError] or a [*CheckError].
func RenderBalance(t *txn.Transaction, available txn.Money, o Options) (Page, error) {
	if t.Kind != txn.Balance || t.Status != txn.Approved {
		return Page{}, ErrNoSlip
	}
	return renderOutcome(t, outcome{mark: BalanceMark, available: moneyFact(available)}, o)
}

func renderOutcome(t *txn.Transaction, x outcome, o Options) (Page, error) {
	k, known := kinds[t.Kind]
	if t.Kind == txn.Balance {
		k, known = kind{name: Words{"余额查询", "BALANCE"}}, true
	}
	if !known {
		return Page{}, ErrNoSlip
	}
	f := gather(txn.Slip{Txn: t, Copy: txn.CardholderCopy}, k, o)
	if t.Kind == txn.Balance {
		f.Amount = ""
	}
	page, err := Layout(o.adorn(outcomeDocument(f, x)), o.Columns)
	if err != nil {
		return Page{}, err
	}
	if err := checkOutcome(page, f, x); err != nil {
		return Page{}, err
	}
	return page, nil
}

func outcomeDocument(f Facts, x outcome) Document {
	w := writer{lang: f.Lang}
	w.training(f)
	w.center(FieldOutcome, x.mark, Tall, true)
	w.center(FieldCopy, CardholderMark, Normal, false)
	w.rule(Double)
	w.shop(f)
	w.rule(Thin)
	w.card(f)
	w.training(f)
	w.value(FieldBatch, f.Batch)
	w.value(FieldTrace, f.Trace)
	w.value(FieldReference, f.Reference)
	w.value(FieldDateTime, f.DateTime)
	w.strong(FieldAmount, f.Amount, Normal)
	w.strong(FieldAvailable, x.available, Large)
	if x.mark == DeclinedMark {
		w.rule(Thin)
		w.value(FieldCode, x.code)
		w.both(FieldWhy, x.why, Left)
		if x.next != (Words{}) {
			w.both(FieldNext, x.next, Left)
		}
	}
	w.contacts(f)
	w.training(f)
	return w.doc
}

// checkOutcome holds such a slip to its rules: what it is about, whole; why, in every language
// of the slip; nothing to sign; the training marks; nothing like a card number.
func checkOutcome(p Page, f Facts, x outcome) error {
	for _, m := range []must{
		{FieldOutcome, x.mark, true}, {FieldMerchantNo, f.MerchantNo, true}, {FieldTerminalNo, f.TerminalNo, true},
		{FieldPAN, f.PAN, !f.ByCode}, {FieldKind, f.Kind, true}, {FieldTrace, f.Trace, true}, {FieldDateTime, f.DateTime, true},
		{FieldAmount, f.Amount, x.mark == DeclinedMark}, {FieldAvailable, x.available, x.mark == BalanceMark}, {FieldCode, x.code, false},
	} {
		if err := m.in(p); err != nil {
			return err
		}
	}
	if x.mark == DeclinedMark {
		if err := said(p, FieldWhy, x.why, f.Lang); err != nil {
			return err
		}
	}
	for _, field := range []Field{FieldSignature, FieldAgreement} {
		if len(p.show(field)) > 0 {
			return &CheckError{field, Forbidden}
		}
	}
	if err := checkTraining(p, f); err != nil {
		return err
	}
	return checkExposed(p, f)
}
