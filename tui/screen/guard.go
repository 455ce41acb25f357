package screen

import (
	"fmt"

	"vpos/tui/keypad"
	"vpos/tui/theme"
	"vpos/tui/words"
	"vpos/txn"
)

// warning says which rules speak up, with what they saw, and what lets it pass. Of many
// rules the first stand for the rest.
func warning(p *page, _ int) {
	p.due()
	most := 3
	if p.w <= MinWidth {
		most = 2 // the rest of the narrow screen is for what is typed, and what is wrong with it
	}
	for i, w := range p.State.Warnings {
		if i == most {
			break
		}
		p.para(theme.Warn, "! "+p.text(words.ForCode(w.Rule).Headline))
		p.para(theme.Dim, words.WarningFigures(w, p.Lang))
	}
	p.gap()
	p.para(theme.Ink, p.text(words.Of(p.State).Prompt))
	if keypad.FieldAt(p.State) == keypad.FigureField {
		p.figure()
	}
}

// reason lists why a card may be keyed.
func reason(p *page, _ int) {
	p.due()
	p.para(theme.Ink, p.text(words.Of(p.State).Prompt))
	for i, c := range txn.KeyedReasons() {
		p.add(left(p.ink(theme.Accent, fmt.Sprintf("  %d  ", i+1))+p.ink(theme.Strong, p.text(words.ForCode(c).Headline)), p.w))
	}
	p.gap()
	p.entry(p.Field.Trace())
}
