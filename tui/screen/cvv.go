package screen

import (
	"vpos/tui/theme"
	"vpos/tui/words"
)

// cvv is the security code being keyed: dots, and the two ways to say there is
// none to key.
func cvv(p *page, _ int) {
	brand := p.State.Draft.Card.PAN.Brand()
	p.due()
	p.keyedCard()
	p.gap()
	where := words.CVVBack
	if brand.CodeLength() == 4 {
		where = words.CVVFront
	}
	p.para(theme.Ink, p.say(where))
	p.gap()
	p.add(p.ink(theme.Accent, "▸ ") + p.ink(theme.Strong, p.Field.CVV(brand)))
	p.gap()
	for _, choice := range []struct {
		key  string
		text words.Label
	}{{"9", words.CVVNone}, {"2", words.CVVUnreadable}} {
		p.add(p.ink(theme.Accent, choice.key) + "  " + p.ink(theme.Dim, p.say(choice.text)))
	}
}
