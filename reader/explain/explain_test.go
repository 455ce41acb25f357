package explain

import (
	"encoding/hex"
	"errors"
	"fmt"
	"os"
	"strings"
	"testing"
	"unicode"

	"github.com/charmbracelet/x/exp/golden"

	"vpos/reader/tlv"
)

func un(t testing.TB, s string) []byte {
	t.Helper()
	b, err := hex.DecodeString(strings.ReplaceAll(s, " ", ""))
	if err != nil {
		t.Fatal(err)
	}
	return b
}

// draw is the tree as lines, both languages.
func draw(items []Item, indent string) string {
	var out strings.Builder
	for _, i := range items {
		line := fmt.Sprintf("%s%d+%d %s %s · %s", indent, i.Offset, i.Length, i.Code, i.Title.EN, i.Title.ZH)
		if i.Value != "" {
			line += " = " + i.Value
		}
		if !i.Text.empty() {
			line += " | " + i.Text.EN + " | " + i.Text.ZH
		}
		out.WriteString(line + "\n" + draw(i.Children, indent+"  "))
	}
	return out.String()
}

// samples are shaped as test cards answer; the numbers belong to nobody.
var samples = map[string]struct{ kind, in string }{
	"ppse":          {"tlv", "6F2E840E325041592E5359532E4444463031A51CBF0C1961174F08A0000003330101028701015008556E696F6E506179"},
	"fci-visa":      {"tlv", "6F508407A0000000031010A545500B56495341204352454449548701019F380C9F66049F02069F37045F2A025F2D047A68656E9F1101019F120B56697361204B617274656EBF0C0A42034111119F4D020B0A"},
	"fci-pboc":      {"tlv", "6F368408A000000333010102A52A500B50424F43204352454449548701819F38069F7A01DF69015F2D027A68BF0C099F4D020B0ADF610101"},
	"record-visa":   {"tlv", "705D5A08411111111111111157114111111111111111D3012201123456789F5F201A444F452F4A414E452020202020202020202020202020202020205F24033012315F25032401015F280201565F300202015F3401019F0702FF009F4A0182"},
	"record-cvm":    {"tlv", "70489F420201568E12000186A00003D0904201420344071F0605008C159F02069F03069F1A0295055F2A029A039C019F37049F0D05B8508080009F0E0500000000009F0F05B870809800"},
	"record-sda":    {"tlv", "702D8F01F39F32010390105A5A5A5A5A5A5A5A5A5A5A5A5A5A5A5A9F46106B6B6B6B6B6B6B6B6B6B6B6B6B6B6B6B00"},
	"gpo-two":       {"tlv", "770E8202390094080801010010010301"},
	"gpo-one":       {"tlv", "800A39000801010010010301"},
	"gac-one":       {"tlv", "8012800007A1B2C3D4E5F6071806010A03A0A000"},
	"gac-two":       {"tlv", "771E9F2701409F360200079F2608AABBCCDDEEFF00119F100706011203906000"},
	"field55":       {"tlv", "9F2608A1B2C3D4E5F607189F2701809F101307010103A0A000010A0100000000001234ABCD9F3704DEADBEEF9F36020012950580000480009A032603149C01009F02060000000123455F2A02015682027D009F1A0201569F03060000000000009F3303E0F8C89F34034203019F3501229F1E0831323334353637388408A0000003330101029F090200309F410400000012"},
	"online-answer": {"tlv", "8A023030910AA1B2C3D4E5F60718303072169F180412345678860D0424000208A1B2C3D4E5F60718"},
	"script-result": {"tlv", "DF310A20A1B2C3D413A1B2C3D59F1701039F2103235959"},
	"contactless":   {"tlv", "8407A0000000031010 9F6604B620C080 9F6C023900 9F5D06000000010000 9F6E0420700000"},
	"mastercard":    {"tlv", "8407A00000000410109F6B114111111111111111D3012201000000000F9F66020000DF810C01029F10120110A00003220000A1B200000000000000FF"},
	"unknown":       {"tlv", "DF7F03010203 DF7E08 4111111111111111 DF7D10 34313131313131313131313131313131"},
	"tvr":           {"tvr", "8000048000"},
	"tvr-clean":     {"tvr", "0000000000"},
	"tvr-relay":     {"tvr", "000000000E"},
	"tsi":           {"tsi", "F800"},
	"aip":           {"aip", "3900"},
	"auc":           {"auc", "FFC0"},
	"cvm":           {"cvm", "000003E8000000004201440342031E031F02"},
	"cvm-odd":       {"cvm", "0000000000000000 2000 2180 3000 3F00 0600 0B0A"},
	"cvmr":          {"cvmr", "1F0302"},
	"cvmr-none":     {"cvmr", "3F0000"},
	"cid":           {"cid", "80"},
	"cid-advice":    {"cid", "0B"},
	"tcap":          {"tcap", "E0F8C8"},
	"atcap":         {"atcap", "F000F0A001"},
	"ttq":           {"ttq", "B620C080"},
	"ctq":           {"ctq", "3980"},
	"afl":           {"afl", "0801010010010301 18020302"},
	"dol":           {"dol", "9F66049F02069F37045F2A02DF7F01"},
	"iad-visa":      {"iad", "06010A03A0A000"},
	"iad-visa-18":   {"iad", "06011203A4B8AF 0F0102030405"},
	"iad-visa-22":   {"iad", "1F2201 A000000000 000000000000000000000000000000000000000000000000"},
	"iad-unionpay":  {"iad", "07010103A0A000010A01000000000012 34ABCD"},
	"iad-sm4":       {"iad", "07011703906000040A01000000000012 34ABCD"},
	"iad-mchip":     {"iad", "0110A0000322000000000000000000 0000FF"},
	"iad-mchip-2":   {"iad", "01100390 0000 1234"},
	"iad-core":      {"iad", "0FA501 A050820000 0000000000000000 0F 000000000000000000000000000000"},
	"iad-own":       {"iad", "0102030405"},
	"atr-t0":        {"atr", "3B6500002063CB6800"},
	"atr-t1":        {"atr", "3BDB960080B1FE451F830031C064C30801000F90009B"},
	"atr-inverse":   {"atr", "3F650000564953411A"},
	"atr-specific":  {"atr", "3BF81300008131FE454A434F5076323431B7"},
	"atr-tap":       {"atr", "3B8F8001804F0CA000000306030001000000006A"},
	"atr-tap-a":     {"atr", "3B888001 00000000 B3810000 3B"},
	"atr-crc":       {"atr", "3BE000008171FE4501AA"},
	"atr-bare":      {"atr", "3B00"},
}

func TestGolden(t *testing.T) {
	for name, c := range samples {
		t.Run(name, func(t *testing.T) {
			k, ok := KindOf(c.kind)
			if !ok {
				t.Fatal("no kind ", c.kind)
			}
			items, err := k.Explain(un(t, c.in))
			got := draw(items, "")
			if err != nil {
				got += "! " + err.Error() + "\n"
			}
			golden.RequireEqual(t, got)
			inBounds(t, items, 0, len(un(t, c.in)))
			worded(t, items)
		})
	}
}

// No golden file without a sample.
func TestGoldenFiles(t *testing.T) {
	files, err := os.ReadDir("testdata/TestGolden")
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range files {
		if _, ok := samples[strings.TrimSuffix(f.Name(), ".golden")]; !ok {
			t.Errorf("%s belongs to no sample", f.Name())
		}
	}
}

// inBounds holds every item inside the one around it.
func inBounds(t *testing.T, items []Item, from, to int) {
	t.Helper()
	for _, i := range items {
		if i.Offset < from || i.Length < 0 || i.Offset+i.Length > to {
			t.Fatalf("%s at %d+%d is outside %d to %d", i.Code, i.Offset, i.Length, from, to)
		}
		inBounds(t, i.Children, i.Offset, i.Offset+i.Length)
	}
}

// worded holds that what is said is said in both languages, and wholly.
func worded(t *testing.T, items []Item) {
	t.Helper()
	for _, i := range items {
		for _, w := range []Words{i.Title, i.Text} {
			if (w.EN == "") != (w.ZH == "") || strings.Contains(w.EN+w.ZH, "%!") || han(w.EN) {
				t.Fatalf("%s: %+v", i.Code, w)
			}
		}
		if i.Title.empty() {
			t.Fatalf("%s at %d has no title", i.Code, i.Offset)
		}
		worded(t, i.Children)
	}
}

func han(s string) bool {
	return strings.ContainsFunc(s, func(r rune) bool { return unicode.Is(unicode.Han, r) })
}

func TestKinds(t *testing.T) {
	seen := map[string]bool{}
	for _, k := range Kinds() {
		if seen[k.Name] || k.Title.EN == "" || !han(k.Title.ZH) && k.Title.ZH != "" || k.Explain == nil {
			t.Errorf("%+v", k)
		}
		seen[k.Name] = true
		// Nothing at all is explained too, without a panic.
		items, err := k.Explain(nil)
		worded(t, items)
		if k.Name != "tlv" && k.Name != "dol" && k.Name != "iad" && k.Name != "afl" && err == nil {
			t.Errorf("%s of nothing is fine", k.Name)
		}
	}
	for _, name := range strings.Fields("tlv atr tvr tsi cvm aip iad afl dol") {
		if !seen[name] {
			t.Errorf("no kind %s", name)
		}
	}
	if _, ok := KindOf("bmp"); ok {
		t.Error("a kind bmp")
	}
}

// The same tag means what the card's scheme says, under whichever name the
// scheme is told by.
func TestSchemesOwnTags(t *testing.T) {
	for _, c := range []struct{ in, en string }{
		{"9F7906000000012345", "Electronic Cash Balance"},
		{"8407A0000000041010 9F7906000000012345", "Unprotected Data Envelope 5"},
		{"4F08A000000333010102 9F7906000000012345", "Electronic Cash Balance"},
		{"9F0607A0000000041010 9F6E05084000000A", "Third Party Data"},
		{"9F0607A0000000031010 9F6E0420700000", "Form Factor Indicator (FFI)"},
		{"9F0607A0000000031010 9F6E05084000000A", "Third Party Data"}, // of a length Visa's is not
		{"8408A000000333010102 9F66 04 26000080", "Terminal Transaction Qualifiers (TTQ)"},
	} {
		items, _ := TLV(un(t, c.in))
		if got := items[len(items)-1].Title.EN; got != c.en {
			t.Errorf("%s: got %s", c.in, got)
		}
	}
}

// A wrong value is explained as far as it goes, and the error has its place.
func TestErrors(t *testing.T) {
	for name, c := range map[string]struct {
		kind, in string
		offset   int
		path     string
		err      error
		items    int // all of them, the tree counted through
	}{
		"short TVR":     {"tvr", "8000", 0, "95", ErrSize, 2},
		"long TVR":      {"tvr", "800000000001", 0, "95", ErrSize, 2},
		"short CVM":     {"cvm", "00000000000000", 0, "8E", ErrSize, 1},
		"no rule":       {"cvm", "0000000000000000", 8, "8E", ErrSize, 3},
		"half a rule":   {"cvm", "0000000000000000420100", 10, "8E", ErrSize, 4},
		"short CVMR":    {"cvmr", "1F03", 0, "9F34", ErrSize, 1},
		"AFL rest":      {"afl", "0801010010", 4, "94", ErrSize, 2},
		"AFL file 0":    {"afl", "0801010000010100", 4, "94", ErrValue, 3},
		"AFL file 31":   {"afl", "F8010100", 0, "94", ErrValue, 2},
		"AFL low bits":  {"afl", "09010100", 0, "94", ErrValue, 2},
		"AFL record 0":  {"afl", "08000100", 0, "94", ErrValue, 2},
		"AFL backwards": {"afl", "08020100", 0, "94", ErrValue, 2},
		"AFL signed":    {"afl", "08010203", 0, "94", ErrValue, 2},
		"DOL":           {"dol", "9F02069F", 3, "", tlv.ErrShort, 2},
		"DOL length":    {"dol", "9F02069F37", 3, "9F37", tlv.ErrShort, 2},
		"cut template":  {"tlv", "6F0984054142434445A5", 0, "6F", tlv.ErrShort, 2},
		"in a template": {"tlv", "7007950280009C0100", 4, "70/95", ErrSize, 4},
		"DOL in TLV":    {"tlv", "6F09A5079F380495059F02", 9, "6F/A5/9F38/9F02", tlv.ErrShort, 4},
		"date":          {"tlv", "9A03261332", 2, "9A", ErrValue, 1},
		"date digits":   {"tlv", "9A03 2A0101", 2, "9A", ErrValue, 1},
		"time":          {"tlv", "9F2103 240000", 3, "9F21", ErrValue, 1},
		"amount":        {"tlv", "9F0206 00000000000A", 3, "9F02", ErrValue, 1},
		"service code":  {"tlv", "5F30020891", 3, "5F30", ErrValue, 1},
		"languages":     {"tlv", "5F2D03 7A6865", 3, "5F2D", ErrValue, 1},
		"terminal type": {"tlv", "9F350137", 3, "9F35", ErrValue, 1},
		"file":          {"tlv", "88011F", 2, "88", ErrValue, 1},
		"format 1":      {"tlv", "8003390008", 2, "80", ErrSize, 1},
		"script":        {"tlv", "8603042400", 2, "86", ErrSize, 1},
		"script result": {"tlv", "DF3106 2000000000 10", 8, "DF31", ErrSize, 2},
		"script nibble": {"tlv", "DF3105 3000000000", 3, "DF31", ErrValue, 2},
		"91":            {"tlv", "9104 11223344", 2, "91", ErrSize, 1},
		"log entry":     {"tlv", "9F4D010B", 3, "9F4D", ErrSize, 1},
		"ATR start":     {"atr", "3C00", 0, "TS", ErrValue, 3},
		"ATR cut":       {"atr", "3B65000020", 5, "T2", tlv.ErrShort, 6},
		"ATR TA1":       {"atr", "3B95", 2, "TA1", tlv.ErrShort, 3},
		"ATR TCK":       {"atr", "3B8180 01 80", 5, "TCK", tlv.ErrShort, 6},
		"ATR TCK wrong": {"atr", "3B888001 00000000 B3810000 BA", 12, "TCK", ErrValue, 7},
		"ATR more":      {"atr", "3B0000", 2, "", ErrSize, 4},
		"ATR nothing":   {"atr", "", 0, "TS", tlv.ErrShort, 1},
	} {
		k, _ := KindOf(c.kind)
		items, err := k.Explain(un(t, c.in))
		var e *tlv.Error
		if !errors.As(err, &e) || !errors.Is(err, c.err) || e.Offset != c.offset || e.Path != c.path {
			t.Errorf("%s: got %v, want %v at %d in %q", name, err, c.err, c.offset, c.path)
		}
		if n := count(items); c.items > 0 && n != c.items {
			t.Errorf("%s: got %d items\n%s", name, n, draw(items, ""))
		}
		worded(t, items)
	}
}

func count(items []Item) int {
	n := len(items)
	for _, i := range items {
		n += count(i.Children)
	}
	return n
}

// Every sample, cut anywhere and with any byte changed, is still explained.
func TestDamageEverywhere(t *testing.T) {
	for name, c := range samples {
		k, _ := KindOf(c.kind)
		whole := un(t, c.in)
		for at := range whole {
			items, _ := k.Explain(whole[:at])
			inBounds(t, items, 0, at)
			worded(t, items)
			if at >= 4 && len(items) == 0 {
				t.Errorf("%s cut at %d: nothing left", name, at)
			}
			for _, bad := range []byte{0x00, 0x01, 0x7F, 0x80, 0xFF, whole[at] ^ 0x10} {
				b := append([]byte(nil), whole...)
				b[at] = bad
				items, _ := k.Explain(b)
				inBounds(t, items, 0, len(b))
				worded(t, items)
			}
		}
	}
}
