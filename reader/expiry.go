package reader

import (
	"fmt"
	"log/slog"
	"time"
)

// Expiry is the last month a card is valid in. Printed by any verb or encoder
// it is **/** because it is cardholder data (PCI DSS, table of account data);
// YYMM and MMYY are the deliberate clear forms. Expiries compare with ==.
//
// Keep it in exported fields: fmt cannot ask a value in an unexported field
// how it wants to be printed.
type Expiry struct {
	Year  int // four digits; 0 when there is no expiry
	Month int // 1–12; 0 when there is no expiry
}

// farYears is how many years ahead an expiry is still believed.
const farYears = 20

// ParseExpiry reads a keyed expiry as it stands on the card: MMYY, or MM/YY
// (a dash or space does too), full-width digits folded. now decides what is
// past, in its own location.
//
// Faults: [FaultExpiryFormat] and [FaultExpiryMonth] come with a zero date;
// [FaultExpirySwapped], [FaultExpiryPast] and [FaultExpiryFar] come with the
// date they are about, so that a screen can show or propose it. Year first is
// told by a month that does not exist where the other order gives a card that
// is valid today.
func ParseExpiry(clear []byte, now time.Time) (Expiry, error) {
	digits, ok := keyed(clear, "/- ")
	if !ok || len(digits) != 4 {
		return Expiry{}, FaultExpiryFormat
	}
	first, second := two(digits[:2]), two(digits[2:])
	wipe(digits)
	asKeyed := Expiry{Year: century(second), Month: first}
	swapped := Expiry{Year: century(first), Month: second}
	switch {
	case asKeyed.valid() && asKeyed.Expired(now):
		return asKeyed, FaultExpiryPast
	case asKeyed.valid() && asKeyed.far(now):
		return asKeyed, FaultExpiryFar
	case asKeyed.valid():
		return asKeyed, nil
	case swapped.valid() && !swapped.Expired(now) && !swapped.far(now):
		return swapped, FaultExpirySwapped
	}
	return Expiry{}, FaultExpiryMonth
}

// ParseYYMM reads exactly four ASCII digits, year first, as a stripe, a chip
// and ISO 8583 field 14 have them. Faults: [FaultExpiryFormat],
// [FaultExpiryMonth]. Whether the date is past is not asked here.
func ParseYYMM(digits []byte) (Expiry, error) {
	if len(digits) != 4 || !allDigits(digits) {
		return Expiry{}, FaultExpiryFormat
	}
	e := Expiry{Year: century(two(digits[:2])), Month: two(digits[2:])}
	if !e.valid() {
		return Expiry{}, FaultExpiryMonth
	}
	return e, nil
}

// century places a two-digit year: 00–49 is 20xx, 50–99 is 19xx (EMV Book 4,
// 6.7.3).
func century(yy int) int {
	if yy < 50 {
		return 2000 + yy
	}
	return 1900 + yy
}

func two(b []byte) int { return int(b[0]-'0')*10 + int(b[1]-'0') }

func (e Expiry) valid() bool { return e.Month >= 1 && e.Month <= 12 }

// months counts months from year 0, for comparing.
func (e Expiry) months() int { return e.Year*12 + e.Month }

func monthsOf(t time.Time) int { return t.Year()*12 + int(t.Month()) }

func (e Expiry) far(now time.Time) bool { return e.months() > monthsOf(now)+farYears*12 }

// IsZero reports whether there is no expiry.
func (e Expiry) IsZero() bool { return e == Expiry{} }

// Expired reports whether the month is over at now, in now's location: a card
// is good through the last day of its month. No expiry has not expired.
func (e Expiry) Expired(now time.Time) bool { return !e.IsZero() && e.months() < monthsOf(now) }

// YYMM is the clear form of ISO 8583 field 14; empty for no expiry.
func (e Expiry) YYMM() string { return e.clear(e.Year%100, e.Month) }

// MMYY is the clear form as printed on the card; empty for no expiry.
func (e Expiry) MMYY() string { return e.clear(e.Month, e.Year%100) }

func (e Expiry) clear(first, second int) string {
	if e.IsZero() {
		return ""
	}
	return fmt.Sprintf("%02d%02d", first, second)
}

// String is the masked form, **/**; empty for no expiry.
func (e Expiry) String() string {
	if e.IsZero() {
		return ""
	}
	return "**/**"
}

// Format prints the masked form under every verb.
func (e Expiry) Format(f fmt.State, _ rune) { writeMask(f, e.String()) }

// GoString is the masked form.
func (e Expiry) GoString() string { return e.String() }

// LogValue is the masked form.
func (e Expiry) LogValue() slog.Value { return slog.StringValue(e.String()) }

// MarshalText is the masked form.
func (e Expiry) MarshalText() ([]byte, error) { return []byte(e.String()), nil }

// MarshalJSON is the masked form.
func (e Expiry) MarshalJSON() ([]byte, error) { return marshalMask(e.String()) }
