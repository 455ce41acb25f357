package explain

import (
	"fmt"

	"vpos/reader/tlv"
)

// bit is one bit with a meaning: byte and bit as the books count them, from byte
// 1, and from bit 8 down.
type bit struct {
	at, bit int
	en, zh  string
}

// choice is several neighbouring bits read as one number. A value without words
// says nothing where it is 0, and is reserved otherwise.
type choice struct {
	at, high, low int
	values        []Words
	count         Words // instead of values: one %d
}

// layout is the bits of one value.
type layout struct {
	size    int // bytes
	bits    []bit
	choices []choice
}

var reserved = Words{"Reserved bit is set", "保留位被置1"}

// explain names every bit that is set, from the first byte on.
func (l layout) explain(v []byte) []Item {
	var items []Item
	for i, b := range v[:min(len(v), l.size)] {
		for n := 8; n >= 1; n-- {
			if c, ok := l.choiceAt(i+1, n); ok {
				if item, says := c.explain(b); says {
					item.Offset = i
					items = append(items, item)
				}
				n = c.low
				continue
			}
			if b&(1<<(n-1)) != 0 {
				items = append(items, Item{Offset: i, Length: 1, Code: fmt.Sprintf("B%d.%d", i+1, n), Title: l.name(i+1, n)})
			}
		}
	}
	return items
}

func (l layout) name(at, n int) Words {
	for _, b := range l.bits {
		if b.at == at && b.bit == n {
			return Words{b.en, b.zh}
		}
	}
	return reserved
}

func (l layout) choiceAt(at, high int) (choice, bool) {
	for _, c := range l.choices {
		if c.at == at && c.high == high {
			return c, true
		}
	}
	return choice{}, false
}

// explain names the value these bits of a byte have, if there is anything to say.
func (c choice) explain(b byte) (Item, bool) {
	x := int(b>>(c.low-1)) & (1<<(c.high-c.low+1) - 1)
	item := Item{Length: 1, Code: fmt.Sprintf("B%d.%d-%d", c.at, c.high, c.low), Title: reserved}
	switch {
	case !c.count.empty():
		item.Title = say(c.count.EN, c.count.ZH, x)
	case x < len(c.values) && !c.values[x].empty():
		item.Title = c.values[x]
	case x == 0:
		return Item{}, false
	}
	return item, true
}

// decode makes a decoder of a layout; none is said when no bit is set.
func (l layout) decode(none Words) decoder {
	return func(_ view, v []byte) piece {
		p := piece{children: l.explain(v)}
		if len(p.children) == 0 {
			p.text = none
		}
		if len(v) != l.size {
			p.err = ErrSize
		}
		return p
	}
}

// decoder explains the value of one tag. It must take any value of one byte or
// more: what it lacks, it says in the error.
type decoder func(v view, b []byte) piece

// meaning is a tag in one sense.
type meaning struct {
	tag    tlv.Tag
	family tlv.Family
}
