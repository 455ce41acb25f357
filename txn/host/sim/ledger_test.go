package sim_test

import (
	"fmt"
	"slices"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"vpos/reader"
	"vpos/txn"
	"vpos/txn/host/sim"
)

func TestEveryEnding(t *testing.T) {
	listed := []int64{1, 4, 5, 14, 41, 43, 51, 54, 55, 57, 61, 62, 65, 75, 77, 91, 96}
	for _, currency := range []string{"CNY", "JPY", "KWD"} {
		l := sim.NewLedger(true)
		for ending := range int64(100) {
			r := sale(t, txn.STAN(ending+1), 1200+ending)
			r.Amount = money(t, currency, 1200+ending)
			code, state, delivery := "00", sim.Charged, sim.Prompt
			switch {
			case slices.Contains(listed, ending):
				code, state = fmt.Sprintf("%02d", ending), sim.Declined
			case ending == 98:
				delivery = sim.Never
			case ending == 99:
				delivery = sim.Late
			}
			v := expect(t, l, fmt.Sprint(ending), r, code, state)
			if v.Delivery != delivery {
				t.Errorf("%d: delivery %d", ending, v.Delivery)
			}
			if (v.Reply.AuthCode != "") != (code == "00") || len(v.Reply.RRN) != 12 {
				t.Errorf("%d: auth %q RRN %q", ending, v.Reply.AuthCode, v.Reply.RRN)
			}
		}
	}
	off := sim.NewLedger(false)
	for ending := range int64(100) {
		v := expect(t, off, fmt.Sprint("switched off ", ending), sale(t, txn.STAN(ending+1), 1200+ending), "00", sim.Charged)
		if v.Delivery != sim.Prompt {
			t.Errorf("switched off %d: delivery %d", ending, v.Delivery)
		}
	}
}

// void takes back a sale under another number.
func void(t testing.TB, of *txn.Request, stan txn.STAN) *txn.Request {
	t.Helper()
	r := sale(t, stan, of.Amount.Minor)
	r.Op = txn.OpVoid
	r.Original = &txn.Original{Op: txn.OpSale, STAN: of.STAN, At: of.At}
	return r
}

func TestVoids(t *testing.T) {
	l := sim.NewLedger(true)
	state := func(stan txn.STAN) sim.State {
		t.Helper()
		rows := l.Entries(sim.Filter{STAN: stan})
		if len(rows) != 1 {
			t.Fatalf("%d rows of %s", len(rows), stan)
		}
		return rows[0].State
	}
	first := sale(t, 1, 1200)
	expect(t, l, "sale", first, "00", sim.Charged)
	expect(t, l, "void", void(t, first, 2), "00", sim.Charged)
	if state(1) != sim.Voided {
		t.Errorf("the sale is %q", state(1))
	}
	expect(t, l, "the void again", void(t, first, 2), "94", "")
	expect(t, l, "another void of it", void(t, first, 3), "12", sim.Declined)
	expect(t, l, "a void of the void", void(t, void(t, first, 2), 4), "25", sim.Declined)
	back := void(t, first, 2)
	back.Original = &txn.Original{Op: txn.OpVoid, STAN: 2, At: back.At}
	back.Op = txn.OpReversal
	expect(t, l, "the void reversed", back, "00", sim.Reversed)
	if state(1) != sim.Charged {
		t.Errorf("after the reversal the sale is %q", state(1))
	}
	expect(t, l, "and again", back, "00", "")
	expect(t, l, "voided after all", void(t, first, 5), "00", sim.Charged)
	if e := l.Entries(sim.Filter{STAN: 5})[0]; e.Of != 1 {
		t.Errorf("void of %s", e.Of)
	}

	second := sale(t, 6, 1300)
	expect(t, l, "another sale", second, "00", sim.Charged)
	part := void(t, second, 7)
	part.Amount.Minor--
	expect(t, l, "a part of it", part, "64", sim.Declined)
	elsewhen := void(t, second, 8)
	elsewhen.Original.At = elsewhen.Original.At.Add(time.Minute)
	expect(t, l, "a sale of another time", elsewhen, "25", sim.Declined)
	nothing := void(t, second, 9)
	nothing.Original = nil
	expect(t, l, "of nothing", nothing, "25", sim.Declined)
	gone := void(t, second, 10)
	gone.Op, gone.Original = txn.OpReversal, &txn.Original{Op: txn.OpVoid, STAN: 10, At: gone.At}
	expect(t, l, "a reversal before its void", gone, "25", sim.Tombstone)
	expect(t, l, "the void after it", void(t, second, 10), "12", "")
	declined := sale(t, 11, 1205)
	expect(t, l, "decline", declined, "05", sim.Declined)
	expect(t, l, "void of a decline", void(t, declined, 12), "12", sim.Declined)
	restored, err := sim.Restore(true, l.Entries(sim.Filter{}))
	if err != nil {
		t.Fatal(err)
	}
	expect(t, restored, "void after a restart", void(t, second, 13), "00", sim.Charged)
	if diff := cmp.Diff(sim.Voided, restored.Entries(sim.Filter{STAN: 6})[0].State); diff != "" {
		t.Error(diff)
	}
}

func TestDuplicates(t *testing.T) {
	l := sim.NewLedger(true)
	first := sale(t, 1, 1200)
	expect(t, l, "sale", first, "00", sim.Charged)
	expect(t, l, "the same again", first, "94", "")
	expect(t, l, "another amount under its number", sale(t, 1, 1300), "94", "")
	declined := sale(t, 2, 1205)
	expect(t, l, "decline", declined, "05", sim.Declined)
	expect(t, l, "the decline again", declined, "94", "")
	for name, change := range map[string]func(*txn.Request){
		"another batch":    func(r *txn.Request) { r.Batch = 8 },
		"another terminal": func(r *txn.Request) { r.Terminal = "00000002" },
		"another STAN":     func(r *txn.Request) { r.STAN = 3 },
	} {
		r := sale(t, 1, 1200)
		change(r)
		expect(t, l, name, r, "00", sim.Charged)
	}
	expect(t, l, "reversal", reversal(first), "00", sim.Reversed)
	expect(t, l, "the sale after its reversal", first, "94", "")
}

func TestReversals(t *testing.T) {
	l := sim.NewLedger(true)
	charged, declined, never := sale(t, 1, 1200), sale(t, 2, 1205), sale(t, 3, 1298)
	expect(t, l, "sale", charged, "00", sim.Charged)
	wrong := reversal(charged)
	wrong.Amount.Minor++
	expect(t, l, "wrong amount", wrong, "64", "")
	wrong = reversal(charged)
	wrong.Merchant = "543210987654321"
	expect(t, l, "wrong merchant", wrong, "64", "")
	a := expect(t, l, "reversal", reversal(charged), "00", sim.Reversed)
	b := expect(t, l, "its repeat", reversal(charged), "00", "")
	if diff := cmp.Diff(a.Reply, b.Reply); diff != "" {
		t.Errorf("the repeat got another acknowledgement: %s", diff)
	}
	expect(t, l, "decline", declined, "05", sim.Declined)
	expect(t, l, "reversal of a decline", reversal(declined), "00", "")
	expect(t, l, "unanswered", never, "00", sim.Charged)
	expect(t, l, "its reversal", reversal(never), "00", sim.Reversed)
}

func TestTombstones(t *testing.T) {
	l := sim.NewLedger(true)
	r := sale(t, 1, 1200)
	a := expect(t, l, "reversal first", reversal(r), "25", sim.Tombstone)
	b := expect(t, l, "its repeat", reversal(r), "25", "")
	if diff := cmp.Diff(a.Reply, b.Reply); diff != "" {
		t.Errorf("the repeat got another acknowledgement: %s", diff)
	}
	expect(t, l, "the original at last", r, "12", "")
	expect(t, l, "the reversal once more", reversal(r), "25", "")
	if got := l.Entries(sim.Filter{}); len(got) != 1 || got[0].State != sim.Tombstone || got[0].Op != txn.OpSale {
		t.Errorf("%+v", got)
	}
}

func TestWhatTheHostRefuses(t *testing.T) {
	l := sim.NewLedger(true)
	r := sale(t, 1, 0)
	expect(t, l, "no amount", r, "13", sim.Declined)
	r = sale(t, 2, 1200)
	r.Card = reader.Card{}
	expect(t, l, "no card", r, "14", sim.Declined)
	r = sale(t, 3, 1200)
	r.Amount.Currency = txn.CurrencyNumbered("999")
	expect(t, l, "no such currency", r, "12", sim.Declined)
	r = sale(t, 4, 1200)
	r.Op = "dance"
	expect(t, l, "no such operation", r, "12", "")
	for _, op := range []txn.Op{txn.OpSignOn, txn.OpSignOff, txn.OpEcho} {
		expect(t, l, string(op), &txn.Request{Op: op, STAN: 1, Batch: 7, Terminal: "00000001"}, "00", "")
	}
}

// The same requests make the same ledger, reply for reply.
func TestDeterministic(t *testing.T) {
	run := func() ([]sim.Verdict, []sim.Entry) {
		l := sim.NewLedger(true)
		var out []sim.Verdict
		for i := range int64(300) {
			r := sale(t, txn.STAN(i%250+1), 1000+i)
			r.Terminal = fmt.Sprintf("%08d", i%3)
			if i%7 == 0 {
				r = reversal(r)
			}
			v := l.Apply(noon, r)
			out = append(out, v)
		}
		return out, l.Entries(sim.Filter{})
	}
	v1, e1 := run()
	v2, e2 := run()
	if diff := cmp.Diff(v1, v2, cmpopts.IgnoreUnexported(sim.Verdict{})); diff != "" {
		t.Error(diff)
	}
	if diff := cmp.Diff(e1, e2); diff != "" {
		t.Error(diff)
	}
}

func TestDecideChangesNothing(t *testing.T) {
	l := sim.NewLedger(true)
	r := sale(t, 1, 1200)
	a := l.Decide(noon, r)
	if len(l.Entries(sim.Filter{})) != 0 {
		t.Error("a row appeared")
	}
	b := l.Apply(noon, r)
	if diff := cmp.Diff(a, b, cmpopts.IgnoreUnexported(sim.Verdict{})); diff != "" {
		t.Error(diff)
	}
}

func TestApprovalCodesDiffer(t *testing.T) {
	l := sim.NewLedger(false)
	seen := map[string]bool{}
	for i := range 20_000 {
		v := l.Apply(noon, sale(t, txn.STAN(i+1), 100))
		if len(v.Reply.AuthCode) != 6 || seen[v.Reply.AuthCode] || seen[v.Reply.RRN] {
			t.Fatalf("row %d: auth %s RRN %s", i, v.Reply.AuthCode, v.Reply.RRN)
		}
		seen[v.Reply.AuthCode], seen[v.Reply.RRN] = true, true
	}
	if v := sim.NewLedger(false).Apply(noon, sale(t, 1, 100)); v.Reply.RRN != "606012000001" {
		t.Errorf("year 6, day 060, hour 12, row 1: %s", v.Reply.RRN)
	}
}

func TestFilters(t *testing.T) {
	l := sim.NewLedger(true)
	for i := range 6 {
		r := sale(t, txn.STAN(i+1), 1200+int64(i)) // 04 and 05 are refused, 01 too
		r.Batch = txn.Batch(7 + i%2)
		l.Apply(noon, r)
	}
	for name, x := range map[string]struct {
		filter sim.Filter
		want   int
	}{
		"all":      {sim.Filter{}, 6},
		"terminal": {sim.Filter{Terminal: "00000001"}, 6},
		"stranger": {sim.Filter{Terminal: "00000009"}, 0},
		"batch":    {sim.Filter{Batch: 8}, 3},
		"STAN":     {sim.Filter{STAN: 4}, 1},
		"state":    {sim.Filter{State: sim.Declined}, 3},
		"both":     {sim.Filter{Batch: 7, State: sim.Declined}, 1},
	} {
		if got := l.Entries(x.filter); len(got) != x.want {
			t.Errorf("%s: %d rows, want %d", name, len(got), x.want)
		}
	}
}

func TestRestoreIsTheSameLedger(t *testing.T) {
	l := sim.NewLedger(true)
	for i := range int64(100) {
		r := sale(t, txn.STAN(i+1), 1200+i)
		l.Apply(noon, r)
		if i%5 == 0 {
			l.Apply(noon, reversal(r))
		}
	}
	l.Apply(noon, reversal(sale(t, 500, 1200)))
	entries := l.Entries(sim.Filter{})
	again, err := sim.Restore(true, entries)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(entries, again.Entries(sim.Filter{})); diff != "" {
		t.Error(diff)
	}
	next := sale(t, 600, 1200)
	if diff := cmp.Diff(l.Apply(noon, next), again.Apply(noon, next), cmpopts.IgnoreUnexported(sim.Verdict{})); diff != "" {
		t.Error(diff)
	}
	if _, err := sim.Restore(true, append(entries, entries[0])); err == nil {
		t.Error("two rows of one name")
	}
}

func BenchmarkApply(b *testing.B) {
	l := sim.NewLedger(true)
	r := sale(b, 1, 1200)
	n := 0
	b.ReportAllocs()
	for b.Loop() {
		n++
		if n%100_000 == 0 {
			l = sim.NewLedger(true)
		}
		r.STAN = txn.STAN(n%1_000_000 + 1)
		r.Batch = txn.Batch(n/1_000_000 + 1)
		l.Apply(noon, r)
	}
}

// A dialect that does not say when a request left: the day is what there is.
func TestWithoutTimes(t *testing.T) {
	l := sim.NewLedger(true)
	untimed := func(r *txn.Request) *txn.Request { r.At = time.Time{}; return r }
	first := untimed(sale(t, 1, 1200))
	expect(t, l, "sale", first, "00", sim.Charged)
	midnight := time.Date(2026, 3, 1, 0, 0, 0, 0, noon.Location())
	for i, x := range []struct {
		day  time.Time
		code string
	}{{midnight.AddDate(0, 0, -3), "25"}, {midnight.AddDate(0, 0, 3), "25"}, {midnight.AddDate(0, 0, -1), "00"}} {
		v := untimed(void(t, first, txn.STAN(i+2)))
		v.Original.At = x.day
		if got := l.Apply(noon, v).Reply.Code; got != x.code {
			t.Errorf("void of %s: %s, want %s", x.day, got, x.code)
		}
	}
	second := untimed(sale(t, 9, 1300))
	expect(t, l, "another", second, "00", sim.Charged)
	expect(t, l, "its reversal", reversal(second), "00", sim.Reversed)
	expect(t, l, "and again", reversal(second), "00", "")
}
