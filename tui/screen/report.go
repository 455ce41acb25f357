package screen

import (
	"math"

	"vpos/tui/theme"
	"vpos/tui/words"
)

// ReportWidth is the cells a line of a report takes: those of the narrowest paper, which
// the smallest screen has room for.
const ReportWidth = 32

// report is the paper of the open batch, from line Cursor on. Its foot says whether
// there is more.
func report(p *page, h int) {
	switch {
	case p.Report.Failed:
		p.middle(theme.Warn, p.say(words.ReportFailed))
		return
	case !p.Report.Done:
		p.middle(theme.Dim, p.say(words.Loading))
		return
	}
	rows := max(1, h-len(p.lines)-1)
	end := max(0, len(p.Report.Lines)-rows)
	top := max(0, min(p.Cursor, end))
	if p.end != nil {
		*p.end = end
	}
	for _, line := range p.Report.Lines[top:min(top+rows, len(p.Report.Lines))] {
		p.add(center(p.ink(theme.Ink, left(line, ReportWidth)), p.w))
	}
	for len(p.lines) < h-1 {
		p.gap()
	}
	if top < end {
		p.add(center(p.ink(theme.Dim, p.say(words.MoreBelow)), p.w))
	}
}

// ReportEnd is the line the last page of the report begins with: scrolling ends there.
func ReportEnd(f Frame) int {
	end := 0
	f.Cursor, f.end = math.MaxInt, &end
	compose(&f)
	return end
}
