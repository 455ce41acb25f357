package screen

import (
	"vpos/tui/theme"
	"vpos/tui/words"
)

// DeckPage is how many virtual cards a page of the list has: as many as there are
// digits to choose them by.
const DeckPage = 9

// deck lists the virtual cards, a page at a time, and says what the marked one is.
func deck(p *page, _ int) {
	at := min(max(0, p.Marked), len(p.Deck)-1)
	if at < 0 {
		return
	}
	top := at - at%DeckPage
	for i := top; i < min(top+DeckPage, len(p.Deck)); i++ {
		p.choice(i-top+1, words.Outside(p.Deck[i].Name), i == at)
	}
	p.rule()
	p.para(theme.Ink, p.text(p.Deck[at].About))
	if p.Refuse != "" {
		p.para(theme.Warn, "! "+p.say(words.DeckFault))
		p.para(theme.Ink, words.Outside(p.Refuse))
	}
	pages := (len(p.Deck) + DeckPage - 1) / DeckPage
	p.add(spread("", p.ink(theme.Dim, words.DeckPage.Fill(p.Lang, top/DeckPage+1, pages)), p.w))
}
