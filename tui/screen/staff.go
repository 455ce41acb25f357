package screen

import (
	"vpos/tui/theme"
	"vpos/tui/words"
	"vpos/txn"
)

// who asks for a number: of the operator who signs in, or of the supervisor who lets
// something pass.
func who(p *page, h int) {
	p.lead(h, 8)
	if p.State.Name == txn.SupervisorEntry {
		p.due()
	}
	p.facts(words.FactsOf(p.State))
	p.gap()
	p.para(theme.Ink, p.text(words.Of(p.State).Prompt))
	p.gap()
	p.entry(p.Field.Trace())
	p.notice()
}

// passcode is an operator's PIN being keyed, or chosen: dots.
func passcode(p *page, h int) {
	p.lead(h, 8)
	if p.State.Supervised() {
		p.due()
	}
	p.facts(words.FactsOf(p.State))
	p.gap()
	p.para(theme.Ink, p.text(words.Of(p.State).Prompt))
	p.gap()
	p.add(p.ink(theme.Accent, "▸ ") + p.ink(theme.Strong, p.Field.PIN()))
	p.notice()
}

// notice is what whoever signs in must know besides.
func (p *page) notice() {
	if text := words.StaffNotice(p.State, p.Lang); text != "" {
		p.gap()
		p.para(theme.Warn, text)
	}
}

// shift is what an operator's shift came to.
func shift(p *page, h int) {
	p.lead(h, 11)
	p.facts(words.FactsOf(p.State))
	p.gap()
	p.para(theme.Ink, p.text(words.Of(p.State).Prompt))
}
