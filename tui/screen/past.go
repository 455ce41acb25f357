package screen

import (
	"vpos/tui/theme"
	"vpos/tui/words"
	"vpos/txn"
)

// past asks for what a slip says of an earlier transaction: its approval code, its
// reference number, its day.
func past(p *page, _ int) {
	p.due()
	p.keyedCard()
	if of := p.State.Draft.Of; of != nil {
		p.fact(words.HoldCode, of.AuthCode)
		p.fact(words.SaleReference, of.RRN)
	}
	p.gap()
	p.para(theme.Ink, p.text(words.Of(p.State).Prompt))
	p.gap()
	typed := p.Field.Trace()
	if p.State.Name == txn.DateEntry {
		typed = p.Field.Date()
	}
	p.entry(typed)
}
