package tlv

import (
	"bytes"
	"errors"
	"testing"

	"pgregory.net/rapid"
)

func TestParseDOL(t *testing.T) {
	for in, want := range map[string]DOL{
		"":                    nil,
		"9F0206":              {{0x9F02, 6}},
		"9F66049F02069A03":    {{0x9F66, 4}, {0x9F02, 6}, {0x9A, 3}},
		"9F4E14" + "DF811A00": {{0x9F4E, 20}, {0xDF811A, 0}},
		"9F4EFF" + "6F80":     {{0x9F4E, 255}, {0x6F, 128}}, // one plain byte, not a BER length
	} {
		got, err := ParseDOL(un(t, in))
		if err != nil || !same(got, want) {
			t.Errorf("%s: got %v, %v", in, got, err)
		}
	}
	for in, c := range map[string]struct {
		offset int
		path   string
		err    error
		n      int
	}{
		"9F02069F": {3, "", ErrShort, 1}, "9F02069F37": {3, "9F37", ErrShort, 1}, "9F020600": {3, "", ErrTag, 1},
		"95": {0, "95", ErrShort, 0}, "9505DF8181818101": {2, "", ErrTag, 1},
	} {
		got, err := ParseDOL(un(t, in))
		var e *Error
		if !errors.As(err, &e) || !errors.Is(err, c.err) || e.Offset != c.offset || e.Path != c.path || len(got) != c.n {
			t.Errorf("%s: got %v, %v", in, got, err)
		}
	}
}

func same(a, b DOL) bool {
	if len(a) != len(b) {
		return false
	}
	for i := range a {
		if a[i] != b[i] {
			return false
		}
	}
	return true
}

func TestBuild(t *testing.T) {
	values := map[Tag][]byte{
		0x9F02: {0, 0, 0, 0, 0x12, 0x34}, // n
		0x5A:   {0x12, 0x34, 0x56, 0x7F}, // cn
		0x9F1C: []byte("TERMINAL"),       // an
		0x95:   {1, 2, 3, 4, 5},          // b
		0x9F4E: []byte("SHOP"),           // ans
		0x77:   {0x82, 2, 0x39, 0},       // a template
		0xDF7F: {9, 8},                   // in no book
	}
	for dol, want := range map[string]string{
		"9F0206":           "000000001234",
		"9F0208":           "0000000000001234",
		"9F0202":           "1234",
		"9F0203":           "001234",
		"5A04":             "1234567F",
		"5A06":             "1234567FFFFF",
		"5A02":             "1234",
		"9F1C08":           "5445524D494E414C",
		"9F1C0A":           "5445524D494E414C0000",
		"9F1C04":           "5445524D",
		"9505":             "0102030405",
		"9506":             "010203040500",
		"9502":             "0102",
		"9500":             "",
		"9F4E06":           "53484F500000",
		"7704":             "00000000",
		"9F3704":           "00000000", // the terminal has none
		"DF7F03":           "090800",
		"9502 9F0202 5A05": "0102 1234 1234567FFF", // in the card's order
	} {
		d, err := ParseDOL(un(t, dol))
		if err != nil {
			t.Fatal(err)
		}
		got := d.Build([]byte{0xEE}, func(tag Tag) ([]byte, bool) { v, ok := values[tag]; return v, ok })
		if !bytes.Equal(got, append([]byte{0xEE}, un(t, want)...)) {
			t.Errorf("%s: got %X, want %s", dol, got[1:], want)
		}
		if d.Size() != len(got)-1 {
			t.Errorf("%s: Size is %d", dol, d.Size())
		}
	}
}

// Whatever the terminal has, the card gets exactly the bytes it asked for.
func TestBuildProperty(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		var d DOL
		var list []byte
		for range rapid.IntRange(0, 12).Draw(t, "entries") {
			e := Entry{drawTag(t, rapid.Bool().Draw(t, "template")), rapid.IntRange(0, 255).Draw(t, "length")}
			d = append(d, e)
			list = append(appendTag(list, e.Tag), byte(e.Length))
		}
		got, err := ParseDOL(list)
		if err != nil || !same(got, d) {
			t.Fatalf("%X: got %v, %v", list, got, err)
		}
		value := func(Tag) ([]byte, bool) {
			return rapid.SliceOfN(rapid.Byte(), 0, 300).Draw(t, "value"), rapid.Bool().Draw(t, "known")
		}
		if b := d.Build(nil, value); len(b) != d.Size() {
			t.Fatalf("%d bytes for %d", len(b), d.Size())
		}
	})
}

func FuzzParseDOL(f *testing.F) {
	for _, in := range []string{"9F66049F02069F03069F1A0295055F2A029A039C019F3704", "9F", "95", "9500FF81", "00"} {
		f.Add(un(f, in))
	}
	f.Fuzz(func(t *testing.T, b []byte) {
		d, err := ParseDOL(b)
		var back []byte
		for _, e := range d {
			back = append(appendTag(back, e.Tag), byte(e.Length))
		}
		if !bytes.HasPrefix(b, back) || err == nil && len(back) != len(b) {
			t.Fatalf("%X: got %v, %v", b, d, err)
		}
		if e, ok := err.(*Error); err != nil && (!ok || e.Offset != len(back)) {
			t.Fatalf("%X: %v", b, err)
		}
		tags, err := ParseTags(b)
		if err == nil && len(tags) > len(b) {
			t.Fatal("more tags than bytes")
		}
		if built := d.Build(nil, func(tag Tag) ([]byte, bool) { return b, tag&1 == 0 }); len(built) != d.Size() {
			t.Fatalf("%d bytes for %d", len(built), d.Size())
		}
	})
}
