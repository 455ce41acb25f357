package host

import (
	"fmt"

	"vpos/txn"
)

// Header is the six bytes UnionPay puts before the message type, as digits:
// application class 2, software major version 2, terminal state 1, processing
// request 1, software minor version 6. The zero value is no header.
type Header struct {
	Class    string // 60 for payments
	Software string // 22, or 31 of today
	State    string // what the terminal is up to: 0 normal
	Minor    string // six digits
}

// headerSize is the bytes of a header.
const headerSize = 6

func (h Header) none() bool { return h == Header{} }

func (h Header) size() int {
	if h.none() {
		return 0
	}
	return headerSize
}

func (h Header) check() error {
	for _, part := range []struct {
		name, digits string
		size         int
	}{{"class", h.Class, 2}, {"software", h.Software, 2}, {"state", h.State, 1}, {"minor", h.Minor, 6}} {
		if !h.none() && !digits(part.digits, part.size) {
			return at("header."+part.name, fmt.Errorf("not %d digits: %w", part.size, ErrLength))
		}
	}
	return nil
}

// append writes a header. The processing request is a host's, 0 in requests.
func (h Header) append(dst []byte, want txn.Want) []byte {
	if h.none() {
		return dst
	}
	text := []byte(h.Class + h.Software + h.State + string(rune('0'+want)) + h.Minor)
	return append(dst, packDigits(text, AlignLeft)...)
}

// read takes a header off the front of a message. Versions and states that are
// not ours are no business of a codec's.
func (h Header) read(raw []byte) (txn.Want, error) {
	switch {
	case h.none():
		return txn.WantNothing, nil
	case len(raw) < headerSize:
		return 0, ErrShort
	case !packedAllows(raw[:headerSize], 2*headerSize, Numeric, false, AlignLeft):
		return 0, ErrCharacter
	}
	return txn.Want(raw[2] & 0xF), nil
}
