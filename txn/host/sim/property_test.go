package sim_test

import (
	"fmt"
	"slices"
	"testing"
	"time"

	"pgregory.net/rapid"

	"vpos/reader"
	"vpos/txn"
	"vpos/txn/host/sim"
)

// world is a ledger at which anything is asked in any order, and what is known
// of it from outside.
type world struct {
	l     *sim.Ledger
	base  *txn.Request
	cards []reader.PAN
	stan  txn.STAN
	past  []txn.Request // everything that was asked
}

// any draws a request: a new one, one about something that has happened, or one
// that was asked before.
func (w *world) any(t *rapid.T) *txn.Request {
	if len(w.past) > 0 && rapid.IntRange(0, 9).Draw(t, "again") == 0 {
		r := rapid.SampledFrom(w.past).Draw(t, "which")
		return &r
	}
	r := *w.base
	r.Op = rapid.SampledFrom(txn.Ops()).Draw(t, "op")
	w.stan++
	r.STAN = w.stan
	r.Terminal = fmt.Sprintf("%08d", rapid.IntRange(1, 2).Draw(t, "terminal"))
	r.Batch = txn.Batch(rapid.IntRange(1, 3).Draw(t, "batch"))
	r.Amount.Minor = rapid.Int64Range(0, 3_000).Draw(t, "minor")
	r.Card.PAN = rapid.SampledFrom(w.cards).Draw(t, "card")
	r.BadMAC = rapid.IntRange(0, 29).Draw(t, "mac") == 0
	rows := w.l.Entries(sim.Filter{})
	if len(rows) > 0 {
		w.name(t, &r, rapid.SampledFrom(rows).Draw(t, "original"))
	}
	switch r.Op {
	case txn.OpSettle, txn.OpUploadEnd:
		totals, _ := w.l.Totals(r.Terminal, r.Batch)
		if rapid.Bool().Draw(t, "wrong") {
			totals.Domestic.Debits.Minor += 7
		}
		r.Totals = &totals
	case txn.OpUpload:
		for _, e := range w.l.Entries(sim.Filter{Terminal: r.Terminal, Batch: r.Batch}) {
			if rapid.IntRange(0, 3).Draw(t, "listed") > 0 {
				r.Details = append(r.Details, txn.Detail{Op: e.Op, STAN: e.STAN, At: r.At, Amount: e.Amount, PAN: r.Card.PAN})
			}
		}
		w.stan++
		r.Details = append(r.Details, txn.Detail{Op: txn.OpSale, STAN: w.stan, At: r.At, Amount: r.Amount, PAN: r.Card.PAN})
	default:
	}
	return &r
}

// name makes a request be about a row, mostly in a way that fits.
func (w *world) name(t *rapid.T, r *txn.Request, e sim.Entry) {
	r.Original = &txn.Original{Op: e.Op, STAN: e.STAN, Batch: e.Batch, At: time.Unix(e.Sent, 0)}
	if r.Op == txn.OpReversal || rapid.IntRange(0, 4).Draw(t, "mine") > 0 {
		r.Terminal, r.Batch, r.Amount.Minor = e.Terminal, e.Batch, e.Amount.Minor
		for _, q := range w.past {
			if q.Terminal == e.Terminal && q.Batch == e.Batch && q.STAN == e.STAN {
				r.Card = q.Card
			}
		}
	}
	if rapid.Bool().Draw(t, "by code") {
		r.Original.AuthCode = e.AuthCode
	}
	if r.Op == txn.OpReversal {
		r.STAN, r.Original.AuthCode = e.STAN, ""
	}
}

// Whatever is asked, in whatever order: accounts and totals are the sum of the
// rows, nothing held is below nothing, no refund is more than was charged, a
// closed batch does not change, and a restart makes the same ledger.
func TestLedgerAlwaysAddsUp(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		w := &world{l: sim.NewLedger(rapid.Bool().Draw(rt, "by amount")), base: sale(t, 1, 0)}
		for _, name := range []string{"poor-unionpay", "partial"} {
			w.cards = append(w.cards, special(t, name))
		}
		w.cards = append(w.cards, card(t).PAN, pan(t, unionpay))
		closed := map[string]txn.Totals{}
		for range rapid.IntRange(1, 60).Draw(rt, "steps") {
			r := w.any(rt)
			w.past = append(w.past, *r)
			w.l.Apply(noon, r)
			w.holds(rt, closed)
		}
		again, err := sim.Restore(false, w.l.Entries(sim.Filter{}))
		if err != nil {
			rt.Fatal(err)
		}
		w.same(rt, again)
	})
}

// holds checks the rows against everything that follows from them.
func (w *world) holds(t *rapid.T, closed map[string]txn.Totals) {
	t.Helper()
	type pile struct{ spent, held int64 }
	accounts, batches, refunded := map[sim.Account]pile{}, map[string]txn.Sides{}, map[uint64]int64{}
	rows := w.l.Entries(sim.Filter{})
	for _, e := range rows {
		p, batch := accounts[e.Account], e.Terminal+e.Batch.String()
		sides := batches[batch]
		switch {
		case e.State == sim.Held && e.Op == txn.OpAuth:
			p.held += e.Amount.Minor
			if e.Amount.Minor < 0 {
				t.Fatalf("row %d holds %d", e.Seq, e.Amount.Minor)
			}
		case e.State == sim.Charged && e.Op == txn.OpRefund:
			p.spent -= e.Amount.Minor
			sides.Credits.Count++
			sides.Credits.Minor += e.Amount.Minor
			refunded[e.Parent] += e.Amount.Minor
		case e.State == sim.Charged && slices.Contains(charges, e.Op):
			p.spent += e.Amount.Minor
			sides.Debits.Count++
			sides.Debits.Minor += e.Amount.Minor
		}
		accounts[e.Account], batches[batch] = p, sides
	}
	for _, e := range rows {
		if r := refunded[e.Seq]; e.State == sim.Charged && r > e.Amount.Minor {
			t.Fatalf("row %d: %d refunded of %d", e.Seq, r, e.Amount.Minor)
		}
		totals, shut := w.l.Totals(e.Terminal, e.Batch)
		name := e.Terminal + e.Batch.String()
		if totals.Sum() != batches[name] {
			t.Fatalf("batch %s: totals %+v, rows %+v", name, totals.Sum(), batches[name])
		}
		if was, known := closed[name]; known && was != totals {
			t.Fatalf("batch %s was closed with %+v and has %+v", name, was, totals)
		}
		if shut {
			closed[name] = totals
		}
	}
	for i, c := range w.cards {
		for _, e := range rows {
			if e.Account == 0 || e.Amount.Currency == 0 {
				continue
			}
			b := w.l.Balance(c, e.Amount.Currency)
			if b.Held < 0 {
				t.Fatalf("card %d holds %d", i, b.Held)
			}
		}
	}
	w.piles(t, func(i int, b sim.Balance, opening int64) {
		found := false
		for _, p := range accounts {
			found = found || p.spent == opening-b.Minor && p.held == b.Held
		}
		if !found && (b.Minor != opening || b.Held != 0) {
			t.Fatalf("card %d has %+v, and no account's rows come to that", i, b)
		}
	})
}

// charges are the operations by which an account pays, once more.
var charges = []txn.Op{txn.OpSale, txn.OpOffline, txn.OpChipOffline, txn.OpComplete, txn.OpCompleteAdvice}

// piles visits the account of every card.
func (w *world) piles(t *rapid.T, visit func(i int, b sim.Balance, opening int64)) {
	t.Helper()
	for i, c := range w.cards {
		start := int64(opening)
		switch i {
		case 0:
			start = 10_000
		case 1:
			start = 3_000
		}
		visit(i, w.l.Balance(c, w.base.Amount.Currency), start)
	}
}

// same holds another ledger against this one.
func (w *world) same(t *rapid.T, other *sim.Ledger) {
	t.Helper()
	one, two := w.l.Entries(sim.Filter{}), other.Entries(sim.Filter{})
	if !slices.Equal(one, two) {
		t.Fatal("other rows")
	}
	for _, e := range one {
		a, x := w.l.Totals(e.Terminal, e.Batch)
		b, y := other.Totals(e.Terminal, e.Batch)
		if a != b || x != y || w.l.Open(e.Terminal) != other.Open(e.Terminal) {
			t.Fatalf("batch %s: %+v %t open %s, and again %+v %t open %s", e.Batch, a, x, w.l.Open(e.Terminal), b, y, other.Open(e.Terminal))
		}
	}
	for i, c := range w.cards {
		if a, b := w.l.Balance(c, w.base.Amount.Currency), other.Balance(c, w.base.Amount.Currency); a != b {
			t.Fatalf("card %d: %+v, and again %+v", i, a, b)
		}
	}
}
