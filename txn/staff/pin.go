package staff

import (
	"bytes"

	"vpos/reader"
)

// The lengths of a PIN, in digits.
const (
	MinPIN = 4
	MaxPIN = 6
)

// Weak reports whether a PIN may not be chosen: it is not four to six digits, or it is
// one of those that are tried first. Those are all digits alike, a run up or down (also
// through 0), and the operator's own number repeated or filled up with zeros.
func Weak(id string, pin reader.Secret) bool {
	digits := pin.Reveal()
	if len(digits) < MinPIN || len(digits) > MaxPIN {
		return true
	}
	for _, d := range digits {
		if d < '0' || d > '9' {
			return true
		}
	}
	return steady(digits) || ofNumber(id, digits)
}

// steady reports whether each digit is as far from the one before as the next: 0 for
// all alike, 1 and 9 for a run up and a run down, which pass through 0 as on a keypad.
func steady(digits []byte) bool {
	step := (digits[1] - digits[0] + 10) % 10
	for i := 1; i < len(digits); i++ {
		if (digits[i]-digits[i-1]+10)%10 != step {
			return false
		}
	}
	return step == 0 || step == 1 || step == 9
}

// ofNumber reports whether the digits are the number over and over, or the number and
// nothing else but zeros on one side.
func ofNumber(id string, digits []byte) bool {
	if id == "" {
		return false
	}
	over := bytes.Repeat([]byte(id), len(digits))[:len(digits)]
	before, isBefore := bytes.CutPrefix(digits, []byte(id))
	after, isAfter := bytes.CutSuffix(digits, []byte(id))
	return bytes.Equal(digits, over) ||
		isBefore && len(bytes.Trim(before, "0")) == 0 || isAfter && len(bytes.Trim(after, "0")) == 0
}

// same compares two PINs in a time that tells nothing of their digits.
func same(a, b reader.Secret) bool { return constantEqual(a.Reveal(), b.Reveal()) }
