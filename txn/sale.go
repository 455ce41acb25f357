package txn

import "vpos/reader"

// From the confirmed draft to its outcome: INTENT, the request, the reply, the
// outcome row, the screen.

// begin allots the trace number and puts INTENT on disk. Nothing has been sent.
func (m *machine) begin() {
	if m.Draft.Kind.Told() {
		m.take()
		return
	}
	m.stamp()
	m.stage = stageIntent
	m.write(RecIntent, m.Draft.Key(), Record{Type: RecIntent, Txn: m.Draft})
}

// stamp gives the draft its trace number and what else a row must have.
func (m *machine) stamp() {
	d := &m.Draft
	d.STAN, d.Batch, d.Status = m.takeSTAN(), m.Batch, Open
	d.Terminal, d.Merchant, d.Operator = m.Setup.Terminal, m.Setup.Merchant, m.Operator
	m.sign()
	m.Count++
}

// sendDraft runs once INTENT is on disk.
func (m *machine) sendDraft() {
	if m.cardLeft() {
		return
	}
	m.stage = stageSent
	r := m.Draft.request(m.pin, m.otp)
	r.PayCode = m.paycode
	m.send(r)
	m.dropPayCode()
}

// request is the message that asks for a transaction.
func (t *Transaction) request(pin, otp reader.Secret) Request {
	r := Request{
		Op: t.Kind.Op(), STAN: t.STAN, Batch: t.Batch, At: t.At, Amount: t.Amount, Tip: t.Tip, Card: t.Card,
		Terminal: t.Terminal, Merchant: t.Merchant, Operator: t.Operator, Phone: t.Kind == Phone, PIN: pin, OTP: otp,
		Original: t.Of.original(),
	}
	if t.Kind == Show {
		r.Order = t.Order()
	}
	if t.Kind == Offline {
		r.Original = &Original{Op: OpSale, AuthCode: t.Result.AuthCode}
	}
	return r
}

// answered takes the matching reply.
func (m *machine) answered(r Reply) {
	v := m.Draft
	v.Result = r.Result
	v.Status = Declined
	switch {
	case Approves(r.Code):
		v.Status = Approved
		m.Left = r.Balance
		if v.Kind == Show {
			v.Wallet = r.Wallet
		}
		if v.Kind.flow().side == Debit && r.Amount.Minor != v.Amount.Minor {
			v.Asked, v.Amount = v.Amount, r.Amount
		}
	case isDuplicate(r.Code):
		// The request was sent once and arrived twice: this answers the second
		// arrival, and what became of the first nobody said.
		v.Status, v.Cause = v.Kind.unknown(), HostDuplicate
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
		v.Status = v.Kind.unknown()
	}
	m.outcome(v)
}

// unknown is the status of a transaction that left and was not answered.
func (k Kind) unknown() Status {
	switch k.flow().lost {
	case lostAsked:
		return Asking
	case lostDropped:
		return Failed
	default:
		return ReversalPending
	}
}

// outcome puts what became of the draft on disk. Until it is there the draft on
// screen knows nothing of it.
func (m *machine) outcome(v Transaction) {
	m.stage, m.verdict = stageOutcome, v
	m.do(ForgetSensitive{Card: v.Card, PIN: m.pin, OTP: m.otp})
	m.asked, m.pin, m.otp = !m.otp.Empty(), reader.Secret{}, reader.Secret{}
	row := outcomeRow(v.Status)
	if v.Kind.Voids() && v.Status == Approved {
		m.write(row, v.Key(), Record{Type: row, Txn: v}, m.voided())
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
	case Asking:
		return RecAsking
	case Drafted, Open, Reversed, Voided, Refused:
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
		if m.Draft.Kind.Voids() {
			m.notOwed(m.Sold.Key())
		}
		if m.Draft.Kind.Copies() != 0 {
			m.feed(m.slip(MerchantCopy))
		}
	case ReversalPending:
		m.Name = UnknownShown
		m.queueReversal(m.Draft)
	case Asking:
		m.Name = UnknownShown
		m.queueAdvice(m.Draft)
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
	if m.Draft.Kind.Told() { // nothing of it is on disk, and nobody was told
		m.Draft.Status = Drafted
		m.refuse(DiskFailed)
		return
	}
	m.verdict = m.Draft
	m.verdict.Status, m.verdict.Cause = m.Draft.Kind.unknown(), DiskRecover
	m.showOutcome()
}

// refuse ends a draft of which nothing was sent.
func (m *machine) refuse(cause Code) {
	m.unableOnline()
	m.stage = stageNone
	m.Draft.Cause = cause
	m.do(ForgetSensitive{Card: m.Draft.Card, PIN: m.pin, OTP: m.otp, PayCode: m.paycode})
	m.pin, m.otp, m.paycode = reader.Secret{}, reader.Secret{}, reader.PayCode{}
	if m.Frozen != nil && m.Draft.Kind == Settlement {
		m.unsettled(cause) // it was sent before, and may have happened
		return
	}
	m.Name = DeclinedShown
}
