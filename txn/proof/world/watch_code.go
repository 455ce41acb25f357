package world

import (
	"fmt"

	"vpos/txn"
	"vpos/txn/proof"
)

// Payment by a wallet's code: a payment code is sent once and wiped, and a code on the
// screen is of something that is on disk and on the link.

// orderOf is the number of an order: the rule once more, since a proof believes nothing of
// the machine's.
func orderOf(x *txn.Transaction) string {
	return fmt.Sprintf("%s%06d%06d%012d", x.Terminal, x.Batch, x.STAN, x.Amount.Minor)
}

// watchPayable looks at a code on the screen: whoever sees it may pay it.
func (w *World) watchPayable(t *terminal) {
	order := t.state.Payable()
	if order == "" {
		return
	}
	k := t.state.Draft.Key()
	switch i := t.disk.find(k); {
	case i == nil || i.txn.Status != txn.Open:
		w.violation(proof.RuleOrder, t, k, "a code to be paid is on the screen, and the disk has no open INTENT of it")
	case i.txn.Kind != txn.Show || orderOf(&i.txn) != order:
		w.violation(proof.RuleOrder, t, k, "a code for %s is on the screen, and the disk has %s", order, orderOf(&i.txn))
	}
}

// watchByCode holds what is sent of a payment by code against what is on disk: the code
// that was scanned, once, or the order that is shown; and no card.
func (w *World) watchByCode(t *terminal, i *item, q *txn.Request) {
	switch k, asks := i.txn.Key(), q.Op == txn.OpQR; {
	case !i.txn.ByCode() && (asks || q.Order != "" || !q.PayCode.Empty()):
		w.violation(proof.RuleOrder, t, k, "a %s of a card is sent by code", i.txn.Kind)
	case i.txn.ByCode() && !q.Card.PAN.Empty():
		w.violation(proof.RuleOrder, t, k, "a %s by code is sent with a card", i.txn.Kind)
	case !asks && !q.PayCode.Empty():
		w.violation(proof.RuleOrder, t, k, "%s sent with a payment code", q.Op)
	case asks && i.txn.Kind == txn.Scan && q.PayCode.Last4() != i.txn.Payer:
		w.violation(proof.RuleOrder, t, k, "sent without the payment code that was scanned")
	case asks && i.txn.Kind == txn.Show && q.Order != orderOf(&i.txn):
		w.violation(proof.RuleOrder, t, k, "order %s sent, and %s is on disk", q.Order, orderOf(&i.txn))
	}
	if !q.PayCode.Empty() {
		t.scanned = q.PayCode
	}
}

// watchCode holds that a payment code that has left is wiped as soon as the link has
// nothing more to do.
func (w *World) watchCode(t *terminal) {
	if !t.scanned.Empty() && t.sends.empty() && t.effects.empty() {
		w.violation(proof.RuleOrder, t, t.state.Draft.Key(), "a payment code is kept behind the request that carried it")
	}
}
