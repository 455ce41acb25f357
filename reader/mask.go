package reader

import (
	"slices"
	"strings"
	"unicode/utf8"
)

// Mask is the one masking function of the program: stars for everything but
// the last four characters, as many characters as came in (PCI DSS 3.4.1). A
// text shorter than a PAN becomes stars altogether, because its last four
// would be most of it.
func Mask(digits []byte) string {
	if len(digits) < minPAN {
		return strings.Repeat("*", len(digits))
	}
	cut := len(digits) - 4
	return strings.Repeat("*", cut) + string(digits[cut:])
}

// MaskText masks card numbers in free text: any 12 to 19 digits, also with a
// single space or dash between digits and also full-width, that pass the check
// digit. The last four digits stay. Everything else is left byte for byte.
//
// It is the log writer's last line of defence and leans to masking: a number
// of another kind passes the check one time in ten and is masked too. Inside a
// longer run of digits (a length before the number, a time beside it) it looks
// for numbers of a known brand and length, and a whole run in a range whose
// genuine cards may fail the check (UnionPay) is masked without one.
func MaskText(text string) string {
	runes := []rune(text)
	var hidden []bool
	for i := 0; i < len(runes); {
		at, next := digitRun(runes, i)
		if len(at) >= minPAN {
			hidden = hide(runes, at, hidden)
		}
		i = next
	}
	if hidden == nil {
		return text
	}
	var out strings.Builder
	for rest := text; len(rest) > 0; hidden = hidden[1:] {
		_, size := utf8.DecodeRuneInString(rest)
		if hidden[0] {
			out.WriteByte('*')
		} else {
			out.WriteString(rest[:size]) // as it was, also where it is not UTF-8
		}
		rest = rest[size:]
	}
	return out.String()
}

// digitRun collects the positions of the digits of the run that starts at i,
// and where to look next. A run goes over single separators.
func digitRun(runes []rune, i int) (at []int, next int) {
	for i < len(runes) {
		switch {
		case isDigit(Fold(runes[i])):
			at = append(at, i)
		case len(at) > 0 && at[len(at)-1] == i-1 && isSeparator(runes[i]):
		default:
			return at, i + 1
		}
		i++
	}
	return at, i
}

func isSeparator(r rune) bool { return strings.ContainsRune(" -", Fold(r)) }

// hide marks the runes of every number found among the digits at these
// positions; hidden is nil until there is one.
func hide(runes []rune, at []int, hidden []bool) []bool {
	digits := make([]byte, len(at))
	defer clear(digits)
	for i, p := range at {
		digits[i] = byte(Fold(runes[p])) //nolint:gosec // digitRun names digits only
	}
	for from := 0; from+minPAN <= len(digits); from++ {
		for to := from + minPAN; to <= min(from+maxPAN, len(digits)); to++ {
			if !looksLikePAN(digits[from:to], to-from == len(digits)) {
				continue
			}
			if hidden == nil {
				hidden = make([]bool, len(runes))
			}
			for _, p := range at[from : to-4] {
				hidden[p] = true
			}
		}
	}
	return hidden
}

// looksLikePAN judges one window; whole says the window is the entire run.
func looksLikePAN(digits []byte, whole bool) bool {
	brand := BrandOf(digits)
	s := brand.scheme()
	fits := brand != UnknownBrand && slices.Contains(s.lengths, len(digits))
	if whole {
		return luhn(digits) || fits && s.soft && len(digits) >= 16
	}
	return fits && luhn(digits)
}

// MaskHex hides what may be a key in a text: a run of hexadecimal digits as long as
// keys are, 16, 32, 48 or 64 of them. Everything else is left as it is.
func MaskHex(text string) string {
	out := []byte(text)
	for i := 0; i < len(out); {
		n := 0
		for i+n < len(out) && isHexDigit(out[i+n]) {
			n++
		}
		if n >= minKey && n <= maxKey && n%minKey == 0 {
			copy(out[i:i+n], strings.Repeat("*", n))
		}
		i += n + 1
	}
	return string(out)
}

// Keys are 8 to 32 bytes, a multiple of eight.
const (
	minKey = 16
	maxKey = 64
)

func isHexDigit(c byte) bool {
	return c >= '0' && c <= '9' || c >= 'a' && c <= 'f' || c >= 'A' && c <= 'F'
}
