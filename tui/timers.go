package tui

import (
	"time"

	tea "charm.land/bubbletea/v2"

	"vpos/txn"
)

const (
	fastBeat = 100 * time.Millisecond // while processing, for the elapsed count
	slowBeat = time.Second            // otherwise, for the clock
	flash    = 120 * time.Millisecond // how long a drawn key stays lit
)

// beat redraws; captureDue asks the capture whether a burst is over; dark puts
// out a lit key.
type (
	beat       struct{ generation int }
	captureDue struct{}
	dark       struct{}
)

// nextBeat sets the one timer that redraws.
func (m *Model) nextBeat() tea.Cmd {
	pause := slowBeat
	if m.state.Name == txn.Processing {
		pause = fastBeat
	}
	m.beat++
	generation := m.beat
	return tea.Tick(pause, func(time.Time) tea.Msg { return beat{generation} })
}

// after gathers what a message left to be timed or read: nothing here changes
// the machine.
func (m *Model) after(before txn.Name) tea.Cmd {
	if m.leave {
		return tea.Quit
	}
	var cmds []tea.Cmd
	if due, ok := m.capture.Deadline(); ok && !m.waiting {
		m.waiting = true
		cmds = append(cmds, tea.Tick(due.Sub(m.clock), func(time.Time) tea.Msg { return captureDue{} }))
	}
	if m.lit.After(m.clock) {
		cmds = append(cmds, tea.Tick(m.lit.Sub(m.clock), func(time.Time) tea.Msg { return dark{} }))
	}
	if wake := m.wake(); wake != nil {
		cmds = append(cmds, wake)
	}
	cmds = append(cmds, m.ring())
	now := m.state.Name
	if now != before && now == txn.Processing {
		cmds = append(cmds, m.nextBeat())
	}
	if now != before && (now == txn.Idle || now == txn.TraceEntry || isResult(now)) {
		cmds = append(cmds, m.readRecent())
	}
	if now == txn.Journal {
		cmds = append(cmds, m.readBook())
	}
	cmds = append(cmds, m.storeSetting(), m.storeGood(), m.printSheet())
	if now != before && (now == txn.GoodsEntry || now == txn.Stock) {
		cmds = append(cmds, m.readGoods())
	}
	if now == txn.ReportShown {
		cmds = append(cmds, m.readReport())
	}
	if now == txn.DoctorShown {
		cmds = append(cmds, m.checkDevices())
	}
	return tea.Batch(cmds...)
}
