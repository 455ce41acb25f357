package tui

import (
	"time"

	tea "charm.land/bubbletea/v2"
)

// How wide the terminal draws what Unicode calls ambiguous: ─ │ ╭ ● ✓ and their like.
// It cannot be known from the outside; one asks where the cursor stands behind one.

// The question: save the cursor, draw one such glyph at the start of the second line,
// ask for the position (DSR 6), put the cursor back. The second line, because an answer
// from the first looks like a key (F3 with a modifier).
const glyphQuestion = "\x1b7\x1b[2;1H─\x1b[6n\x1b8"

// glyphPatience is how long the terminal may take. One that never answers costs
// nothing else: no key waits for it.
const glyphPatience = 500 * time.Millisecond

// glyphLate says that the time for an answer is up.
type glyphLate struct{}

// AmbiguousWidth is how many cells a glyph of ambiguous width takes in this terminal: 1
// or 2 as it was measured, 0 while nobody has asked or the terminal did not say.
func (m *Model) AmbiguousWidth() int { return m.ambiguous }

// askGlyph measures it. The answer arrives as a [tea.CursorPositionMsg]; the picture is
// drawn anew after it, since the glyph went over it.
func askGlyph() tea.Cmd {
	return tea.Batch(tea.Raw(glyphQuestion), tea.Tick(glyphPatience, func(time.Time) tea.Msg { return glyphLate{} }))
}

// glyphMeasured takes the answer. A position that cannot come from the question is
// somebody else's.
func (m *Model) glyphMeasured(at tea.CursorPositionMsg) tea.Cmd {
	if at.Y != 1 || at.X < 1 || at.X > 2 {
		return nil
	}
	m.ambiguous = at.X
	return tea.ClearScreen
}
