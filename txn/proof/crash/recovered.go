package crash

import (
	"fmt"
	"slices"

	"vpos/txn"
)

// folded is a transaction as its rows add up.
type folded struct {
	key     txn.Key
	kind    txn.Kind
	of      txn.Key // the sale a void takes back
	status  txn.Status
	minor   int64 // of its newest row about money
	pan     string
	printed txn.Copies
	late    bool
	untold  bool
}

// fold adds the rows up, in the order the transactions began.
func fold(rows []fact) []folded {
	var out []folded
	for _, f := range rows {
		i := slices.IndexFunc(out, func(t folded) bool { return t.key == f.key })
		if i < 0 {
			i = len(out)
			out = append(out, folded{
				key: f.key, kind: f.kind, of: f.of, pan: f.pan, status: f.status, minor: f.minor,
			})
		}
		t := &out[i]
		switch f.typ {
		case txn.RecLate:
			t.late = true
		case txn.RecAdvice, txn.RecTold:
			t.untold = f.typ == txn.RecAdvice
		case txn.RecPrinted, txn.RecWaived, txn.RecReprinted:
			t.printed = t.printed.With(f.copied)
		default:
			t.status, t.minor = f.status, f.minor
			t.untold = t.untold && f.typ != txn.RecRefused
		}
	}
	return out
}

// recovers holds what Recover says against the book. The rows were compared
// already.
func (b *book) recovers(r txn.Recovered) *Finding {
	all := fold(b.rows)
	choose := func(take func(folded) bool) (out []folded) {
		for _, t := range all {
			if take(t) {
				out = append(out, t)
			}
		}
		return out
	}
	owing := func(t folded) bool { return t.status == txn.Approved && t.kind.Copies()&^t.printed != 0 }
	for _, l := range []struct {
		name string
		got  []txn.Transaction
		want []folded
	}{
		{"open", r.Open, choose(func(t folded) bool { return t.status == txn.Open })},
		{"pending", r.Pending, choose(func(t folded) bool { return t.status == txn.ReversalPending })},
		{"untold", r.Untold, choose(func(t folded) bool { return t.untold || t.status == txn.Asking })},
		{"unprinted", r.Unprinted, choose(owing)},
	} {
		if !slices.EqualFunc(l.want, l.got, folded.is) {
			return corrupt("recovered %s: %s, want %v", l.name, keys(l.got), l.want)
		}
	}
	batch, next := b.next(all)
	if r.Batch != batch || r.NextSTAN != next {
		return corrupt("recovered batch %s next trace %s, want %s and %s", r.Batch, r.NextSTAN, batch, next)
	}
	approved := choose(func(t folded) bool { return t.status == txn.Approved && t.key.Batch == batch })
	switch n := len(approved); {
	case n == 0 && r.Last != nil, n > 0 && (r.Last == nil || !approved[n-1].is(*r.Last)):
		return corrupt("recovered last: %+v, want the last of %v", r.Last, approved)
	}
	return nil
}

// next is the open batch and the trace number after the newest in it.
func (b *book) next(all []folded) (txn.Batch, txn.STAN) {
	if len(all) == 0 {
		return 1, 1
	}
	last := all[len(all)-1].key
	next := txn.NextSTAN(last.STAN)
	for slices.ContainsFunc(all, func(t folded) bool { return t.key == txn.Key{Batch: last.Batch, STAN: next} }) {
		next = txn.NextSTAN(next)
	}
	return last.Batch, next
}

// is compares a transaction with its card.
func (t folded) is(r txn.Transaction) bool {
	return t.key == r.Key() && t.kind == r.Kind && t.of == keyOf(r.Of) && t.status == r.Status && t.minor == r.Amount.Minor && t.printed == r.Printed &&
		t.late == r.Late && t.untold == r.Untold && t.pan == string(r.Card.PAN.Reveal())
}

func keys(list []txn.Transaction) (out []string) {
	for _, t := range list {
		out = append(out, fmt.Sprintf("%s/%s %s %d", t.Batch, t.STAN, t.Status, t.Amount.Minor))
	}
	return out
}
