package tui

import (
	"context"
	"errors"

	tea "charm.land/bubbletea/v2"

	"vpos/tui/screen"
	"vpos/tui/words"
)

// reportView is the report on screen.
type reportView struct {
	screen.Report

	lang    words.Lang // of its lines
	reading bool
}

// reportRead is the report as the shop draws it.
type reportRead struct {
	lang  words.Lang
	lines []string
	err   error
}

// errNoReports is told where nobody draws reports.
var errNoReports = errors.New("there are no reports here")

// readReport reads the report, and again when the language has changed.
func (m *Model) readReport() tea.Cmd {
	r := &m.report
	if r.reading || r.Failed || r.Done && r.lang == m.lang {
		return nil
	}
	r.reading = true
	reports, lang := m.options.Reports, m.lang
	return func() tea.Msg {
		if reports == nil {
			return reportRead{err: errNoReports}
		}
		ctx, cancel := context.WithTimeout(context.Background(), readTimeout)
		defer cancel()
		lines, err := reports.Report(ctx, lang)
		return reportRead{lang, lines, err}
	}
}

// reportRead takes the report, unless it was left meanwhile.
func (m *Model) reportRead(msg reportRead) {
	r := &m.report
	if !r.reading {
		return
	}
	r.reading, r.Done, r.Failed = false, msg.err == nil, msg.err != nil
	r.Lines, r.lang = msg.lines, msg.lang
}
