package font

import (
	"bytes"
	"compress/flate"
	_ "embed"
	"encoding/binary"
	"io"
	"sort"
	"sync"

	"vpos/receipts"
)

//go:generate sh -c "cd gen && go run . > ../glyphs.bin"
//go:embed glyphs.bin
var packed []byte

// form is how a glyph was drawn. Command gen knows the same numbers.
type form byte

const (
	none      form = iota
	narrow         // 12 rows of 6 dots, a byte each
	wide           // 12 rows of 12 dots, two rows in three bytes
	condensed      // as wide, for a character that has only one column
	fine           // 24 rows of 24 dots
)

// bytes is how long a glyph is.
func (f form) bytes() int { return [...]int{0, Size, Size * Size / 8, Size * Size / 8, fineBytes}[f] }

// cols is how many columns a glyph takes.
func (f form) cols() int { return [...]int{0, 1, 2, 1, 2}[f] }

const fineBytes = receipts.CellHeight * 2 * receipts.CellWidth / 8

// span is characters in a row whose glyphs have one form, and where the first one lies.
type span struct {
	first, last rune
	form        form
	at          int
}

type face struct {
	spans  []span
	glyphs []byte
}

// load unpacks what gen has packed.
var load = sync.OnceValue(func() face {
	data, err := io.ReadAll(flate.NewReader(bytes.NewReader(packed)))
	if err != nil {
		panic(err) // it is part of the program
	}
	f := face{spans: make([]span, binary.BigEndian.Uint16(data))}
	data = data[2:]
	at := 0
	for i := range f.spans {
		s := span{
			first: rune(binary.BigEndian.Uint16(data)), form: form(data[2]),
			last: rune(binary.BigEndian.Uint16(data[3:])), at: at,
		}
		f.spans[i] = s
		at += int(s.last-s.first+1) * s.form.bytes()
		data = data[5:]
	}
	f.glyphs = data
	return f
})

// find is the packed glyph of a character and its form: none where the face lacks it, or has
// it as wide as the grid has not.
func find(r rune) ([]byte, form) {
	f := load()
	i := sort.Search(len(f.spans), func(i int) bool { return f.spans[i].last >= r })
	if i == len(f.spans) || r < f.spans[i].first || f.spans[i].form.cols() != cols(r) {
		return nil, none
	}
	s := &f.spans[i]
	at := s.at + int(r-s.first)*s.form.bytes()
	return f.glyphs[at : at+s.form.bytes()], s.form
}

// unpack reads a glyph of 12 rows.
func unpack(data []byte, f form) Glyph {
	g := Glyph{Cols: 2}
	if f == narrow {
		g.Cols = 1
		for y := range g.Rows {
			g.Rows[y] = uint16(data[y])
		}
		return g
	}
	for y := 0; y < Size; y += 2 {
		three := data[y/2*3:]
		g.Rows[y] = uint16(three[0])<<4 | uint16(three[1])>>4
		g.Rows[y+1] = uint16(three[1]&0x0F)<<8 | uint16(three[2])
	}
	return g
}

// unpackFine reads a glyph of 24 rows.
func unpackFine(data []byte) *Dots {
	d := &Dots{Cols: 2}
	for y := range d.Rows {
		d.Rows[y] = uint32(data[3*y])<<16 | uint32(data[3*y+1])<<8 | uint32(data[3*y+2])
	}
	return d
}
