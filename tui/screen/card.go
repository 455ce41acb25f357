package screen

import (
	"vpos/reader"
	"vpos/tui/theme"
	"vpos/tui/words"
)

// cardText is a card in one line: Visa •••• 1111, swiped.
func (f *Frame) cardText(brand reader.Brand, last4 string, mode reader.EntryMode) string {
	text := f.text(words.Brand(brand)) + " •••• " + last4
	if entry := f.text(words.Entry(mode)); entry != "" {
		text += f.say(words.Comma) + entry
	}
	return text
}

// due is the amount of the sale in one line, on the screens that ask for the
// card: what is being paid stays in sight.
func (p *page) due() {
	amount := p.State.Draft.Amount
	if p.tall {
		p.sum(theme.Strong, amount.Currency.Code, amount.Grouped())
		p.gap()
		p.rule()
		return
	}
	p.add(spread(p.ink(theme.Dim, p.say(words.Amount)), p.ink(theme.Strong, amount.Currency.Code+" "+amount.Grouped()), p.w))
	p.rule()
}

// picture is a card and its stripe, drawn.
func (p *page) picture() {
	const w = 22
	edge := func(s string) string { return p.ink(theme.Line, s) }
	rows := []string{
		edge("╭──────────────────────╮"),
		edge("│") + spaces(w) + edge("│"),
		edge("│") + p.ink(theme.Dim, "██████████████████████") + edge("│") + p.ink(theme.Accent, " →"),
		edge("│") + spaces(w) + edge("│"),
		edge("│") + left(p.ink(theme.Dim, " •••• •••• •••• ••••"), w) + edge("│"),
		edge("╰──────────────────────╯"),
	}
	for _, row := range rows {
		p.add(spaces((p.w-w-2)/2) + row)
	}
}
