package sim

import (
	"bytes"
	"crypto/subtle"
	"time"

	"vpos/reader"
	"vpos/txn"
)

// The issuer: whether a cardholder may have what is asked.

// asks reports whether the issuer is asked, and so may be made to refuse in the
// ordinary way: with a row of the refusal.
func asks(op txn.Op) bool {
	switch op {
	case txn.OpSale, txn.OpQR, txn.OpAuth, txn.OpVoid, txn.OpIncrement, txn.OpAuthVoid, txn.OpComplete, txn.OpCompleteVoid,
		txn.OpRefund, txn.OpBalance:
		return true
	default:
		return false
	}
}

// sound reports whether a request makes sense, and else answers it.
func (l *Ledger) sound(r *txn.Request, v *Verdict) bool {
	switch {
	case r.Amount.Currency.Code() == "":
		v.Reply.Code = CodeInvalid
	case r.Amount.Minor <= 0:
		v.Reply.Code = CodeAmount
	case r.Op == txn.OpQR:
		return codeFits(r, v)
	case r.Card.PAN.Empty():
		v.Reply.Code = CodeNoCard
	default:
		return true
	}
	return false
}

// judge is the issuer's answer to a request that asks for money: the chip, the
// card, the cardholder, the funds, and then what the amount wants for practice.
func (l *Ledger) judge(now time.Time, r *txn.Request, a Account, v *Verdict) {
	card := l.card(a)
	switch {
	case !genuine(r, v):
		v.Reply.Code = CodeNotHonoured
	case l.order.Code != "":
		v.Reply.Code = l.order.Code
	case card.Answer != "" && !txn.Approves(card.Answer):
		v.Reply.Code = card.Answer
	case !l.identified(now, r, a, v), !l.affords(r, a, v):
	case l.byAmount && v.Reply.Code == CodeApproved:
		v.Reply.Code, v.Delivery = outcome(r.Amount)
	}
	if v.Reply.Code == CodeApproved && card.Answer != "" {
		v.Reply.Code = card.Answer
	}
}

// identified reports whether the cardholder is who they should be, as far as they
// were asked, and else answers.
func (l *Ledger) identified(now time.Time, r *txn.Request, a Account, v *Verdict) bool {
	if r.PIN.Empty() && r.OTP.Empty() && !l.order.OTP && !l.card(a).Code {
		return true
	}
	was := l.attempts[a]
	if was.day != dayOf(now) {
		was.pin = 0
	}
	if pin := r.PIN.Reveal(); len(pin) > 0 {
		switch {
		case !isPIN(pin):
			v.Reply.Code, v.Reply.Want = CodePINBlock, txn.WantSignOn
			return false
		case was.pin >= maxAttempts:
			v.Reply.Code = CodePINBlocked
			return false
		case subtle.ConstantTimeCompare(pin, []byte(l.card(a).PIN)) != 1:
			v.marks |= MarkPINWrong
			v.Reply.Code = CodePIN
			if was.pin+1 >= maxAttempts {
				v.Reply.Code = CodePINBlocked
			}
			return false
		}
		v.marks |= MarkPINRight
	}
	code := r.OTP.Reveal()
	switch {
	case len(code) == 0 && r.Op == txn.OpSale && (l.order.OTP || l.card(a).Code):
		v.Reply.Code = txn.CodeWanted
		return false
	case len(code) == 0:
	case subtle.ConstantTimeCompare(code, []byte(TestOTP)) != 1:
		v.marks |= MarkOTPWrong
		v.Reply.Code = txn.CodeWanted
		if was.otp+1 >= maxAttempts {
			v.Reply.Code = CodeNotHonoured
		}
		return false
	default:
		v.marks |= MarkOTPRight
	}
	return true
}

// isPIN reports whether a PIN is one: 4 to 12 digits (ISO 9564-1). A codec gives
// something else for a PIN block that does not open.
func isPIN(pin []byte) bool {
	return len(pin) >= 4 && len(pin) <= 12 && len(bytes.Trim(pin, "0123456789")) == 0
}

// affords reports whether the account bears the amount, and answers: 00, or 10
// with a part of it, or a refusal.
func (l *Ledger) affords(r *txn.Request, a Account, v *Verdict) bool {
	card := l.card(a)
	asked := r.Amount.Minor
	left := l.available(a, r.Amount.Currency)
	v.Reply.Code = CodeApproved
	switch {
	case card.Limit > 0 && asked > scale(card.Limit, r.Amount.Currency):
		v.Reply.Code = CodeLimit
	case l.order.Partial && r.Op == txn.OpSale && asked > 1 && left >= asked/2:
		v.part(asked, asked/2)
	case left >= asked:
	case card.Partial && r.Op == txn.OpSale && left > 0:
		v.part(asked, left)
	default:
		v.Reply.Code = CodeFunds
	}
	return txn.Approves(v.Reply.Code)
}

// part approves a part of what was asked.
func (v *Verdict) part(asked, part int64) {
	v.Reply.Code, v.Reply.Amount.Minor, v.asked = CodePartial, part, asked
}

// abroad reports whether a scheme's cards count as foreign: all but the domestic
// one's.
func abroad(b reader.Brand) bool { return b != reader.UnionPay && b != reader.UnknownBrand }

// organisations is the card organisation in three letters, field 63 of a reply
// (K).
var organisations = map[reader.Brand]string{
	reader.UnionPay: "CUP", reader.Visa: "VIS", reader.Mastercard: "MCC", reader.Maestro: "MAE",
	reader.JCB: "JCB", reader.Diners: "DCC", reader.Amex: "AMX",
}

// institution is the code of issuer and acquirer, field 44: a number of no bank.
const institution = "99990000"

func notes(b reader.Brand) txn.Notes {
	return txn.Notes{Issuer: institution, Acquirer: institution, Organisation: organisations[b]}
}
