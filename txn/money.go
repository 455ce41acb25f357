package txn

import (
	"cmp"
	"fmt"
	"strconv"
	"strings"
)

// MaxMinor is the largest amount ISO 8583 field 4 (n12) holds, in minor units.
const MaxMinor = 999_999_999_999

// Currency is an ISO 4217 currency: its number, ISO 8583 field 49. Zero is none. It is
// this small because a transaction names one at each of its amounts.
type Currency uint16

// unreadable is a currency that somebody named by what is no number.
const unreadable Currency = 0xffff

// standard is what ISO 4217 says of a currency.
type standard struct {
	number   Currency
	code     string // three letters: CNY
	exponent int    // decimal digits of the minor unit: 0, 2 or 3
}

// The currencies a terminal can be set to.
var currencies = []standard{
	{156, "CNY", 2}, {840, "USD", 2}, {978, "EUR", 2}, {826, "GBP", 2},
	{344, "HKD", 2}, {446, "MOP", 2}, {901, "TWD", 2}, {702, "SGD", 2},
	{36, "AUD", 2}, {124, "CAD", 2}, {756, "CHF", 2}, {764, "THB", 2},
	{458, "MYR", 2}, {356, "INR", 2}, {643, "RUB", 2}, {986, "BRL", 2},
	{392, "JPY", 0}, {410, "KRW", 0}, {704, "VND", 0},
	{414, "KWD", 3}, {48, "BHD", 3},
}

// CurrencyByCode finds a currency a terminal can be set to by its letters (CNY) or
// digits (156).
func CurrencyByCode(code string) (Currency, bool) {
	for _, c := range currencies {
		if strings.EqualFold(c.code, code) || c.number.Number() == code {
			return c.number, true
		}
	}
	return 0, false
}

// CurrencyNumbered is the currency with three digits, known or not; zero for no digits
// at all. What is not three digits is a currency like no other.
func CurrencyNumbered(digits string) Currency {
	if digits == "" {
		return 0
	}
	n, err := strconv.ParseUint(digits, 10, 16)
	if err != nil || len(digits) != 3 {
		return unreadable
	}
	return Currency(n)
}

// CurrencyCodes lists the letters of every currency known, for messages.
func CurrencyCodes() []string {
	codes := make([]string, len(currencies))
	for i, c := range currencies {
		codes[i] = c.code
	}
	return codes
}

func (c Currency) standard() standard {
	for i := range currencies {
		if currencies[i].number == c {
			return currencies[i]
		}
	}
	return standard{}
}

// Code is its three letters; empty for one that is not known.
func (c Currency) Code() string { return c.standard().code }

// Number is its three digits; empty for none.
func (c Currency) Number() string {
	if c == 0 || c == unreadable {
		return ""
	}
	return fmt.Sprintf("%03d", uint16(c))
}

// Exponent is how many decimal digits its minor unit has: 0, 2 or 3, and 0 for one that
// is not known.
func (c Currency) Exponent() int { return c.standard().exponent }

// String is its letters, or its digits.
func (c Currency) String() string { return cmp.Or(c.Code(), c.Number()) }

// unit is ten to the exponent: how many minor units make one major unit.
func (c Currency) unit() int64 {
	u := int64(1)
	for range c.Exponent() {
		u *= 10
	}
	return u
}

// Money is an amount in minor units of its currency. No float ever touches it.
type Money struct {
	Minor    int64
	Currency Currency
}

// Decimal is the amount with its decimal point and no grouping: 12.34, 1234, 1.234.
func (m Money) Decimal() string {
	if m.Minor < 0 {
		return "-" + Money{-m.Minor, m.Currency}.Decimal()
	}
	if m.Currency.Exponent() == 0 {
		return strconv.FormatInt(m.Minor, 10)
	}
	u := m.Currency.unit()
	return fmt.Sprintf("%d.%0*d", m.Minor/u, m.Currency.Exponent(), m.Minor%u)
}

// Grouped is Decimal with thousands separated by commas: 1,234,567.89.
func (m Money) Grouped() string {
	whole, frac, point := strings.Cut(m.Decimal(), ".")
	sign := ""
	if strings.HasPrefix(whole, "-") {
		sign, whole = "-", whole[1:]
	}
	for i := len(whole) - 3; i > 0; i -= 3 {
		whole = whole[:i] + "," + whole[i:]
	}
	if point {
		return sign + whole + "." + frac
	}
	return sign + whole
}

// String is the letters of the currency and the decimal amount: CNY 12.34.
func (m Money) String() string { return m.Currency.Code() + " " + m.Decimal() }

// ISO is the twelve digits of ISO 8583 field 4.
func (m Money) ISO() string { return fmt.Sprintf("%012d", m.Minor) }
