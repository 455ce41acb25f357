package world

import (
	"vpos/txn"
	"vpos/txn/host/sim"
	"vpos/txn/proof"
)

// watchHost looks at rows before they become durable: the ledger keeps one row a
// name, so that a second charge would hide the first.
func (w *World) watchHost(c *call, v *sim.Verdict) {
	w.watchRow(c, &v.Entry)
	if c.request.Op != txn.OpUpload && c.request.Op != txn.OpSettle && c.request.Op != txn.OpUploadEnd {
		for i := range v.More {
			w.watchRow(c, &v.More[i])
		}
	}
	if v.Sale == nil {
		return
	}
	w.watchRow(c, v.Sale)
	if op := v.Entry.Op; op != txn.OpVoid && op != txn.OpCompleteVoid {
		return
	}
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
	if was != "" && !mayBecome(c.request.Op, e, was) {
		w.violation(proof.RuleDoubled, w.terms[c.from], txn.Key{Batch: e.Batch, STAN: e.STAN},
			"the host makes it %q for a %s, and it was %q", e.State, c.request.Op, was)
	}
}

// mayBecome reports whether a request may turn a row that was in one state into what it
// is now.
func mayBecome(op txn.Op, e *sim.Entry, was sim.State) bool {
	undone := op == txn.OpReversal
	switch e.State {
	case sim.Reversed:
		return undone && (was == sim.Charged || was == sim.Held)
	case sim.Voided:
		return was == sim.Charged || was == sim.Held && op == txn.OpAuthVoid
	case sim.Charged: // of another amount, or again
		return was == sim.Voided && undone || was == sim.Charged && (op == txn.OpTip || op == txn.OpAdjust)
	case sim.Held: // for another amount, or again
		return was == sim.Held && (undone || op == txn.OpIncrement) || was == sim.Completed && (undone || op == txn.OpCompleteVoid) ||
			was == sim.Voided && undone
	case sim.Completed:
		return was == sim.Held && (undone || op == txn.OpComplete)
	case sim.Unequal, sim.Closed:
		return was == sim.Unequal
	default:
		return false
	}
}
