package screen

import (
	"vpos/reader"
	"vpos/tui/keypad"
	"vpos/tui/theme"
	"vpos/tui/words"
	"vpos/txn"
)

// expiry is the date being keyed, echoed with the month's name so that a
// swapped one is seen.
func expiry(p *page, _ int) {
	view := p.Field.Expiry(p.State)
	p.due()
	p.keyedCard()
	p.gap()
	p.para(theme.Ink, p.text(words.ForState(txn.ExpiryEntry).Prompt))
	p.gap()
	p.add(p.ink(theme.Accent, "▸ ") + p.ink(theme.Strong, view.Display))
	p.gap()
	short, long := keypad.OfferText(p.State, p.Lang)
	switch {
	case p.Field.Len() == 0 && short != "":
		p.para(theme.Accent, words.Offer.Fill(p.Lang, short, long))
	case view.Fault != reader.NoFault:
		p.para(theme.Warn, "✗ "+p.text(words.ForCode(txn.Code(view.Fault)).Headline))
	case !view.Date.IsZero():
		p.para(theme.Good, "✓ "+words.ValidUntil.Fill(p.Lang, words.Month(p.Lang, view.Date)))
	}
}

// keyedCard is the number taken so far.
func (p *page) keyedCard() {
	if card := p.State.Draft.Card; !card.PAN.Empty() {
		p.add(spread(p.ink(theme.Dim, p.say(words.CardLabel)), p.ink(theme.Ink, p.cardText(card.PAN.Brand(), card.PAN.Last4(), reader.NoEntry)), p.w))
	}
}
