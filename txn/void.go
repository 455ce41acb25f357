package txn

import (
	"strconv"

	"vpos/reader"
)

// The void 消费撤销: the trace number of a sale of the open batch, the sale shown,
// its amount typed, the host; a completion's void 预授权完成撤销 likewise. It takes back the whole
// amount under a trace number of its own; its APPROVED and the sale's VOIDED are one commit. A void that goes
// unanswered is itself reversed, and the sale stays charged.

// traceEntered asks for the transaction with a trace number: its slip is wanted
// again, or it is to be voided. An empty entry means the newest slip; it voids
// nothing.
func (m *machine) traceEntered(text reader.Secret) {
	var stan uint64
	if !text.Empty() || m.Draft.Kind != "" {
		var err error
		if stan, err = strconv.ParseUint(string(text.Reveal()), 10, 32); err != nil || STAN(stan) > MaxSTAN || stan == 0 {
			m.Problem = TraceFormat
			return
		}
	} else if len(m.Owed) > 0 {
		stan = uint64(m.Owed[0].STAN)
	}
	m.seeking++
	m.sought = true
	m.do(Lookup{STAN: STAN(stan)})
}

// found takes what the journal has under the number that was asked for last.
func (m *machine) found(t *Transaction) {
	m.seeking--
	if m.seeking > 0 || !m.sought || m.Name != TraceEntry {
		if t != nil {
			m.forget(t.Card) // asked for and given up since
		}
		return
	}
	m.sought = false
	if refusal := m.unfit(t); refusal != NoProblem {
		m.Problem = refusal
		if t != nil {
			m.forget(t.Card)
		}
		return
	}
	if m.Draft.Kind == "" {
		m.reprint(t)
		return
	}
	m.Sold = t
	m.Draft = Transaction{Kind: m.Draft.Kind, Amount: t.Amount, Tip: t.Tip, Card: t.Card, Wallet: t.Wallet, Payer: t.Payer, Of: t.Past(), Approver: m.Draft.Approver}
	m.Draft.Of.Amount, m.Draft.Of.Tip = t.Amount, t.Tip
	m.Draft.Card.CVVStatus = reader.CVVNotAsked // the code went with the sale
	m.Draft.Card.Chip = t.Card.Chip.Named()     // and so did the cryptogram
	m.next()
}

// unfit is why the transaction that was looked up is not what the draft wants, or
// nothing.
func (m *machine) unfit(t *Transaction) Code {
	switch m.Draft.Kind {
	case Void, CompletionVoid:
		return m.voidable(t)
	case Tip:
		return m.tippable(t)
	default:
		return m.reprintable(t)
	}
}

// original is how a message names what a void takes back.
func (p *Past) original() *Original {
	if p == nil {
		return nil
	}
	return &Original{Op: p.Kind.Op(), STAN: p.STAN, Batch: p.Batch, At: p.At, AuthCode: p.AuthCode, RRN: p.RRN}
}

// voidable is why a transaction cannot be voided, or nothing.
func (m *machine) voidable(t *Transaction) Code {
	switch {
	case t == nil || t.Card.PAN.Empty() && !t.Kind.QR():
		return TraceUnknown
	case t.Status == Voided:
		return VoidAlready
	case t.Status == Open || t.Status == ReversalPending:
		return VoidPending
	case m.Draft.Kind.Takes(t.Kind) && t.Status == Approved:
		return NoProblem
	case m.Draft.Kind == CompletionVoid:
		return VoidNotDone
	}
	return VoidNotSale
}

// voided is the row that ends the sale of an approved void.
func (m *machine) voided() Record {
	sale := *m.Sold
	sale.Status = Voided
	return Record{Type: RecVoided, Txn: sale}
}

// sameCard takes a card presented to confirm a void: it must be the sale's.
func (m *machine) sameCard(card reader.Card) {
	if !card.PAN.Equal(m.Draft.Card.PAN) {
		m.Problem = VoidOtherCard
		m.forget(card)
		return
	}
	m.forget(m.Draft.Card)
	m.Problem, m.Draft.Card, m.shown = NoProblem, card, true
}
