package explain

import (
	"fmt"
	"strings"

	"vpos/reader"
	"vpos/reader/tlv"
)

// suspicious says why a value the dictionary calls open is hidden all the same.
var suspicious = Words{"Looks like a card number; not shown.", "疑似卡号，不显示。"}

// show is the value as it may be shown, and words where it may not.
func show(info tlv.Info, v []byte) (string, Words) {
	switch info.Secrecy {
	case tlv.Open:
	case tlv.PANDigits:
		return maskNumber(v), Words{}
	case tlv.TrackData:
		return maskTrack(v), Words{}
	default:
		return bullets(v), many(len(v), "1 byte, not shown.", "%d bytes, not shown.", "%d字节，不显示。")
	}
	_, known := tlv.Lookup(info.Tag)
	switch text := isText(info.Format) && printable(v); {
	case text && suspectText(v), !text && looksSecret(v, known && info.Fits(len(v))):
		return bullets(v), suspicious
	case text:
		return string(v), Words{}
	}
	return hexOf(v), Words{}
}

func isText(f tlv.Format) bool {
	return f == tlv.Alphabetic || f == tlv.Alphanumeric || f == tlv.Special
}

func hexOf(v []byte) string { return fmt.Sprintf("%X", v) }

func bullets(v []byte) string { return reader.NewSecret(v).String() }

// maskNumber masks compressed digits, which end at the first F (EMV Book 3, 4.3).
func maskNumber(v []byte) string {
	digits, _, _ := strings.Cut(hexOf(v), "F")
	if !number(digits) {
		return bullets(v)
	}
	return reader.Mask([]byte(digits))
}

// maskTrack masks track 2 as a chip has it: the number, D, the rest.
func maskTrack(v []byte) string {
	digits, _, _ := strings.Cut(hexOf(v), "D")
	if !number(digits) {
		return bullets(v)
	}
	return reader.Mask([]byte(digits)) + "=*"
}

// number reports whether a text can be a card number; of anything else not even
// the end is shown.
func number(digits string) bool {
	return len(digits) <= maxPAN && !strings.ContainsFunc(digits, func(c rune) bool { return !isDigit(c) })
}

// The digits of a card number (ISO/IEC 7812-1).
const (
	minPAN = 12
	maxPAN = 19
)

func isDigit[T byte | rune](c T) bool { return c >= '0' && c <= '9' }

// printable is text a terminal or a printer can be given as it is.
func printable(v []byte) bool {
	for _, c := range v {
		if c < ' ' || c > '~' {
			return false
		}
	}
	return len(v) > 0
}

// looksSecret reports whether a value may hold a card number or a track, as
// compressed digits or as text. Bytes the dictionary knows are only taken for a
// number that one of the brands could have issued: cryptograms and counters pass
// the check digit one time in ten.
func looksSecret(v []byte, known bool) bool {
	digits := withoutLeadingZeros(hexOf(v))
	return suspectText(v) || trackLike(digits) || branded(digits) || !known && reader.MaskText(digits) != digits
}

// suspectText is for what the value says as text.
func suspectText(v []byte) bool {
	text := make([]byte, len(v))
	for i, c := range v {
		text[i] = '.'
		if c >= ' ' && c <= '~' {
			text[i] = c
		}
	}
	return reader.MaskText(string(text)) != string(text) || trackLike(string(text))
}

// branded finds a number of a known brand among digits, with its check digit
// where the brand has a dependable one.
func branded(text string) bool {
	for start := 0; start < len(text); start++ {
		end := start
		for end < len(text) && end-start < maxPAN && isDigit(text[end]) {
			end++
		}
		if end-start < minPAN {
			continue
		}
		for _, n := range reader.BrandOf([]byte(text[start:end])).Lengths() {
			if n <= end-start && issued(text[start:start+n]) {
				return true
			}
		}
	}
	return false
}

// issued reports whether digits are a number of a known brand. Eight zeros at the
// end are a counter or an amount.
func issued(digits string) bool {
	return !strings.HasSuffix(digits, "00000000") && reader.BrandOf([]byte(digits)) != reader.UnknownBrand && reader.MaskText(digits) != digits
}

// withoutLeadingZeros blanks the zeros that a run of digits begins with: no card
// number does, but amounts and empty fields do, and zeros pass the check digit.
func withoutLeadingZeros(text string) string {
	out := []byte(text)
	inRun := false
	for i, c := range out {
		if c == '0' && !inRun {
			out[i] = '.'
			continue
		}
		inRun = isDigit(c)
	}
	return string(out)
}

// trackLike finds 12 digits or more, a separator, and the seven digits of an
// expiry and a service code (ISO/IEC 7813, 7).
func trackLike(text string) bool {
	before, after, separated := 0, 0, false
	for _, c := range text {
		switch {
		case isDigit(c) && separated:
			if after++; after == 7 {
				return true
			}
			before++
		case isDigit(c):
			before++
		case (c == 'D' || c == '=' || c == '^') && before >= minPAN:
			before, after, separated = 0, 0, true
		default:
			before, after, separated = 0, 0, false
		}
	}
	return false
}
