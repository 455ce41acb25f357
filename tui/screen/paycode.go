package screen

import (
	"vpos/tui/theme"
	"vpos/tui/words"
)

// paycode is a wallet's payment code being scanned or keyed. Whoever has it can charge the
// wallet, so it is shown as dots.
func paycode(p *page, _ int) {
	p.due()
	p.gap()
	p.para(theme.Ink, p.text(words.Of(p.State).Prompt))
	p.gap()
	p.entry(p.Field.PayCode())
	p.gap()
	p.middle(theme.Warn, words.Simulated)
}
