package deck

import (
	"bytes"
	"embed"
	"encoding/hex"
	"slices"
	"strings"
	"sync"

	"vpos/reader"
	"vpos/reader/sheet"
)

//go:embed cards/*.toml
var files embed.FS

// library is the cards of the deck, read when the first of them is asked for. A
// card file that is wrong is a bug the tests find; here it is left out.
var library = sync.OnceValue(func() []*definition {
	var list []*definition
	entries, _ := files.ReadDir("cards")
	for _, e := range entries {
		text, _ := files.ReadFile("cards/" + e.Name())
		if d, err := parse(text); err == nil {
			list = append(list, d)
		}
	}
	return list
})

// CardInfo is one card of the deck.
type CardInfo struct {
	Name        string
	Brand       string // as package reader calls it
	EN, ZH      string // one line
	Contactless bool
}

// Cards lists the deck, by name.
func Cards() []CardInfo {
	var list []CardInfo
	for _, d := range library() {
		list = append(list, CardInfo{d.Name, d.Brand, d.EN, d.ZH, d.Contactless})
	}
	return list
}

// Find gives a new card by its name, with faults put on it: NAME, or
// NAME+fault, or NAME+fault:number+another. Errors are a [*SpecError].
func Find(spec string) (*Card, error) {
	parts := strings.Split(spec, "+")
	for i := range parts {
		parts[i] = strings.TrimSpace(parts[i])
	}
	all := library()
	i := slices.IndexFunc(all, func(d *definition) bool { return d.Name == parts[0] })
	if i < 0 {
		var names []string
		for _, d := range all {
			names = append(names, d.Name)
		}
		return nil, &SpecError{Card: parts[0], Near: sheet.Near(parts[0], names)}
	}
	return all[i].card(append(slices.Clone(all[i].Faults), parts[1:]...)...)
}

// Knows reports whether a number is one of a card of the deck: a published test
// number, with which everything may be done that is for test cards only.
func Knows(pan reader.PAN) bool {
	for _, d := range library() {
		for i := range d.Applications {
			packed, _ := d.Applications[i].find(tagPAN)
			if bytes.Equal(numberOf(packed), pan.Reveal()) {
				return true
			}
		}
	}
	return false
}

// numberOf is the digits of a packed number.
func numberOf(packed []byte) []byte {
	return bytes.TrimRight([]byte(hex.EncodeToString(packed)), "f")
}

// Source gives the file of a card of the deck, comments and all.
func Source(name string) ([]byte, bool) {
	text, err := files.ReadFile("cards/" + name + ".toml")
	return text, err == nil
}

// card makes a card of a definition with faults.
func (d *definition) card(names ...string) (*Card, error) {
	list, wrong := parseFaults(names)
	if wrong != nil {
		return nil, wrong
	}
	d = d.clone()
	c := &Card{flaws: flaws{mute: -1}, spec: strings.Join(append([]string{d.Name}, names...), "+")}
	for _, f := range list {
		f.apply(d, &c.flaws, f.arg)
	}
	c.file = d
	c.apps = make([]app, len(d.Applications))
	for i := range c.apps {
		c.apps[i] = newApp(&d.Applications[i], &c.flaws)
		c.apps[i].state.Blocked = c.flaws.appBlocked == i+1
	}
	c.blocked = c.flaws.cardBlocked
	return c, nil
}
