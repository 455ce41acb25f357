package sim

import "vpos/txn"

// The response codes the simulator gives (ISO 8583 field 39).
const (
	CodeApproved    = "00"
	CodePartial     = "10" // a part of the amount is approved
	CodeReferral    = "01" // call the bank
	CodeNotHonoured = "05" // a chip card whose cryptogram is wrong; a one-time code wrong too often
	CodeInvalid     = "12" // an operation or currency it does not know; the original of a tombstone
	CodeAmount      = "13" // no amount
	CodeNoCard      = "14" // no card number
	CodeTooLate     = "22" // it would change a batch that is settled
	CodeNoOriginal  = "25" // a reversal of what never came: acknowledged, with a tombstone; no such original
	CodeFormat      = "30" // a settlement without totals
	CodeFunds       = "51"
	CodePIN         = "55" // wrong, and may be tried again
	CodeLimit       = "61" // more than may be: of the card, of what was charged or held
	CodeMismatch    = "64" // another amount, merchant or card than the original's: not done
	CodePINBlocked  = "75" // wrong too often
	CodeBatch       = "77" // the batch is settled: sign on again
	CodeDuplicate   = "94" // terminal, batch and STAN were used before
	CodeUnequal     = "95" // the totals of the batch differ
	CodeStranger    = "97" // a terminal without a master key
	CodePINBlock    = "99" // the PIN block cannot be opened: sign on again
	CodeMAC         = "A0" // the MAC is wrong: sign on again
)

// Delivery is what becomes of a reply.
type Delivery uint8

// The deliveries.
const (
	Prompt Delivery = iota
	Late            // after the terminal has given up
	Never           // made, and lost
)

// The endings with a meaning of their own. Both are approved and charged, so
// that the reversal the terminal sends is what puts the money right: a host
// that charges and is not heard is the nasty case.
const (
	endingNever = 98
	endingLate  = 99
)

// endings is the code an amount's last two digits choose, by minor units modulo
// 100 in every currency, whatever its exponent. Others approve.
var endings = func() (codes [100]string) {
	for i := range codes {
		codes[i] = CodeApproved
	}
	for n, code := range map[int]string{
		1: "01", 4: "04", 5: "05", 14: "14", 41: "41", 43: "43", 51: "51", 54: "54", 55: "55",
		57: "57", 61: "61", 62: "62", 65: "65", 75: "75", 77: "77", 91: "91", 96: "96",
	} {
		codes[n] = code
	}
	return codes
}()

// outcome is the code and delivery an amount chooses.
func outcome(m txn.Money) (string, Delivery) {
	switch ending := m.Minor % 100; ending {
	case endingNever:
		return CodeApproved, Never
	case endingLate:
		return CodeApproved, Late
	default:
		return endings[ending], Prompt
	}
}
