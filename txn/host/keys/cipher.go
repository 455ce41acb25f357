package keys

import (
	"crypto/aes"
	"crypto/cipher"
	"crypto/des" //nolint:gosec // acquirers use it
	"fmt"
)

// desBlock is the block length of DES in bytes, and of every key check on it.
const desBlock = 8

// tdes is DES under 8 bytes, triple DES (encrypt, decrypt, encrypt) under 16 or 24:
// ISO/IEC 18033-3, 4.2. With K1 = K2 = K3 triple DES is DES, so one cipher does all.
func tdes(key []byte) (cipher.Block, error) {
	long := make([]byte, 0, 24)
	switch len(key) {
	case 8:
		long = append(append(append(long, key...), key...), key...)
	case 16:
		long = append(append(long, key...), key[:8]...)
	case 24:
		long = append(long, key...)
	default:
		return nil, fmt.Errorf("DES: %w", ErrKeyLength)
	}
	defer clear(long)
	b, err := des.NewTripleDESCipher(long) //nolint:gosec // acquirers use it
	if err != nil {
		return nil, fmt.Errorf("DES: %w", err)
	}
	return b, nil
}

// aesCipher is AES under 16, 24 or 32 bytes.
func aesCipher(key []byte) (cipher.Block, error) {
	if len(key) < 16 {
		return nil, fmt.Errorf("AES: %w", ErrKeyLength)
	}
	b, err := aes.NewCipher(key)
	if err != nil {
		return nil, fmt.Errorf("AES: %w", err)
	}
	return b, nil
}

// encryptECB gives whole blocks, each on its own; data is a multiple of the block.
func encryptECB(c cipher.Block, data []byte) []byte {
	out := make([]byte, len(data))
	for i := 0; i < len(data); i += c.BlockSize() {
		c.Encrypt(out[i:], data[i:])
	}
	return out
}

// decryptECB is the way back.
func decryptECB(c cipher.Block, data []byte) []byte {
	out := make([]byte, len(data))
	for i := 0; i < len(data); i += c.BlockSize() {
		c.Decrypt(out[i:], data[i:])
	}
	return out
}
