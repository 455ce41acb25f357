package screen

import (
	"vpos/tui/theme"
	"vpos/tui/words"
	"vpos/txn"
)

// trace asks which slip is wanted again.
func trace(p *page, _ int) {
	p.para(theme.Ink, p.text(words.ForState(txn.TraceEntry).Prompt))
	p.gap()
	p.add(p.ink(theme.Dim, p.say(words.TraceLabel)))
	p.entry(p.Field.Trace())
	if len(p.Recent) == 0 || p.tall {
		return
	}
	p.gap()
	p.add(p.ink(theme.Dim, p.say(words.Recent)))
	for _, line := range p.Recent[:min(3, len(p.Recent))] {
		p.add(p.brief(line, p.w))
	}
}
