package txn

import (
	"slices"
	"time"
)

// Advices: what has happened and the host is still to be told of. They are stored
// with the outcome that made them and forwarded when the link has nothing better to
// do, again and again until the host acknowledges. No sale waits for them; a batch
// is not settled before them.

// scripted reports whether a card has something to say about the issuer's scripts. A
// card that is reversed says it there.
func scripted(t Transaction) bool {
	chip := t.Card.Chip
	return chip != nil && len(chip.Script55) > 0 && (t.Status == Approved || t.Status == Declined)
}

// advice is the row that goes with an outcome the host is to be told more of.
func (m *machine) advice(v *Transaction) (Record, bool) {
	if !m.Setup.TellScripts || !scripted(*v) {
		return Record{}, false
	}
	v.Untold = true
	return Record{Type: RecAdvice, Txn: *v}, true
}

// queueAdvice adds a transaction; the next idle moment tells of it.
func (m *machine) queueAdvice(t Transaction) {
	m.Untold = append(slices.Clone(m.Untold), t)
	m.tellAt, m.tellPause = m.Now, m.Setup.ReversalPause
}

// sendAdvice tells of the oldest.
func (m *machine) sendAdvice() {
	t := m.Untold[0]
	repeat := t.Told > 0
	t.Told++
	m.setUntold(0, t)
	card := t.Card
	if card.Chip != nil {
		chip := *card.Chip
		chip.Field55 = chip.Script55
		card.Chip = &chip
	}
	m.send(Request{
		Op: OpScript, Repeat: repeat, STAN: m.NextSTAN, Batch: t.Batch, At: m.Now, Amount: t.Amount,
		Card: card, Terminal: t.Terminal, Merchant: t.Merchant,
		Original: &Original{
			Op: t.Kind.Op(), STAN: t.STAN, Batch: t.Batch, At: t.At, AuthCode: t.Result.AuthCode, RRN: t.Result.RRN,
		},
	})
}

func (m *machine) setUntold(i int, t Transaction) {
	m.Untold = slices.Clone(m.Untold)
	m.Untold[i] = t
}

// adviceReplied ends an advice the host has heard. It may not refuse one: whatever it
// says, short of asking for it again, is an acknowledgement.
func (m *machine) adviceReplied(r Reply) {
	if wantsSignOn(r.Code) {
		m.Signed = false
	}
	if comesBack(r.Code) {
		m.adviceUndelivered()
		return
	}
	t := m.Untold[0]
	m.write(RecTold, t.Key(), Record{Type: RecTold, Txn: t})
}

// adviceUndelivered puts the next try off, twice as far each time.
func (m *machine) adviceUndelivered() {
	pause := max(m.tellPause, m.Setup.ReversalPause)
	m.tellAt = m.Now.Add(pause)
	m.tellPause = min(2*pause, max(m.Setup.ReversalMax, m.Setup.ReversalPause))
	if m.stage == stageWaiting && m.Draft.Kind == Settlement {
		m.refuse(AdviceFirst)
	}
}

// adviceDone runs once TOLD is on disk.
func (m *machine) adviceDone(k Key) {
	i := slices.IndexFunc(m.Untold, func(t Transaction) bool { return t.Key() == k })
	if i < 0 {
		return
	}
	t := m.Untold[i]
	m.Untold = slices.Delete(slices.Clone(m.Untold), i, i+1)
	m.tellAt, m.tellPause = m.Now, m.Setup.ReversalPause
	if m.Draft.Key() == k {
		m.Draft.Untold = false
		return // the card is wiped when the screen ends
	}
	m.forget(t.Card)
}

// tellNow reports whether an advice may go, or the sign-on that it needs.
func (m *machine) tellNow() bool { return len(m.Untold) > 0 && !m.Now.Before(m.tellDue()) }

// tellDue is when the oldest advice wants to go; where the host wants a sign-on first,
// not before that may be tried.
func (s *State) tellDue() time.Time {
	if !s.Signed && s.tellAt.Before(s.retryAt) {
		return s.retryAt
	}
	return s.tellAt
}

// nextTry is when a reversal or an advice wants to be sent again; zero for never.
func (s State) nextTry() time.Time {
	switch {
	case len(s.Pending) == 0 && len(s.Untold) == 0:
		return time.Time{}
	case len(s.Untold) == 0, len(s.Pending) > 0 && s.retryAt.Before(s.tellDue()):
		return s.retryAt
	}
	return s.tellDue()
}
