package reader

import (
	"fmt"
	"log/slog"
	"strings"
)

// CVV is a card security code. It may never be stored, not even sealed, after
// authorisation (PCI DSS 3.3.1.2). It prints as stars.
type CVV struct{ secret }

// ParseCVV reads a keyed code of the brand's length ([Brand.CodeLength]),
// full-width digits folded. Faults: [FaultCVVFormat], [FaultCVVLength].
func ParseCVV(clear []byte, brand Brand) (CVV, error) {
	digits, ok := keyed(clear, "")
	if !ok {
		return CVV{}, FaultCVVFormat
	}
	if len(digits) != brand.CodeLength() {
		wipe(digits)
		return CVV{}, FaultCVVLength
	}
	return CVV{own(digits)}, nil
}

// String is the masked form, one star a digit.
func (c CVV) String() string { return strings.Repeat("*", c.Len()) }

// Format prints the masked form under every verb.
func (c CVV) Format(f fmt.State, _ rune) { writeMask(f, c.String()) }

// GoString is the masked form.
func (c CVV) GoString() string { return c.String() }

// LogValue is the masked form.
func (c CVV) LogValue() slog.Value { return slog.StringValue(c.String()) }

// MarshalText is the masked form.
func (c CVV) MarshalText() ([]byte, error) { return []byte(c.String()), nil }

// MarshalJSON is the masked form.
func (c CVV) MarshalJSON() ([]byte, error) { return marshalMask(c.String()) }
