package txn

import (
	"maps"
	"slices"
)

// Class is what a response code (ISO 8583 field 39) asks of whoever stands at
// the till.
type Class string

// The classes.
const (
	ClassUnknown   Class = ""           // a code of nobody's table: the transaction failed
	ClassApproved  Class = "approved"   // the money moved
	ClassCall      Class = "call"       // the bank wants to speak first
	ClassKeep      Class = "keep-card"  // the card is wanted back, if that is safe
	ClassCard      Class = "other-card" // this card will not do
	ClassFunds     Class = "funds"      // the amount is too much for it
	ClassPIN       Class = "pin-again"  // the PIN was wrong
	ClassPINStop   Class = "pin-stop"   // too often
	ClassChip      Class = "chip"       // insert it instead
	ClassProof     Class = "proof"      // the holder has a one-time code to tell
	ClassLater     Class = "later"      // the same again in a while
	ClassSetup     Class = "set-up"     // the merchant's or the terminal's, not the card's
	ClassOriginal  Class = "original"   // what is taken back or completed does not fit
	ClassBatch     Class = "batch"      // terminal and host are in different batches
	ClassDuplicate Class = "duplicate"  // the host has had this one
	ClassKeys      Class = "keys"       // PIN or MAC keys are out of step
)

// Classes lists every class but [ClassUnknown], for tables and tests.
func Classes() []Class {
	return []Class{
		ClassApproved, ClassCall, ClassKeep, ClassCard, ClassFunds, ClassPIN, ClassPINStop, ClassChip, ClassProof,
		ClassLater, ClassSetup, ClassOriginal, ClassBatch, ClassDuplicate, ClassKeys,
	}
}

// response is what the machine knows of one response code.
type response struct {
	class  Class
	undone bool // of a reversal: nothing is charged either way
	passes bool // a refusal of the moment: the same message may be taken later
	signOn bool // and the host wants a sign-on before it
}

// responses is every code of two characters that a host is known to give: ISO
// 8583:1987, A.17, and UnionPay's own (A0 to A6, 1A, and other meanings of some).
// The catalogue has the words of each.
var responses = map[string]response{
	"00": {class: ClassApproved, undone: true},
	"08": {class: ClassApproved}, // after checking the holder
	"10": {class: ClassApproved}, // in part
	"11": {class: ClassApproved}, // VIP
	"A2": {class: ClassApproved}, // these four: confirm with the issuer later
	"A4": {class: ClassApproved},
	"A5": {class: ClassApproved},
	"A6": {class: ClassApproved},

	"01": {class: ClassCall}, "02": {class: ClassCall}, "60": {class: ClassCall}, "66": {class: ClassCall},

	"04": {class: ClassKeep}, "07": {class: ClassKeep}, "33": {class: ClassKeep}, "34": {class: ClassKeep},
	"35": {class: ClassKeep}, "36": {class: ClassKeep}, "37": {class: ClassKeep}, "41": {class: ClassKeep},
	"43": {class: ClassKeep}, "67": {class: ClassKeep},

	"05": {class: ClassCard}, "14": {class: ClassCard}, "15": {class: ClassCard}, "21": {class: ClassCard},
	"40": {class: ClassCard}, "54": {class: ClassCard}, "57": {class: ClassCard}, "59": {class: ClassCard},
	"62": {class: ClassCard}, "78": {class: ClassCard},

	"51": {class: ClassFunds}, "61": {class: ClassFunds}, "65": {class: ClassFunds},

	"55": {class: ClassPIN},
	"38": {class: ClassPINStop}, "75": {class: ClassPINStop},
	"45":       {class: ClassChip},
	CodeWanted: {class: ClassProof},

	"09": {class: ClassLater, passes: true}, // in progress
	"19": {class: ClassLater, passes: true}, // enter again
	"68": {class: ClassLater, passes: true}, // answered too late
	"90": {class: ClassLater},               // the day changes over
	"91": {class: ClassLater, passes: true}, // issuer off
	"92": {class: ClassLater, passes: true}, // no route
	"96": {class: ClassLater, passes: true}, // system fault
	"98": {class: ClassLater, passes: true}, // no answer from the issuer

	"12": {class: ClassSetup, undone: true}, // it cannot reverse that
	"03": {class: ClassSetup}, "13": {class: ClassSetup}, "30": {class: ClassSetup}, "58": {class: ClassSetup},
	"76": {class: ClassSetup}, "89": {class: ClassSetup}, "97": {class: ClassSetup},

	"25": {class: ClassOriginal, undone: true}, // it never had the original
	"22": {class: ClassOriginal}, "64": {class: ClassOriginal},

	"77": {class: ClassBatch, passes: true, signOn: true},
	"95": {class: ClassBatch},
	"94": {class: ClassDuplicate},

	"99": {class: ClassKeys, passes: true, signOn: true}, // the PIN key
	"A0": {class: ClassKeys, passes: true, signOn: true}, // the MAC key
	"63": {class: ClassKeys}, "88": {class: ClassKeys},   // the same with some hosts
}

// base36 is how many digits and capitals there are: what a code is written in.
const base36 = 10 + 26

// byCode is responses by the place of a code, for a look-up that every reply makes
// several times.
var byCode = func() (list [base36 * base36]response) {
	for code, r := range responses {
		list[digit36(code[0])*base36+digit36(code[1])] = r
	}
	return list
}()

// responseTo is what is known of a code; nothing of one that is not in the table.
func responseTo(code string) response {
	if len(code) != 2 {
		return response{}
	}
	a, b := digit36(code[0]), digit36(code[1])
	if a < 0 || b < 0 {
		return response{}
	}
	return byCode[a*base36+b]
}

func digit36(c byte) int {
	switch {
	case '0' <= c && c <= '9':
		return int(c - '0')
	case 'A' <= c && c <= 'Z':
		return int(c-'A') + 10
	}
	return -1
}

// ResponseCodes lists every code of the table, in order.
func ResponseCodes() []string { return slices.Sorted(maps.Keys(responses)) }

// ClassOf is what a code asks for; of one with three digits, what the code of
// two with its [Meaning] does.
func ClassOf(code string) Class { return responseTo(Meaning(code)).class }

// Approves reports whether a response code means the money moved: 00, 08
// approved after checking the holder, 10 approved in part, 11 VIP, and UnionPay's
// A2, A4, A5 and A6, which ask to confirm with the issuer later.
func Approves(code string) bool { return responseTo(code).class == ClassApproved }

// isDuplicate reports whether the host says it has had this trace number before:
// 94. That is no outcome: the first to bear the number may have been charged.
func isDuplicate(code string) bool { return responseTo(code).class == ClassDuplicate }

// acknowledgesReversal reports whether the host has taken a reversal as done:
// 00, or it never had the original (25) or cannot reverse it (12), so nothing is
// charged either way.
func acknowledgesReversal(code string) bool { return responseTo(code).undone }

// Undoes reports whether a code, in the answer to a reversal, means that nothing is
// charged.
func Undoes(code string) bool { return acknowledgesReversal(code) }

// comesBack reports whether a refusal is of the moment: the same message may be
// taken later.
func comesBack(code string) bool { return responseTo(code).passes }

// wantsSignOn reports whether the host asks for a new sign-on: 77 the batch does
// not agree, 99 the PIN block key and A0 the MAC key are out of step.
func wantsSignOn(code string) bool { return responseTo(code).signOn }
