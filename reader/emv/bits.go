package emv

import "fmt"

// TVR is the terminal verification results (95; Book 3, Annex C5): what came
// out of the checks.
type TVR [5]byte

// TSI is the transaction status information (9B; Book 3, Annex C6): which
// checks were made.
type TSI [2]byte

// Bit is one bit of the TVR or the TSI: the byte in the upper half (TSI bytes
// count from 5), the mask in the lower.
type Bit uint16

// The bits of the TVR (Book 3, table 42).
const (
	NoODA         Bit = 0<<8 | 0x80 // offline data authentication was not performed
	SDAFailed     Bit = 0<<8 | 0x40
	DataMissing   Bit = 0<<8 | 0x20 // ICC data missing
	OnException   Bit = 0<<8 | 0x10 // card appears on the terminal exception file
	DDAFailed     Bit = 0<<8 | 0x08
	CDAFailed     Bit = 0<<8 | 0x04
	SDASelected   Bit = 0<<8 | 0x02
	VersionDiffer Bit = 1<<8 | 0x80 // ICC and terminal have different application versions
	Expired       Bit = 1<<8 | 0x40
	NotYet        Bit = 1<<8 | 0x20 // application not yet effective
	NotAllowed    Bit = 1<<8 | 0x10 // requested service not allowed for card product
	NewCard       Bit = 1<<8 | 0x08
	CVMFailed     Bit = 2<<8 | 0x80 // cardholder verification was not successful
	CVMUnknown    Bit = 2<<8 | 0x40 // unrecognised CVM
	PINTries      Bit = 2<<8 | 0x20 // PIN try limit exceeded
	PINPad        Bit = 2<<8 | 0x10 // PIN entry required and PIN pad not present or not working
	PINNot        Bit = 2<<8 | 0x08 // PIN entry required, PIN pad present, but PIN was not entered
	PINOnline     Bit = 2<<8 | 0x04 // online PIN entered
	OverFloor     Bit = 3<<8 | 0x80 // transaction exceeds floor limit
	OverLower     Bit = 3<<8 | 0x40 // lower consecutive offline limit exceeded
	OverUpper     Bit = 3<<8 | 0x20 // upper consecutive offline limit exceeded
	Selected      Bit = 3<<8 | 0x10 // transaction selected randomly for online processing
	Forced        Bit = 3<<8 | 0x08 // merchant forced transaction online
	TDOLDefault   Bit = 4<<8 | 0x80 // default TDOL used
	IssuerFailed  Bit = 4<<8 | 0x40 // issuer authentication failed
	ScriptBefore  Bit = 4<<8 | 0x20 // script processing failed before final GENERATE AC
	ScriptAfter   Bit = 4<<8 | 0x10 // script processing failed after final GENERATE AC
)

// The bits of the TSI (Book 3, table 43).
const (
	DidODA    Bit = 5<<8 | 0x80 // offline data authentication was performed
	DidCVM    Bit = 5<<8 | 0x40 // cardholder verification was performed
	DidCard   Bit = 5<<8 | 0x20 // card risk management was performed
	DidIssuer Bit = 5<<8 | 0x10 // issuer authentication was performed
	DidRisk   Bit = 5<<8 | 0x08 // terminal risk management was performed
	DidScript Bit = 5<<8 | 0x04 // script processing was performed
)

// Has reports whether a bit is set; a bit of the TSI is not.
func (t TVR) Has(b Bit) bool { return int(b>>8) < len(t) && t[b>>8]&byte(b) != 0 } //nolint:gosec // the low byte is meant

// Has reports whether a bit is set; a bit of the TVR is not.
func (t TSI) Has(b Bit) bool {
	i := int(b>>8) - len(TVR{})
	return i >= 0 && i < len(t) && t[i]&byte(b) != 0 //nolint:gosec // the low byte is meant
}

// String is the five bytes in hex.
func (t TVR) String() string { return fmt.Sprintf("%X", t[:]) }

// String is the two bytes in hex.
func (t TSI) String() string { return fmt.Sprintf("%X", t[:]) }

// meets reports whether any bit of an action code is set.
func (t TVR) meets(code [5]byte) bool {
	for i, b := range code {
		if t[i]&b != 0 {
			return true
		}
	}
	return false
}
