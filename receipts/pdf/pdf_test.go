package pdf

import (
	"bytes"
	"compress/zlib"
	"encoding/hex"
	"fmt"
	"io"
	"math"
	"os/exec"
	"regexp"
	"strconv"
	"strings"
	"testing"
	"unicode/utf16"

	"vpos/receipts"
	"vpos/receipts/raster"
	"vpos/receipts/receiptstest"
	"vpos/receipts/samples"
)

// file is a PDF as the test's own reader finds it: objects by their places in the table.
type file struct {
	objects map[int][]byte
}

var (
	entry     = regexp.MustCompile(`(?m)^(\d{10}) 00000 n $`)
	reference = regexp.MustCompile(`(\d+) 0 R`)
	shown     = regexp.MustCompile(`/F(\d+) 1 Tf (\S+) 0 0 (\S+) (\S+) (\S+) Tm <([0-9a-f]+)> Tj`)
	meaning   = regexp.MustCompile(`<([0-9a-f]{2})><([0-9a-f]+)>`)
)

func open(data []byte) (f file, err error) {
	start := bytes.LastIndex(data, []byte("startxref\n"))
	var table int
	if _, err := fmt.Sscan(string(data[start+10:]), &table); err != nil || !bytes.HasPrefix(data[table:], []byte("xref\n")) {
		return f, fmt.Errorf("no table at %d: %v", table, err)
	}
	f.objects = map[int][]byte{}
	for i, m := range entry.FindAllSubmatch(data[table:], -1) {
		at, _ := strconv.Atoi(string(m[1]))
		head := fmt.Sprintf("%d 0 obj\n", i+1)
		if !bytes.HasPrefix(data[at:], []byte(head)) {
			return f, fmt.Errorf("object %d is not at %d", i+1, at)
		}
		body := data[at+len(head):]
		f.objects[i+1] = body[:bytes.Index(body, []byte("\nendobj"))]
	}
	return f, nil
}

// stream is what an object holds, unpacked.
func (f file) stream(n int) ([]byte, error) {
	head, body, ok := bytes.Cut(f.objects[n], []byte("stream\n"))
	length := regexp.MustCompile(`/Length (\d+)`).FindSubmatch(head)
	if !ok || length == nil {
		return nil, fmt.Errorf("object %d is no stream", n)
	}
	size, _ := strconv.Atoi(string(length[1]))
	r, err := zlib.NewReader(bytes.NewReader(body[:size]))
	if err != nil {
		return nil, err
	}
	return io.ReadAll(r)
}

// find is the number after a name in the object that has it.
func (f file) find(name string) int {
	for _, o := range f.objects {
		if _, after, ok := bytes.Cut(o, []byte(name)); ok {
			if m := reference.FindSubmatch(after); m != nil {
				n, _ := strconv.Atoi(string(m[1]))
				return n
			}
		}
	}
	return 0
}

func read(data []byte, page receipts.Page) (map[receiptstest.At]receiptstest.Cell, error) {
	f, err := open(data)
	if err != nil {
		return nil, err
	}
	content, err := f.stream(f.find("/Contents "))
	if err != nil {
		return nil, err
	}
	box := regexp.MustCompile(`MediaBox\[0 0 (\S+) (\S+)\]`)
	var width, height float64
	for _, o := range f.objects {
		if m := box.FindSubmatch(o); m != nil {
			width, _ = strconv.ParseFloat(string(m[1]), 64)
			height, _ = strconv.ParseFloat(string(m[2]), 64)
		}
	}
	dot := (width - 2*edge) / float64(page.Columns*receipts.CellWidth)
	cells := map[receiptstest.At]receiptstest.Cell{}
	for _, m := range shown.FindAllSubmatch(content, -1) {
		number := func(i int) float64 { n, _ := strconv.ParseFloat(string(m[i]), 64); return n }
		codes, err := f.meanings(string(m[1]))
		if err != nil {
			return nil, err
		}
		em := receipts.CellHeight * dot
		w, h := math.Round(number(2)/em), math.Round(number(3)/em)
		size := map[[2]float64]receipts.Size{{1, 1}: receipts.Normal, {1, 2}: receipts.Tall, {2, 2}: receipts.Large}[[2]float64{w, h}]
		row := int(math.Round((height-edge-number(5)+em/4)/em)) - 1
		col := int(math.Round((number(4) - edge) / dot / receipts.CellWidth))
		raw, _ := hex.DecodeString(string(m[6]))
		for _, c := range raw {
			text := codes[c]
			if text != " " && text != "\u3000" {
				cells[receiptstest.At{Row: row, Col: col}] = receiptstest.Cell{Text: text, Size: size}
			}
			col += receipts.Width(text) * size.W()
		}
	}
	return cells, nil
}

// meanings are the characters of a font's codes.
func (f file) meanings(font string) (map[byte]string, error) {
	cmap, err := f.stream(numberAfter(f.objects[f.find("/F"+font+" ")], "/ToUnicode "))
	if err != nil {
		return nil, err
	}
	codes := map[byte]string{}
	for _, m := range meaning.FindAllSubmatch(cmap, -1) {
		code, _ := hex.DecodeString(string(m[1]))
		raw, _ := hex.DecodeString(string(m[2]))
		var units []uint16
		for i := 0; i+1 < len(raw); i += 2 {
			units = append(units, uint16(raw[i])<<8|uint16(raw[i+1]))
		}
		codes[code[0]] = string(utf16.Decode(units))
	}
	return codes, nil
}

func numberAfter(o []byte, name string) int {
	_, after, _ := bytes.Cut(o, []byte(name))
	n := 0
	_, _ = fmt.Sscan(string(after), &n)
	return n
}

// Every paper, language and width: its text in its cells, its dots those of the printer, and
// a slip small.
func TestEveryPaper(t *testing.T) {
	most := 0
	for _, s := range samples.All() {
		for _, lang := range receipts.Langs() {
			for _, columns := range []int{32, 42, 48} {
				page, err := s.Render(samples.Options(lang, columns, true))
				if err != nil {
					t.Fatal(err)
				}
				data := Render(page, s.Name)
				got, err := read(data, page)
				if err != nil {
					t.Fatalf("%s %v %d: %v", s.Name, lang, columns, err)
				}
				want := receiptstest.Cells(page)
				for at, c := range want {
					c.Bold = false
					if got[at] != c {
						t.Fatalf("%s %v %d: %+v is %+v, want %+v", s.Name, lang, columns, at, got[at], c)
					}
				}
				if len(got) != len(want) {
					t.Fatalf("%s %v %d: %d letters, want %d", s.Name, lang, columns, len(got), len(want))
				}
				f, _ := open(data)
				if dots, err := f.stream(f.find("/XObject<</I ")); err != nil || !bytes.Equal(dots, raster.Page(page).Bits) {
					t.Fatalf("%s: other dots: %v", s.Name, err)
				}
				if s.Card { // a report is as long as its day
					most = max(most, len(data))
				}
			}
		}
	}
	if most > 25<<10 {
		t.Errorf("the largest slip has %d bytes", most)
	}
	t.Logf("the largest slip has %d bytes", most)
}

// squeezed is a text without its spaces.
func squeezed(s string) string { return strings.Join(strings.Fields(s), "") }

// A reader that nobody here wrote finds the same lines.
func TestPdftotext(t *testing.T) {
	tool, err := exec.LookPath("pdftotext")
	if err != nil {
		t.Skip("SKIPPED: pdftotext is not installed")
	}
	for _, s := range samples.All() {
		page, err := s.Render(samples.Options(receipts.Both, 48, true))
		if err != nil {
			t.Fatal(err)
		}
		cmd := exec.Command(tool, "-layout", "-", "-")
		cmd.Stdin = bytes.NewReader(Render(page, ""))
		out, err := cmd.Output()
		if err != nil {
			t.Fatalf("%s: %v", s.Name, err)
		}
		all := squeezed(string(out))
		for i, r := range page.Rows {
			for _, run := range r.Runs {
				for _, word := range strings.Fields(run.Text) {
					if !strings.Contains(all, word) {
						t.Errorf("%s row %d: no %q in\n%s", s.Name, i, word, out)
					}
				}
			}
		}
	}
}

func BenchmarkChineseSlip(b *testing.B) {
	page, err := samples.All()[0].Render(samples.Options(receipts.Chinese, 32, false))
	if err != nil {
		b.Fatal(err)
	}
	receiptstest.Bench(b, func() []byte { return Render(page, "") })
}
