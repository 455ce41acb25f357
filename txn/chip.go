package txn

import (
	"cmp"
	"strconv"
	"time"

	"vpos/reader"
)

// A card with a chip takes part in its own transaction: the kernel asks for an
// application, for a PIN, for the host, and has the last word after the host. Here
// is what its questions and its word mean for the money; the talking itself is
// the engine's.

// chipStage is how far a session with a card has come.
type chipStage uint8

const (
	chipNone    chipStage = iota
	chipReading           // the kernel is at work, or waits for the cardholder
	chipOnline            // it waits for the host
	chipAnswer            // it has the host's answer and completes
)

// finishTime bounds a card's completion after the host's answer, scripts and all. A
// card takes a fraction of it; one that is gone will never answer.
const finishTime = 30 * time.Second

// maxChipReads is how many chips may fail to be read before the stripe may be
// tried, where that is configured.
const maxChipReads = 3

// inserted is a chip card in a reader.
func (m *machine) inserted(e Inserted) {
	m.CardIn, m.serial, m.Spent = e.Reader, e.Serial, e.Found
	switch {
	case m.Spent: // it may be somebody's who has left
	case m.Name == Present, m.Name == PANEntry && m.Draft.Kind != Phone, m.Name == Confirm && m.Draft.Kind.Voids():
		m.readCard()
	default: // an amount first, and after a decline an Enter: the next customer's card must not pay the last one's amount
	}
}

// removed is the reader empty again. A session hears of it by itself and says so in
// a moment; what it asked, nobody can answer any more.
func (m *machine) removed() {
	m.CardIn, m.Spent = "", false
	if m.chip == chipReading {
		m.Name, m.Choice, m.PIN = Processing, CardChoose{}, CardPIN{}
	}
}

// freshCard reports whether a card is in the reader that no sale has used yet: one
// that was forgotten there must not pay for the next customer.
func (m *machine) freshCard() bool { return m.CardIn != "" && !m.Spent }

// readCard begins a session with the card in the reader.
func (m *machine) readCard() {
	if !m.Draft.Kind.Voids() { // of that, the card is the sale's
		m.dropCard()
	}
	m.Problem = NoProblem
	m.session++
	m.Spent, m.Seen = true, reader.Card{}
	m.Name, m.chip, m.Since = Processing, chipReading, m.Now
	m.Draft.At = m.Now
	m.do(ReadCard{
		Session: m.session, Reader: m.CardIn, Serial: m.serial, Amount: m.Draft.Amount, At: m.Now, Counter: m.NextSTAN,
		Names: m.Draft.Kind.flow().chip == chipNames, Balance: m.Draft.Kind == Balance,
	})
}

// chosen takes the number of an application.
func (m *machine) chosen(text reader.Secret) {
	n, err := strconv.Atoi(string(text.Reveal()))
	if text.Empty() {
		n, err = 1, nil // the first is the card's own preference
	}
	if err != nil || n < 1 || n > len(m.Choice.Names) {
		m.Problem = ChoiceFormat
		return
	}
	m.answerCard(AnswerCard{Choice: n - 1})
}

// answerCard goes back to the kernel's work.
func (m *machine) answerCard(a AnswerCard) {
	a.Session = m.session
	m.Name, m.Choice, m.PIN = Processing, CardChoose{}, CardPIN{}
	m.do(a)
}

// asks shows a question of the card's, or that it is at work again.
func (m *machine) asks(session uint64, name Name) bool {
	if session != m.session || m.chip != chipReading {
		return false
	}
	m.Name, m.Problem, m.bypass = name, NoProblem, false
	return true
}

// goOnline is the card's own wish: it leaves no confirmation to ask for, since
// the amount was on the screen when the card was put in.
func (m *machine) goOnline(e CardOnline) {
	if e.Session != m.session || m.chip != chipReading {
		m.forget(e.Card)
		m.do(ForgetSensitive{PIN: e.PIN})
		return
	}
	m.Draft.Card, m.pin, m.chip = e.Card, e.PIN, chipOnline
	m.Name, m.stage = Processing, stageWaiting
	m.pump()
}

// named is a card that said its number and was let go: the rest of the flow goes on
// without it.
func (m *machine) named(e CardNamed) {
	if e.Session != m.session || m.chip != chipReading {
		m.forget(e.Card)
		return
	}
	m.chip = chipNone
	if m.Draft.Kind.Voids() {
		m.Name = Confirm
		m.sameCard(e.Card)
		return
	}
	m.Draft.Card = e.Card
	m.next()
}

// tellCard gives the card the host's answer and waits for its word.
func (m *machine) tellCard(v Transaction, field55 []byte) {
	m.verdict, m.stage, m.chip = v, stageCard, chipAnswer
	m.cardBy = m.Now.Add(finishTime)
	m.do(AnswerCard{Session: m.session, Host: &HostWord{
		Approved: v.Status == Approved, Code: v.Result.Code, AuthCode: v.Result.AuthCode, Field55: field55,
	}})
	if m.ended != nil { // it was taken out while the host thought
		m.cardDone(*m.ended)
	}
}

// cardLeft reports whether the card was gone before its request could be sent, and
// ends the sale then: nothing was charged.
func (m *machine) cardLeft() bool {
	if m.chip != chipOnline || m.ended == nil {
		return false
	}
	v := m.Draft
	v.Status, v.Cause = Failed, cmp.Or(m.ended.Code, CardGone)
	m.chip, m.ended = chipNone, nil
	m.outcome(v)
	return true
}

// unableOnline ends the card's part of a transaction the host did not answer. It
// is told for its own sake: what it says to that moves no money.
func (m *machine) unableOnline() {
	if m.chip == chipOnline {
		m.do(AnswerCard{Session: m.session, Host: &HostWord{Unable: true}})
	}
	m.chip, m.ended = chipNone, nil
}

// cardDone is a session's end, whatever it came to.
func (m *machine) cardDone(e CardDone) {
	if e.Session != m.session {
		return
	}
	switch m.chip {
	case chipOnline:
		m.ended = &e
		if m.stage == stageWaiting || m.Name == WarningShown { // nothing was sent, and nothing will be
			m.chip, m.ended, m.Warnings = chipNone, nil, nil
			m.refuse(cmp.Or(e.Code, CardGone))
		}
	case chipAnswer:
		m.completed(e)
	case chipReading:
		m.chip = chipNone
		m.cardRefused(e)
	case chipNone: // it was told that there is no answer, and this is what it says to that
	}
}

// completed is the card's last word after the host's. An approval that the card
// does not share never happened: it is reversed.
func (m *machine) completed(e CardDone) {
	v := m.verdict
	if e.Card.Chip != nil {
		v.Card.Chip = e.Card.Chip // with the final cryptogram
	}
	if v.Status == Approved && !e.Approved && v.Kind.flow().lost == lostReversed {
		v.Status, v.Cause, v.Reason = ReversalPending, cmp.Or(e.Code, CardGone), ReasonCardRefused
	}
	m.chip, m.ended, m.cardBy = chipNone, nil, time.Time{}
	m.outcome(v)
}

// cardLate gives up a card that does not complete.
func (m *machine) cardLate() {
	m.do(StopCard{Session: m.session})
	m.completed(CardDone{Session: m.session, Code: CardGone})
	m.session++ // what it still says is nobody's any more
}

// cardRefused ends a session that did not come as far as the host: nothing was
// sent and nothing is charged.
func (m *machine) cardRefused(e CardDone) {
	switch {
	case e.Code == CardCancelled:
		m.idle()
		return
	case e.Declined:
		m.Draft.Card = e.Card
		m.refuse(e.Code)
		return
	}
	m.Name, m.Seen = Present, e.Card
	m.Problem = e.Code
	if m.Draft.Kind.Voids() {
		m.Name = Confirm
		return
	}
	if e.Fallback {
		m.unread()
	}
	if m.freshCard() { // it was put in before the one that is gone had been given up
		m.readCard()
	}
}

// misread says that a card could not be used. A chip that does not answer at all is
// one that could not be read.
func (m *machine) misread(code Code) {
	inReader := code == CardMute || code == CardBusy
	if inReader && m.Name != Present {
		return // nobody has asked for a card: it may be a badge that is always in
	}
	m.Problem, m.Seen = code, reader.Card{}
	if code == CardMute {
		m.unread()
	}
}

// unread counts a chip that could not be read.
func (m *machine) unread() {
	if m.misreads++; m.fallback() {
		m.Problem = SwipeInstead
	}
}

// fallback reports whether a chip card's stripe may be used.
func (m *machine) fallback() bool { return m.Setup.Fallback && m.misreads >= maxChipReads }

// stopCard gives up a session on the cashier's behalf.
func (m *machine) stopCard() {
	if m.chip != chipNone {
		m.do(StopCard{Session: m.session})
		m.session++
	}
	m.chip, m.ended, m.Choice, m.PIN = chipNone, nil, CardChoose{}, CardPIN{}
}
