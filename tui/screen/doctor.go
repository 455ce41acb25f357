package screen

import (
	"math"
	"slices"

	"vpos/tui/theme"
	"vpos/tui/words"
	"vpos/txn/health"
)

// Doctor is the device check as far as it has come.
type Doctor struct {
	Found   []health.Finding // in any order
	Running bool
	None    bool // nobody checks devices here
}

// doctor is the device check: a line a device as the results come in, then what to do
// about what is wrong, from line Cursor on.
func doctor(p *page, h int) {
	if p.Doctor.None {
		p.middle(theme.Warn, p.say(words.DoctorNowhere))
		return
	}
	role, summary := p.doctorSummary()
	p.add(center(p.ink(role, summary), p.w))
	lines := checked(p.Frame, p.w)
	rows := max(1, h-len(p.lines)-1)
	end := max(0, len(lines)-rows)
	if p.end != nil {
		*p.end = end
	}
	top := max(0, min(p.Cursor, end))
	p.add(lines[top:min(top+rows, len(lines))]...)
	for len(p.lines) < h-1 {
		p.gap()
	}
	if top < end {
		p.add(center(p.ink(theme.Dim, p.say(words.MoreBelow)), p.w))
	}
}

// DoctorEnd is the line the last page of the device check begins with: scrolling ends
// there.
func DoctorEnd(f Frame) int {
	end := 0
	f.Cursor, f.end = math.MaxInt, &end
	compose(&f)
	return end
}

// doctorSummary is how far it has come, or how it came out.
func (f *Frame) doctorSummary() (theme.Role, string) {
	if f.Doctor.Running {
		return theme.Dim, words.DoctorRunning.Fill(f.Lang, len(f.Doctor.Found), len(health.Subjects()))
	}
	return inkOf(health.Worst(f.Doctor.Found)), words.DoctorSummary(f.Doctor.Found, f.Lang)
}

// inkOf is the colour of an outcome, beside its sign.
func inkOf(o health.Outcome) theme.Role {
	switch o {
	case health.Good:
		return theme.Good
	case health.Warning:
		return theme.Warn
	case health.Fault:
		return theme.Bad
	case health.NotApplicable:
	}
	return theme.Dim
}

// The columns of a line: the sign, the device, what was found.
const deviceWidth = 12

// checked is the whole list at a width: every device in its order, then the advice,
// faults first, then the figures for which there was no room beside.
func checked(f *Frame, w int) []string {
	p := &page{Frame: f, w: w}
	first, advice, figures := page{Frame: f, w: w}, page{Frame: f, w: w}, page{Frame: f, w: w}
	honest := false
	for _, s := range health.Subjects() {
		i := slices.IndexFunc(f.Doctor.Found, func(x health.Finding) bool { return x.Subject() == s })
		if i < 0 {
			if f.Doctor.Running {
				p.add(p.ink(theme.Dim, left("·", 2)+left(p.text(words.Device(s)), deviceWidth)+p.say(words.DoctorAwaited)))
			}
			continue
		}
		found := f.Doctor.Found[i]
		honest = honest || slices.ContainsFunc(found.Figures, func(x health.Figure) bool { return x.Name == health.SHA256 })
		if rest := p.found(found); rest != "" {
			figures.indented(p.text(words.Device(s))+": ", theme.Dim, rest)
		}
		next := words.ForFinding(found.Code).Next
		switch {
		case next.Empty():
		case found.Outcome == health.Fault:
			first.advise(found, p.text(next))
		default:
			advice.advise(found, p.text(next))
		}
	}
	for _, more := range [][]string{append(first.lines, advice.lines...), figures.lines} {
		if len(more) > 0 {
			p.gap()
			p.add(more...)
		}
	}
	if honest && !f.Doctor.Running {
		p.gap()
		p.para(theme.Dim, p.text(words.ProgramHonest))
	}
	return p.lines
}

// found adds the line of a finding, and returns the figures that do not fit beside it.
func (p *page) found(f health.Finding) (rest string) {
	head := p.ink(inkOf(f.Outcome), left(words.OutcomeSign(f.Outcome), 2)) + p.ink(theme.Dim, left(p.text(words.Device(f.Subject())), deviceWidth))
	role := theme.Ink
	if f.Outcome >= health.Warning {
		role = inkOf(f.Outcome)
	}
	said := words.Wrap(p.text(words.ForFinding(f.Code).Headline), p.w-2-deviceWidth)
	figures := words.Figures(f, p.Lang)
	for i, line := range said {
		line = head + p.ink(role, line)
		if i == len(said)-1 && figures != "" && width(line)+2+width(figures) <= p.w {
			line += p.ink(theme.Dim, "  "+figures)
			figures = ""
		}
		p.add(line)
		head = spaces(2 + deviceWidth)
	}
	return figures
}

// advise adds what to do about a finding.
func (p *page) advise(f health.Finding, next string) {
	p.add(p.ink(inkOf(f.Outcome), words.OutcomeSign(f.Outcome)+" "+p.text(words.Device(f.Subject()))))
	for _, line := range words.Wrap(next, p.w-2) {
		p.add("  " + p.ink(theme.Ink, line))
	}
}
