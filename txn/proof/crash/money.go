package crash

import (
	"context"
	"fmt"
	"slices"

	"vpos/txn"
	"vpos/txn/host/sim"
	"vpos/txn/journal"
	"vpos/txn/proof"
)

// The whole way of the money: the machine sells over the journal and a bad
// network while the disk fails and the power goes. After a cut the terminal is
// started again, the network heals, and terminal and host must agree.

// sell is one process of a terminal that sells.
func (h *history) sell() {
	known, err := h.j.Recover(context.Background())
	if err != nil {
		h.mayFail("recover", err)
		return
	}
	t := newTill(h.r, h.now, h.outside, known)
	t.settle = h.settle
	t.reads(h.j)
	t.write = func(records ...txn.Record) error {
		h.now = t.now
		return h.append(records...)
	}
	t.run()
	for range 20 + h.r.IntN(60) {
		if t.over || h.dead || h.stopped || len(h.tally.Findings) > 0 {
			return
		}
		h.say("%s", t.state.Name)
		t.now = t.now.Add(700e6)
		if next := t.state.Deadline(); h.r.IntN(8) == 0 && next.After(t.now) {
			t.now = next
		}
		t.happened(txn.Tick{Now: t.now})
		t.run()
		t.person()
	}
}

// healed starts a terminal on a journal that survived, lets everything come to
// rest on a network that works, and holds it against the host.
func (h *history) healed(j *journal.Journal) *Finding {
	known, err := j.Recover(context.Background())
	if err != nil {
		return corrupt("recover: %v", err)
	}
	o, err := h.outside.clone()
	if err != nil {
		return corrupt("the host: %v", err)
	}
	t := newTill(h.chance(0xFE), h.now, o, known)
	t.healed = true
	t.settle = func() error { return j.Settle(context.Background()) }
	t.reads(j)
	t.write = func(records ...txn.Record) error { return j.Append(context.Background(), t.now, records) }
	for range len(o.wire) / 2 {
		t.arrives() // some of what is late comes before the reversals, some after
	}
	t.rest()
	for len(o.wire) > 0 {
		t.arrives()
	}
	view, err := view(j, t)
	if err != nil {
		return corrupt("list: %v", err)
	}
	for _, v := range proof.Check(view) {
		return violated(v)
	}
	return nil
}

// violated counts a broken invariant as what the figure knows.
func violated(v proof.Violation) *Finding {
	kind := Corrupt
	switch v.Rule {
	case proof.RuleLost, proof.RuleVanished, proof.RulePaper:
		kind = Lost
	case proof.RuleDoubled, proof.RuleAmount, proof.RuleSTAN, proof.RuleTombstone:
		kind = Doubled
	default:
	}
	return &Finding{Kind: kind, Text: fmt.Sprintf("money: %s", v)}
}

// view collects what the checker wants from rows that were read back.
func view(j *journal.Journal, t *till) (*proof.View, error) {
	rows, err := list(j)
	if err != nil {
		return nil, err
	}
	v := proof.TerminalView{
		Terminal: terminalID, Shown: t.outside.shown, Papers: t.outside.papers, PaperSeen: true, Queue: len(t.state.Pending) + len(t.state.Untold),
	}
	for _, r := range rows {
		k := txn.Key{Batch: r.Batch, STAN: r.STAN}
		i := slices.IndexFunc(v.Txns, func(t proof.TxnView) bool { return t.Key == k })
		if i < 0 {
			i = len(v.Txns)
			v.Txns = append(v.Txns, proof.TxnView{Key: k, Kind: r.Kind, Of: keyOf(r.Of)})
		}
		x := &v.Txns[i]
		switch r.Type {
		case txn.RecIntent:
			x.Intents++
			x.Status, x.Amount = r.Status, r.Amount
		case txn.RecPrinted:
			x.Printed = x.Printed.With(r.Copy)
		case txn.RecWaived, txn.RecReprinted:
			x.Waived = x.Waived.With(r.Copy)
		case txn.RecAdvice, txn.RecTold:
			x.Untold = r.Type == txn.RecAdvice
		case txn.RecLate:
		default:
			x.Status, x.Amount = r.Status, r.Amount
			x.Untold = x.Untold && r.Type != txn.RecRefused
		}
	}
	return &proof.View{Terminals: []proof.TerminalView{v}, Host: hostView(t.outside.ledger)}, nil
}

func hostView(l *sim.Ledger) (out []proof.HostView) {
	entries := l.Entries(sim.Filter{})
	for _, e := range entries {
		v := proof.HostView{
			Terminal: e.Terminal, Key: txn.Key{Batch: e.Batch, STAN: e.STAN}, Op: e.Op, Amount: e.Amount,
			State: proof.HostState(e.State),
		}
		if i := slices.IndexFunc(entries, func(p sim.Entry) bool { return e.Parent != 0 && p.Seq == e.Parent }); i >= 0 {
			v.Of = txn.Key{Batch: entries[i].Batch, STAN: entries[i].STAN}
		}
		out = append(out, v)
	}
	return out
}
