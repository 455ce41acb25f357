package sim

import (
	"bytes"
	"encoding/hex"

	"vpos/reader"
	"vpos/reader/deck/issuer"
	"vpos/reader/tlv"
	"vpos/txn"
)

// The issuer of the virtual cards: what the host makes of field 55.

// ring is the issuer's keys: those of the virtual cards.
var ring = issuer.TestRing()

// tagAmount is the amount the card signed, twelve digits.
const tagAmount tlv.Tag = 0x9F02

// genuine verifies the cryptogram of a chip card, and that what it signed is the
// amount of the message. It leaves the session for the answer in the verdict.
// Without a chip there is nothing to verify.
func genuine(r *txn.Request, v *Verdict) bool {
	if r.Card.Chip == nil {
		return true
	}
	found, good := verify(r, v, ring.Verify)
	if v.Fault == issuer.Good {
		v.issuer = &found.Session
	}
	return good
}

// verify checks a cryptogram by one of the issuer's ways.
func verify(r *txn.Request, v *Verdict, by func(reader.PAN, int, []byte) (issuer.Verified, issuer.Fault)) (issuer.Verified, bool) {
	chip := r.Card.Chip
	if chip == nil {
		return issuer.Verified{}, true
	}
	found, fault := by(r.Card.PAN, chip.Sequence, chip.Field55)
	if fault != issuer.Good {
		v.Fault = fault
		return found, false
	}
	signed, _ := hex.DecodeString(r.Amount.ISO())
	return found, bytes.Equal(found.Values[tagAmount], signed)
}

// answerCard puts the issuer's cryptogram into the reply.
func answerCard(v *Verdict) {
	if v.issuer == nil {
		return
	}
	v.Reply.Field55 = v.issuer.Respond([2]byte([]byte(v.Reply.Code)), txn.Approves(v.Reply.Code))
}

// The ways in which the issuer's part of a reply may be special.

// scriptID is 9F18 of the simulator's scripts.
var scriptID = [4]byte{0, 0, 0, 1}

// spoilCard changes field 55 of a reply as a fault wants it.
func spoilCard(name FaultName, v *Verdict) {
	s := v.issuer
	if s == nil {
		return
	}
	code, yes := [2]byte([]byte(v.Reply.Code)), txn.Approves(v.Reply.Code)
	switch name {
	case FaultNoARPC:
		v.Reply.Field55 = nil
	case FaultBadARPC:
		v.Reply.Field55 = bytes.Clone(v.Reply.Field55)
		v.Reply.Field55[2] ^= 0xFF // the first byte of tag 91's value
	case FaultScript71, FaultScript72:
		v.Reply.Field55 = s.Respond(code, yes, s.Script(name == FaultScript71, scriptID, issuer.UnblockPIN()))
	case FaultBadScript:
		script := s.Script(false, scriptID, issuer.UnblockPIN())
		script[len(script)-1] ^= 0xFF // its MAC
		v.Reply.Field55 = s.Respond(code, yes, script)
	default:
	}
}
