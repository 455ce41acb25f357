package txn

import "vpos/reader"

// From the confirmed draft to its outcome: INTENT, the request, the reply, the
// outcome row, the screen.

// begin allots the trace number and puts INTENT on disk. Nothing has been sent.
func (m *machine) begin() {
	d := &m.Draft
	d.STAN, d.Batch, d.Status = m.takeSTAN(), m.Batch, Open
	d.Terminal, d.Merchant = m.Setup.Terminal, m.Setup.Merchant
	m.stage = stageIntent
	m.write(RecIntent, d.Key(), Record{Type: RecIntent, Txn: *d})
}

// sendDraft runs once INTENT is on disk.
func (m *machine) sendDraft() {
	if m.cardLeft() {
		return
	}
	d := m.Draft
	m.stage = stageSent
	r := Request{
		Op: d.Kind.Op(), STAN: d.STAN, Batch: d.Batch, At: d.At, Amount: d.Amount, Card: d.Card,
		Terminal: d.Terminal, Merchant: d.Merchant, PIN: m.pin, OTP: m.otp,
	}
	if of := d.Of; of != nil {
		r.Original = of.original()
	}
	m.send(r)
}

// answered takes the matching reply.
func (m *machine) answered(r Reply) {
	v := m.Draft
	v.Result = r.Result
	v.Status = Declined
	switch {
	case Approves(r.Code):
		v.Status = Approved
		if r.Amount.Minor != v.Amount.Minor {
			v.Asked, v.Amount = v.Amount, r.Amount
		}
	case isDuplicate(r.Code):
		// The request was sent once and arrived twice: this answers the second
		// arrival, and what became of the first nobody said.
		v.Status, v.Cause = ReversalPending, HostDuplicate
	}
	if wantsSignOn(r.Code) {
		m.Signed = false
	}
	if m.chip == chipOnline {
		m.tellCard(v, r.Field55)
		return
	}
	m.outcome(v)
}

// unansweredDraft ends the wait. Once a byte may have left, the money is unknown
// and is reversed; before that nothing was charged.
func (m *machine) unansweredDraft(written bool, cause Code) {
	m.unableOnline()
	v := m.Draft
	v.Cause, v.Status = cause, Failed
	if written {
		v.Status = ReversalPending
	}
	m.outcome(v)
}

// outcome puts what became of the draft on disk. Until it is there the draft on
// screen knows nothing of it.
func (m *machine) outcome(v Transaction) {
	m.stage, m.verdict = stageOutcome, v
	m.do(ForgetSensitive{Card: v.Card, PIN: m.pin, OTP: m.otp})
	m.asked, m.pin, m.otp = !m.otp.Empty(), reader.Secret{}, reader.Secret{}
	row := outcomeRow(v.Status)
	if v.Kind == Void && v.Status == Approved {
		m.write(row, v.Key(), Record{Type: row, Txn: v}, m.voided())
		return
	}
	if v.Kind == Settlement && v.Status == Approved { // there is no cardholder to want a copy
		m.verdict.Printed = m.verdict.Printed.With(CardholderCopy)
		m.write(row, v.Key(), Record{Type: row, Txn: v}, Record{Type: RecWaived, Txn: v, Copy: CardholderCopy})
		return
	}
	if more, yes := m.advice(&m.verdict); yes {
		m.write(row, v.Key(), Record{Type: row, Txn: v}, more)
		return
	}
	m.write(row, v.Key(), Record{Type: row, Txn: v})
}

func outcomeRow(s Status) RecordType {
	switch s {
	case Approved:
		return RecApproved
	case Declined:
		return RecDeclined
	case Failed:
		return RecFailed
	case ReversalPending:
		return RecReversalPending
	case Drafted, Open, Reversed, Voided:
	}
	return ""
}

// showOutcome runs once the outcome is on disk.
func (m *machine) showOutcome() {
	m.Draft = m.verdict
	m.stage, m.verdict, m.Problem = stageNone, Transaction{}, NoProblem
	if m.Draft.Untold {
		m.queueAdvice(m.Draft)
	}
	if m.Draft.Kind == Settlement {
		m.settlementOver()
	}
	switch m.Draft.Status {
	case Approved:
		m.Name = ApprovedShown
		if m.Sold != nil {
			m.notOwed(m.Sold.Key())
		}
		m.feed(Slip{Txn: m.Draft, Copy: MerchantCopy})
	case ReversalPending:
		m.Name = UnknownShown
		m.queueReversal(m.Draft)
	default:
		m.Name = DeclinedShown
		if codeWanted(m.Draft) {
			m.askCode(m.asked)
		}
	}
}

// outcomeLost runs when the outcome could not be written. It may not be shown,
// so whatever the host said the money counts as unknown. The INTENT on disk is
// all a reversal needs, here and after a restart.
func (m *machine) outcomeLost() {
	if m.Draft.Kind == Settlement {
		m.unsettled(DiskRecover)
		return
	}
	m.verdict = m.Draft
	m.verdict.Status, m.verdict.Cause = ReversalPending, DiskRecover
	m.showOutcome()
}

// refuse ends a draft of which nothing was sent.
func (m *machine) refuse(cause Code) {
	m.unableOnline()
	m.stage = stageNone
	m.Draft.Cause = cause
	m.do(ForgetSensitive{Card: m.Draft.Card, PIN: m.pin, OTP: m.otp})
	m.pin, m.otp = reader.Secret{}, reader.Secret{}
	if m.Frozen != nil && m.Draft.Kind == Settlement {
		m.unsettled(cause) // it was sent before, and may have happened
		return
	}
	m.Name = DeclinedShown
}
