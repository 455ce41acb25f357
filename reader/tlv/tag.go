package tlv

import "fmt"

// Tag is the bytes of a tag as one number: 0x5A, 0x9F02, 0xFF8106 (EMV Book 3,
// B1). A tag has one to four bytes and its first byte is never 00.
type Tag uint32

// maxTag is how many bytes a tag may have; no book defines one longer than three.
const maxTag = 4

// Size is the number of bytes of the tag.
func (t Tag) Size() int {
	n := 1
	for t > 0xFF {
		t >>= 8
		n++
	}
	return n
}

// Constructed reports whether the value is made of further objects: bit 6 of
// the first byte (EMV Book 3, table 35).
func (t Tag) Constructed() bool {
	return t>>(8*(t.Size()-1))&0x20 != 0
}

// String is the tag in upper-case hex, two digits a byte.
func (t Tag) String() string { return fmt.Sprintf("%0*X", 2*t.Size(), uint32(t)) }

// readTag reads the tag at the start of b, which is not empty, and says how many
// bytes it has. A low
// five-bit number of all ones means that the number goes on in further bytes,
// each but the last with its top bit set. A number that begins with a byte 80 is
// taken: it is not the shortest form, but it is one tag and no other.
func readTag(b []byte) (Tag, int, error) {
	if b[0] == 0 {
		return 0, 0, ErrTag
	}
	t := Tag(b[0])
	if b[0]&0x1F != 0x1F {
		return t, 1, nil
	}
	for i := 1; i < maxTag; i++ {
		if i == len(b) {
			return 0, 0, ErrShort
		}
		t = t<<8 | Tag(b[i])
		if b[i]&0x80 == 0 {
			return t, i + 1, nil
		}
	}
	return 0, 0, ErrTag
}

// ParseTags reads a plain list of tags, as 9F4A and 5C have it (EMV Book 3,
// 10.3). On damage it gives the tags before it and an [*Error].
func ParseTags(b []byte) ([]Tag, error) {
	var tags []Tag
	for at := 0; at < len(b); {
		t, n, err := readTag(b[at:])
		if err != nil {
			return tags, &Error{Offset: at, Err: err}
		}
		tags = append(tags, t)
		at += n
	}
	return tags, nil
}
