package sim_test

import (
	"slices"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"vpos/reader"
	"vpos/txn"
	"vpos/txn/host/sim"
)

func pan(t testing.TB, digits string) reader.PAN {
	t.Helper()
	p, err := reader.ParsePAN([]byte(digits))
	if err != nil {
		t.Fatal(err)
	}
	return p
}

// special is a card of the simulator's table.
func special(t testing.TB, name string) reader.PAN {
	t.Helper()
	all := sim.Cards()
	i := slices.IndexFunc(all, func(c sim.Card) bool { return c.Name == name })
	if i < 0 {
		t.Fatalf("no card %q", name)
	}
	return pan(t, all[i].Number)
}

// ask is a request of any operation, as the codec would give it.
func request(t testing.TB, op txn.Op, stan txn.STAN, minor int64) *txn.Request {
	t.Helper()
	r := sale(t, stan, minor)
	r.Op = op
	return r
}

// naming gives a request the original that a row is, by its approval code.
func naming(r *txn.Request, e sim.Entry) *txn.Request {
	r.Original = &txn.Original{Op: e.Op, AuthCode: e.AuthCode, At: noon}
	return r
}

// byNumber names it by trace number, batch and exact time.
func byNumber(r *txn.Request, e sim.Entry) *txn.Request {
	r.Original = &txn.Original{Op: e.Op, STAN: e.STAN, Batch: e.Batch, At: time.Unix(e.Sent, 0)}
	return r
}

// till is a ledger with what has happened at it.
type till struct {
	t    *testing.T
	l    *sim.Ledger
	stan txn.STAN
}

func (k *till) does(op txn.Op, minor int64, code string, change ...func(*txn.Request)) sim.Entry {
	k.t.Helper()
	k.stan++
	r := request(k.t, op, k.stan, minor)
	for _, c := range change {
		c(r)
	}
	v := k.l.Apply(noon, r)
	if v.Reply.Code != code {
		k.t.Errorf("%s %s: code %s, want %s", op, r.STAN, v.Reply.Code, code)
	}
	return v.Entry
}

// undo reverses a row.
func (k *till) undo(e sim.Entry, minor int64, code string) {
	k.t.Helper()
	r := request(k.t, txn.OpReversal, e.STAN, minor)
	r.Original = &txn.Original{Op: e.Op, STAN: e.STAN, At: noon}
	if got := k.l.Apply(noon, r).Reply.Code; got != code {
		k.t.Errorf("reversal of %s %s: %s, want %s", e.Op, e.STAN, got, code)
	}
}

func of(e sim.Entry) func(*txn.Request)      { return func(r *txn.Request) { naming(r, e) } }
func exactly(e sim.Entry) func(*txn.Request) { return func(r *txn.Request) { byNumber(r, e) } }
func with(p reader.PAN) func(*txn.Request)   { return func(r *txn.Request) { r.Card.PAN = p } }

// after is what a scenario leaves: of the account, and of the batch.
type after struct {
	spent, held     int64
	debits, credits txn.Tally
	states          []sim.State // of every row, in order
}

const opening = 10_000_000

func TestEveryOperation(t *testing.T) {
	tally := func(n int, minor int64) txn.Tally { return txn.Tally{Count: n, Minor: minor} }
	seen := map[txn.Op]bool{}
	for name, c := range map[string]struct {
		op   txn.Op
		play func(k *till)
		want after
	}{
		"sale": {txn.OpSale, func(k *till) {
			k.does(txn.OpSale, 1200, "00")
		}, after{spent: 1200, debits: tally(1, 1200), states: []sim.State{sim.Charged}}},
		"wallet's code": {txn.OpQR, func(k *till) {
			k.does(txn.OpQR, 1200, "00", scanned)
		}, after{debits: tally(1, 1200), states: []sim.State{sim.Charged}}},
		"wallet's code reversed": {txn.OpQR, func(k *till) {
			k.undo(k.does(txn.OpQR, 1200, "00", scanned), 1200, "00")
		}, after{states: []sim.State{sim.Reversed}}},
		"code on the screen": {txn.OpQR, func(k *till) {
			k.does(txn.OpQR, 1200, "00", shown)
		}, after{debits: tally(1, 1200), states: []sim.State{sim.Charged}}},
		"code on the screen voided": {txn.OpVoid, func(k *till) {
			k.does(txn.OpVoid, 1200, "00", exactly(k.does(txn.OpQR, 1200, "00", shown)), cardless)
		}, after{states: []sim.State{sim.Voided, sim.Charged}}},
		"code on the screen, void reversed": {txn.OpVoid, func(k *till) {
			k.undo(k.does(txn.OpVoid, 1200, "00", exactly(k.does(txn.OpQR, 1200, "00", shown)), cardless), 1200, "00")
		}, after{debits: tally(1, 1200), states: []sim.State{sim.Charged, sim.Reversed}}},
		"wallet's payment given back to a card": {txn.OpRefund, func(k *till) {
			k.does(txn.OpRefund, 1200, "25", of(k.does(txn.OpQR, 1200, "00", shown)))
		}, after{debits: tally(1, 1200), states: []sim.State{sim.Charged, sim.Declined}}},
		"wallet's payment voided by a card": {txn.OpVoid, func(k *till) {
			k.does(txn.OpVoid, 1200, "14", exactly(k.does(txn.OpQR, 1200, "00", shown)))
		}, after{debits: tally(1, 1200), states: []sim.State{sim.Charged, sim.Declined}}},
		"sale voided without a card": {txn.OpVoid, func(k *till) {
			k.does(txn.OpVoid, 1200, "14", exactly(k.does(txn.OpSale, 1200, "00")), cardless)
		}, after{spent: 1200, debits: tally(1, 1200), states: []sim.State{sim.Charged, sim.Declined}}},
		"code for something else": {txn.OpQR, func(k *till) {
			k.does(txn.OpQR, 1200, "12", shown, func(r *txn.Request) { r.Amount.Minor++ })
		}, after{states: []sim.State{sim.Declined}}},
		"neither code nor order": {txn.OpQR, func(k *till) {
			k.does(txn.OpQR, 1200, "30", cardless)
		}, after{states: []sim.State{sim.Declined}}},
		"a card beside the code": {txn.OpQR, func(k *till) {
			k.does(txn.OpQR, 1200, "30", scanned, with(card(k.t).PAN))
		}, after{states: []sim.State{sim.Declined}}},
		"sale reversed": {txn.OpReversal, func(k *till) {
			k.undo(k.does(txn.OpSale, 1200, "00"), 1200, "00")
		}, after{states: []sim.State{sim.Reversed}}},
		"void": {txn.OpVoid, func(k *till) {
			k.does(txn.OpVoid, 1200, "00", exactly(k.does(txn.OpSale, 1200, "00")))
		}, after{states: []sim.State{sim.Voided, sim.Charged}}},
		"void reversed": {txn.OpVoid, func(k *till) {
			k.undo(k.does(txn.OpVoid, 1200, "00", exactly(k.does(txn.OpSale, 1200, "00"))), 1200, "00")
		}, after{spent: 1200, debits: tally(1, 1200), states: []sim.State{sim.Charged, sim.Reversed}}},
		"refund of a sale": {txn.OpRefund, func(k *till) {
			s := k.does(txn.OpSale, 1200, "00")
			k.does(txn.OpRefund, 500, "00", of(s))
			k.does(txn.OpRefund, 701, "61", of(s)) // more than is left of it
			k.does(txn.OpRefund, 700, "00", of(s))
			k.does(txn.OpRefund, 1, "61", of(s))
		}, after{
			debits: tally(1, 1200), credits: tally(2, 1200),
			states: []sim.State{sim.Charged, sim.Charged, sim.Declined, sim.Charged, sim.Declined},
		}},
		"refund of nothing named": {txn.OpRefund, func(k *till) {
			k.does(txn.OpRefund, 100, "61")
			k.does(txn.OpSale, 1200, "00")
			k.does(txn.OpRefund, 1100, "00")
			k.does(txn.OpRefund, 101, "61")
		}, after{
			spent: 100, debits: tally(1, 1200), credits: tally(1, 1100),
			states: []sim.State{sim.Declined, sim.Charged, sim.Charged, sim.Declined},
		}},
		"refunds that name the wrong thing": {txn.OpRefund, func(k *till) {
			s := k.does(txn.OpSale, 1200, "00")
			k.does(txn.OpRefund, 100, "25", func(r *txn.Request) { naming(r, s).Original.AuthCode = "000000" })
			k.does(txn.OpRefund, 100, "25", func(r *txn.Request) { naming(r, s).Original.At = noon.AddDate(0, 0, 5) })
			k.does(txn.OpRefund, 100, "25", of(s), func(r *txn.Request) { r.Merchant = "543210987654321" })
			k.does(txn.OpRefund, 100, "64", of(s), with(pan(k.t, "5555555555554444")))
			k.does(txn.OpVoid, 1200, "00", exactly(s))
			k.does(txn.OpRefund, 100, "12", of(s))
		}, after{states: []sim.State{
			sim.Voided, sim.Declined, sim.Declined, sim.Declined, sim.Declined, sim.Charged, sim.Declined,
		}}},
		"pre-authorisation": {txn.OpAuth, func(k *till) {
			k.does(txn.OpAuth, 10_000, "00")
		}, after{held: 10_000, states: []sim.State{sim.Held}}},
		"pre-authorisation reversed": {txn.OpAuth, func(k *till) {
			k.undo(k.does(txn.OpAuth, 10_000, "00"), 10_000, "00")
		}, after{states: []sim.State{sim.Reversed}}},
		"increment": {txn.OpIncrement, func(k *till) {
			a := k.does(txn.OpAuth, 10_000, "00")
			k.does(txn.OpIncrement, 2_000, "00", of(a))
		}, after{held: 12_000, states: []sim.State{sim.Held, sim.Held}}},
		"increment reversed": {txn.OpIncrement, func(k *till) {
			a := k.does(txn.OpAuth, 10_000, "00")
			k.undo(k.does(txn.OpIncrement, 2_000, "00", of(a)), 2_000, "00")
		}, after{held: 10_000, states: []sim.State{sim.Held, sim.Reversed}}},
		"pre-authorisation void": {txn.OpAuthVoid, func(k *till) {
			k.does(txn.OpAuthVoid, 10_000, "00", of(k.does(txn.OpAuth, 10_000, "00")))
		}, after{states: []sim.State{sim.Voided, sim.Charged}}},
		"pre-authorisation void reversed": {txn.OpAuthVoid, func(k *till) {
			k.undo(k.does(txn.OpAuthVoid, 10_000, "00", of(k.does(txn.OpAuth, 10_000, "00"))), 10_000, "00")
		}, after{held: 10_000, states: []sim.State{sim.Held, sim.Reversed}}},
		"completion": {txn.OpComplete, func(k *till) {
			a := k.does(txn.OpAuth, 10_000, "00")
			k.does(txn.OpComplete, 11_501, "61", of(a))
			k.does(txn.OpComplete, 11_500, "00", of(a)) // 115 %
			k.does(txn.OpComplete, 100, "12", of(a))
			k.does(txn.OpAuthVoid, 10_000, "12", of(a))
		}, after{spent: 11_500, debits: tally(1, 11_500), states: []sim.State{
			sim.Completed, sim.Declined, sim.Charged, sim.Declined, sim.Declined,
		}}},
		"completion reversed": {txn.OpComplete, func(k *till) {
			k.undo(k.does(txn.OpComplete, 9_000, "00", of(k.does(txn.OpAuth, 10_000, "00"))), 9_000, "00")
		}, after{held: 10_000, states: []sim.State{sim.Held, sim.Reversed}}},
		"completion told": {txn.OpCompleteAdvice, func(k *till) {
			a := k.does(txn.OpAuth, 10_000, "00")
			first := k.does(txn.OpCompleteAdvice, 9_000, "00", of(a))
			k.stan--
			if again := k.does(txn.OpCompleteAdvice, 9_000, "00", of(a), func(r *txn.Request) { r.Repeat = true }); again.Seq != 0 {
				k.t.Errorf("a repeat changed row %d, after %d", again.Seq, first.Seq)
			}
		}, after{spent: 9_000, debits: tally(1, 9_000), states: []sim.State{sim.Completed, sim.Charged}}},
		"completion void": {txn.OpCompleteVoid, func(k *till) {
			c := k.does(txn.OpComplete, 9_000, "00", of(k.does(txn.OpAuth, 10_000, "00")))
			k.does(txn.OpCompleteVoid, 9_000, "00", of(c))
		}, after{held: 10_000, states: []sim.State{sim.Held, sim.Voided, sim.Charged}}},
		"completion void reversed": {txn.OpCompleteVoid, func(k *till) {
			c := k.does(txn.OpComplete, 9_000, "00", of(k.does(txn.OpAuth, 10_000, "00")))
			k.undo(k.does(txn.OpCompleteVoid, 9_000, "00", of(c)), 9_000, "00")
		}, after{spent: 9_000, debits: tally(1, 9_000), states: []sim.State{sim.Completed, sim.Charged, sim.Reversed}}},
		"balance": {txn.OpBalance, func(k *till) {
			k.does(txn.OpSale, 1_000, "00")
			k.does(txn.OpAuth, 500, "00")
			k.stan++
			r := request(k.t, txn.OpBalance, k.stan, 0)
			for range 2 { // a question may be repeated
				if v := k.l.Apply(noon, r); v.Reply.Balance == nil || v.Reply.Balance.Minor != opening-1_500 || v.Reply.Code != "00" {
					k.t.Errorf("%+v", v.Reply)
				}
			}
		}, after{spent: 1_000, held: 500, debits: tally(1, 1_000), states: []sim.State{sim.Charged, sim.Held, sim.Noted}}},
		"offline sale": {txn.OpOffline, func(k *till) {
			k.does(txn.OpOffline, 1_200, "00")
			k.stan--
			k.does(txn.OpOffline, 1_200, "00") // told once more
			k.stan--
			k.does(txn.OpOffline, 1_300, "94") // another one under its number
		}, after{spent: 1_200, debits: tally(1, 1_200), states: []sim.State{sim.Charged}}},
		"adjust": {txn.OpAdjust, func(k *till) {
			o := k.does(txn.OpOffline, 1_200, "00")
			k.does(txn.OpAdjust, 1_500, "00", exactly(o))
			k.does(txn.OpAdjust, 900, "00", exactly(o))
			k.does(txn.OpAdjust, 900, "25", exactly(k.does(txn.OpSale, 100, "00")))
		}, after{spent: 1_000, debits: tally(2, 1_000), states: []sim.State{
			sim.Charged, sim.Noted, sim.Noted, sim.Charged, sim.Declined,
		}}},
		"tip": {txn.OpTip, func(k *till) {
			s := k.does(txn.OpSale, 1_200, "00")
			k.does(txn.OpTip, 1_100, "13", exactly(s)) // less than the sale itself
			k.does(txn.OpTip, 1_400, "00", exactly(s))
			k.stan--
			k.does(txn.OpTip, 1_400, "00", exactly(s))
			k.does(txn.OpVoid, 1_200, "64", exactly(s)) // the tip is taken back too
			k.does(txn.OpVoid, 1_400, "00", exactly(s))
			k.does(txn.OpTip, 1_500, "12", exactly(s))
		}, after{states: []sim.State{sim.Voided, sim.Declined, sim.Noted, sim.Declined, sim.Charged, sim.Declined}}},
		"chip offline": {txn.OpChipOffline, func(k *till) {
			k.does(txn.OpChipOffline, 1_200, "05", func(r *txn.Request) { r.Card.Chip = &reader.ChipData{Field55: []byte{1}} })
			k.does(txn.OpChipOffline, 1_200, "05") // and no chip at all
		}, after{states: []sim.State{sim.Declined, sim.Declined}}},
		"script result": {txn.OpScript, func(k *till) {
			k.does(txn.OpScript, 1_200, "00")
		}, after{}},
		"the rest moves nothing": {txn.OpEcho, func(k *till) {
			for _, op := range []txn.Op{
				txn.OpSignOn, txn.OpSignOff, txn.OpEcho, txn.OpKeys, txn.OpCAPKQuery, txn.OpCAPKGet, txn.OpCAPKEnd,
				txn.OpAIDQuery, txn.OpAIDGet, txn.OpAIDEnd, txn.OpParamQuery, txn.OpParamGet, txn.OpParamEnd, txn.OpUpload,
			} {
				k.does(op, 0, "00")
				seen[op] = true
			}
		}, after{}},
		"settlement": {txn.OpSettle, func(k *till) {
			k.does(txn.OpSale, 1_200, "00")
			k.does(txn.OpSettle, 0, "00", claim(1, 1_200))
		}, after{spent: 1_200, debits: tally(1, 1_200), states: []sim.State{sim.Charged, sim.Closed}}},
		"end of an upload": {txn.OpUploadEnd, func(k *till) {
			k.does(txn.OpSale, 1_200, "00")
			k.does(txn.OpUploadEnd, 0, "00", claim(1, 1_200))
		}, after{spent: 1_200, debits: tally(1, 1_200), states: []sim.State{sim.Charged, sim.Closed}}},
	} {
		seen[c.op] = true
		t.Run(name, func(t *testing.T) {
			k := &till{t: t, l: sim.NewLedger(false)}
			c.play(k)
			left := k.l.Balance(card(t).PAN, money(t, "CNY", 0).Currency)
			totals, _ := k.l.Totals("00000001", 7)
			sides := totals.Sum()
			got := after{spent: opening - left.Minor, held: left.Held, debits: sides.Debits, credits: sides.Credits}
			for _, e := range k.l.Entries(sim.Filter{}) {
				got.states = append(got.states, e.State)
			}
			if diff := cmp.Diff(c.want, got, cmp.AllowUnexported(after{}), cmpopts.EquateEmpty()); diff != "" {
				t.Error(diff)
			}
		})
	}
	for _, op := range txn.Ops() {
		if !seen[op] {
			t.Errorf("%s: no case", op)
		}
	}
}

// claim is the totals a terminal gives, all domestic.
func claim(count int, minor int64) func(*txn.Request) {
	return func(r *txn.Request) {
		r.Totals = &txn.Totals{Domestic: txn.Sides{Debits: txn.Tally{Count: count, Minor: minor}}}
	}
}

// What holds of a ledger holds of one that was made of its rows.
func TestEveryOperationSurvivesARestart(t *testing.T) {
	k := &till{t: t, l: sim.NewLedger(true)}
	poor := special(t, "poor")
	k.does(txn.OpSale, 9_000, "00", with(poor))
	a := k.does(txn.OpAuth, 600, "00", with(poor))
	k.does(txn.OpIncrement, 300, "00", with(poor), of(a))
	s := k.does(txn.OpSale, 100, "00", with(poor))
	k.does(txn.OpSale, 100, "51", with(poor))
	k.does(txn.OpRefund, 60, "00", with(poor), of(s))
	wrongPIN := func(r *txn.Request) { r.PIN = reader.NewSecret("9999") }
	k.does(txn.OpBalance, 0, "55", with(poor), wrongPIN)
	k.does(txn.OpBalance, 0, "55", with(poor), wrongPIN)

	again, err := sim.Restore(true, k.l.Entries(sim.Filter{}))
	if err != nil {
		t.Fatal(err)
	}
	c := money(t, "CNY", 0).Currency
	if diff := cmp.Diff(k.l.Balance(poor, c), again.Balance(poor, c)); diff != "" {
		t.Error(diff)
	}
	one, _ := k.l.Totals("00000001", 7)
	two, _ := again.Totals("00000001", 7)
	if diff := cmp.Diff(one, two); diff != "" {
		t.Error(diff)
	}
	k.l = again
	k.does(txn.OpRefund, 41, "61", with(poor), of(s)) // 40 is left of it
	k.does(txn.OpBalance, 0, "75", with(poor), wrongPIN)
	k.does(txn.OpComplete, 1_036, "61", with(poor), of(a)) // 900 held, 1035 at most
	k.does(txn.OpComplete, 1_035, "00", with(poor), of(a))
}
