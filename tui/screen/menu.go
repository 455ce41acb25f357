package screen

import (
	"strconv"

	"vpos/tui/keypad"
	"vpos/tui/theme"
	"vpos/tui/words"
	"vpos/txn"
)

// menu lists what the table of bindings offers.
func menu(p *page, h int) {
	items := keypad.Items()
	p.para(theme.Dim, p.text(words.ForState(txn.Menu).Prompt))
	p.gap()
	told := p.roomForHelp(items)
	for i, b := range items {
		head := " " + strconv.Itoa(b.Item) + "  " + left(p.text(b.Short), menuName)
		tail := ""
		if told {
			tail = p.text(b.Help)
		}
		if i == p.Cursor {
			p.add(p.ink(theme.Selected, spread("▸"+head+tail, p.text(b.Cap)+" ", p.w)))
		} else {
			text := p.ink(theme.Strong, " "+head) + p.ink(theme.Dim, tail)
			p.add(spread(text, p.ink(theme.Accent, p.text(b.Cap))+" ", p.w))
		}
		if h >= 2*len(items)+4 {
			p.gap()
		}
	}
}

// menuName is the width of an item's name.
const menuName = 10

// roomForHelp reports whether every item's sentence fits beside its name: all
// of them are shown, or none.
func (p *page) roomForHelp(items []keypad.Binding) bool {
	for _, b := range items {
		if 5+menuName+width(p.text(b.Help))+width(p.text(b.Cap))+2 > p.w {
			return false
		}
	}
	return true
}
