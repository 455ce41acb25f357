package screen

import (
	"vpos/tui/theme"
	"vpos/tui/words"
	"vpos/txn"
)

// amount is the amount being typed: what would be charged, large, and the sum
// it comes from.
func amount(p *page, h int) {
	view := p.Field.Amount(p.State)
	p.lead(h, 8)
	role := theme.Strong
	if view.Code != txn.NoProblem {
		role = theme.Warn
	}
	p.sum(role, p.State.Setup.Currency.Code, view.Value)
	if view.Sum != "" {
		p.middle(theme.Accent, view.Sum+" =")
	} else {
		p.gap()
	}
	p.air()
	switch {
	case view.Code != txn.NoProblem && p.State.Problem == txn.NoProblem:
		p.middle(theme.Warn, p.text(words.ForCode(view.Code).Headline))
	default:
		p.middle(theme.Ink, p.text(words.ForState(txn.AmountEntry).Prompt))
	}
	p.cardLine()
}

// cardLine names the card already read, masked, with how it was read.
func (p *page) cardLine() {
	card := p.State.Draft.Card
	if card.PAN.Empty() {
		return
	}
	p.gap()
	p.middle(theme.Good, p.cardText(card.PAN.Brand(), card.PAN.Last4(), card.Entry))
}
