package host_test

import (
	"reflect"
	"slices"
	"testing"
	"time"

	"vpos/reader"
	"vpos/txn"
	"vpos/txn/host"
)

func TestRoundTrip(t *testing.T) {
	for _, c := range []*host.Codec{codec(t), codec(t, hexBitmap)} {
		for name, r := range exchanges(t) {
			raw, err := c.PackRequest(r, nil)
			if err != nil {
				t.Fatalf("%s: %v", name, err)
			}
			got, err := c.UnpackRequest(raw, evening, nil)
			if err != nil {
				t.Fatalf("%s: %v", name, err)
			}
			sameRequest(t, name, got, r)

			want := approval(r)
			if raw, err = c.PackReply(r, want, nil); err != nil {
				t.Fatalf("%s reply: %v", name, err)
			}
			reply, err := c.UnpackReply(raw, evening, nil)
			if err != nil {
				t.Fatalf("%s reply: %v", name, err)
			}
			if !reply.HostAt.Equal(want.HostAt) {
				t.Errorf("%s reply: host time %v, want %v", name, reply.HostAt, want.HostAt)
			}
			reply.HostAt = want.HostAt
			if !reflect.DeepEqual(reply, want) {
				t.Errorf("%s reply: %+v, want %+v", name, reply, want)
			}
		}
	}
}

// sameRequest compares two requests, secrets in clear, times as moments.
func sameRequest(t *testing.T, name string, got, want txn.Request) {
	t.Helper()
	type clear struct {
		Request                 txn.Request
		PAN, Track, CVV, Expiry string
		Original                txn.Original
	}
	of := func(r txn.Request) clear {
		c := clear{
			PAN: string(r.Card.PAN.Reveal()), Track: string(r.Card.Track2.Reveal()), CVV: string(r.Card.CVV.Reveal()),
			Expiry: r.Card.Expiry.YYMM(), Request: r,
		}
		if r.Original != nil {
			c.Original = *r.Original
			c.Original.At = c.Original.At.UTC()
		}
		c.Request.At = r.At.UTC()
		c.Request.Original = nil
		c.Request.Card.PAN, c.Request.Card.Track2, c.Request.Card.CVV = reader.PAN{}, reader.Track2{}, reader.CVV{}
		return c
	}
	if want.Card.Chip != nil { // a message carries its own field 55 alone
		chip := *want.Card.Chip
		if want.Op == txn.OpReversal {
			chip.Field55 = nil
		} else {
			chip.Reversal55 = nil
		}
		want.Card.Chip = &chip
	}
	if g, w := of(got), of(want); !reflect.DeepEqual(g, w) {
		t.Errorf("%s:\ngot  %+v\nwant %+v", name, g, w)
	}
}

func TestEveryEntryAndPresence(t *testing.T) {
	c := codec(t)
	codes := map[reader.EntryMode]string{
		reader.Chip: "051", reader.Swipe: "021", reader.Manual: "011", reader.Contactless: "071", reader.Fallback: "801",
	}
	for mode, code := range codes {
		r := sale(t)
		r.Card.Entry = mode
		raw, err := c.PackRequest(r, nil)
		if err != nil {
			t.Fatal(err)
		}
		if got := byHand(t, raw)[22]; got != code {
			t.Errorf("%s: field 22 is %s", mode, got)
		}
		if got, err := c.UnpackRequest(raw, evening, nil); err != nil || got.Card.Entry != mode {
			t.Errorf("%s: read as %s, %v", mode, got.Card.Entry, err)
		}
	}
	for _, status := range []reader.CVVStatus{reader.CVVBypassed, reader.CVVUnreadable, reader.CVVAbsent} {
		r := sale(t)
		r.Card.CVV, r.Card.CVVStatus = reader.CVV{}, status
		raw, err := c.PackRequest(r, nil)
		if err != nil {
			t.Fatal(err)
		}
		if got, want := byHand(t, raw)[48], "9101"+string(rune(status)); got != want {
			t.Errorf("field 48 is %q, want %q", got, want)
		}
		if got, err := c.UnpackRequest(raw, evening, nil); err != nil || got.Card.CVVStatus != status {
			t.Errorf("status %c: read as %c, %v", status, got.Card.CVVStatus, err)
		}
	}
}

// A reply may differ from what was asked: the machine, not the codec, judges it.
func TestRepliesThatAnswerNothing(t *testing.T) {
	c := codec(t)
	r := sale(t)
	raw, err := c.PackReply(r, approval(r), nil)
	if err != nil {
		t.Fatal(err)
	}
	for _, mti := range []string{"0200", "0430", "0150", "9999"} {
		stray := append([]byte(mti), raw[4:]...)
		if got, err := c.UnpackReply(stray, evening, nil); err != nil || got.Op != "" || got.STAN != 1 {
			t.Errorf("%s: %q STAN %s, %v", mti, got.Op, got.STAN, err)
		}
	}
	rep := approval(r)
	rep.Code, rep.AuthCode, rep.RRN = "05", "", ""
	if raw, err = c.PackReply(r, rep, nil); err != nil {
		t.Fatal(err)
	}
	if got, err := c.UnpackReply(raw, evening, nil); err != nil || got.Code != "05" || got.AuthCode != "" || got.RRN != "" {
		t.Errorf("decline: %+v, %v", got, err)
	}
}

func TestBlankAuthCodeIsNone(t *testing.T) {
	c := codec(t)
	r := sale(t)
	rep := approval(r)
	rep.AuthCode = "      "
	raw, err := c.PackReply(r, rep, nil)
	if err != nil {
		t.Fatal(err)
	}
	if got, err := c.UnpackReply(raw, evening, nil); err != nil || got.AuthCode != "" {
		t.Errorf("got %q, %v", got.AuthCode, err)
	}
}

func TestYearsAcrossNewYear(t *testing.T) {
	c := codec(t)
	at := func(y, mo, d, h, mi int) time.Time { return time.Date(y, time.Month(mo), d, h, mi, 0, 0, shanghai) }
	cases := []struct {
		name      string
		host, ref time.Time
	}{
		{"sent in December, read in January", at(2026, 12, 31, 23, 59), at(2027, 1, 1, 0, 1)},
		{"host clock ahead", at(2027, 1, 1, 0, 1), at(2026, 12, 31, 23, 59)},
		{"plain day", at(2026, 6, 15, 12, 0), at(2026, 6, 15, 12, 1)},
		{"leap day", at(2028, 2, 29, 23, 59), at(2028, 3, 1, 0, 1)},
		{"leap day two years off", at(2028, 2, 29, 12, 0), at(2026, 6, 1, 0, 0)},
		{"UTC is still last year", at(2027, 1, 1, 7, 59), at(2027, 1, 1, 8, 1)},
	}
	for _, x := range cases {
		r := sale(t)
		r.At = x.host
		rep := approval(r)
		rep.HostAt = x.host
		raw, err := c.PackReply(r, rep, nil)
		if err != nil {
			t.Fatal(err)
		}
		if got, err := c.UnpackReply(raw, x.ref, nil); err != nil || !got.HostAt.Equal(x.host) {
			t.Errorf("%s: host time %v, %v", x.name, got.HostAt, err)
		}
		if raw, err = c.PackRequest(reversalOf(r), nil); err != nil {
			t.Fatal(err)
		}
		got, err := c.UnpackRequest(raw, x.ref, nil)
		if err != nil || !got.Original.At.Equal(x.host) || !got.At.Equal(x.host.Add(time.Minute)) {
			t.Errorf("%s: request %v, %v", x.name, got.At, err)
		}
	}
}

// Somebody else's terminal may send the track and leave fields 2 and 14 out.
func TestTrackAlone(t *testing.T) {
	leaner := codec(t, func(p *host.Profile) {
		op := &p.Ops[0]
		op.Request = slices.DeleteFunc(op.Request, func(c host.Carried) bool { return c.Number == 2 || c.Number == 14 })
	})
	want := swipedSale(t)
	raw, err := leaner.PackRequest(want, nil)
	if err != nil {
		t.Fatal(err)
	}
	if fields := byHand(t, raw); fields[2] != "" || fields[14] != "" {
		t.Fatal("fields 2 and 14 are there")
	}
	got, err := codec(t).UnpackRequest(raw, evening, nil)
	if err != nil {
		t.Fatal(err)
	}
	sameRequest(t, "track alone", got, want)
}

func TestReplyMTI(t *testing.T) {
	for mti, want := range map[string]string{
		"0200": "0210", "0201": "0210", "0400": "0410", "0401": "0410", "0800": "0810", "0220": "0230",
		"0221": "0230", "0500": "0510", "1200": "1210", "0210": "", "": "", "02": "",
	} {
		if got := host.ReplyMTI(mti); got != want {
			t.Errorf("%s: %q, want %q", mti, got, want)
		}
	}
}

// A packed message shares nothing with the card, and the card nothing with a
// message that was read.
func TestNoSharedBytes(t *testing.T) {
	c := codec(t)
	r := sale(t)
	raw, err := c.PackRequest(r, nil)
	if err != nil {
		t.Fatal(err)
	}
	kept := string(raw)
	got, err := c.UnpackRequest(raw, evening, nil)
	if err != nil {
		t.Fatal(err)
	}
	r.Card.Wipe()
	if string(raw) != kept {
		t.Error("wiping the card changed the message")
	}
	clear(raw)
	if string(got.Card.PAN.Reveal()) != "4111111111111111" || string(got.Card.CVV.Reveal()) != "123" {
		t.Error("wiping the message changed the card")
	}
}
