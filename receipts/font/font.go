// Package font is one bitmap face for everything that draws a slip as dots: 6 × 12 dots a
// column, hanzi 12 × 12, and both doubled to the printers' own cells of 12 × 24 and 24 × 24,
// with the stairs of slanted strokes smoothed.
//
// The glyphs come packed from bitmapfont's simplified Chinese face, see gen and NOTICE.
// They are unpacked when the first one is asked for.
package font

import (
	"bytes"
	"compress/flate"
	_ "embed"
	"encoding/binary"
	"io"
	"sort"
	"sync"
	"sync/atomic"

	"vpos/receipts"
)

// Size is how many dots a glyph is high, and twice as many as a column is wide.
const Size = 12

// Glyph is a character as it was drawn: rows from the top, the leftmost dot highest of 6 ×
// Cols bits.
type Glyph struct {
	Cols int // 1 or 2
	Rows [Size]uint16
}

// Dots is a character in the cell of a printer: rows from the top, the leftmost dot highest
// of 12 × Cols bits.
type Dots struct {
	Cols int
	Rows [receipts.CellHeight]uint32
}

//go:generate sh -c "cd gen && go run . > ../glyphs.bin"
//go:embed glyphs.bin
var packed []byte

// span is characters in a row whose glyphs are as wide, and where the first one lies.
type span struct {
	first, last rune
	cols, at    int
}

type face struct {
	spans  []span
	glyphs []byte
}

// bytesOf is how many bytes a glyph of so many columns takes.
func bytesOf(cols int) int { return [...]int{1: Size, 2: Size * Size / 8}[cols] }

var load = sync.OnceValue(func() face {
	data, err := io.ReadAll(flate.NewReader(bytes.NewReader(packed)))
	if err != nil {
		panic(err) // it is part of the program
	}
	f := face{spans: make([]span, binary.BigEndian.Uint16(data))}
	data = data[2:]
	at := 0
	for i := range f.spans {
		s := &f.spans[i]
		s.first, s.cols, s.last = rune(binary.BigEndian.Uint16(data)), int(data[2]), rune(binary.BigEndian.Uint16(data[3:]))
		s.at = at
		at += int(s.last-s.first+1) * bytesOf(s.cols)
		data = data[5:]
	}
	f.glyphs = data
	return f
})

// Find is the glyph of a character; false where the face has none.
func Find(r rune) (Glyph, bool) {
	f := load()
	i := sort.Search(len(f.spans), func(i int) bool { return f.spans[i].last >= r })
	if i == len(f.spans) || r < f.spans[i].first {
		return Glyph{}, false
	}
	s := f.spans[i]
	at := s.at + int(r-s.first)*bytesOf(s.cols)
	data := f.glyphs[at : at+bytesOf(s.cols)]
	g := Glyph{Cols: s.cols}
	for y := range g.Rows {
		if s.cols == 1 {
			g.Rows[y] = uint16(data[y])
			continue
		}
		three := data[y/2*3:]
		if y%2 == 0 {
			g.Rows[y] = uint16(three[0])<<4 | uint16(three[1])>>4
		} else {
			g.Rows[y] = uint16(three[1]&0x0F)<<8 | uint16(three[2])
		}
	}
	return g, true
}

// Of is the glyph of a character, or a box with its code where the face has none: what is
// missing is seen.
func Of(r rune) Glyph {
	if g, ok := Find(r); ok && g.Cols == max(1, receipts.RuneWidth(r)) {
		return g
	}
	return boxed(r)
}

// boxed is a box with the last hexadecimal digits of a code in it, as many as have room.
func boxed(r rune) Glyph {
	cols := max(1, receipts.RuneWidth(r))
	width := 6 * cols
	g := Glyph{Cols: cols}
	edge := uint16(1)<<(width-1) | 1<<1
	for y := 1; y < Size-1; y++ {
		g.Rows[y] = edge
	}
	g.Rows[0] = (1<<width - 1) &^ 1
	g.Rows[Size-1] = g.Rows[0]
	for y := range 5 { // a digit of 3 × 5 dots in each half
		for c := range cols {
			digit := uint16(tiny[(r>>(4*(cols-1-c)))&0xF]>>(3*(4-y))) & 7
			g.Rows[y+4] |= digit << (width - 5 - 5*c)
		}
	}
	return g
}

// tiny are the hexadecimal digits, five rows of three dots each.
var tiny = [16]uint16{
	0b111_101_101_101_111, 0b010_110_010_010_111, 0b111_001_111_100_111, 0b111_001_111_001_111,
	0b101_101_111_001_001, 0b111_100_111_001_111, 0b111_100_111_101_111, 0b111_001_010_010_010,
	0b111_101_111_101_111, 0b111_101_111_001_111, 0b010_101_111_101_101, 0b110_101_110_101_110,
	0b111_100_100_100_111, 0b110_101_101_101_110, 0b111_100_111_100_111, 0b111_100_111_100_100,
}

// cells are the doubled glyphs that were asked for, by character.
var cells [0x10000]atomic.Pointer[Dots]

// Cell is a character in the cell of a printer.
func Cell(r rune) *Dots {
	if r < 0 || r >= rune(len(cells)) {
		return Of(r).doubled()
	}
	if d := cells[r].Load(); d != nil {
		return d
	}
	d := Of(r).doubled()
	cells[r].Store(d)
	return d
}

// doubled draws four dots for each, of which a corner follows the two neighbours that meet
// there, so that a slanted stroke has no stairs.
func (g Glyph) doubled() *Dots {
	d := &Dots{Cols: g.Cols}
	width := 6 * g.Cols
	full := uint32(1)<<width - 1
	row := func(y int) uint32 {
		if y < 0 || y >= Size {
			return 0
		}
		return uint32(g.Rows[y])
	}
	for y := range Size {
		up, p, down := row(y-1), row(y), row(y+1)
		left, right := p>>1, p<<1&full
		same := func(a, b uint32) uint32 { return full &^ (a ^ b) }
		corner := func(vertical, horizontal, across, opposite uint32) uint32 {
			takes := same(horizontal, vertical) &^ same(horizontal, opposite) &^ same(vertical, across)
			return p&^takes | vertical&takes
		}
		d.Rows[2*y] = spread(corner(up, left, right, down))<<1 | spread(corner(up, right, left, down))
		d.Rows[2*y+1] = spread(corner(down, left, right, up))<<1 | spread(corner(down, right, left, up))
	}
	return d
}

// spread puts a white dot before each of twelve.
func spread(row uint32) uint32 {
	row = (row | row<<8) & 0x00FF00FF
	row = (row | row<<4) & 0x0F0F0F0F
	row = (row | row<<2) & 0x33333333
	return (row | row<<1) & 0x55555555
}
