package host

import (
	"errors"
	"fmt"

	"github.com/moov-io/iso8583/field"
)

// element is the one field type given to the message library, which packs. Its own
// string field drops leading zeros when padded (STAN 000001 becomes 1), copies every
// value several times and puts values into errors; this one keeps and points.
type element struct {
	slot  *slot
	value []byte // in characters, with room for the length in front
}

var _ field.Field = (*element)(nil)
var _ field.Instantiator = (*element)(nil)

// NewInstance gives an empty field of the same form.
func (e *element) NewInstance() field.Field { return &element{slot: e.slot} }

// Pack checks the value, encodes it over itself and writes its length into the
// room in front of it. The result shares the value's bytes. A field without a value is
// only its bit of the bitmap.
func (e *element) Pack() ([]byte, error) {
	if e.value == nil {
		return nil, nil
	}
	s := e.slot
	v := e.value[min(s.room, len(e.value)):]
	n := len(v)
	if n > s.spec.Length {
		return nil, s.fault(ErrLength)
	}
	if !s.allows(v) {
		return nil, s.fault(ErrCharacter)
	}
	if s.spec.Prefix == 0 && n < s.spec.Length {
		if s.spec.Kind != Text && s.spec.Kind != AlphaNum {
			return nil, s.fault(ErrLength)
		}
		out := append(make([]byte, 0, s.spec.Length), v...)
		for len(out) < s.spec.Length {
			out = append(out, ' ')
		}
		return out, nil
	}
	out := e.value
	switch s.spec.Encoding {
	case BCD:
		out = e.value[:s.room+len(packDigits(v, s.spec.Align))]
	case Hex:
		out = appendHex(make([]byte, s.room, s.room+2*n), v)
	case ASCII:
	}
	s.putLength(out, n)
	return out, nil
}

// putLength writes the length into the room in front of a value.
func (s *slot) putLength(out []byte, n int) {
	if s.spec.Prefix == 0 {
		return
	}
	digits := appendDigits(out[:0], int64(n), s.room)
	if s.spec.LengthIn == BCD {
		for i := len(digits) - 1; i >= 0; i-- {
			digits[i] = byte(n%10) | byte(n/10%10)<<4 //nolint:gosec // two digits
			n /= 100
		}
	}
}

// Unpack is not supported: messages are cut without the library.
func (e *element) Unpack([]byte) (int, error) { return 0, errNotSupported }

// measure reads the length of the field that data begins with and checks its
// characters: n of them, in size bytes with the length.
func (s *slot) measure(data []byte) (n, size int, err error) {
	n = s.spec.Length
	if s.spec.Prefix > 0 {
		if len(data) < s.room {
			return 0, 0, s.fault(ErrShort)
		}
		claim, ok := s.claimed(data[:s.room])
		if !ok || claim > s.spec.Length {
			return 0, 0, s.fault(ErrLength)
		}
		n = claim
	}
	size = s.room + s.bytes(n)
	if len(data) < size {
		return 0, 0, s.fault(ErrShort)
	}
	if !s.encodes(data[s.room:size], n) {
		return 0, 0, s.fault(ErrCharacter)
	}
	return n, size, nil
}

// claimed is the number the length says; false when it is none.
func (s *slot) claimed(head []byte) (int, bool) {
	if s.spec.LengthIn != BCD {
		return digitsInt(head), Numeric.allows(head)
	}
	n := 0
	for _, b := range head {
		if b>>4 > 9 || b&0xF > 9 {
			return 0, false
		}
		n = n*100 + int(b>>4)*10 + int(b&0xF)
	}
	return n, true
}

// bytes is how many bytes n characters take.
func (s *slot) bytes(n int) int {
	switch s.spec.Encoding {
	case BCD:
		return (n + 1) / 2
	case Hex:
		return 2 * n
	default:
		return n
	}
}

// encodes reports whether the bytes are n characters of the field's kind.
func (s *slot) encodes(raw []byte, n int) bool {
	switch s.spec.Encoding {
	case BCD:
		return packedAllows(raw, n, s.spec.Kind, s.sealed, s.spec.Align)
	case Hex:
		return isHex(raw)
	default:
		return s.allows(raw)
	}
}

// characters gives the n characters of an encoded value, in scratch where they
// are not there as they stand.
func (s *slot) characters(raw []byte, n int, scratch []byte) (value, rest []byte) {
	from := len(scratch)
	switch s.spec.Encoding {
	case BCD:
		scratch = unpackDigits(scratch, raw, n, s.spec.Align)
	case Hex:
		scratch = appendUnhex(scratch, raw)
	default:
		return raw, scratch
	}
	return scratch[from:len(scratch):len(scratch)], scratch
}

// allows reports whether every character belongs to the field. A track that may
// be encrypted is hexadecimal digits, or one in clear.
func (s *slot) allows(v []byte) bool {
	return s.spec.Kind.allows(v) || s.sealed && isHex(v)
}

// SetBytes sets the value without copying it: room for the length, then the
// value.
func (e *element) SetBytes(b []byte) error { e.value = b; return nil }

// Bytes is the value, not copied.
func (e *element) Bytes() ([]byte, error) { return e.value, nil }

// Spec is the library's description of the field.
func (e *element) Spec() *field.Spec { return &e.slot.lib }

// SetSpec is not supported: the form comes from the profile.
func (e *element) SetSpec(*field.Spec) {}

// String never shows the value: the library's describers print what it gives.
func (e *element) String() (string, error) { return fmt.Sprintf("(%d bytes)", len(e.value)), nil }

var errNotSupported = errors.New("fields are set and read by SetBytes and Bytes only")

// Marshal is not supported.
func (e *element) Marshal(any) error { return errNotSupported }

// Unmarshal is not supported.
func (e *element) Unmarshal(any) error { return errNotSupported }

// SetData is not supported.
func (e *element) SetData(any) error { return errNotSupported }
