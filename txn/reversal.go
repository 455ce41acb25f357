package txn

import (
	"cmp"
	"slices"
)

// The reversal queue: what is unknown is taken back, oldest first, before any
// other financial message, and repeated until the host acknowledges.

// queueReversal adds a transaction; the next pump sends it at once.
func (m *machine) queueReversal(t Transaction) {
	m.Pending = append(slices.Clone(m.Pending), t)
	m.retryAt, m.pause = m.Now, m.Setup.ReversalPause
}

// sendReversal sends the oldest: a 0400, and 0401 on repeats.
func (m *machine) sendReversal() {
	t := m.Pending[0]
	repeat := t.Attempts > 0
	t.Attempts++
	m.setPending(0, t)
	m.send(Request{
		Op: OpReversal, Repeat: repeat, STAN: t.STAN, Batch: t.Batch, At: m.Now, Amount: t.Amount,
		Card: t.Card, Terminal: t.Terminal, Merchant: t.Merchant, Phone: t.Kind == Phone,
		Original: &Original{
			Op: t.Kind.Op(), STAN: t.STAN, At: t.At, AuthCode: t.Result.AuthCode, Reason: cmp.Or(t.Reason, ReasonNoReply),
			Of: t.Of.original(),
		},
	})
}

// setPending replaces one entry without touching the slice other states share.
func (m *machine) setPending(i int, t Transaction) {
	m.Pending = slices.Clone(m.Pending)
	m.Pending[i] = t
}

func (m *machine) reversalReplied(r Reply) {
	if !acknowledgesReversal(r.Code) {
		m.reversalRefused(r.Code)
		return
	}
	t := m.Pending[0]
	t.Status, t.Refused = Reversed, ""
	m.write(RecReversed, t.Key(), Record{Type: RecReversed, Txn: t})
}

// reversalRefused keeps what the host said. A refusal that will not come right by
// itself needs a person at once; the tries go on all the same.
func (m *machine) reversalRefused(code string) {
	if wantsSignOn(code) {
		m.Signed = false
		if !m.rekeyed { // a host that lost its keys takes it after a sign-on: at once, and once
			m.rekeyed = true
			return
		}
	}
	if !comesBack(code) {
		t := m.Pending[0]
		if t.Refused != code {
			m.do(Note{Code: ReversalRefused, Key: t.Key()})
		}
		t.Refused = code
		m.setPending(0, t)
	}
	m.reversalUndelivered()
}

// reversalDone runs once REVERSED is on disk.
func (m *machine) reversalDone(k Key) {
	i := slices.IndexFunc(m.Pending, func(t Transaction) bool { return t.Key() == k })
	if i < 0 {
		return
	}
	t := m.Pending[i]
	t.Status = Reversed
	m.remember(t)
	m.Pending = slices.Delete(slices.Clone(m.Pending), i, i+1)
	m.retryAt, m.pause, m.rekeyed = m.Now, m.Setup.ReversalPause, false
	if m.Name == UnknownShown && m.Draft.Key() == k {
		m.Draft.Status = Reversed
		return // the card is wiped when the screen ends
	}
	m.forget(t.Card)
}

// reversalUndelivered leaves the transaction pending, puts the next try off and
// ends a draft that waited behind it: a reversal goes before the next sale.
func (m *machine) reversalUndelivered() {
	m.backOff()
	m.triedInVain()
	if m.stage == stageWaiting {
		m.refuse(ReversalFirst)
	}
}

// triedInVain counts the tries of the oldest reversal and, when they are too
// many, prints the slip that asks a person to act. It is printed once; the tries
// go on.
func (m *machine) triedInVain() {
	if len(m.Pending) == 0 {
		return
	}
	t := m.Pending[0]
	t.Tries++
	m.setPending(0, t)
	if m.Stuck(t) && !t.Printed.Has(FaultSlip) {
		m.alarm(t)
	}
}

// alarm prints the slip that asks a person to act.
func (m *machine) alarm(t Transaction) {
	if !m.calling {
		m.calling = true
		m.do(Print{Slip: Slip{Txn: &t, Copy: FaultSlip}})
	}
}

// Stuck reports whether a pending reversal needs a person: the host refuses it,
// it was tried too often in this run, or its fault slip was printed in an earlier
// one.
func (s State) Stuck(t Transaction) bool {
	return t.Refused != "" || t.Printed.Has(FaultSlip) ||
		s.Setup.ReversalTries > 0 && int(t.Tries) >= s.Setup.ReversalTries
}

// StuckReversals is how many pending reversals need a person.
func (s State) StuckReversals() int {
	n := 0
	for _, t := range s.Pending {
		if s.Stuck(t) {
			n++
		}
	}
	return n
}

// faultSlipOut notes that the fault slip came out, so that no start prints it
// again.
func (m *machine) faultSlipOut(s Slip) {
	m.calling = false
	i := slices.IndexFunc(m.Pending, func(t Transaction) bool { return t.Key() == s.Txn.Key() })
	if i < 0 {
		if s.Txn.Status == Refused {
			m.write(RecPrinted, s.Txn.Key(), Record{Type: RecPrinted, Txn: *s.Txn, Copy: FaultSlip})
		}
		return // delivered while it was printing
	}
	t := m.Pending[i]
	t.Printed = t.Printed.With(FaultSlip)
	m.setPending(i, t)
	m.write(RecPrinted, t.Key(), Record{Type: RecPrinted, Txn: t, Copy: FaultSlip})
}

// backOff sets the time of the next try, twice as far each time.
func (m *machine) backOff() {
	pause := max(m.pause, m.Setup.ReversalPause)
	m.retryAt, m.rekeyed = m.Now.Add(pause), false
	m.pause = min(2*pause, max(m.Setup.ReversalMax, m.Setup.ReversalPause))
}
