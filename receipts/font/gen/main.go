// Command gen packs the glyphs of bitmapfont's simplified Chinese face into glyphs.bin of
// the package above: go run . > ../glyphs.bin. It is a module of its own, so that vpos does
// not carry the other faces.
package main

import (
	"bytes"
	"compress/flate"
	"encoding/binary"
	"io"
	"log"
	"os"

	"github.com/hajimehoshi/bitmapfont/v3"
	"golang.org/x/image/font"
	"golang.org/x/image/math/fixed"
	"golang.org/x/text/width"
)

const (
	rows     = 12
	baseline = 11
)

// blocks are what can stand on a slip: Latin, Greek, Cyrillic, signs, kana, hanzi.
var blocks = [][2]rune{
	{0x20, 0x7E}, {0xA0, 0x17F}, {0x370, 0x45F}, {0x2010, 0x206F}, {0x20A0, 0x20BF}, {0x2100, 0x23FF}, {0x2500, 0x27BF},
	{0x3000, 0x30FF}, {0x3200, 0x33FF}, {0x4E00, 0x9FFF}, {0xFF01, 0xFFEE}, {0xFFFD, 0xFFFD},
}

func main() {
	var index, glyphs bytes.Buffer
	n, last, cols := 0, rune(-2), 0
	end := func() {
		if last >= 0 {
			_ = binary.Write(&index, binary.BigEndian, uint16(last))
		}
	}
	for _, b := range blocks {
		for r := b[0]; r <= b[1]; r++ {
			g, wide, ok := glyph(r)
			if !ok {
				continue
			}
			if r != last+1 || wide != cols {
				end()
				_ = binary.Write(&index, binary.BigEndian, uint16(r))
				index.WriteByte(byte(wide))
				n++
			}
			last, cols = r, wide
			glyphs.Write(g)
		}
	}
	end()
	out, err := flate.NewWriter(os.Stdout, flate.BestCompression)
	if err != nil {
		log.Fatal(err)
	}
	_ = binary.Write(out, binary.BigEndian, uint16(n))
	for _, part := range []io.Reader{&index, &glyphs} {
		if _, err := io.Copy(out, part); err != nil {
			log.Fatal(err)
		}
	}
	if err := out.Close(); err != nil {
		log.Fatal(err)
	}
}

// glyph is a character's dots: twelve rows of six in a byte each, or of twelve packed. What
// stands above the cell, an accent on a capital, comes down into its first row.
// What one face leaves empty the next may have.
func glyph(r rune) (packed []byte, cols int, ok bool) {
	for _, face := range []font.Face{bitmapfont.FaceSC, bitmapfont.FaceTC, bitmapfont.Face} {
		if packed, cols, ok = glyphOf(face, r); ok {
			break
		}
	}
	return packed, cols, ok
}

func glyphOf(face font.Face, r rune) (packed []byte, cols int, ok bool) {
	area, mask, at, advance, ok := face.Glyph(fixed.P(0, baseline), r)
	cols = 1
	if k := width.LookupRune(r).Kind(); k == width.EastAsianWide || k == width.EastAsianFullwidth {
		cols = 2
	}
	if !ok || advance.Round() != 6*cols {
		return nil, 0, false
	}
	var dots [rows]uint16
	for y := area.Min.Y; y < area.Max.Y; y++ {
		for x := max(0, area.Min.X); x < min(6*cols, area.Max.X); x++ {
			if _, _, _, a := mask.At(at.X+x-area.Min.X, at.Y+y-area.Min.Y).RGBA(); a > 0 {
				dots[min(max(y-1, 0), rows-1)] |= 1 << (6*cols - 1 - x)
			}
		}
	}
	if dots == [rows]uint16{} && r != ' ' && r != 0xA0 && r != 0x3000 {
		return nil, 0, false
	}
	if cols == 1 {
		for _, d := range dots {
			packed = append(packed, byte(d))
		}
		return packed, cols, true
	}
	for y := 0; y < rows; y += 2 {
		packed = append(packed, byte(dots[y]>>4), byte(dots[y]<<4|dots[y+1]>>8), byte(dots[y+1]))
	}
	return packed, cols, true
}
