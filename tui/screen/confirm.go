package screen

import (
	"vpos/tui/keypad"
	"vpos/tui/theme"
	"vpos/tui/words"
	"vpos/txn"
)

// confirm shows what is about to happen, on which card, and to what earlier
// transaction.
func confirm(p *page, h int) {
	d := p.State.Draft
	p.lead(h, 9)
	if d.Kind != txn.Balance {
		p.sum(theme.Strong, d.Amount.Currency.Code(), d.Amount.Grouped())
		p.gap()
	}
	p.middle(theme.Ink, p.tender(&d))
	p.facts(words.FactsOf(p.State))
	p.gap()
	p.middle(theme.Good, p.text(words.Of(p.State).Prompt))
	if keypad.FieldAt(p.State) == keypad.FigureField {
		p.figure()
	}
}

// figure is the digits being typed that confirm what Enter alone does not.
func (p *page) figure() {
	p.gap()
	p.entry(p.Field.Trace())
}
