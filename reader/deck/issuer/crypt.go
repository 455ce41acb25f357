package issuer

import (
	"bytes"
	"crypto/cipher"
	"crypto/des" //nolint:gosec // the cipher of EMV Book 2, B1.1
	"fmt"
	"io"
	"log/slog"
	"math/bits"
)

// block is the size of DES blocks.
const block = des.BlockSize

// Key is a double-length DES key (EMV Book 2, B1.1). It prints as its check
// value.
type Key [2 * block]byte

// Check is the key check value: the first three bytes of a block of zeros
// enciphered. It says which key it is and nothing of it.
func (k Key) Check() [3]byte { return [3]byte(k.encipher(make([]byte, block))[:3]) }

// String is the check value.
func (k Key) String() string { c := k.Check(); return fmt.Sprintf("key[%X]", c[:]) }

// Format prints String under every verb.
func (k Key) Format(f fmt.State, _ rune) { _, _ = io.WriteString(f, k.String()) }

// GoString is String.
func (k Key) GoString() string { return k.String() }

// LogValue is String.
func (k Key) LogValue() slog.Value { return slog.StringValue(k.String()) }

// MarshalText is String.
func (k Key) MarshalText() ([]byte, error) { return []byte(k.String()), nil }

// triple is the cipher of the key: encipher with the left half, decipher with
// the right, encipher with the left.
func (k Key) triple() cipher.Block {
	c, _ := des.NewTripleDESCipher(append(k[:], k[:block]...)) //nolint:gosec // see the import; 24 bytes always are a key
	return c
}

// encipher is block by block (ECB), for whole blocks.
func (k Key) encipher(data []byte) []byte {
	c, out := k.triple(), make([]byte, len(data))
	for i := 0; i+block <= len(data); i += block {
		c.Encrypt(out[i:], data[i:i+block])
	}
	return out
}

// decipher undoes encipher.
func (k Key) decipher(data []byte) []byte {
	c, out := k.triple(), make([]byte, len(data))
	for i := 0; i+block <= len(data); i += block {
		c.Decrypt(out[i:], data[i:i+block])
	}
	return out
}

// mac is the retail MAC over padded data (Book 2, A1.2.1; ISO/IEC 9797-1
// algorithm 3): single DES with the left half, the last block with both.
func (k Key) mac(padded []byte) [block]byte {
	left, _ := des.NewCipher(k[:block])  //nolint:gosec // see the import; 8 bytes always are a key
	right, _ := des.NewCipher(k[block:]) //nolint:gosec // as above
	var h [block]byte
	for ; len(padded) >= block; padded = padded[block:] {
		for i := range h {
			h[i] ^= padded[i]
		}
		left.Encrypt(h[:], h[:])
	}
	right.Decrypt(h[:], h[:])
	left.Encrypt(h[:], h[:])
	return h
}

// pad80 is ISO/IEC 9797-1 padding method 2: 80, then zeros to a whole block.
func pad80(data []byte) []byte { return pad00(append(bytes.Clone(data), 0x80)) }

// pad00 is method 1: zeros to a whole block, none where it is one.
func pad00(data []byte) []byte {
	return append(bytes.Clone(data), make([]byte, (block-len(data)%block)%block)...)
}

// odd gives every byte odd parity, as derived keys have it (Book 2, A1.4).
func (k Key) odd() Key {
	for i, b := range k {
		if bits.OnesCount8(b)%2 == 0 {
			k[i] ^= 1
		}
	}
	return k
}

// xor gives a with b laid over its end.
func xor(a, b []byte) []byte {
	out := bytes.Clone(a)
	for i := range b {
		out[len(out)-len(b)+i] ^= b[i]
	}
	return out
}
