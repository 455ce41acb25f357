package tui

import (
	"time"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/x/ansi"
)

// How wide the terminal draws what Unicode calls ambiguous: ─ │ ╭ ● ✓ and their like.
// It cannot be known from the outside; one asks where the cursor stands behind one.

// probeRow is the line, from 0, on which such a sign is measured. Not the first: a report
// from there looks like F3 with a modifier.
const probeRow = 1

// glyphPatience is how long the terminal may take. One that never answers costs
// nothing else: no key waits for it.
const glyphPatience = 500 * time.Millisecond

// glyphLate says that the time for an answer is up.
type glyphLate struct{}

// AmbiguousWidth is how many cells a glyph of ambiguous width takes in this terminal: 1
// or 2 as it was measured, 0 while nobody has asked or the terminal did not say.
func (m *Model) AmbiguousWidth() int { return m.ambiguous }

// askGlyph writes a sign of ambiguous width, asks where the cursor is now (DSR 6), and has
// the picture drawn again over it. The answer arrives as a [tea.CursorPositionMsg].
func askGlyph() tea.Cmd {
	at := ansi.CursorPosition(1, probeRow+1)
	return tea.Batch(
		tea.Sequence(tea.Raw(at+"●"+ansi.RequestCursorPositionReport+at+"  "), tea.ClearScreen),
		tea.Tick(glyphPatience, func(time.Time) tea.Msg { return glyphLate{} }),
	)
}

// glyphMeasured takes the answer, for the device check and for the borders. A position
// that cannot come from the question is somebody else's.
func (m *Model) glyphMeasured(at tea.CursorPositionMsg) {
	if at.Y != probeRow || at.X < 1 || at.X > 2 {
		return
	}
	m.ambiguous = at.X
	if m.look.Borders == Auto {
		m.look.Narrow = at.X == 2
		m.Wear(m.look)
	}
}
