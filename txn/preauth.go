package txn

import "time"

// The pre-authorisation family 预授权. An approval code and a day name what is held; where
// the journal knows it, its card and what it holds are looked at before the host is
// asked. The host has the last word.

// maxCompletion is the most a completion may charge, in per cent of the hold.
const maxCompletion = 115

// seekHold looks for the pre-authorisation that was named.
func (m *machine) seekHold(day time.Time) {
	m.day = day
	m.seeking++
	m.sought = true
	m.do(LookupHold{AuthCode: m.Draft.Of.AuthCode, Day: day})
}

// foundHold takes what the journal knows of the hold.
func (m *machine) foundHold(e FoundHold) {
	m.seeking--
	if e.Txn != nil {
		defer m.forget(e.Txn.Card)
	}
	if m.seeking > 0 || !m.sought || m.Name != DateEntry {
		return
	}
	m.sought = false
	if e.Txn == nil {
		m.past(func(p *Past) { p.At = m.day })
		m.next()
		return
	}
	if card := e.Txn.Card.PAN; !card.Empty() && !card.Equal(m.Draft.Card.PAN) {
		m.Problem = HoldOtherCard
		return
	}
	m.Hold = e.Held
	code := m.Draft.Of.AuthCode
	m.Draft.Of = e.Txn.Past()
	m.Draft.Of.AuthCode, m.Draft.Of.Amount = code, e.Held
	if m.Draft.Kind == PreAuthVoid {
		m.Draft.Amount = e.Held // whole
	}
	m.next()
}

// covers reports whether what is held bears an amount, as far as the journal knows.
func (m *machine) covers(amount Money) bool {
	return m.Hold.Minor == 0 || amount.Minor <= CompletionLimit(m.Hold).Minor
}

// CompletionLimit is the most that may be charged against what is held.
func CompletionLimit(held Money) Money {
	held.Minor = held.Minor * maxCompletion / 100
	return held
}
