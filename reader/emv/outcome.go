package emv

import (
	"bytes"

	"vpos/reader/tlv"
)

// Result is how a transaction ended.
type Result string

// The results.
const (
	Approved   Result = "approved"
	Declined   Result = "declined"
	Terminated Result = "terminated" // no decision: nothing was approved
	Identified Result = "identified" // read only, as asked
)

// Reason says why, as a stable code the catalogue gives words and a next step.
type Reason string

// The reasons.
const (
	ReasonNone        Reason = ""
	ReasonOffline     Reason = "emv.offline"             // the card and the terminal decided
	ReasonHost        Reason = "emv.host"                // the issuer decided
	ReasonUnable      Reason = "emv.unable-online"       // no issuer: the action codes decided
	ReasonCardRefused Reason = "emv.card-refused"        // the card refused what the host approved
	ReasonSignature   Reason = "emv.cda"                 // the card's signature was wrong
	ReasonCardBlocked Reason = "emv.card-blocked"        // Book 1, 12.3.2: 6A81
	ReasonAppBlocked  Reason = "emv.application-blocked" // every application of ours is blocked
	ReasonNoApp       Reason = "emv.no-application"      // no application in common
	ReasonCancelled   Reason = "emv.cancelled"           // the cardholder chose nothing
	ReasonService     Reason = "emv.not-accepted"        // Book 1, 12.4; CID reason 1
	ReasonCardData    Reason = "emv.card-data"           // missing, doubled or malformed, Book 3, 7.5
	ReasonCardStatus  Reason = "emv.card-status"         // a status the books do not know, Book 3, 6.3.5
	ReasonTorn        Reason = "emv.torn"                // the card is gone
	ReasonInput       Reason = "emv.input"               // the transaction or the configuration cannot be
	ReasonMisuse      Reason = "emv.misuse"              // an answer nobody waited for
)

// Reasons lists every reason but none, for the test that no catalogue lacks one.
func Reasons() []Reason {
	return []Reason{
		ReasonOffline, ReasonHost, ReasonUnable, ReasonCardRefused, ReasonSignature, ReasonCardBlocked,
		ReasonAppBlocked, ReasonNoApp, ReasonCancelled, ReasonService, ReasonCardData, ReasonCardStatus,
		ReasonTorn, ReasonInput, ReasonMisuse,
	}
}

// HostState says how far the issuer was involved.
type HostState string

// The states.
const (
	HostNotAsked HostState = "not-asked"
	HostAsked    HostState = "asked"    // NeedOnline was handed out and nothing came back: it may have been asked
	HostYes      HostState = "approved" // it approved
	HostNo       HostState = "declined" // it declined
	HostNoReply  HostState = "unable"   // no valid reply
)

// ReasonCodeRefused is the ISO 8583 reason of a reversal because the card
// refused or was gone after the host approved.
const ReasonCodeRefused = "06"

// Outcome is the end of a transaction.
//
// Where Host is [HostAsked] the answer may still come: an approval that does
// must be reversed like one with Reverse set.
type Outcome struct {
	Result Result
	Reason Reason
	Host   HostState

	Reverse    bool   // the host approved and the transaction did not happen
	ReverseFor string // then [ReasonCodeRefused]
	Reversal55 []byte // field 55 of a reversal of this transaction
	Fallback   bool   // the stripe may be tried: the chip was unreadable and nothing is blocked
	Advice     bool   // the card asks for an advice

	Card      Identity
	CID       byte // 9F27 of the last cryptogram
	TVR       TVR
	TSI       TSI
	Signature bool // the slip needs the cardholder's signature
	PINGood   bool // the card or the issuer's part of the CVM was a PIN
	Field55   []byte
	Scripts   []byte // 9F5B: five bytes for every issuer script
	Script55  []byte // field 55 of the advice about them; nil where there were none

	// Facts are the data elements a slip and an explanation want, by tag: no
	// number, no track, no name.
	Facts map[tlv.Tag][]byte
	Trace []Decision

	At    string // the command on its way when it ended early
	APDUs int    // commands sent
}

// end makes the outcome, once. Where the card's final word is known, it stands,
// whatever came after it.
func (k *Kernel) end(result Result, reason Reason) Request {
	if k.outcome != nil {
		return *k.outcome
	}
	if k.final.result != "" { // the card has had its final word
		result, reason = k.final.result, k.final.reason
	}
	k.settle()
	o := Outcome{
		Result: result, Reason: reason, Host: k.host,
		Card: k.identity, CID: k.cid(), Advice: k.advice,
		Signature: k.signature && result == Approved, PINGood: k.pinGood,
		Field55: k.field55(RequestTags()), Reversal55: k.field55(ReversalTags()),
		Scripts: bytes.Clone(k.scripts), Facts: k.facts(), APDUs: k.apdus,
		TVR: k.tvr, TSI: k.tsi,
	}
	if len(k.scripts) > 0 {
		o.Script55 = k.field55(ScriptTags())
	}
	o.Fallback = result == Terminated && k.mayFallBack(reason)
	if k.host == HostYes && result != Approved && result != Identified {
		o.Reverse, o.ReverseFor = true, ReasonCodeRefused
		k.note(RuleRefused, string(reason))
	}
	if k.pending.kind == waitCard {
		o.At = k.lastCommand
	}
	o.Trace = k.trace
	k.outcome = &o
	k.wipe()
	return o
}

// mayFallBack: only a chip that could not be read, before any cryptogram was
// asked for. What is blocked never falls back.
func (k *Kernel) mayFallBack(reason Reason) bool {
	if k.generated > 0 || k.blocked {
		return false
	}
	return reason == ReasonCardData || reason == ReasonCardStatus || reason == ReasonNoApp
}

// facts copies what may be shown.
func (k *Kernel) facts() map[tlv.Tag][]byte {
	facts := map[tlv.Tag][]byte{}
	for t, v := range k.data {
		if info, known := tlv.Lookup(t); known && info.Secrecy == tlv.Open {
			facts[t] = bytes.Clone(v)
		}
	}
	return facts
}

func (k *Kernel) cid() byte {
	if v := k.data[tagCID]; len(v) == 1 {
		return v[0]
	}
	return 0
}

// wipe overwrites what the end leaves no use for. The identity goes on with the
// outcome.
func (k *Kernel) wipe() {
	k.data.wipe()
	for _, b := range [][]byte{k.signed, k.pdolData, k.cdol1, k.cdol2} {
		clear(b)
	}
	k.pinResult.wipe()
	k.wipeSecret()
	k.data, k.pending = store{}, pending{}
}
