package screen

import (
	"strings"

	"rsc.io/qr"

	"vpos/tui/theme"
	"vpos/tui/words"
)

// qrMark begins what a code on the screen says: whoever scans it with a real wallet reads
// that there is nothing to pay.
const qrMark = "VPOS-SIM:"

// Quiet zones, in modules: what ISO/IEC 18004 wants on each side, and what most phones
// are content with.
const (
	quiet      = 4
	quietLeast = 2
)

// payable shows the code that a customer pays an order by, the amount above it and the
// seconds below. Where there is no room for a code the order's number stands in its
// place.
func (p *page) payable(order string, h int) {
	d := p.State.Draft
	const around = 2 // the line above and the one below
	lines := qrLines(qrMark+order, p.w, h-around, p.Theme.Mono())
	if lines == nil || p.ASCII { // ASCII has no half cells to draw a code from
		p.unscannable(order)
		return
	}
	if len(p.lines) > 0 && h-around-len(p.lines) < len(lines) {
		p.lines = p.lines[:0] // the code needs the line below the border more
	}
	p.add(spread(p.ink(theme.Strong, d.Amount.Currency.Code()+" "+d.Amount.Grouped()), p.ink(theme.Warn, words.Simulated), p.w))
	for _, line := range lines {
		p.add(center(p.ink(theme.Code, line), p.w))
	}
	p.counts()
}

// unscannable names the order in text.
func (p *page) unscannable(order string) {
	d := p.State.Draft
	p.middle(theme.Warn, words.Simulated)
	p.sum(theme.Strong, d.Amount.Currency.Code(), d.Amount.Grouped())
	p.gap()
	p.middle(theme.Dim, p.say(words.OrderLabel))
	for len(order) > p.w {
		p.middle(theme.Strong, order[:p.w])
		order = order[p.w:]
	}
	p.middle(theme.Strong, order)
	p.gap()
	p.counts()
}

// counts are the seconds on both ends of the wait, in one line.
func (p *page) counts() {
	elapsed := max(0, p.Clock.Sub(p.State.Since))
	rest := max(0, p.State.ReplyBy().Sub(p.Clock))
	p.add(spread(p.ink(theme.Strong, words.Elapsed.Fill(p.Lang, seconds(elapsed))),
		p.ink(theme.Dim, words.TimeOutIn.Fill(p.Lang, seconds(rest+999_999_999))), p.w))
}

// qrLines draws a code with two modules a cell, one above the other, and as much quiet
// around it as there is room for; nil where it does not fit. What is drawn is dark;
// inverted it is what is light, for a terminal whose own paper is dark.
func qrLines(text string, w, h int, inverted bool) []string {
	code, err := qr.Encode(text, qr.L)
	if err != nil {
		return nil
	}
	for margin := quiet; margin >= quietLeast; margin-- {
		size := code.Size + 2*margin
		if size > w || (size+1)/2 > h {
			continue
		}
		lines := make([]string, 0, (size+1)/2)
		for y := -margin; y < code.Size+margin; y += 2 {
			var line strings.Builder
			for x := -margin; x < code.Size+margin; x++ {
				line.WriteString(halves(code.Black(x, y) != inverted, y+1 < code.Size+margin && code.Black(x, y+1) != inverted))
			}
			lines = append(lines, line.String())
		}
		return lines
	}
	return nil
}

// halves is a cell of two modules.
func halves(above, below bool) string {
	switch {
	case above && below:
		return "█"
	case above:
		return "▀"
	case below:
		return "▄"
	}
	return " "
}
