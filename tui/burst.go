package tui

import (
	"bytes"
	"slices"
	"strings"

	"vpos/reader"
	"vpos/reader/swipe"
	"vpos/tui/keypad"
	"vpos/tui/words"
	"vpos/txn"
)

// runStart is what the screen was when a run of keys began, in case the run
// turns out to be a scanner's.
type runStart struct {
	name  txn.Name
	typed int
	lang  words.Lang
}

// take handles what the capture made of a key or of time passing, in order.
// enter says that the key was Enter.
func (m *Model) take(results []swipe.Result, enter bool) {
	for _, r := range results {
		switch r.Kind {
		case swipe.Card, swipe.Fault, swipe.Code:
			if m.hidden { // nobody sees what it would do
				r.Card.Wipe()
				r.Code.Wipe()
				continue
			}
		case swipe.Keys, swipe.None, swipe.Swallowed:
		}
		switch r.Kind {
		case swipe.Keys:
			if r.First {
				m.run = runStart{m.state.Name, m.field.Len(), m.lang}
			}
			for _, key := range r.Keys {
				m.typed(key)
			}
			clear(r.Keys)
		case swipe.Card:
			m.swiped(r.Card)
		case swipe.Fault:
			m.misread(r.Err)
		case swipe.Code:
			m.scanned(r, enter)
		case swipe.None, swipe.Swallowed:
		}
	}
}

// swiped gives the machine a card. An amount that stands typed is taken first, as is the
// total of goods, so that typing and swiping is a whole sale.
func (m *Model) swiped(card reader.Card) {
	if m.tooSmall() {
		card.Wipe()
		return
	}
	m.uncover()
	if m.state.Name == txn.AmountEntry && m.field.Len() > 0 || m.state.Name == txn.GoodsEntry && m.field.Len() == 0 {
		m.enter()
	}
	m.dispatch(txn.Swiped{Card: card})
}

// misread tells why a swipe could not be used.
func (m *Model) misread(err error) {
	code := txn.Code(reader.FaultOf(err))
	if code == txn.NoProblem {
		code = txn.Code(reader.FaultSwipeMalformed)
	}
	m.uncover()
	m.dispatch(txn.Misread{Code: code})
}

// codeStates are where a number may be scanned: a card's or a wallet's, or a good's barcode.
var codeStates = []txn.Name{txn.PANEntry, txn.PayCodeEntry, txn.GoodsEntry, txn.Stock}

// scanned handles keys that came at a scanner's pace. Where a number may be
// scanned they count as typed; anywhere else they are taken back.
func (m *Model) scanned(r swipe.Result, enter bool) {
	number := len(bytes.Trim(r.Code.Reveal(), "0123456789")) == 0
	r.Code.Wipe()
	if number && slices.Contains(codeStates, m.state.Name) {
		if enter {
			m.named("enter")
		}
		return
	}
	m.lang = m.run.lang
	m.uncover()
	if m.state.Name != m.run.name && m.undoable() {
		m.dispatch(txn.Cancelled{})
	}
	m.field.Truncate(m.run.typed)
	m.dispatch(txn.Misread{Code: txn.NotHere})
}

// undoable says that what a scanner's digits opened can be left again: a screen of
// idle's or the menu's, or a session with a card for which they chose.
func (m *Model) undoable() bool {
	switch m.run.name {
	case txn.Idle, txn.Menu:
		return true
	case txn.Choose:
		return m.state.Name == txn.Processing || m.state.Name == txn.PINEntry
	default:
		return false
	}
}

// paste takes a bracketed paste: a swipe, or text for the field. Text that does
// not fit the field as a whole is refused as a whole.
func (m *Model) paste(text string) { m.input.spelt(text, m.pasted) }

func (m *Model) pasted(text string) {
	m.take(m.capture.Flush(m.clock), false)
	if m.hidden || m.deaf("") {
		return
	}
	m.uncover()
	if r := swipe.Paste(text); r.Kind != swipe.None {
		m.take([]swipe.Result{r}, false)
		return
	}
	text = strings.TrimSpace(text)
	kind := keypad.FieldAt(m.state)
	switch m.state.Name {
	case txn.Journal:
		kind = m.field.Kind()
	case txn.Idle:
		kind = keypad.AmountField
	case txn.Present:
		kind = keypad.PANField
	}
	if !keypad.Fits(kind, text, m.field.Len()) {
		m.dispatch(txn.Misread{Code: keypad.Misfit(kind)})
		return
	}
	for _, r := range text {
		if !keypad.Separates(kind, r) {
			m.typed(r)
		}
	}
}
