package reader

import (
	"bytes"
	"fmt"
	"log/slog"
	"slices"
	"strings"
)

// PAN is a primary account number. It prints as ************1111 everywhere;
// Reveal gives its ASCII digits.
//
// What may be shown, its mask and its brand, is taken when it is made and
// outlives Wipe: a screen or a slip drawing an old state never touches the clear
// digits, not even to mask them.
type PAN struct {
	secret
	mask  string
	brand Brand
}

func newPAN(s secret) PAN { return PAN{secret: s, mask: Mask(s.Reveal()), brand: BrandOf(s.Reveal())} }

// ParsePAN reads a hand-keyed number: digits, full-width ones too, with spaces
// and dashes anywhere. It does not keep or wipe its argument.
//
// The faults, in the order they are looked for: [FaultPANFormat],
// [FaultPANLength] (outside 12–19), [FaultPANBrand], [FaultPANLength] (not one
// of the brand's), [FaultPANCheckDigit]. Only with [FaultPANCheckUnionPay],
// the soft one, is the number returned beside the fault.
func ParsePAN(clear []byte) (PAN, error) {
	digits, ok := keyed(clear, " -")
	if !ok {
		return PAN{}, FaultPANFormat
	}
	fault := checkPAN(digits)
	if fault != NoFault && !fault.Soft() {
		wipe(digits)
		return PAN{}, fault
	}
	pan := newPAN(own(digits))
	if fault != NoFault {
		return pan, fault
	}
	return pan, nil
}

func checkPAN(digits []byte) Fault {
	if len(digits) < minPAN || len(digits) > maxPAN {
		return FaultPANLength
	}
	brand := BrandOf(digits)
	s := brand.scheme()
	switch {
	case brand == UnknownBrand:
		return FaultPANBrand
	case !slices.Contains(s.lengths, len(digits)):
		return FaultPANLength
	case luhn(digits):
		return NoFault
	case s.soft:
		return FaultPANCheckUnionPay
	}
	return FaultPANCheckDigit
}

// RestorePAN takes digits that were accepted before (a journal row, a chip, a
// stripe) and checks only that they are 12 to 19 ASCII digits, else
// [FaultPANFormat] or [FaultPANLength]. The host, not our table, has the last
// word on ranges.
func RestorePAN(digits []byte) (PAN, error) {
	switch {
	case !allDigits(digits):
		return PAN{}, FaultPANFormat
	case len(digits) < minPAN || len(digits) > maxPAN:
		return PAN{}, FaultPANLength
	}
	return newPAN(newSecret(digits)), nil
}

// Empty reports whether there never was a number. A wiped one is not empty.
func (p PAN) Empty() bool { return p.mask == "" }

// Len is the number of digits, also of a wiped number.
func (p PAN) Len() int { return len(p.mask) }

// Last4 is the last four digits, which may be shown; empty for no PAN.
func (p PAN) Last4() string { return p.mask[max(0, len(p.mask)-4):] }

// First6Last4 is the most a report may show (PCI DSS 3.4.1). Below 14 digits
// too few would stay hidden, so the usual mask is given.
func (p PAN) First6Last4() string {
	b := p.Reveal()
	if len(b) < 14 {
		return Mask(b)
	}
	return string(b[:6]) + strings.Repeat("*", len(b)-10) + string(b[len(b)-4:])
}

// Brand is the brand of the number.
func (p PAN) Brand() Brand { return p.brand }

// Equal reports whether both are the same number; two absent ones are equal.
func (p PAN) Equal(q PAN) bool { return bytes.Equal(p.Reveal(), q.Reveal()) }

// String is the masked form, ************1111.
func (p PAN) String() string { return p.mask }

// Format prints the masked form under every verb.
func (p PAN) Format(f fmt.State, _ rune) { writeMask(f, p.String()) }

// GoString is the masked form.
func (p PAN) GoString() string { return p.String() }

// LogValue is the masked form.
func (p PAN) LogValue() slog.Value { return slog.StringValue(p.String()) }

// MarshalText is the masked form.
func (p PAN) MarshalText() ([]byte, error) { return []byte(p.String()), nil }

// MarshalJSON is the masked form.
func (p PAN) MarshalJSON() ([]byte, error) { return marshalMask(p.String()) }
