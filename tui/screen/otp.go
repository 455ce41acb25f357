package screen

import (
	"vpos/tui/theme"
	"vpos/tui/words"
)

// otp is the one-time code being keyed: the bank sent it to the customer, who
// reads it out. It is shown as dots all the same: it is good until it is used.
func otp(p *page, _ int) {
	p.due()
	p.keyedCard()
	p.gap()
	p.para(theme.Ink, p.text(words.Of(p.State).Prompt))
	p.gap()
	p.add(p.ink(theme.Accent, "▸ ") + p.ink(theme.Strong, p.Field.PIN()))
	p.gap()
	p.para(theme.Dim, p.say(words.OTPNote))
}
