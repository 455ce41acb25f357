package world

import (
	"vpos/txn"
	"vpos/txn/proof"
)

// What leaves a terminal: durable before sent, reversals first, nothing sent twice but
// what is asked or told until it is answered, and nothing the terminal could know to
// be wrong.

// watchSend looks at a request before it leaves.
func (w *World) watchSend(t *terminal, q *txn.Request) {
	if q.Op == txn.OpScript && w.plan.wipes && len(q.Card.PAN.Reveal()) == 0 {
		w.violation(proof.RuleOrder, t, txn.Key{Batch: q.Batch, STAN: q.Original.STAN}, "advice sent with a wiped card")
	}
	if q.Op == txn.OpSettle {
		w.watchSettle(t, q)
	}
	if !q.Op.Financial() && q.Op != txn.OpBalance {
		return
	}
	k := txn.Key{Batch: q.Batch, STAN: q.STAN}
	i := t.disk.find(k)
	if i == nil {
		w.violation(proof.RuleOrder, t, k, "%s sent, and nothing is on disk", q.Op)
		return
	}
	if w.plan.wipes && len(q.Card.PAN.Reveal()) == 0 && !i.txn.ByCode() {
		w.violation(proof.RuleOrder, t, k, "%s sent with a wiped card", q.Op)
	}
	w.watchByCode(t, i, q)
	if q.Op == txn.OpReversal {
		w.watchReversal(t, i)
		return
	}
	i.sent++
	switch {
	case i.txn.Kind.Op() != q.Op || !i.txn.At.Equal(q.At):
		w.violation(proof.RuleOrder, t, k, "%s sent of %s, and the disk has a %s of another moment", q.Op, q.At, i.txn.Kind)
	case q.Op.Advice():
		w.watchAdvice(t, i, q)
	case q.Op == txn.OpRefund:
		w.watchRefund(t, i, q)
	default:
		w.watchRequest(t, i, q)
	}
}

// watchRequest looks at what is sent once and reversed when it goes unanswered, and at
// the balance, which is not even that. A Send may wait in the link until the machine has
// given it up, but it goes before its reversal then.
func (w *World) watchRequest(t *terminal, i *item, q *txn.Request) {
	k, on := i.txn.Key(), i.txn.Status
	given := on == txn.Open || on == txn.ReversalPending || q.Op == txn.OpBalance && on == txn.Failed
	if i.sent > 1 || i.undone > 0 || !given {
		w.violation(proof.RuleOrder, t, k, "%s sent, time %d, while the disk has it as %q", q.Op, i.sent, on)
	}
	w.watchTurn(t, q)
	switch i.txn.Kind {
	case txn.Void, txn.CompletionVoid:
		w.watchVoid(t, i.txn.Kind, q)
	case txn.Increment, txn.PreAuthVoid, txn.Completion:
		w.watchHeld(t, i.txn.Kind, q)
	default:
	}
}

// watchTurn holds that nothing is sent before a pending reversal or into a batch that
// may be closed, and nothing about earlier transactions before the host has heard of
// them.
func (w *World) watchTurn(t *terminal, q *txn.Request) {
	k := txn.Key{Batch: q.Batch, STAN: q.STAN}
	if f := t.state.Frozen; f != nil && f.Batch == k.Batch {
		w.violation(proof.RuleOrder, t, k, "%s sent in a batch that may be closed", q.Op)
	}
	for p := range t.state.Pending {
		if t.state.Pending[p].Key() != k {
			w.violation(proof.RuleOrder, t, k, "%s sent before a pending reversal", q.Op)
		}
	}
	if t.state.Draft.Key() != k || q.Op == txn.OpSale || q.Op == txn.OpQR || q.Op == txn.OpAuth || q.Op == txn.OpBalance {
		return
	}
	for u := range t.state.Untold {
		if t.state.Untold[u].Key() != k { // itself: its outcome did not fit on the disk
			w.violation(proof.RuleOrder, t, k, "%s sent, and the host has not heard of what was before", q.Op)
		}
	}
}

// watchReversal holds that only what is unknown is taken back, and only what is
// reversed at all.
func (w *World) watchReversal(t *terminal, i *item) {
	i.undone++
	switch on := i.txn.Status; {
	case !i.txn.Kind.Op().Reversible():
		w.violation(proof.RuleOrder, t, i.txn.Key(), "reversal sent of a %s", i.txn.Kind)
	case on != txn.Open && on != txn.ReversalPending && on != txn.Reversed:
		w.violation(proof.RuleOrder, t, i.txn.Key(), "reversal sent, and the disk has it as %q", on)
	}
}

// watchAdvice holds that only what has happened is told, as it happened.
func (w *World) watchAdvice(t *terminal, i *item, q *txn.Request) {
	switch k, on := i.txn.Key(), i.txn.Status; {
	case on != txn.Approved && on != txn.Voided && on != txn.Refused: // the last by an older try that waited in the link
		w.violation(proof.RuleOrder, t, k, "%s sent, and the disk has it as %q", q.Op, on)
	case i.txn.Kind == txn.Tip && (!proof.Takes(txn.Void, i.txn.Of.Kind) || i.txn.Of.Kind.QR()):
		w.violation(proof.RuleTip, t, k, "a tip on a %s is told", i.txn.Of.Kind)
	case i.txn.Kind == txn.Tip && i.txn.Amount != q.Amount:
		w.violation(proof.RuleTip, t, k, "a tip that makes it %s is told, and it was %s", q.Amount, i.txn.Amount)
	}
}

// watchTip holds that no tip begins on a sale of which the host has still to hear: nobody
// could say what it comes to if the host refused that.
func (w *World) watchTip(t *terminal, x *txn.Transaction) {
	for i := range t.disk.items {
		o := &t.disk.items[i].txn
		if o.Untold && o.Kind.Told() && o.Key() != x.Key() && (o.Key() == x.Of.Key || o.Kind == txn.Tip && o.Of.Key == x.Of.Key) {
			w.violation(proof.RuleTip, t, x.Key(), "a tip on %s, and the host has not heard of %s", x.Of.STAN, o.STAN)
		}
	}
}

// watchRefund holds that a refund is asked for as it was asked at first. One may still
// wait in the link when an older try is answered.
func (w *World) watchRefund(t *terminal, i *item, q *txn.Request) {
	k, of := i.txn.Key(), i.txn.Of
	switch {
	case i.txn.Amount != q.Amount:
		w.violation(proof.RuleRefund, t, k, "a refund of %s is sent, and %s is on disk", q.Amount, i.txn.Amount)
	case of == nil || q.Original == nil || of.RRN != q.Original.RRN:
		w.violation(proof.RuleRefund, t, k, "a refund of something else is sent than is on disk")
	}
	if i.txn.Status == txn.Open && i.sent == 1 {
		w.watchTurn(t, q)
	}
}

// watchVoid holds a void against the charge it names: charged, whole, and not taken
// back before. The host would refuse it too; a terminal does not ask.
func (w *World) watchVoid(t *terminal, kind txn.Kind, q *txn.Request) {
	k := txn.Key{Batch: q.Batch, STAN: q.Original.STAN}
	i := t.disk.find(k)
	switch {
	case i == nil || !proof.Takes(kind, i.txn.Kind) || i.txn.Status != txn.Approved:
		w.violation(proof.RuleVoid, t, k, "a %s of it is sent, and it is nothing on disk that it can take back", kind)
	case i.txn.Amount != q.Amount || !i.txn.At.Equal(q.Original.At):
		w.violation(proof.RuleVoid, t, k, "a %s of %s is sent, and it was for %s", kind, q.Amount, i.txn.Amount)
	}
}

// watchHeld holds what is about a pre-authorisation against it, where the disk knows
// it: of the same card, for no more than may be charged, voided whole.
func (w *World) watchHeld(t *terminal, kind txn.Kind, q *txn.Request) {
	k := txn.Key{Batch: q.Batch, STAN: q.STAN}
	hold, held := t.disk.hold(q.Original.AuthCode, q.Original.At)
	if hold == nil {
		return
	}
	switch {
	case !hold.Card.PAN.Equal(q.Card.PAN):
		w.violation(proof.RuleHold, t, k, "a %s of another card's hold is sent", kind)
	case kind == txn.Completion && q.Amount.Minor > held.Minor*115/100:
		w.violation(proof.RuleHold, t, k, "a completion for %s of a hold of %s is sent", q.Amount, held)
	case kind == txn.PreAuthVoid && q.Amount != held:
		w.violation(proof.RuleHold, t, k, "a void of %s of a hold of %s is sent", q.Amount, held)
	}
}

// watchSettle holds that totals are frozen on disk before they are sent, are sent the
// same each time, and not before what is to be reversed.
func (w *World) watchSettle(t *terminal, q *txn.Request) {
	k := txn.Key{Batch: q.Batch, STAN: q.STAN}
	i := t.disk.find(k)
	switch {
	case i == nil || i.txn.Kind != txn.Settlement:
		w.violation(proof.RuleOrder, t, k, "totals sent, and nothing is on disk")
	case i.txn.Totals == nil || q.Totals == nil || *i.txn.Totals != *q.Totals:
		w.violation(proof.RuleOrder, t, k, "totals sent that are not those on disk")
	case len(t.state.Pending) > 0:
		w.violation(proof.RuleOrder, t, k, "totals sent before a pending reversal")
	case len(t.state.Untold) > 0:
		w.violation(proof.RuleOrder, t, k, "totals sent before %d transactions the host is to hear of", len(t.state.Untold))
	}
}

// watchFailed holds that no settlement is given up that has left: the batch may be
// closed.
func (w *World) watchFailed(t *terminal, k txn.Key) {
	if i := t.disk.find(k); i != nil && i.txn.Kind == txn.Settlement && i.sent > 0 {
		w.violation(proof.RuleOrder, t, k, "a settlement was sent, and is given up")
	}
}
