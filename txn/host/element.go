package host

import (
	"encoding/hex"
	"errors"
	"fmt"
	"strconv"

	"github.com/moov-io/iso8583/field"
)

// element is the one field type given to the message library. Its own string
// field drops leading zeros when padded (STAN 000001 becomes 1), copies every
// value several times, puts values into errors and cannot tell where it ended;
// this one keeps, points, locates and remembers.
type element struct {
	slot  *slot
	value []byte // coming in, a view into the message; going out, with room for the length in front
	rest  int    // bytes of the message after this field, when unpacked
}

// slot is one field of a compiled profile.
type slot struct {
	spec   FieldSpec
	holder holder
	at     FieldError // a template: profile, path and name
	lib    field.Spec // for the library's own messages, without values
}

var _ field.Field = (*element)(nil)
var _ field.Instantiator = (*element)(nil)

func newSlot(profile string, spec FieldSpec) *slot {
	return &slot{
		spec: spec, holder: holders[spec.Holds],
		at:  FieldError{Profile: profile, Path: strconv.Itoa(spec.Number), Name: spec.Name},
		lib: field.Spec{Length: spec.Length, Description: spec.Name},
	}
}

// fault is err at this field, or at the tag below it that err names.
func (s *slot) fault(err error) error {
	at := s.at
	at.Err = err
	var tag *tagError
	if errors.As(err, &tag) {
		at.Path, at.Err = at.Path+"."+tag.tag, tag.err
	}
	return &at
}

// NewInstance gives an empty field of the same form.
func (e *element) NewInstance() field.Field { return &element{slot: e.slot} }

// Pack checks the value and writes its length into the room in front of it. The
// result shares the value's bytes.
func (e *element) Pack() ([]byte, error) {
	from := e.slot.spec.Prefix
	n := len(e.value) - from
	if n < 0 || n > e.slot.spec.Length {
		return nil, e.slot.fault(ErrLength)
	}
	if !e.slot.spec.Kind.allows(e.value[from:]) {
		return nil, e.slot.fault(ErrCharacter)
	}
	if from > 0 {
		appendDigits(e.value[:0], int64(n), from)
		return e.value, nil
	}
	if n == e.slot.spec.Length {
		return e.value, nil
	}
	if e.slot.spec.Kind != Text && e.slot.spec.Kind != AlphaNum {
		return nil, e.slot.fault(ErrLength)
	}
	out := append(make([]byte, 0, e.slot.spec.Length), e.value...)
	for len(out) < e.slot.spec.Length {
		out = append(out, ' ')
	}
	return out, nil
}

// Unpack takes the field off the front of data and reports how many bytes it
// was. The value is a view into data.
func (e *element) Unpack(data []byte) (int, error) {
	n, from := e.slot.spec.Length, e.slot.spec.Prefix
	if from > 0 {
		if len(data) < from {
			return 0, e.slot.fault(ErrShort)
		}
		if !Numeric.allows(data[:from]) {
			return 0, e.slot.fault(ErrLength)
		}
		if n = digitsInt(data[:from]); n > e.slot.spec.Length {
			return 0, e.slot.fault(ErrLength)
		}
	}
	if len(data) < from+n {
		return 0, e.slot.fault(ErrShort)
	}
	value := data[from : from+n : from+n]
	if !e.slot.spec.Kind.allows(value) {
		return 0, e.slot.fault(ErrCharacter)
	}
	e.value, e.rest = value, len(data)-from-n
	return from + n, nil
}

// allows reports whether every byte belongs to the character set.
func (k Kind) allows(b []byte) bool {
	for _, c := range b {
		switch k {
		case Numeric:
			if c < '0' || c > '9' {
				return false
			}
		case AlphaNum:
			if !isAlphaNum(c) {
				return false
			}
		case TrackSet:
			if (c < '0' || c > '9') && c != '=' && c != 'D' {
				return false
			}
		case Text:
			if c < ' ' || c > '~' {
				return false
			}
		case Binary:
			return true
		default:
			return false
		}
	}
	return true
}

func isAlphaNum(c byte) bool {
	return c >= '0' && c <= '9' || c >= 'A' && c <= 'Z' || c >= 'a' && c <= 'z' || c == ' '
}

// SetBytes sets the value without copying it: as many bytes of room as the
// length has digits, then the value.
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

// bitmapCode writes bitmaps. The library's own encoders copy the rest of the
// message, cardholder data and all, to read eight bytes of it.
type bitmapCode struct{ hex bool }

// Encode gives the bitmap as it goes on the wire.
func (c bitmapCode) Encode(b []byte) ([]byte, error) {
	if !c.hex {
		return b, nil
	}
	out := hex.AppendEncode(nil, b)
	for i, d := range out {
		if d >= 'a' {
			out[i] = d - 'a' + 'A'
		}
	}
	return out, nil
}

// Decode takes a bitmap of length bytes off the front of data.
func (c bitmapCode) Decode(data []byte, length int) ([]byte, int, error) {
	read := length
	if c.hex {
		read *= 2
	}
	if len(data) < read {
		return nil, 0, ErrShort
	}
	out := make([]byte, length)
	if !c.hex {
		return out, copy(out, data), nil
	}
	if _, err := hex.Decode(out, data[:read]); err != nil {
		return nil, 0, ErrBitmap
	}
	return out, read, nil
}
