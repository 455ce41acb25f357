package screen

import (
	"strings"

	"github.com/charmbracelet/x/ansi"

	"vpos/tui/theme"
	"vpos/tui/words"
)

func width(s string) int { return ansi.StringWidth(s) }

func spaces(n int) string { return strings.Repeat(" ", max(0, n)) }

// left fills a text to w cells; one that is too wide ends in an ellipsis.
func left(s string, w int) string {
	if width(s) > w {
		s = ansi.Truncate(s, w, "…")
	}
	return s + spaces(w-width(s))
}

func center(s string, w int) string { return left(spaces((w-width(s))/2)+s, w) }

// spread puts one text at each end of a line.
func spread(a, b string, w int) string {
	return left(a, w-width(b)) + b
}

// box makes exactly h lines of exactly w cells.
func box(lines []string, w, h int) []string {
	out := make([]string, h)
	for i := range out {
		line := ""
		if i < len(lines) {
			line = lines[i]
		}
		out[i] = left(line, w)
	}
	return out
}

// beside puts columns next to each other, one cell apart.
func beside(columns ...[]string) []string {
	var out []string
	for i := range columns[0] {
		parts := make([]string, len(columns))
		for c, column := range columns {
			parts[c] = column[i]
		}
		out = append(out, strings.Join(parts, " "))
	}
	return out
}

// panel draws a rounded border with a title around lines that have w cells.
func (f *Frame) panel(title string, lines []string, w int) []string {
	role := theme.Line
	if f.Flash != theme.Ink {
		role = f.Flash
	}
	edge := func(s string) string { return f.ink(role, s) }
	head := edge("╭─ ") + f.ink(theme.Strong, title) + edge(" "+strings.Repeat("─", max(0, w-width(title)-1))+"╮")
	out := []string{head}
	for _, line := range lines {
		out = append(out, edge("│")+" "+left(line, w)+" "+edge("│"))
	}
	return append(out, edge("╰"+strings.Repeat("─", w+2)+"╯"))
}

// page collects the lines of a screen w cells wide.
type page struct {
	*Frame
	w     int
	tall  bool // there is room for air and large shapes
	lines []string
}

func (p *page) add(lines ...string) { p.lines = append(p.lines, lines...) }

// gap leaves an empty line.
func (p *page) gap() { p.add("") }

// air leaves an empty line where there is room.
func (p *page) air() {
	if p.tall {
		p.gap()
	}
}

// read remembers a text that must be on the picture in full, for whoever asks.
func (p *page) read(text string) {
	if p.said != nil {
		*p.said = append(*p.said, text)
	}
}

// para wraps a text over as many lines as it needs.
func (p *page) para(r theme.Role, text string) {
	p.read(text)
	for _, line := range words.Wrap(text, p.w) {
		p.add(p.ink(r, line))
	}
}

// middle is para, each line centred.
func (p *page) middle(r theme.Role, text string) {
	p.read(text)
	for _, line := range words.Wrap(text, p.w) {
		p.add(center(p.ink(r, line), p.w))
	}
}

// note is a labelled text: the label stands in a column of its own and the text
// wraps beside it.
func (p *page) note(label words.Label, r theme.Role, text string) {
	if text == "" {
		return
	}
	p.read(text)
	name := p.say(label)
	indent := noteWidth(p.Lang)
	for i, line := range words.Wrap(text, p.w-indent) {
		head := spaces(indent)
		if i == 0 {
			head = left(p.ink(theme.Dim, name), indent)
		}
		p.add(head + p.ink(r, line))
	}
}

// noteWidth is the width of the label column.
func noteWidth(l words.Lang) int {
	if l == words.ZH {
		return 10
	}
	return 6
}

// fact is a label on the left and a value on the right.
func (p *page) fact(label words.Label, value string) {
	if value == "" {
		return
	}
	name := p.say(label)
	if width(name)+1+width(value) > p.w {
		name = "" // the value says it all
	}
	p.read(value)
	p.add(spread(p.ink(theme.Dim, name), p.ink(theme.Ink, value), p.w))
}

// rule is a thin line across the page.
func (p *page) rule() { p.add(p.ink(theme.Line, strings.Repeat("─", p.w))) }
