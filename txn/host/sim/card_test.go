package sim_test

import (
	"testing"
	"time"

	"vpos/reader"
	"vpos/txn"
	"vpos/txn/host/sim"
)

// The table is right by itself: names and numbers differ, and every number is one.
func TestCards(t *testing.T) {
	names, numbers := map[string]bool{}, map[string]bool{}
	all := sim.Cards()
	if len(all) < 10 {
		t.Fatalf("%d cards", len(all))
	}
	for _, c := range all {
		if _, err := reader.ParsePAN([]byte(c.Number)); err != nil || c.Name == "" || c.PIN == "" {
			t.Errorf("%s: %v", c.Name, err)
		}
		if names[c.Name] || numbers[c.Number] {
			t.Errorf("%s is there twice", c.Name)
		}
		names[c.Name], numbers[c.Number] = true, true
	}
}

func TestWhatCardsAnswer(t *testing.T) {
	for name, codes := range map[string][2]string{ // of 20.00 and of 600.00
		"poor": {"00", "51"}, "poor-unionpay": {"00", "51"}, "partial": {"00", "10"}, "partial-unionpay": {"00", "10"},
		"limited": {"00", "61"}, "lost": {"41", "41"}, "stolen": {"43", "43"}, "pick-up": {"04", "04"},
		"expired": {"54", "54"}, "restricted": {"62", "62"}, "issuer-away": {"91", "91"},
		"referral": {"01", "01"}, "referral-unionpay": {"01", "01"}, "check-holder": {"08", "08"},
		"one-time-code": {"1A", "1A"}, "one-time-code-unionpay": {"1A", "1A"}, "six-digit-pin": {"00", "00"},
	} {
		k := &till{t: t, l: sim.NewLedger(true)}
		p := special(t, name)
		for i, minor := range []int64{2_000, 60_000} {
			e := k.does(txn.OpSale, minor, codes[i], with(p))
			if want := map[bool]sim.State{true: sim.Charged, false: sim.Declined}[txn.Approves(codes[i])]; e.State != want {
				t.Errorf("%s: %s", name, e.State)
			}
			if codes[i] == "10" && (e.Amount.Minor != 1_000 || e.Asked != 60_000) {
				t.Errorf("%s: part %d of %d", name, e.Amount.Minor, e.Asked)
			}
		}
	}
}

// An ordinary card never runs dry, in any currency.
func TestOrdinaryCards(t *testing.T) {
	k := &till{t: t, l: sim.NewLedger(false)}
	for _, currency := range []string{"CNY", "JPY", "KWD"} {
		for range 3 {
			k.does(txn.OpSale, txn.MaxMinor, "00", func(r *txn.Request) { r.Amount.Currency = money(t, currency, 0).Currency })
		}
	}
}

// A partial approval is reversed by the amount that was asked as well as by the
// one that was given: the reply may have been lost.
func TestPartialReversed(t *testing.T) {
	for _, minor := range []int64{10_000, 3_000} {
		k := &till{t: t, l: sim.NewLedger(true)}
		e := k.does(txn.OpSale, 10_000, "10", with(special(t, "partial")))
		k.undo(e, 5_000, "64")
		k.undo(e, minor, "00")
		if b := k.l.Balance(special(t, "partial"), e.Amount.Currency); b.Minor != 3_000 {
			t.Errorf("left %d", b.Minor)
		}
	}
}

func pin(digits string) func(*txn.Request) {
	return func(r *txn.Request) { r.PIN = reader.NewSecret(digits) }
}

func TestPINTries(t *testing.T) {
	k := &till{t: t, l: sim.NewLedger(false)}
	k.does(txn.OpSale, 100, "00", pin(sim.TestPIN))
	k.does(txn.OpSale, 100, "99", pin("?")) // a block that did not open counts for nothing
	k.does(txn.OpSale, 100, "55", pin("1235"))
	k.does(txn.OpSale, 100, "55", pin("12345"))
	k.does(txn.OpSale, 100, "00", pin("1234")) // the right one clears the count
	k.does(txn.OpSale, 100, "55", pin("0000"))
	k.does(txn.OpAuth, 100, "55", pin("0000"))
	k.does(txn.OpBalance, 0, "75", pin("0000"))
	k.does(txn.OpSale, 100, "75", pin("1234")) // too late for today
	k.does(txn.OpSale, 100, "00")              // whoever asks no PIN learns nothing of it
	k.does(txn.OpSale, 100, "00", pin("1234"), with(pan(t, "5555555555554444")))
	k.stan++
	r := request(t, txn.OpSale, k.stan, 100)
	pin("1234")(r)
	if v := k.l.Apply(noon.Add(24*time.Hour), r); v.Reply.Code != "00" {
		t.Errorf("the next day: %s", v.Reply.Code)
	}
	k.does(txn.OpSale, 100, "55", pin("1234"), with(special(t, "six-digit-pin")))
	k.does(txn.OpSale, 100, "00", pin("123456"), with(special(t, "six-digit-pin")))
}

func TestOneTimeCode(t *testing.T) {
	code := func(digits string) func(*txn.Request) {
		return func(r *txn.Request) { r.OTP = reader.NewSecret(digits) }
	}
	k := &till{t: t, l: sim.NewLedger(false)}
	p := special(t, "one-time-code")
	k.does(txn.OpSale, 100, txn.CodeWanted, with(p))
	k.does(txn.OpSale, 100, "00", with(p), code(sim.TestOTP))
	k.does(txn.OpSale, 100, txn.CodeWanted, with(p), code("000000"))
	k.does(txn.OpSale, 100, txn.CodeWanted, with(p), code("000000"))
	if e := k.does(txn.OpSale, 100, "05", with(p), code("000000")); e.State != sim.Declined {
		t.Errorf("%s", e.State)
	}
	k.does(txn.OpSale, 100, txn.CodeWanted, with(p)) // and from the beginning
	k.does(txn.OpSale, 100, "00", with(p), code(sim.TestOTP))
}

func TestOrders(t *testing.T) {
	for name, c := range map[string]struct {
		op    txn.Op
		order sim.Order
		code  string
		state sim.State
	}{
		"decline a sale":       {txn.OpSale, sim.Order{Code: "57"}, "57", sim.Declined},
		"decline a void":       {txn.OpVoid, sim.Order{Code: "57"}, "57", sim.Declined},
		"decline a hold":       {txn.OpAuth, sim.Order{Code: "01"}, "01", sim.Declined},
		"decline a balance":    {txn.OpBalance, sim.Order{Code: "01"}, "01", sim.Declined},
		"decline a refund":     {txn.OpRefund, sim.Order{Code: "61"}, "61", sim.Declined},
		"decline a completion": {txn.OpComplete, sim.Order{Code: "61"}, "61", sim.Declined},
		"refuse a reversal":    {txn.OpReversal, sim.Order{Code: "96"}, "96", ""},
		"refuse a settlement":  {txn.OpSettle, sim.Order{Code: "96"}, "96", ""},
		"refuse a sign-on":     {txn.OpSignOn, sim.Order{Code: "58"}, "58", ""},
		"a part":               {txn.OpSale, sim.Order{Partial: true}, "10", sim.Charged},
		"a part of a hold":     {txn.OpAuth, sim.Order{Partial: true}, "00", sim.Held},
		"a code":               {txn.OpSale, sim.Order{OTP: true}, "1A", sim.Declined},
		"none":                 {txn.OpSale, sim.Order{}, "00", sim.Charged},
	} {
		l := sim.NewLedger(false)
		v := l.DecideBy(noon, request(t, c.op, 1, 1_200), c.order)
		if v.Reply.Code != c.code || v.Entry.State != c.state {
			t.Errorf("%s: %s %q", name, v.Reply.Code, v.Entry.State)
		}
		if c.order.Partial && c.op == txn.OpSale && v.Reply.Amount.Minor != 600 {
			t.Errorf("%s: %d", name, v.Reply.Amount.Minor)
		}
		if v := l.Decide(noon, sale(t, 2, 1_200)); v.Reply.Code != "00" {
			t.Errorf("%s: the order outlived its request: %s", name, v.Reply.Code)
		}
	}
}

// A message whose MAC is wrong changes nothing, whatever it says.
func TestBadMACHasNoEffect(t *testing.T) {
	for _, op := range txn.Ops() {
		k := &till{t: t, l: sim.NewLedger(true)}
		k.does(txn.OpSale, 1_200, "00")
		before := k.l.Entries(sim.Filter{})
		r := request(t, op, 1, 1_200)
		r.BadMAC, r.Totals = true, &txn.Totals{}
		v := k.l.Apply(noon, r)
		if v.Reply.Code != sim.CodeMAC || v.Reply.Want != txn.WantSignOn || len(v.Rows()) != 0 || len(k.l.Entries(sim.Filter{})) != len(before) {
			t.Errorf("%s: %+v", op, v.Reply)
		}
	}
}
