package decktest

import (
	"vpos/reader/deck/issuer"
	"vpos/reader/emv"
)

// The outcomes of the table, in words. TVR and TSI are hex.

// issuerSaid is an approval or refusal of the issuer that the card agreed with.
func issuerSaid(yes bool, tvr, tsi string) Want {
	w := Want{Result: emv.Declined, Reason: emv.ReasonHost, Host: emv.HostNo, TVR: tvr, TSI: tsi, CID: 0x00}
	if yes {
		w.Result, w.Host, w.CID = emv.Approved, emv.HostYes, 0x40
	}
	return w
}

// offline is a decision without the issuer.
func offline(yes bool, tvr, tsi string) Want {
	w := Want{Result: emv.Declined, Reason: emv.ReasonOffline, TVR: tvr, TSI: tsi}
	if yes {
		w.Result, w.CID = emv.Approved, 0x40
	}
	return w
}

// unable is a decision because the issuer did not answer.
func unable(yes bool, tvr, tsi string) Want {
	w := offline(yes, tvr, tsi)
	w.Reason, w.Host = emv.ReasonUnable, emv.HostNoReply
	return w
}

// refused is a card that declines what the issuer approved: a reversal.
func refused(tvr, tsi string) Want {
	return Want{
		Result: emv.Declined, Reason: emv.ReasonCardRefused, Host: emv.HostYes, TVR: tvr, TSI: tsi, Reverse: true,
	}
}

// ended is a transaction that came to no decision.
func ended(reason emv.Reason, tvr, tsi string) Want {
	return Want{Result: emv.Terminated, Reason: reason, TVR: tvr, TSI: tsi}
}

// unsigned is a card whose signature with its cryptogram was wrong.
func unsigned(tvr, tsi string) Want {
	return Want{Result: emv.Declined, Reason: emv.ReasonSignature, TVR: tvr, TSI: tsi}
}

// afterApproval is a transaction that came to no decision after the issuer had
// approved: a reversal.
func afterApproval(reason emv.Reason, tvr, tsi string) Want {
	w := ended(reason, tvr, tsi)
	w.Host, w.CID, w.Reverse = emv.HostYes, 0x80, true
	return w
}

// signed is with a line for the signature.
func (w Want) signed() Want { w.Signature = true; return w }

// by is with these results of cardholder verification (9F34).
func (w Want) by(cvm string) Want { w.CVM = cvm; return w }

// onlinePIN is with a PIN for the issuer.
func (w Want) onlinePIN() Want { w.OnlinePIN = true; return w }

// none is with no PIN tries left.
func (w Want) none() Want { w.Tries = NoTries; return w }

// used is with the application of this label.
func (w Want) used(label string) Want { w.Label = label; return w }

// found is with a fault the issuer found in the cryptogram.
func (w Want) found(f issuer.Fault) Want { w.ARQC = f; return w }

// script is with these script results (9F5B).
func (w Want) script(results string) Want { w.Scripts = results; return w }

// stripe is with the stripe allowed instead.
func (w Want) stripe() Want { w.Fallback = true; return w }

// torn is with the command that was on its way.
func (w Want) torn(at string) Want { w.At = at; return w }
