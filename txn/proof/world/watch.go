package world

import (
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
	case txn.OpSale:
		// A Send may wait in the link until the machine has given it up, but it
		// goes before its reversal then, and once.
		if i.sent++; i.sent > 1 || i.undone > 0 || on != txn.Open && on != txn.ReversalPending {
			w.violation(proof.RuleOrder, t, k, "sale sent, time %d, while the disk has it as %q", i.sent, on)
		}
		for p := range t.state.Pending {
			if t.state.Pending[p].Key() != k {
				w.violation(proof.RuleOrder, t, k, "sale sent before a pending reversal")
			}
		}
	case txn.OpReversal:
		if i.undone++; on == txn.Approved || on == txn.Declined || on == txn.Failed {
			w.violation(proof.RuleOrder, t, k, "reversal sent, and the disk has it as %q", on)
		}
	case txn.OpSignOn, txn.OpSignOff, txn.OpEcho:
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

// watchHost looks at a row before it becomes durable: the ledger keeps one row a
// name, so that a second charge would hide the first.
func (w *World) watchHost(c *call, e *sim.Entry) {
	was := sim.State("")
	if r := w.host.row(e); r != nil {
		was = r.State
	}
	lawful := was == ""
	if e.State == sim.Reversed {
		lawful = was == sim.Charged
	}
	if !lawful {
		w.violation(proof.RuleDoubled, w.terms[c.from], txn.Key{Batch: e.Batch, STAN: e.STAN},
			"the host makes it %q, and it was %q", e.State, was)
	}
}
