package host

import (
	"bytes"
	"encoding/hex"
	"errors"
	"fmt"
	"strconv"
)

// MaxCapture is the most bytes [ReadCapture] gives: a frame is never longer.
const MaxCapture = 64 << 10

// What a capture can be instead of a message in hexadecimal digits.
var (
	ErrNotHex  = errors.New("not hexadecimal digits")
	ErrNothing = errors.New("nothing there")
	ErrTooLong = errors.New("too long")
)

// ReadCapture reads bytes out of what people keep of a message: hexadecimal
// digits with or without spaces, line breaks, colons, commas, 0x or \x before
// each byte; or a dump with offsets and perhaps the text beside it, as hexdump
// -C, xxd, od, tcpdump -X and Wireshark print it.
//
// Errors are [ErrNotHex] with the line and column, never what stands there;
// [ErrNothing]; and [ErrTooLong].
func ReadCapture(text []byte) ([]byte, error) {
	raw, ok := readDump(text)
	if !ok {
		var err error
		if raw, err = readDigits(text); err != nil {
			return nil, err
		}
	}
	switch {
	case len(raw) == 0:
		return nil, ErrNothing
	case len(raw) > MaxCapture:
		clear(raw)
		return nil, fmt.Errorf("%d bytes: %w", len(raw), ErrTooLong)
	}
	return raw, nil
}

// readDigits reads hexadecimal digits with anything between them that people
// write there.
func readDigits(text []byte) ([]byte, error) {
	out := make([]byte, 0, len(text)/2+1)
	high, half := byte(0), false
	line, column := 1, 0
	for i := 0; i < len(text); i++ {
		c := text[i]
		if column++; c == '\n' {
			line, column = line+1, 0
		}
		if bytes.IndexByte([]byte(" \t\r\n,;:-_'\"{}[]()"), c) >= 0 {
			continue
		}
		if !half && i+1 < len(text) && (c == '0' && text[i+1]|0x20 == 'x' || c == '\\' && text[i+1] == 'x') {
			i, column = i+1, column+1
			continue
		}
		v, ok := hexDigit(c)
		if !ok {
			clear(out)
			return nil, fmt.Errorf("line %d, column %d: %w", line, column, ErrNotHex)
		}
		if half {
			out = append(out, high<<4|v)
		}
		high, half = v, !half
	}
	if half {
		clear(out)
		return nil, fmt.Errorf("line %d, column %d: half a byte: %w", line, column, ErrNotHex)
	}
	return out, nil
}

func hexDigit(c byte) (byte, bool) {
	switch {
	case c >= '0' && c <= '9':
		return c - '0', true
	case c >= 'a' && c <= 'f':
		return c - 'a' + 10, true
	case c >= 'A' && c <= 'F':
		return c - 'A' + 10, true
	}
	return 0, false
}

// dumpLine is one line of a dump.
type dumpLine struct {
	offset []byte // its digits
	rest   []byte
	skip   bool // * : the lines between are as the one before
}

// readDump reads a dump with offsets; false when the text is none. Its offsets
// must begin at zero and go on as the bytes do: digits alone may look like one.
func readDump(text []byte) ([]byte, bool) {
	lines := dumpLines(text)
	if len(lines) == 0 || len(lines[0].offset) == 0 || len(bytes.Trim(lines[0].offset, "0")) > 0 {
		return nil, false
	}
	for _, base := range []int{16, 8, 10} {
		if raw, ok := joinDump(lines, base); ok {
			return raw, true
		}
	}
	return nil, false
}

// dumpLines finds the lines that begin with an offset. Before the first and among
// them a tool may print other things.
func dumpLines(text []byte) []dumpLine {
	var lines []dumpLine
	for row := range bytes.Lines(text) {
		row = bytes.TrimSpace(row)
		if bytes.Equal(row, []byte("*")) {
			lines = append(lines, dumpLine{skip: true})
			continue
		}
		row = bytes.TrimPrefix(row, []byte("0x"))
		n := 0
		for n < len(row) {
			if _, ok := hexDigit(row[n]); !ok {
				break
			}
			n++
		}
		if n < 4 || n > 8 || n < len(row) && bytes.IndexByte([]byte(": \t"), row[n]) < 0 {
			continue
		}
		lines = append(lines, dumpLine{offset: row[:n], rest: bytes.TrimPrefix(row[n:], []byte(":"))})
	}
	return lines
}

// at is the number an offset says, in that base.
func (l dumpLine) at(base int) (int, bool) {
	n, err := strconv.ParseUint(string(l.offset), base, 32)
	if err != nil || n > MaxCapture {
		return 0, false
	}
	return int(n), true
}

// joinDump puts the bytes of the lines together, with offsets in that base.
func joinDump(lines []dumpLine, base int) ([]byte, bool) {
	var raw, before []byte // all, and those of the line before
	for i, l := range lines {
		if l.skip {
			continue
		}
		at, ok := l.at(base)
		for ok && i > 0 && lines[i-1].skip && len(before) > 0 && len(raw) < at {
			raw = append(raw, before...)
		}
		if !ok || at != len(raw) {
			clear(raw)
			return nil, false
		}
		want := -1
		if i+1 < len(lines) && !lines[i+1].skip {
			if next, ok := lines[i+1].at(base); ok && next >= at && next-at <= 64 {
				want = next - at
			}
		}
		before = dumpBytes(l.rest, want)
		raw = append(raw, before...)
	}
	return raw, len(raw) > 0
}

// dumpBytes reads the bytes of one line: so many, or when want is negative all
// that stand before the text beside them.
func dumpBytes(rest []byte, want int) []byte {
	for _, edge := range []string{"|", "  >"} {
		if cut, _, found := bytes.Cut(rest, []byte(edge)); found && want < 0 {
			rest = cut
		}
	}
	var out []byte
	size := 0 // digits of a group
	for len(rest) > 0 && want != len(out) {
		group := bytes.TrimLeft(rest, " \t")
		gap := len(rest) - len(group)
		end := bytes.IndexAny(group, " \t")
		if end < 0 {
			end = len(group)
		}
		word := group[:end]
		if want < 0 && len(out) > 0 && gap > 1 && (gap > 2 || size != 2 || len(out) != 8) {
			break // the text; in the middle of sixteen bytes some leave two spaces
		}
		b := make([]byte, hex.DecodedLen(len(word)))
		if _, err := hex.Decode(b, word); err != nil || len(word) > 32 || size != 0 && len(word) > size {
			break
		}
		size = max(size, len(word))
		out = append(out, b...)
		rest = group[end:]
	}
	return out
}
