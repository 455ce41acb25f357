package emv

import "vpos/reader/tlv"

// The cryptogram types, P1 of GENERATE AC and the top bits of 9F27 (Book 3,
// tables 12 and 14).
const (
	acDecline = 0x00 // AAC
	acApprove = 0x40 // TC
	acOnline  = 0x80 // ARQC
	acType    = 0xC0
	acSigned  = 0x10 // P1: with a CDA signature
)

var acNames = map[byte]string{acDecline: "AAC", acApprove: "TC", acOnline: "ARQC", acType: "RFU"}

// The authorisation response codes a terminal makes itself (Book 4, A6).
var (
	codeOfflineYes = []byte("Y1")
	codeOfflineNo  = []byte("Z1")
	codeUnableYes  = []byte("Y3")
	codeUnableNo   = []byte("Z3")
)

// analyse is terminal action analysis (Book 3, 10.7): the action codes of
// issuer and terminal against the TVR, denial first.
func (k *Kernel) analyse() Request {
	k.phase = PhaseAction
	if k.acts(RuleDenial, tagIACDenial, k.app.Denial, 0x00) {
		return k.generate(acDecline)
	}
	switch t := k.cfg.Terminal; {
	case t.onlineOnly():
		k.note(RuleOnlineOnly, "")
		return k.generate(acOnline)
	case t.offlineOnly():
		k.note(RuleOfflineOnly, "")
		if k.acts(RuleDefault, tagIACDefault, k.app.Default, 0xFF) {
			return k.generate(acDecline)
		}
	case k.acts(RuleOnline, tagIACOnline, k.app.Online, 0xFF):
		return k.generate(acOnline)
	}
	k.note(RuleNone, "")
	return k.generate(acApprove)
}

// acts reports whether a bit of the TVR meets the issuer's or the terminal's
// action code, and records which bits did. An issuer action code the card does
// not have is all fill (Book 3, 10.7: zeros for denial, ones for the others).
func (k *Kernel) acts(rule Rule, tag tlv.Tag, terminal [5]byte, fill byte) bool {
	issuer := [5]byte{fill, fill, fill, fill, fill}
	if v, ok := k.data[tag]; ok {
		issuer = [5]byte(v)
	}
	if !k.tvr.meets(issuer) && !k.tvr.meets(terminal) {
		return false
	}
	k.note(rule, "iac "+k.tvr.and(issuer).String()+" tac "+k.tvr.and(terminal).String())
	return true
}

func (t TVR) and(code [5]byte) TVR {
	for i, b := range code {
		t[i] &= b
	}
	return t
}
