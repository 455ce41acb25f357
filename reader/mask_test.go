package reader

import (
	"strings"
	"testing"
	"unicode/utf8"

	"pgregory.net/rapid"
)

func TestMask(t *testing.T) {
	for in, want := range map[string]string{
		"": "", "1": "*", "12345678901": "***********", "123456789012": "********9012",
		"4111111111111111": "************1111",
	} {
		if got := Mask([]byte(in)); got != want {
			t.Errorf("%q: got %q, want %q", in, got, want)
		}
	}
}

func TestMaskText(t *testing.T) {
	for in, want := range map[string]string{
		"":                         "",
		"no digits 交易 \xff kept":   "no digits 交易 \xff kept",
		"pan 4111111111111111.":    "pan ************1111.",
		"pan 4111 1111 1111 1111.": "pan **** **** **** 1111.",
		"pan 4111-1111-1111-1111":  "pan ****-****-****-1111",
		"pan ４１１１１１１１１１１１１１１１":                "pan ************１１１１",
		"4111111111111111=30122011234":        "************1111=30122011234",
		"4111111111111112":                    "4111111111111112",
		"amount 000000001234":                 "amount 000000001234",
		"\xff 4111111111111111 \xff":          "\xff ************1111 \xff",
		"16 4111111111111111":                 "16 ************1111",
		"02164111111111111111":                "0216************1111",
		"at 1200 378282246310005 ok":          "at 1200 ***********0005 ok",
		badUnionPay:                           "************0114",
		"4111  1111  1111  1111":              "4111  1111  1111  1111",
		"a=5555555555554444 b=30569309025904": "a=************4444 b=**********5904",
	} {
		if got := MaskText(in); got != want {
			t.Errorf("%q: got %q, want %q", in, got, want)
		}
	}
}

// A card number put anywhere into any text, written in any of the usual ways,
// does not come out.
func TestMaskTextProperty(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		digits := drawPAN(t)
		written := digits
		if sep := rapid.SampledFrom([]string{"", " ", "-"}).Draw(t, "separator"); sep != "" {
			var groups []string
			at := 0
			for _, n := range BrandOf([]byte(digits)).Groups(len(digits)) {
				groups = append(groups, digits[at:at+n])
				at += n
			}
			written = strings.Join(groups, sep)
		}
		around := rapid.OneOf(rapid.String(), rapid.StringMatching(`[0-9 -]{0,12}`))
		before, after := around.Draw(t, "before"), around.Draw(t, "after")
		got := MaskText(before + written + after)
		if strings.Contains(got, written) {
			t.Fatalf("%q leaked in %q", written, got)
		}
	})
}

func FuzzMaskText(f *testing.F) {
	f.Add("pan 4111 1111 1111 1111 exp 12/30")
	f.Add("６２２４２４２９００００００１１３")
	f.Add("02164111111111111111\xff")
	f.Fuzz(func(t *testing.T, text string) {
		got := MaskText(text)
		if utf8.ValidString(text) && utf8.RuneCountInString(got) != utf8.RuneCountInString(text) {
			t.Errorf("%q changed its length: %q", text, got)
		}
		if !strings.ContainsAny(got, "*") && got != text {
			t.Errorf("%q changed without a mask: %q", text, got)
		}
	})
}

func TestMaskHex(t *testing.T) {
	key := "0123456789ABCDEF"
	for text, want := range map[string]string{
		"":                     "",
		"unknown flag " + key:  "unknown flag ****************",
		key + key + "!":        strings.Repeat("*", 32) + "!",
		"a " + key + "0":       "a " + key + "0", // seventeen digits are no key
		"field 55":             "field 55",
		strings.Repeat(key, 5): strings.Repeat(key, 5),
		strings.ToLower(key):   strings.Repeat("*", 16),
	} {
		if got := MaskHex(text); got != want {
			t.Errorf("%q: %q, want %q", text, got, want)
		}
	}
}
