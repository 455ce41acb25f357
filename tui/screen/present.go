package screen

import (
	"vpos/reader"
	"vpos/tui/theme"
	"vpos/tui/words"
)

// present takes whichever card comes.
func present(p *page, h int) {
	p.due()
	p.gap()
	if h >= 12 {
		p.picture()
		p.gap()
	}
	p.middle(theme.Strong, p.presentPrompt())
	if p.Deck != nil && h >= 12 {
		p.middle(theme.Dim, p.say(p.deckHint()))
	}
	if seen := p.State.Seen.PAN; !seen.Empty() {
		p.gap()
		p.middle(theme.Ink, p.cardText(seen.Brand(), seen.Last4(), reader.NoEntry))
	}
}

// deckHint is the key of the deck that helps here: the footer has no room for it at
// every width.
func (p *page) deckHint() words.Label {
	if p.State.CardIn != "" {
		return words.DeckOutHint
	}
	return words.DeckHint
}

// presentPrompt asks for no chip where none can be inserted.
func (p *page) presentPrompt() string {
	switch p.Devices.Reader {
	case ReaderDisabled, ReaderNoService, ReaderNone:
		if p.State.CardIn == "" {
			return p.say(words.NoReaderPrompt)
		}
	default:
	}
	return p.text(words.Of(p.State).Prompt)
}
