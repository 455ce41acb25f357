package keys

import (
	"crypto/cipher"
	"crypto/subtle"
)

// cmacOf is the whole CMAC of a message: NIST SP 800-38B, ISO/IEC 9797-1 algorithm 5.
func cmacOf(c Cipher, k Key, message []byte) ([]byte, error) {
	open := tdes
	if c == AES {
		open = aesCipher
	}
	b, err := open(k.bytes())
	if err != nil {
		return nil, err
	}
	return cmac(b, message), nil
}

func cmac(b cipher.Block, message []byte) []byte {
	size := b.BlockSize()
	k1 := make([]byte, size)
	b.Encrypt(k1, k1)
	k1 = double(k1)
	// All blocks but the last are chained; the last is masked, so that a message and
	// its continuation have nothing in common (SP 800-38B, 6.2).
	whole := max(0, (len(message)-1)/size) * size
	last := make([]byte, size)
	if tail := message[whole:]; len(tail) == size {
		subtle.XORBytes(last, tail, k1)
	} else {
		last[copy(last, tail)] = 0x80
		subtle.XORBytes(last, last, double(k1))
	}
	chain := cbcMAC(b, message[:whole])
	subtle.XORBytes(chain, chain, last)
	b.Encrypt(chain, chain)
	return chain
}

// double multiplies by x in the field of the block size: SP 800-38B, 6.1.
func double(in []byte) []byte {
	out := make([]byte, len(in))
	for i := range in {
		out[i] = in[i] << 1
		if i+1 < len(in) {
			out[i] |= in[i+1] >> 7
		}
	}
	if in[0]&0x80 != 0 {
		if len(in) == desBlock {
			out[len(out)-1] ^= 0x1B
		} else {
			out[len(out)-1] ^= 0x87
		}
	}
	return out
}

// cbcMAC chains whole blocks from a zero start and gives the last; zeros for none.
func cbcMAC(b cipher.Block, blocks []byte) []byte {
	chain := make([]byte, b.BlockSize())
	for ; len(blocks) > 0; blocks = blocks[len(chain):] {
		subtle.XORBytes(chain, chain, blocks[:len(chain)])
		b.Encrypt(chain, chain)
	}
	return chain
}
