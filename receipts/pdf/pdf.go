// Package pdf draws a laid-out page as a PDF of the paper's size: the very dots a printer
// sets, and over them the text, unseen, each letter in its cell, to be selected and
// searched.
//
// The writer is small and of its own: what it needs of ISO 32000-1 is one image, one page,
// and fonts without a drawing (Type 3, 9.6.5) whose codes a CMap turns into Unicode (9.10.3).
package pdf

import (
	"bytes"
	"compress/zlib"
	"fmt"
	"strings"
	"unicode/utf16"

	"vpos/receipts"
	"vpos/receipts/raster"
)

// The paper, in points of 1/72 inch: 58 mm or 80 mm wide, white at every edge.
const (
	narrow, wide = 164.4, 226.8
	edge         = 9.0
)

// Render draws a page. The same page always gives the same bytes. title may be empty.
func Render(p receipts.Page, title string) []byte {
	m := raster.Page(p)
	width := wide
	if p.Columns <= 32 {
		width = narrow
	}
	d := &document{dot: (width - 2*edge) / float64(m.W)}
	height := float64(m.H)*d.dot + 2*edge
	d.text(p, height)
	return d.write(m, width, height, title)
}

// document is a PDF on its way.
type document struct {
	dot     float64 // points
	content bytes.Buffer
	codes   map[string]int // of the characters, in the order they come
	chars   []string
	objects []string
}

// perFont is how many codes a font has.
const perFont = 255

// text writes every character of the page into the content, unseen.
func (d *document) text(p receipts.Page, height float64) {
	d.codes = map[string]int{}
	d.content.WriteString("BT 3 Tr\n")
	bottom := height - edge
	for i := range p.Rows {
		bottom -= float64(p.Rows[i].Height()*receipts.CellHeight) * d.dot
		for _, r := range p.Rows[i].Runs {
			d.run(r, bottom)
		}
	}
	d.content.WriteString("ET\n")
}

// run shows the characters of a run, a string a font.
func (d *document) run(r receipts.Run, bottom float64) {
	font, open := -1, false
	end := func() {
		if open {
			d.content.WriteString("> Tj\n")
		}
		open = false
	}
	em := receipts.CellHeight * d.dot
	for col, c := range r.Cells() {
		code, known := d.codes[c]
		if !known {
			code = len(d.chars)
			d.codes[c] = code
			d.chars = append(d.chars, c)
		}
		if !open || code/perFont != font {
			end()
			font = code / perFont
			fmt.Fprintf(&d.content, "/F%d 1 Tf %s 0 0 %s %s %s Tm <", font, number(em*float64(r.Size.W())), number(em*float64(r.Size.H())),
				number(edge+float64(col*receipts.CellWidth)*d.dot), number(bottom+em/4))
			open = true
		}
		fmt.Fprintf(&d.content, "%02x", code%perFont+1)
	}
	end()
}

// number is a length with three decimals at most.
func number(f float64) string {
	return strings.TrimSuffix(strings.TrimRight(fmt.Sprintf("%.3f", f), "0"), ".")
}

// add is a new object and gives its number.
func (d *document) add(text string) int {
	d.objects = append(d.objects, text)
	return len(d.objects)
}

// stream is an object with data, packed.
func (d *document) stream(entries string, data []byte) int {
	var packed bytes.Buffer
	w, err := zlib.NewWriterLevel(&packed, zlib.DefaultCompression)
	if err != nil {
		panic(err) // the level is one there is
	}
	_, _ = w.Write(data) // into memory
	_ = w.Close()
	return d.add(fmt.Sprintf("<<%s/Filter/FlateDecode/Length %d>>stream\n%s\nendstream", entries, packed.Len(), packed.Bytes()))
}

// write puts the objects together, the image under the text.
func (d *document) write(m receipts.Image, width, height float64, title string) []byte {
	paint := fmt.Sprintf("q %s 0 0 %s %s %s cm /I Do Q\n", number(float64(m.W)*d.dot), number(float64(m.H)*d.dot), number(edge), number(edge))
	image := d.stream(fmt.Sprintf("/Type/XObject/Subtype/Image/Width %d/Height %d/BitsPerComponent 1/ImageMask true/Decode[1 0]", m.W, m.H), m.Bits)
	content := d.stream("", append([]byte(paint), d.content.Bytes()...))
	fonts := ""
	blank := d.stream("", []byte("0 0 d0"))
	for f := 0; f*perFont < len(d.chars); f++ {
		fonts += fmt.Sprintf("/F%d %d 0 R", f, d.font(d.chars[f*perFont:min(len(d.chars), (f+1)*perFont)], blank))
	}
	tree := len(d.objects) + 2
	page := d.add(fmt.Sprintf("<</Type/Page/Parent %d 0 R/MediaBox[0 0 %s %s]/Contents %d 0 R/Resources<</XObject<</I %d 0 R>>/Font<<%s>>>>>>",
		tree, number(width), number(height), content, image, fonts))
	d.add(fmt.Sprintf("<</Type/Pages/Kids[%d 0 R]/Count 1>>", page))
	root := d.add(fmt.Sprintf("<</Type/Catalog/Pages %d 0 R>>", tree))
	info := d.add(fmt.Sprintf("<</Title<%s>/Producer(vpos)>>", unicode(title, true)))
	return d.file(root, info)
}

// file is the objects, where each lies, and where to begin.
func (d *document) file(root, info int) []byte {
	var b bytes.Buffer
	b.WriteString("%PDF-1.4\n%\xe2\xe3\xcf\xd3\n")
	places := make([]int, len(d.objects))
	for i, text := range d.objects {
		places[i] = b.Len()
		fmt.Fprintf(&b, "%d 0 obj\n%s\nendobj\n", i+1, text)
	}
	table := b.Len()
	fmt.Fprintf(&b, "xref\n0 %d\n0000000000 65535 f \n", len(places)+1)
	for _, at := range places {
		fmt.Fprintf(&b, "%010d 00000 n \n", at)
	}
	fmt.Fprintf(&b, "trailer<</Size %d/Root %d 0 R/Info %d 0 R>>\nstartxref\n%d\n%%%%EOF\n", len(places)+1, root, info, table)
	return b.Bytes()
}

// font is one whose characters draw nothing and have their widths and meaning.
func (d *document) font(chars []string, blank int) int {
	var widths, names, meaning strings.Builder
	for i, c := range chars {
		fmt.Fprintf(&widths, "%d ", max(1, receipts.Width(c))*receipts.CellWidth)
		names.WriteString("/b")
		fmt.Fprintf(&meaning, "<%02x><%s>\n", i+1, unicode(c, false))
	}
	cmap := "/CIDInit/ProcSet findresource begin 12 dict begin begincmap/CMapName/vpos def/CMapType 2 def\n" +
		"1 begincodespacerange<01><ff>endcodespacerange\n" + ranges(strings.SplitAfter(meaning.String(), "\n")) +
		"endcmap CMapName currentdict/CMap defineresource pop end end"
	to := d.stream("", []byte(cmap))
	return d.add(fmt.Sprintf("<</Type/Font/Subtype/Type3/FontBBox[0 0 24 24]/FontMatrix[%s 0 0 %s 0 0]/FirstChar 1/LastChar %d/Widths[%s]"+
		"/Encoding<</Type/Encoding/Differences[1%s]>>/CharProcs<</b %d 0 R>>/Resources<<>>/ToUnicode %d 0 R>>",
		"0.0416667", "0.0416667", len(chars), widths.String(), names.String(), blank, to))
}

// ranges are the lines of a CMap, a hundred at most in each part.
func ranges(lines []string) string {
	var b strings.Builder
	lines = lines[:len(lines)-1]
	for len(lines) > 0 {
		n := min(len(lines), 100)
		fmt.Fprintf(&b, "%d beginbfchar\n%sendbfchar\n", n, strings.Join(lines[:n], ""))
		lines = lines[n:]
	}
	return b.String()
}

// unicode is a text as UTF-16 in hexadecimal, with the mark that says so or without.
func unicode(text string, marked bool) string {
	var b strings.Builder
	if marked {
		b.WriteString("feff")
	}
	for _, u := range utf16.Encode([]rune(text)) {
		fmt.Fprintf(&b, "%04x", u)
	}
	return b.String()
}
