package screen

import (
	"vpos/tui/theme"
	"vpos/tui/words"
)

// confirm shows what is about to be charged or voided, and on which card.
func confirm(p *page, h int) {
	d := p.State.Draft
	p.lead(h, 9)
	p.sum(theme.Strong, d.Amount.Currency.Code, d.Amount.Grouped())
	p.gap()
	p.middle(theme.Ink, p.cardText(d.Card.PAN.Brand(), d.Card.PAN.Last4(), d.Card.Entry))
	p.gap()
	if of := p.State.Sold; of != nil {
		p.fact(words.OriginalLabel, of.STAN.String())
		p.fact(words.SoldAt, of.At.Format("2006/01/02 15:04:05"))
		p.gap()
	}
	p.middle(theme.Good, p.text(words.Of(p.State).Prompt))
}
