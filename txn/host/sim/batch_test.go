package sim_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"vpos/txn"
	"vpos/txn/host/sim"
)

// settle asks for the settlement of batch 7 and gives the whole answer.
func (k *till) settle(op txn.Op, change ...func(*txn.Request)) txn.Reply {
	k.t.Helper()
	k.stan++
	r := request(k.t, op, k.stan, 0)
	for _, c := range change {
		c(r)
	}
	return k.l.Apply(noon, r).Reply
}

func (k *till) wants(rep txn.Reply, code string, domestic, foreign txn.Balanced) {
	k.t.Helper()
	if rep.Code != code || rep.Domestic != domestic || rep.Foreign != foreign {
		k.t.Errorf("code %s domestic %c foreign %c, want %s %c %c", rep.Code, rep.Domestic, rep.Foreign, code, domestic, foreign)
	}
}

const unionpay = "6200000000000005"

func totals(domestic, foreign txn.Tally) func(*txn.Request) {
	return func(r *txn.Request) {
		r.Totals = &txn.Totals{Domestic: txn.Sides{Debits: domestic}, Foreign: txn.Sides{Debits: foreign}}
	}
}

func TestSettlementCompares(t *testing.T) {
	k := &till{t: t, l: sim.NewLedger(false)}
	k.does(txn.OpSale, 1_000, "00", with(pan(t, unionpay)))
	k.does(txn.OpSale, 250, "00") // a card from abroad
	k.does(txn.OpVoid, 400, "00", exactly(k.does(txn.OpSale, 400, "00")))
	k.does(txn.OpSale, 300, "43", with(special(t, "stolen")))
	k.does(txn.OpAuth, 900, "00")
	home, abroad, none := txn.Tally{Count: 1, Minor: 1_000}, txn.Tally{Count: 1, Minor: 250}, txn.Tally{}
	k.wants(k.settle(txn.OpSettle, func(r *txn.Request) { r.Totals = nil }), "30", txn.BatchCompareErr, txn.NotCompared)
	k.wants(k.settle(txn.OpSettle, totals(none, none)), "95", txn.BatchUnequal, txn.NotCompared)
	k.wants(k.settle(txn.OpSettle, totals(home, txn.Tally{Count: 1, Minor: 251})), "95", txn.BatchBalanced, txn.BatchUnequal)
	k.wants(k.settle(txn.OpSettle, totals(txn.Tally{Count: 2, Minor: 1_000}, abroad)), "95", txn.BatchUnequal, txn.BatchBalanced)
	if _, closed := k.l.Totals("00000001", 7); closed {
		t.Fatal("a mismatch closed the batch")
	}
	k.does(txn.OpSale, 50, "00", with(pan(t, unionpay))) // the batch goes on
	home = txn.Tally{Count: 2, Minor: 1_050}
	k.wants(k.settle(txn.OpSettle, totals(home, abroad)), "00", txn.BatchBalanced, txn.BatchBalanced)
	k.stan-- // the answer was lost: the same again, and again under another number
	k.wants(k.settle(txn.OpSettle, totals(home, abroad)), "00", txn.BatchBalanced, txn.BatchBalanced)
	k.wants(k.settle(txn.OpSettle, totals(none, none)), "00", txn.BatchBalanced, txn.BatchBalanced)
	if got := k.l.Entries(sim.Filter{State: sim.Closed}); len(got) != 1 {
		t.Errorf("closed %d times", len(got))
	}
}

// A terminal that adds everything up to one sum is compared by the sum.
func TestSettlementBySum(t *testing.T) {
	k := &till{t: t, l: sim.NewLedger(false)}
	k.does(txn.OpSale, 1_000, "00", with(pan(t, unionpay)))
	s := k.does(txn.OpSale, 250, "00")
	k.does(txn.OpRefund, 50, "00", of(s))
	both := func(r *txn.Request) {
		r.Totals = &txn.Totals{Domestic: txn.Sides{
			Debits: txn.Tally{Count: 2, Minor: 1_250}, Credits: txn.Tally{Count: 1, Minor: 50},
		}}
	}
	k.wants(k.settle(txn.OpSettle, totals(txn.Tally{Count: 2, Minor: 1_250}, txn.Tally{})), "95", txn.BatchUnequal, txn.NotCompared)
	k.wants(k.settle(txn.OpSettle, both), "00", txn.BatchBalanced, txn.NotCompared)
	k.wants(k.settle(txn.OpSettle, both), "00", txn.BatchBalanced, txn.NotCompared)
}

// What would change a settled batch is refused.
func TestASettledBatchStaysSo(t *testing.T) {
	k := &till{t: t, l: sim.NewLedger(false)}
	s := k.does(txn.OpSale, 1_000, "00", with(pan(t, unionpay)))
	gone := k.does(txn.OpSale, 10, "00", with(pan(t, unionpay)))
	k.undo(gone, 10, "00")
	o := k.does(txn.OpOffline, 500, "00", with(pan(t, unionpay)))
	a := k.does(txn.OpAuth, 700, "00", with(pan(t, unionpay)))
	k.wants(k.settle(txn.OpSettle, totals(txn.Tally{Count: 2, Minor: 1_500}, txn.Tally{})), "00", txn.BatchBalanced, txn.BatchBalanced)
	before, _ := k.l.Totals("00000001", 7)

	next := func(r *txn.Request) { r.Batch = 8 }
	home := with(pan(t, unionpay))
	k.does(txn.OpSale, 100, "77")
	k.does(txn.OpOffline, 100, "77")
	k.does(txn.OpVoid, 1_000, "77", home, exactly(s))
	k.does(txn.OpVoid, 1_000, "22", home, exactly(s), next)
	k.does(txn.OpTip, 1_100, "22", home, exactly(s), next)
	k.does(txn.OpAdjust, 600, "22", home, exactly(o), next)
	k.undo(s, 1_000, "22")
	k.undo(gone, 10, "00") // a repeat of what was done before is no change
	if after, closed := k.l.Totals("00000001", 7); !closed || cmp.Diff(before, after) != "" {
		t.Errorf("the batch changed: %s", cmp.Diff(before, after))
	}

	// What begins anew goes on in the next batch: refunds and completions.
	k.does(txn.OpRefund, 400, "00", home, of(s), next)
	c := k.does(txn.OpComplete, 700, "00", home, of(a), next)
	k.does(txn.OpCompleteVoid, 700, "00", home, of(c), next)
	again := k.does(txn.OpComplete, 700, "00", home, of(a), next)
	k.wants(k.settle(txn.OpSettle, next, func(r *txn.Request) {
		r.Totals = &txn.Totals{Domestic: txn.Sides{Debits: txn.Tally{Count: 1, Minor: 700}, Credits: txn.Tally{Count: 1, Minor: 400}}}
	}), "00", txn.BatchBalanced, txn.BatchBalanced)
	k.does(txn.OpCompleteVoid, 700, "22", home, of(again), func(r *txn.Request) { r.Batch = 9 })
}

// A mismatch is mended by an upload: what the host lacks is put down, what it has
// wrong put right, and what the terminal does not know is not collected.
func TestUpload(t *testing.T) {
	k := &till{t: t, l: sim.NewLedger(false)}
	home := with(pan(t, unionpay))
	both := k.does(txn.OpSale, 1_000, "00", home)
	differs := k.does(txn.OpSale, 2_000, "00", home)
	k.does(txn.OpSale, 4_000, "00", home) // the terminal does not know it
	voided := k.does(txn.OpSale, 300, "00", home)
	k.does(txn.OpVoid, 300, "00", home, exactly(voided))
	refused := k.does(txn.OpSale, 1, "43", with(special(t, "stolen")))
	detail := func(stan txn.STAN, minor int64) txn.Detail {
		return txn.Detail{Op: txn.OpSale, STAN: stan, At: noon, Amount: money(t, "CNY", minor), PAN: pan(t, unionpay)}
	}
	claimed := totals(txn.Tally{Count: 3, Minor: 3_700}, txn.Tally{})
	k.wants(k.settle(txn.OpSettle, claimed), "95", txn.BatchUnequal, txn.BatchBalanced)

	up := func(list ...txn.Detail) {
		t.Helper()
		if rep := k.settle(txn.OpUpload, func(r *txn.Request) { r.Details = list }); rep.Code != "00" {
			t.Errorf("upload: %s", rep.Code)
		}
	}
	up(detail(both.STAN, 1_000), detail(differs.STAN, 2_200))
	k.wants(k.settle(txn.OpUploadEnd, claimed), "95", txn.BatchUnequal, txn.BatchBalanced) // one is missing
	if got := k.l.Entries(sim.Filter{State: sim.Dropped}); len(got) != 0 {
		t.Fatalf("a mismatch dropped %d rows", len(got))
	}
	k.wants(k.settle(txn.OpSettle, claimed), "95", txn.BatchUnequal, txn.BatchBalanced)
	up(detail(both.STAN, 1_000), detail(differs.STAN, 2_200))
	up(detail(differs.STAN, 2_200), detail(900, 500), detail(900, 500)) // repeats change nothing
	up(detail(refused.STAN, 1))                                         // what was refused is not charged by being listed
	k.wants(k.settle(txn.OpUploadEnd, claimed), "00", txn.BatchBalanced, txn.BatchBalanced)
	k.wants(k.settle(txn.OpUploadEnd, claimed), "00", txn.BatchBalanced, txn.BatchBalanced)
	k.wants(k.settle(txn.OpSettle, claimed), "00", txn.BatchBalanced, txn.BatchBalanced)

	want := map[txn.STAN]sim.State{1: sim.Charged, 2: sim.Charged, 3: sim.Dropped, 4: sim.Voided, 900: sim.Charged, refused.STAN: sim.Declined}
	for stan, state := range want {
		if rows := k.l.Entries(sim.Filter{STAN: stan}); len(rows) != 1 || rows[0].State != state {
			t.Errorf("%s: %+v, want %s", stan, rows, state)
		}
	}
	if spent := opening - k.l.Balance(pan(t, unionpay), both.Amount.Currency).Minor; spent != 3_700 {
		t.Errorf("the account paid %d", spent)
	}
	restored, err := sim.Restore(false, k.l.Entries(sim.Filter{}))
	if err != nil {
		t.Fatal(err)
	}
	if _, closed := restored.Totals("00000001", 7); !closed || restored.Open("00000001") != 8 {
		t.Errorf("after a restart: closed %t, open %s", closed, restored.Open("00000001"))
	}
}

// An upload may come without any settlement before it, and its end without totals.
func TestUploadAlone(t *testing.T) {
	k := &till{t: t, l: sim.NewLedger(false)}
	k.does(txn.OpSale, 1_000, "00")
	if rep := k.settle(txn.OpUpload, func(r *txn.Request) {
		r.Details = []txn.Detail{{STAN: 77, At: noon, Amount: txn.Money{Minor: 5}, PAN: pan(t, unionpay)}}
	}); rep.Code != "00" {
		t.Error(rep.Code)
	}
	k.wants(k.settle(txn.OpUploadEnd), "00", txn.BatchBalanced, txn.BatchBalanced)
	got, closed := k.l.Totals("00000001", 7)
	if want := (txn.Sides{Debits: txn.Tally{Count: 1, Minor: 5}}); !closed || got.Sum() != want {
		t.Errorf("%+v", got)
	}
}

func TestBatchNumbers(t *testing.T) {
	k := &till{t: t, l: sim.NewLedger(false)}
	in := func(b txn.Batch) func(*txn.Request) { return func(r *txn.Request) { r.Batch = b } }
	open := func(asked, want txn.Batch) {
		t.Helper()
		if got := k.settle(txn.OpSignOn, in(asked)).Batch; got != want {
			t.Errorf("sign-on: batch %s, want %s", got, want)
		}
	}
	open(0, 1)
	open(5, 5) // nothing is known of it: the terminal's own
	k.does(txn.OpSale, 100, "00", in(999_999))
	open(5, 999_999)
	k.wants(k.settle(txn.OpSettle, in(999_999), claim(1, 100)), "00", txn.BatchBalanced, txn.NotCompared)
	open(999_999, 1)
	k.does(txn.OpSale, 100, "00", in(1))
	open(999_999, 1)
}
