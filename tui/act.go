package tui

import (
	"vpos/reader/explain"
	"vpos/tui/keypad"
	"vpos/tui/screen"
	"vpos/txn"
)

// opens is which state an action leads to.
var opens = map[keypad.Action]txn.Name{
	keypad.Sale:    txn.AmountEntry,
	keypad.KeyIn:   txn.PANEntry,
	keypad.Menu:    txn.Menu,
	keypad.Journal: txn.Journal,
	keypad.Reprint: txn.TraceEntry,
	keypad.Settle:  txn.Settle,
}

// act does what a key or a menu item stands for.
func (m *Model) act(a keypad.Action) {
	if a == keypad.Void {
		m.dispatch(txn.Opened{Name: txn.TraceEntry, Kind: txn.Void})
		return
	}
	if name, ok := opens[a]; ok {
		m.dispatch(txn.Opened{Name: name})
		return
	}
	if m.listed && m.overDeck(a) {
		return
	}
	switch a {
	case keypad.Enter:
		m.enter()
	case keypad.Cancel:
		m.dispatch(txn.Cancelled{})
	case keypad.Clear:
		m.muted = m.field.Backspace() || m.muted
	case keypad.ClearAll:
		m.field.Wipe()
		m.muted = true
	case keypad.Up, keypad.Down, keypad.PageUp, keypad.PageDown:
		m.move(a)
	case keypad.Language:
		m.lang = m.lang.Other()
	case keypad.Help:
		m.help = true
	case keypad.Explain:
		m.why, m.cursor = explain.Decisions(m.options.Trace()), 0
	case keypad.Cards:
		m.listed, m.refuse = true, ""
	case keypad.TakeOut:
		m.takeOut()
	case keypad.Quit:
		m.leave = true
	}
}

// enter confirms what the screen holds. The copy the machine reads is wiped as
// soon as it has read it.
func (m *Model) enter() {
	switch {
	case m.state.Name == txn.Menu:
		m.choose(m.cursor)
		return
	case m.state.Name == txn.Choose:
		m.application(m.cursor + 1)
		return
	case m.state.Name == txn.PINEntry && m.state.PIN.Pad:
		return // it is for the reader's keys; an empty entry would go past the PIN
	case m.state.Name == txn.Idle && m.field.Len() == 0:
		return // a reader that ends a swipe with one Enter too many must not clear what was said of it
	}
	text := m.field.Secret()
	m.dispatch(txn.Entered{Text: text})
	text.Wipe()
	m.field.Settle(m.state)
}

// move moves the mark of the menu or the journal.
func (m *Model) move(a keypad.Action) {
	last := len(m.list.Lines) - 1
	switch m.state.Name {
	case txn.Menu:
		last = len(keypad.Items()) - 1
	case txn.Choose:
		last = len(m.state.Choice.Names) - 1
	}
	step := map[keypad.Action]int{keypad.Up: -1, keypad.Down: 1, keypad.PageUp: -10, keypad.PageDown: 10}[a]
	m.cursor = max(0, min(m.cursor+step, last))
}

// pick takes a number in the menu. Quitting wants Enter as well.
func (m *Model) pick(number int) {
	for i, b := range keypad.Items() {
		if b.Item != number {
			continue
		}
		m.cursor = i
		if b.Action != keypad.Quit {
			m.choose(i)
		}
		return
	}
	m.dispatch(txn.Misread{Code: txn.NotHere})
}

// choose opens a menu item.
func (m *Model) choose(i int) {
	if items := keypad.Items(); i >= 0 && i < len(items) {
		m.act(items[i].Action)
	}
}

// scroll does what a key stands for over what the card decided; one that stands for
// nothing closes it.
func (m *Model) scroll(name string) {
	b, _ := m.sight().Find(name)
	step := map[keypad.Action]int{keypad.Up: -1, keypad.Down: 1, keypad.PageUp: -10, keypad.PageDown: 10}[b.Action]
	switch {
	case b.Action == keypad.Language:
		m.act(b.Action)
	case step != 0:
		m.cursor = max(0, min(m.cursor+step, screen.WhyLines(m.frame())-1))
	default:
		m.uncover()
	}
}
