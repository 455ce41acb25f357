package tui

import (
	"strconv"

	"vpos/reader"
	"vpos/tui/keypad"
	"vpos/tui/screen"
	"vpos/txn"
)

// The people's side of a chip: an application chosen, and, in training, a virtual
// card put in or taken out. What the card makes of it comes back through the
// machine.

// application answers the card's question with a number, from 1. The machine
// refuses one that is not there.
func (m *Model) application(number int) {
	text := reader.NewSecret([]byte(strconv.Itoa(number)))
	m.dispatch(txn.Entered{Text: text})
	text.Wipe()
}

// overDeck does what a key stands for over the list of virtual cards, and reports
// whether it is one of the list's own.
func (m *Model) overDeck(a keypad.Action) bool {
	last := len(m.cards) - 1
	switch a {
	case keypad.Enter:
		m.insert(m.marked)
	case keypad.Cancel:
		m.uncover()
	case keypad.Up:
		m.mark(max(0, m.marked-1))
	case keypad.Down:
		m.mark(min(last, m.marked+1))
	case keypad.PageUp:
		m.mark(max(0, m.marked-screen.DeckPage))
	case keypad.PageDown:
		m.mark(min(last, m.marked+screen.DeckPage))
	default:
		return false
	}
	return true
}

// mark moves the mark of the list.
func (m *Model) mark(i int) { m.marked, m.refuse = max(0, i), "" }

// insertOnPage puts in the card of that number on the page shown.
func (m *Model) insertOnPage(number int) {
	if at := m.marked - m.marked%screen.DeckPage + number - 1; number > 0 && at < len(m.cards) {
		m.insert(at)
	}
}

// insert puts a card in. The machine hears of it from the reader, like of any.
func (m *Model) insert(i int) {
	if i < 0 || i >= len(m.cards) {
		return
	}
	m.mark(i)
	if err := m.options.Deck.Insert(m.cards[i].Name); err != nil {
		m.refuse = err.Error()
		return
	}
	m.uncover()
	m.sync()
}

// takeOut takes out the card that is in.
func (m *Model) takeOut() {
	m.options.Deck.Remove()
	m.sync()
}
