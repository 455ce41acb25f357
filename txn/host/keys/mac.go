package keys

import (
	"crypto/subtle"
	"encoding/hex"
	"fmt"
	"slices"
)

// MAC is a method of message authentication, fields 64 and 128. Empty is none.
type MAC string

// The methods.
const (
	NoMAC    MAC = ""
	X9_9     MAC = "x9.9"      // ISO/IEC 9797-1 algorithm 1, padding 1, single DES
	X9_19    MAC = "x9.19"     // ISO/IEC 9797-1 algorithm 3, padding 1: the retail MAC
	CMACTDES MAC = "cmac-tdes" // SP 800-38B over triple DES
	CMACAES  MAC = "cmac-aes"  // SP 800-38B over AES, the first eight bytes
	UnionPay MAC = "unionpay"  // the ECB method: the bytes are eight hexadecimal characters
)

// MACs lists the methods, for tables and tests.
func MACs() []MAC { return []MAC{X9_9, X9_19, CMACTDES, CMACAES, UnionPay} }

// lengths are those of the keys a method takes, the one a host deals first.
func (m MAC) lengths() []int {
	switch m {
	case X9_9:
		return []int{8}
	case X9_19:
		return []int{16}
	case CMACTDES:
		return []int{16, 24}
	case CMACAES:
		return []int{16, 24, 32}
	case UnionPay:
		return []int{8, 16}
	default:
		return nil
	}
}

// Sum is the code of a message under a key. The eight bytes of [UnionPay] are
// ASCII: 0 to 9 and A to F.
//
// A key of the wrong length is [ErrKeyLength], an unknown method [ErrMethod].
func (m MAC) Sum(k Key, message []byte) ([8]byte, error) {
	allowed := m.lengths()
	switch {
	case allowed == nil:
		return [8]byte{}, fmt.Errorf("MAC: %w", ErrMethod)
	case !slices.Contains(allowed, k.Len()):
		return [8]byte{}, fmt.Errorf("MAC %s: %w", m, ErrKeyLength)
	}
	sum, err := m.sum(k, message)
	if err != nil {
		return [8]byte{}, fmt.Errorf("MAC %s: %w", m, err)
	}
	return [8]byte(sum), nil
}

func (m MAC) sum(k Key, message []byte) ([]byte, error) {
	switch m {
	case CMACTDES:
		return cmacOf(TDES, k, message)
	case CMACAES:
		return cmacOf(AES, k, message)
	case UnionPay:
		return unionPayMAC(k, message)
	case X9_19:
		return retailMAC(k, message)
	default:
		b, err := tdes(k.bytes())
		if err != nil {
			return nil, err
		}
		blocks := padded(message)
		defer clear(blocks)
		return cbcMAC(b, blocks), nil
	}
}

// padded fills the last block with zeros: padding method 1 of ISO/IEC 9797-1, by
// which an empty message is one block of zeros. It is a copy with the card number in it:
// whoever takes it wipes it.
func padded(message []byte) []byte {
	out := make([]byte, max(1, (len(message)+desBlock-1)/desBlock)*desBlock)
	copy(out, message)
	return out
}

// retailMAC chains under the left half of the key and finishes the last block with
// triple DES: decrypt under the right half, encrypt under the left.
func retailMAC(k Key, message []byte) ([]byte, error) {
	left, err := tdes(k.bytes()[:8])
	if err != nil {
		return nil, err
	}
	right, err := tdes(k.bytes()[8:])
	if err != nil {
		return nil, err
	}
	blocks := padded(message)
	defer clear(blocks)
	sum := cbcMAC(left, blocks)
	right.Decrypt(sum, sum)
	left.Encrypt(sum, sum)
	return sum, nil
}

// unionPayMAC folds the message into one block by XOR, writes that block as sixteen
// hexadecimal characters, chains the two halves of those under the key, and gives the
// first eight characters of the result. Under a double-length key both steps are
// triple DES.
func unionPayMAC(k Key, message []byte) ([]byte, error) {
	b, err := tdes(k.bytes())
	if err != nil {
		return nil, err
	}
	fold := make([]byte, desBlock)
	blocks := padded(message)
	defer clear(blocks)
	for rest := blocks; len(rest) > 0; rest = rest[desBlock:] {
		subtle.XORBytes(fold, fold, rest[:desBlock])
	}
	sum := cbcMAC(b, spelt(fold))
	return spelt(sum)[:8], nil
}

// spelt is in upper-case hexadecimal, in bytes that can be wiped: they may spell a PIN.
func spelt(b []byte) []byte {
	out := hex.AppendEncode(make([]byte, 0, 2*len(b)), b)
	for i, c := range out {
		if c >= 'a' {
			out[i] = c - 'a' + 'A'
		}
	}
	return out
}
