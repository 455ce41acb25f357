package tui

import (
	"context"
	"time"

	tea "charm.land/bubbletea/v2"

	"vpos/tui/screen"
	"vpos/txn"
	"vpos/txn/health"
)

// Doctor checks the devices on the counter.
type Doctor interface {
	// Check looks at everything but the screen, which is the model's, and tells what it
	// finds as it comes, from any goroutine; it returns when all is told. Nothing takes
	// longer than its own limit.
	Check(ctx context.Context, tell func(health.Finding))
}

// doctorTime bounds a whole check, whatever the limits of its parts.
const doctorTime = 15 * time.Second

// doctorView is the device check on screen.
type doctorView struct {
	screen.Doctor

	round  int                 // tells the results of this check from those of an earlier one
	wanted bool                // a check is to begin
	told   chan health.Finding // of the round
	heard  bool                // somebody waits for the next of them
	glyph  bool                // the terminal has been asked for the width of a glyph
}

// deviceFound is one result; more is false behind the last.
type deviceFound struct {
	round   int
	finding health.Finding
	more    bool
}

// wantCheck asks for a check; one that is running is enough.
func (m *Model) wantCheck() {
	if !m.doctor.Running {
		m.doctor.wanted = true
	}
}

// leaveDoctor drops what was found. The results that are still to come are of no round
// any more.
func (m *Model) leaveDoctor() { m.doctor = doctorView{round: m.doctor.round + 1} }

// checkDevices begins a check where one is wanted, and waits for the next result of one
// that runs.
func (m *Model) checkDevices() tea.Cmd {
	d := &m.doctor
	var cmds []tea.Cmd
	if d.wanted {
		cmds = append(cmds, m.beginCheck())
	}
	if d.told != nil && !d.heard {
		d.heard = true
		told, round := d.told, d.round
		cmds = append(cmds, func() tea.Msg {
			f, more := <-told
			return deviceFound{round, f, more}
		})
	}
	return tea.Batch(cmds...)
}

func (m *Model) beginCheck() tea.Cmd {
	d := &m.doctor
	d.round++
	d.wanted, d.Found, d.heard = false, nil, false
	doctor := m.options.Doctor
	if d.None = doctor == nil; d.None {
		return nil
	}
	told := make(chan health.Finding, len(health.Subjects())) // so that no probe waits for the screen
	d.told, d.Running = told, true
	cmds := []tea.Cmd{func() tea.Msg {
		defer close(told)
		ctx, cancel := context.WithTimeout(context.Background(), doctorTime)
		defer cancel()
		doctor.Check(ctx, func(f health.Finding) { told <- f })
		return nil
	}}
	if m.ambiguous == 0 {
		d.glyph = true
		cmds = append(cmds, askGlyph())
	} else {
		m.screenChecked()
	}
	return tea.Batch(cmds...)
}

// deviceFound takes a result, unless the check was left meanwhile.
func (m *Model) deviceFound(msg deviceFound) {
	d := &m.doctor
	if msg.round != d.round {
		return
	}
	d.heard = false
	if !msg.more {
		d.told = nil
		d.Running = d.glyph
		return
	}
	d.Found = append(d.Found, msg.finding)
}

// screenChecked adds the finding of the screen: its size and the width of a glyph, as
// far as that is known now.
func (m *Model) screenChecked() {
	d := &m.doctor
	d.glyph = false
	d.Found = append(d.Found, health.OfScreen(m.width, m.height, screen.MinWidth, screen.MinHeight, m.ambiguous))
	d.Running = d.told != nil
}

// glyphAnswered ends the wait for the width of a glyph, with an answer or without.
func (m *Model) glyphAnswered() {
	if m.state.Name == txn.DoctorShown && m.doctor.glyph {
		m.screenChecked()
	}
}
