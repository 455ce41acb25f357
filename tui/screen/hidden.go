package screen

import (
	"vpos/tui/theme"
	"vpos/tui/words"
)

// hidden is the screen behind the privacy key: what it is, which mode it is in, and how to
// come back. Nothing of the transaction behind it, whose state, devices and warnings would
// tell of it too, and no clock: a picture that changes draws looks.
func hidden(f *Frame) []string {
	p := &page{Frame: f, w: f.Width}
	p.add(f.mark())
	for range (f.Height - 4) / 2 {
		p.gap()
	}
	p.middle(theme.Strong, "vpos")
	p.middle(theme.Dim, f.say(words.HiddenHint))
	return p.lines
}
