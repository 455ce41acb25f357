package tui

import (
	"time"

	tea "charm.land/bubbletea/v2"

	"vpos/tui/theme"
	"vpos/txn"
)

// bell is what has to be heard, and seen by whoever cannot hear it: as many notes beside
// the title as there were beeps, and a border that lights up.
type bell struct {
	notes int
	role  theme.Role
	due   int       // beeps not yet on their way
	until time.Time // the border is lit
	again time.Time // not before this may it sound once more
}

// How often it sounds: once for an approval, twice for a decline, three times for what
// is neither, and for an entry that was refused.
const (
	beepGood  = 1
	beepBad   = 2
	beepWrong = 3
)

const (
	beepGap  = 180 * time.Millisecond // terminals make one of beeps that come together
	beepRest = time.Second            // from one signal to the next
	lightFor = 900 * time.Millisecond
)

// notice sees that something has happened that a person waits for.
func (m *Model) notice(old, now txn.State) {
	if !m.look.Beep {
		return
	}
	switch {
	case now.Name == old.Name && now.Problem != txn.NoProblem && now.Problem != old.Problem:
		m.sound(beepWrong, theme.Warn)
	case now.Name == old.Name:
	case now.Name == txn.ApprovedShown:
		m.sound(beepGood, theme.Good)
	case now.Name == txn.DeclinedShown:
		m.sound(beepBad, theme.Bad)
	case now.Name == txn.UnknownShown:
		m.sound(beepWrong, theme.Warn)
	}
}

// sound begins a signal. What comes too soon after the last one is seen and not heard.
func (m *Model) sound(notes int, role theme.Role) {
	b := &m.bell
	b.notes, b.role, b.until = notes, role, m.clock.Add(lightFor)
	if m.clock.Before(b.again) {
		return
	}
	b.due = notes
	b.again = m.clock.Add(time.Duration(notes)*beepGap + beepRest)
}

// shown is what the eye gets: the notes stay with a result, and with anything else as
// long as the light.
func (b *bell) shown(s txn.State, now time.Time) (int, theme.Role) {
	switch {
	case now.Before(b.until):
		return b.notes, b.role
	case isResult(s.Name):
		return b.notes, theme.Ink
	}
	return 0, theme.Ink
}

// ring sends the beeps off, and puts the light out behind them.
func (m *Model) ring() tea.Cmd {
	n := m.bell.due
	if m.bell.due = 0; n == 0 {
		return nil
	}
	cmds := []tea.Cmd{}
	for i := range n {
		if i > 0 {
			cmds = append(cmds, tea.Tick(beepGap, func(time.Time) tea.Msg { return nil }))
		}
		cmds = append(cmds, tea.Raw("\a"))
	}
	out := tea.Tick(lightFor, func(time.Time) tea.Msg { return dark{} })
	return tea.Batch(tea.Sequence(cmds...), out)
}
