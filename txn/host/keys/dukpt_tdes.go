package keys

import (
	"crypto/subtle"
	"fmt"
)

// tdesScheme is ANSI X9.24-1: 21 bits of counter at the end of ten bytes, with at most
// ten ones, which makes about a million keys.
var tdesScheme = scheme{
	ksnLen: 10, counter: 1<<21 - 1, ones: 10,
	keyFits: func(k Key) bool { return k.Len() == 16 },
	initial: tdesInitial, derive: tdesDerive,
}

// half is what a double-length key is mixed with to get its other half.
var half = []byte{
	0xC0, 0xC0, 0xC0, 0xC0, 0, 0, 0, 0,
	0xC0, 0xC0, 0xC0, 0xC0, 0, 0, 0, 0,
}

// xor is two keys' worth of bytes mixed.
func xor(a, b []byte) []byte {
	out := make([]byte, len(a))
	subtle.XORBytes(out, a, b)
	return out
}

// tdesInitial encrypts the first eight bytes of the serial number under the base key
// and under its other form: X9.24-1, annex A.6.
func tdesInitial(bdk Key, name []byte) (Key, error) {
	other := xor(bdk.bytes(), half)
	defer clear(other)
	left, err := tdes(bdk.bytes())
	if err != nil {
		return Key{}, err
	}
	right, err := tdes(other)
	if err != nil {
		return Key{}, err
	}
	return own(append(encryptECB(left, name[:8]), encryptECB(right, name[:8])...))
}

// tdesDerive goes down one step for each one in the counter, from the left, and gives
// the last key the usage's own bits: X9.24-1, annex A.3 and table A-1.
func tdesDerive(initial Key, name []byte, counter uint32, u Usage) (Key, error) {
	at, ok := map[Usage]int{ForPIN: 7, ForMAC: 6, ForMACReply: 4, ForData: 5, ForDataReply: 3}[u]
	if !ok {
		return Key{}, fmt.Errorf("DUKPT usage %q: %w", u, ErrRules)
	}
	register := append([]byte(nil), name[2:]...)
	key := append([]byte(nil), initial.bytes()...)
	defer func() { clear(key) }()
	for bit := uint32(1) << 20; bit > 0; bit >>= 1 {
		if counter&bit == 0 {
			continue
		}
		register[5] |= byte(bit >> 16)
		register[6] |= byte(bit >> 8) //nolint:gosec // one byte of it
		register[7] |= byte(bit)      //nolint:gosec // one byte of it
		next, err := tdesStep(key, register)
		clear(key)
		if err != nil {
			return Key{}, err
		}
		key = next
	}
	key[at] ^= 0xFF
	key[8+at] ^= 0xFF
	if u != ForData && u != ForDataReply {
		return NewKey(key)
	}
	c, err := tdes(key)
	if err != nil {
		return Key{}, err
	}
	return own(encryptECB(c, key))
}

// tdesStep is the way down that nobody can go up: the non-reversible key generation
// process of X9.24-1, annex A.2.
func tdesStep(key, register []byte) ([]byte, error) {
	other := xor(key, half)
	defer clear(other)
	left, err := stepHalf(other, register)
	if err != nil {
		return nil, err
	}
	right, err := stepHalf(key, register)
	if err != nil {
		return nil, err
	}
	return append(left, right...), nil
}

func stepHalf(key, register []byte) ([]byte, error) {
	c, err := tdes(key[:8])
	if err != nil {
		return nil, err
	}
	out := xor(register, key[8:])
	c.Encrypt(out, out)
	subtle.XORBytes(out, out, key[8:])
	return out, nil
}
