package font

import "vpos/receipts"

// doubled draws a glyph with four dots for each.
func (g Glyph) doubled() *Dots {
	d := &Dots{Cols: g.Cols}
	for y := range Size {
		row := spread(uint32(g.Rows[y]))
		row |= row << 1
		d.Rows[2*y], d.Rows[2*y+1] = row, row
	}
	return d
}

// smoothed draws a glyph with four dots for each, of which a corner follows the two neighbours that meet
// there, so that a slanted stroke has no stairs.
func (g Glyph) smoothed() *Dots {
	d := &Dots{Cols: g.Cols}
	full := uint32(1)<<(column*g.Cols) - 1
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
