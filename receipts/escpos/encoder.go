package escpos

import (
	"encoding/binary"
	"errors"
	"fmt"
	"slices"
	"unicode/utf8"

	"vpos/receipts"
)

// Draw gives the dots of a row: columns × 12 wide, as high as the row. receipts/raster has
// it.
type Draw func(columns int, row receipts.Row) receipts.Image

// Encoder writes pages for one printer. Safe for concurrent use.
type Encoder struct {
	Profile *Profile
	Draw    Draw
	Cut     Cut  // what is wanted; a printer that cannot does what it can
	Drawer  bool // the cash drawer opens
	Beep    bool
}

// ErrColumns says that the printer has no paper of a page's columns.
var ErrColumns = errors.New("the printer has no paper so wide")

// The commands.
const (
	initialise = "\x1b@"
	chineseOn  = "\x1c&"
	utf8On     = "\x1c(C\x02\x0002"  // FS ( C function 48: UTF-8
	openDrawer = "\x1bp\x00\x19\xfa" // pin 2, 50 ms on, 500 ms off
	beepOnce   = "\x1bB\x01\x02"
	feed       = "\x1bd"
	cutFull    = "\x1dV\x00"
	cutPartial = "\x1dV\x01"
	position   = "\x1b$"
	leading    = "\x1bJ\x06" // the 6 dots by which a line feed moves on further than a letter is high
)

// Append adds a whole job to dst: the page, and what is done with the paper after it. The
// error wraps [ErrColumns].
func (e *Encoder) Append(dst []byte, p receipts.Page) ([]byte, error) {
	if !slices.Contains(e.Profile.Columns, p.Columns) {
		return dst, fmt.Errorf("%w: %s takes %d columns, the page has %d", ErrColumns, e.Profile.Name, e.Profile.Columns, p.Columns)
	}
	w := writer{Encoder: e, out: append(dst, initialise...), columns: p.Columns}
	if e.Profile.UTF8 {
		w.command(utf8On)
	}
	if e.Drawer && e.Profile.Drawer {
		w.command(openDrawer)
	}
	for i := range p.Rows {
		w.row(&p.Rows[i])
	}
	w.end()
	return w.out, nil
}

// writer is a job on its way.
type writer struct {
	*Encoder
	out     []byte
	columns int
	chinese bool // FS & was sent
	letter  byte // of the newest ESC !
	hanzi   byte // of the newest FS !
}

func (w *writer) command(c string, parameters ...byte) {
	w.out = append(append(w.out, c...), parameters...)
}

// number is a parameter of two bytes, the low one first.
func (w *writer) number(n int) {
	w.out = binary.LittleEndian.AppendUint16(w.out, uint16(n)) //nolint:gosec // no paper, text or picture is so large
}

func (w *writer) row(r *receipts.Row) {
	switch {
	case r.Picture != nil:
		w.picture(r)
	case r.Rule != receipts.NoRule:
		w.look(receipts.Normal, false)
		c := byte('-')
		if r.Rule == receipts.Double {
			c = '='
		}
		for range w.columns {
			w.out = append(w.out, c)
		}
		w.out = append(w.out, '\n')
	case w.speaks(r):
		w.letters(r)
	default:
		w.dots(w.Draw(w.columns, *r))
		if r.Height() == 1 {
			w.command(leading)
		}
	}
}

// speaks reports whether the printer's own letters can say a row in its columns.
func (w *writer) speaks(r *receipts.Row) bool {
	for i := range r.Runs {
		for _, c := range r.Runs[i].Text {
			if c >= ' ' && c <= '~' {
				continue
			}
			if receipts.RuneWidth(c) != 2 {
				return false
			}
			if _, ok := w.Profile.Encoding.hanzi(c); !ok {
				return false
			}
		}
	}
	return true
}

// gap is from how many spaces on a position takes fewer bytes.
const gap = 5

func (w *writer) letters(r *receipts.Row) {
	col := 0
	for i := range r.Runs {
		run := &r.Runs[i]
		switch n := run.Col - col; {
		case n >= gap:
			w.command(position)
			w.number(run.Col * receipts.CellWidth)
		case n > 0:
			w.look(receipts.Normal, w.letter&letterBold != 0)
			for range n {
				w.out = append(w.out, ' ')
			}
		}
		w.run(run)
		col = run.Col + run.Cols
	}
	w.out = append(w.out, '\n')
}

func (w *writer) run(r *receipts.Run) {
	w.look(r.Size, r.Bold)
	for i := 0; i < len(r.Text); {
		if c := r.Text[i]; c < utf8.RuneSelf {
			w.out = append(w.out, c)
			i++
			continue
		}
		c, n := utf8.DecodeRuneInString(r.Text[i:])
		w.lookHanzi(r.Size)
		if code, _ := w.Profile.Encoding.hanzi(c); code != 0 {
			w.out = binary.BigEndian.AppendUint16(w.out, code)
		} else {
			w.out = append(w.out, r.Text[i:i+n]...)
		}
		i += n
	}
}

// Bits of ESC ! and FS !.
const (
	letterBold, letterHigh, letterWide = 0x08, 0x10, 0x20
	hanziWide, hanziHigh               = 0x04, 0x08
)

// look changes what the next letters look like, where it must.
func (w *writer) look(size receipts.Size, bold bool) {
	mode := [...]byte{receipts.Normal: 0, receipts.Tall: letterHigh, receipts.Large: letterHigh | letterWide}[size]
	if bold {
		mode |= letterBold
	}
	if mode != w.letter {
		w.command("\x1b!", mode)
		w.letter = mode
	}
}

// lookHanzi does for hanzi what ESC ! does not: they have a size of their own. A printer
// that takes UTF-8 has no FS &, and the same FS !.
func (w *writer) lookHanzi(size receipts.Size) {
	if !w.chinese && w.Profile.Encoding != UTF8 {
		w.command(chineseOn)
		w.chinese = true
	}
	mode := [...]byte{receipts.Normal: 0, receipts.Tall: hanziHigh, receipts.Large: hanziWide | hanziHigh}[size]
	if mode != w.hanzi {
		w.command("\x1c!", mode)
		w.hanzi = mode
	}
}

// end feeds the paper to the cutter, or to the bar it is torn off at.
func (w *writer) end() {
	w.look(receipts.Normal, false)
	if w.Profile.Feed > 0 {
		w.command(feed, byte(w.Profile.Feed)) //nolint:gosec // at most maxFeed
	}
	switch w.Profile.cut(w.Cut) {
	case CutFull:
		w.command(cutFull)
	case CutPartial:
		w.command(cutPartial)
	case CutNone:
	}
	if w.Beep && w.Profile.Beep {
		w.command(beepOnce)
	}
}
