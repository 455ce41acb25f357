package screen

import (
	"vpos/tui/theme"
	"vpos/tui/words"
)

// tooSmall asks for a larger window. The terminal behind it goes on: nothing
// is lost, and the mode stays in sight.
func tooSmall(f *Frame) []string {
	p := &page{Frame: f, w: f.Width}
	p.add(f.mark())
	p.middle(theme.Strong, f.say(words.TooSmall))
	p.middle(theme.Ink, words.TooSmallNext.Fill(f.Lang, MinWidth, MinHeight, f.Width, f.Height))
	p.middle(theme.Dim, f.say(words.KeepsState))
	return p.lines
}
