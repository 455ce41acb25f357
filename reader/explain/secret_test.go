package explain

import (
	"encoding/hex"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"vpos/reader/tlv"
)

// pans are made up, one a brand, and one UnionPay number that fails the check.
var pans = []string{
	"4111111111111111", "5555555555554444", "2223003122003222", "378282246310005", "30569309025904",
	"6011111111111117", "3530111333300000", "6205500000000000004", "6200000000000001", "4000000000000002",
}

// leaks finds a number of which more than the last four digits are shown, in
// digits, as compressed digits or as the hex of text.
func leaks(items []Item, pan string) string {
	text := hex.EncodeToString([]byte(pan))
	for _, i := range items {
		for _, s := range []string{i.Value, i.Title.EN, i.Title.ZH, i.Text.EN, i.Text.ZH} {
			s = strings.ToLower(s)
			if strings.Contains(s, pan) || strings.Contains(s, text) {
				return i.Code + ": " + s
			}
		}
		if found := leaks(i.Children, pan); found != "" {
			return found
		}
	}
	return ""
}

// bcd packs digits two a byte, filled with F.
func bcd(digits string) []byte {
	if len(digits)%2 != 0 {
		digits += "F"
	}
	b, err := hex.DecodeString(digits)
	if err != nil {
		panic(err)
	}
	return b
}

// Whatever tag a number hides under, known or not, and in whichever form, it
// does not come out.
func TestNoNumberComesOut(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		pan := rapid.SampledFrom(pans).Draw(t, "pan")
		forms := map[string][]byte{
			"digits": bcd(pan), "text": []byte(pan), "track 2": bcd(pan + "D3012201123456789"),
			"track 1": []byte("B" + pan + "^DOE/JANE^3012201123"), "odd": bcd("A" + pan), "spaced": []byte(pan[:4] + " " + pan[4:]),
			"answer": append([]byte{0x3B, byte(len(bcd(pan)))}, bcd(pan)...),
		}
		form := rapid.SampledFrom([]string{"digits", "text", "track 2", "track 1", "odd", "spaced", "answer"}).Draw(t, "form")
		value := forms[form]
		value = append(rapid.SliceOfN(rapid.SampledFrom([]byte{0, 0xAB, 0xFF, 'x'}), 0, 5).Draw(t, "before"), value...)
		value = append(value, rapid.SliceOfN(rapid.SampledFrom([]byte{0, 0xCD, 0xFF}), 0, 5).Draw(t, "after")...)
		tag := rapid.SampledFrom(tlv.Tags()).Draw(t, "known").Tag
		if rapid.Bool().Draw(t, "unknown") {
			tag = tlv.Tag(rapid.SampledFrom([]int{0xDF7F, 0xC1, 0x9F7E, 0xDFAE02}).Draw(t, "tag"))
		}
		object := tlv.Append(nil, tag, value)
		if rapid.Bool().Draw(t, "scheme") {
			aid := rapid.SampledFrom([]string{"A0000000031010", "A0000000041010", "A000000333010102"}).Draw(t, "aid")
			object = append(tlv.Append(nil, 0x4F, bcd(aid)), object...)
		}
		items, _ := TLV(tlv.Append(nil, 0x70, object))
		if found := leaks(items, pan); found != "" {
			t.Fatalf("%s of %s: %s", tag, form, found)
		}
		for _, k := range Kinds() {
			items, _ := k.Explain(value)
			if found := leaks(items, pan); found != "" {
				t.Fatalf("%s of %s: %s", k.Name, form, found)
			}
		}
	})
}

func TestMasks(t *testing.T) {
	for _, c := range []struct {
		tag       tlv.Tag
		in, value string
	}{
		{0x5A, "4111111111111111", "************1111"},
		{0x5A, "6205500000000000004F", "***************0004"},
		{0x5A, "411111FFFFFFFFFF", "******"},
		{0x5A, "41D1", "••"}, // not digits
		{0x5A, "4111111111111111111111", "••••••••"},
		{0x57, "4111111111111111D30122011234567890", "************1111=*"},
		{0x57, "411111111111111130122011234567890F", "••••••••"},
		{0x57, "D30122011234", "=*"},
		{0x9F6B, "4111111111111111D3012201", "************1111=*"},
		{0x9F6B, "000000050000", "000000050000"}, // Visa's limit
		{0x5F20, "444F452F4A414E45", "••••••••"},
		{0x9F20, "1234", "••"}, {0x9F1F, "3132", "••"}, {0x99, "0102030405060708", "••••••••"},
		{0x5F24, "301231", "•••"}, {0x56, "4234", "••"}, {0x9F61, "313130", "•••"},
		{0x9F46, "0102030405060708090A", "••••••••"},
		{0x86, "84240002080102030405060708", "••••••••"},
		{0x50, "56495341", "VISA"},
		{0x50, "1B5B324A", "1B5B324A"}, // no escape sequence reaches a screen
		{0x9F02, "000000012345", "000000012345"},
		{0x9F6D, "4111111111111111", "••••••••"},                                           // and no amount in words either
		{0x9F6B, "4111111111111111D3012201000000000000000000000000", "************1111=*"}, // too long for any meaning
		{0xDF7F, "4111111111111111", "••••••••"},
		{0x42, "1100110011001108", "••••••••"},           // of no brand, where none should be
		{0x9F26, "1100110011001108", "1100110011001108"}, // a cryptogram may pass the check
		{0xDF7F, "0000000000000000", "0000000000000000"},
		{0xDF7F, "4111111111111112", "4111111111111112"}, // not a number: fails the check
		{0xDF7F, "4111111111111112D3012201", "••••••••"}, // but a track all the same
	} {
		item, _ := Value(c.tag, un(t, c.in))
		if item.Value != c.value || strings.Contains(item.Text.EN, "4111111111") {
			t.Errorf("%s %s: got %q, want %q", c.tag, c.in, item.Value, c.value)
		}
	}
}

// What is open is shown: masking everything would mask nothing in the end.
func TestPlainValuesAreShown(t *testing.T) {
	for _, in := range []string{
		"9F360200FF", "9F2608A1B2C3D4E5F60718", "9F10130701 0103A0A000010A01000000050000123456", "8E0A 00000000000000001F00",
		"9F0206000000099999", "9F21031200009A032603149F37041234ABCD", "9F1E083132333435363738",
	} {
		items, err := TLV(un(t, in))
		if err != nil || strings.Contains(draw(items, ""), "•") {
			t.Errorf("%s: %v\n%s", in, err, draw(items, ""))
		}
	}
}
