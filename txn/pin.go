package txn

import "vpos/reader"

// The cardholder's PIN and the bank's one-time code: what is typed for the host
// alone. Both go into one request and are wiped with the track once its outcome is
// known.

// wantsPIN reports whether the draft's card is to be confirmed by a PIN that the
// host checks: one whose stripe was read and that asks for it (the third digit of
// the service code), where the host takes PINs at all. UnionPay asks for it of every
// stripe; the cardholder may go past it.
func (m *machine) wantsPIN() bool {
	card := m.Draft.Card
	if !m.Setup.OnlinePIN || m.Draft.Kind.flow().chip != chipPays || card.Entry != reader.Swipe && card.Entry != reader.Fallback {
		return false
	}
	return card.Service.RequiresPIN() || card.Service.PrefersPIN() || card.PAN.Brand() == reader.UnionPay
}

// askPIN asks for it, behind the confirmed amount.
func (m *machine) askPIN() {
	m.Name, m.PIN, m.bypass = PINEntry, CardPIN{Tries: -1}, false
}

// pinEntered takes a PIN, or none: Enter twice in a row goes past it. Once could be
// meant for the screen before.
func (m *machine) pinEntered(text reader.Secret) {
	digits := text.Reveal()
	if m.PIN.Pad {
		m.Problem = NotHere // the reader's own keys are for it
		return
	}
	if len(digits) > 0 && !reader.IsPIN(digits) {
		m.Problem, m.bypass = PINFormat, false
		return
	}
	if len(digits) == 0 && !m.bypass {
		m.Problem, m.bypass = PINBypass, true
		return
	}
	m.bypass = false
	if m.chip == chipNone {
		m.pin, m.PIN = reader.NewSecret(digits), CardPIN{}
		m.process()
		return
	}
	m.answerCard(AnswerCard{PIN: reader.NewSecret(digits), Bypass: len(digits) == 0})
}

// codeWanted reports whether a decline is the host's question for the code it has
// sent to the cardholder. Only a keyed number can be asked about a second time: a
// track and a cryptogram are good for one request.
func codeWanted(t Transaction) bool {
	return t.Kind.Op() == OpSale && t.Status == Declined && t.Result.Code == CodeWanted && t.Card.Entry == reader.Manual
}

// askCode asks for the one-time code. The sale that wanted it is declined and stays
// so; the code goes with a new one.
func (m *machine) askCode(wrong bool) {
	d := m.Draft
	d.Card.CVV, d.Card.CVVStatus = reader.CVV{}, reader.CVVNotAsked // the code on the card went with the first
	m.Draft = Transaction{Kind: d.Kind, Amount: d.Amount, Tip: d.Tip, Card: d.Card, Approver: d.Approver}
	m.Name = OTPEntry
	if wrong {
		m.Problem = OTPWrong
	}
}

// otpEntered takes the code, four to eight digits, and asks the host again.
func (m *machine) otpEntered(text reader.Secret) {
	digits := text.Reveal()
	if !reader.IsPIN(digits) || len(digits) > 8 {
		m.Problem = OTPFormat
		return
	}
	m.otp = reader.NewSecret(digits)
	m.process()
}

// dropTyped wipes the PIN, the one-time code and the payment code.
func (m *machine) dropTyped() {
	if !m.pin.Empty() || !m.otp.Empty() || !m.paycode.Empty() {
		m.do(ForgetSensitive{PIN: m.pin, OTP: m.otp, PayCode: m.paycode})
	}
	m.pin, m.otp, m.paycode = reader.Secret{}, reader.Secret{}, reader.PayCode{}
}
