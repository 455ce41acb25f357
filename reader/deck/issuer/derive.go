package issuer

import (
	"bytes"
	"crypto/sha1" //nolint:gosec // option B of EMV Book 2, A1.4.2 is made of it
	"encoding/hex"
	"strings"
)

// Keys are an issuer's master keys, one for each use (Book 2, A1.4).
type Keys struct {
	AC  Key // application cryptograms
	MAC Key // integrity of scripts
	ENC Key // secrecy in scripts
}

// Ring is an issuer's keys by derivation key index.
type Ring map[byte]Keys

// TestIndex is the derivation key index of [TestRing].
const TestIndex = 1

// TestRing is the keys of the virtual cards. They are published here, so they
// protect nothing: TEST keys.
func TestRing() Ring {
	return Ring{TestIndex: {
		AC:  Key{0x01, 0x23, 0x45, 0x67, 0x89, 0xAB, 0xCD, 0xEF, 0xFE, 0xDC, 0xBA, 0x98, 0x76, 0x54, 0x32, 0x10},
		MAC: Key{0xFE, 0xDC, 0xBA, 0x98, 0x76, 0x54, 0x32, 0x10, 0x01, 0x23, 0x45, 0x67, 0x89, 0xAB, 0xCD, 0xEF},
		ENC: Key{0x89, 0xAB, 0xCD, 0xEF, 0x01, 0x23, 0x45, 0x67, 0x76, 0x54, 0x32, 0x10, 0xFE, 0xDC, 0xBA, 0x98},
	}}
}

// Card is the keys of one application of one card (Book 2, A1.4) and what it
// does with them.
type Card struct {
	Method Method
	Keys
}

// Card derives a card's keys. pan is 12 to 19 ASCII digits, psn its sequence
// number, -1 for none (then 00 stands in, Book 2, A1.4.1).
func (k Keys) Card(m Method, pan []byte, psn int) Card {
	y := diversifier(pan, psn, rules[m].optionB)
	defer clear(y)
	return Card{Method: m, Keys: Keys{AC: k.AC.derive(y), MAC: k.MAC.derive(y), ENC: k.ENC.derive(y)}}
}

// derive is the two halves of a card's key: the data, and the data inverted.
func (k Key) derive(y []byte) Key {
	return Key(k.encipher(append(bytes.Clone(y), xor(y, bytes.Repeat([]byte{0xFF}, block))...))).odd()
}

// diversifier is the data a card's keys are derived with: the rightmost sixteen
// digits of number and sequence number (option A, Book 2, A1.4.1), or for numbers
// longer than sixteen digits the first sixteen decimal digits of their hash
// (option B, A1.4.2).
func diversifier(pan []byte, psn int, optionB bool) []byte {
	if psn < 0 || psn > 99 {
		psn = 0
	}
	digits := append(bytes.Clone(pan), '0'+byte(psn/10), '0'+byte(psn%10))
	defer clear(digits)
	if optionB && len(pan) > 16 {
		return decimalised(digits)
	}
	last := digits[max(0, len(digits)-16):]
	return packed(append(bytes.Repeat([]byte{'0'}, 16-len(last)), last...))
}

// decimalised is option B: the digits of the hash in order, then, where there
// are fewer than sixteen, its letters in order as A for 0 to F for 5.
func decimalised(digits []byte) []byte {
	if len(digits)%2 == 1 {
		digits = append([]byte{'0'}, digits...)
	}
	sum := sha1.Sum(packed(digits)) //nolint:gosec // see the import
	text := hex.EncodeToString(sum[:])
	out := strings.Map(keep('0', '9', '0'), text) + strings.Map(keep('a', 'f', '0'), text)
	return packed([]byte(out[:16]))
}

// keep maps a range of characters to one that begins elsewhere and leaves out
// every other.
func keep(from, to, start rune) func(rune) rune {
	return func(r rune) rune {
		if r < from || r > to {
			return -1
		}
		return r - from + start
	}
}

// packed writes digits two a byte.
func packed(digits []byte) []byte {
	out := make([]byte, len(digits)/2)
	_, _ = hex.Decode(out, digits[:2*len(out)])
	return out
}

// common is the session key derivation of Book 2, A1.3.1: F0 and 0F in the
// third byte of the diversification value.
func (k Key) common(r [block]byte) Key {
	left, right := r, r
	left[2], right[2] = 0xF0, 0x0F
	return Key(k.encipher(append(left[:], right[:]...))).odd()
}
