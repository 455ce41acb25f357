package screen

import (
	"vpos/reader/explain"
	"vpos/tui/theme"
	"vpos/tui/words"
)

// why lists what the card and the terminal decided, phase by phase, and which bits
// that set. Cursor is the first line shown.
func why(p *page, h int) {
	lines := decisions(p.Frame, p.w)
	lines = lines[max(0, min(p.Cursor, len(lines)-h+1)):]
	if room := h - len(p.lines); len(lines) > room {
		lines = append(lines[:max(0, room-1):max(0, room-1)], p.ink(theme.Dim, p.say(words.MoreBelow)))
	}
	p.add(lines...)
}

// decisions is the whole list at a width.
func decisions(f *Frame, w int) []string {
	p := &page{Frame: f, w: w}
	for _, phase := range f.Why {
		p.add(p.ink(theme.Accent, p.words(phase.Title)))
		for _, d := range phase.Children {
			p.decision(d)
		}
	}
	return p.lines
}

// WhyLines is how many lines the whole list has where it is narrowest: scrolling
// ends there.
func WhyLines(f Frame) int { return len(decisions(&f, MinWidth-2)) }

func (p *page) decision(d explain.Item) {
	text := p.words(d.Title)
	if d.Value != "" {
		text += " " + words.Outside(d.Value)
	}
	p.indented("· ", theme.Ink, text)
	for _, bit := range d.Children {
		p.indented("    ", theme.Warn, bit.Code+" "+p.words(bit.Title))
	}
}

// indented is a text that wraps behind its mark.
func (p *page) indented(mark string, r theme.Role, text string) {
	lead := mark
	for _, line := range words.Wrap(text, p.w-width(mark)) {
		p.add(p.ink(r, lead+line))
		lead = spaces(width(mark))
	}
}

// words is a text of the explanations in the screen's language.
func (p *page) words(w explain.Words) string { return p.text(words.Text{EN: w.EN, ZH: w.ZH}) }
