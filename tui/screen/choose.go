package screen

import (
	"fmt"

	"vpos/tui/theme"
	"vpos/tui/words"
)

// choose lists the card's applications for the customer. Their names are the
// card's own: text from outside.
func choose(p *page, h int) {
	p.due()
	if p.State.Choice.Retry {
		p.para(theme.Warn, "! "+p.say(words.ChoiceRetry))
	}
	p.para(theme.Ink, p.text(words.Of(p.State).Prompt))
	p.gap()
	names := p.State.Choice.Names
	rows := max(1, h-len(p.lines))
	at := min(max(0, p.Cursor), len(names)-1)
	top := max(0, min(at-rows/2, len(names)-rows))
	for i := top; i < min(top+rows, len(names)); i++ {
		p.choice(i+1, p.outside(names[i]), i == at)
	}
}

// choice is a numbered row of a list.
func (p *page) choice(number int, text string, marked bool) {
	head := fmt.Sprintf("%2d  ", number)
	if marked {
		p.add(p.ink(theme.Selected, left("▸"+head+text, p.w)))
		return
	}
	p.add(left(" "+p.ink(theme.Accent, head)+p.ink(theme.Strong, text), p.w))
}

// outside is a name from outside, or what stands for one that says nothing.
func (p *page) outside(name string) string {
	if name = words.Outside(name); name == "" {
		return p.say(words.ChoiceNameless)
	}
	return name
}
