package keys

import (
	"bytes"
	"math/bits"
	"slices"

	"vpos/reader"
)

// Cipher names what a key is for, where the length does not tell.
type Cipher string

// The ciphers.
const (
	TDES Cipher = "tdes" // single, double or triple length DES
	AES  Cipher = "aes"
)

// CheckValue is the key's check value, three bytes that name a key and do not give
// it away.
//
// TDES: the first bytes of eight zero bytes encrypted under the key (ANSI X9.24-1,
// annex A, the older of its two methods, and what terminals print). AES: the first
// bytes of the CMAC of a block of sixteen zero bytes (the same annex, the newer one).
func (k Key) CheckValue(c Cipher) ([3]byte, error) {
	var v [3]byte
	var whole []byte
	var err error
	if c == AES {
		whole, err = cmacOf(c, k, make([]byte, 16))
	} else {
		whole, err = zeros(k)
	}
	copy(v[:], whole)
	return v, err
}

// zeros is eight zero bytes under the key.
func zeros(k Key) ([]byte, error) {
	c, err := tdes(k.bytes())
	if err != nil {
		return nil, err
	}
	return encryptECB(c, make([]byte, desBlock)), nil
}

// OddParity reports whether every byte has an odd number of ones, as the bytes of a
// DES key have: the lowest bit of each is a check on the other seven (FIPS 46-3). AES
// keys have no parity.
func (k Key) OddParity() bool {
	return !k.Empty() && !slices.ContainsFunc(k.bytes(), func(b byte) bool { return bits.OnesCount8(b)%2 == 0 })
}

// WithOddParity is a copy whose bytes all have an odd number of ones. To DES it is the
// same key.
func (k Key) WithOddParity() Key {
	b := slices.Clone(k.bytes())
	defer clear(b)
	oddParity(b)
	return Key{reader.NewSecret(b)}
}

// Halved reports whether a DES key of double or triple length has two parts alike, so
// that triple DES comes down to less: to single DES where neighbours are alike.
func (k Key) Halved() bool {
	b := ignoringParity(k.bytes())
	defer clear(b)
	switch len(b) {
	case 16:
		return bytes.Equal(b[:8], b[8:])
	case 24:
		return bytes.Equal(b[:8], b[8:16]) || bytes.Equal(b[8:16], b[16:])
	default:
		return false
	}
}

// oddParity sets the lowest bit of each byte so that its ones are odd in number.
func oddParity(key []byte) {
	for i, b := range key {
		key[i] = b&^1 | byte(1-bits.OnesCount8(b>>1)%2)
	}
}

// ignoringParity is a copy of a key with the lowest bit of every byte clear: what of
// it DES looks at.
func ignoringParity(key []byte) []byte {
	out := slices.Clone(key)
	for i := range out {
		out[i] &^= 1
	}
	return out
}
