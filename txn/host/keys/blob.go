package keys

import (
	"bytes"
	"crypto/subtle"
	"fmt"
	"io"
	"slices"
)

// place is where a session key lies in a blob: so many bytes, then its check value.
type place struct {
	part Part
	size int
}

// checkSize is the length of a check value in a blob.
const checkSize = 4

// parts is a layout in order; nil for none.
func (b Blob) parts() []place {
	switch b {
	case Blob24:
		return []place{{PIK, 8}, {MAK, 8}}
	case Blob40:
		return []place{{PIK, 16}, {MAK, 16}}
	case Blob60:
		return []place{{PIK, 16}, {MAK, 16}, {TDK, 16}}
	default:
		return nil
	}
}

// size is the length of a layout in bytes.
func (b Blob) size() int {
	n := 0
	for _, p := range b.parts() {
		n += p.size + checkSize
	}
	return n
}

// sessionKeys are the keys of a session.
type sessionKeys map[Part]Key

func (s sessionKeys) wipe() {
	for _, k := range s {
		k.Wipe()
	}
}

// unwrap takes the keys of a blob from under the master key. All or none: the error is
// of the first key whose check value differs, a [*PartError].
func (b Blob) unwrap(tmk Key, blob []byte) (sessionKeys, error) {
	c, err := tdes(tmk.bytes())
	if err != nil {
		return nil, fmt.Errorf("master key: %w", err)
	}
	if len(b.parts()) == 0 || len(blob) != b.size() {
		return nil, ErrBlob
	}
	found := sessionKeys{}
	for _, p := range b.parts() {
		sealed, check := blob[:p.size], blob[p.size:p.size+checkSize]
		blob = blob[p.size+checkSize:]
		// A single-length MAK in the place of a double one is followed by zeros, which
		// are not encrypted.
		if p.part == MAK && p.size == 16 && bytes.Equal(sealed[8:], make([]byte, 8)) {
			sealed = sealed[:8]
		}
		k, err := own(decryptECB(c, sealed))
		if err == nil {
			found[p.part] = k
			err = k.matches(check)
		}
		if err != nil {
			found.wipe()
			return nil, &PartError{p.part, err}
		}
	}
	return found, nil
}

// matches compares a check value of any length up to a block.
func (k Key) matches(check []byte) error {
	whole, err := zeros(k)
	if err != nil {
		return err
	}
	if subtle.ConstantTimeCompare(whole[:len(check)], check) != 1 {
		return ErrCheckValue
	}
	return nil
}

// wrap makes new keys of random bytes and the blob that carries them.
func (b Blob) wrap(tmk Key, mac MAC, random io.Reader) (sessionKeys, []byte, error) {
	c, err := tdes(tmk.bytes())
	if err != nil {
		return nil, nil, fmt.Errorf("master key: %w", err)
	}
	dealt := sessionKeys{}
	var blob []byte
	for _, p := range b.parts() {
		size := p.size
		if lengths := mac.lengths(); p.part == MAK && len(lengths) > 0 {
			size = lengths[0]
		}
		k, check, err := deal(size, random)
		if err != nil {
			dealt.wipe()
			return nil, nil, &PartError{p.part, err}
		}
		dealt[p.part] = k
		blob = slices.Concat(blob, encryptECB(c, k.bytes()), make([]byte, p.size-size), check)
	}
	return dealt, blob, nil
}

// deal makes one key of odd parity and its check value.
func deal(size int, random io.Reader) (Key, []byte, error) {
	b := make([]byte, size)
	if _, err := io.ReadFull(random, b); err != nil {
		return Key{}, nil, fmt.Errorf("random: %w", err)
	}
	oddParity(b)
	k, err := own(b)
	if err != nil {
		return Key{}, nil, err
	}
	whole, err := zeros(k)
	if err != nil {
		return Key{}, nil, err
	}
	return k, whole[:checkSize], nil
}
