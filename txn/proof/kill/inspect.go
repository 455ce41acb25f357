package kill

import (
	"cmp"
	"context"
	"slices"

	"vpos/txn"
	"vpos/txn/host/sim"
	"vpos/txn/journal"
	"vpos/txn/proof"
)

// tally is what the ledgers came to at the last check.
type tally struct{ approved, reversed, voided, tombs int }

// inspect holds everything a round left against the rules. Nothing runs.
func (r *run) inspect() {
	step := r.step("check")
	entries, err := r.host.ledger()
	if err != nil {
		r.report1(step, "the host's ledger: %v", err)
		return
	}
	var v proof.View
	r.counts = tally{}
	for _, e := range entries {
		h := proof.HostView{
			Terminal: e.Terminal, Key: txn.Key{Batch: e.Batch, STAN: e.STAN}, Op: e.Op, Amount: e.Amount, State: proof.HostState(e.State),
		}
		if i, ok := slices.BinarySearchFunc(entries, e.Parent, bySeq); ok && entries[i].Terminal == e.Terminal {
			h.Of = txn.Key{Batch: entries[i].Batch, STAN: entries[i].STAN}
		}
		v.Host = append(v.Host, h)
		switch e.State {
		case sim.Charged:
			r.counts.approved++
		case sim.Reversed:
			r.counts.reversed++
		case sim.Voided:
			r.counts.voided++
		case sim.Tombstone:
			r.counts.tombs++
		default: // nothing moved, or what this tier has none of
		}
	}
	for _, t := range r.tills {
		view, err := t.view(step)
		if err != nil {
			r.report1(step, "terminal %d: %v", t.number, err)
			continue
		}
		v.Terminals = append(v.Terminals, view)
	}
	for _, f := range proof.Check(&v) {
		r.report1(step, "%s%s", f, r.history(f))
	}
	for _, l := range r.leaks() {
		r.report1(step, "leak: %s", l)
	}
}

// bySeq finds a row of the ledger by its number; none has 0.
func bySeq(e sim.Entry, seq uint64) int { return cmp.Compare(e.Seq, seq) }

// history says which life showed what a violation is about.
func (r *run) history(f proof.Violation) string {
	for _, t := range r.tills {
		if s := t.steps[f.Key.STAN]; t.terminal == f.Terminal && s != "" {
			return " [shown at " + s + "]"
		}
	}
	return ""
}

// view reads a terminal's journal and paper, and verifies the journal.
func (t *till) view(step string) (proof.TerminalView, error) {
	v := proof.TerminalView{Terminal: t.terminal, PaperSeen: true}
	j, err := t.openJournal(t.dir)
	if err != nil {
		return v, err
	}
	defer func() { _ = j.Close() }() // nothing was written
	if v.Txns, err = transactions(j); err != nil {
		return v, err
	}
	if err := t.verify(step, j); err != nil {
		return v, err
	}
	for _, s := range t.shown {
		s.Key.Batch = batchOf(v.Txns, s.Key.STAN)
		v.Shown = append(v.Shown, s)
		t.heldUnknown(step, v.Txns, s)
	}
	v.Papers, err = t.papers(step)
	return v, err
}

// verify walks the journal's chain, and has it unseal what it would at a start.
func (t *till) verify(step string, j *journal.Journal) error {
	report, err := j.Verify(context.Background())
	if err != nil {
		return err
	}
	if report.Broken != nil {
		t.run.report1(step, "terminal %d: the journal does not verify: %v", t.number, report.Broken)
	}
	known, err := j.Recover(context.Background())
	if err != nil {
		return err
	}
	for _, x := range slices.Concat(known.Open, known.Pending, known.Untold, known.Unprinted) {
		x.Card.Wipe()
	}
	if known.Last != nil {
		known.Last.Card.Wipe()
	}
	return nil
}

// heldUnknown holds what the shared checker has no rule for: a person who was
// told that a sale will be reversed was told so for good.
func (t *till) heldUnknown(step string, list []proof.TxnView, s proof.Shown) {
	if s.Status != txn.ReversalPending {
		return
	}
	for _, x := range list {
		if x.Key == s.Key && x.Status != txn.Reversed && x.Status != txn.ReversalPending {
			t.run.report1(step, "terminal %d STAN %s: shown as unknown, to be reversed, and is %q", t.number, s.Key.STAN, x.Status)
		}
	}
}

// transactions folds the rows of a journal into what the checker wants.
func transactions(j *journal.Journal) ([]proof.TxnView, error) {
	list, err := j.Transactions(context.Background(), journal.Filter{})
	if err != nil {
		return nil, err
	}
	rows, err := j.List(context.Background(), journal.Filter{})
	if err != nil {
		return nil, err
	}
	untold := map[txn.Key]bool{}
	intents, printed, waived := map[txn.Key]int{}, map[txn.Key]txn.Copies{}, map[txn.Key]txn.Copies{}
	for _, row := range rows {
		k := txn.Key{Batch: row.Batch, STAN: row.STAN}
		switch row.Type {
		case txn.RecIntent:
			intents[k]++
		case txn.RecPrinted:
			printed[k] = printed[k].With(row.Copy)
		case txn.RecAdvice, txn.RecTold, txn.RecRefused:
			if _, known := untold[k]; !known { // the newest comes first
				untold[k] = row.Type == txn.RecAdvice
			}
		case txn.RecWaived, txn.RecReprinted:
			waived[k] = waived[k].With(row.Copy)
		default:
		}
	}
	views := make([]proof.TxnView, len(list))
	for i, s := range list {
		k := txn.Key{Batch: s.Batch, STAN: s.STAN}
		views[i] = proof.TxnView{
			Key: k, Kind: s.Kind, Amount: s.Amount, Status: s.Status, Intents: intents[k], Printed: printed[k], Waived: waived[k], Untold: untold[k],
		}
		if s.Of != nil {
			views[i].Of = s.Of.Key
		}
	}
	return views, nil
}

// batchOf is the batch of the newest transaction with a trace number; a line of
// the dialogue does not say it. Without one it is the first.
func batchOf(list []proof.TxnView, stan txn.STAN) txn.Batch {
	newest := txn.Batch(1)
	for _, x := range list {
		if x.Key.STAN == stan {
			newest = max(newest, x.Key.Batch)
		}
	}
	return newest
}
