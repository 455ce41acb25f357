package screen

import (
	"vpos/tui/theme"
	"vpos/tui/words"
)

// pin is the PIN being keyed: dots, how many tries are left, and how to go on
// without one. Where it is keyed on the reader itself there is no field.
func pin(p *page, _ int) {
	ask := p.State.PIN
	p.due()
	p.gap()
	p.para(theme.Ink, p.text(words.Of(p.State).Prompt))
	p.gap()
	if ask.Wrong {
		p.para(theme.Bad, "✗ "+p.say(words.PINWrong))
	}
	switch {
	case ask.Tries == 1:
		p.para(theme.Warn, "! "+p.say(words.PINLastTry))
	case ask.Tries > 1:
		p.para(theme.Dim, words.PINTries.Fill(p.Lang, ask.Tries))
	}
	p.gap()
	if ask.Pad {
		p.para(theme.Accent, p.say(words.PINPadOnly))
		return
	}
	p.add(p.ink(theme.Accent, "▸ ") + p.ink(theme.Strong, p.Field.PIN()))
	p.gap()
	p.para(theme.Dim, p.say(words.PINBypass))
}
