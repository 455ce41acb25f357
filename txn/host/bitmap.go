package host

import (
	"encoding/binary"
	"encoding/hex"
	"math/bits"
)

// numbers is a set of field numbers, 2 to 128.
type numbers [3]uint64

func (s *numbers) set(n int)      { s[n/64] |= 1 << (n % 64) }
func (s *numbers) has(n int) bool { return s[n/64]&(1<<(n%64)) != 0 }

// all yields the numbers, ascending.
func (s *numbers) all(yield func(int) bool) {
	for i, word := range s {
		for ; word != 0; word &= word - 1 {
			if !yield(64*i + bits.TrailingZeros64(word)) {
				return
			}
		}
	}
}

// bitmapCode reads and writes bitmaps. The library's own encoders copy the rest of
// the message, cardholder data and all, to read eight bytes of it.
type bitmapCode struct{ hex bool }

// Encode gives the bitmap as it goes on the wire.
func (c bitmapCode) Encode(b []byte) ([]byte, error) {
	if !c.hex {
		return b, nil
	}
	return appendHex(nil, b), nil
}

// Decode takes a bitmap of eight bytes off the front of data: the library's way,
// which only packs here.
func (c bitmapCode) Decode(data []byte, _ int) ([]byte, int, error) {
	word, size, err := c.word(data)
	return binary.BigEndian.AppendUint64(nil, word), size, err
}

// another is the bit of a bitmap that says another follows.
const another = 1 << 63

// fields reads the bitmaps of a message: which fields there are, and in how many
// bytes that stands. [ErrShort], or [ErrBitmap] for what is none. A third bitmap is
// [ErrBitmap] too, with the size of the first two.
func (c bitmapCode) fields(data []byte) (set numbers, size int, err error) {
	for first := 1; first < lastNumber; first += 64 {
		word, n, err := c.word(data[size:])
		if err != nil {
			return numbers{}, 0, err
		}
		size += n
		for rest := word &^ another; rest != 0; {
			i := bits.LeadingZeros64(rest)
			set.set(first + i)
			rest &^= another >> i
		}
		switch {
		case word&another == 0:
			return set, size, nil
		case first > 1:
			return set, size, ErrBitmap
		}
	}
	return set, size, nil
}

// word reads the eight bytes of one bitmap, the first field's bit on top.
func (c bitmapCode) word(data []byte) (word uint64, size int, err error) {
	var raw [8]byte
	size = len(raw)
	if c.hex {
		size *= 2
	}
	switch {
	case len(data) < size:
		return 0, 0, ErrShort
	case !c.hex:
		copy(raw[:], data)
	default:
		if _, err := hex.Decode(raw[:], data[:size]); err != nil {
			return 0, 0, ErrBitmap
		}
	}
	return binary.BigEndian.Uint64(raw[:]), size, nil
}
