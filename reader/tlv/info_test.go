package tlv

import (
	"strings"
	"testing"
	"unicode"
)

func TestDictionary(t *testing.T) {
	all := Tags()
	if len(all) < 300 {
		t.Errorf("only %d entries", len(all))
	}
	seen := map[string]bool{}
	for i, d := range all {
		key := d.Tag.String() + string(d.Family)
		if seen[key] {
			t.Errorf("%s twice for %q", d.Tag, d.Family)
		}
		seen[key] = true
		if i > 0 && d.Tag < all[i-1].Tag {
			t.Errorf("%s is out of order", d.Tag)
		}
		if tag, n, err := readTag(appendTag(nil, d.Tag)); err != nil || tag != d.Tag || n != d.Tag.Size() {
			t.Errorf("%s cannot be sent: %v", d.Tag, err)
		}
		if d.Max != 0 && d.Max < d.Min {
			t.Errorf("%s: from %d to %d", d.Tag, d.Min, d.Max)
		}
		if d.Book == "" || d.Source == "" || d.Format == "" {
			t.Errorf("%s is incomplete: %+v", d.Tag, d)
		}
		if d.Tag.Constructed() && d.Format != Variable {
			t.Errorf("%s is a template of format %s", d.Tag, d.Format)
		}
		names(t, d)
		templates(t, d)
	}
}

func names(t *testing.T, d Info) {
	t.Helper()
	for _, r := range d.EN {
		if unicode.Is(unicode.Han, r) || strings.ContainsRune("（），", r) {
			t.Errorf("%s: %q", d.Tag, d.EN)
		}
	}
	han := strings.IndexFunc(d.ZH, func(r rune) bool { return unicode.Is(unicode.Han, r) }) >= 0
	if d.EN == "" || !han && d.ZH != "" || d.ZH == "" || strings.ContainsAny(d.ZH, "()") {
		t.Errorf("%s: %q, %q", d.Tag, d.EN, d.ZH)
	}
}

func templates(t *testing.T, d Info) {
	t.Helper()
	if d.Template == "" {
		return
	}
	for name := range strings.SplitSeq(d.Template, "/") {
		tags, err := ParseTags(un(t, name))
		if err != nil || len(tags) != 1 {
			t.Errorf("%s: template %q", d.Tag, name)
			continue
		}
		if _, ok := Lookup(tags[0]); !ok {
			t.Errorf("%s: template %s is unknown", d.Tag, name)
		}
	}
}

// Sampled from the books, not from the table.
func TestLookup(t *testing.T) {
	for tag, c := range map[Tag]struct {
		en       string
		format   Format
		min, max int
		source   Source
		secrecy  Secrecy
	}{
		0x5A:     {"Application Primary Account Number (PAN)", Compressed, 0, 10, Card, PANDigits},
		0x57:     {"Track 2 Equivalent Data", Binary, 0, 19, Card, TrackData},
		0x5F20:   {"Cardholder Name", Special, 2, 26, Card, Hidden},
		0x99:     {"Transaction Personal Identification Number (PIN) Data", Binary, 0, 0, Terminal, Hidden},
		0x9F02:   {"Amount, Authorised (Numeric)", Numeric, 6, 6, Terminal, Open},
		0x95:     {"Terminal Verification Results (TVR)", Binary, 5, 5, Terminal, Open},
		0x8A:     {"Authorisation Response Code", Alphanumeric, 2, 2, Issuer, Open},
		0x9F66:   {"Terminal Transaction Qualifiers (TTQ)", Binary, 4, 4, Terminal, Open},
		0x9F74:   {"Electronic Cash Issuer Authorisation Code", Special, 6, 6, Card, Open},
		0x9F79:   {"Electronic Cash Balance", Numeric, 6, 6, Card, Open},
		0x9F63:   {"Product Identification Information", Binary, 16, 16, Card, Open},
		0x9F6D:   {"Electronic Cash Reset Threshold", Numeric, 6, 6, Card, Open},
		0xDF31:   {"Issuer Script Results", Binary, 5, 0, Terminal, Open},
		0xDF69:   {"SM2 Algorithm Support Indicator", Binary, 1, 1, Terminal, Open},
		0xDF8129: {"Outcome Parameter Set", Binary, 8, 8, Terminal, Open},
	} {
		d, ok := Lookup(tag)
		if !ok || d.EN != c.en || d.Format != c.format || d.Min != c.min || d.Max != c.max || d.Source != c.source ||
			d.Secrecy != c.secrecy {
			t.Errorf("%s: got %+v", tag, d)
		}
	}
	if d, ok := Lookup(0xDF7F); ok || d.Format != Binary || d.EN != "" {
		t.Errorf("an unknown tag: %+v", d)
	}
}

func TestFamilies(t *testing.T) {
	if d, ok := LookupIn(0x9F6B, C2); !ok || d.Secrecy != TrackData {
		t.Errorf("got %+v", d)
	}
	if d, ok := LookupIn(0x9F63, C7, PBOC); !ok || d.Family != PBOC {
		t.Errorf("got %+v", d)
	}
	if d, ok := LookupIn(0x82, C3); !ok || d.Family != EMV {
		t.Errorf("got %+v", d)
	}
	if v := Variants(0x9F6B); len(v) != 3 || v[0].Family != C3 {
		t.Errorf("got %+v", v)
	}
	if v := Variants(0xDF7F); v != nil {
		t.Errorf("got %+v", v)
	}
}

// What may never be shown whole is marked, in every meaning it has.
func TestSecrets(t *testing.T) {
	for _, tag := range []Tag{0x5A, 0x57, 0x56, 0x5F20, 0x5F24, 0x9F0B, 0x9F1F, 0x9F20, 0x99, 0x9F46, 0x9F2D, 0x9F5E, 0x9F61, 0xDF812A, 0xDF812B, 0x5F53, 0x86} {
		v := Variants(tag)
		if len(v) == 0 {
			t.Errorf("%s is unknown", tag)
		}
		for _, d := range v {
			if d.Secrecy == Open {
				t.Errorf("%s is open for %q", tag, d.Family)
			}
		}
	}
}

func TestFits(t *testing.T) {
	for _, c := range []struct {
		tag Tag
		n   int
		ok  bool
	}{{0x95, 5, true}, {0x95, 4, false}, {0x95, 6, false}, {0x9F4E, 500, true}, {0x5A, 11, false}, {0x5F2D, 2, true}, {0x5F2D, 1, false}} {
		if d, _ := Lookup(c.tag); d.Fits(c.n) != c.ok {
			t.Errorf("%s of %d", c.tag, c.n)
		}
	}
}
