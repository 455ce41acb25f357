package keys

import (
	"bytes"
	"crypto/rand"
	"crypto/subtle"
	"encoding/hex"
	"fmt"
	"io"

	"vpos/reader"
)

// SealPIN makes a PIN block of a form and encrypts it: eight bytes under DES of any
// length for [ISO0], [ISO1] and [ISO3], sixteen under AES for [ISO4]. random fills what
// the form leaves to chance; nil is the system's own.
//
// Errors: [ErrPIN], [ErrPAN], [ErrKeyLength].
func SealPIN(f PINFormat, k Key, pin reader.Secret, pan reader.PAN, random io.Reader) ([]byte, error) {
	if random == nil {
		random = rand.Reader
	}
	if err := checkPIN(pin.Reveal()); err != nil {
		return nil, err
	}
	if f == ISO4 {
		return sealPIN4(k, pin, pan, random)
	}
	c, err := tdes(k.bytes())
	if err != nil {
		return nil, fmt.Errorf("PIN block: %w", err)
	}
	clearBlock, err := pinField(f, pin, random)
	defer clear(clearBlock)
	if err == nil {
		err = mixPAN(f, clearBlock, pan)
	}
	if err != nil {
		return nil, err
	}
	return encryptECB(c, clearBlock), nil
}

// OpenPIN is the way back. Whatever is wrong with a block, be it the key, the number
// or the form, is [ErrPINBlock] and no more.
func OpenPIN(f PINFormat, k Key, block []byte, pan reader.PAN) (reader.Secret, error) {
	if f == ISO4 {
		return openPIN4(k, block, pan)
	}
	c, err := tdes(k.bytes())
	if err != nil {
		return reader.Secret{}, fmt.Errorf("PIN block: %w", err)
	}
	if len(block) != desBlock {
		return reader.Secret{}, ErrPINBlock
	}
	clearBlock := decryptECB(c, block)
	defer clear(clearBlock)
	if err := mixPAN(f, clearBlock, pan); err != nil {
		return reader.Secret{}, err
	}
	return readPIN(f, clearBlock)
}

func checkPIN(pin []byte) error {
	if len(pin) < 4 || len(pin) > 12 {
		return ErrPIN
	}
	for _, d := range pin {
		if d < '0' || d > '9' {
			return ErrPIN
		}
	}
	return nil
}

// control is the first digit of a block, which names its form.
func (f PINFormat) control() (byte, error) {
	switch f {
	case ISO0:
		return '0', nil
	case ISO1:
		return '1', nil
	case ISO3:
		return '3', nil
	case ISO4:
		return '4', nil
	default:
		return 0, fmt.Errorf("PIN block %q: %w", f, ErrRules)
	}
}

// pinField is control, length, PIN and fill, eight bytes: ISO 9564-1, 9.3.2 (form 0), 9.3.3
// (1), 9.3.5 (3) and the first half of form 4, 9.4.2.
func pinField(f PINFormat, pin reader.Secret, random io.Reader) ([]byte, error) {
	control, err := f.control()
	if err != nil {
		return nil, err
	}
	digits := make([]byte, 0, 16)
	digits = append(digits, control, "0123456789ABC"[pin.Len()])
	digits = append(digits, pin.Reveal()...)
	defer func() { clear(digits) }()
	fill, err := pinFill(f, 16-len(digits), random)
	if err != nil {
		return nil, err
	}
	digits = append(digits, fill...)
	field := make([]byte, desBlock, 2*desBlock) // form 4 goes on in it: one that grew would leave the PIN behind
	if _, err := hex.Decode(field, digits); err != nil {
		return nil, ErrPIN
	}
	return field, nil
}

// pinFill is what follows the PIN: F in form 0, A in form 4, any digit in form 1, A to F
// at random in form 3.
func pinFill(f PINFormat, n int, random io.Reader) ([]byte, error) {
	fill := make([]byte, n)
	switch f {
	case ISO1, ISO3:
		if _, err := io.ReadFull(random, fill); err != nil {
			return nil, fmt.Errorf("PIN block: %w", err)
		}
		for i, b := range fill {
			if f == ISO1 {
				fill[i] = "0123456789ABCDEF"[b%16]
			} else {
				fill[i] = "ABCDEF"[b%6]
			}
		}
		return fill, nil
	case ISO4:
		return bytes.Repeat([]byte{'A'}, n), nil
	default:
		return bytes.Repeat([]byte{'F'}, n), nil
	}
}

// mixPAN adds the account number field by XOR, both ways: the twelve digits before the
// check digit, with zeros before them (ISO 9564-1, 9.3.2.3). Form 1 has none.
func mixPAN(f PINFormat, block []byte, pan reader.PAN) error {
	if f == ISO1 {
		return nil
	}
	digits := pan.Reveal()
	if len(digits) < 12 {
		return ErrPAN
	}
	digits = digits[max(0, len(digits)-13) : len(digits)-1]
	text := bytes.Repeat([]byte{'0'}, 16)
	defer clear(text)
	copy(text[16-len(digits):], digits)
	field := make([]byte, desBlock)
	defer clear(field)
	if _, err := hex.Decode(field, text); err != nil {
		return ErrPAN
	}
	subtle.XORBytes(block, block, field)
	return nil
}

// readPIN takes a PIN out of a PIN field, after looking at every digit of it.
func readPIN(f PINFormat, field []byte) (reader.Secret, error) {
	control, err := f.control()
	if err != nil {
		return reader.Secret{}, err
	}
	digits := spelt(field)
	defer clear(digits)
	n := bytes.IndexByte([]byte("0123456789ABC"), digits[1])
	if digits[0] != control || n < 4 || checkPIN(digits[2:2+n]) != nil || !filled(f, digits[2+n:]) {
		return reader.Secret{}, ErrPINBlock
	}
	return reader.NewSecret(digits[2 : 2+n]), nil
}

// filled reports whether the fill is one its form allows.
func filled(f PINFormat, fill []byte) bool {
	for _, d := range fill {
		ok := true
		switch f {
		case ISO0:
			ok = d == 'F'
		case ISO3:
			ok = d >= 'A'
		case ISO4:
			ok = d == 'A'
		default:
		}
		if !ok {
			return false
		}
	}
	return true
}
