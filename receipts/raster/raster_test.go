package raster

import (
	"bytes"
	"fmt"
	"image/png"
	"strings"
	"testing"
	"time"

	"vpos/receipts"
	"vpos/receipts/font"
	"vpos/receipts/samples"
)

// A row alone is that row of the page, and another letter is another picture.
func TestRow(t *testing.T) {
	page := sample(t, "sale-chip-signature", receipts.Both, 42)
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

func sample(t testing.TB, name string, lang receipts.Lang, columns int) receipts.Page {
	t.Helper()
	s, ok := samples.Find(name)
	if !ok {
		t.Fatalf("no sample %s", name)
	}
	page, err := s.Render(samples.Options(lang, columns, true))
	if err != nil {
		t.Fatal(err)
	}
	return page
}

// What the face lacks is a frame; a mark stands over its letter, and one that the face lacks
// is seen as well.
func TestMissing(t *testing.T) {
	row := func(text string) receipts.Image {
		return Row(2, receipts.Row{Runs: []receipts.Run{{Cols: 2, Text: text}}})
	}
	over := func(chars ...rune) receipts.Image {
		m := receipts.NewImage(2*receipts.CellWidth, receipts.CellHeight)
		for _, c := range chars {
			d := font.Cell(c)
			for y, bits := range d.Rows {
				for x := range d.Cols * receipts.CellWidth {
					if bits>>(d.Cols*receipts.CellWidth-1-x)&1 == 1 {
						m.Set(x, y)
					}
				}
			}
		}
		return m
	}
	for text, want := range map[string]receipts.Image{
		"\U0001F600": over(0x1F600),
		"e\u0301":    over('e', 0x0301),
		"e\u20DD":    over('e', '\uFFFD'),
	} {
		if got := row(text); !bytes.Equal(got.Bits, want.Bits) || bytes.Equal(got.Bits, row("e").Bits) {
			t.Errorf("%q is drawn as\n%s", text, show(got))
		}
	}
}

func show(m receipts.Image) string {
	var b strings.Builder
	for y := range m.H {
		for x := range m.W {
			b.WriteByte(" #"[map[bool]int{true: 1}[m.Black(x, y)]])
		}
		b.WriteByte('\n')
	}
	return b.String()
}

// The picture is the page within a margin, and the same each time.
func TestPNG(t *testing.T) {
	page := sample(t, "sale-keyed", receipts.Chinese, 32)
	page.Rows = append(page.Rows, receipts.Row{Rule: receipts.Double})
	var out, again bytes.Buffer
	if err := PNG(&out, page); err != nil {
		t.Fatal(err)
	}
	if err := PNG(&again, page); err != nil || !bytes.Equal(out.Bytes(), again.Bytes()) {
		t.Errorf("%v, %d bytes and then %d", err, out.Len(), again.Len())
	}
	picture, err := png.Decode(&out)
	if err != nil {
		t.Fatal(err)
	}
	m := Page(page)
	if size := picture.Bounds().Size(); size.X != m.W+2*margin || size.Y != m.H+2*margin {
		t.Fatal(size)
	}
	for y := range picture.Bounds().Dy() {
		for x := range picture.Bounds().Dx() {
			if r, _, _, _ := picture.At(x, y).RGBA(); (r == 0) != m.Black(x-margin, y-margin) {
				t.Fatalf("%d,%d", x, y)
			}
		}
	}
}

// Whatever stands on a row, and wherever, a narrow paper shows what a wide one shows there.
func FuzzRow(f *testing.F) {
	f.Add("消费 SALE ×", 3, uint8(2), true, uint8(32))
	f.Add("鹭①█\U0001F600e\u0301", 31, uint8(1), false, uint8(32))
	f.Add("12345", -8, uint8(0), false, uint8(32))
	f.Add("12345", 0, uint8(0), true, uint8(0))
	f.Fuzz(func(t *testing.T, text string, col int, size uint8, bold bool, columns uint8) {
		col %= 300
		row := receipts.Row{Runs: []receipts.Run{
			{Col: col, Text: text, Size: receipts.Size(size % 3), Bold: bold},
			{Col: col / 2, Text: text},
		}}
		narrow, wide := Row(int(columns), row), Row(int(columns)+100, row)
		if narrow.W != int(columns)*receipts.CellWidth || narrow.H != row.Height()*receipts.CellHeight ||
			len(narrow.Bits) != narrow.Stride()*narrow.H {
			t.Fatalf("%d × %d dots", narrow.W, narrow.H)
		}
		for y := range narrow.H {
			for x := range narrow.Stride() * 8 {
				on := narrow.Bits[y*narrow.Stride()+x/8]&(0x80>>(x%8)) != 0
				if want := x < narrow.W && wide.Black(x, y); on != want {
					t.Fatalf("%d,%d of %d: %t", x, y, narrow.W, on)
				}
			}
		}
	})
}

// BenchmarkPage draws slips, and says how many times longer it takes than to copy the bytes.
func BenchmarkPage(b *testing.B) {
	for _, c := range []struct {
		name    string
		lang    receipts.Lang
		columns int
	}{
		{"sale-keyed", receipts.Chinese, 32}, {"sale-keyed", receipts.English, 48}, {"sale-chip-signature", receipts.Chinese, 32},
		{"sale-chip-signature", receipts.Both, 48}, {"settlement", receipts.Chinese, 48},
	} {
		b.Run(fmt.Sprintf("%s-%v-%d", c.name, c.lang, c.columns), func(b *testing.B) {
			page := sample(b, c.name, c.lang, c.columns)
			drawn := Page(page)
			into := make([]byte, len(drawn.Bits))
			const copies = 10_000
			start := time.Now()
			for range copies {
				copy(into, drawn.Bits)
			}
			raw := float64(time.Since(start).Nanoseconds()) / copies
			b.ReportAllocs()
			for b.Loop() {
				Page(page)
			}
			each := float64(b.Elapsed().Nanoseconds()) / float64(b.N)
			b.ReportMetric(each/1e3, "µs/page")
			b.ReportMetric(each/raw, "x-raw-copy")
		})
	}
}
