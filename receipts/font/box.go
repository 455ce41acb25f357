package font

import "vpos/receipts"

// stroke is how a line of a box is drawn.
type stroke uint8

const (
	light  stroke = iota // 2 dots
	heavy                // 4 dots
	double               // 2 dots twice, 2 between
)

// boxes are the corners and crossings of boxes, for each the arms that go out from the
// middle, in the order of arms.
var boxes = [...]struct{ light, heavy, double rune }{
	0b0101: {'─', '━', '═'}, 0b1010: {'│', '┃', '║'},
	0b0011: {'┌', '┏', '╔'}, 0b0110: {'┐', '┓', '╗'}, 0b1001: {'└', '┗', '╚'}, 0b1100: {'┘', '┛', '╝'},
	0b1011: {'├', '┣', '╠'}, 0b1110: {'┤', '┫', '╣'}, 0b0111: {'┬', '┳', '╦'}, 0b1101: {'┴', '┻', '╩'},
	0b1111: {'┼', '╋', '╬'},
}

const (
	up    = 0b1000
	left  = 0b0100
	down  = 0b0010
	right = 0b0001
)

// boxed draws a character of which boxes are made, so that it meets those in the cells
// around it; nil for another.
func boxed(r rune) *Dots {
	if r < 0x2500 || r > 0x257F {
		return nil
	}
	for arms, b := range boxes {
		switch r {
		case b.light:
			return box(arms, light)
		case b.heavy:
			return box(arms, heavy)
		case b.double:
			return box(arms, double)
		}
	}
	return nil
}

func box(arms int, s stroke) *Dots {
	d := &Dots{Cols: 1}
	half := [...]int{light: 1, heavy: 2, double: 3}[s]
	d.cross(arms, half, func(row *uint32, dots uint32) { *row |= dots })
	if s == double {
		d.cross(arms, 1, func(row *uint32, dots uint32) { *row &^= dots })
	}
	return d
}

// cross paints arms that are twice half dots thick and meet in the middle of the cell.
func (d *Dots) cross(arms, half int, paint func(row *uint32, dots uint32)) {
	const x, y = receipts.CellWidth / 2, receipts.CellHeight / 2
	from := func(arm, edge, middle int) int {
		if arms&arm != 0 {
			return edge
		}
		return middle
	}
	for at := from(up, 0, y-half); at < from(down, receipts.CellHeight, y+half); at++ {
		if arms&(up|down) != 0 {
			paint(&d.Rows[at], 1<<(x+half)-1<<(x-half))
		}
	}
	if arms&(left|right) == 0 {
		return
	}
	first, end := from(left, 0, x-half), from(right, receipts.CellWidth, x+half)
	for at := y - half; at < y+half; at++ {
		paint(&d.Rows[at], 1<<(receipts.CellWidth-first)-1<<(receipts.CellWidth-end))
	}
}
