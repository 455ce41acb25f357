package screen

import (
	"slices"
	"strings"

	"vpos/reader"
	"vpos/tui/theme"
	"vpos/tui/words"
	"vpos/txn"
)

// detailLines is what the marked transaction takes below the list.
const detailLines = 5

// journal is a page of transactions, newest first, and the marked one in full.
func journal(p *page, h int) {
	list := p.List
	switch {
	case list.Failed:
		p.middle(theme.Warn, p.say(words.RecentFailed))
		return
	case len(list.Lines) == 0 && list.Loading:
		p.middle(theme.Dim, p.say(words.Loading))
		return
	case len(list.Lines) == 0 && !p.Book.Query.Empty():
		p.foundBy()
		p.gap()
		p.middle(theme.Dim, p.text(words.SearchEmpty))
		return
	case len(list.Lines) == 0:
		p.gap()
		p.middle(theme.Dim, p.say(words.NoRecent))
		return
	}
	p.foundBy()
	rows := JournalRows(h - len(p.lines))
	at := min(max(0, p.Cursor), len(list.Lines)-1)
	top := max(0, min(at-rows/2, len(list.Lines)-rows))
	for i := top; i < min(top+rows, len(list.Lines)); i++ {
		if i == at {
			p.add(p.ink(theme.Selected, left("▸ "+p.row(list.Lines[i], p.w-2, plain), p.w)))
			continue
		}
		p.add("  " + p.row(list.Lines[i], p.w-2, p.ink))
	}
	p.rule()
	p.detail(list.Lines[at])
}

// JournalRows is how many transactions fit a screen of this height.
func JournalRows(h int) int { return max(1, h-detailLines-1) }

// row is a transaction in one line, as wide as the page allows; ink colours its
// parts. Of a narrow row the time goes first, then the kind.
func (p *page) row(l Line, w int, ink func(theme.Role, string) string) string {
	role, sign, word := p.mark(l, w)
	if word != "" {
		sign += " " + word
	}
	tail := ink(theme.Strong, amountOf(l)) + "  " + ink(role, sign)
	for _, more := range []string{"  " + ink(theme.Accent, p.rowKind(l, w)), ""} {
		at := ink(theme.Dim, p.when(l, w)) + "  "
		switch line := ink(theme.Ink, l.STAN.String()) + more + ink(theme.Ink, p.rowCard(l, w)); {
		case width(at)+width(line)+width(tail) < w:
			return spread(at+line, tail, w)
		case width(line)+width(tail) < w:
			return spread(line, tail, w)
		}
	}
	return spread(ink(theme.Ink, l.STAN.String()), tail, w)
}

// rowKind is what a transaction does, in a column.
func (p *page) rowKind(l Line, w int) string {
	if w < 60 {
		return left(p.text(words.ShortKind(l.Kind)), words.ShortKindWidth)
	}
	return left(p.text(words.Kind(l.Kind)), words.KindWidth)
}

// amountOf is what a transaction charged or held; what takes it back has a sign.
func amountOf(l Line) string {
	m := l.Amount
	if l.Kind.Voids() || l.Kind == txn.PreAuthVoid || l.Kind.Side() == txn.Credit {
		m.Minor = -m.Minor
	}
	return m.Grouped()
}

// plain leaves a text as it is: the marked row has one colour of its own.
func plain(_ theme.Role, text string) string { return text }

// mark is what a row says of a transaction: missing paper goes before all else,
// since somebody must act on it, and is told by a word as well at every width.
func (p *page) mark(l Line, w int) (theme.Role, string, string) {
	role, sign := p.sign(l)
	switch {
	case w >= wordWidth && p.owed(l):
		return role, sign, left(p.say(words.NoSlip), 10)
	case w >= wordWidth:
		return role, sign, left(p.text(words.StatusText(l.Status)), 10)
	case p.owed(l):
		return role, sign, p.say(words.NoSlipShort)
	}
	return role, sign, ""
}

// wordWidth is the least width of a row that has a word for every status.
const wordWidth = 44

// sign is the sign of a transaction in a list.
func (f *Frame) sign(l Line) (theme.Role, string) {
	if f.owed(l) {
		return theme.Warn, "!"
	}
	return status(l.Status)
}

// owed reports whether paper of a transaction is missing.
func (f *Frame) owed(l Line) bool {
	return slices.ContainsFunc(f.State.Owed, func(t txn.Transaction) bool { return t.Batch == l.Batch && t.STAN == l.STAN })
}

func (p *page) when(l Line, w int) string {
	if w < 60 {
		return l.At.Format("15:04")
	}
	return l.At.Format("01-02 15:04")
}

// rowCard is the end of the card's number; the marked transaction has the brand.
func (p *page) rowCard(l Line, w int) string {
	if w < wordWidth || l.PAN == "" { // a settlement is of no card
		return ""
	}
	return "  •••• " + tail4(l.PAN)
}

func tail4(masked string) string {
	if len(masked) < 4 {
		return masked
	}
	return masked[len(masked)-4:]
}

// status is the sign of a status.
func status(s txn.Status) (theme.Role, string) {
	switch s {
	case txn.Approved:
		return theme.Good, "✓"
	case txn.Declined, txn.Failed:
		return theme.Bad, "✗"
	case txn.Refused:
		return theme.Bad, "!"
	case txn.ReversalPending, txn.Open, txn.Asking:
		return theme.Warn, "?"
	case txn.Reversed, txn.Voided:
		return theme.Dim, "↺"
	case txn.Drafted:
	}
	return theme.Dim, "·"
}

// detail is one transaction in full.
func (p *page) detail(l Line) {
	p.add(left(p.verdictOf(l), p.w))
	half := (p.w - 2) / 2
	facts := func(a words.Label, av string, b words.Label, bv string) {
		one := func(label words.Label, v string, w int) string {
			if v == "" {
				v = "–"
			}
			return spread(p.ink(theme.Dim, p.say(label)), p.ink(theme.Ink, v), w)
		}
		p.add(one(a, av, half) + "  " + one(b, bv, p.w-half-2))
	}
	p.add(spread(p.ink(theme.Dim, p.say(words.TimeLabel)), p.ink(theme.Ink, l.At.Format("2006-01-02 15:04:05")), p.w))
	p.fact(words.CardLabel, cardOf(p, l))
	facts(words.BatchLabel, l.Batch.String(), words.AuthLabel, l.AuthCode)
	p.add(spread(p.ink(theme.Dim, p.say(words.ReferenceLabel)), p.ink(theme.Ink, l.RRN), p.w))
}

// verdictOf is what a transaction did and what became of it, in as many words as fit.
func (p *page) verdictOf(l Line) string {
	role, sign := status(l.Status)
	head := ""
	if p.owed(l) {
		head = p.ink(theme.Warn, "! "+p.say(words.NoSlip)) + "  "
	}
	short := p.deed(l) + "  " + p.text(words.StatusText(l.Status))
	if l.Code != "" {
		code := short + "  " + l.Code
		if long := code + " " + p.text(words.ForResponse(l.Code).Headline); width(head)+2+width(long) <= p.w {
			short = long
		} else if width(head)+2+width(code) <= p.w {
			short = code
		}
	}
	return head + p.ink(role, sign+" "+short)
}

// cardOf is a card as the journal has it, and how it was read.
func cardOf(p *page, l Line) string {
	if l.Entry == reader.QR {
		return strings.TrimSpace(p.text(words.Tender(l.Brand, l.Entry, l.Wallet))+" "+l.PAN) + ", " + words.Simulated
	}
	if l.PAN == "" {
		return "–"
	}
	return strings.TrimSpace(p.text(words.Brand(l.Brand)) + " " + l.PAN + " " + p.text(words.Entry(l.Entry)))
}

// deed is what a transaction did, and to which earlier one.
func (f *Frame) deed(l Line) string {
	switch {
	case l.Of == 0:
	case l.Kind == txn.Tip:
		return words.TipOn.Fill(f.Lang, l.Of.String())
	case l.Kind.Voids():
		return words.VoidOf.Fill(f.Lang, l.Of.String())
	}
	return f.text(words.Kind(l.Kind))
}

// brief is a transaction in a narrow pane. Beside a large amount there is no room for
// its kind.
func (f *Frame) brief(l Line, w int) string {
	role, sign := f.sign(l)
	if f.owed(l) {
		sign += " " + f.say(words.NoSlipShort)
	}
	at, tail := f.ink(theme.Dim, l.At.Format("15:04")+"  "+l.STAN.String()), f.ink(theme.Ink, amountOf(l))+" "+f.ink(role, sign)
	if kind := "  " + f.ink(theme.Dim, f.text(words.ShortKind(l.Kind))); width(at)+width(kind)+width(tail) < w {
		at += kind
	}
	return spread(at, tail, w)
}

// recentPane lists the newest transactions beside the display.
func (f *Frame) recentPane(w, h int) []string {
	p := &page{Frame: f, w: w - 4}
	if len(f.Recent) == 0 {
		p.add(p.ink(theme.Dim, p.say(words.NoRecent)))
	}
	for _, line := range f.Recent[:min(h-2, len(f.Recent))] {
		p.add(f.brief(line, p.w))
	}
	return f.panel(f.say(words.Recent), box(p.lines, w-4, h-2), w-4)
}
