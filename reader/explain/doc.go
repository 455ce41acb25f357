// Package explain says in words, in both languages, what the bytes of a chip
// mean: objects and templates, the bits of results and profiles, rules for the
// cardholder, cryptograms, data object lists, answers to reset.
//
// Every function takes the bytes and gives a neutral tree of [Item]s for a
// screen, a slip or the command line to draw. Where something is wrong it gives
// what it could explain beside a [*tlv.Error] that names the place.
//
// Nothing secret comes out: numbers and tracks are masked with reader.Mask,
// names, PIN data and the like are bullets, and a value the dictionary does not
// mark but that looks like a card number is hidden altogether.
//
// The package is pure.
package explain

import (
	"errors"
	"fmt"
)

// Words is one sentence or name in both languages.
type Words struct{ EN, ZH string }

// Item is one thing explained, and what it is made of.
type Item struct {
	Offset   int    // bytes from the start of the input
	Length   int    // bytes of the whole thing, with its tag and length if it has them
	Code     string // a tag (9F02), a bit or bits (B1.8, B1.8-7), a byte of an answer to reset (TA1), or empty
	Title    Words  // its name; of a bit, what its being set means
	Text     Words  // what it says, may be empty
	Value    string // masked; empty for a template and for a bit
	Children []Item
}

// What can be wrong with a value, beside what [tlv] finds; ask with errors.Is.
var (
	ErrSize  = errors.New("explain: not the size it must have")
	ErrValue = errors.New("explain: not a value it can have")
)

func (w Words) empty() bool { return w == Words{} }

// and joins two sentences.
func (w Words) and(o Words) Words {
	switch {
	case w.empty():
		return o
	case o.empty():
		return w
	}
	return Words{w.EN + " " + o.EN, w.ZH + o.ZH}
}

// say fills the same arguments into both languages.
func say(en, zh string, args ...any) Words {
	return Words{fmt.Sprintf(en, args...), fmt.Sprintf(zh, args...)}
}

// many is say for one number, with its own English words for 1.
func many(n int, enOne, en, zh string) Words {
	w := say(en, zh, n)
	if n == 1 {
		w.EN = enOne
	}
	return w
}

// shift moves items to where their value begins.
func shift(items []Item, by int) []Item {
	for i := range items {
		items[i].Offset += by
		shift(items[i].Children, by)
	}
	return items
}
