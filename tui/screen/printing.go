package screen

import (
	"fmt"

	"vpos/tui/theme"
	"vpos/tui/words"
	"vpos/txn"
)

// printing tells each slip and what became of it.
func printing(p *page, _ int) {
	d := p.State.Draft
	p.add(spread(p.ink(theme.Dim, p.kind()), p.ink(theme.Strong, d.Amount.Currency.Code()+" "+d.Amount.Grouped()), p.w))
	p.fact(words.TraceLabel, d.STAN.String())
	p.rule()
	p.gap()
	if p.State.Slip.Duplicate {
		p.middle(theme.Warn, p.say(words.Duplicate))
		p.gap()
	}
	p.slips()
	p.gap()
	p.middle(theme.Ink, p.text(words.ForState(txn.Printing).Prompt))
}

// paper asks whoever stands there whether the slip came out.
func paper(p *page, _ int) {
	d := p.State.Draft
	p.add(spread(p.ink(theme.Dim, p.kind()), p.ink(theme.Strong, d.Amount.Currency.Code()+" "+d.Amount.Grouped()), p.w))
	p.fact(words.TraceLabel, d.STAN.String())
	p.rule()
	p.slips()
	p.gap()
	p.para(theme.Ink, p.text(words.Of(p.State).Prompt))
	for i, answer := range words.PaperAnswers() {
		p.add(left(p.ink(theme.Accent, fmt.Sprintf("  %d  ", i+1))+p.ink(theme.Strong, p.text(answer)), p.w))
	}
	p.gap()
	p.entry(p.Field.Trace())
}

// slips lists the copies, each with a sign and a word.
func (p *page) slips() {
	for _, c := range []struct {
		copy txn.Copy
		name words.Label
	}{{txn.MerchantCopy, words.MerchantSlip}, {txn.CardholderCopy, words.CustomerSlip}} {
		if !p.State.Draft.Kind.Copies().Has(c.copy) {
			continue // nobody wants it
		}
		role, sign, word := p.slip(c.copy)
		p.add(spread(p.ink(theme.Dim, p.say(c.name)), p.ink(role, sign+" "+p.say(word)), p.w))
	}
}

// slip is what is known of one copy. A reprint does not care what was printed
// before.
func (p *page) slip(c txn.Copy) (theme.Role, string, words.Label) {
	s := p.State
	current := s.Slip.Copy == c
	switch {
	case current && s.Name == txn.PaperEntry:
		return theme.Warn, "?", words.SlipDoubtful
	case current && s.Problem.OfPrinter():
		return theme.Bad, "✗", words.SlipMissing
	case s.Slip.Duplicate && c < s.Slip.Copy, !s.Slip.Duplicate && s.Draft.Printed.Has(c):
		return theme.Good, "✓", words.SlipDone
	case current:
		return theme.Accent, "▸", words.SlipPrinting
	}
	return theme.Dim, "·", words.SlipWaiting
}
