package raster

import (
	"bytes"
	"fmt"
	"image/png"
	"os"
	"strings"
	"testing"

	"vpos/receipts"
	"vpos/receipts/font"
	"vpos/receipts/samples"
)

// read finds out again what letters stand in a row of dots, by comparing each cell with the
// face: the text of every run where the page says one is. It knows nothing of how they were
// drawn.
func read(m receipts.Image, x, top int, c rune, size receipts.Size, bold bool) bool {
	g := font.Of(c)
	sx, sy := 2*size.W(), 2*size.H()
	for y := range font.Size {
		for gx := range 6 * g.Cols {
			black := g.Rows[y]>>(6*g.Cols-1-gx)&1 == 1
			n := 0
			for dy := range sy {
				for dx := range sx {
					if m.Black(x+gx*sx+dx, top+y*sy+dy) {
						n++
					}
				}
			}
			// A smoothed corner is a fourth of a dot; bold letters are wider.
			if black && 4*n < sx*sy || !black && !bold && 2*n > sx*sy {
				return false
			}
		}
	}
	return true
}

// Every character of every paper is drawn in its cell, at its size.
func TestEveryPaperIsDrawn(t *testing.T) {
	for _, s := range samples.All() {
		for _, lang := range receipts.Langs() {
			for _, columns := range []int{32, 42, 48} {
				page, err := s.Render(samples.Options(lang, columns, true))
				if err != nil {
					t.Fatal(err)
				}
				if err := drawn(page, Page(page)); err != nil {
					t.Fatalf("%s %v %d: %v", s.Name, lang, columns, err)
				}
			}
		}
	}
}

func drawn(page receipts.Page, m receipts.Image) error {
	top := 0
	for i, row := range page.Rows {
		bottom := top + row.Height()*receipts.CellHeight
		for _, run := range row.Runs {
			for col, text := range run.Cells() {
				for _, c := range text {
					if _, ok := font.Find(c); !ok {
						return fmt.Errorf("row %d: the face lacks %q", i, c)
					}
					if !read(m, col*receipts.CellWidth, bottom-run.Size.H()*receipts.CellHeight, c, run.Size, run.Bold) {
						return fmt.Errorf("row %d, column %d: no %q", i, col, c)
					}
				}
			}
		}
		if row.Rule != receipts.NoRule && !m.Black(0, top+thinTop+thickness-1) && !m.Black(0, top+doubleTop) {
			return fmt.Errorf("row %d: no rule", i)
		}
		top = bottom
	}
	if m.W != page.Columns*receipts.CellWidth || m.H != top {
		return fmt.Errorf("%d × %d dots", m.W, m.H)
	}
	return nil
}

// A row alone is that row of the page, and another letter is another picture.
func TestRow(t *testing.T) {
	page, err := samples.All()[0].Render(samples.Options(receipts.Both, 42, true))
	if err != nil {
		t.Fatal(err)
	}
	var all []byte
	for _, r := range page.Rows {
		all = append(all, Row(page.Columns, r).Bits...)
	}
	if !bytes.Equal(all, Page(page).Bits) {
		t.Error("the rows are not the page")
	}
	page.Rows[len(page.Rows)-1].Runs[0].Text = strings.Replace(page.Rows[len(page.Rows)-1].Runs[0].Text, "T", "I", 1)
	if bytes.Equal(all, Page(page).Bits) {
		t.Error("another letter looks the same")
	}
}

func TestPNG(t *testing.T) {
	page, err := samples.All()[0].Render(samples.Options(receipts.Chinese, 32, false))
	if err != nil {
		t.Fatal(err)
	}
	page.Rows = append(page.Rows, receipts.Row{Rule: receipts.Double})
	var out bytes.Buffer
	if err := PNG(&out, page); err != nil {
		t.Fatal(err)
	}
	picture, err := png.Decode(&out)
	if err != nil {
		t.Fatal(err)
	}
	m := Page(page)
	for y := range m.H {
		for x := range m.W {
			if r, _, _, _ := picture.At(x+margin, y+margin).RGBA(); (r == 0) != m.Black(x, y) {
				t.Fatalf("%d,%d", x, y)
			}
		}
	}
	if dir := os.Getenv("VPOS_LOOK"); dir != "" { // to be looked at
		var out bytes.Buffer
		_ = PNG(&out, page)
		_ = os.WriteFile(dir+"/slip.png", out.Bytes(), 0o600)
	}
}

func FuzzRow(f *testing.F) {
	f.Add("消费 SALE ×", 3, uint8(2), true)
	f.Fuzz(func(t *testing.T, text string, col int, size uint8, bold bool) {
		page, err := receipts.Layout(receipts.Document{Lines: []receipts.Line{{Cells: []receipts.Cell{
			{Text: text, Size: receipts.Size(size % 3), Bold: bold, Align: receipts.Align(size / 3 % 3)},
		}}}}, 32)
		if err != nil {
			return
		}
		Page(page)
		for _, row := range page.Rows {
			for i := range row.Runs {
				row.Runs[i].Col = col % 100 // off the paper too
			}
			Row(32, row)
		}
	})
}

func BenchmarkPage(b *testing.B) {
	page, err := samples.All()[0].Render(samples.Options(receipts.Chinese, 32, false))
	if err != nil {
		b.Fatal(err)
	}
	b.ReportAllocs()
	for b.Loop() {
		Page(page)
	}
}
