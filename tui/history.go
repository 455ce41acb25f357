package tui

import (
	"context"
	"time"

	tea "charm.land/bubbletea/v2"

	"vpos/tui/screen"
)

const (
	pageSize    = 50              // transactions read at a time
	nearEnd     = 12              // lines before the end at which the next page is read
	recentSize  = 40              // for the side pane
	readTimeout = 5 * time.Second // then the list says it cannot be read
)

// pageRead is a page of the journal; recentRead the newest few.
type (
	pageRead struct {
		serial int
		offset int
		lines  []screen.Line
		err    error
	}
	recentRead struct{ lines []screen.Line }
)

// readPage reads on when the marked line comes near the end of what is known.
func (m *Model) readPage() tea.Cmd {
	l := &m.list
	started := len(l.Lines) > 0
	if m.history == nil || l.Loading || l.Failed || started && (!l.More || m.cursor < len(l.Lines)-nearEnd) {
		return nil
	}
	l.Loading = true
	history, offset, serial, query := m.history, len(l.Lines), m.book.serial, m.book.Query
	if !started && l.Done {
		l.Loading = false
		return nil
	}
	return func() tea.Msg {
		ctx, cancel := context.WithTimeout(context.Background(), readTimeout)
		defer cancel()
		lines, err := history.Search(ctx, query, pageSize, offset)
		return pageRead{serial, offset, lines, err}
	}
}

// pageRead adds a page, unless the list was left meanwhile.
func (m *Model) pageRead(msg pageRead) {
	l := &m.list
	if !l.Loading || msg.serial != m.book.serial || msg.offset != len(l.Lines) {
		return
	}
	l.Loading, l.Failed, l.Done = false, msg.err != nil, true
	l.Lines = append(l.Lines, msg.lines...)
	l.More = len(msg.lines) == pageSize
}

// readRecent reads the newest transactions; a failure leaves the pane as it is.
func (m *Model) readRecent() tea.Cmd {
	if m.history == nil {
		return nil
	}
	history := m.history
	return func() tea.Msg {
		ctx, cancel := context.WithTimeout(context.Background(), readTimeout)
		defer cancel()
		lines, err := history.Recent(ctx, recentSize, 0)
		if err != nil {
			return nil
		}
		return recentRead{lines}
	}
}
