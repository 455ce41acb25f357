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
	p.sum(role, p.State.Setup.Currency.Code(), view.Value)
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
		p.middle(theme.Ink, p.text(words.Of(p.State).Prompt))
	}
	p.cardLine()
	p.facts(words.FactsOf(p.State))
}

// tip is the tip being typed, large, over the sale it goes on and what both come to.
func tip(p *page, h int) {
	view := p.Field.Amount(p.State)
	p.lead(h, 11)
	role := theme.Strong
	if view.Code != txn.NoProblem {
		role = theme.Warn
	}
	currency := p.State.Setup.Currency
	p.add(center(p.ink(theme.Dim, p.say(words.TipLabel)+" "+currency.Code()), p.w))
	p.big(role, view.Value)
	p.gap()
	if view.Code != txn.NoProblem && p.State.Problem == txn.NoProblem {
		p.middle(theme.Warn, p.text(words.ForCode(view.Code).Headline))
	} else {
		p.middle(theme.Ink, p.text(words.Of(p.State).Prompt))
	}
	p.gap()
	total := words.Untipped(p.State.Draft)
	total.Minor += view.Money.Minor
	p.facts(append(words.FactsOf(p.State), words.Fact{Label: words.NewTotal, Value: total.String()}))
	p.cardLine()
}

// facts are labels with what stands beside them, below a line of air.
func (p *page) facts(facts []words.Fact) {
	if len(facts) > 0 {
		p.gap()
	}
	for _, f := range facts {
		p.fact(f.Label, f.Value)
	}
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
