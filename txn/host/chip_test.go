package host_test

import (
	"bytes"
	"fmt"
	"reflect"
	"strings"
	"testing"

	"vpos/reader"
	"vpos/txn"
	"vpos/txn/host"
)

// fieldsOf packs a request and reads it by hand.
func fieldsOf(t *testing.T, c *host.Codec, r txn.Request) map[int]string {
	t.Helper()
	raw, err := c.PackRequest(r, nil)
	if err != nil {
		t.Fatal(err)
	}
	return byHand(t, raw)
}

// Fields 23 and 55 are there exactly where the card has something to say.
func TestChipFields(t *testing.T) {
	c := codec(t)
	void := chipSale(t)
	void.Op, void.Original = txn.OpVoid, &txn.Original{Op: txn.OpSale, STAN: 2, At: evening}
	undone := reversalOf(void)
	undone.Original = &txn.Original{Op: txn.OpVoid, STAN: 3, At: evening, Reason: txn.ReasonNoReply}
	for name, x := range map[string]struct {
		request txn.Request
		change  func(*reader.ChipData)
		want    [2]string
	}{
		"sale":               {chipSale(t), nil, [2]string{"001", string(chipData().Field55)}},
		"sequence 0":         {chipSale(t), func(d *reader.ChipData) { d.Sequence = 0 }, [2]string{"000", string(chipData().Field55)}},
		"no sequence":        {chipSale(t), func(d *reader.ChipData) { d.Sequence = -1 }, [2]string{"", string(chipData().Field55)}},
		"no data":            {chipSale(t), func(d *reader.ChipData) { d.Field55 = nil }, [2]string{"001", ""}},
		"void":               {void, nil, [2]string{"001", ""}},
		"reversal":           {chipReversal(t), nil, [2]string{"001", string(chipData().Reversal55)}},
		"reversal of a void": {undone, nil, [2]string{"001", ""}},
		"swipe":              {swipedSale(t), nil, [2]string{}},
	} {
		r := x.request
		if x.change != nil {
			r.Card.Chip = chipData()
			x.change(r.Card.Chip)
		}
		fields := fieldsOf(t, c, r)
		if got := [2]string{fields[23], fields[55]}; got != x.want {
			t.Errorf("%s: fields 23 and 55 are %q, want %q", name, got, x.want)
		}
	}
}

// A message with neither field leaves the card without a chip.
func TestNoChipData(t *testing.T) {
	c := codec(t)
	r := chipSale(t)
	r.Card.Chip = nil
	raw, err := c.PackRequest(r, nil)
	if err != nil {
		t.Fatal(err)
	}
	if got, err := c.UnpackRequest(raw, evening, nil); err != nil || got.Card.Chip != nil || got.Card.Entry != reader.Chip {
		t.Errorf("chip is %+v, entry %q, %v", got.Card.Chip, got.Card.Entry, err)
	}
	r.Card.Chip = &reader.ChipData{Sequence: -1, Field55: []byte("\x95\x00")}
	if raw, err = c.PackRequest(r, nil); err != nil {
		t.Fatal(err)
	}
	if got, err := c.UnpackRequest(raw, evening, nil); err != nil || !reflect.DeepEqual(got.Card.Chip, r.Card.Chip) {
		t.Errorf("chip is %+v, %v", got.Card.Chip, err)
	}
}

func TestChipRefuses(t *testing.T) {
	c := codec(t)
	for _, x := range []struct {
		name, path string
		cause      error
		change     func(*reader.ChipData)
	}{
		{"sequence", "23", host.ErrRange, func(d *reader.ChipData) { d.Sequence = 1000 }},
		{"too much data", "55", host.ErrLength, func(d *reader.ChipData) { d.Field55 = make([]byte, 1000) }},
	} {
		r := chipSale(t)
		x.change(r.Card.Chip)
		_, err := c.PackRequest(r, nil)
		located(t, x.name, err, x.path, x.cause)
	}
	r := chipReversal(t)
	r.Card.Chip.Reversal55 = make([]byte, 1000)
	_, err := c.PackRequest(r, nil)
	located(t, "too much data of a reversal", err, "55", host.ErrLength)
	rep := approval(chipSale(t))
	rep.Field55 = make([]byte, 1000)
	_, err = c.PackReply(chipSale(t), rep, nil)
	located(t, "too much data of a reply", err, "55", host.ErrLength)

	whole, err := c.PackRequest(chipSale(t), nil)
	if err != nil {
		t.Fatal(err)
	}
	edit := func(old, with string) []byte {
		if strings.Count(string(whole), old) != 1 {
			t.Fatalf("%q is not there once", old)
		}
		return bytes.Replace(whole, []byte(old), []byte(with), 1)
	}
	prefix := fmt.Sprintf("%03d", len(chipData().Field55)) + "\x9f\x26"
	_, err = c.UnpackRequest(edit("051001", "0510x1"), evening, nil)
	located(t, "a letter in field 23", err, "23", host.ErrCharacter)
	_, err = c.UnpackRequest(edit(prefix, "9x9\x9f\x26"), evening, nil)
	located(t, "a letter in the length", err, "55", host.ErrLength)
	_, err = c.UnpackRequest(edit(prefix, "999\x9f\x26"), evening, nil)
	located(t, "a length past the end", err, "55", host.ErrShort)
}

// The largest field 55 goes and comes whole, and nothing of it is shared.
func TestWholeChipData(t *testing.T) {
	c := codec(t)
	r := chipSale(t)
	r.Card.Chip.Field55 = bytes.Repeat([]byte{0xA5}, 999)
	raw, err := c.PackRequest(r, nil)
	if err != nil {
		t.Fatal(err)
	}
	got, err := c.UnpackRequest(raw, evening, nil)
	if err != nil {
		t.Fatal(err)
	}
	sameRequest(t, "999 bytes", got, r)
	clear(raw)
	if !bytes.Equal(got.Card.Chip.Field55, r.Card.Chip.Field55) {
		t.Error("wiping the message changed the card")
	}
}
