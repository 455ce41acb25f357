// Package theme names the colours of the screens by what they are for, so that
// a screen never speaks of a colour and a theme is one table.
//
// Colour is never the only sign: every result also has a word and a shape, and
// the mono theme has no colour at all.
package theme

import (
	"image/color"
	"strings"

	"charm.land/lipgloss/v2"
)

// Role is what a piece of text is there for.
type Role uint8

// The roles.
const (
	Ink      Role = iota // ordinary text
	Dim                  // labels, hints, what is not active
	Strong               // headings, the amount
	Accent               // what the eye should find: the field, the cursor
	Good                 // approved, up, the Enter key
	Bad                  // declined, down, the cancel key
	Warn                 // unknown, owed, the clear key
	Line                 // borders
	Bar                  // the status bar
	BarGood              // a device that works, in the bar
	BarBad               // one that does not
	BarDim               // one nobody has tried yet, and the bar's labels
	Live                 // the LIVE mark
	Training             // the TRAINING mark
	GoodFill             // the band of a result: approved
	BadFill              // declined
	WarnFill             // unknown
	Selected             // the chosen line of a list, a key just pressed
	Code                 // a QR code: black on white in every theme that has colours
	roles
)

// pair is the colours and weight of a role; a zero back is the theme's paper.
type pair struct {
	fore, back uint32 // 0xRRGGBB
	bold       bool
	filled     bool
}

// Theme is one set of colours.
type Theme struct {
	name  string
	mono  bool
	paper uint32
	pairs [roles]pair
	open  [roles]string // the escape sequence of each role, made once
}

// Name is the word of the config: dark, light, contrast, colourblind or mono.
func (t *Theme) Name() string { return t.name }

// Mono reports whether the theme has no colours: whatever must be dark on light has to be
// drawn so on the terminal's own paper, which mostly is dark.
func (t *Theme) Mono() bool { return t.mono }

// Render puts a text in a role's style. The text is one line.
func (t *Theme) Render(r Role, text string) string {
	if text == "" || t.open[r] == "" {
		return text
	}
	return t.open[r] + text + reset
}

// Paint lays a finished line on the theme's paper, so that the contrast holds
// on whatever background the terminal has. Mono leaves it to the terminal.
func (t *Theme) Paint(line string) string {
	if t.mono {
		return line
	}
	base := t.open[Ink]
	return base + strings.ReplaceAll(line, reset, reset+base) + reset
}

// reset is what ends every styled piece.
const reset = "\x1b[m"

// all is every theme, in the order of the settings.
var all = []*Theme{dark, light, contrasty, colourblind, mono}

// Names lists the words [ByName] knows.
func Names() []string {
	names := make([]string, len(all))
	for i, t := range all {
		names[i] = t.name
	}
	return names
}

// ByName finds a theme: one of [Names].
func ByName(name string) (*Theme, bool) {
	for _, t := range all {
		if t.name == name {
			return t, true
		}
	}
	return nil, false
}

// Auto is the theme for a terminal that says whether its background is dark.
func Auto(isDark bool) *Theme {
	if isDark {
		return dark
	}
	return light
}

// NoColour reports whether the environment asks for no colours: any NO_COLOR that is not
// empty (no-color.org). lookup is [os.LookupEnv] or a stand-in.
func NoColour(lookup func(string) (string, bool)) bool {
	value, ok := lookup("NO_COLOR")
	return ok && value != ""
}

func rgb(c uint32) color.Color {
	return color.RGBA{R: uint8(c >> 16 & 0xff), G: uint8(c >> 8 & 0xff), B: uint8(c & 0xff), A: 0xff}
}

// build makes the styles of a coloured theme.
func build(t *Theme) *Theme {
	for role, p := range t.pairs {
		back := t.paper
		if p.filled {
			back = p.back
		}
		t.open[role] = opening(lipgloss.NewStyle().Foreground(rgb(p.fore)).Background(rgb(back)).Bold(p.bold))
	}
	return t
}

// opening is the escape sequence a style begins with. Rendering piece by piece
// through the style itself takes ten times as long, and a swipe's keys do not
// wait.
func opening(s lipgloss.Style) string {
	const mark = "x"
	open, _, _ := strings.Cut(s.Render(mark), mark)
	return open
}
