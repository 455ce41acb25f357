package txn

import (
	"slices"

	"vpos/reader"
)

// The settlement 结算: what the batch comes to, its net typed once more, the host compares. Where the
// two agree the batch is closed; where they do not, every transaction is uploaded and
// the host compares once more. A mismatch never closes a batch by itself.
//
// A settlement is a transaction like any other: its INTENT, on disk before the first
// byte leaves, freezes the totals; its APPROVED closes the batch. One that goes
// unanswered is neither reversed nor forgotten: the batch stays frozen, and the same
// message is sent again, with the same number and totals, until the host has said.

// settles reports whether an operation is part of a settlement.
func settles(o Op) bool { return o == OpSettle || o == OpUpload || o == OpUploadEnd }

// reckon shows what is to be settled: what the journal has, or the totals of a
// settlement that may have happened.
func (m *machine) reckon() {
	m.Draft.Kind = Settlement
	if m.Frozen != nil {
		m.Draft = *m.Frozen
		return
	}
	m.seeking++
	m.do(Reckon{})
}

// reckoned takes what the journal found.
func (m *machine) reckoned(e Reckoned) {
	m.seeking--
	switch {
	case m.Name != Settle || m.seeking > 0:
	case e.Failed:
		m.Problem = DiskFailed
	case e.Totals == (Totals{}):
		m.Problem = BatchEmpty
	default:
		sum := e.Totals.Sum()
		m.Draft.Totals = &e.Totals
		m.Draft.Amount = Money{Minor: sum.Debits.Minor - sum.Credits.Minor, Currency: m.Setup.Currency}
	}
}

// settleConfirmed takes the figure of the batch; Enter alone where there is nothing to
// settle.
func (m *machine) settleConfirmed(text reader.Secret) {
	m.Problem = m.unconfirmed(text)
	switch {
	case m.Problem != NoProblem:
	case m.Draft.Totals == nil:
		m.reckon() // there was nothing, or it could not be read: look again
	case m.Frozen != nil:
		m.Since, m.Name, m.stage = m.Now, Processing, stageWaiting
		m.pump()
	default:
		m.process()
	}
}

// askSettlement sends the totals, the same each time, once the settlement's INTENT is
// on disk. From here on the batch takes nothing more.
func (m *machine) askSettlement() {
	m.stage = stageSent
	m.Draft.Attempts++
	m.Frozen = &Transaction{}
	*m.Frozen = m.Draft
	m.send(m.settlementRequest(OpSettle))
}

func (m *machine) settlementRequest(op Op) Request {
	d := m.Draft
	r := Request{
		Op: op, STAN: d.STAN, Batch: d.Batch, At: d.At, Amount: Money{Currency: d.Amount.Currency},
		Terminal: d.Terminal, Merchant: d.Merchant,
	}
	if op != OpUpload {
		r.Totals = d.Totals
	}
	return r
}

// settlementReplied goes on by what the host said.
func (m *machine) settlementReplied(op Op, r Reply) {
	if wantsSignOn(r.Code) {
		m.Signed = false
	}
	unequal := r.Code == "95" || differs(r.Domestic) || differs(r.Foreign)
	yes := !unequal && (Approves(r.Code) || r.Code == "" && r.Domestic == BatchBalanced)
	switch {
	case op == OpSettle && unequal:
		m.stage = stageBatch
		m.do(ListBatch{})
	case op == OpUpload && yes:
		m.uploadNext()
	case op == OpUpload: // nothing is decided: the batch is compared anew, from the beginning
		m.unsettled(BatchDiffers)
	case comesBack(r.Code), !yes && !unequal && (m.Draft.Attempts > 1 || isDuplicate(r.Code)):
		m.unsettled(HostRefused) // an earlier message may have closed the batch
	default:
		v := m.Draft
		v.Result, v.Status = r.Result, Declined
		if yes {
			v.Status = Approved
		}
		if unequal {
			v.Cause = BatchDiffers
		}
		m.outcome(v)
	}
}

func differs(b Balanced) bool { return b == BatchUnequal || b == BatchCompareErr }

// listed takes the batch as the journal has it, to be uploaded.
func (m *machine) listed(e Listed) {
	switch {
	case m.stage != stageBatch:
		m.do(ForgetList{Details: e.Details})
	case e.Failed:
		m.unsettled(DiskFailed)
	default:
		m.upload = e.Details
		m.uploadNext()
	}
}

// uploadNext sends the next part of the batch, and after the last one the totals once
// more.
func (m *machine) uploadNext() {
	m.stage = stageSent
	if len(m.upload) == 0 {
		m.send(m.settlementRequest(OpUploadEnd))
		return
	}
	n := min(max(m.Setup.UploadSize, 1), len(m.upload))
	r := m.settlementRequest(OpUpload)
	r.Details = slices.Clone(m.upload[:n])
	m.upload = m.upload[n:]
	m.send(r)
	m.do(ForgetList{Details: r.Details}) // the link has read them by then
}

// settlementUnanswered ends an exchange without a reply. Only a first message of
// which nothing left is known not to have happened.
func (m *machine) settlementUnanswered(op Op, written bool, cause Code) {
	if v := m.Draft; op == OpSettle && !written && v.Attempts == 1 {
		v.Status, v.Cause = Failed, cause
		m.outcome(v)
		return
	}
	m.unsettled(cause)
}

// unsettled leaves the batch frozen.
func (m *machine) unsettled(cause Code) {
	m.dropUpload()
	m.stage, m.verdict = stageNone, Transaction{}
	m.Draft.Status, m.Draft.Cause = Open, cause
	m.Name = UnknownShown
}

// settlementOver runs once its outcome is on disk: the batch is closed, or open again.
func (m *machine) settlementOver() {
	m.dropUpload()
	m.Frozen = nil
	if m.Draft.Status == Approved {
		m.Batch, m.Count = m.Draft.Batch.Next(), 0
	}
}

func (m *machine) dropUpload() {
	if len(m.upload) > 0 {
		m.do(ForgetList{Details: m.upload})
	}
	m.upload = nil
}
