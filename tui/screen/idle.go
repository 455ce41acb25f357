package screen

import (
	"vpos/tui/theme"
	"vpos/tui/words"
	"vpos/txn"
)

// idle waits for a digit or a swipe.
func idle(p *page, h int) {
	p.lead(h, 8)
	p.sum(theme.Dim, p.State.Setup.Currency.Code(), txn.Money{Currency: p.State.Setup.Currency}.Grouped())
	p.gap()
	p.air()
	p.middle(theme.Strong, p.text(words.Of(p.State).Prompt))
	if !p.Live {
		p.gap()
		p.middle(theme.Warn, p.say(words.TrainingLong))
	}
}

// lead leaves room above a short screen, so that it stands a little above the
// middle of a tall one.
func (p *page) lead(h, need int) {
	if p.tall {
		need += 6
	}
	for range min(max(0, (h-need)/3), 4) {
		p.gap()
	}
}
