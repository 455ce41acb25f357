package escpos

import (
	"bytes"
	"errors"
	"fmt"
	"slices"
	"strings"

	"golang.org/x/text/encoding/simplifiedchinese"

	"vpos/receipts"
)

// The decoder is the test's own: what a printer makes of the bytes, letter by letter. It
// shares no table with the encoder.

// printed is a letter on paper, in columns of font A.
type printed struct {
	col        int
	char       string
	wide, high bool
	bold       bool
}

// line is a line of letters, or dots, or a QR code.
type line struct {
	letters []printed
	dots    receipts.Image
	qr      string
	module  int
	align   byte
	led     byte // dots that the paper was moved on by afterwards
}

// paper is what a job left behind.
type paper struct {
	lines               []line
	cut, fed, beeps     int
	kicked, chineseSent bool
}

type decoder struct {
	utf8    bool
	in      []byte
	out     paper
	line    line
	dot     int // where the next letter stands, in dots
	chinese bool
	letter  byte
	hanzi   byte
	align   byte
	qr      string
	module  int
}

func decode(data []byte, utf8 bool) (p paper, err error) {
	d := &decoder{utf8: utf8, in: data}
	for len(d.in) > 0 {
		before := len(d.in)
		if err := d.step(); err != nil {
			return d.out, fmt.Errorf("at byte %d: %w", len(data)-before, err)
		}
	}
	if len(d.line.letters) > 0 {
		return d.out, fmt.Errorf("letters that no line feed prints")
	}
	return d.out, nil
}

// has takes a command off the input.
func (d *decoder) has(command string, n int) ([]byte, bool) {
	if !bytes.HasPrefix(d.in, []byte(command)) || len(d.in) < len(command)+n {
		return nil, false
	}
	p := d.in[len(command) : len(command)+n]
	d.in = d.in[len(command)+n:]
	return p, true
}

func (d *decoder) step() error {
	if p, ok := d.has("\x1bp", 3); ok {
		d.out.kicked = p[0] == 0 && p[1] > 0 && p[2] > p[1]
		return nil
	}
	if p, ok := d.has("\x1d(k", 2); ok {
		return d.code(int(p[0]) | int(p[1])<<8)
	}
	if p, ok := d.has("\x1dv0\x00", 4); ok {
		return d.raster((int(p[0])|int(p[1])<<8)*8, int(p[2])|int(p[3])<<8)
	}
	if p, ok := d.has("\x1dV", 1); ok {
		d.out.cut = int(p[0]) + 1
		return nil
	}
	if _, ok := d.has("\x1bB", 2); ok {
		d.out.beeps++
		return nil
	}
	if p, ok := d.has("\x1bd", 1); ok {
		d.out.fed = int(p[0])
		return nil
	}
	if p, ok := d.has("\x1bJ", 1); ok {
		if len(d.out.lines) == 0 || len(d.line.letters) > 0 {
			return errors.New("ESC J amid letters")
		}
		d.out.lines[len(d.out.lines)-1].led += p[0]
		return nil
	}
	if p, ok := d.has("\x1b$", 2); ok {
		d.dot = int(p[0]) | int(p[1])<<8
		return nil
	}
	return d.mode()
}

func (d *decoder) mode() error {
	if _, ok := d.has("\x1b@", 0); ok {
		d.letter, d.hanzi, d.align, d.chinese = 0, 0, 0, false
		return nil
	}
	if p, ok := d.has("\x1b!", 1); ok {
		d.letter = p[0]
		return nil
	}
	if p, ok := d.has("\x1c!", 1); ok {
		d.hanzi = p[0]
		return nil
	}
	if _, ok := d.has("\x1c&", 0); ok {
		d.chinese, d.out.chineseSent = true, true
		return nil
	}
	if p, ok := d.has("\x1c(C\x02\x00", 2); ok {
		if !d.utf8 || string(p) != "02" {
			return fmt.Errorf("FS ( C %q", p)
		}
		return nil
	}
	if p, ok := d.has("\x1ba", 1); ok {
		d.align = p[0]
		return nil
	}
	return d.text()
}

func (d *decoder) text() error {
	c := d.in[0]
	switch {
	case c == '\n':
		d.out.lines = append(d.out.lines, d.line)
		d.line, d.dot = line{}, 0
		d.in = d.in[1:]
		return nil
	case c < ' ':
		return fmt.Errorf("unknown command % x", d.in[:min(4, len(d.in))])
	case c < 0x80:
		d.put(string(c), 12, d.letter&0x20 != 0, d.letter&0x10 != 0)
		d.in = d.in[1:]
		return nil
	case d.utf8:
		r := []rune(string(d.in[:min(4, len(d.in))]))[0]
		return d.putHanzi(string(r), len(string(r)))
	case !d.chinese || len(d.in) < 2:
		return fmt.Errorf("byte %x, and Chinese was not chosen", c)
	}
	s, err := simplifiedchinese.GB18030.NewDecoder().Bytes(d.in[:2])
	if err != nil {
		return fmt.Errorf("GB18030: %w", err)
	}
	return d.putHanzi(string(s), 2)
}

// putHanzi takes a hanzi of n bytes off the input.
func (d *decoder) putHanzi(s string, n int) error {
	wide, high := d.hanzi&4 != 0, d.hanzi&8 != 0
	// A printer that hears ESC ! alone leaves hanzi small: both must say the same.
	if wide != (d.letter&0x20 != 0) || high != (d.letter&0x10 != 0) {
		return fmt.Errorf("%s: FS ! %x beside ESC ! %x", s, d.hanzi, d.letter)
	}
	d.put(s, 24, wide, high)
	d.in = d.in[n:]
	return nil
}

func (d *decoder) put(char string, width int, wide, high bool) {
	if char != " " {
		d.line.letters = append(d.line.letters, printed{d.dot / 12, char, wide, high, d.letter&8 != 0})
	}
	if d.dot += width; wide {
		d.dot += width
	}
}

func (d *decoder) code(n int) error {
	if n < 2 || len(d.in) < n || d.in[0] != '1' {
		return fmt.Errorf("GS ( k of %d bytes", n)
	}
	function, data := d.in[1], string(d.in[2:n])
	d.in = d.in[n:]
	switch {
	case function == 0x41 && data == "2\x00", function == 0x45 && data == "1":
	case function == 0x43:
		d.module = int(data[0])
	case function == 0x50 && strings.HasPrefix(data, "0"):
		d.qr = data[1:]
	case function == 0x51 && data == "0":
		d.out.lines = append(d.out.lines, line{qr: d.qr, module: d.module, align: d.align})
	default:
		return fmt.Errorf("GS ( k function %x %q", function, data)
	}
	return nil
}

func (d *decoder) raster(w, h int) error {
	n := w / 8 * h
	if len(d.in) < n || len(d.line.letters) > 0 {
		return fmt.Errorf("GS v 0 of %d × %d in %d bytes", w, h, len(d.in))
	}
	d.out.lines = append(d.out.lines, line{dots: receipts.Image{W: w, H: h, Bits: slices.Clone(d.in[:n])}})
	d.in = d.in[n:]
	return nil
}
