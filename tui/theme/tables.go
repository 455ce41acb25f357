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

// contrasty is for eyes that need all the contrast there is: black, white and the
// brightest of each colour, nothing dim.
var contrasty = build(&Theme{name: "contrast", paper: 0x000000, pairs: [roles]pair{
	Ink:      fore(0xffffff),
	Dim:      fore(0xe0e0e0),
	Strong:   bold(0xffffff),
	Accent:   bold(0x7fdfff),
	Good:     bold(0x5cff8a),
	Bad:      bold(0xffa9a3),
	Warn:     bold(0xffe000),
	Line:     fore(0xffffff),
	Bar:      {fore: 0x000000, back: 0xffffff, filled: true},
	BarGood:  {fore: 0x004d1f, back: 0xffffff, bold: true, filled: true},
	BarBad:   {fore: 0x9c0000, back: 0xffffff, bold: true, filled: true},
	BarDim:   {fore: 0x333333, back: 0xffffff, filled: true},
	Live:     fill(0xffffff, 0x9c0000),
	Training: fill(0x000000, 0xffe000),
	GoodFill: fill(0x000000, 0x5cff8a),
	BadFill:  fill(0x000000, 0xffa9a3),
	WarnFill: fill(0x000000, 0xffe000),
	Selected: fill(0x000000, 0x7fdfff),
	Code:     {fore: 0x000000, back: 0xffffff, filled: true},
}})

// colourblind tells good from bad by blue against orange, which every common kind of
// colour-blindness leaves apart, and by lightness. The hues are those that M. Okabe and
// K. Ito recommend ("Color Universal Design", 2008), lightened for a dark paper.
var colourblind = build(&Theme{name: "colourblind", paper: 0x10151c, pairs: [roles]pair{
	Ink:      fore(0xd5dce6),
	Dim:      fore(0x8593a6),
	Strong:   bold(0xf7fafd),
	Accent:   bold(0xd9c8ff),
	Good:     bold(0x56b4e9),
	Bad:      bold(0xe08214),
	Warn:     bold(0xf7f0a0),
	Line:     fore(0x73829a),
	Bar:      {fore: 0xd5dce6, back: 0x222c3a, filled: true},
	BarGood:  {fore: 0x56b4e9, back: 0x222c3a, filled: true},
	BarBad:   {fore: 0xf0922a, back: 0x222c3a, bold: true, filled: true},
	BarDim:   {fore: 0x9aa8bb, back: 0x222c3a, filled: true},
	Live:     fill(0xffffff, 0x9b3d00),
	Training: fill(0x10151c, 0xf7f0a0),
	GoodFill: fill(0x06121a, 0x56b4e9),
	BadFill:  fill(0x1a0f02, 0xe08214),
	WarnFill: fill(0x1a1803, 0xf7f0a0),
	Selected: fill(0x10151c, 0xd9c8ff),
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
