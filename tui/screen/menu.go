package screen

import (
	"vpos/tui/keypad"
	"vpos/tui/theme"
	"vpos/tui/words"
	"vpos/txn"
)

// menu lists a page of what the table of bindings offers. The digit that stands before
// an item chooses it.
func menu(p *page, h int) {
	items := keypad.Offered(keypad.Items(p.Page), p.State)
	p.para(theme.Dim, p.text(words.ForState(txn.Menu).Prompt))
	p.gap()
	name := nameWidth(p, items)
	told := p.roomForHelp(items, name)
	rows := max(1, h-len(p.lines))
	airy := rows >= 2*len(items)
	top := max(0, min(p.Cursor-rows/2, len(items)-rows))
	for i := top; i < min(top+rows, len(items)); i++ {
		p.item(items[i], i == p.Cursor, name, told)
		if airy {
			p.gap()
		}
	}
}

// item is a row of the menu.
func (p *page) item(b keypad.Binding, marked bool, name int, told bool) {
	head := " " + b.Item[len(b.Item)-1:] + "  " + left(p.text(b.Short), name)
	tail := ""
	if told {
		tail = "  " + p.text(b.Help)
	}
	line := spread(p.ink(theme.Strong, " "+head)+p.ink(theme.Dim, tail), p.ink(theme.Accent, p.text(b.Cap))+" ", p.w)
	if marked {
		line = p.ink(theme.Selected, spread("▸"+head+tail, p.text(b.Cap)+" ", p.w))
	}
	p.add(p.zone(OnMenu, b.Item, line))
}

// nameWidth is the width of the longest name.
func nameWidth(p *page, items []keypad.Binding) int {
	w := 0
	for _, b := range items {
		w = max(w, width(p.text(b.Short)))
	}
	return w
}

// roomForHelp reports whether every item's sentence fits beside its name: all
// of them are shown, or none.
func (p *page) roomForHelp(items []keypad.Binding, name int) bool {
	for _, b := range items {
		if 6+name+width(p.text(b.Help))+width(p.text(b.Cap))+3 > p.w {
			return false
		}
	}
	return true
}
