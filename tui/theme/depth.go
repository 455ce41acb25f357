package theme

import (
	"cmp"
	"math"
	"slices"

	"charm.land/lipgloss/v2"
	"github.com/charmbracelet/x/ansi"
)

// Depth is how many colours a terminal shows.
type Depth uint8

// The depths. None is for the terminal's own ink on its own paper.
const (
	True Depth = iota // 24 bits
	D256              // the fixed 240 of xterm's palette
	D16               // the sixteen that every terminal may colour as it likes
)

// least is the contrast every pair of colours keeps (WCAG 2.1, 1.4.3).
const least = 4.5

// For is the theme for a terminal of a depth. Rounding each colour to the nearest a
// terminal has could put grey on grey, so pairs are chosen together: the nearest two
// that keep the contrast.
func (t *Theme) For(d Depth) *Theme {
	if t.mono || d == True {
		return t
	}
	if d == D256 {
		return t.on(fixed())
	}
	return t.on(sixteen())
}

// on is the theme in the colours of a palette. Ink decides the paper: every role that
// has no filling of its own stands on it.
func (t *Theme) on(p *palette) *Theme {
	out := &Theme{name: t.name, paper: t.paper, pairs: t.pairs}
	paper, _ := p.nearest(t.pairs[Ink], t.paper, nil)
	for role, want := range t.pairs {
		backs := []int{paper.back}
		back := t.paper
		if want.filled {
			backs, back = nil, want.back
		}
		got, bold := p.nearest(want, back, backs)
		out.open[role] = opening(lipgloss.NewStyle().
			Foreground(p.code(got.fore)).Background(p.code(got.back)).Bold(bold))
	}
	return out
}

// palette is the colours of a terminal.
type palette struct {
	first   int        // the number of the first
	looks   [][]uint32 // what each may look like, 0xRRGGBB: one row a kind of terminal
	heavier int        // bold may show a colour below this as the one so many above it
}

func (p *palette) code(i int) ansi.IndexedColor { return ansi.IndexedColor(p.first + i) } //nolint:gosec // below 256

// chosen is a pair of a palette, by place.
type chosen struct{ fore, back int }

// nearest is the pair that looks most like the one wanted and can be read, and whether it
// is bold: weight goes before contrast does. backs bounds the backgrounds; nil for any.
func (p *palette) nearest(want pair, back uint32, backs []int) (chosen, bool) {
	if backs == nil {
		backs = p.byDistance(back)
	}
	fores := p.byDistance(want.fore)
	weights := []bool{want.bold}
	if want.bold {
		weights = []bool{true, false}
	}
	for _, b := range backs {
		for _, bold := range weights {
			for _, f := range fores {
				if p.readable(f, b, bold) && (!bold || far(p.looks[0][f], want.fore) < tooFar) {
					return chosen{f, b}, bold
				}
			}
		}
	}
	return chosen{fores[0], backs[0]}, want.bold
}

// tooFar is a distance at which keeping the colour is worth more than the weight.
const tooFar = 40

// readable holds a pair against every look it may have.
func (p *palette) readable(fore, back int, bold bool) bool {
	for _, look := range p.looks {
		if ratio(look[fore], look[back]) < least {
			return false
		}
		if bold && fore < p.heavier && ratio(look[fore+p.heavier], look[back]) < least {
			return false
		}
	}
	return true
}

// byDistance is the places of a palette, the nearest to a colour first.
func (p *palette) byDistance(c uint32) []int {
	order, away := make([]int, len(p.looks[0])), make([]float64, len(p.looks[0]))
	for i, look := range p.looks[0] {
		order[i], away[i] = i, far(look, c)
	}
	slices.SortStableFunc(order, func(a, b int) int { return cmp.Compare(away[a], away[b]) })
	return order
}

// far is how different two colours look: their distance in CIELAB, where a grey stays a
// grey.
func far(a, b uint32) float64 {
	x, y := lab(a), lab(b)
	return math.Sqrt((x[0]-y[0])*(x[0]-y[0]) + (x[1]-y[1])*(x[1]-y[1]) + (x[2]-y[2])*(x[2]-y[2]))
}

// lab is a colour in CIELAB (CIE 15:2004), white D65.
func lab(c uint32) [3]float64 {
	r, g, b := linear(c>>16), linear(c>>8), linear(c)
	f := func(v float64) float64 {
		if v > 216.0/24389 {
			return math.Cbrt(v)
		}
		return (24389.0/27*v + 16) / 116
	}
	x := f((0.4124*r + 0.3576*g + 0.1805*b) / 0.9505)
	y := f(0.2126*r + 0.7152*g + 0.0722*b)
	z := f((0.0193*r + 0.1192*g + 0.9505*b) / 1.0890)
	return [3]float64{116*y - 16, 500 * (x - y), 200 * (y - z)}
}

// ratio is the contrast of two colours (WCAG 2.1).
func ratio(a, b uint32) float64 {
	x, y := bright(a), bright(b)
	return (max(x, y) + 0.05) / (min(x, y) + 0.05)
}

// bright is the relative luminance (WCAG 2.1).
func bright(c uint32) float64 {
	return 0.2126*linear(c>>16) + 0.7152*linear(c>>8) + 0.0722*linear(c)
}

// linear is the light of a channel, which is the lowest byte (IEC 61966-2-1).
func linear(v uint32) float64 {
	x := float64(v&0xff) / 255
	if x <= 0.04045 {
		return x / 12.92
	}
	return math.Pow((x+0.055)/1.055, 2.4)
}

// fixed is the part of the 256 colours that looks alike everywhere: xterm's cube of
// 6×6×6 and its 24 greys.
func fixed() *palette {
	p := &palette{first: 16, looks: [][]uint32{make([]uint32, 240)}}
	steps := [6]uint32{0, 0x5f, 0x87, 0xaf, 0xd7, 0xff}
	for i := range uint32(216) {
		p.looks[0][i] = steps[i/36]<<16 | steps[i/6%6]<<8 | steps[i%6]
	}
	for i := range uint32(24) {
		p.looks[0][216+i] = (8 + 10*i) * 0x010101
	}
	return p
}

// sixteen is the colours of the oldest terminals, as xterm, the Linux console and the
// Windows console show them: a pair must be readable on all three. Bold makes the first
// eight the last eight on many.
func sixteen() *palette {
	return &palette{heavier: 8, looks: [][]uint32{
		{
			0x000000, 0xcd0000, 0x00cd00, 0xcdcd00, 0x0000ee, 0xcd00cd, 0x00cdcd, 0xe5e5e5,
			0x7f7f7f, 0xff0000, 0x00ff00, 0xffff00, 0x5c5cff, 0xff00ff, 0x00ffff, 0xffffff,
		},
		{
			0x000000, 0xaa0000, 0x00aa00, 0xaa5500, 0x0000aa, 0xaa00aa, 0x00aaaa, 0xaaaaaa,
			0x555555, 0xff5555, 0x55ff55, 0xffff55, 0x5555ff, 0xff55ff, 0x55ffff, 0xffffff,
		},
		{
			0x0c0c0c, 0xc50f1f, 0x13a10e, 0xc19c00, 0x0037da, 0x881798, 0x3a96dd, 0xcccccc,
			0x767676, 0xe74856, 0x16c60c, 0xf9f1a5, 0x3b78ff, 0xb4009e, 0x61d6d6, 0xf2f2f2,
		},
	}}
}
