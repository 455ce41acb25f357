package font

import (
	"math"

	"vpos/receipts"
)

// doubled draws four dots for each, with stairs smoothed.
func (g Glyph) doubled() *Dots {
	d := &Dots{Cols: g.Cols}
	for y, row := range g.Rows {
		above, below := g.Rows[max(y-1, 0)], g.Rows[min(y+1, Size-1)]
		up, down := smoothed(uint64(above), uint64(row), uint64(below), column*g.Cols)
		d.Rows[2*y], d.Rows[2*y+1] = uint32(up&math.MaxUint32), uint32(down&math.MaxUint32)
	}
	return d
}

// Large is a character at twice the size, with stairs smoothed: rows from the top, the
// leftmost dot highest of 24 × Cols bits.
func (d *Dots) Large() (rows [2 * receipts.CellHeight]uint64) {
	for y, row := range d.Rows {
		above, below := d.Rows[max(y-1, 0)], d.Rows[min(y+1, receipts.CellHeight-1)]
		rows[2*y], rows[2*y+1] = smoothed(uint64(above), uint64(row), uint64(below), receipts.CellWidth*d.Cols)
	}
	return rows
}

// Bold is a character whose strokes are a dot wider, within its cell.
func (d *Dots) Bold() Dots {
	bold := *d
	for y, row := range d.Rows {
		bold.Rows[y] |= row >> 1
	}
	return bold
}

// smoothed is a row as two, of twice as many dots; above and below are the rows beside it. A
// dot becomes four, of which a corner follows the two neighbours that meet there, so that a
// slanted stroke has no stairs. Beyond the edge all is as at the edge: what reaches it meets
// the next cell squarely.
func smoothed(above, row, below uint64, width int) (up, down uint64) {
	full := uint64(1)<<width - 1
	left, right := row>>1|row&^(full>>1), row<<1&full|row&1
	// A neighbour is taken where it is as the other one and not as either of those across.
	bend := above ^ below
	side := left ^ right
	turn := func(vertical, horizontal uint64) uint64 {
		takes := bend & side &^ (vertical ^ horizontal)
		return spread(row&^takes | vertical&takes)
	}
	return turn(above, left)<<1 | turn(above, right), turn(below, left)<<1 | turn(below, right)
}

// spread puts a white dot before each of 24.
func spread(row uint64) uint64 {
	row = (row | row<<16) & 0x0000FFFF0000FFFF
	row = (row | row<<8) & 0x00FF00FF00FF00FF
	row = (row | row<<4) & 0x0F0F0F0F0F0F0F0F
	row = (row | row<<2) & 0x3333333333333333
	return (row | row<<1) & 0x5555555555555555
}

// tall draws a glyph of two columns in one: its dots are as wide as they were and twice as
// high.
func (g Glyph) tall() *Dots {
	d := &Dots{Cols: 1}
	for y := range d.Rows {
		d.Rows[y] = uint32(g.Rows[y/2])
	}
	return d
}

// halved draws a dot for each four of which two are black.
func (d *Dots) halved() Glyph {
	g := Glyph{Cols: d.Cols}
	for y := range g.Rows {
		up, down := d.Rows[2*y], d.Rows[2*y+1]
		for x := range column * d.Cols {
			at := receipts.CellWidth*d.Cols - 2 - 2*x
			if black := up>>at&1 + up>>(at+1)&1 + down>>at&1 + down>>(at+1)&1; black >= 2 {
				g.Rows[y] |= 1 << (column*d.Cols - 1 - x)
			}
		}
	}
	return g
}

// framed is an empty frame of so many columns: bars above and below, and at the sides where
// there is room beside a code.
func framed(cols int) *Dots {
	d := &Dots{Cols: cols}
	width := receipts.CellWidth * cols
	last := len(d.Rows) - 1
	d.Rows[0] = 1<<width - 1<<1
	d.Rows[last] = d.Rows[0]
	for y := 1; y < last && cols == 2; y++ {
		d.Rows[y] = 1<<(width-1) | 1<<1
	}
	return d
}

// coded is a frame with the hexadecimal code of a character, four digits in two lines, or
// six where there is room. Of a code that is longer the end is shown.
func coded(r rune) *Dots {
	const top, line = 1, 11 // a digit has its first row empty
	d := framed(cols(r))
	across := 2
	if r > 0xFFFF && d.Cols == 2 {
		across = 3
	}
	left := (receipts.CellWidth*d.Cols - column*across) / 2
	for i := range 2 * across {
		digit := r >> (4 * (2*across - 1 - i)) & 0xF
		data, f := find(rune("0123456789ABCDEF"[digit]))
		y := top + i/across*line
		x := left + i%across*column
		g := unpack(data, f)
		for dy, row := range g.Rows[:line] {
			d.Rows[y+dy] |= uint32(row) << (receipts.CellWidth*d.Cols - column - x)
		}
	}
	return d
}
