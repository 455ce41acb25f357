package theme

import (
	"math"
	"regexp"
	"strconv"
	"strings"
	"testing"
)

// worn reads what a role's escape sequence says: bold, and the numbers of the colours.
func worn(t *testing.T, open string) (bold bool, fore, back int) {
	t.Helper()
	fore, back = -1, -1
	body := regexp.MustCompile(`^\x1b\[([0-9;]*)m$`).FindStringSubmatch(open)
	if body == nil {
		t.Fatalf("no escape sequence: %q", open)
	}
	codes := strings.Split(body[1], ";")
	for i := 0; i < len(codes); i++ {
		n, _ := strconv.Atoi(codes[i])
		switch {
		case n == 1:
			bold = true
		case n >= 30 && n < 38:
			fore = n - 30
		case n >= 90 && n < 98:
			fore = n - 90 + 8
		case n >= 40 && n < 48:
			back = n - 40
		case n >= 100 && n < 108:
			back = n - 100 + 8
		case n == 38 || n == 48:
			if codes[i+1] != "5" {
				t.Fatalf("not one of the palette: %q", open)
			}
			c, _ := strconv.Atoi(codes[i+2])
			if n == 38 {
				fore = c
			} else {
				back = c
			}
			i += 2
		}
	}
	if fore < 0 || back < 0 {
		t.Fatalf("a role without both colours: %q", open)
	}
	return bold, fore, back
}

// xterm256 is the fixed palette by its own definition, not by the code under test.
func xterm256(n int) uint32 {
	if n >= 232 {
		return uint32(8+10*(n-232)) * 0x010101
	}
	level := func(v int) uint32 {
		if v == 0 {
			return 0
		}
		return uint32(55 + 40*v)
	}
	n -= 16
	return level(n/36)<<16 | level(n/6%6)<<8 | level(n%6)
}

func TestContrastSurvives256Colours(t *testing.T) {
	for _, th := range all[:len(all)-1] {
		small := th.For(D256)
		for role := range roles {
			_, fore, back := worn(t, small.open[role])
			if fore < 16 || back < 16 {
				t.Errorf("%s role %d: %d on %d: the first sixteen look different everywhere", th.name, role, fore, back)
				continue
			}
			if got := contrast(xterm256(fore), xterm256(back)); got < 4.5 {
				t.Errorf("%s role %d: %d on %d has contrast %.2f", th.name, role, fore, back, got)
			}
		}
	}
}

func TestContrastSurvives16Colours(t *testing.T) {
	for _, th := range all[:len(all)-1] {
		small := th.For(D16)
		for role := range roles {
			bold, fore, back := worn(t, small.open[role])
			for i, look := range sixteen().looks {
				shows := []uint32{look[fore]}
				if bold && fore < 8 {
					shows = append(shows, look[fore+8])
				}
				for _, c := range shows {
					if got := contrast(c, look[back]); got < 4.5 {
						t.Errorf("%s role %d, terminal %d: %d on %d has contrast %.2f", th.name, role, i, fore, back, got)
					}
				}
			}
		}
	}
}

// The paper is one: no role without a filling stands on another.
func TestPaperIsOneColour(t *testing.T) {
	for _, th := range all[:len(all)-1] {
		for _, d := range []Depth{D256, D16} {
			small := th.For(d)
			_, _, paper := worn(t, small.open[Ink])
			for role := range roles {
				if _, _, back := worn(t, small.open[role]); !th.pairs[role].filled && back != paper {
					t.Errorf("%s role %d at depth %d stands on %d, the paper is %d", th.name, role, d, back, paper)
				}
			}
		}
	}
}

// seen is a colour as somebody who lacks a kind of cone sees it: the matrices of Machado,
// Oliveira and Fernandes (2009) at full severity, over linear light; the result in CIELAB.
func seen(c uint32, m *[9]float64) [3]float64 {
	linear := func(v uint32) float64 {
		x := float64(v&0xff) / 255
		if x <= 0.04045 {
			return x / 12.92
		}
		return math.Pow((x+0.055)/1.055, 2.4)
	}
	in := [3]float64{linear(c >> 16), linear(c >> 8), linear(c)}
	var rgb [3]float64
	for i := range rgb {
		v := in[i]
		if m != nil {
			v = m[3*i]*in[0] + m[3*i+1]*in[1] + m[3*i+2]*in[2]
		}
		rgb[i] = min(max(v, 0), 1)
	}
	f := func(v float64) float64 {
		if v > 0.008856 {
			return math.Cbrt(v)
		}
		return 7.787*v + 16.0/116
	}
	x := f((0.4124*rgb[0] + 0.3576*rgb[1] + 0.1805*rgb[2]) / 0.95047)
	y := f(0.2126*rgb[0] + 0.7152*rgb[1] + 0.0722*rgb[2])
	z := f((0.0193*rgb[0] + 0.1192*rgb[1] + 0.9505*rgb[2]) / 1.08883)
	return [3]float64{116*y - 16, 500 * (x - y), 200 * (y - z)}
}

var cones = map[string]*[9]float64{
	"all":    nil,
	"protan": {0.152286, 1.052583, -0.204868, 0.114503, 0.786281, 0.099216, -0.003882, -0.048116, 1.051998},
	"deutan": {0.367322, 0.860646, -0.227968, 0.280085, 0.672501, 0.047413, -0.011820, 0.042940, 0.968881},
	"tritan": {1.255528, -0.076749, -0.178779, -0.078411, 0.930809, 0.147602, 0.004733, 0.691367, 0.303900},
}

// In the theme for the colour-blind the three outcomes stay far apart for everybody; a
// difference of 2 in CIELAB is just seen, 20 cannot be missed.
func TestColourBlindThemeKeepsOutcomesApart(t *testing.T) {
	for kind, m := range cones {
		for _, trio := range [][3]uint32{
			{colourblind.pairs[Good].fore, colourblind.pairs[Bad].fore, colourblind.pairs[Warn].fore},
			{colourblind.pairs[GoodFill].back, colourblind.pairs[BadFill].back, colourblind.pairs[WarnFill].back},
		} {
			for i := range trio {
				for j := range i {
					a, b := seen(trio[i], m), seen(trio[j], m)
					if d := math.Sqrt((a[0]-b[0])*(a[0]-b[0]) + (a[1]-b[1])*(a[1]-b[1]) + (a[2]-b[2])*(a[2]-b[2])); d < 20 {
						t.Errorf("%s: %06x and %06x are %.1f apart", kind, trio[i], trio[j], d)
					}
				}
			}
		}
	}
}

func TestHighContrastIsHigh(t *testing.T) {
	for role, p := range contrasty.pairs {
		back := contrasty.paper
		if p.filled {
			back = p.back
		}
		if got := contrast(p.fore, back); got < 7 {
			t.Errorf("role %d: contrast %.2f, want at least 7 (WCAG 2.1, 1.4.6)", role, got)
		}
	}
}
