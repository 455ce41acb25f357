package world

import (
	"slices"

	"errors"

	"vpos/txn"
	"vpos/txn/host/sim"
	"vpos/txn/proof"
)

// What the world watches as it happens: durable before sent, durable before
// shown, durable before printed, reversals first, nothing sent twice.

// watchScreen looks at a screen when it appears.
func (w *World) watchScreen(t *terminal) {
	d := &t.state.Draft
	switch t.name {
	case txn.ApprovedShown, txn.UnknownShown:
	case txn.DeclinedShown:
		if d.STAN == 0 || d.Status == txn.Drafted {
			return // refused before it began
		}
	default:
		return
	}
	k := d.Key()
	t.shown = append(t.shown, proof.Shown{Key: k, Status: d.Status, Amount: d.Amount})
	on := t.disk.status(k)
	switch {
	case t.name == txn.UnknownShown && on == txn.Open: // the outcome did not fit on the disk
	case on != d.Status:
		w.violation(proof.RuleOrder, t, k, "shown as %s, and the disk has it as %q", d.Status, on)
	}
}

// watchSend looks at a request before it leaves.
func (w *World) watchSend(t *terminal, q *txn.Request) {
	if q.Op == txn.OpScript && w.plan.wipes && len(q.Card.PAN.Reveal()) == 0 {
		w.violation(proof.RuleOrder, t, txn.Key{Batch: q.Batch, STAN: q.Original.STAN}, "advice sent with a wiped card")
	}
	if q.Op == txn.OpSettle {
		w.watchSettle(t, q)
	}
	if !q.Op.Financial() {
		return
	}
	k := txn.Key{Batch: q.Batch, STAN: q.STAN}
	i := t.disk.find(k)
	if i == nil {
		w.violation(proof.RuleOrder, t, k, "%s sent, and nothing is on disk", q.Op)
		return
	}
	on := i.txn.Status
	if w.plan.wipes && len(q.Card.PAN.Reveal()) == 0 {
		w.violation(proof.RuleOrder, t, k, "%s sent with a wiped card", q.Op)
	}
	switch q.Op {
	case txn.OpSale, txn.OpVoid:
		// A Send may wait in the link until the machine has given it up, but it
		// goes before its reversal then, and once.
		if i.sent++; i.sent > 1 || i.undone > 0 || on != txn.Open && on != txn.ReversalPending {
			w.violation(proof.RuleOrder, t, k, "%s sent, time %d, while the disk has it as %q", q.Op, i.sent, on)
		}
		if f := t.state.Frozen; f != nil && f.Batch == k.Batch {
			w.violation(proof.RuleOrder, t, k, "%s sent in a batch that may be closed", q.Op)
		}
		for p := range t.state.Pending {
			if t.state.Pending[p].Key() != k {
				w.violation(proof.RuleOrder, t, k, "%s sent before a pending reversal", q.Op)
			}
		}
		if q.Op == txn.OpVoid {
			w.watchVoid(t, q)
		}
	case txn.OpReversal:
		if i.undone++; on == txn.Approved || on == txn.Declined || on == txn.Failed || on == txn.Voided {
			w.violation(proof.RuleOrder, t, k, "reversal sent, and the disk has it as %q", on)
		}
	case txn.OpSignOn, txn.OpSignOff, txn.OpEcho:
	default: // it moves nothing
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
	}
}

// watchFailed holds that no settlement is given up that has left: the batch may be
// closed.
func (w *World) watchFailed(t *terminal, k txn.Key) {
	if i := t.disk.find(k); i != nil && i.txn.Kind == txn.Settlement && i.sent > 0 {
		w.violation(proof.RuleOrder, t, k, "a settlement was sent, and is given up")
	}
}

// watchVoid holds a void against the sale it names: charged, whole, and not taken
// back before. The host would refuse it too; a terminal does not ask.
func (w *World) watchVoid(t *terminal, q *txn.Request) {
	k := txn.Key{Batch: q.Batch, STAN: q.Original.STAN}
	i := t.disk.find(k)
	switch {
	case i == nil || i.txn.Kind != txn.Sale || i.txn.Status != txn.Approved:
		w.violation(proof.RuleVoid, t, k, "a void of it is sent, and it is no approved sale on disk")
	case i.txn.Amount != q.Amount || !i.txn.At.Equal(q.Original.At):
		w.violation(proof.RuleVoid, t, k, "a void of %s is sent, and the sale was for %s", q.Amount, i.txn.Amount)
	}
}

// watchSlip looks at a slip before it is printed: an approval's, or the one that
// asks a person to see to a reversal.
func (w *World) watchSlip(t *terminal, s *txn.Slip) {
	on := t.disk.status(s.Txn.Key())
	if s.Copy == txn.FaultSlip {
		if on == txn.Approved || on == txn.Drafted {
			w.violation(proof.RulePaper, t, s.Txn.Key(), "a fault slip is printed, and the disk has it as %q", on)
		}
		return
	}
	if on != txn.Approved {
		w.violation(proof.RulePaper, t, s.Txn.Key(), "a slip is printed, and the disk has it as %q", on)
	}
}

// refused is an append that the journal itself would not take: the machine broke
// the law, and only the journal stood in its way. After a wrap the machine
// cannot know which numbers the open batch has used, and asks.
func (w *World) refused(t *terminal, f *txn.Append, err error) {
	rule := proof.RuleOrder
	if errors.Is(err, errDuplicate) {
		if w.plan.wrap {
			return
		}
		rule = proof.RuleSTAN
	}
	w.violation(rule, t, f.Tag.Key, "the journal refused %s: %v", f.Tag.Type, err)
}

// watchHalt is the machine finding itself in an impossible state.
func (w *World) watchHalt(t *terminal) {
	if !w.plan.wrap {
		w.violation(proof.RuleOrder, t, t.state.Draft.Key(), "the machine stopped: %s", t.state.Halted)
	}
}

// told names a transaction the host was told more of.
type told struct {
	terminal string
	key      txn.Key
}

// watchTold holds that nothing is written down as told that the host has not heard.
func (w *World) watchTold(t *terminal, k txn.Key) {
	if !slices.Contains(w.heard, told{t.setup.Terminal, k}) {
		w.violation(proof.RuleOrder, t, k, "written down as told, and the host never heard of it")
	}
}

// watchHost looks at rows before they become durable: the ledger keeps one row a
// name, so that a second charge would hide the first.
func (w *World) watchHost(c *call, v *sim.Verdict) {
	w.watchRow(c, &v.Entry)
	if v.Sale == nil {
		return
	}
	w.watchRow(c, v.Sale)
	if done := v.Entry.State == sim.Charged; done != (v.Sale.State == sim.Voided) || v.Sale.STAN != v.Entry.Of {
		w.violation(proof.RuleVoid, w.terms[c.from], txn.Key{Batch: v.Sale.Batch, STAN: v.Sale.STAN},
			"the host makes a void of %s %q and a sale %q", v.Entry.Of, v.Entry.State, v.Sale.State)
	}
}

func (w *World) watchRow(c *call, e *sim.Entry) {
	was := sim.State("")
	if r := w.host.row(e); r != nil {
		was = r.State
	}
	lawful := was == ""
	switch {
	case e.State == sim.Reversed || e.State == sim.Voided:
		lawful = was == sim.Charged
	case e.State == sim.Charged && e.Op == txn.OpSale && c.request.Op == txn.OpReversal:
		lawful = was == sim.Voided
	}
	if !lawful {
		w.violation(proof.RuleDoubled, w.terms[c.from], txn.Key{Batch: e.Batch, STAN: e.STAN},
			"the host makes it %q, and it was %q", e.State, was)
	}
}
