// Package virtual is a receipt printer without a body: it reads ESC/POS as one does, draws
// what it prints, answers what it is asked, and breaks as it is told, so that a trainee can
// practise and a test can prove.
package virtual

import (
	"bytes"
	"fmt"
	"strings"

	"golang.org/x/text/encoding/simplifiedchinese"

	"vpos/receipts"
)

// Letter is a character on paper.
type Letter struct {
	Column int // of font A, from 0
	Char   string
	Size   receipts.Size
	Bold   bool
}

// Line is a line of letters, or a QR code, or dots.
type Line struct {
	Letters []Letter
	QR      string
	Module  int // dots of a QR code's module
	Align   receipts.Align
	Dots    receipts.Image
}

// interpreter reads commands as they come, in pieces of any size. What it does not know it
// tells, and goes on behind it.
type interpreter struct {
	columns int
	input   []byte

	lines    []Line
	warnings []string
	events   []event

	line       []Letter
	dot        int // where the next letter stands
	chinese    bool
	utf8       bool
	letter     byte // ESC !
	hanzi      byte // FS !
	align      receipts.Align
	qr         string
	module     int
	cut, kicks bool
}

// event is something the printer is asked, or does, at its place between the letters.
type event struct {
	kind  eventKind
	id    [4]byte // of confirm
	which byte    // of status
}

type eventKind uint8

const (
	confirm eventKind = iota // GS ( H: say when all before it is printed
	sensor                   // GS r
	status                   // DLE EOT
	cutting
)

// Bounds of what one job may be: hostile bytes fill no memory.
const (
	maxLines    = 4000
	maxWarnings = 20
	maxBlock    = 1 << 20
)

// command is one the printer knows: its first bytes, how many parameters follow, and what it
// does with them. With size the parameters say how many bytes more there are.
type command struct {
	name   string
	params int
	size   func(p []byte) int
	do     func(in *interpreter, p []byte)
}

func (in *interpreter) feed(data []byte) {
	in.input = append(in.input, data...)
	for len(in.input) > 0 {
		n := in.step()
		if n == 0 {
			return // more is needed
		}
		in.input = in.input[n:]
	}
	in.input = nil
}

// step takes one command or letter; 0 where it is not yet whole.
func (in *interpreter) step() int {
	if c := in.input[0]; c >= ' ' || c == '\n' {
		return in.text(c)
	}
	for i := range commands {
		c := &commands[i]
		whole := len(c.name) + c.params
		switch {
		case !strings.HasPrefix(c.name, string(in.input[:min(len(in.input), len(c.name))])):
			continue
		case len(in.input) < whole:
			return 0
		}
		params := in.input[len(c.name):whole]
		if c.size != nil {
			n := c.size(params)
			if n < 0 || n > maxBlock {
				in.warn("%x of %d bytes", c.name, n)
				return whole
			}
			if whole += n; len(in.input) < whole {
				return 0
			}
			params = in.input[len(c.name):whole]
		}
		c.do(in, params)
		return whole
	}
	in.warn("unknown %x", in.input[:min(2, len(in.input))])
	return 1
}

func (in *interpreter) warn(format string, args ...any) {
	if len(in.warnings) < maxWarnings {
		in.warnings = append(in.warnings, fmt.Sprintf(format, args...))
	}
}

func (in *interpreter) text(c byte) int {
	switch {
	case c == '\n':
		in.add(Line{Letters: in.line, Align: in.align})
		in.line, in.dot = nil, 0
		return 1
	case c < 0x80:
		in.put(string(c), receipts.CellWidth, sizeOf(in.letter, letterWide, letterHigh))
		return 1
	case in.utf8:
		return in.utf8Letter()
	case !in.chinese:
		in.put("?", receipts.CellWidth, sizeOf(in.letter, letterWide, letterHigh)) // a code page of another land
		return 1
	case len(in.input) < 2:
		return 0
	}
	s, err := simplifiedchinese.GBK.NewDecoder().Bytes(in.input[:2])
	if err != nil || bytes.ContainsRune(s, '\uFFFD') {
		in.warn("no character %x", in.input[:2])
		return 2
	}
	in.put(string(s), 2*receipts.CellWidth, sizeOf(in.hanzi, hanziWide, hanziHigh))
	return 2
}

func (in *interpreter) utf8Letter() int {
	for n := 1; n <= min(4, len(in.input)); n++ {
		if r := []rune(string(in.input[:n])); len(r) == 1 && r[0] != '\uFFFD' {
			in.put(string(r), max(1, receipts.RuneWidth(r[0]))*receipts.CellWidth, sizeOf(in.letter, letterWide, letterHigh))
			return n
		}
	}
	if len(in.input) < 4 {
		return 0
	}
	in.warn("no character %x", in.input[:1])
	return 1
}

// Bits of ESC ! and FS !.
const (
	letterBold, letterHigh, letterWide = 0x08, 0x10, 0x20
	hanziWide, hanziHigh               = 0x04, 0x08
)

func sizeOf(mode, wide, high byte) receipts.Size {
	switch {
	case mode&wide != 0:
		return receipts.Large
	case mode&high != 0:
		return receipts.Tall
	}
	return receipts.Normal
}

// put sets a letter, on the next line where this one is full.
func (in *interpreter) put(char string, width int, size receipts.Size) {
	width *= size.W()
	if in.dot+width > in.columns*receipts.CellWidth {
		in.add(Line{Letters: in.line})
		in.line, in.dot = nil, 0
	}
	if char != " " {
		in.line = append(in.line, Letter{in.dot / receipts.CellWidth, char, size, in.letter&letterBold != 0})
	}
	in.dot += width
}

func (in *interpreter) add(l Line) {
	if len(in.lines) < maxLines {
		in.lines = append(in.lines, l)
	} else {
		in.warn("more than %d lines", maxLines)
	}
}

// finish is the end of a job: what no line feed has printed stays in the printer's memory.
func (in *interpreter) finish() {
	if len(in.line) > 0 || len(in.input) > 0 {
		in.warn("the job ends in the middle of a line or command")
	}
}
