// Command gen packs the glyphs of bitmapfont's simplified Chinese face, and what it lacks of
// GB 2312 from songti.txt, into glyphs.bin of the package above: go run . > ../glyphs.bin.
// It is a module of its own, so that vpos does not carry the other faces.
//
// The pack is deflated. It begins with the number of spans; a span is its first character,
// a byte for the form of its glyphs, and its last character. The glyphs of all spans follow.
// Numbers are of two bytes, the high one first.
package main

import (
	"bytes"
	"compress/flate"
	"encoding/binary"
	"io"
	"log"
	"os"
)

// A glyph has one of these forms. Package font knows the same numbers.
const (
	narrow    = 1 + iota // 12 rows of 6 dots, a byte each
	wide                 // 12 rows of 12 dots, two rows in three bytes
	condensed            // as wide, but to be drawn in one column
	fine                 // 24 rows of 24 dots
)

// blocks are what can stand on a slip: Latin, Greek, Cyrillic, marks, signs, kana, bopomofo,
// hanzi, forms.
var blocks = [][2]rune{
	{0x20, 0x7E}, {0xA0, 0x17F}, {0x1C0, 0x1FF}, {0x250, 0x261}, {0x2C7, 0x2DD}, {0x300, 0x36F}, {0x370, 0x45F},
	{0x2010, 0x206F}, {0x20A0, 0x20BF}, {0x2100, 0x27BF}, {0x3000, 0x312F}, {0x3200, 0x33FF}, {0x3400, 0x4DBF},
	{0x4E00, 0x9FFF}, {0xFE30, 0xFE4F}, {0xFF01, 0xFFEE}, {0xFFFD, 0xFFFD},
}

func main() {
	rare, err := songti()
	if err != nil {
		log.Fatal(err)
	}
	if err := pack(os.Stdout, rare); err != nil {
		log.Fatal(err)
	}
}

func pack(w io.Writer, rare map[rune][]byte) error {
	var p packer
	for _, b := range blocks {
		for r := b[0]; r <= b[1]; r++ {
			if g, form := glyph(r); form != 0 {
				p.add(r, form, g)
			} else if g, ok := rare[r]; ok {
				p.add(r, fine, g)
			}
		}
	}
	out, err := flate.NewWriter(w, flate.BestCompression)
	if err != nil {
		return err
	}
	if err := p.write(out); err != nil {
		return err
	}
	return out.Close()
}

// packer collects glyphs in the order of their characters.
type packer struct {
	spans  []span
	glyphs bytes.Buffer
}

type span struct {
	first rune
	form  byte
	last  rune
}

func (p *packer) add(r rune, form byte, glyph []byte) {
	p.glyphs.Write(glyph)
	if n := len(p.spans) - 1; n >= 0 && p.spans[n].last == r-1 && p.spans[n].form == form {
		p.spans[n].last = r
		return
	}
	p.spans = append(p.spans, span{r, form, r})
}

func (p *packer) write(w io.Writer) error {
	index := binary.BigEndian.AppendUint16(nil, uint16(len(p.spans)))
	for _, s := range p.spans {
		index = binary.BigEndian.AppendUint16(index, uint16(s.first))
		index = append(index, s.form)
		index = binary.BigEndian.AppendUint16(index, uint16(s.last))
	}
	if _, err := w.Write(index); err != nil {
		return err
	}
	_, err := p.glyphs.WriteTo(w)
	return err
}
