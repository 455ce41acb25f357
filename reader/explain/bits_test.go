package explain

import (
	"fmt"
	"testing"
)

// Which bits the books reserve, byte by byte: written down here from the books,
// not from the tables.
func TestEveryBitHasWords(t *testing.T) {
	for name, c := range map[string]struct {
		l   layout
		rfu []byte
	}{
		"tvr":   {tvr, []byte{0x01, 0x07, 0x03, 0x07, 0x00}},
		"tsi":   {tsi, []byte{0x03, 0xFF}},
		"aip":   {aip, []byte{0x80, 0x7E}},
		"auc":   {auc, []byte{0x00, 0x3F}},
		"tcap":  {capabilities, []byte{0x1F, 0x07, 0x17}},
		"atcap": {moreCapabilities, []byte{0x00, 0x7F, 0x0F, 0x0C, 0x00}},
		"ttq":   {ttq, []byte{0x00, 0x1F, 0x3F, 0x7F}},
		"ctq":   {ctq, []byte{0x00, 0x3F}},
		"cid":   {cid, []byte{0x04}}, // reason 100
		"visa":  {visaCVR, []byte{0x00, 0x00, 0x00, 0x00}},
		"mchip": {mChipCVR, []byte{0x08, 0x07, 0x00, 0x80, 0x00, 0xFC}},
		"core":  {coreCVR, []byte{0x00, 0x00, 0x00, 0x00, 0xFF}},
	} {
		if c.l.size != len(c.rfu) {
			t.Errorf("%s: size %d", name, c.l.size)
			continue
		}
		quiet := titles(c.l.explain(make([]byte, c.l.size)))
		for at := range c.rfu {
			for n := 8; n >= 1; n-- {
				v := make([]byte, c.l.size)
				v[at] = 1 << (n - 1)
				said := added(quiet, c.l.explain(v))
				if len(said) != 1 {
					t.Errorf("%s B%d.%d: says %v", name, at+1, n, said)
					continue
				}
				w := said[0]
				if w.EN == "" || !han(w.ZH) || han(w.EN) {
					t.Errorf("%s B%d.%d: %+v", name, at+1, n, w)
				}
				if (w == reserved) != (c.rfu[at]&v[at] != 0) {
					t.Errorf("%s B%d.%d: %+v", name, at+1, n, w)
				}
			}
		}
	}
}

func titles(items []Item) map[string]Words {
	m := make(map[string]Words)
	for _, i := range items {
		m[i.Code] = i.Title
	}
	return m
}

// added is what is said beyond what is said of zeros.
func added(quiet map[string]Words, items []Item) []Words {
	var more []Words
	for _, i := range items {
		if quiet[i.Code] != i.Title {
			more = append(more, i.Title)
		}
	}
	return more
}

// No two bits of one table say the same, and none is in it twice.
func TestBitsDiffer(t *testing.T) {
	for name, l := range map[string]layout{
		"tvr": tvr, "tsi": tsi, "aip": aip, "auc": auc, "tcap": capabilities, "atcap": moreCapabilities, "ttq": ttq, "ctq": ctq,
		"visa": visaCVR, "mchip": mChipCVR,
	} {
		seen := map[string]bool{}
		for _, b := range l.bits {
			place := fmt.Sprint(b.at, ".", b.bit)
			if seen[place] || seen[b.en] || seen[b.zh] {
				t.Errorf("%s: %s %s %s again", name, place, b.en, b.zh)
			}
			seen[place], seen[b.en], seen[b.zh] = true, true, true
		}
	}
}

// Sampled from the books by hand: the place of a bit is the point of the table.
func TestBitPlaces(t *testing.T) {
	for _, c := range []struct{ kind, in, code, en string }{
		{"tvr", "8000000000", "B1.8", "Offline data authentication was not performed"},
		{"tvr", "0400000000", "B1.3", "Combined data authentication (CDA) failed"},
		{"tvr", "0040000000", "B2.7", "The application has expired"},
		{"tvr", "0000200000", "B3.6", "PIN try limit exceeded"},
		{"tvr", "0000000800", "B4.4", "The merchant forced the transaction online"},
		{"tvr", "0000000040", "B5.7", "Issuer authentication failed"},
		{"tsi", "0400", "B1.3", "Issuer scripts were processed"},
		{"tsi", "8000", "B1.8", "Offline data authentication was performed"},
		{"aip", "0100", "B1.1", "Combined data authentication (CDA) supported"},
		{"aip", "4000", "B1.7", "Static data authentication (SDA) supported"},
		{"auc", "0200", "B1.2", "Valid at ATMs"},
		{"auc", "0040", "B2.7", "International cashback allowed"},
		{"tcap", "004000", "B2.7", "Enciphered PIN checked online"},
		{"tcap", "000008", "B3.4", "Combined data authentication (CDA)"},
		{"atcap", "1000000000", "B1.5", "Cashback"},
		{"atcap", "0000000001", "B5.1", "Code table 1"},
		{"ttq", "04000000", "B1.3", "Online PIN supported"},
		{"ttq", "00800000", "B2.8", "Online cryptogram required"},
		{"ctq", "0080", "B2.8", "Verified on the cardholder's device"},
		{"ctq", "8000", "B1.8", "Online PIN required"},
		{"cid", "40", "B1.8-7", "TC: the card approves offline"},
		{"cid", "00", "B1.8-7", "AAC: the card declines"},
	} {
		k, _ := KindOf(c.kind)
		items, err := k.Explain(un(t, c.in))
		if err != nil || len(items[0].Children) != 1 || items[0].Children[0].Code != c.code || items[0].Children[0].Title.EN != c.en {
			t.Errorf("%s %s: %v\n%s", c.kind, c.in, err, draw(items, ""))
		}
	}
}

func TestMethodsAndConditions(t *testing.T) {
	for code := range 256 {
		for _, w := range []Words{method(byte(code)), condition(byte(code))} {
			if w.EN == "" || !han(w.ZH) || han(w.EN) {
				t.Errorf("%02X: %+v", code, w)
			}
		}
	}
}
