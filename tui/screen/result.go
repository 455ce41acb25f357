package screen

import (
	"strings"

	"vpos/tui/theme"
	"vpos/tui/words"
	"vpos/txn"
)

// A result is told three times over: by its word, by its shape and by its
// colour.

// tight is the height below which a result leaves out what its other lines or
// its slip say as well.
const tight = 14

// approved shows what was charged and what happens to the paper.
func approved(p *page, h int) {
	d := p.State.Draft
	out := words.OutcomeOf(d)
	p.verdictBand(theme.GoodFill, "✓", p.text(out.Headline), h)
	switch {
	case d.Kind == txn.Settlement:
		p.settled(d, out)
		return
	case d.Kind == txn.Balance:
		p.balance(d, out)
		return
	case d.Kind.Managing():
		p.money(theme.Good, out)
		p.gap()
		p.note(words.Do, theme.Strong, p.text(out.Do))
		p.fact(words.BatchLabel, p.State.Batch.String())
		return
	}
	if h >= tight {
		p.big(theme.Strong, d.Amount.Grouped())
	}
	p.middle(theme.Good, p.text(out.Money)+" "+d.Amount.Currency.Code()+" "+d.Amount.Grouped())
	plain := d.Result.Code == "00" || d.Kind.Told()
	if d.Asked.Minor != 0 {
		rest := txn.Money{Minor: d.Asked.Minor - d.Amount.Minor, Currency: d.Amount.Currency}
		p.middle(theme.Warn, words.RestDue.Fill(p.Lang, rest.String(), d.Asked.Decimal()))
	}
	p.gap()
	if !plain {
		p.note(words.Say, theme.Ink, p.text(out.Say))
	}
	p.note(words.Do, theme.Strong, p.text(out.Do))
	p.gap()
	p.paidWith(&d)
	p.fact(words.TraceLabel, d.STAN.String())
	if h >= 16 && (plain || h >= 18) { // otherwise there is more urgent news; the slip has them
		p.fact(words.AuthLabel, d.Result.AuthCode)
		p.fact(words.ReferenceLabel, d.Result.RRN)
	}
	if d.Tip.Minor != 0 && h >= tight {
		p.fact(words.TipLabel, d.Tip.String())
	}
	p.chipFacts(h)
	p.slips()
}

// paidWith is the line of what paid: a card, or a wallet's code, which has no label since
// it says that it is simulated as well.
func (p *page) paidWith(d *txn.Transaction) {
	if d.ByCode() {
		p.middle(theme.Ink, p.tender(d))
		return
	}
	p.fact(words.CardLabel, p.tender(d))
}

// settled shows a batch that was closed.
func (p *page) settled(d txn.Transaction, out words.Outcome) {
	p.money(theme.Good, out)
	p.gap()
	p.fact(words.BatchLabel, d.Batch.String())
	p.tallies(d)
	p.gap()
	p.slips()
}

// balance shows what is left on the card, large: it is on no paper and in no list.
func (p *page) balance(d txn.Transaction, out words.Outcome) {
	if left := p.State.Left; left != nil {
		p.add(center(p.ink(theme.Dim, p.say(words.BalanceLeft)+" "+left.Currency.Code()), p.w))
		p.big(theme.Strong, left.Grouped())
	} else {
		p.middle(theme.Warn, p.say(words.BalanceNone))
	}
	p.gap()
	p.middle(theme.Ink, p.cardText(d.Card.PAN.Brand(), d.Card.PAN.Last4(), d.Card.Entry))
	p.money(theme.Good, out)
	p.gap()
	p.note(words.Do, theme.Strong, p.text(out.Do))
	p.gap()
	p.middle(theme.Dim, p.say(words.BalanceKept))
}

// chipFacts tells how the cardholder was verified, and by which application of the
// card where there is more room; the slip has both.
func (p *page) chipFacts(h int) {
	chip := p.State.Draft.Card.Chip
	if chip == nil || h < tight {
		return
	}
	if h >= 18 {
		p.fact(words.ApplicationLabel, words.Outside(chip.Label))
	}
	switch {
	case chip.Signature:
		p.fact(words.SignatureLabel, p.say(words.SignSlip))
	case chip.PIN:
		p.fact(words.SignatureLabel, p.say(words.PINVerified))
	}
}

// declined shows why, what to say and what to do; the amount is kept.
func declined(p *page, h int) {
	d := p.State.Draft
	out := words.OutcomeOf(d)
	p.verdictBand(theme.BadFill, "✗", p.text(out.Headline), h)
	p.what()
	p.money(theme.Good, out)
	p.gap()
	p.advice(out)
	p.gap()
	if p.State.Referred() {
		p.para(theme.Accent, p.say(words.VoiceOffer))
		p.gap()
	}
	if d.Result.Code != "" {
		p.fact(words.CodeLabel, d.Result.Code)
	}
	if h >= tight {
		p.keyedCard()
	}
	p.numbers()
	p.helpLine()
}

// what is the amount that was to be moved, of anything but a sale with its name.
func (p *page) what() {
	d := p.State.Draft
	text := ""
	if d.Kind != "" && d.Kind != txn.Sale {
		text = p.text(words.Kind(d.Kind)) + " "
	}
	if d.Amount.Minor != 0 {
		text += d.Amount.Currency.Code() + " " + d.Amount.Grouped()
	}
	p.middle(theme.Strong, strings.TrimSpace(text))
}

// unknown is neither: the money is being taken back, or the bank asked again, and the
// screen says so until the bank has agreed.
func unknown(p *page, h int) {
	d := p.State.Draft
	out := words.OutcomeOf(d)
	sign, role := "?", theme.WarnFill
	if d.Status == txn.Reversed {
		sign, role = "↺", theme.GoodFill
	}
	p.verdictBand(role, sign, p.text(out.Headline), h)
	p.what()
	p.money(theme.Warn, out)
	p.gap()
	p.advice(out)
	p.gap()
	p.fact(words.TraceLabel, d.STAN.String())
	if n := attempts(p.State); n > 0 && d.Status != txn.Reversed {
		p.fact(words.ReversalLabel, words.Attempts.Fill(p.Lang, n))
	}
	p.helpLine()
}

// attempts is how often the reversal of the draft was sent.
func attempts(s txn.State) int {
	for _, t := range s.Pending {
		if t.Key() == s.Draft.Key() {
			return int(t.Attempts)
		}
	}
	return 0
}

// verdictBand is the result over the whole width, three lines high where there
// is room.
func (p *page) verdictBand(r theme.Role, sign, text string, h int) {
	band := p.ink(r, center(sign+"  "+text, p.w))
	if h < 18 {
		p.add(band)
		return
	}
	blank := p.ink(r, spaces(p.w))
	p.add(blank, band, blank, "")
}

// money says what became of it, in words.
func (p *page) money(r theme.Role, out words.Outcome) {
	p.middle(r, p.text(out.Money))
}

func (p *page) advice(out words.Outcome) {
	p.note(words.Why, theme.Ink, p.text(out.Cause))
	p.note(words.Say, theme.Ink, p.text(out.Say))
	p.note(words.Do, theme.Strong, p.text(out.Do))
}

// numbers are those that somebody may ask for on the telephone.
func (p *page) numbers() {
	d := p.State.Draft
	if d.STAN != 0 {
		p.fact(words.TraceLabel, d.STAN.String())
	}
	p.fact(words.AuthLabel, d.Result.AuthCode)
	p.fact(words.ReferenceLabel, d.Result.RRN)
}

func (p *page) helpLine() {
	if p.HelpLine != "" {
		p.add(p.ink(theme.Dim, words.HelpLine.Fill(p.Lang, p.HelpLine)))
	}
}
