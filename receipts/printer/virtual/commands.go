package virtual

import (
	"slices"

	"vpos/receipts"
)

// commands are those of EPSON's ESC/POS that receipts are made of, and what the Chinese
// makers add. Longer names come first where one begins another.
var commands = []command{
	{name: "\x10\x04", params: 1, do: func(in *interpreter, p []byte) { in.events = append(in.events, event{kind: status, which: p[0]}) }},
	{name: "\x1d(H", params: 2, size: little, do: func(in *interpreter, p []byte) {
		if len(p) == 8 && p[2] == '0' && p[3] == '0' {
			in.events = append(in.events, event{kind: confirm, id: [4]byte(p[4:])})
			return
		}
		in.warn("GS ( H %x", p)
	}},
	{name: "\x1d(k", params: 2, size: little, do: (*interpreter).code},
	{name: "\x1dv0", params: 5, size: func(p []byte) int { return number(p[1:]) * number(p[3:]) }, do: (*interpreter).raster},
	{name: "\x1dr", params: 1, do: func(in *interpreter, p []byte) { in.events = append(in.events, event{kind: sensor, which: p[0]}) }},
	{name: "\x1dVA", params: 1, do: (*interpreter).cutPaper},
	{name: "\x1dVB", params: 1, do: (*interpreter).cutPaper},
	{name: "\x1dV", params: 1, do: (*interpreter).cutPaper},
	{name: "\x1d!", params: 1, do: func(in *interpreter, p []byte) {
		in.letter &^= letterWide | letterHigh
		in.hanzi &^= hanziWide | hanziHigh
		if p[0]&0xF0 != 0 {
			in.letter, in.hanzi = in.letter|letterWide, in.hanzi|hanziWide
		}
		if p[0]&0x0F != 0 {
			in.letter, in.hanzi = in.letter|letterHigh, in.hanzi|hanziHigh
		}
	}},
	{name: "\x1da", params: 1, do: nothing}, // automatic status: never switched on
	{name: "\x1dL", params: 2, do: nothing},
	{name: "\x1dW", params: 2, do: nothing},
	{name: "\x1b@", do: func(in *interpreter, _ []byte) {
		in.letter, in.hanzi, in.align, in.chinese, in.utf8 = 0, 0, receipts.Left, false, false
	}},
	{name: "\x1b!", params: 1, do: func(in *interpreter, p []byte) { in.letter = p[0] }},
	{name: "\x1bE", params: 1, do: func(in *interpreter, p []byte) { in.letter = in.letter&^letterBold | p[0]&1*letterBold }},
	{name: "\x1b$", params: 2, do: func(in *interpreter, p []byte) { in.dot = min(number(p), in.columns*receipts.CellWidth) }},
	{name: "\x1ba", params: 1, do: func(in *interpreter, p []byte) {
		in.align = [...]receipts.Align{receipts.Left, receipts.Center, receipts.Right, receipts.Left}[p[0]&3]
	}},
	{name: "\x1bd", params: 1, do: func(in *interpreter, p []byte) {
		for range min(p[0], 10) {
			in.add(Line{})
		}
	}},
	{name: "\x1bJ", params: 1, do: nothing},
	{name: "\x1b3", params: 1, do: nothing},
	{name: "\x1b2", do: nothing},
	{name: "\x1bt", params: 1, do: nothing},
	{name: "\x1bR", params: 1, do: nothing},
	{name: "\x1bM", params: 1, do: nothing},
	{name: "\x1bp", params: 3, do: func(in *interpreter, _ []byte) { in.kicks = true }},
	{name: "\x1bB", params: 2, do: nothing},
	{name: "\x1c&", do: func(in *interpreter, _ []byte) { in.chinese = true }},
	{name: "\x1c.", do: func(in *interpreter, _ []byte) { in.chinese = false }},
	{name: "\x1c!", params: 1, do: func(in *interpreter, p []byte) { in.hanzi = p[0] }},
	{name: "\x1cS", params: 2, do: nothing},
	{name: "\x1c(C", params: 2, size: little, do: func(in *interpreter, p []byte) {
		if len(p) == 4 && p[2] == '0' {
			in.utf8 = p[3] == 2 || p[3] == '2'
		}
	}},
	{name: "\r", do: nothing},
	{name: "\x00", do: nothing},
}

func nothing(*interpreter, []byte) {}

// number is two bytes, the low one first.
func number(p []byte) int { return int(p[0]) | int(p[1])<<8 }

// little is how many bytes follow the two that say so.
func little(p []byte) int { return number(p) }

func (in *interpreter) cutPaper([]byte) {
	in.cut = true
	in.events = append(in.events, event{kind: cutting})
}

// code is GS ( k: a QR code is stored, then printed.
func (in *interpreter) code(p []byte) {
	if len(p) < 4 || p[2] != '1' {
		in.warn("GS ( k %x", p[:min(4, len(p))])
		return
	}
	switch data := p[4:]; p[3] {
	case 0x41, 0x45:
	case 0x43:
		if len(data) == 1 && data[0] >= 1 && data[0] <= 16 {
			in.module = int(data[0])
		}
	case 0x50:
		in.qr = string(data[min(1, len(data)):])
	case 0x51:
		in.add(Line{QR: in.qr, Module: max(1, in.module), Align: in.align})
	default:
		in.warn("GS ( k function %x", p[3])
	}
}

// raster is GS v 0.
func (in *interpreter) raster(p []byte) {
	w, h := number(p[1:])*8, number(p[3:])
	if w == 0 || h == 0 || w > in.columns*receipts.CellWidth+7 {
		in.warn("GS v 0 of %d × %d dots", w, h)
		return
	}
	in.add(Line{Dots: receipts.Image{W: w, H: h, Bits: slices.Clone(p[5:])}, Align: in.align})
}
