package tui

import (
	"slices"
	"time"

	tea "charm.land/bubbletea/v2"

	"vpos/tui/keypad"
	"vpos/txn"
)

// The grace period. A screen comes up under fingers that were meant for the one before: an
// answer arrives, a card is put in, a key bounces, a queue of keys empties all at once.
// Where such a key would move money or dismiss an outcome nobody has read, no key is taken
// until the hands have been quiet for [Options.Quiet]:
//
//   - at a result and at the end of a shift: Enter and Esc dismiss it;
//   - at a confirmation, at the totals of a settlement and at a PIN: Enter goes on. Digits
//     too: a queue that holds the same entry twice would type a refund's amount, and then
//     confirm it;
//   - at whatever else came up by itself and goes on with Enter: the card's applications,
//     the one-time code, the float, the lock;
//   - at the list of virtual cards: a digit puts one in, and that may pay.
//
// Esc passes at once wherever it only leaves: nobody must wait to call something off. The
// line dialogue has no grace: its lines are entries, each answered in the order it came,
// and a pipe types ahead by right. What must not move by a stray line there wants digits.

// wary reports whether a state takes no key right after it came up, however it came up.
func wary(s *txn.State) bool {
	switch s.Name {
	case txn.ApprovedShown, txn.DeclinedShown, txn.UnknownShown, txn.ShiftShown, txn.PINEntry, txn.Confirm, txn.Settle:
		return true
	default:
		return false
	}
}

// surprising reports whether a state takes no key right after it came up by itself.
func surprising(n txn.Name) bool {
	switch n {
	case txn.Choose, txn.OTPEntry, txn.CashEntry, txn.Lock, txn.PaperEntry:
		return true
	default:
		return false
	}
}

// byItself begins the grace of a screen, or of a question on it, that no key has led to.
func (m *Model) byItself(before *txn.State) {
	s := &m.state
	fresh := s.Name != before.Name || s.PIN != before.PIN || !slices.Equal(s.Choice.Names, before.Choice.Names)
	if fresh && (surprising(s.Name) || s.Name == before.Name && wary(s)) {
		m.hush()
	}
}

// hush takes no key for a while.
func (m *Model) hush() {
	if m.options.Quiet > 0 {
		m.hushed, m.opened, m.quiet = true, m.clock, m.clock.Add(m.options.Quiet)
	}
}

// hushDue asks whether the hands have been quiet.
type hushDue struct{}

// quietened ends the grace when its timer comes in time. One that comes late says that this
// program stood still, and that keys may have queued up meanwhile which nobody pressed at
// what is shown now: then the hands must be quiet once more.
func (m *Model) quietened() {
	m.waking = false
	switch late := m.clock.Sub(m.quiet); {
	case late < 0:
	case late > m.options.Quiet/3:
		m.quiet = m.clock.Add(m.options.Quiet)
	default:
		m.hushed = false
	}
}

// wake sets the timer that ends the grace.
func (m *Model) wake() tea.Cmd {
	if !m.hushed || m.waking {
		return nil
	}
	m.waking = true
	return tea.Tick(m.quiet.Sub(m.clock), func(time.Time) tea.Msg { return hushDue{} })
}

// deaf reports whether a key goes nowhere now: the window is too small to see what
// it would do, or the screen has just come up under the fingers. A key pressed meanwhile
// starts the quiet time again. A result gives in after four times that; where money would
// move, a key that is leaned on never gets through.
func (m *Model) deaf(key string) bool {
	switch {
	case m.tooSmall(), m.tuning.saving: // or a setting is being written
		return true
	case !m.hushed, !m.listed && !wary(&m.state) && !surprising(m.state.Name), m.passes(key):
		return false
	}
	patient := isResult(m.state.Name) || m.state.Name == txn.ShiftShown
	if end := m.clock.Add(m.options.Quiet); !patient || end.Before(m.opened.Add(4*m.options.Quiet)) {
		m.quiet = end
	}
	return true
}

// passes reports whether a key is taken at once: Esc where it only leaves.
func (m *Model) passes(key string) bool {
	b, ok := m.sight().Find(key)
	if !ok {
		return false
	}
	dismisses := isResult(m.state.Name) || m.state.Name == txn.ShiftShown
	return b.Action == keypad.Cancel && !dismisses
}
