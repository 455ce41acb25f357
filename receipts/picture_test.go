package receipts

import (
	"errors"
	"strings"
	"testing"
)

// The rectangles of an image are its black dots, each once.
func TestRects(t *testing.T) {
	m, err := QRModules("https://example.org/r/268")
	if err != nil {
		t.Fatal(err)
	}
	again := NewImage(m.W, m.H)
	n := 0
	for r := range m.Rects() {
		for y := r.Min.Y; y < r.Max.Y; y++ {
			for x := r.Min.X; x < r.Max.X; x++ {
				if again.Black(x, y) {
					t.Fatalf("%d,%d is covered twice", x, y)
				}
				again.Set(x, y)
				n++
			}
		}
	}
	if string(again.Bits) != string(m.Bits) || n == 0 {
		t.Error("other dots")
	}
}

func TestPicturePlaced(t *testing.T) {
	for columns, module := range map[int]int{32: 6, 42: 6, 48: 6, 12: 4} {
		page, err := Layout(Document{Lines: []Line{{Picture: &Picture{QR: "https://example.org", Align: Center}}}}, columns)
		if err != nil {
			t.Fatal(err)
		}
		p := page.Rows[0].Picture
		if p.Module != module || p.Dots.W != (25+8)*module || p.Cols*CellWidth < p.Dots.W || p.Rows*CellHeight < p.Dots.H ||
			p.Col < 0 || p.Col+p.Cols > columns || page.Rows[0].Height() != p.Rows {
			t.Errorf("%d columns: module %d, %d dots, columns %d+%d, rows %d", columns, p.Module, p.Dots.W, p.Col, p.Cols, p.Rows)
		}
	}
	for want, p := range map[error]Picture{
		ErrPictureEmpty: {}, ErrPictureWide: {Image: NewImage(385, 1)}, ErrQR: {QR: strings.Repeat("x", maxQR+1)},
	} {
		if _, err := Layout(Document{Lines: []Line{{Picture: &p}}}, 32); !errors.Is(err, want) {
			t.Errorf("%v, want %v", err, want)
		}
	}
}

// No code says a card number.
func TestNoCardNumberInACode(t *testing.T) {
	add := func(text string) error {
		p, f := build(t, sample(t), sampleOptions(), func(d *Document) {
			at := len(d.Lines) - 1
			d.Lines = append(d.Lines[:at:at], Line{Picture: &Picture{QR: text}}, d.Lines[at])
		})
		return Check(p, f)
	}
	if err := add("https://example.org"); err != nil {
		t.Error(err)
	}
	var broken *CheckError
	if err := add("pan=4111111111111111"); !errors.As(err, &broken) || broken.Problem != Exposed {
		t.Error(err)
	}
}
