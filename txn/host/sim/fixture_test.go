package sim_test

import (
	"testing"
	"time"

	"go.uber.org/goleak"

	"vpos/reader"
	"vpos/txn"
	"vpos/txn/host"
	"vpos/txn/host/sim"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

var noon = time.Date(2026, 3, 1, 12, 0, 0, 0, time.FixedZone("UTC+8", 8*3600))

func money(t testing.TB, code string, minor int64) txn.Money {
	t.Helper()
	c, ok := txn.CurrencyByCode(code)
	if !ok {
		t.Fatal(code)
	}
	return txn.Money{Minor: minor, Currency: c}
}

func card(t testing.TB) reader.Card {
	t.Helper()
	pan, err := reader.ParsePAN([]byte("4111111111111111"))
	if err != nil {
		t.Fatal(err)
	}
	return reader.Card{Entry: reader.Manual, PAN: pan, Expiry: reader.Expiry{Year: 2030, Month: 12}}
}

func sale(t testing.TB, stan txn.STAN, minor int64) *txn.Request {
	t.Helper()
	return &txn.Request{
		Op: txn.OpSale, STAN: stan, Batch: 7, At: noon, Amount: money(t, "CNY", minor), Card: card(t),
		Terminal: "00000001", Merchant: "123456789012345",
	}
}

func reversal(r *txn.Request) *txn.Request {
	out := *r
	out.Op, out.Original = txn.OpReversal, &txn.Original{Op: r.Op, STAN: r.STAN, At: r.At, Reason: txn.ReasonNoReply}
	return &out
}

func codec(t testing.TB) *host.Codec {
	t.Helper()
	c, err := host.NewCodec(host.ISO87())
	if err != nil {
		t.Fatal(err)
	}
	return c
}

// expect applies a request and holds the answer and the row against what is
// wanted; an empty state means no row may change.
func expect(t *testing.T, l *sim.Ledger, name string, r *txn.Request, code string, state sim.State) sim.Verdict {
	t.Helper()
	v := l.Apply(noon, r)
	if v.Reply.Code != code {
		t.Errorf("%s: code %s, want %s", name, v.Reply.Code, code)
	}
	if v.Changed != (state != "") || v.Changed && v.Entry.State != state {
		t.Errorf("%s: changed %t to %q, want %q", name, v.Changed, v.Entry.State, state)
	}
	if v.Reply.Op != r.Op || v.Reply.STAN != r.STAN || v.Reply.Terminal != r.Terminal ||
		v.Reply.Merchant != r.Merchant || v.Reply.Amount != r.Amount || !v.Reply.HostAt.Equal(noon) {
		t.Errorf("%s: the reply does not match the request: %+v", name, v.Reply)
	}
	return v
}
