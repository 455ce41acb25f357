package screen

import (
	"strings"
	"time"

	"vpos/tui/theme"
	"vpos/tui/words"
	"vpos/txn"
)

// processing counts the seconds: what is being done, how long it has taken, and
// when the terminal gives up.
func processing(p *page, h int) {
	d := p.State.Draft
	if order := p.State.Payable(); order != "" {
		p.payable(order, h)
		return
	}
	p.lead(h, 10)
	if d.Amount.Minor == 0 { // nothing is moved: sign-on, sign-off, a balance
		p.middle(theme.Strong, p.text(words.Kind(d.Kind)))
	} else {
		p.sum(theme.Strong, d.Amount.Currency.Code(), d.Amount.Grouped())
	}
	p.gap()
	p.air()
	p.middle(theme.Accent, p.say(step(p.State)))
	p.progress()
	p.gap()
	role := theme.Dim
	if p.State.Reading() {
		role = theme.Warn
	}
	p.middle(role, p.text(words.Of(p.State).Prompt))
}

// step is what the terminal does behind the screen.
func step(s txn.State) words.Label {
	switch op := s.OnLink(); {
	case op == txn.OpReversal:
		return words.StepReversal
	case op.Advice() && !s.Draft.Kind.Told(), op == txn.OpRefund && s.Draft.Kind != txn.Refund:
		return words.StepAdvice
	case op == txn.OpBalance:
		return words.StepBalance
	case op == txn.OpSignOff:
		return words.StepSignOff
	case op.Financial(), op == txn.OpSettle, op == txn.OpUpload, op == txn.OpUploadEnd:
		return words.StepRequest
	case op != "":
		return words.StepSignOn
	case s.Reading() && s.Draft.Status == txn.Drafted && s.Draft.Card.PAN.Empty():
		return words.StepReading
	case s.Reading() && s.Draft.Status == txn.Open && s.AtRest(): // the host has answered
		return words.StepCompleting
	}
	return words.StepStoring
}

// progress is the bar towards the time-out and the counts on both ends of it.
func (p *page) progress() {
	elapsed := p.Clock.Sub(p.State.Since)
	if p.State.Since.IsZero() || elapsed < 0 {
		elapsed = 0
	}
	counts := p.ink(theme.Strong, words.Elapsed.Fill(p.Lang, seconds(elapsed)))
	by := p.State.ReplyBy()
	if by.IsZero() {
		p.add(center(counts, p.w))
		return
	}
	rest := max(0, by.Sub(p.Clock))
	total := max(elapsed+rest, time.Millisecond)
	w := min(p.w, 40)
	done := min(w, int(time.Duration(w)*elapsed/total))
	role := theme.Accent
	if rest < 10*time.Second {
		role = theme.Warn
	}
	p.add(center(p.ink(role, strings.Repeat("█", done))+p.ink(theme.Line, strings.Repeat("░", w-done)), p.w))
	tail := p.ink(theme.Dim, words.TimeOutIn.Fill(p.Lang, seconds(rest+time.Second-1)))
	p.add(center(spread(counts, tail, w), p.w))
}

func seconds(d time.Duration) int { return int(d / time.Second) }
