package host

import (
	"fmt"

	"vpos/reader"
	"vpos/txn"
)

// The response codes of a settlement in dialects that compare with one: 95 asks
// for the batch's transactions.
const unequalCode = "95"

// compared gives the reply to a settlement a response code, where the dialect
// says the comparison with one.
func (m *content) compared() {
	if !m.comparesByCode() || m.result.Code != "" {
		return
	}
	switch m.answer.Domestic {
	case txn.BatchBalanced:
		m.result.Code = approvedCode
	case txn.BatchUnequal, txn.BatchCompareErr:
		m.result.Code = unequalCode
	case txn.NotCompared:
	}
}

// judged is the way back.
func (m *content) judged(r *txn.Reply) {
	if !m.comparesByCode() {
		return
	}
	switch r.Code {
	case approvedCode:
		r.Domestic = txn.BatchBalanced
	case unequalCode:
		r.Domestic = txn.BatchUnequal
	}
}

func (m *content) comparesByCode() bool {
	settles := m.row.spec.Op == txn.OpSettle || m.row.spec.Op == txn.OpUploadEnd
	return settles && !m.row.holding(HoldsDomestic, true) && m.row.holding(HoldsResponse, true)
}

// spread puts the one transaction of an upload's message into the message's own
// fields.
func (m *content) spread() error {
	if len(m.request.Details) != 1 {
		return fmt.Errorf("%s operation %q: one transaction a message: %w", m.codec.profile.Name, m.row.spec.Op, ErrRange)
	}
	d := m.request.Details[0]
	m.request.Original = &txn.Original{Op: d.Op, STAN: d.STAN, At: d.At, AuthCode: d.AuthCode, RRN: d.RRN}
	m.request.Amount = d.Amount
	m.request.Card = reader.Card{PAN: d.PAN}
	return nil
}

// gathered is the way back.
func gathered(r txn.Request) txn.Request {
	d := txn.Detail{Amount: r.Amount, PAN: r.Card.PAN}
	if o := r.Original; o != nil {
		d.Op, d.STAN, d.At, d.AuthCode, d.RRN = o.Op, o.STAN, o.At, o.AuthCode, o.RRN
	}
	r.Details = []txn.Detail{d}
	r.Original, r.Amount, r.Card = nil, txn.Money{}, reader.Card{}
	return r
}
