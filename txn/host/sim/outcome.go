package sim

import "vpos/txn"

// The response codes the simulator gives (ISO 8583 field 39).
const (
	CodeApproved    = "00"
	CodeNotHonoured = "05" // a chip card whose cryptogram is wrong
	CodeInvalid     = "12" // an operation or currency it does not know; the original of a tombstone
	CodeAmount      = "13" // no amount
	CodeNoCard      = "14" // no card number
	CodeNoOriginal  = "25" // a reversal of what never came: acknowledged, with a tombstone
	CodeMismatch    = "64" // a reversal of another amount or merchant: not done
	CodeDuplicate   = "94" // terminal, batch and STAN were used before
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
