package keys

import (
	"errors"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"vpos/reader"
)

func TestPINRefuses(t *testing.T) {
	k, number := key(t, hush), pan(t, "4111111111111111")
	for _, f := range []PINFormat{ISO0, ISO1, ISO3, ISO4} {
		for _, digits := range []string{"", "123", "1234567890123", "12 4", "12a4", "١٢٣٤"} {
			_, err := SealPIN(f, k, pin(digits), number, nil)
			wants(t, err, ErrPIN)
		}
		if f != ISO1 {
			_, err := SealPIN(f, k, pin("1234"), reader.PAN{}, nil)
			wants(t, err, ErrPAN)
			_, err = OpenPIN(f, k, make([]byte, map[bool]int{true: 16, false: 8}[f == ISO4]), reader.PAN{})
			wants(t, err, ErrPAN)
		}
		_, err := SealPIN(f, Key{}, pin("1234"), number, nil)
		wants(t, err, ErrKeyLength)
		_, err = OpenPIN(f, Key{}, make([]byte, 16), number)
		wants(t, err, ErrKeyLength)
		for n := range 40 {
			if n == 8 && f != ISO4 || n == 16 && f == ISO4 {
				continue
			}
			_, err := OpenPIN(f, k, make([]byte, n), number)
			wants(t, err, ErrPINBlock)
		}
		if f != ISO0 {
			_, err := SealPIN(f, k, pin("1234"), number, stuck{err: errNoChance})
			wants(t, err, errNoChance)
		}
	}
	_, err := SealPIN("iso-2", k, pin("1234"), number, nil)
	wants(t, err, ErrRules)
	_, err = OpenPIN("iso-2", k, make([]byte, 8), number)
	wants(t, err, ErrRules)
}

// What goes in comes out, for every PIN, number and form, and for no other number or key.
func TestPINBack(t *testing.T) {
	rapid.Check(t, func(r *rapid.T) {
		f := rapid.SampledFrom([]PINFormat{ISO0, ISO1, ISO3, ISO4}).Draw(r, "form")
		digits := rapid.StringMatching(`[0-9]{4,12}`).Draw(r, "pin")
		number := rapid.StringMatching(`[0-9]{12,19}`).Draw(r, "number")
		k := key(t, hush)
		block, err := SealPIN(f, k, pin(digits), pan(t, number), nil)
		if err != nil {
			r.Fatal(err)
		}
		back, err := OpenPIN(f, k, block, pan(t, number))
		if err != nil || string(back.Reveal()) != digits {
			r.Fatalf("back: %v", err)
		}
		// Of form 0 only twelve digits count: one of those is changed. Form 3 may miss it
		// where it falls on the fill, form 1 has no number.
		other := []byte(number)
		other[len(other)-3] = '0' + (other[len(other)-3]-'0'+1)%10
		back, err = OpenPIN(f, k, block, pan(t, string(other)))
		if (f == ISO0 || f == ISO4) && err == nil && string(back.Reveal()) == digits {
			r.Fatal("opens for another card")
		}
	})
}

// A wrong key says the same as a wrong block, and nothing of either.
func TestWrongKeySaysNoMore(t *testing.T) {
	number, opened := pan(t, "4111111111111111"), 0
	for _, f := range []PINFormat{ISO0, ISO1, ISO3, ISO4} {
		block, err := SealPIN(f, key(t, hush), pin("987612"), number, nil)
		if err != nil {
			t.Fatal(err)
		}
		_, err = OpenPIN(f, TestTMK, block, number)
		if err == nil {
			opened++ // form 1 has so little structure that a wrong key may pass
			continue
		}
		if !errors.Is(err, ErrPINBlock) || err.Error() != ErrPINBlock.Error() || strings.Contains(err.Error(), "9876") {
			t.Errorf("%s: %v", f, err)
		}
	}
	if opened > 1 {
		t.Errorf("%d forms opened under another key", opened)
	}
}

// Every clear block that is not of its form is refused.
func TestClearBlocksRefused(t *testing.T) {
	k := key(t, hush)
	c, err := tdes(k.bytes())
	if err != nil {
		t.Fatal(err)
	}
	zeros := pan(t, "0000000000000000") // mixes in nothing
	for _, bad := range []struct {
		f     PINFormat
		block string
	}{
		{ISO0, "141234FFFFFFFFFF"}, {ISO0, "031234FFFFFFFFFF"}, {ISO0, "0D1234567890123F"}, {ISO0, "04123AFFFFFFFFFF"},
		{ISO0, "041234FFFFFFFFF0"}, {ISO0, "041234FFAFFFFFFF"}, {ISO3, "3412349FFFFFFFFF"}, {ISO3, "041234FFFFFFFFFF"},
		{ISO1, "041234FFFFFFFFFF"}, {ISO1, "131234FFFFFFFFFF"}, {ISO1, "1F1234FFFFFFFFFF"}, {ISO0, "001234FFFFFFFFFF"},
	} {
		if _, err := OpenPIN(bad.f, k, encryptECB(c, unhex(t, bad.block)), zeros); !errors.Is(err, ErrPINBlock) {
			t.Errorf("%s %s: %v", bad.f, bad.block, err)
		}
	}
	for f, good := range map[PINFormat]string{ISO0: "041234FFFFFFFFFF", ISO1: "1412340123456789", ISO3: "341234ABCDEFABCD"} {
		if got, err := OpenPIN(f, k, encryptECB(c, unhex(t, good)), zeros); err != nil || string(got.Reveal()) != "1234" {
			t.Errorf("%s: %v", f, err)
		}
	}
}

// Two blocks of one PIN differ where the form has chance in it.
func TestFillIsRandom(t *testing.T) {
	for _, f := range []PINFormat{ISO1, ISO3, ISO4} {
		seen := map[string]bool{}
		for range 20 {
			block, err := SealPIN(f, key(t, hush), pin("1234"), pan(t, "4111111111111111"), nil)
			if err != nil {
				t.Fatal(err)
			}
			seen[upperHex(block)] = true
		}
		if len(seen) < 19 {
			t.Errorf("%s: %d blocks of 20 differ", f, len(seen))
		}
	}
}
