package tui

import (
	"os"
	"strings"
	"sync"
	"unicode/utf8"
	"unsafe"
)

// input is the keyboard of a terminal. Whatever reads keys for Bubble Tea keeps each in a
// string of its own and all of them in a buffer, card numbers, stripes and PINs too, and
// none of that can be wiped. So it is not told them: for each character that is typed it
// reads the same one that means nothing, and the screen takes the real one from here.
type input struct {
	*os.File

	raw    [512]byte // what was read just now, all zeros between two calls
	within byte      // what opened the sequence under way; 0 between keys

	mu   sync.Mutex
	kept []byte // typed and not yet taken
}

// stand stands for a key: a character for private use, which no keyboard has.
const stand = '\uE000'

// What begins and ends the sequences of a terminal: ECMA-48, 5.4, 8.3.
const (
	escape  = 0x1B
	bel     = 0x07
	cancel  = 0x18
	openers = "[O]P_^X" // CSI, SS3 and the strings
)

// Read gives what the terminal has sent, as far as p has room for what becomes of it. A
// sequence that came in one piece is handed on in one: a part of it would be a key.
func (i *input) Read(p []byte) (n int, err error) {
	got, err := i.File.Read(i.raw[:min(len(i.raw), len(p)/utf8.UTFMax)])
	for _, c := range i.raw[:got] {
		if i.typed(c) {
			i.keep(c)
			n += utf8.EncodeRune(p[n:], stand)
			continue
		}
		p[n] = c
		n++
	}
	clear(i.raw[:got])
	return n, err //nolint:wrapcheck // a file gives its own errors, io.EOF among them
}

// typed reports whether a byte is a character by itself, and no part of a sequence or of
// a character of more bytes.
func (i *input) typed(c byte) bool {
	switch {
	case c == escape:
		i.within = escape
	case i.within == 0:
		return c >= ' ' && c <= '~'
	case i.within == escape && strings.IndexByte(openers, c) >= 0:
		i.within = c
	case i.within == escape, i.within == 'O', c == bel, c == cancel, i.within == '[' && c >= '@' && c <= '~':
		i.within = 0
	}
	return false
}

// keep holds a character until it is taken. What the buffer outgrows is wiped.
func (i *input) keep(c byte) {
	i.mu.Lock()
	defer i.mu.Unlock()
	if len(i.kept) == cap(i.kept) {
		old := i.kept
		i.kept = append(make([]byte, 0, 2*len(old)+64), old...)
		clear(old)
	}
	i.kept = append(i.kept, c)
}

// take is the character that a rune stands for: itself, or the oldest that is kept; false
// where none is. No input keeps nothing.
func (i *input) take(r rune) (rune, bool) {
	if r != stand || i == nil {
		return r, true
	}
	i.mu.Lock()
	defer i.mu.Unlock()
	if len(i.kept) == 0 {
		return 0, false
	}
	c := i.kept[0]
	n := copy(i.kept, i.kept[1:])
	i.kept[n] = 0
	i.kept = i.kept[:n]
	return rune(c), true
}

// spelt gives what a text stands for to a function that keeps nothing of it, and wipes it.
func (i *input) spelt(text string, use func(text string)) {
	b := make([]byte, 0, utf8.UTFMax*len(text)+1) // it never grows
	defer func() { clear(b) }()
	for _, r := range text {
		if r, ok := i.take(r); ok {
			b = utf8.AppendRune(b, r)
		}
	}
	use(unsafe.String(unsafe.SliceData(b), len(b))) //nolint:gosec // a string of its own could not be wiped
}
