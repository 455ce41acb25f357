package tui

import (
	"context"
	"errors"
	"slices"
	"time"

	tea "charm.land/bubbletea/v2"

	"vpos/tui/screen"
	"vpos/txn"
	"vpos/txn/health"
)

// Print puts what a screen shows on paper because somebody wants it there: nobody owes it.
// found is what the device check has found. It returns when the paper is out; an error may
// be a [txn.PaperError].
type Print func(ctx context.Context, s txn.State, found []health.Finding) error

// sheetTimeout is how long a paper may take, whatever is printed before it.
const sheetTimeout = time.Minute

// sheetView is the paper of the screen.
type sheetView struct {
	screen.Sheet

	wanted bool // and nobody has been asked yet
}

// sheetPrinted says that it is on paper, or why not.
type sheetPrinted struct {
	name txn.Name // the screen it is of
	err  error
}

// errNoPapers is told where nobody prints.
var errNoPapers = errors.New("there are no papers here")

// wantSheet asks for the screen on paper; one that is being printed is enough, and what
// cannot be read is no paper.
func (m *Model) wantSheet() {
	if m.sheet.Is == screen.SheetPrinting || m.state.Name == txn.ReportShown && m.report.Failed {
		return
	}
	m.muted = true
	m.sheet = sheetView{Sheet: screen.Sheet{Is: screen.SheetPrinting}, wanted: true}
}

// printSheet prints the screen where that was asked for, once all of it is known.
func (m *Model) printSheet() tea.Cmd {
	unread := m.state.Name == txn.ReportShown && !m.report.Done || m.state.Name == txn.DoctorShown && m.doctor.Running
	if !m.sheet.wanted || unread {
		return nil
	}
	m.sheet.wanted = false
	put, s, found := m.options.Print, m.state, slices.Clone(m.doctor.Found)
	return func() tea.Msg {
		if put == nil {
			return sheetPrinted{s.Name, errNoPapers}
		}
		ctx, cancel := context.WithTimeout(context.Background(), sheetTimeout)
		defer cancel()
		return sheetPrinted{s.Name, put(ctx, s, found)}
	}
}

// sheetPrinted takes what became of the paper, unless the screen was left meanwhile.
func (m *Model) sheetPrinted(msg sheetPrinted) {
	if m.sheet.Is == screen.SheetPrinting && msg.name == m.state.Name {
		m.sheet = sheetView{Sheet: screen.SheetOf(msg.err)}
	}
}
