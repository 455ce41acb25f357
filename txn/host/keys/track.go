package keys

import (
	"bytes"
	"encoding/hex"
	"fmt"
)

// sealTrack encrypts eight bytes of a track under the TDK, those that end one byte
// before its end, taken as packed digits from the left. The separator is D among
// hexadecimal digits, as on the wire.
func sealTrack(k Key, track []byte) ([]byte, error) {
	digits := bytes.ReplaceAll(track, []byte{'='}, []byte{'D'})
	if !isTrack(digits, "0123456789D") {
		clear(digits)
		return nil, ErrTrack
	}
	return cryptTrack(k, digits, false)
}

// openTrack is the way back; the separator comes out as D.
func openTrack(k Key, track []byte) ([]byte, error) {
	digits := bytes.Clone(track)
	if !isTrack(digits, "0123456789ABCDEF") {
		return nil, ErrTrack
	}
	clearTrack, err := cryptTrack(k, digits, true)
	if err == nil && !isTrack(clearTrack, "0123456789D") {
		clear(clearTrack)
		return nil, ErrTrack
	}
	return clearTrack, err
}

// isTrack reports whether every character is allowed and there are enough of them,
// and no more than track 3 has (ISO 8583 field 36).
func isTrack(digits []byte, allowed string) bool {
	if len(digits) > 104 || trackStart(len(digits)) < 0 {
		return false
	}
	return len(bytes.Trim(digits, allowed)) == 0
}

// trackStart is where the sixteen digits begin: one byte is left at the end, which of
// an odd number of digits holds one.
func trackStart(n int) int { return n - 18 + n%2 }

// cryptTrack works in place.
func cryptTrack(k Key, digits []byte, back bool) ([]byte, error) {
	c, err := tdes(k.bytes())
	if err != nil {
		clear(digits)
		return nil, fmt.Errorf("track: %w", err)
	}
	window := digits[trackStart(len(digits)):][:2*desBlock]
	block := make([]byte, desBlock)
	defer clear(block)
	if _, err := hex.Decode(block, window); err != nil {
		clear(digits)
		return nil, ErrTrack
	}
	if back {
		c.Decrypt(block, block)
	} else {
		c.Encrypt(block, block)
	}
	hexed := spelt(block)
	copy(window, hexed)
	clear(hexed)
	return digits, nil
}
