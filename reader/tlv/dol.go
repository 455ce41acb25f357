package tlv

// Entry is one element of a [DOL].
type Entry struct {
	Tag    Tag
	Length int // bytes the card wants, 0 to 255
}

// DOL is a data object list: what the card wants of the terminal, in this order
// (EMV Book 3, 5.4).
type DOL []Entry

// ParseDOL reads a list of tags, each with one byte of length. On damage it gives
// the entries before it and an [*Error].
func ParseDOL(b []byte) (DOL, error) {
	var d DOL
	for at := 0; at < len(b); {
		t, n, err := readTag(b[at:])
		if err != nil {
			return d, &Error{Offset: at, Err: err}
		}
		if at+n == len(b) {
			return d, &Error{Offset: at, Path: t.String(), Err: ErrShort}
		}
		d = append(d, Entry{Tag: t, Length: int(b[at+n])})
		at += n + 1
	}
	return d, nil
}

// Size is the number of bytes Build writes.
func (d DOL) Size() int {
	size := 0
	for _, e := range d {
		size += e.Length
	}
	return size
}

// Build writes the values behind dst, in order, each in exactly the bytes the
// card wants (EMV Book 3, 5.4). value gives what the terminal has; what it does
// not have, and any template, becomes zeros. A value of the wrong length is
// made to fit by its format in the dictionary: see [Fit].
func (d DOL) Build(dst []byte, value func(Tag) ([]byte, bool)) []byte {
	for _, e := range d {
		v, ok := value(e.Tag)
		if !ok || e.Tag.Constructed() {
			dst = append(dst, make([]byte, e.Length)...)
			continue
		}
		info, _ := Lookup(e.Tag)
		dst = Fit(dst, v, info.Format, e.Length)
	}
	return dst
}

// Fit writes a value behind dst in exactly length bytes (EMV Book 3, 5.4): a
// number (n) is cut and padded with 00 on the left, compressed digits (cn) are
// cut on the right and padded with FF, anything else is cut on the right and
// padded with 00.
func Fit(dst, v []byte, format Format, length int) []byte {
	lack := max(0, length-len(v))
	switch {
	case format == Numeric && lack > 0:
		return append(append(dst, make([]byte, lack)...), v...)
	case format == Numeric:
		return append(dst, v[len(v)-length:]...)
	}
	dst = append(dst, v[:length-lack]...)
	pad := byte(0)
	if format == Compressed {
		pad = 0xFF
	}
	for range lack {
		dst = append(dst, pad)
	}
	return dst
}
