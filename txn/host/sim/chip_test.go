package sim_test

import (
	"encoding/hex"
	"testing"

	"vpos/reader"
	"vpos/reader/deck/issuer"
	"vpos/reader/tlv"
	"vpos/txn"
	"vpos/txn/host/sim"
)

func unhex(t testing.TB, s string) []byte {
	t.Helper()
	b, err := hex.DecodeString(s)
	if err != nil {
		t.Fatal(err)
	}
	return b
}

// chip makes a card's part of a request over an amount: a cryptogram of a kind
// (9F27: 80 asks, 40 approves, 00 declines).
func chip(t testing.TB, pan string, minor int64, kind byte) *reader.ChipData {
	t.Helper()
	values := map[tlv.Tag][]byte{
		0x9F02: unhex(t, money(t, "CNY", minor).ISO()), 0x9F03: make([]byte, 6), 0x9F1A: {1, 0x56}, 0x95: make([]byte, 5),
		0x5F2A: {1, 0x56}, 0x9A: {0x26, 3, 1}, 0x9C: {0}, 0x9F37: {1, 2, 3, 4}, 0x82: {0x1C, 0}, 0x9F36: {0, 7},
		0x9F10: unhex(t, "06010A03A49002"),
	}
	keys := issuer.TestRing()[issuer.TestIndex].Card(issuer.VisaCVN10, []byte(pan), 1)
	ac, err := keys.Cryptogram(func(tag tlv.Tag) ([]byte, bool) { v, ok := values[tag]; return v, ok })
	if err != nil {
		t.Fatal(err)
	}
	var out []byte
	out = tlv.Append(out, 0x9F26, ac[:])
	out = tlv.Append(out, 0x9F27, []byte{kind})
	out = tlv.Append(out, 0x9F10, values[0x9F10])
	for _, e := range issuer.Signed() {
		out = tlv.Append(out, e.Tag, values[e.Tag])
	}
	return &reader.ChipData{Sequence: 1, Field55: out}
}

func TestCryptograms(t *testing.T) {
	const number = "4761739001010119"
	for name, c := range map[string]struct {
		op     txn.Op
		minor  int64
		signed int64
		kind   byte
		code   string
		state  sim.State
		answer bool
	}{
		"sale":                       {txn.OpSale, 1200, 1200, 0x80, "00", sim.Charged, true},
		"sale of another amount":     {txn.OpSale, 1200, 1300, 0x80, "05", sim.Declined, true},
		"sale the card approved":     {txn.OpSale, 1200, 1200, 0x40, "05", sim.Declined, false},
		"pre-authorisation":          {txn.OpAuth, 1200, 1200, 0x80, "00", sim.Held, true},
		"balance":                    {txn.OpBalance, 0, 0, 0x80, "00", sim.Noted, true},
		"balance, wrong":             {txn.OpBalance, 0, 1, 0x80, "05", sim.Declined, true},
		"offline":                    {txn.OpChipOffline, 1200, 1200, 0x40, "00", sim.Charged, false},
		"offline, another amount":    {txn.OpChipOffline, 1200, 1300, 0x40, "05", sim.Declined, false},
		"offline, the card declined": {txn.OpChipOffline, 1200, 1200, 0x00, "05", sim.Declined, false},
		"offline, the card asked":    {txn.OpChipOffline, 1200, 1200, 0x80, "05", sim.Declined, false},
	} {
		l := sim.NewLedger(true)
		r := request(t, c.op, 1, c.minor)
		r.Card.PAN, r.Card.Chip = pan(t, number), chip(t, number, c.signed, c.kind)
		v := l.Apply(noon, r)
		if v.Reply.Code != c.code || v.Entry.State != c.state || (len(v.Reply.Field55) > 0) != c.answer {
			t.Errorf("%s: %s %q, fault %q, %d bytes for the card", name, v.Reply.Code, v.Entry.State, v.Fault, len(v.Reply.Field55))
		}
		if c.op == txn.OpChipOffline && c.code == "00" {
			if again := l.Apply(noon, r); again.Changed || again.Reply.Code != "00" || again.Reply.RRN != v.Reply.RRN {
				t.Errorf("%s told again: %+v", name, again.Reply)
			}
		}
	}
}
