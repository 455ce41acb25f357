package host

import "strconv"

// Cutting a message into its fields, for whoever reads it and for whoever only
// describes it. The message library could do it, but keeps the values in a map and
// cannot say where they stood.

// taken is a field that came in.
type taken struct {
	slot       *slot
	from, size int    // its bytes in the message, the length in front included
	value      []byte // its characters, a view into the message or the scratch
}

// usualFields is as many as a message has as a rule.
const usualFields = 24

// cutType reads the message type.
func (c *Codec) cutType(raw, scratch []byte) (mti []byte, size int, rest []byte, err error) {
	n, size, err := c.first.measure(raw)
	if err != nil {
		return nil, 0, scratch, err
	}
	mti, rest = c.first.characters(raw[:size], n, scratch)
	return mti, size, rest, nil
}

// cutBitmap reads the bitmap: which fields there are, and in how many bytes that
// stands.
func (c *Codec) cutBitmap(raw []byte) (set numbers, size int, err error) {
	set, size, err = bitmapCode{hex: c.profile.Bitmap == BitmapHex}.fields(raw)
	switch {
	case err != nil && size > 0:
		return set, size, c.fault("65", err) // a third
	case err != nil:
		return set, 0, c.fault("1", err)
	}
	return set, size, nil
}

// cutFields reads the fields of a set, from a place in the message to its end. Of a
// broken message it gives those before the place.
func (c *Codec) cutFields(raw []byte, at int, set numbers, scratch []byte) ([]taken, error) {
	list := make([]taken, 0, usualFields)
	for n := range set.all {
		s := c.number[n]
		if s == nil {
			return list, c.fault(strconv.Itoa(n), ErrUndefined)
		}
		count, size, err := s.measure(raw[at:])
		if err != nil {
			return list, err
		}
		var value []byte
		value, scratch = s.characters(raw[at+s.room:at+size], count, scratch)
		list = append(list, taken{slot: s, from: at, size: size, value: value})
		at += size
	}
	if at != len(raw) {
		return list, c.fault("end", ErrTrailing)
	}
	return list, nil
}
