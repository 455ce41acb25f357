package host_test

import (
	"errors"
	"fmt"
	"strings"
	"testing"

	"vpos/reader"
	"vpos/txn"
	"vpos/txn/host"
)

// Nothing a description says shows a card number, a track, an expiry, a security
// code, a PIN, a one-time code or keys, in any profile.
func TestDescribeMasks(t *testing.T) {
	for _, name := range host.Shipped() {
		c := profileCodec(t, name)
		terminal, acquirer := pair(t, c.Profile().Keys)
		for _, x := range everything(t) {
			if chip := x.r.Card.Chip; chip != nil { // a card that tells its number in field 55
				clone := *chip
				clone.Field55 = append([]byte("\x5a\x08\x54\x13\x33\x00\x89\x02\x00\x11\x5f\x24\x03\x30\x12\x31"), chip.Field55...)
				x.r.Card.Chip = &clone
			}
			request, err := c.PackRequest(x.r, terminal)
			if err != nil {
				continue
			}
			reply, err := c.PackReply(x.r, x.rep, acquirer)
			if err != nil {
				t.Fatal(err)
			}
			for _, raw := range [][]byte{request, reply} {
				described(t, c, name+" "+x.name, raw, string(x.r.Op))
			}
		}
	}
}

func described(t *testing.T, c *host.Codec, name string, raw []byte, op string) {
	t.Helper()
	pieces, err := c.Describe(raw)
	if err != nil {
		t.Fatalf("%s: %v", name, err)
	}
	at, ops := 0, ""
	for _, p := range pieces {
		if p.Offset < 0 || p.Length < 0 || p.Offset+p.Length > len(raw) {
			t.Errorf("%s: %s is at %d, %d bytes of %d", name, p.Path, p.Offset, p.Length, len(raw))
		}
		if p.Offset == at {
			at += p.Length
		}
		ops += p.Op
		text := fmt.Sprintf("%s %s", p.Name, p.Value)
		for _, secret := range []string{
			"4111111111111111", "5413330089020011", "30121011234567890", "3012", "87654321", "301231",
			"30313233343536", "303132333435363738396162",
		} {
			if strings.Contains(text, secret) && p.Holds != host.HoldsData {
				t.Errorf("%s: field %s shows %s", name, p.Path, secret)
			}
		}
		if p.Holds == host.HoldsCVV && strings.Contains(p.Value, "123") {
			t.Errorf("%s: the security code is shown", name)
		}
	}
	if at != len(raw) {
		t.Errorf("%s: %d of %d bytes described", name, at, len(raw))
	}
	if ops != op {
		t.Errorf("%s: it is %q, want %q", name, ops, op)
	}
}

// A merchant number that could be a card's is masked; codes, amounts and references
// are what they are.
func TestDescribeMasksIdentities(t *testing.T) {
	c := profileCodec(t, "iso87-ascii")
	r := sale(t)
	r.Merchant, r.Amount.Minor = "378282246310005", 411111111116 // both pass the check digit
	raw, err := c.PackRequest(r, nil)
	if err != nil {
		t.Fatal(err)
	}
	pieces, err := c.Describe(raw)
	if err != nil {
		t.Fatal(err)
	}
	want := map[host.Holder]string{host.HoldsMerchant: "***********0005", host.HoldsAmount: "411111111116"}
	for _, p := range pieces {
		if text, ok := want[p.Holds]; ok && p.Value != text {
			t.Errorf("field %s shows %s, want %s", p.Path, p.Value, text)
		}
	}
}

// Of a broken message it tells what comes before the place, and the place.
func TestDescribeBroken(t *testing.T) {
	c := profileCodec(t, "unionpay")
	raw, err := c.PackRequest(chipSale(t), nil)
	if err != nil {
		t.Fatal(err)
	}
	at := spot(t, c, raw, "41")
	pieces, err := c.Describe(raw[:at+3])
	var in *host.FieldError
	if !errors.As(err, &in) || in.Path != "41" || !errors.Is(err, host.ErrShort) {
		t.Errorf("cut in field 41: %v", err)
	}
	if last := pieces[len(pieces)-1]; last.Path != "35" || last.Offset+last.Length != at || last.Holds != host.HoldsTrack2 {
		t.Errorf("the last piece is %+v", last)
	}
	short := chipSale(t)
	short.Card.Chip = &reader.ChipData{Sequence: 1, Field55: []byte("\x9f\x26\x08\x01\x02")}
	if raw, err = c.PackRequest(short, nil); err != nil {
		t.Fatal(err)
	}
	pieces, err = c.Describe(raw)
	if !errors.As(err, &in) || in.Path != "55" || !errors.Is(err, host.ErrTLV) {
		t.Errorf("broken chip data: %v", err)
	}
	if last := pieces[len(pieces)-1]; last.Path != "60.5" {
		t.Errorf("what comes behind is left out: %+v", last)
	}
	if pieces, err := c.Describe(nil); err == nil || len(pieces) != 0 {
		t.Errorf("nothing: %v, %v", pieces, err)
	}
	stray := manage(txn.OpEcho)
	if raw, err = c.PackRequest(stray, nil); err != nil {
		t.Fatal(err)
	}
	raw[spot(t, c, raw, "60.3")+1] = 0x90
	if pieces, err := c.Describe(raw); err != nil || pieces[5].Path != "0" || pieces[5].Op != "" {
		t.Errorf("a message that is no operation: %+v, %v", pieces[5], err)
	}
}
