package theme

import (
	"math"
	"strings"
	"testing"
)

// luminance is the relative luminance of WCAG 2.1.
func luminance(c uint32) float64 {
	channel := func(v uint32) float64 {
		x := float64(v&0xff) / 255
		if x <= 0.04045 {
			return x / 12.92
		}
		return math.Pow((x+0.055)/1.055, 2.4)
	}
	return 0.2126*channel(c>>16) + 0.7152*channel(c>>8) + 0.0722*channel(c)
}

func contrast(a, b uint32) float64 {
	x, y := luminance(a), luminance(b)
	return (max(x, y) + 0.05) / (min(x, y) + 0.05)
}

func TestContrastIsReadable(t *testing.T) {
	if got := contrast(0, 0xffffff); math.Abs(got-21) > 1e-9 {
		t.Fatalf("contrast(black, white) = %v, want 21", got)
	}
	for _, th := range all[:len(all)-1] { // mono has no colours
		for role, p := range th.pairs {
			back := th.paper
			if p.filled {
				back = p.back
			}
			if got := contrast(p.fore, back); got < 4.5 {
				t.Errorf("%s role %d: contrast %.2f, want at least 4.5", th.name, role, got)
			}
		}
	}
}

func TestMonoHasNoColour(t *testing.T) {
	for role := range roles {
		if got := mono.Render(role, "x"); strings.Contains(got, "38;") || strings.Contains(got, "48;") {
			t.Errorf("mono role %d: %q has colour", role, got)
		}
	}
	if got := mono.Paint("x"); got != "x" {
		t.Errorf("mono paints %q", got)
	}
}

func TestPaintKeepsThePaper(t *testing.T) {
	line := dark.Paint("a" + dark.Render(Good, "b") + "c")
	_, after, _ := strings.Cut(line, "b"+reset)
	if !strings.HasPrefix(after, dark.open[Ink]) {
		t.Errorf("after a styled piece the paper is lost: %q", line)
	}
}

func TestNoColour(t *testing.T) {
	for _, c := range []struct {
		value     string
		set, want bool
	}{{"", false, false}, {"", true, false}, {"1", true, true}, {"0", true, true}} {
		if got := NoColour(func(string) (string, bool) { return c.value, c.set }); got != c.want {
			t.Errorf("NO_COLOR=%q %v: %v, want %v", c.value, c.set, got, c.want)
		}
	}
}

func TestByName(t *testing.T) {
	for _, name := range Names() {
		if th, ok := ByName(name); !ok || th.Name() != name {
			t.Errorf("%s is not found by its name", name)
		}
	}
	if _, ok := ByName("nonsense"); ok {
		t.Error("nonsense is a theme")
	}
	if Auto(true) != dark || Auto(false) != light {
		t.Error("auto does not follow the background")
	}
}
