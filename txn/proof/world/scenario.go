package world

import (
	"slices"

	"fmt"

	"vpos/txn"
	"vpos/txn/host/sim"
	"vpos/txn/proof"
)

// sweepEvery is how many seeds there are for each that is a sweep: every effect
// of a small scenario cut once.
const sweepEvery = 48

// Run plays the scenarios of one seed and returns what they broke: nil when the
// money is right. The result is valid until the next call.
func (w *World) Run(seed uint64) (found []proof.Violation) {
	w.found, w.now = w.found[:0], 0
	defer func() {
		if r := recover(); r != nil {
			found = append(w.found, proof.Violation{Rule: proof.RulePanic, Text: fmt.Sprint(r)})
		}
	}()
	if seed%sweepEvery == sweepEvery-1 {
		w.sweep(seed)
	} else {
		w.rng = rng(seed)
		p := draw(&w.rng)
		p.void, p.chip, p.settle, p.pure, p.macs = voiding(seed), chipping(seed), settling(seed), purely(seed), sealing(seed)
		w.forced = [2]int{}
		w.play(p.mixed(seed))
	}
	if len(w.found) == 0 {
		return nil
	}
	return w.found
}

// sweep plays one small scenario again and again, and cuts the power at its
// first effect, then at its second, until it has none left; and a second time
// shortly after, while the terminal picks itself up.
func (w *World) sweep(seed uint64) {
	r := rng(seed)
	p := draw(&r)
	p.terminals, p.sales, p.cut, p.hostCut = 1, 2, 0, 0
	if p.void = voiding(seed); p.void > 0 {
		p.sales, p.void = 3, half
	}
	p.chip, p.pure, p.macs = chipping(seed), purely(seed), sealing(seed)
	if p.settle = settling(seed); p.settle > 0 {
		p.sales, p.settle = 2, half
	}
	if kinding(seed) > 0 {
		p = p.mixed(seed)
		p.sales, p.tips, p.full = 5, false, 0
	}
	for at := 1; ; at++ {
		w.rng = rng(seed)
		w.forced = [2]int{at, at + 1 + r.n(12)}
		if w.trace != nil {
			w.tell(nil, "== power cuts at effects %d and %d", w.forced[0], w.forced[1])
		}
		w.play(p)
		if w.bounds < at || len(w.found) > 0 {
			return
		}
	}
}

// play is one scenario: trouble, healing, judgement.
func (w *World) play(p plan) {
	w.Stats.Scenarios++
	w.reset(p)
	w.faulted = true
	if !w.run(w.sold) {
		w.violation(proof.RuleUnresolved, w.terms[0], txn.Key{}, "the world is stuck after %d turns", w.turns)
		return
	}
	w.heal()
	if !w.run(w.quiet) {
		w.violation(proof.RuleUnresolved, w.terms[0], txn.Key{}, "the world does not come to rest after %d turns", w.turns)
	}
	w.judge()
	if p.audit {
		w.audit()
	}
}

func (w *World) reset(p plan) {
	w.plan, w.now, w.turns, w.bounds = p, 0, 0, 0
	w.calls, w.heard = w.calls[:0], w.heard[:0]
	w.host.reset(p.byAmount)
	for len(w.view.Terminals) < p.terminals {
		w.view.Terminals = append(w.view.Terminals, proof.TerminalView{})
	}
	all := w.terms[:cap(w.terms)]
	for len(all) < p.terminals {
		all = append(all, newTerminal(len(all)))
	}
	w.terms = all[:p.terminals]
	for n, t := range w.terms {
		if t == nil {
			t = newTerminal(n)
			w.terms[n] = t
		}
		t.reset(&p)
		if p.wrap {
			w.nearTheEnd(t)
		}
	}
}

// nearTheEnd gives a terminal a past: trace numbers close to their end, and some
// of the first ones used in the same batch.
func (w *World) nearTheEnd(t *terminal) {
	last := txn.MaxSTAN - txn.STAN(w.rng.n(8)) //nolint:gosec // small
	for _, stan := range []txn.STAN{2, 3, last} {
		x := txn.Transaction{
			Kind: txn.Sale, Batch: 1, STAN: stan, Amount: txn.Money{Minor: 100, Currency: cny}, Status: txn.Open,
			Card: makeCard(), At: begin, Terminal: t.setup.Terminal, Merchant: t.setup.Merchant,
		}
		for _, row := range []txn.RecordType{txn.RecIntent, txn.RecDeclined} {
			if err := t.disk.commit([]txn.Record{{Type: row, Txn: x}}); err != nil {
				panic(err)
			}
		}
	}
}

// sold reports whether everybody is done selling.
func (w *World) sold() bool {
	for _, t := range w.terms {
		if t.left > 0 || !t.on || !t.atRest() {
			return false
		}
	}
	return true
}

// heal ends the trouble. Half the terminals are switched off and on for it.
func (w *World) heal() {
	w.faulted = false
	w.plan = w.plan.healed()
	w.host.upAt = w.now
	if w.trace != nil {
		w.tell(nil, "== healed")
	}
	for _, t := range w.terms {
		if w.rng.odds(half) {
			w.cut(t)
		}
	}
}

// quiet reports whether nothing moves any more and nothing is left to do.
func (w *World) quiet() bool {
	if len(w.calls) > 0 {
		return false
	}
	for _, t := range w.terms {
		if !t.on || !t.atRest() || t.state.Frozen != nil || len(t.state.Pending)+len(t.state.Untold) > 0 || !t.state.AtRest() ||
			t.state.OnLink() != "" || len(t.inbox) > 0 || t.doubt {
			return false
		}
	}
	return true
}

// judge hands what is left to the checker.
func (w *World) judge() {
	v := &w.view
	v.Terminals, v.Host = v.Terminals[:len(w.terms)], v.Host[:0]
	for n, t := range w.terms {
		t.txns = t.txns[:0]
		for i := range t.disk.items {
			x := &t.disk.items[i]
			t.txns = append(t.txns, proof.TxnView{
				Key: x.txn.Key(), Kind: x.txn.Kind, Amount: x.txn.Amount, Status: x.txn.Status,
				Totals: x.txn.Totals, Intents: x.intents, Printed: x.printed, Waived: x.waived, Untold: x.txn.Untold,
			})
			if of := x.txn.Of; of != nil {
				t.txns[len(t.txns)-1].Of = of.Key
			}
			switch x.txn.Status {
			case txn.Approved:
				if x.txn.Kind == txn.Settlement {
					w.Stats.Settled++
				}
				w.Stats.Approved++
			case txn.Reversed:
				w.Stats.Reversed++
			case txn.Voided:
				w.Stats.Voided++
			default:
			}
		}
		w.reckoned(t)
		for _, k := range t.said {
			if !slices.Contains(w.heard, told{t.setup.Terminal, k}) {
				w.violation(proof.RuleUnresolved, t, k, "its card had something to tell, and the host never heard it")
			}
		}
		v.Terminals[n] = proof.TerminalView{
			Terminal: t.setup.Terminal, Txns: t.txns, Shown: t.shown,
			Papers: t.papers, PaperSeen: true, Queue: len(t.state.Pending) + len(t.state.Untold),
		}
	}
	for i := range w.host.rows {
		e := &w.host.rows[i]
		v.Host = append(v.Host, proof.HostView{
			Terminal: e.Terminal, Key: txn.Key{Batch: e.Batch, STAN: e.STAN}, Op: e.Op, Of: w.host.parent(e), Amount: e.Amount, State: hostState(e.State),
		})
	}
	for _, x := range w.checker.Check(v) {
		w.found = append(w.found, x)
		if w.trace != nil {
			w.tell(nil, "!! %s", x)
		}
	}
}

// reckoned holds that both sides would settle the open batch with the same totals,
// debits and credits, domestic and foreign.
func (w *World) reckoned(t *terminal) {
	batch := t.disk.open()
	ours, _ := w.host.ledger.Totals(t.setup.Terminal, batch)
	if theirs := t.disk.reckon(); theirs != ours {
		w.violation(proof.RuleTotals, t, txn.Key{Batch: batch}, "the terminal would settle %+v, the host %+v", theirs, ours)
	}
}

// hostState is the host simulator's word in the checker's vocabulary.
func hostState(s sim.State) proof.HostState { return proof.HostState(s) }
