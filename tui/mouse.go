package tui

import (
	"slices"
	"time"

	tea "charm.land/bubbletea/v2"

	"vpos/tui/keypad"
	"vpos/tui/screen"
	"vpos/txn"
)

// The mouse is a second way to keys that are on the screen, where a slip of the hand
// costs nothing. It never confirms: what moves money, or leads to it without one more
// question, wants the key.

// clickable are the states in which a click does something.
var clickable = []txn.Name{
	txn.Idle, txn.Menu, txn.Journal, txn.ReportShown, txn.AmountEntry, txn.Present, txn.PANEntry, txn.ExpiryEntry,
	txn.CVVEntry, txn.TraceEntry, txn.TipEntry, txn.AuthEntry, txn.ReferenceEntry, txn.DateEntry, txn.Lock,
	txn.Passcode, txn.NewPasscode, txn.SupervisorEntry, txn.CashEntry, txn.Settings, txn.GoodsEntry, txn.Stock,
}

// enterable are those in which Enter only chooses something to look at.
var enterable = []txn.Name{txn.Menu, txn.ReportShown, txn.Settings}

// clickPause is the least time between two clicks: a flood of them is one.
const clickPause = 100 * time.Millisecond

// clicked does what lies under the mouse.
func (m *Model) clicked(at tea.Mouse) {
	if !m.look.Mouse || at.Button != tea.MouseLeft || m.clock.Sub(m.click) < clickPause {
		return
	}
	m.click = m.clock
	if m.hidden || m.deaf("") || !slices.Contains(clickable, m.state.Name) {
		return
	}
	m.touch()
	if m.help {
		m.help = false
		return
	}
	if m.why != nil || m.listed {
		return // a card from the list may be all that a sale waits for
	}
	switch spot := screen.SpotAt(m.frame(), at.X, at.Y); spot.Kind {
	case screen.OnFooter:
		if foot := m.sight().Footer(); spot.At < len(foot) {
			m.press(foot[spot.At])
		}
	case screen.OnMenu:
		if b, ok := keypad.ItemAt(spot.Item); ok {
			m.pointAt(b.Item)
			m.press(b)
		}
	case screen.OnRow:
		m.chooseSetting(spot.At)
	default:
	}
}

// press is a click on what a key stands for.
func (m *Model) press(b keypad.Binding) {
	switch b.Action {
	case keypad.Quit: // a slip of the hand must not close the shop
		return
	case keypad.Enter:
		if !slices.Contains(enterable, m.state.Name) {
			return
		}
	}
	m.act(b)
}
