package host_test

import (
	"bytes"
	"errors"
	"slices"
	"testing"

	"vpos/reader"
	"vpos/txn"
	"vpos/txn/host"
)

// spot is the offset of a field's bytes in a message, by its description.
func spot(t *testing.T, c *host.Codec, raw []byte, path string) int {
	t.Helper()
	pieces, err := c.Describe(raw)
	if err != nil {
		t.Fatal(err)
	}
	for _, p := range pieces {
		if p.Path == path {
			return p.Offset
		}
	}
	t.Fatalf("no field %s", path)
	return 0
}

// UnionPay's packed messages, broken in one place each.
func TestUnionPayRefuses(t *testing.T) {
	c := profileCodec(t, "unionpay")
	pack := func(r txn.Request) []byte {
		raw, err := c.PackRequest(r, nil)
		if err != nil {
			t.Fatal(err)
		}
		return raw
	}
	chip, upload := pack(chipSale(t)), pack(uploadOf(t, 2))
	voidOf := chipSale(t)
	voidOf.Op, voidOf.Card.Chip = txn.OpVoid, nil
	voidOf.Original = &txn.Original{Op: txn.OpSale, STAN: 5, Batch: 7, At: evening}
	voided := pack(voidOf)
	edit := func(raw []byte, path string, by int, with ...byte) []byte {
		raw = bytes.Clone(raw)
		copy(raw[spot(t, c, raw, path)+by:], with)
		return raw
	}
	half := edit(upload, "48", 0, 0x00, 0x80) // two digits fewer, and their byte
	last := spot(t, c, upload, "60") - 1
	half = append(half[:last:last], half[last+1:]...)
	settle := manage(txn.OpSettle)
	settle.Totals = &txn.Totals{}
	long := edit(pack(settle), "48", 0, 0x00, 0x64) // two digits more, and their byte
	behind := spot(t, c, pack(settle), "60")
	long = append(append(long[:behind:behind], 0), long[behind:]...)
	cases := []struct {
		name  string
		raw   []byte
		path  string
		cause error
	}{
		{"empty", nil, "header", host.ErrShort},
		{"half a header", chip[:5], "header", host.ErrShort},
		{"header of letters", edit(chip, "header", 0, 0xA0), "header", host.ErrCharacter},
		{"header alone", chip[:6], "0", host.ErrShort},
		{"MTI of letters", edit(chip, "0", 0, 0x02, 0x0A), "0", host.ErrCharacter},
		{"another MTI", edit(chip, "0", 0, 0x03, 0x00), "0", host.ErrOperation},
		{"length of letters", edit(chip, "2", 0, 0x1A), "2", host.ErrLength},
		{"length of 20", edit(chip, "2", 0, 0x20), "2", host.ErrLength},
		{"letter in the PAN", edit(chip, "2", 3, 0xA1), "2", host.ErrCharacter},
		{"letter in the amount", edit(chip, "4", 0, 0x0B), "4", host.ErrCharacter},
		{"filler of the entry mode", edit(chip, "22", 1, 0x27), "22", host.ErrCharacter},
		{"separator E", edit(chip, "35", 9, 0xE3), "35", host.ErrCharacter},
		{"length of four digits", edit(chip, "55", 0, 0x10), "55", host.ErrLength},
		{"chip data past the end", edit(chip, "55", 0, 0x02, 0x55), "55", host.ErrShort},
		{"half a batch", append(chip[:len(chip)-9:len(chip)-9], 0x00, 0x05, 0x22, 0x00, 0x00), "60.2", host.ErrShort},
		{"type of nothing", edit(chip, "60.1", 0, 0x99), "0", host.ErrOperation},
		{"cut", chip[:len(chip)-1], "60", host.ErrShort},
		{"trailing", append(bytes.Clone(chip), 0), "end", host.ErrTrailing},
		{"month 13 of the original", edit(voided, "61.3", 0, 0x13), "61.3", host.ErrDate},
		{"fewer than it says", edit(upload, "48.1", 0, 0x03), "48.2", host.ErrRange},
		{"a PAN too short", edit(upload, "48.2.3", 0, append(make([]byte, 9), 0x11)...), "48.2.3", host.ErrLength},
		{"more than totals", long, "48", host.ErrLength},
		{"half a transaction", half, "48.2.4", host.ErrShort},
	}
	for _, x := range cases {
		_, err := c.UnpackRequest(x.raw, evening, nil)
		located(t, x.name, err, x.path, x.cause)
	}
}

// uploadOf is an upload of so many transactions.
func uploadOf(t testing.TB, n int) txn.Request {
	t.Helper()
	r := manage(txn.OpUpload)
	for i := range n {
		r.Details = append(r.Details, txn.Detail{
			Op: txn.OpSale, STAN: txn.STAN(i + 1), At: evening, Amount: money(t, "CNY", int64(100*i+1)), PAN: keyedCard(t).PAN,
		})
	}
	return r
}

// Eight transactions fit one message of UnionPay's, one the others'.
func TestUploads(t *testing.T) {
	for _, name := range host.Shipped() {
		c := profileCodec(t, name)
		most := c.Profile().Limits.Details
		for n := 1; n <= most; n++ {
			raw, err := c.PackRequest(uploadOf(t, n), nil)
			if err != nil {
				t.Fatalf("%s %d: %v", name, n, err)
			}
			got, err := c.UnpackRequest(raw, evening, nil)
			if err != nil || len(got.Details) != n || got.Details[n-1].STAN != txn.STAN(n) {
				t.Errorf("%s %d: %d, %v", name, n, len(got.Details), err)
			}
		}
		if _, err := c.PackRequest(uploadOf(t, most+1), nil); err == nil {
			t.Errorf("%s: %d are taken", name, most+1)
		}
	}
}

// A chip's transaction goes up with its certificate, in UnionPay's own message for
// it, and the reply is to that message.
func TestChipUpload(t *testing.T) {
	c := profileCodec(t, "unionpay")
	r := chipSale(t)
	r.Op, r.Card.Track2, r.Card.Expiry, r.Card.Service = txn.OpUpload, reader.Track2{}, reader.Expiry{}, ""
	raw, err := c.PackRequest(r, nil)
	if err != nil {
		t.Fatal(err)
	}
	got, err := c.UnpackRequest(raw, evening, nil)
	if err != nil || got.Op != txn.OpUpload || !bytes.Equal(got.Card.Chip.Field55, r.Card.Chip.Field55) || len(got.Details) != 0 {
		t.Errorf("%+v, %v", got, err)
	}
	reply, err := c.PackReply(r, approval(r), nil)
	if err != nil {
		t.Fatal(err)
	}
	for _, x := range [][]byte{raw, reply} {
		pieces, err := c.Describe(x)
		if err != nil {
			t.Fatal(err)
		}
		i := slices.IndexFunc(pieces, func(p host.Piece) bool { return p.Path == "60.3" })
		if i < 0 || pieces[i].Value != "205" {
			t.Errorf("%+v", pieces)
		}
	}
}

// A message cut anywhere, and one with any byte changed, is read or refused with
// its place, never more.
func TestDamageEverywhere(t *testing.T) {
	for _, name := range host.Shipped() {
		c := profileCodec(t, name)
		for _, x := range everything(t) {
			request, err := c.PackRequest(x.r, nil)
			if err != nil {
				continue
			}
			reply, err := c.PackReply(x.r, x.rep, nil)
			if err != nil {
				t.Fatal(err)
			}
			for _, raw := range [][]byte{request, reply} {
				for at := range raw {
					damaged(t, c, raw[:at])
					for _, with := range []byte{0x00, 0xFF, raw[at] ^ 0x10} {
						wrong := slices.Clone(raw)
						wrong[at] = with
						damaged(t, c, wrong)
					}
				}
				if _, err := c.UnpackReply(raw[:len(raw)-1], evening, nil); err == nil {
					t.Errorf("%s %s: cut and taken", name, x.name)
				}
			}
		}
	}
}

func damaged(t *testing.T, c *host.Codec, raw []byte) {
	t.Helper()
	_, err := c.UnpackRequest(raw, evening, nil)
	quiet(t, err)
	_, err = c.UnpackReply(raw, evening, nil)
	quiet(t, err)
	_, err = c.Describe(raw)
	quiet(t, err)
}

// The third bit of a bitmap that begins a third, in packed messages too.
func TestThirdBitmap(t *testing.T) {
	for _, name := range host.Shipped() {
		c := profileCodec(t, name)
		raw, err := c.PackReply(manage(txn.OpEcho), approval(manage(txn.OpEcho)), nil)
		if err != nil {
			t.Fatal(err)
		}
		at := spot(t, c, raw, "1")
		if at != c.BitmapAt() {
			t.Errorf("%s: the bitmap is at %d, not at %d", name, at, c.BitmapAt())
		}
		whole := append(bytes.Clone(raw[:at]), raw[at]|0x80)
		if raw[at]&0x80 != 0 {
			whole = append(whole, raw[at+1:at+8]...)
			whole = append(whole, raw[at+8]|0x80)
			whole = append(append(whole, raw[at+9:at+16]...), make([]byte, 8)...)
			whole = append(whole, raw[at+16:]...)
		} else {
			whole = append(append(whole, raw[at+1:at+8]...), 0x80, 0, 0, 0, 0, 0, 0, 0)
			whole = append(append(whole, make([]byte, 8)...), raw[at+8:]...)
		}
		if _, err := c.UnpackReply(whole, evening, nil); !errors.Is(err, host.ErrBitmap) {
			t.Errorf("%s: %v", name, err)
		}
		if _, err := c.Describe(whole); !errors.Is(err, host.ErrBitmap) {
			t.Errorf("%s described: %v", name, err)
		}
	}
}
