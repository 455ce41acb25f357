package keys

import (
	"crypto/aes"
	"crypto/cipher"
	"crypto/hkdf"
	"crypto/rand"
	"crypto/sha256"
	"fmt"
)

// Sealer encrypts what a data folder keeps. What is sealed opens only with the same
// bound bytes, which say what it is and whose.
type Sealer interface {
	Seal(clear, bound []byte) ([]byte, error)
	// Open gives [ErrSealed] for anything Seal did not make with these bound bytes.
	Open(sealed, bound []byte) ([]byte, error)
}

// masterLen is the length of the key a data folder is sealed under.
const masterLen = 32

// NewSealer makes the sealer of a data folder's keys from the folder's master key, the
// 32 bytes under which the journal seals card data too, by a key of its own
// (HKDF-SHA-256). It seals by AES-256-GCM under a random nonce. The caller wipes the
// master key.
func NewSealer(master []byte) (Sealer, error) {
	if len(master) != masterLen {
		return nil, fmt.Errorf("sealer: %w", ErrKeyLength)
	}
	key, err := hkdf.Key(sha256.New, master, nil, "vpos keys 1 store", masterLen)
	if err != nil {
		return nil, fmt.Errorf("sealer: %w", err)
	}
	defer clear(key)
	block, err := aes.NewCipher(key)
	if err != nil {
		return nil, fmt.Errorf("sealer: %w", err)
	}
	gcm, err := cipher.NewGCM(block)
	if err != nil {
		return nil, fmt.Errorf("sealer: %w", err)
	}
	return &sealer{gcm}, nil
}

type sealer struct{ gcm cipher.AEAD }

// Seal gives nonce and ciphertext.
func (s *sealer) Seal(clear, bound []byte) ([]byte, error) {
	nonce := make([]byte, s.gcm.NonceSize(), s.gcm.NonceSize()+len(clear)+s.gcm.Overhead())
	_, _ = rand.Read(nonce) // never fails: crypto/rand ends the program instead
	return s.gcm.Seal(nonce, nonce, clear, bound), nil
}

// Open is the way back.
func (s *sealer) Open(sealed, bound []byte) ([]byte, error) {
	if len(sealed) < s.gcm.NonceSize() {
		return nil, ErrSealed
	}
	clear, err := s.gcm.Open(nil, sealed[:s.gcm.NonceSize()], sealed[s.gcm.NonceSize():], bound)
	if err != nil {
		return nil, ErrSealed // the cipher's own words add nothing
	}
	return clear, nil
}

// Format hides what the sealer holds under every verb.
func (s *sealer) Format(f fmt.State, _ rune) { _, _ = f.Write([]byte("sealer")) }
