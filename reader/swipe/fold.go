package swipe

import (
	"unicode"
	"unicode/utf8"

	"vpos/reader"
)

// alien stands in the folded text for a rune that no stripe can hold.
const alien = 0x1A

// punctuation is what a Chinese input method left on makes of single keys of
// the American layout where it does not merely widen them.
var punctuation = map[rune]byte{
	'…': '^', '、': '/', '。': '.', '‘': '\'', '’': '\'', '“': '"', '”': '"', '￥': '$', '¥': '$',
}

// folded is a burst in the characters of a stripe.
type folded struct {
	text    []byte // one byte a key, capitals; alien where it could not be folded
	foreign bool   // there were characters of another script
}

// fold turns typed runes into stripe characters. The caller wipes the text.
func fold(keys []rune) folded {
	f := folded{text: make([]byte, 0, len(keys))}
	for i, r := range keys {
		if r == '…' && i > 0 && keys[i-1] == '…' && odd(keys[:i]) {
			continue // the input method types two of them for one ^
		}
		c := foldRune(r)
		if c == alien && r > unicode.MaxASCII && r != utf8.RuneError {
			f.foreign = true
		}
		f.text = append(f.text, c)
	}
	return f
}

// odd reports whether an odd number of ellipses ends the keys.
func odd(keys []rune) bool {
	n := 0
	for i := len(keys) - 1; i >= 0 && keys[i] == '…'; i-- {
		n++
	}
	return n%2 == 1
}

func foldRune(r rune) byte {
	if c, ok := punctuation[r]; ok {
		return c
	}
	r = reader.Fold(r)
	switch {
	case r >= 'a' && r <= 'z':
		return byte(r - 'a' + 'A') // Caps Lock is on
	case r >= ' ' && r <= '_', r == '\r', r == '\n':
		return byte(r) //nolint:gosec // below 0x60, see the case
	}
	return alien
}

func isEnter(r rune) bool { return r == '\r' || r == '\n' }

// isStart reports whether a folded character opens a capture: the start
// sentinels of tracks 1 and 2. The + of some third tracks does not, because a
// cashier adds with it.
func isStart(c byte) bool { return c == '%' || c == ';' }
