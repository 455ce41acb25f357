package theme

import "charm.land/lipgloss/v2"

func fore(c uint32) pair       { return pair{fore: c} }
func bold(c uint32) pair       { return pair{fore: c, bold: true} }
func fill(c, back uint32) pair { return pair{fore: c, back: back, bold: true, filled: true} }

var dark = build(&Theme{name: "dark", paper: 0x10151c, pairs: [roles]pair{
	Ink:      fore(0xd5dce6),
	Dim:      fore(0x8593a6),
	Strong:   bold(0xf7fafd),
	Accent:   bold(0x6cb8ff),
	Good:     bold(0x4fd08b),
	Bad:      bold(0xff7b72),
	Warn:     bold(0xf2c14e),
	Line:     fore(0x73829a),
	Bar:      {fore: 0xd5dce6, back: 0x222c3a, filled: true},
	BarGood:  {fore: 0x4fd08b, back: 0x222c3a, filled: true},
	BarBad:   {fore: 0xff8f87, back: 0x222c3a, bold: true, filled: true},
	BarDim:   {fore: 0x9aa8bb, back: 0x222c3a, filled: true},
	Live:     fill(0xffffff, 0xb3261e),
	Training: fill(0x10151c, 0xf2c14e),
	GoodFill: fill(0x06140c, 0x4fd08b),
	BadFill:  fill(0x1c0605, 0xff7b72),
	WarnFill: fill(0x1a1303, 0xf2c14e),
	Selected: fill(0x10151c, 0x6cb8ff),
	Code:     {fore: 0x000000, back: 0xffffff, filled: true},
}})

var light = build(&Theme{name: "light", paper: 0xfbfbf8, pairs: [roles]pair{
	Ink:      fore(0x1f2733),
	Dim:      fore(0x5b6675),
	Strong:   bold(0x0b1017),
	Accent:   bold(0x0b5cad),
	Good:     bold(0x0f6b3c),
	Bad:      bold(0xb3261e),
	Warn:     bold(0x825400),
	Line:     fore(0x636d7b),
	Bar:      {fore: 0x1f2733, back: 0xe3e8ee, filled: true},
	BarGood:  {fore: 0x0f6b3c, back: 0xe3e8ee, filled: true},
	BarBad:   {fore: 0xa31f18, back: 0xe3e8ee, bold: true, filled: true},
	BarDim:   {fore: 0x515c6b, back: 0xe3e8ee, filled: true},
	Live:     fill(0xffffff, 0xb3261e),
	Training: fill(0x1a1303, 0xf2c14e),
	GoodFill: fill(0xffffff, 0x0f6b3c),
	BadFill:  fill(0xffffff, 0xb3261e),
	WarnFill: fill(0xffffff, 0x825400),
	Selected: fill(0xffffff, 0x0b5cad),
	Code:     {fore: 0x000000, back: 0xffffff, filled: true},
}})

// mono has weight and reverse only.
var mono = func() *Theme {
	t := &Theme{name: "mono", mono: true}
	plain := lipgloss.NewStyle()
	for _, role := range []Role{Strong, Accent, Good, Bad, Warn} {
		t.open[role] = opening(plain.Bold(true))
	}
	for _, role := range []Role{Bar, BarGood, BarBad, BarDim, Live, Training, GoodFill, BadFill, WarnFill, Selected} {
		t.open[role] = opening(plain.Reverse(true))
	}
	return t
}()
