package reader

import (
	"strings"
	"unicode/utf8"
)

// A PAN has 12 to 19 digits (ISO/IEC 7812-1 allows up to 19; no scheme in the
// brand table issues fewer than 12).
const (
	minPAN = 12
	maxPAN = 19
)

// Fold gives the ASCII form of a full-width character (U+FF01 to U+FF5E, and
// the ideographic space) and any other rune as it is. A Chinese input method
// left on turns a whole swipe or number into such characters.
func Fold(r rune) rune {
	switch {
	case r >= '！' && r <= '～':
		return r - '！' + '!'
	case r == '\u3000':
		return ' '
	}
	return r
}

func isDigit[T byte | rune](c T) bool { return c >= '0' && c <= '9' }

func allDigits(b []byte) bool {
	for _, c := range b {
		if !isDigit(c) {
			return false
		}
	}
	return true
}

// keyed copies the digits of an entry into a buffer of its own, folding
// full-width ones and leaving out the separators named. It reports false for
// any other character. The caller wipes the copy. The buffer never grows, so
// no stray copy of the digits is left behind.
func keyed(entry []byte, separators string) ([]byte, bool) {
	out := make([]byte, 0, len(entry))
	for rest := entry; len(rest) > 0; {
		r, size := utf8.DecodeRune(rest)
		rest = rest[size:]
		r = Fold(r)
		switch {
		case isDigit(r):
			out = append(out, byte(r)) //nolint:gosec // a digit, see the case
		case strings.ContainsRune(separators, r):
		default:
			clear(out)
			return nil, false
		}
	}
	return out, true
}

// luhn reports whether ASCII digits pass the check-digit formula of ISO/IEC
// 7812-1 annex B: from the right, every second digit doubled, the digits of
// the products summed, a multiple of ten. What is not digits may give anything.
func luhn(digits []byte) bool {
	sum := 0
	for i := range digits {
		d := int(digits[len(digits)-1-i] - '0')
		if i%2 == 1 {
			d *= 2
			if d > 9 {
				d -= 9
			}
		}
		sum += d
	}
	return len(digits) > 0 && sum%10 == 0
}
