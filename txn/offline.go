package txn

import "vpos/reader"

// What happens at the till without the host, which is told of it afterwards: the sale
// 离线消费 that the bank has approved by voice, and the tip on top of a sale.

// Referred reports whether a sale was declined because the bank wants to speak first,
// and may be taken with the code that it gives by voice.
func (s State) Referred() bool {
	d := &s.Draft
	return s.Name == DeclinedShown && (d.Kind == Sale || d.Kind == Phone) && ClassOf(d.Result.Code) == ClassCall &&
		!d.Card.PAN.Empty()
}

// byVoice makes an offline sale of one that the bank wants to speak about first: same
// card, same amount, and the code the bank gives.
func (m *machine) byVoice() {
	d := m.Draft
	card := d.Card
	if pan, err := reader.RestorePAN(d.Card.PAN.Reveal()); err == nil { // an advice of the sale may still wipe its own
		card.PAN = pan
	}
	if !d.Untold {
		m.forget(d.Card)
	}
	card.Chip = card.Chip.Named()
	m.Draft = Transaction{Kind: Offline, Amount: d.Amount, Tip: d.Tip, Basket: d.Basket, Card: card}
	m.next()
}

// take is the whole of what happens at the till: begun, approved and to be told, in one
// commit. Nothing needs the link.
func (m *machine) take() {
	m.stamp()
	v := m.Draft
	begun := Record{Type: RecIntent, Txn: v}
	v.Status, v.Untold = Approved, true
	rows := []Record{begun, {Type: RecApproved, Txn: v}, {Type: RecAdvice, Txn: v}}
	if v.Kind == Tip {
		rows = append(rows, m.adjusted(v.Amount, v.Tip))
	}
	m.stage, m.verdict = stageOutcome, v
	m.do(ForgetSensitive{Card: v.Card, PIN: m.pin, OTP: m.otp})
	m.write(RecApproved, v.Key(), rows...)
}

// adjusted is the row that gives a sale another amount.
func (m *machine) adjusted(amount, tip Money) Record {
	sale := *m.Sold
	sale.Amount, sale.Tip = amount, tip
	return Record{Type: RecAdjusted, Txn: sale}
}
