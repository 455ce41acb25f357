package txn

import "vpos/reader"

// Payment by a wallet's code, against a simulated host only: the terminal scans the
// code that the customer shows 扫码付款, or shows one that the customer pays 出示二维码.
// Either is a sale without a card, and all of a sale's law holds: INTENT before the first
// byte, and before the code is on the screen; unanswered, it is reversed; a void takes it
// back by naming it. A refund by reference wants a card, and there is none.

// payCodeEntered takes the payment code that was scanned or keyed.
func (m *machine) payCodeEntered(text reader.Secret) {
	code, err := reader.ParsePayCode(text.Reveal())
	if err != nil {
		m.Problem = faultCode(err)
		return
	}
	m.paycode = code
	m.Draft.Wallet, m.Draft.Payer = code.Wallet(), code.Last4()
	m.next()
}

// sign notes on a draft about to be begun how it is paid where no card pays it.
func (m *machine) sign() {
	if m.Draft.Kind.QR() {
		m.Draft.Card = reader.Card{Entry: reader.QR}
	}
}

// dropPayCode wipes the payment code: the request that carries it is with the link, which
// reads it before it is told to wipe it. Nothing sends it again.
func (m *machine) dropPayCode() {
	if !m.paycode.Empty() {
		m.do(ForgetSensitive{PayCode: m.paycode})
	}
	m.paycode = reader.PayCode{}
}

// ByCode reports whether a wallet paid, or is to pay, and no card: a void is as what it
// takes back was.
func (t *Transaction) ByCode() bool { return t.Kind.QR() || t.Card.Entry == reader.QR }

// Payable is the order that a customer may pay now, by the code on the screen; empty
// where there is none. It is there only while the request is on the link: INTENT is on
// disk, and nobody can pay what the terminal might forget.
func (s *State) Payable() string {
	if s.Name != Processing || s.Draft.Kind != Show || s.stage != stageSent {
		return ""
	}
	return s.Draft.Order()
}
