package keys

import (
	"encoding/binary"
	"fmt"
)

// aesScheme is ANSI X9.24-3: eight bytes that name the initial key and four of counter,
// with at most sixteen ones, which makes about two thousand million keys.
var aesScheme = scheme{
	ksnLen: 12, counter: 1<<32 - 1, ones: 16,
	keyFits: func(k Key) bool { return k.Len() >= 16 },
	initial: aesInitial, derive: aesDerive,
}

// What a derived key is for, X9.24-3 table 2.
const (
	aesForPIN       = 0x1000
	aesForMAC       = 0x2000
	aesForMACReply  = 0x2001
	aesForData      = 0x3000
	aesForDataReply = 0x3001
	aesForKeys      = 0x8000 // the keys between
	aesForInitial   = 0x8001
)

// aesInitial derives the initial key from the base key: X9.24-3, 6.3.3.
func aesInitial(bdk Key, name []byte) (Key, error) {
	return aesStep(bdk, aesForInitial, name[:8])
}

// aesDerive goes down one step for each one in the counter, from the left, and one more
// for the usage: X9.24-3, 6.3.4 and 6.4. A working key is as long as the initial key.
func aesDerive(initial Key, name []byte, counter uint32, u Usage) (Key, error) {
	code, ok := map[Usage]uint16{
		ForPIN: aesForPIN, ForMAC: aesForMAC, ForMACReply: aesForMACReply, ForData: aesForData, ForDataReply: aesForDataReply,
	}[u]
	if !ok {
		return Key{}, fmt.Errorf("DUKPT usage %q: %w", u, ErrRules)
	}
	at := make([]byte, 8) // the last four bytes of the name, and the counter so far
	copy(at, name[4:8])
	key := initial.Clone()
	defer func() { key.Wipe() }()
	for bit := uint32(1) << 31; bit > 0; bit >>= 1 {
		if counter&bit == 0 {
			continue
		}
		binary.BigEndian.PutUint32(at[4:], binary.BigEndian.Uint32(at[4:])|bit)
		next, err := aesStep(key, aesForKeys, at)
		key.Wipe()
		if err != nil {
			return Key{}, err
		}
		key = next
	}
	return aesStep(key, code, at)
}

// aesStep derives one key as long as the one it comes from: so many blocks of derivation
// data under it, X9.24-3, 6.3.2.
func aesStep(from Key, usage uint16, at []byte) (Key, error) {
	c, err := aesCipher(from.bytes())
	if err != nil {
		return Key{}, err
	}
	size := from.Len()
	data := make([]byte, 16)
	data[0] = 1 // version
	binary.BigEndian.PutUint16(data[2:], usage)
	binary.BigEndian.PutUint16(data[4:], uint16(size/8)) //nolint:gosec // 2, 3, 4: AES-128, -192, -256
	binary.BigEndian.PutUint16(data[6:], uint16(8*size)) //nolint:gosec // bits, at most 256
	copy(data[8:], at)
	var out []byte
	for block := byte(1); len(out) < size; block++ {
		data[1] = block
		out = append(out, encryptECB(c, data)...)
	}
	defer clear(out)
	return NewKey(out[:size])
}
