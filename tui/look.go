package tui

import (
	"strings"
	"time"

	tea "charm.land/bubbletea/v2"

	"vpos/tui/theme"
)

// Look is how the screen looks and sounds. The zero value is dark, with drawn borders,
// without mouse and beeps.
type Look struct {
	Theme    string // auto or one of [theme.Names]; empty is dark
	Borders  string // auto, unicode or ascii; empty is unicode
	Mouse    bool
	Beep     bool
	NoColour bool // the environment has NO_COLOR, which no setting overrides
	Narrow   bool // the locale's characters are not Unicode's: with auto, borders are ASCII until the terminal says more
}

// The words of [Look] that let the terminal decide.
const (
	Auto    = "auto"
	InASCII = "ascii"
)

// LegacyLocale reports whether the locale names a set of characters other than UTF-8,
// such as zh_CN.GBK: drawn borders would then be two cells wide, or missing. lookup is
// [os.LookupEnv] or a stand-in.
func LegacyLocale(lookup func(string) (string, bool)) bool {
	for _, name := range []string{"LC_ALL", "LC_CTYPE", "LANG"} {
		if value, ok := lookup(name); ok && value != "" {
			_, set, named := strings.Cut(value, ".")
			set, _, _ = strings.Cut(set, "@")
			return named && !strings.EqualFold(strings.ReplaceAll(set, "-", ""), "utf8")
		}
	}
	return false
}

// Wear takes a look from now on: the settings screen changes it at once.
func (m *Model) Wear(l Look) {
	m.look = l
	m.ascii = l.Borders == InASCII || l.Borders == Auto && l.Narrow
	m.base = m.options.Theme
	if m.base == nil {
		m.base, _ = theme.ByName(l.Theme)
	}
	if m.base == nil {
		m.base = theme.Auto(m.dark || l.Theme != Auto)
	}
	if l.NoColour {
		m.base, _ = theme.ByName("mono")
	}
	m.theme = m.base.For(m.depth)
}

// askColour asks for the terminal's background where that decides the theme. One that
// does not answer keeps nobody waiting: dark stays.
func (m *Model) askColour() tea.Cmd {
	if m.look.Theme != Auto || m.look.NoColour {
		return nil
	}
	return tea.RequestBackgroundColor
}

// probeDue is the time to measure a sign: the first picture is up.
type probeDue struct{}

// probeAfter is how long after the first size the picture is certainly up.
const probeAfter = 150 * time.Millisecond

// askWidth has the terminal measured, once.
func (m *Model) askWidth() tea.Cmd {
	if m.sized || m.look.Borders != Auto {
		return nil
	}
	m.sized = true
	return tea.Tick(probeAfter, func(time.Time) tea.Msg { return probeDue{} })
}

// told takes what the terminal says of itself.
func (m *Model) told(msg tea.Msg) tea.Cmd {
	switch msg := msg.(type) {
	case probeDue:
		return askGlyph()
	case tea.BackgroundColorMsg:
		m.dark = msg.IsDark()
		m.Wear(m.look)
	case tea.ColorProfileMsg:
		m.depth = depths[msg.String()]
		m.Wear(m.look)
	}
	return nil
}

// depths are the names of what Bubble Tea found the terminal to show. Where there is no
// colour at all it leaves the colours out itself.
var depths = map[string]theme.Depth{"ANSI256": theme.D256, "ANSI": theme.D16}
