// Package font is one bitmap face for everything that draws a slip as dots, in the cells of
// the printers: 12 × 24 dots a column, a hanzi 24 × 24.
//
// Nearly all glyphs were drawn at half that size, 6 × 12 and 12 × 12, and are doubled, with
// the stairs of slanted strokes smoothed. They come packed from bitmapfont's simplified
// Chinese face; rare hanzi, which it lacks, come from a font of 24 × 24. See gen for the way
// and LICENSES for the authors. The face has all hanzi of GB 2312 and most of GBK.
//
// The glyphs are unpacked when the first one is asked for. All functions may be called by
// many goroutines at once.
package font

import (
	"sync/atomic"

	"vpos/receipts"
)

// Size is how many dots a glyph is high, and twice as many as a column is wide.
const Size = 12

// column is how many dots of a glyph a column is wide.
const column = Size / 2

// Glyph is a character as it was drawn: rows from the top, the leftmost dot highest of 6 ×
// Cols bits.
type Glyph struct {
	Cols int // 1 or 2
	Rows [Size]uint16
}

// Dots is a character in the cell of a printer: rows from the top, the leftmost dot highest
// of 12 × Cols bits.
type Dots struct {
	Cols int // 1 or 2: those of receipts.RuneWidth, 1 for a combining mark
	Rows [receipts.CellHeight]uint32
}

// cells are the dots that were asked for, by character.
var cells [0x10000]atomic.Pointer[Dots]

// Cell is a character in the cell of a printer. What the face lacks is a frame around the
// character's code, so that it is seen. The dots are shared: nobody may change them.
func Cell(r rune) *Dots {
	if r < 0 || r >= rune(len(cells)) {
		return draw(r)
	}
	if d := cells[r].Load(); d != nil {
		return d
	}
	d := draw(r)
	cells[r].Store(d)
	return d
}

// Find is the glyph of a character; false where the face has none. What was drawn for a
// whole cell is halved: a dot for each four of which two are black.
func Find(r rune) (Glyph, bool) {
	if d := boxed(r); d != nil {
		return d.halved(), true
	}
	switch data, f := find(r); f {
	case none:
		return Glyph{}, false
	case narrow, wide:
		return unpack(data, f), true
	default:
		return Cell(r).halved(), true
	}
}

// Of is the glyph of a character, or a frame where the face has none.
func Of(r rune) Glyph {
	if g, ok := Find(r); ok {
		return g
	}
	return framed(cols(r)).halved()
}

// cols is the columns a character is drawn in.
func cols(r rune) int { return max(1, receipts.RuneWidth(r)) }

func draw(r rune) *Dots {
	if d := boxed(r); d != nil {
		return d
	}
	switch data, f := find(r); f {
	case narrow, wide:
		return unpack(data, f).doubled()
	case condensed:
		return unpack(data, f).tall()
	case fine:
		return unpackFine(data)
	default:
		return coded(r)
	}
}
