package world

import (
	"slices"

	"errors"

	"vpos/txn"
	"vpos/txn/host/sim"
	"vpos/txn/proof"
)

// What the world watches as it happens: durable before sent, durable before
// shown, durable before printed. What leaves is watched in watch_send.go, what the host
// makes of it in watch_host.go.

// watchScreen looks at a screen when it appears.
func (w *World) watchScreen(t *terminal) {
	d := &t.state.Draft
	switch t.name {
	case txn.ApprovedShown, txn.UnknownShown:
		if d.Kind.Managing() {
			return // it leaves no row
		}
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
	case on == txn.Open && (t.name == txn.UnknownShown || d.Kind == txn.Balance): // the outcome did not fit on the disk
	case on != d.Status:
		w.violation(proof.RuleOrder, t, k, "shown as %s, and the disk has it as %q", d.Status, on)
	}
}

// watchSlip looks at a slip before it is printed: an approval's, or the one that
// asks a person to see to a reversal.
func (w *World) watchSlip(t *terminal, s *txn.Slip) {
	on := t.disk.status(s.Txn.Key())
	if s.Copy == txn.FaultSlip {
		if on == txn.Approved || on == txn.Voided || on == txn.Drafted {
			w.violation(proof.RulePaper, t, s.Txn.Key(), "a fault slip is printed, and the disk has it as %q", on)
		}
		return
	}
	if refused := on == txn.Refused && s.Txn.Kind.Told(); on != txn.Approved && !refused {
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
	if i := t.disk.find(k); i != nil && i.txn.Kind.Told() {
		if w.host.row(&sim.Entry{Terminal: t.setup.Terminal, Batch: k.Batch, STAN: k.STAN}) == nil {
			w.violation(proof.RuleOrder, t, k, "written down as told, and the host has no row of it")
		}
		return
	}
	if !slices.Contains(w.heard, told{t.setup.Terminal, k}) {
		w.violation(proof.RuleOrder, t, k, "written down as told, and the host never heard of it")
	}
}

// watchBatch holds that nothing begins in a batch that is closed, and nothing but its
// settlement in one that is full.
func (w *World) watchBatch(t *terminal, x *txn.Transaction) {
	switch x.Kind {
	case txn.Settlement:
		return
	case txn.Tip:
		w.watchTip(t, x)
	default:
	}
	if x.Batch < t.disk.open() {
		w.violation(proof.RuleSettled, t, x.Key(), "a %s in a batch that is closed", x.Kind)
	}
	if w.plan.full == 0 {
		return
	}
	n := 0
	for i := range t.disk.items {
		if t.disk.items[i].txn.Batch == x.Batch {
			n++
		}
	}
	if n > w.plan.full {
		w.violation(proof.RuleOrder, t, x.Key(), "the %dth transaction of a batch that takes %d", n, w.plan.full)
	}
}
