package host_test

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	libfault "github.com/moov-io/iso8583/errors"

	"vpos/txn"
	"vpos/txn/host"
)

func TestPackRefuses(t *testing.T) {
	c := codec(t)
	wiped := sale(t)
	wiped.Card.WipeSensitive()
	gone := sale(t)
	gone.Card.Wipe()
	cases := []struct {
		name   string
		change func(*txn.Request)
		path   string
		cause  error
	}{
		{"no STAN", func(r *txn.Request) { r.STAN = 0 }, "11", host.ErrRange},
		{"STAN past the end", func(r *txn.Request) { r.STAN = 1_000_000 }, "11", host.ErrRange},
		{"no time", func(r *txn.Request) { r.At = time.Time{} }, "7", host.ErrMissing},
		{"no amount", func(r *txn.Request) { r.Amount = txn.Money{} }, "4", host.ErrMissing},
		{"negative", func(r *txn.Request) { r.Amount.Minor = -1 }, "4", host.ErrRange},
		{"thirteen digits", func(r *txn.Request) { r.Amount.Minor = txn.MaxMinor + 1 }, "4", host.ErrRange},
		{"long terminal", func(r *txn.Request) { r.Terminal = "123456789" }, "41", host.ErrLength},
		{"no merchant", func(r *txn.Request) { r.Merchant = "" }, "42", host.ErrMissing},
		{"not ASCII", func(r *txn.Request) { r.Merchant = "商户" }, "42", host.ErrCharacter},
		{"no entry mode", func(r *txn.Request) { r.Card.Entry = "" }, "22", host.ErrMissing},
		{"unknown entry mode", func(r *txn.Request) { r.Card.Entry = "telepathy" }, "22", host.ErrRange},
		{"wiped code", func(r *txn.Request) { r.Card = wiped.Card }, "48.92", host.ErrMissing},
		{"wiped PAN", func(r *txn.Request) { r.Card = gone.Card }, "2", host.ErrMissing},
		{"batch", func(r *txn.Request) { r.Batch = 1_000_000 }, "60", host.ErrRange},
		{"repeated sale", func(r *txn.Request) { r.Repeat = true }, "0", host.ErrOperation},
		{"reversal of nothing", func(r *txn.Request) { r.Op = txn.OpReversal }, "90", host.ErrMissing},
	}
	for _, x := range cases {
		r := sale(t)
		x.change(&r)
		_, err := c.PackRequest(r, nil)
		located(t, x.name, err, x.path, x.cause)
	}
	r := sale(t)
	r.Op = "dance"
	if _, err := c.PackRequest(r, nil); !errors.Is(err, host.ErrOperation) {
		t.Errorf("unknown operation: %v", err)
	}
}

func located(t *testing.T, name string, err error, path string, cause error) {
	t.Helper()
	var at *host.FieldError
	if !errors.As(err, &at) || at.Path != path || !errors.Is(err, cause) {
		t.Errorf("%s: got %v, want field %s: %v", name, err, path, cause)
		return
	}
	if lib := (*libfault.UnpackError)(nil); errors.As(err, &lib) {
		t.Errorf("%s: the error holds the whole message", name)
	}
	text := fmt.Sprintf("%v %+v %#v %q", err, err, *at, err)
	for _, secret := range []string{"4111111111111111", "411111", "5413330089020011", "3012", "9203123"} {
		if strings.Contains(text, secret) {
			t.Errorf("%s: the error shows the value: %s", name, text)
		}
	}
}

// The offsets are those of the golden keyed sale, read by hand.
func TestUnpackRefuses(t *testing.T) {
	c := codec(t)
	whole, err := c.PackRequest(sale(t), nil)
	if err != nil {
		t.Fatal(err)
	}
	edit := func(at int, s string) []byte {
		b := append([]byte(nil), whole...)
		copy(b[at:], s)
		return b
	}
	const f2, f3, f4, f7 = 12, 30, 36, 48
	const f11, f12, f13, f14 = f7 + 10, f7 + 16, f7 + 22, f7 + 26
	cases := []struct {
		name  string
		raw   []byte
		path  string
		cause error
	}{
		{"empty", nil, "0", host.ErrShort},
		{"MTI only", whole[:4], "1", host.ErrShort},
		{"half a bitmap", whole[:9], "1", host.ErrShort},
		{"no fields", whole[:12], "2", host.ErrShort},
		{"cut in the PAN", whole[:20], "2", host.ErrShort},
		{"cut at the end", whole[:len(whole)-1], "62", host.ErrShort},
		{"trailing", append(whole[:len(whole):len(whole)], '0'), "end", host.ErrTrailing},
		{"MTI of letters", edit(0, "02X0"), "0", host.ErrCharacter},
		{"another MTI", edit(0, "0300"), "0", host.ErrOperation},
		{"another processing code", edit(f3, "990000"), "0", host.ErrOperation},
		{"length of letters", edit(f2, "1x"), "2", host.ErrLength},
		{"length of 20", edit(f2, "20"), "2", host.ErrLength},
		{"letter in the PAN", edit(f2+6, "A"), "2", host.ErrCharacter},
		{"letter in the amount", edit(f4+11, "x"), "4", host.ErrCharacter},
		{"zero STAN", edit(f11, "000000"), "11", host.ErrRange},
		{"month 13", edit(f7, "13"), "7", host.ErrDate},
		{"30 February", edit(f7, "0230"), "7", host.ErrDate},
		{"hour 24", edit(f12, "24"), "13", host.ErrDate},
		{"day 0", edit(f13, "1200"), "13", host.ErrDate},
		{"expiry month 13", edit(f14, "3013"), "14", host.ErrDate},
		{"unknown entry mode", edit(f14+4, "999"), "22", host.ErrRange},
	}
	for _, x := range cases {
		_, err := c.UnpackRequest(x.raw, evening, nil)
		located(t, x.name, err, x.path, x.cause)
	}
}

func TestBitmapRefuses(t *testing.T) {
	c := codec(t)
	bits := func(fill string, set ...int) []byte {
		raw := append([]byte("0810"), make([]byte, 16)...)
		for _, n := range append(set, 1) {
			raw[4+(n-1)/8] |= 0x80 >> ((n - 1) % 8)
		}
		return append(raw, fill...)
	}
	_, err := c.UnpackReply(bits("x", 5), evening, nil)
	located(t, "field 5", err, "5", host.ErrUndefined)
	_, err = c.UnpackReply(bits("12345678", 110), evening, nil)
	located(t, "field 110", err, "110", host.ErrUndefined)
	_, err = c.UnpackReply(bits("\x00\x00\x00\x00\x00\x00\x00\x00", 65), evening, nil)
	located(t, "a third bitmap", err, "65", host.ErrBitmap)
	_, err = c.UnpackReply(bits("", 65), evening, nil)
	located(t, "a third bitmap cut off", err, "65", host.ErrBitmap)
	_, err = c.UnpackReply(bits("")[:14], evening, nil)
	located(t, "half a second bitmap", err, "1", host.ErrShort)
	_, err = codec(t, hexBitmap).UnpackReply([]byte("0810Z220000000000000"), evening, nil)
	located(t, "bitmap of letters", err, "1", host.ErrBitmap)
}

func TestMissingFields(t *testing.T) {
	c := codec(t)
	// An 0810 with field 70 = 301 and nothing else.
	raw := append([]byte("0810"), 0x80, 0, 0, 0, 0, 0, 0, 0, 0x04, 0, 0, 0, 0, 0, 0, 0)
	_, err := c.UnpackReply(append(raw, "301"...), evening, nil)
	located(t, "reply", err, "11", host.ErrMissing)
	raw[2] = '0'
	_, err = c.UnpackRequest(append(raw, "301"...), evening, nil)
	located(t, "request", err, "7", host.ErrMissing)
}

func TestSecurityFieldRefuses(t *testing.T) {
	c := codec(t)
	whole, err := c.PackRequest(sale(t), nil)
	if err != nil {
		t.Fatal(err)
	}
	at := strings.Index(string(whole), "91011"+"9203123")
	cases := map[string]struct {
		value, path string
		cause       error
	}{
		"letters":           {"9A0119203123", "48", host.ErrShort},
		"length lies":       {"910119299123", "48.92", host.ErrShort},
		"code too short":    {"910119202123", "48.92", host.ErrLength},
		"presence unknown":  {"910179203123", "48.91", host.ErrRange},
		"presence too long": {"910212920123", "48.91", host.ErrLength},
		"code of letters":   {"910119203abc", "48.92", host.ErrLength},
	}
	for name, x := range cases {
		raw := append([]byte(nil), whole...)
		copy(raw[at:], x.value)
		_, err := c.UnpackRequest(raw, evening, nil)
		located(t, name, err, x.path, x.cause)
	}
}

// holding is a profile's field by what it, or a part of it, holds.
func holding(p *host.Profile, h host.Holder) *host.FieldSpec {
	for i := range p.Fields {
		f := &p.Fields[i]
		if f.Holds == h || slices.ContainsFunc(f.Parts, func(q host.Part) bool { return q.Holds == h }) {
			return f
		}
	}
	return nil
}

func TestProfilesRefused(t *testing.T) {
	cases := map[string]func(*host.Profile){
		"framing":           func(p *host.Profile) { p.Framing.Length = "roman" },
		"no max":            func(p *host.Profile) { p.Framing.Max = 0 },
		"max too large":     func(p *host.Profile) { p.Framing.Max = 70_000 },
		"bcd max":           func(p *host.Profile) { p.Framing.Length, p.Framing.Max = host.LengthBCD2, 9_999 },
		"TPDU":              func(p *host.Profile) { p.Framing.TPDU = "7000000000" },
		"bitmap":            func(p *host.Profile) { p.Bitmap = "bcd" },
		"NII":               func(p *host.Profile) { p.NII = "1" },
		"institution":       func(p *host.Profile) { p.Acquirer = "123456789012" },
		"entry":             func(p *host.Profile) { p.Entry[0].Code = "05" },
		"tags":              func(p *host.Profile) { holding(p, host.HoldsCVV).Parts[0].Tag = "" },
		"field number":      func(p *host.Profile) { p.Fields[0].Number = 129 },
		"bitmap as field":   func(p *host.Profile) { p.Fields[0].Number = 65 },
		"field twice":       func(p *host.Profile) { p.Fields[0].Number = 3 },
		"kind":              func(p *host.Profile) { p.Fields[0].Kind = "?" },
		"holder":            func(p *host.Profile) { p.Fields[0].Holds = "gold" },
		"length":            func(p *host.Profile) { p.Fields[0].Length = 100 },
		"prefix":            func(p *host.Profile) { p.Fields[0].Prefix = 1 },
		"short amount":      func(p *host.Profile) { p.Fields[2].Length = 10 },
		"chip data as text": func(p *host.Profile) { holding(p, host.HoldsChip).Kind = host.Text },
		"chip data fixed":   func(p *host.Profile) { holding(p, host.HoldsChip).Prefix = 0 },
		"sequence of two":   func(p *host.Profile) { holding(p, host.HoldsSequence).Length = 2 },
		"text amount":       func(p *host.Profile) { p.Fields[2].Kind = host.Text },
		"MTI":               func(p *host.Profile) { p.Ops[0].MTI = "0210" },
		"field nobody has":  func(p *host.Profile) { p.Ops[0].Request = []host.Carried{{Number: 5}} },
	}
	for name, change := range cases {
		p := host.ISO87()
		change(&p)
		if _, err := host.NewCodec(p); err == nil {
			t.Errorf("%s: accepted", name)
		} else if !strings.HasPrefix(err.Error(), "profile iso87-ascii: ") {
			t.Errorf("%s: %v", name, err)
		}
	}
}
