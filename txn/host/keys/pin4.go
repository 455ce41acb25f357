package keys

import (
	"bytes"
	"crypto/aes"
	"crypto/subtle"
	"encoding/hex"
	"fmt"
	"io"

	"vpos/reader"
)

// sealPIN4 encrypts the PIN field, adds the PAN field, and encrypts again: ISO 9564-1,
// 9.4.2. Eight random bytes make two blocks of one PIN differ.
func sealPIN4(k Key, pin reader.Secret, pan reader.PAN, random io.Reader) ([]byte, error) {
	c, err := aesCipher(k.bytes())
	if err != nil {
		return nil, fmt.Errorf("PIN block: %w", err)
	}
	account, err := panField4(pan)
	defer clear(account)
	if err != nil {
		return nil, err
	}
	block, err := pinField(ISO4, pin, random)
	if err != nil {
		return nil, err
	}
	defer func() { clear(block) }()
	block = append(block, make([]byte, aes.BlockSize-len(block))...)
	if _, err := io.ReadFull(random, block[desBlock:]); err != nil {
		return nil, fmt.Errorf("PIN block: %w", err)
	}
	return chain4(func(out, in []byte) { c.Encrypt(out, in) }, block, account), nil
}

func openPIN4(k Key, block []byte, pan reader.PAN) (reader.Secret, error) {
	c, err := aesCipher(k.bytes())
	if err != nil {
		return reader.Secret{}, fmt.Errorf("PIN block: %w", err)
	}
	account, err := panField4(pan)
	defer clear(account)
	if err != nil {
		return reader.Secret{}, err
	}
	if len(block) != aes.BlockSize {
		return reader.Secret{}, ErrPINBlock
	}
	field := chain4(func(out, in []byte) { c.Decrypt(out, in) }, block, account)
	defer clear(field)
	return readPIN(ISO4, field[:desBlock])
}

// chain4 is one step, the PAN field, and the step again: there and back alike.
func chain4(step func(out, in []byte), block, account []byte) []byte {
	out := make([]byte, aes.BlockSize)
	step(out, block)
	subtle.XORBytes(out, out, account)
	step(out, out)
	return out
}

// panField4 is one digit for the length beyond twelve, the whole number, and zeros.
func panField4(pan reader.PAN) ([]byte, error) {
	digits := pan.Reveal()
	if len(digits) < 12 || len(digits) > 19 {
		return nil, ErrPAN
	}
	text := bytes.Repeat([]byte{'0'}, 2*aes.BlockSize)
	defer clear(text)
	text[0] = "01234567"[len(digits)-12]
	copy(text[1:], digits)
	field := make([]byte, aes.BlockSize)
	if _, err := hex.Decode(field, text); err != nil {
		return nil, ErrPAN
	}
	return field, nil
}
