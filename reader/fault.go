package reader

import (
	"errors"
	"slices"
)

// Fault is a stable code for something wrong with what was keyed, swiped or
// pasted. It is an error by itself and is usually found at the end of a wrapped
// chain that says where (the track, the byte); [FaultOf] takes it out. The
// catalogue gives each code its words and its next step. No fault, and no error
// of this room, ever carries a digit of a card.
type Fault string

// NoFault is the zero value: nothing is wrong.
const NoFault Fault = ""

// The faults of a card number. All are hard stops but [FaultPANCheckUnionPay].
const (
	FaultPANFormat     Fault = "pan.format"      // something else than digits, spaces and dashes
	FaultPANLength     Fault = "pan.length"      // too few or too many digits for the brand
	FaultPANBrand      Fault = "pan.brand"       // in no known range
	FaultPANCheckDigit Fault = "pan.check-digit" // fails the check of ISO/IEC 7812-1 annex B

	// FaultPANCheckUnionPay is soft: some genuine UnionPay cards fail the check
	// digit. The number comes with the fault: warn, have it keyed twice, then
	// let the host decide.
	FaultPANCheckUnionPay Fault = "pan.check-unionpay"
)

// The faults of an expiry date.
const (
	FaultExpiryFormat  Fault = "expiry.format"  // not four digits
	FaultExpiryMonth   Fault = "expiry.month"   // no such month
	FaultExpirySwapped Fault = "expiry.swapped" // year first; the date comes with the fault, put right
	FaultExpiryPast    Fault = "expiry.past"    // the month is over
	FaultExpiryFar     Fault = "expiry.far"     // more than 20 years ahead
)

// The faults of a card security code.
const (
	FaultCVVFormat Fault = "cvv.format" // something else than digits
	FaultCVVLength Fault = "cvv.length" // not the brand's number of digits
)

// The faults of a payment code.
const (
	FaultPayCodeFormat Fault = "paycode.format" // something else than digits
	FaultPayCodeLength Fault = "paycode.length" // too few or too many digits
	FaultPayCodeWallet Fault = "paycode.wallet" // of no wallet we know
)

// The faults of a stripe.
const (
	FaultSwipeMalformed    Fault = "swipe.malformed"     // not what ISO/IEC 7813 puts on a stripe, or cut short
	FaultSwipeLRC          Fault = "swipe.lrc"           // the check character is wrong: a bad read
	FaultSwipeMismatch     Fault = "swipe.mismatch"      // tracks 1 and 2 name different cards
	FaultSwipeKeyboard     Fault = "swipe.keyboard"      // an input method or another keyboard layout garbled it
	FaultSwipeNoTrack      Fault = "swipe.no-track"      // neither track 1 nor track 2 carries a card
	FaultSwipeChipRequired Fault = "swipe.chip-required" // the service code says the card has a chip
)

var faults = []Fault{
	FaultPANFormat, FaultPANLength, FaultPANBrand, FaultPANCheckDigit, FaultPANCheckUnionPay,
	FaultExpiryFormat, FaultExpiryMonth, FaultExpirySwapped, FaultExpiryPast, FaultExpiryFar,
	FaultCVVFormat, FaultCVVLength,
	FaultPayCodeFormat, FaultPayCodeLength, FaultPayCodeWallet,
	FaultSwipeMalformed, FaultSwipeLRC, FaultSwipeMismatch, FaultSwipeKeyboard, FaultSwipeNoTrack,
	FaultSwipeChipRequired,
}

// Error is the code itself.
func (f Fault) Error() string { return string(f) }

// Soft reports whether a person may go on after confirming.
func (f Fault) Soft() bool { return f == FaultPANCheckUnionPay }

// Faults lists every fault this room can answer with, in a fixed order.
func Faults() []Fault { return slices.Clone(faults) }

// FaultOf finds the fault in a wrapped error; [NoFault] when there is none.
func FaultOf(err error) Fault {
	f, ok := errors.AsType[Fault](err)
	if !ok {
		return NoFault
	}
	return f
}
