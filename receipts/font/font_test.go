package font

import (
	"testing"

	"golang.org/x/text/encoding/simplifiedchinese"

	"vpos/receipts"
)

// Every hanzi of the first level of GB 2312, the common ones; nearly all of the second; and
// all that a keyboard has.
func TestCoverage(t *testing.T) {
	const firstLevel = 0xD7F9 // the last of it
	gbk := simplifiedchinese.GBK.NewEncoder()
	common, rare, lacking := 0, 0, 0
	for r := rune(0x4E00); r < 0x9FFF; r++ {
		code, err := gbk.String(string(r))
		if err != nil || code[0] < 0xB0 || code[1] < 0xA1 {
			continue
		}
		g, ok := Find(r)
		ok = ok && g.Cols == 2 && g != (Glyph{Cols: 2})
		switch first := int(code[0])<<8|int(code[1]) <= firstLevel; {
		case first:
			if common++; !ok {
				t.Errorf("no %c", r)
			}
		case ok:
			rare++
		default:
			lacking++
		}
	}
	if common != 3755 || rare < 2650 {
		t.Errorf("%d common ones, %d rare ones, %d lacking", common, rare, lacking)
	}
	for r := rune(0x21); r < 0x7F; r++ {
		if g, ok := Find(r); !ok || g.Cols != 1 || g == (Glyph{Cols: 1}) {
			t.Errorf("no %c", r)
		}
	}
	for _, r := range "，。：；！？（）《》、“”‘’–·×…¥€£°éüñ█▀▄！＊" {
		if g, ok := Find(r); !ok || g.Cols != receipts.RuneWidth(r) {
			t.Errorf("no %c, or not %d columns", r, receipts.RuneWidth(r))
		}
	}
}

// What the face lacks is a box with its code, no two the same, and never nothing.
func TestMissing(t *testing.T) {
	seen := map[Glyph]rune{}
	for _, r := range []rune{0x1F600, 0x1F601, 0x20002, 0x20003, 0x0E01, 0x0E02} {
		g := Of(r)
		if g == (Glyph{Cols: g.Cols}) || g.Cols != receipts.RuneWidth(r) {
			t.Errorf("%U: %+v", r, g)
		}
		if other, twice := seen[g]; twice {
			t.Errorf("%U looks like %U", r, other)
		}
		seen[g] = r
	}
}

// A doubled glyph has a dot for each, or a smoothed corner, and is no wider than its cell.
func TestDoubled(t *testing.T) {
	for _, r := range "消A/8费" {
		g, d := Of(r), Cell(r)
		for y := range Size {
			for x := range 6 * g.Cols {
				n := 0
				for _, row := range []uint32{d.Rows[2*y], d.Rows[2*y+1]} {
					n += int(row >> (12*g.Cols - 1 - 2*x) & 1)
					n += int(row >> (12*g.Cols - 2 - 2*x) & 1)
				}
				if black := g.Rows[y]>>(6*g.Cols-1-x)&1 == 1; black && n < 2 || !black && n > 2 {
					t.Errorf("%c at %d,%d: %d of four, black %t", r, x, y, n, black)
				}
			}
		}
		for y, row := range d.Rows {
			if row >= 1<<(12*g.Cols) {
				t.Errorf("%c row %d is too wide", r, y)
			}
		}
	}
}
