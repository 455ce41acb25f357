package raster

import (
	"encoding/binary"
	"errors"
	"fmt"
	"maps"
	"testing"

	"github.com/google/go-cmp/cmp"

	"vpos/receipts"
	"vpos/receipts/font"
	"vpos/receipts/receiptstest"
	"vpos/receipts/samples"
)

// look is how a letter is set.
type look struct {
	size receipts.Size
	bold bool
}

// reader finds out again which letters stand in a picture: it compares what a cell holds,
// dot by dot, with every character of the face. It knows nothing of how they were drawn.
type reader map[look]map[string]rune

// letters are all characters of the face in a look, by their dots. Of those that look the
// same, such as A and Α, the first stands for all.
func (r reader) letters(l look) map[string]rune {
	if r[l] == nil {
		r[l] = map[string]rune{}
		for c := rune(' ' + 1); c <= 0xFFFF; c++ {
			if _, ok := font.Find(c); !ok {
				continue
			}
			if dots := expected(c, l); r[l][dots] == 0 {
				r[l][dots] = c
			}
		}
	}
	return r[l]
}

// expected is what the cell of a character holds, as take reads it.
func expected(c rune, l look) string {
	d := *font.Cell(c)
	if l.bold {
		d = d.Bold()
	}
	var dots []byte
	if l.size == receipts.Large {
		for _, row := range d.Large() {
			dots = binary.BigEndian.AppendUint64(dots, row)
		}
		return string(dots)
	}
	for _, row := range d.Rows {
		for range l.size.H() {
			dots = binary.BigEndian.AppendUint64(dots, uint64(row))
		}
	}
	return string(dots)
}

// cell is the dots of a cell.
func cell(cols int, s receipts.Size) (w, h int) {
	return cols * receipts.CellWidth * s.W(), receipts.CellHeight * s.H()
}

// take reads a cell, a number a row, and makes it white.
func take(m receipts.Image, x, y, w, h int) string {
	first, end := x/8, (x+w+7)/8
	shift := 8*end - x - w
	cell := uint64(1)<<w - 1
	dots := make([]byte, 0, 8*h)
	for dy := range h {
		bits := m.Bits[(y+dy)*m.Stride():]
		row := uint64(0)
		for _, b := range bits[first:end] {
			row = row<<8 | uint64(b)
		}
		dots = binary.BigEndian.AppendUint64(dots, row>>shift&cell)
		row &^= cell << shift
		for at := end - 1; at >= first; at-- {
			bits[at] = byte(row)
			row >>= 8
		}
	}
	return string(dots)
}

// page reads what stands where the page says there are letters; m is white there then.
func (r reader) page(p receipts.Page, m receipts.Image) (got, want map[receiptstest.At]receiptstest.Cell) {
	got, want = map[receiptstest.At]receiptstest.Cell{}, receiptstest.Cells(p)
	for at, c := range want {
		first := []rune(c.Text)[0]
		w, h := cell(receipts.RuneWidth(first), c.Size)
		l := look{c.Size, c.Bold}
		dots := take(m, at.Col*receipts.CellWidth, (at.Row+1)*receipts.CellHeight-h, w, h)
		found := c
		found.Text = string(r.letters(l)[dots])
		got[at] = found
		if twin := r.letters(l)[expected(first, l)]; twin != 0 {
			c.Text = string(twin)
			want[at] = c
		}
	}
	return got, want
}

// rest holds what is no letter to what it must be: rules across the paper, pictures dot by
// dot, and nothing else.
func rest(p receipts.Page, m receipts.Image) error {
	top := 0
	for i, row := range p.Rows {
		end := top + row.Height()*receipts.CellHeight
		var err error
		switch {
		case row.Picture != nil:
			err = picture(row.Picture, m, top, end)
		case row.Rule != receipts.NoRule:
			err = rule(row.Rule, m, top)
		default:
			for _, b := range m.Bits[top*m.Stride() : end*m.Stride()] {
				if b != 0 {
					err = errors.New("dots that belong to nothing")
				}
			}
		}
		if err != nil {
			return fmt.Errorf("row %d: %w", i, err)
		}
		top = end
	}
	if m.W != p.Columns*receipts.CellWidth || m.H != top {
		return fmt.Errorf("%d × %d dots", m.W, m.H)
	}
	return nil
}

// picture wants the dots of a picture, and white around it.
func picture(placed *receipts.Placed, m receipts.Image, top, end int) error {
	for y := top; y < end; y++ {
		for x := range m.W {
			if m.Black(x, y) != placed.Dots.Black(x-placed.Col*receipts.CellWidth, y-top) {
				return fmt.Errorf("the picture differs at %d,%d", x, y-top)
			}
		}
	}
	return nil
}

// rule wants one line across the paper, broken once a column, or two unbroken.
func rule(kind receipts.Rule, m receipts.Image, top int) error {
	lines := 0
	black := func(y int) (n int) {
		for x := range m.W {
			if m.Black(x, y) {
				n++
			}
		}
		return n
	}
	full := map[receipts.Rule]int{receipts.Thin: m.W / receipts.CellWidth * dash, receipts.Double: m.W}[kind]
	for y := top; y < top+receipts.CellHeight; y++ {
		switch n := black(y); {
		case n != 0 && n != full:
			return fmt.Errorf("%d dots across, want %d", n, full)
		case n == full && (y == top || black(y-1) == 0):
			lines++
		}
	}
	if want := map[receipts.Rule]int{receipts.Thin: 1, receipts.Double: 2}[kind]; lines != want {
		return fmt.Errorf("%d lines, want %d", lines, want)
	}
	return nil
}

// Every paper can be read back from its dots: each character in its cell, at its size, bold
// or not, and not a dot besides.
func TestEveryPaperIsRead(t *testing.T) {
	r := reader{}
	for _, s := range samples.All() {
		for _, lang := range receipts.Langs() {
			for _, columns := range []int{32, 42, 48} {
				page, err := s.Render(samples.Options(lang, columns, true))
				if err != nil {
					t.Fatal(err)
				}
				m := Page(page)
				got, want := r.page(page, m)
				if !maps.Equal(want, got) {
					t.Fatalf("%s %v %d: %s", s.Name, lang, columns, cmp.Diff(want, got))
				}
				if err := rest(page, m); err != nil {
					t.Fatalf("%s %v %d: %v", s.Name, lang, columns, err)
				}
			}
		}
	}
}

// Every look of letters, a code, a logo, and what the face lacks, whatever the samples have.
func TestLooks(t *testing.T) {
	logo := receipts.NewImage(43, 30)
	for i := range 30 {
		logo.Set(i, i)
		logo.Set(42, i)
	}
	var doc receipts.Document
	for _, size := range []receipts.Size{receipts.Normal, receipts.Tall, receipts.Large} {
		for _, bold := range []bool{false, true} {
			doc.Lines = append(doc.Lines, receipts.Line{Cells: []receipts.Cell{
				{Text: "鹭A消①", Size: size, Bold: bold}, {Text: "█é─", Size: receipts.Normal, Align: receipts.Right},
			}})
		}
	}
	doc.Lines = append(doc.Lines,
		receipts.Line{Rule: receipts.Thin}, receipts.Line{Rule: receipts.Double},
		receipts.Line{Picture: &receipts.Picture{QR: "https://example.com/", Align: receipts.Center}},
		receipts.Line{Picture: &receipts.Picture{Image: logo, Align: receipts.Right}},
	)
	page, err := receipts.Layout(doc, 32)
	if err != nil {
		t.Fatal(err)
	}
	m := Page(page)
	got, want := reader{}.page(page, m)
	if diff := cmp.Diff(want, got); diff != "" || len(got) != 6*7 {
		t.Error(len(got), diff)
	}
	if err := rest(page, m); err != nil {
		t.Error(err)
	}
}
