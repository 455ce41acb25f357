package svg

import (
	"bytes"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"strconv"
	"strings"
	"testing"

	"vpos/receipts"
	"vpos/receipts/receiptstest"
	"vpos/receipts/samples"
)

// read is the test's own reader: the letters of a drawing, each in the cell that its place
// says.
func read(data []byte) (map[receiptstest.At]receiptstest.Cell, error) {
	cells := map[receiptstest.At]receiptstest.Cell{}
	in := xml.NewDecoder(bytes.NewReader(data))
	for {
		token, err := in.Token()
		if errors.Is(err, io.EOF) {
			return cells, nil
		}
		if err != nil {
			return nil, err
		}
		start, ok := token.(xml.StartElement)
		if !ok || start.Name.Local != "text" {
			continue
		}
		var text string
		if err := in.DecodeElement(&text, &start); err != nil {
			return nil, err
		}
		if err := place(cells, start.Attr, text); err != nil {
			return nil, err
		}
	}
}

func place(cells map[receiptstest.At]receiptstest.Cell, attributes []xml.Attr, text string) error {
	size, bold, y := receipts.Normal, false, 0
	var xs []string
	for _, a := range attributes {
		switch a.Name.Local {
		case "x":
			xs = strings.Fields(a.Value)
		case "y":
			y, _ = strconv.Atoi(a.Value)
		case "font-weight":
			bold = true
		case "transform":
			var w, h, zero int
			if _, err := fmt.Sscanf(a.Value, "matrix(%d %d %d %d %d %d)", &w, &zero, &zero, &h, &zero, &y); err != nil {
				return err
			}
			size = map[int]receipts.Size{1: receipts.Tall, 2: receipts.Large}[w]
		}
	}
	row := (y + baseline*size.H()) / receipts.CellHeight
	i, last := 0, receiptstest.At{}
	for at, c := range text {
		x, _ := strconv.Atoi(xs[min(i, len(xs)-1)])
		if len(xs) == 1 {
			x += receipts.Width(text[:at]) * receipts.CellWidth // a mark has no width of its own
		}
		i++
		here := receiptstest.At{Row: row - 1, Col: x * size.W() / receipts.CellWidth}
		if receipts.RuneWidth(c) == 0 {
			cell := cells[last]
			cell.Text += string(c)
			cells[last] = cell
			continue
		}
		if c != ' ' && c != '\u3000' {
			cells[here] = receiptstest.Cell{Text: string(c), Size: size, Bold: bold}
		}
		last = here
	}
	return nil
}

// Every paper, language and width is drawn in its cells.
func TestEveryPaper(t *testing.T) {
	for _, s := range samples.All() {
		for _, lang := range receipts.Langs() {
			for _, columns := range []int{32, 42, 48} {
				page, err := s.Render(samples.Options(lang, columns, true))
				if err != nil {
					t.Fatal(err)
				}
				got, err := read(Render(page))
				if err != nil {
					t.Fatal(err)
				}
				if err := differs(receiptstest.Cells(page), got); err != nil {
					t.Fatalf("%s %v %d: %v", s.Name, lang, columns, err)
				}
			}
		}
	}
}

func differs(want, got map[receiptstest.At]receiptstest.Cell) error {
	for at, c := range want {
		if got[at] != c {
			return fmt.Errorf("%+v is %+v, want %+v", at, got[at], c)
		}
	}
	if len(got) != len(want) {
		return fmt.Errorf("%d letters, want %d", len(got), len(want))
	}
	return nil
}

// A QR code is its dots, and says what it is for.
func TestPicture(t *testing.T) {
	page, err := receipts.Layout(receipts.Document{Lines: []receipts.Line{{Picture: &receipts.Picture{QR: "a<b>&c", Align: receipts.Center}}}}, 32)
	if err != nil {
		t.Fatal(err)
	}
	p := page.Rows[0].Picture
	again := receipts.NewImage(32*receipts.CellWidth, p.Rows*receipts.CellHeight)
	drawn := string(Render(page))
	path := drawn[strings.Index(drawn, ` d="M`)+4:]
	path = path[:strings.Index(path, `"`)]
	for _, part := range strings.Split(strings.TrimSuffix(path, "z"), "z") {
		var x, y, w, h, back int
		if _, err := fmt.Sscanf(part, "M%d %dh%dv%dh%d", &x, &y, &w, &h, &back); err != nil || back != -w {
			t.Fatalf("%q: %v", part, err)
		}
		for dy := range h {
			for dx := range w {
				again.Set(x+dx, y+dy)
			}
		}
	}
	for y := range p.Dots.H {
		for x := range p.Dots.W {
			if p.Dots.Black(x, y) != again.Black(p.Col*receipts.CellWidth+x, y) {
				t.Fatalf("dot %d,%d", x, y)
			}
		}
	}
	if !strings.Contains(drawn, "<title>a&lt;b&gt;&amp;c</title>") {
		t.Error("the code does not say what it is for")
	}
}

// Whatever a text is, it stays text.
func FuzzText(f *testing.F) {
	f.Add("</text><script>&amp;\"'", 0)
	f.Add("消费 e\u0301 \ufffe", 2)
	f.Fuzz(func(t *testing.T, text string, size int) {
		page, err := receipts.Layout(receipts.Document{Lines: []receipts.Line{{Cells: []receipts.Cell{
			{Text: text, Size: receipts.Size(size & 1 * 2)},
		}}}}, 48)
		if err != nil {
			return
		}
		got, err := read(Render(page))
		if err != nil {
			t.Fatal(err)
		}
		if want := receiptstest.Cells(page); len(want) != len(got) {
			t.Errorf("%d letters, want %d", len(got), len(want))
		}
	})
}
