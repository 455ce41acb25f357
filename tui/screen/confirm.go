package screen

import (
	"vpos/tui/theme"
	"vpos/tui/words"
	"vpos/txn"
)

// confirm shows what is about to be charged, and on which card.
func confirm(p *page, h int) {
	d := p.State.Draft
	p.lead(h, 9)
	p.sum(theme.Strong, d.Amount.Currency.Code, d.Amount.Grouped())
	p.gap()
	p.middle(theme.Ink, p.cardText(d.Card.PAN.Brand(), d.Card.PAN.Last4(), d.Card.Entry))
	p.gap()
	p.middle(theme.Good, p.text(words.ForState(txn.Confirm).Prompt))
}
