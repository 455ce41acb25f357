package font

import (
	"math/bits"
	"slices"
	"testing"

	"vpos/receipts"
)

// black counts the dots of a cell that a glyph's dot becomes.
func (d *Dots) black(x, y int) (n int) {
	for _, row := range d.Rows[2*y : 2*y+2] {
		n += int(row>>(receipts.CellWidth*d.Cols-1-2*x)&1) + int(row>>(receipts.CellWidth*d.Cols-2-2*x)&1)
	}
	return n
}

// A doubled glyph has a dot for each, or a rounded corner; blocks stay square. None is wider
// than its cell.
func TestDoubled(t *testing.T) {
	for _, r := range "消A/8费█▄" {
		g, d := Of(r), Cell(r)
		for y := range Size {
			for x := range column * g.Cols {
				n := d.black(x, y)
				switch black := g.Rows[y]>>(column*g.Cols-1-x)&1 == 1; {
				case black && n < 2, !black && n > 2, r >= '▀' && r <= '█' && n != 0 && n != 4:
					t.Errorf("%c at %d,%d: %d of four, black %t", r, x, y, n, black)
				}
			}
		}
	}
}

// A slanted stroke has no stairs; what is straight, and what reaches an edge, stays.
func TestSmoothed(t *testing.T) {
	for _, c := range []struct {
		name       string
		rows, want []uint64
	}{
		{"slanted", []uint64{0, 0b000100, 0b001000, 0}, []uint64{
			0, 0, 0b000000110000, 0b000001110000, 0b000011100000, 0b000011000000, 0, 0,
		}},
		{"level", []uint64{0, 0b011110, 0}, []uint64{0, 0, 0b001111111100, 0b001111111100, 0, 0}},
		{"block", []uint64{0b111000, 0b111000}, []uint64{0b111111000000, 0b111111000000, 0b111111000000, 0b111111000000}},
		{"line", []uint64{0, 0b111111, 0}, []uint64{0, 0, 0b111111111111, 0b111111111111, 0, 0}},
	} {
		var got []uint64
		for y, row := range c.rows {
			up, down := smoothed(c.rows[max(y-1, 0)], row, c.rows[min(y+1, len(c.rows)-1)], 6)
			got = append(got, up, down)
		}
		if !slices.Equal(got, c.want) {
			t.Errorf("%s: %012b, want %012b", c.name, got, c.want)
		}
	}
}

// A large character is the same one, a bold one has all its dots and more, in its cell.
func TestLargeAndBold(t *testing.T) {
	for _, r := range "消A/8费█鹭" {
		d := Cell(r)
		large, bold := d.Large(), d.Bold()
		more := 0
		for y, row := range d.Rows {
			for x := range receipts.CellWidth * d.Cols {
				n := 0
				for _, row := range large[2*y : 2*y+2] {
					n += bits.OnesCount64(row >> (2 * x) & 3)
				}
				if black := row>>x&1 == 1; black && n < 2 || !black && n > 2 {
					t.Errorf("%c at %d,%d: %d of four, black %t", r, x, y, n, black)
				}
			}
			if bold.Rows[y]&row != row || bold.Rows[y] >= 1<<(receipts.CellWidth*d.Cols) {
				t.Errorf("%c row %d: %b is not the bold %b", r, y, bold.Rows[y], row)
			}
			more += bits.OnesCount32(bold.Rows[y]) - bits.OnesCount32(row)
		}
		if more < receipts.CellHeight/2 && r != '█' {
			t.Errorf("%c: only %d dots more", r, more)
		}
	}
}

// Hanzi of the finer font fill their cell, and a wide glyph is set into one column whole.
func TestForms(t *testing.T) {
	for _, c := range []struct {
		r    rune
		form form
	}{{'A', narrow}, {'消', wide}, {'①', condensed}, {'鹭', fine}} {
		data, f := find(c.r)
		if f != c.form || len(data) != f.bytes() {
			t.Errorf("%c: form %d", c.r, f)
		}
	}
	if d := Cell('鹭'); d.Rows[0] != 0x000400 || d.Rows[12] != 0x0440C0 {
		t.Errorf("%06X", d.Rows)
	}
	data, _ := find('①')
	g, d := unpack(data, condensed), Cell('①')
	for y, row := range d.Rows {
		if row != uint32(g.Rows[y/2]) {
			t.Errorf("row %d: %012b", y, row)
		}
	}
}

// A box's lines reach the edges where another goes on, at the same place, and no others.
func TestBoxesMeet(t *testing.T) {
	for arms, b := range boxes {
		for _, c := range []struct{ r, across, along rune }{
			{b.light, '─', '│'}, {b.heavy, '━', '┃'}, {b.double, '═', '║'},
		} {
			if c.r == 0 {
				continue
			}
			d, across, along := Cell(c.r), Cell(c.across), Cell(c.along)
			check := func(arm int, got, want uint32) {
				if arms&arm == 0 {
					want = 0
				}
				if got != want {
					t.Errorf("%c, arm %04b: %b, want %b", c.r, arm, got, want)
				}
			}
			check(up, d.Rows[0], along.Rows[0])
			check(down, d.Rows[len(d.Rows)-1], along.Rows[0])
			check(left, edge(d, receipts.CellWidth-1), edge(across, 0))
			check(right, edge(d, 0), edge(across, 0))
		}
	}
}

// edge is a column of a cell, a bit a row.
func edge(d *Dots, at int) (dots uint32) {
	for _, row := range d.Rows {
		dots = dots<<1 | row>>at&1
	}
	return dots
}
