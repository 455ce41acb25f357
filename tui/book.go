package tui

import (
	"context"

	tea "charm.land/bubbletea/v2"

	"vpos/tui/keypad"
	"vpos/tui/screen"
	"vpos/txn"
)

// The journal's screens: a list, a search, one transaction in full, what a day came to.
// To the machine they are one state.

// bookView is what of the journal is on screen, and what is still to be read for it.
type bookView struct {
	screen.Book

	serial   int  // of the list: a page that was asked for before a search is not the search's
	straight bool // the totals were opened from the menu: leaving them leaves the journal
	kept     int  // the marked line of the list, while another view has the cursor
}

type (
	storyRead struct {
		key   txn.Key
		story screen.Story
		err   error
	}
	chartRead struct {
		day  txn.Day
		sums txn.Turnover
		err  error
	}
)

// terms is what an entry of a search is read by.
func (m *Model) terms() keypad.Terms {
	return keypad.Terms{Today: txn.DayOf(m.clock), Currency: m.state.Setup.Currency}
}

// browse does what a key of the journal's stands for, and reports whether it was one.
func (m *Model) browse(a keypad.Action) bool {
	if a == keypad.Totals && m.state.Name != txn.Journal {
		m.dispatch(txn.Opened{Name: txn.Journal})
		if m.state.Name == txn.Journal {
			m.totals(txn.DayOf(m.clock))
			m.book.straight = true
		}
		return true
	}
	if m.state.Name != txn.Journal {
		return false
	}
	switch a {
	case keypad.Search:
		m.show(keypad.SearchView)
	case keypad.Totals:
		m.totals(txn.DayOf(m.clock))
	case keypad.Every:
		m.find(keypad.Query{})
	case keypad.Detail:
		m.detail()
	case keypad.Again:
		m.dispatch(txn.SlipWanted{Key: txn.Key{Batch: m.book.Detail.Batch, STAN: m.book.Detail.STAN}})
	case keypad.Enter:
		m.enterBook()
	case keypad.Cancel:
		m.leaveView()
	case keypad.Up, keypad.Down, keypad.PageUp, keypad.PageDown:
		return m.book.View == keypad.ChartView && m.turnChart(a)
	default:
		return false
	}
	return true
}

// show puts a view on screen; the list keeps its mark.
func (m *Model) show(v keypad.View) {
	if m.book.View == keypad.ListView {
		m.book.kept = m.cursor
	}
	m.book.View, m.cursor, m.muted = v, 0, true
	m.field.Reset(keypad.NoField)
	switch v {
	case keypad.ListView:
		m.cursor = m.book.kept
	case keypad.FindView:
		m.field.Reset(m.book.Asked.Field)
	case keypad.SearchView, keypad.DetailView, keypad.ChartView:
	}
}

// leaveView is Esc: a view goes back to where it was opened from.
func (m *Model) leaveView() {
	switch v := m.book.View; {
	case v == keypad.ListView, v == keypad.ChartView && m.book.straight:
		m.dispatch(txn.Cancelled{})
	case v == keypad.FindView:
		m.show(keypad.SearchView)
	default:
		m.show(keypad.ListView)
	}
}

// enterBook is Enter: what was keyed is searched for.
func (m *Model) enterBook() {
	if m.book.View == keypad.SearchView {
		m.show(keypad.ListView)
		return
	}
	query := m.book.Query
	if code := m.book.Asked.Set(&query, m.field.Trace(), m.terms()); code != txn.NoProblem {
		m.dispatch(txn.Misread{Code: code})
		m.field.Wipe()
		return
	}
	m.find(query)
}

// find lists what a query picks.
func (m *Model) find(q keypad.Query) {
	m.show(keypad.ListView)
	m.book.Query, m.book.kept, m.cursor = q, 0, 0
	m.book.serial++
	m.list = screen.List{}
}

// criterion takes a digit of the search.
func (m *Model) criterion(digit string) {
	c, ok := keypad.CriterionOf(digit)
	if !ok {
		m.dispatch(txn.Misread{Code: txn.NotHere})
		return
	}
	m.book.Asked = c
	m.show(keypad.FindView)
}

// detail opens the marked transaction.
func (m *Model) detail() {
	if m.cursor >= len(m.list.Lines) {
		return
	}
	line := m.list.Lines[m.cursor]
	m.book.Detail = screen.Story{Line: line}
	m.show(keypad.DetailView)
}

// totals opens what a day came to.
func (m *Model) totals(day txn.Day) {
	page := m.book.Chart.Page
	m.book.straight = m.book.straight && m.book.View == keypad.ChartView
	m.show(keypad.ChartView)
	m.book.Chart = screen.Chart{Day: day, Page: page}
}

// turnChart goes to another chart, or to the day before or after, up to today.
func (m *Model) turnChart(a keypad.Action) bool {
	c := &m.book.Chart
	switch a {
	case keypad.PageDown:
		c.Page = (c.Page + 1) % screen.ChartPages
	case keypad.PageUp:
		c.Page = (c.Page + screen.ChartPages - 1) % screen.ChartPages
	case keypad.Up:
		m.totals(c.Day.Add(-1))
	case keypad.Down:
		if c.Day < txn.DayOf(m.clock) {
			m.totals(c.Day.Add(1))
		}
	}
	return true
}

// readBook reads what the view on screen lacks.
func (m *Model) readBook() tea.Cmd {
	if m.history == nil {
		return nil
	}
	history := m.history
	switch m.book.View {
	case keypad.DetailView:
		s := &m.book.Detail
		if s.Loading || s.Done || s.Failed {
			return nil
		}
		s.Loading = true
		key := txn.Key{Batch: s.Batch, STAN: s.STAN}
		return func() tea.Msg {
			ctx, cancel := context.WithTimeout(context.Background(), readTimeout)
			defer cancel()
			story, err := history.Story(ctx, key)
			return storyRead{key, story, err}
		}
	case keypad.ChartView:
		c := &m.book.Chart
		if c.Loading || c.Done || c.Failed {
			return nil
		}
		c.Loading = true
		day := c.Day
		return func() tea.Msg {
			ctx, cancel := context.WithTimeout(context.Background(), readTimeout)
			defer cancel()
			sums, err := history.Turnover(ctx, day)
			return chartRead{day, sums, err}
		}
	case keypad.ListView, keypad.SearchView, keypad.FindView:
	}
	return m.readPage()
}

// storyRead takes a transaction, unless another is on screen by now.
func (m *Model) storyRead(msg storyRead) {
	s := &m.book.Detail
	if !s.Loading || s.Batch != msg.key.Batch || s.STAN != msg.key.STAN {
		return
	}
	line := s.Line
	*s = msg.story
	s.Line, s.Loading, s.Done, s.Failed = line, false, msg.err == nil, msg.err != nil
}

// chartRead takes a day, unless another is on screen by now.
func (m *Model) chartRead(msg chartRead) {
	c := &m.book.Chart
	if !c.Loading || c.Day != msg.day {
		return
	}
	c.Sums, c.Loading, c.Done, c.Failed = msg.sums, false, msg.err == nil, msg.err != nil
}
