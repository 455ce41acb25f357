// Package raster draws a laid-out page as dots, in the cells of the printers: a column is
// 12 dots wide, a row 24 high. Letters come from package font, pictures as they are placed.
package raster

import (
	"encoding/binary"
	"unicode/utf8"

	"vpos/receipts"
	"vpos/receipts/font"
)

// Row draws one row: columns × 12 dots wide, as high as the row.
func Row(columns int, r receipts.Row) receipts.Image {
	m := receipts.NewImage(columns*receipts.CellWidth, r.Height()*receipts.CellHeight)
	draw(m, 0, &r)
	return m
}

// Page draws all rows beneath each other.
func Page(p receipts.Page) receipts.Image {
	height := 0
	for i := range p.Rows {
		height += p.Rows[i].Height()
	}
	m := receipts.NewImage(p.Columns*receipts.CellWidth, height*receipts.CellHeight)
	top := 0
	for i := range p.Rows {
		draw(m, top, &p.Rows[i])
		top += p.Rows[i].Height() * receipts.CellHeight
	}
	return m
}

// The rules, in dots from the top of their row.
const (
	thinTop   = 11
	doubleTop = 9
	doubleGap = 4
	thickness = 2
	dash      = 9 // of the twelve of a column, black
)

func draw(m receipts.Image, top int, r *receipts.Row) {
	switch {
	case r.Picture != nil:
		copyTo(m, r.Picture.Col*receipts.CellWidth, top, r.Picture.Dots)
	case r.Rule == receipts.Thin:
		for x := 0; x < m.W; x += receipts.CellWidth {
			for y := range thickness {
				blit(m, x, top+thinTop+y, 1<<dash-1, dash)
			}
		}
	case r.Rule == receipts.Double:
		for x := 0; x < m.W; x += receipts.CellWidth {
			for y := range thickness {
				blit(m, x, top+doubleTop+y, 1<<receipts.CellWidth-1, receipts.CellWidth)
				blit(m, x, top+doubleTop+doubleGap+y, 1<<receipts.CellWidth-1, receipts.CellWidth)
			}
		}
	default:
		bottom := top + r.Height()*receipts.CellHeight
		for i := range r.Runs {
			letters(m, bottom, &r.Runs[i])
		}
	}
}

// letters stand on the bottom of their row, whatever their size.
func letters(m receipts.Image, bottom int, r *receipts.Run) {
	top := bottom - r.Size.H()*receipts.CellHeight
	for col, text := range r.Cells() {
		for i, c := range text {
			if i > 0 && !drawable(c) {
				c = utf8.RuneError // a mark that cannot be drawn is seen
			}
			letter(m, col*receipts.CellWidth, top, font.Cell(c), r)
		}
	}
}

func drawable(mark rune) bool {
	_, ok := font.Find(mark)
	return ok
}

func letter(m receipts.Image, x, top int, d *font.Dots, r *receipts.Run) {
	if r.Bold {
		bold := d.Bold()
		d = &bold
	}
	width := d.Cols * receipts.CellWidth
	switch {
	case r.Size == receipts.Large:
		for y, row := range d.Large() {
			blit(m, x, top+y, row, 2*width)
		}
	case r.Size == receipts.Tall:
		for y, row := range d.Rows {
			blit(m, x, top+2*y, uint64(row), width)
			blit(m, x, top+2*y+1, uint64(row), width)
		}
	case inside(m, x, top):
		stride := m.Stride()
		shift := 64 - width - x%8
		bits := m.Bits[top*stride+x/8:]
		for _, row := range d.Rows {
			binary.BigEndian.PutUint64(bits, binary.BigEndian.Uint64(bits)|uint64(row)<<shift)
			bits = bits[stride:]
		}
	default:
		for y, row := range d.Rows {
			blit(m, x, top+y, uint64(row), width)
		}
	}
}

// inside reports whether a letter, and what a whole word of memory more takes, lies in the
// image: most do, and are drawn without a look at each of their rows.
func inside(m receipts.Image, x, top int) bool {
	return x >= 0 && x+2*receipts.CellWidth <= m.W && (top+receipts.CellHeight)*m.Stride()+x/8+8 <= len(m.Bits)
}

// blit blackens up to 48 dots of a row, as far as they lie in the image.
func blit(m receipts.Image, x, y int, dots uint64, width int) {
	stride := m.Stride()
	if y < 0 || y >= m.H || x < 0 || x >= m.W {
		return
	}
	if over := x + width - m.W; over > 0 {
		dots, width = dots>>over, width-over
	}
	dots = dots << (64 - width) >> (x % 8)
	at := y*stride + x/8
	if at+8 <= len(m.Bits) {
		binary.BigEndian.PutUint64(m.Bits[at:], binary.BigEndian.Uint64(m.Bits[at:])|dots)
		return
	}
	for ; dots != 0; at++ {
		m.Bits[at] |= byte(dots >> 56)
		dots <<= 8
	}
}

// copyTo lays a picture into another.
func copyTo(m receipts.Image, x, top int, picture receipts.Image) {
	stride := picture.Stride()
	for y := range picture.H {
		for at, b := range picture.Bits[y*stride : (y+1)*stride] {
			if b != 0 {
				blit(m, x+8*at, top+y, uint64(b), 8)
			}
		}
	}
}
