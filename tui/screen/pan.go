package screen

import (
	"strings"

	"fmt"
	"strconv"

	"github.com/charmbracelet/x/ansi"

	"vpos/reader"
	"vpos/tui/theme"
	"vpos/tui/words"
	"vpos/txn"
)

// pan is the number being keyed: its brand, its length and its check digit as
// they stand, and never more than the last digits of it.
func pan(p *page, _ int) {
	look := p.Field.PAN()
	p.due()
	p.gap()
	p.para(theme.Ink, p.text(words.ForState(txn.PANEntry).Prompt))
	p.gap()
	p.entry(look.Display)
	p.gap()
	name := ""
	if look.Brand != reader.UnknownBrand {
		name = p.text(words.Brand(look.Brand))
	}
	count := words.Digits.Fill(p.Lang, look.Typed, lengths(look.Lengths))
	p.add(spread(p.ink(theme.Strong, name), p.ink(theme.Dim, count), p.w))
	if p.State.Problem == txn.NoProblem { // which says the same at more length
		role, text := p.verdict(look)
		p.add(p.ink(role, text))
	}
}

// entry is a field being typed into: its text and the cursor.
func (p *page) entry(text string) {
	p.add(p.typed(text)...)
}

// typed is what is being typed, over as many lines as it takes.
func (p *page) typed(text string) []string {
	lines := strings.Split(ansi.Hardwrap(text, p.w-3, true), "\n")
	for i := range lines {
		front := "  "
		if i == 0 {
			front = "▸ "
		}
		lines[i] = p.ink(theme.Accent, front) + p.ink(theme.Strong, lines[i])
	}
	lines[len(lines)-1] += p.ink(theme.Accent, "▁")
	return lines
}

// verdict is what the check says so far, with its sign.
func (p *page) verdict(look reader.Look) (theme.Role, string) {
	switch {
	case look.Fault != reader.NoFault && look.Typed > 0:
		return theme.Warn, "✗ " + p.text(words.ForCode(txn.Code(look.Fault)).Headline)
	case look.Check == reader.CheckGood:
		return theme.Good, "✓ " + p.say(words.CheckGood)
	case look.Check == reader.CheckBad:
		return theme.Dim, "· " + p.say(words.CheckBad)
	}
	return theme.Dim, ""
}

// lengths writes the lengths a brand has: 16, 13–19.
func lengths(n []int) string {
	if len(n) == 1 {
		return strconv.Itoa(n[0])
	}
	return fmt.Sprintf("%d–%d", n[0], n[len(n)-1])
}
