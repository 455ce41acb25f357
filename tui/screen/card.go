package screen

import (
	"vpos/reader"
	"vpos/tui/theme"
	"vpos/tui/words"
	"vpos/txn"
)

// cardText is a card in one line: Visa •••• 1111, swiped.
func (f *Frame) cardText(brand reader.Brand, last4 string, mode reader.EntryMode) string {
	text := f.text(words.Brand(brand)) + " •••• " + last4
	if entry := f.text(words.Entry(mode)); entry != "" {
		text += f.say(words.Comma) + entry
	}
	return text
}

// tender is what pays a transaction in one line: its card, or a wallet's code.
func (f *Frame) tender(t *txn.Transaction) string {
	if paid := f.text(words.PaidBy(t)); paid != "" {
		return paid
	}
	return f.cardText(t.Card.PAN.Brand(), t.Card.PAN.Last4(), t.Card.Entry)
}

// kind is what a transaction that is no sale is called; of a sale the amount says
// enough.
func (p *page) kind() string {
	if s := p.State.Toward; s != "" {
		return p.text(words.ForState(s).Title)
	}
	if k := p.State.Draft.Kind; k != "" && k != txn.Sale {
		return p.text(words.Kind(k))
	}
	return p.say(words.Amount)
}

// due is the transaction and its amount in one line, on the screens that ask for the
// card or for an earlier transaction: what is being done stays in sight.
func (p *page) due() {
	amount, kind := p.State.Draft.Amount, p.kind()
	switch {
	case amount.Minor == 0 && p.tall:
		p.middle(theme.Strong, kind)
		p.rule()
		return
	case p.tall:
		p.sum(theme.Strong, amount.Currency.Code(), amount.Grouped())
		p.gap()
		p.rule()
		return
	}
	sum := ""
	if amount.Minor != 0 {
		sum = p.ink(theme.Strong, amount.Currency.Code()+" "+amount.Grouped())
	}
	p.add(spread(p.ink(theme.Dim, kind), sum, p.w))
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
