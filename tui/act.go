package tui

import (
	"vpos/reader/explain"
	"vpos/tui/keypad"
	"vpos/tui/screen"
	"vpos/txn"
)

// opens is which state an action leads to.
var opens = map[keypad.Action]txn.Name{
	keypad.KeyIn:   txn.PANEntry,
	keypad.Menu:    txn.Menu,
	keypad.Journal: txn.Journal,
	keypad.Reprint: txn.TraceEntry,

	keypad.LockUp:   txn.Lock,
	keypad.HandOver: txn.CashEntry,
	keypad.Report:   txn.ReportShown,
	keypad.Doctor:   txn.DoctorShown,
	keypad.Settings: txn.Settings,
	keypad.Goods:    txn.GoodsEntry,
	keypad.Stock:    txn.Stock,
}

// act does what a key or a menu item stands for.
func (m *Model) act(b keypad.Binding) {
	a := b.Action
	if name, ok := opens[a]; ok {
		m.dispatch(txn.Opened{Name: name})
		return
	}
	if m.listed && m.overDeck(a) || m.browse(a) {
		return
	}
	switch a {
	case keypad.Begin:
		m.dispatch(txn.Opened{Kind: b.Kind})
	case keypad.Group:
		m.turn(b.Item)
	case keypad.Enter:
		m.enter()
	case keypad.Cancel:
		m.back()
	case keypad.Clear:
		m.erase()
	case keypad.ClearAll:
		m.field.Wipe()
		m.muted = true
		m.shelf.At = unmarked
	case keypad.Up, keypad.Down, keypad.PageUp, keypad.PageDown:
		m.move(a)
	case keypad.Language:
		m.lang = m.lang.Other()
	case keypad.Help:
		m.help = true
	case keypad.Privacy:
		m.hide()
	case keypad.Explain:
		m.tell()
	case keypad.Print:
		m.wantSheet()
	case keypad.Cards:
		m.listed, m.refuse = true, ""
		m.hush() // a card that is in may pay at once
	case keypad.TakeOut:
		m.takeOut()
	case keypad.Quit:
		m.leave = true
	}
}

// tell lays what the card read last has decided over the screen.
func (m *Model) tell() {
	trace := m.options.Trace()
	if len(trace) == 0 {
		m.dispatch(txn.Misread{Code: txn.NotHere})
		return
	}
	m.why, m.cursor = explain.Decisions(trace), 0
}

// back leaves a page of the menu for the first one, the list of goods for the basket, and
// anything else altogether.
func (m *Model) back() {
	if m.state.Name == txn.Menu && m.page != "" {
		left := m.page
		m.turn("")
		m.pointAt(left)
		return
	}
	if m.state.Name == txn.Settings && m.page != "" {
		m.closeSetting()
		return
	}
	if m.state.Name == txn.GoodsEntry && m.shelf.At != unmarked {
		m.shelf.At = unmarked
		return
	}
	m.dispatch(txn.Cancelled{})
}

// turn opens a page of the menu.
func (m *Model) turn(page string) { m.page, m.cursor, m.muted = page, 0, true }

// pointAt marks the item of those digits, where it is on the page.
func (m *Model) pointAt(item string) {
	for i, b := range keypad.Offered(keypad.Items(m.page), m.state) {
		if b.Item == item {
			m.cursor = i
		}
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
	case m.state.Name == txn.Settings:
		m.chooseSetting(m.cursor)
		return
	case m.state.Name == txn.Stock:
		m.keyGood()
		return
	case m.state.Name == txn.GoodsEntry && m.takeMarked():
		return
	case m.state.Name == txn.ReportShown:
		m.wantSheet()
		return
	case m.state.Name == txn.DoctorShown:
		m.wantCheck()
		if m.doctor.wanted {
			m.dispatch(txn.Opened{Name: txn.DoctorShown}) // which tries the link
		}
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

// steps is how far the keys of a list move its mark.
var steps = map[keypad.Action]int{keypad.Up: -1, keypad.Down: 1, keypad.PageUp: -10, keypad.PageDown: 10}

// erase takes back the last character; behind none, the last line of a basket.
func (m *Model) erase() {
	switch {
	case m.field.Backspace():
		m.muted = true
		m.shelf.At = unmarked
	case m.state.Name == txn.GoodsEntry:
		m.dispatch(txn.LineRemoved{})
	}
}

// move moves the mark of the menu or the journal.
func (m *Model) move(a keypad.Action) {
	last := len(m.list.Lines) - 1
	switch m.state.Name {
	case txn.GoodsEntry, txn.Stock:
		m.markGood(steps[a])
		return
	case txn.Menu:
		last = len(keypad.Offered(keypad.Items(m.page), m.state)) - 1
	case txn.Choose:
		last = len(m.state.Choice.Names) - 1
	case txn.Settings:
		last = m.choices() - 1
	case txn.ReportShown:
		last = screen.ReportEnd(m.frame())
	case txn.Journal:
		if m.book.View == keypad.DetailView {
			last = screen.StoryEnd(m.frame())
		}
	case txn.DoctorShown:
		last = screen.DoctorEnd(m.frame())
	}
	m.cursor = max(0, min(m.cursor+steps[a], last))
}

// pick takes a digit in the menu. Quitting wants Enter as well.
func (m *Model) pick(digit string) {
	b, ok := keypad.ItemAt(m.page + digit)
	if !ok {
		m.dispatch(txn.Misread{Code: txn.NotHere})
		return
	}
	m.pointAt(b.Item)
	if b.Action != keypad.Quit {
		m.act(b)
	}
}

// choose opens a menu item.
func (m *Model) choose(i int) {
	if items := keypad.Offered(keypad.Items(m.page), m.state); i >= 0 && i < len(items) {
		m.act(items[i])
	}
}

// scroll does what a key stands for over what the card decided; one that stands for
// nothing closes it.
func (m *Model) scroll(name string) {
	b, _ := m.sight().Find(name)
	step := steps[b.Action]
	switch {
	case b.Action == keypad.Language:
		m.act(b)
	case step != 0:
		m.cursor = max(0, min(m.cursor+step, screen.WhyLines(m.frame())-1))
	default:
		m.uncover()
	}
}
