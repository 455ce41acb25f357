package tui

import (
	"vpos/tui/keypad"
	"vpos/txn"
)

// The privacy key. It only covers the picture: whatever is under way goes on behind it,
// and what was typed so far stays typed. While nothing is shown no key, swipe or paste does
// anything, since nobody could see what; nor does it count as somebody at work, so that a
// terminal with operators locks itself behind the cover when its time has come.

// hide blanks the screen. The menu it was chosen from is left.
func (m *Model) hide() {
	if m.state.Name == txn.Menu {
		m.dispatch(txn.Cancelled{})
	}
	m.hidden = true
}

// covers blanks the screen where a key does that, whatever lies over the state's own screen,
// and reports whether it did.
func (m *Model) covers(name string) bool {
	b, ok := keypad.Find(name, m.state)
	if ok = ok && b.Action == keypad.Privacy; ok {
		m.hide()
	}
	return ok
}

// peek takes a key while nothing is shown. The key that brings the screen back does
// nothing else, nor does one right behind it.
func (m *Model) peek(name string) {
	if b, ok := m.sight().Find(name); ok && b.Action == keypad.Privacy {
		m.hidden = false
		m.hush()
	}
}
