package emv

import (
	"bytes"
	"encoding/binary"
)

// The cardholder verification methods, the low six bits of a CVM code (Book 3,
// table 39).
const (
	cvmFail           = 0x00
	cvmPlainPIN       = 0x01
	cvmOnlinePIN      = 0x02
	cvmPlainPINSign   = 0x03
	cvmCipherPIN      = 0x04
	cvmCipherPINSign  = 0x05
	cvmSignature      = 0x1E
	cvmNone           = 0x1F
	cvmMethod         = 0x3F
	cvmApplyNext      = 0x40 // go on with the next rule if this one fails
	cvmNotPerformed   = 0x3F // 9F34 byte 1 where nothing was
	cvmResultUnknown  = 0
	cvmResultFailed   = 1
	cvmResultSuccess  = 2
	capPlainPIN       = 0x80 // 9F33 byte 2 (Book 4, table 26)
	capOnlinePIN      = 0x40
	capSignature      = 0x20
	capCipherPIN      = 0x10
	capNoCVM          = 0x08
	pinMethodsMaximum = cvmCipherPINSign
)

// rule is one cardholder verification rule (Book 3, 10.5).
type rule struct{ code, condition byte }

func (r rule) method() byte   { return r.code & cvmMethod }
func (r rule) String() string { return hexed([]byte{r.code, r.condition}) }

// pin and cipher tell the methods with a PIN, and with one enciphered for the card.
func (r rule) pin() bool {
	return r.method() >= cvmPlainPIN && r.method() <= pinMethodsMaximum
}
func (r rule) cipher() bool    { return r.method() == cvmCipherPIN || r.method() == cvmCipherPINSign }
func (r rule) signs() bool     { return r.method() == cvmPlainPINSign || r.method() == cvmCipherPINSign }
func (r rule) onlinePIN() bool { return r.method() == cvmOnlinePIN }

// verification is what cardholder verification keeps.
type verification struct {
	results   [3]byte // 9F34
	performed bool    // results tell of a method, not of none
	rules     []rule
	amountX   int64
	amountY   int64
	signature bool
	pinGood   bool
	pinOnline bool
	pinState
}

// verify is Book 3, 10.5.
func (k *Kernel) verify() Request {
	k.phase = PhaseCVM
	k.results = [3]byte{cvmNotPerformed, 0, 0} // Book 4, 6.3.4.5
	list, ok := k.data[tagCVMList]
	switch {
	case !k.supports(aipCVM):
		k.note(RuleCVMOff, "")
		return k.manageRisk()
	case ok && (len(list) < 8 || len(list)%2 != 0):
		return k.badTag(tagCVMList)
	case !ok || len(list) == 8:
		k.note(RuleCVMList, "", DataMissing)
		return k.manageRisk()
	}
	k.amountX = int64(binary.BigEndian.Uint32(list))
	k.amountY = int64(binary.BigEndian.Uint32(list[4:]))
	for list = list[8:]; len(list) > 0; list = list[2:] {
		k.rules = append(k.rules, rule{code: list[0], condition: list[1]})
	}
	return k.tryRule(0)
}

// tryRule applies the first rule from the i-th on whose condition holds.
func (k *Kernel) tryRule(i int) Request {
	for i < len(k.rules) && !k.holds(k.rules[i]) {
		k.note(RuleCVMSkip, k.rules[i].String())
		i++
	}
	if i >= len(k.rules) {
		k.note(RuleCVMEnd, "", CVMFailed, DidCVM)
		return k.verified()
	}
	r := k.rules[i]
	switch {
	case !recognised(r.method()):
		k.note(RuleCVMUnknown, r.String(), CVMUnknown)
		return k.ruleFailed(i)
	case !k.canDo(r.method()):
		if r.pin() && !k.canDo(r.pinOnly()) {
			k.note(RuleCVMCannot, r.String(), PINPad)
		} else {
			k.note(RuleCVMCannot, r.String())
		}
		return k.ruleFailed(i)
	}
	return k.apply(i)
}

// apply performs a method the terminal has.
func (k *Kernel) apply(i int) Request {
	r := k.rules[i]
	switch r.method() {
	case cvmFail:
		return k.methodFailed(i)
	case cvmNone:
		return k.methodDone(i, cvmResultSuccess)
	case cvmSignature:
		k.signature = true
		return k.methodDone(i, cvmResultUnknown)
	case cvmOnlinePIN:
		return k.askPIN(i)
	}
	return k.startOfflinePIN(i)
}

// methodDone ends cardholder verification well.
func (k *Kernel) methodDone(i int, result byte) Request {
	r := k.rules[i]
	k.results, k.performed = [3]byte{r.code, r.condition, result}, true
	k.note(RuleCVMDone, r.String(), DidCVM)
	return k.verified()
}

// methodFailed records a method that was performed and failed.
func (k *Kernel) methodFailed(i int) Request {
	r := k.rules[i]
	k.results, k.performed = [3]byte{r.code, r.condition, cvmResultFailed}, true
	return k.ruleFailed(i)
}

// ruleFailed goes on with the next rule where the code says so; else the
// cardholder was not verified.
func (k *Kernel) ruleFailed(i int) Request {
	r := k.rules[i]
	if r.code&cvmApplyNext != 0 {
		k.note(RuleCVMFail, r.String())
		return k.tryRule(i + 1)
	}
	k.note(RuleCVMFail, r.String(), CVMFailed, DidCVM)
	return k.verified()
}

// verified goes on, 9F34 complete: where no method was performed it says that
// none was, and that this is a failure (Book 4, 6.3.4.5).
func (k *Kernel) verified() Request {
	if !k.performed {
		k.results = [3]byte{cvmNotPerformed, 0, cvmResultFailed}
	}
	return k.manageRisk()
}

// recognised are the methods of Book 3, table 39; the rest belongs to schemes
// and issuers.
func recognised(method byte) bool {
	return method <= pinMethodsMaximum || method == cvmSignature || method == cvmNone
}

// pinOnly is the PIN part of a method that also wants a signature.
func (r rule) pinOnly() byte {
	switch r.method() {
	case cvmPlainPINSign:
		return cvmPlainPIN
	case cvmCipherPINSign:
		return cvmCipherPIN
	}
	return r.method()
}

// canDo reports whether the terminal has a method (9F33 byte 2).
func (k *Kernel) canDo(method byte) bool {
	t := k.cfg.Terminal
	switch method {
	case cvmFail:
		return true
	case cvmPlainPIN:
		return t.can(1, capPlainPIN)
	case cvmOnlinePIN:
		return t.can(1, capOnlinePIN)
	case cvmPlainPINSign:
		return t.can(1, capPlainPIN) && t.can(1, capSignature)
	case cvmCipherPIN:
		return t.can(1, capCipherPIN)
	case cvmCipherPINSign:
		return t.can(1, capCipherPIN) && t.can(1, capSignature)
	case cvmSignature:
		return t.can(1, capSignature)
	case cvmNone:
		return t.can(1, capNoCVM)
	}
	return false
}

// holds reports whether the condition of a rule is met (Book 3, table 40); one
// that is not known is not met.
func (k *Kernel) holds(r rule) bool {
	cash, back := k.txn.Type == TypeCash, k.txn.Type == TypeCashback || k.txn.Other > 0
	unattended := k.cfg.Terminal.unattended()
	switch r.condition {
	case 0x00:
		return true
	case 0x01:
		return cash && unattended
	case 0x02:
		return !cash && !back
	case 0x03:
		return k.canDo(r.method())
	case 0x04:
		return cash && !unattended
	case 0x05:
		return back
	case 0x06, 0x07, 0x08, 0x09:
		return k.amountHolds(r.condition)
	}
	return false
}

// amountHolds are the conditions about the amount, for transactions in the
// currency of the application only.
func (k *Kernel) amountHolds(condition byte) bool {
	if !bytes.Equal(k.data[tagAppCurrency], k.data[tagCurrency]) {
		return false
	}
	switch condition {
	case 0x06:
		return k.txn.Amount < k.amountX
	case 0x07:
		return k.txn.Amount > k.amountX
	case 0x08:
		return k.txn.Amount < k.amountY
	}
	return k.txn.Amount > k.amountY
}
