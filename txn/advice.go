package txn

import (
	"slices"
	"time"

	"vpos/reader"
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

// sendAdvice tells of the oldest, or asks for it once more.
func (m *machine) sendAdvice() {
	t := m.Untold[0]
	repeat := t.Told > 0
	t.Told++
	if t.ToldAs == 0 && t.Status != Asking && !t.Kind.Told() {
		t.ToldAs = m.takeSTAN()
	}
	m.setUntold(0, t)
	switch {
	case t.Status == Asking: // as it was asked: the host knows it by its number
		m.send(t.request(reader.Secret{}, reader.Secret{}))
	case t.Kind.Told():
		r := t.request(reader.Secret{}, reader.Secret{})
		r.Repeat = repeat
		m.send(r)
	default:
		m.send(t.scriptResult(m.Now, repeat))
	}
}

// scriptResult tells what became of the issuer's scripts.
func (t *Transaction) scriptResult(now time.Time, repeat bool) Request {
	card := t.Card
	if card.Chip != nil {
		chip := *card.Chip
		chip.Field55 = chip.Script55
		card.Chip = &chip
	}
	return Request{
		Op: OpScript, Repeat: repeat, STAN: t.ToldAs, Batch: t.Batch, At: now, Amount: t.Amount,
		Card: card, Terminal: t.Terminal, Merchant: t.Merchant,
		Original: &Original{
			Op: t.Kind.Op(), STAN: t.STAN, Batch: t.Batch, At: t.At, AuthCode: t.Result.AuthCode, RRN: t.Result.RRN,
		},
	}
}

func (m *machine) setUntold(i int, t Transaction) {
	m.Untold = slices.Clone(m.Untold)
	m.Untold[i] = t
}

// adviceReplied ends an advice the host has heard. A script result it may not refuse:
// whatever it says, short of asking for it again, is an acknowledgement.
func (m *machine) adviceReplied(r Reply) {
	if wantsSignOn(r.Code) {
		m.Signed = false
	}
	t := m.Untold[0]
	switch {
	case comesBack(r.Code):
		m.adviceUndelivered()
	case t.Status == Asking && isDuplicate(r.Code): // it arrived, and how it ended nobody says
		m.adviceStuck(r.Code)
		m.adviceUndelivered()
	case t.Status == Asking:
		t.Result, t.Status, t.Cause = r.Result, Declined, NoProblem
		if Approves(r.Code) {
			t.Status = Approved
		}
		m.setUntold(0, t)
		m.write(outcomeRow(t.Status), t.Key(), Record{Type: outcomeRow(t.Status), Txn: t})
	case t.Kind.Told() && !Approves(r.Code):
		m.adviceRefused(r)
	default:
		if t.Kind.Told() {
			t.Result.Code, t.Result.RRN, t.Result.HostAt = r.Code, r.RRN, r.HostAt
			m.setUntold(0, t)
		}
		m.write(RecTold, t.Key(), Record{Type: RecTold, Txn: t})
	}
}

// adviceRefused is the host that will not have what was taken without it: the shop
// must see to its money. It counts no more; a tip goes off its sale again.
func (m *machine) adviceRefused(r Reply) {
	t := m.Untold[0]
	t.Result.Code, t.Result.HostAt = r.Code, r.HostAt
	t.Status, t.Cause = Refused, AdviceRefused
	m.setUntold(0, t)
	rows := []Record{{Type: RecRefused, Txn: t}}
	if t.Kind == Tip {
		sale := t
		sale.Kind, sale.Batch, sale.STAN, sale.At = t.Of.Kind, t.Of.Batch, t.Of.STAN, t.Of.At
		sale.Amount, sale.Tip, sale.Of, sale.Status, sale.Cause = t.Of.Amount, t.Of.Tip, nil, Approved, NoProblem
		sale.Result.AuthCode, sale.Result.RRN = t.Of.AuthCode, t.Of.RRN
		rows = append(rows, Record{Type: RecAdjusted, Txn: sale})
	}
	m.write(RecRefused, t.Key(), rows...)
}

// adviceStuck keeps what the host said of what it will not answer.
func (m *machine) adviceStuck(code string) {
	t := m.Untold[0]
	if t.Refused != code {
		m.do(Note{Code: HostDuplicate, Key: t.Key()})
	}
	t.Refused = code
	m.setUntold(0, t)
}

// adviceUndelivered puts the next try off, twice as far each time.
func (m *machine) adviceUndelivered() {
	pause := max(m.tellPause, m.Setup.ReversalPause)
	m.tellAt = m.Now.Add(pause)
	m.tellPause = min(2*pause, max(m.Setup.ReversalMax, m.Setup.ReversalPause))
	if m.stage == stageWaiting && m.Draft.Kind.follows() {
		m.refuse(AdviceFirst)
	}
}

// adviceUnwritten takes back what could not be written: the host is asked or told once
// more, and says the same.
func (m *machine) adviceUnwritten() {
	t := m.Untold[0]
	switch {
	case t.Status == Refused:
		t.Status, t.Cause = Approved, NoProblem
	case t.Kind.flow().lost == lostAsked:
		t.Status = Asking
	}
	m.setUntold(0, t)
	m.adviceUndelivered()
}

// adviceDone runs once it is on disk that the host has heard.
func (m *machine) adviceDone(k Key) {
	i := slices.IndexFunc(m.Untold, func(t Transaction) bool { return t.Key() == k })
	if i < 0 {
		return
	}
	t := m.Untold[i]
	m.Untold = slices.Delete(slices.Clone(m.Untold), i, i+1)
	m.tellAt, m.tellPause = m.Now, m.Setup.ReversalPause
	switch {
	case t.Kind.flow().lost == lostAsked && t.Status == Approved: // its paper is due now
		m.Owed = append(slices.Clone(m.Owed), t)
	case t.Status == Refused:
		m.notOwed(k)
		m.alarm(t)
		if s := m.Sold; s != nil && m.stage <= stageWaiting && (s.Key() == k || t.Kind == Tip && s.Key() == t.Of.Key) {
			m.refuse(AdviceRefused) // what was looked up is no longer so
		}
	}
	if m.Draft.Key() == k {
		m.heardOf(t)
		return // the card is wiped when the screen ends
	}
	m.forget(t.Card)
}

// heardOf shows on screen what the host has said since.
func (m *machine) heardOf(t Transaction) {
	m.Draft.Untold = false
	if t.Status != m.Draft.Status {
		m.Draft.Status, m.Draft.Result, m.Draft.Cause = t.Status, t.Result, t.Cause
		if m.Name == UnknownShown && t.Status == Approved {
			m.Name = ApprovedShown
			m.notOwed(t.Key())
			m.feed(m.slip(MerchantCopy))
		} else {
			m.Name = DeclinedShown
		}
	}
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
