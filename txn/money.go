package txn

import (
	"fmt"
	"strconv"
	"strings"
)

// MaxMinor is the largest amount ISO 8583 field 4 (n12) holds, in minor units.
const MaxMinor = 999_999_999_999

// Currency is an ISO 4217 currency.
type Currency struct {
	Code     string // three letters: CNY
	Number   string // three digits, ISO 8583 field 49: 156
	Exponent int    // decimal digits of the minor unit: 0, 2 or 3
}

// The currencies a terminal can be set to.
var currencies = []Currency{
	{"CNY", "156", 2}, {"USD", "840", 2}, {"EUR", "978", 2}, {"GBP", "826", 2},
	{"HKD", "344", 2}, {"MOP", "446", 2}, {"TWD", "901", 2}, {"SGD", "702", 2},
	{"AUD", "036", 2}, {"CAD", "124", 2}, {"CHF", "756", 2}, {"THB", "764", 2},
	{"MYR", "458", 2}, {"INR", "356", 2}, {"RUB", "643", 2}, {"BRL", "986", 2},
	{"JPY", "392", 0}, {"KRW", "410", 0}, {"VND", "704", 0},
	{"KWD", "414", 3}, {"BHD", "048", 3},
}

// CurrencyByCode finds a currency by its letters (CNY) or digits (156).
func CurrencyByCode(code string) (Currency, bool) {
	for _, c := range currencies {
		if strings.EqualFold(c.Code, code) || c.Number == code {
			return c, true
		}
	}
	return Currency{}, false
}

// CurrencyCodes lists the letters of every currency known, for messages.
func CurrencyCodes() []string {
	codes := make([]string, len(currencies))
	for i, c := range currencies {
		codes[i] = c.Code
	}
	return codes
}

// unit is ten to the exponent: how many minor units make one major unit.
func (c Currency) unit() int64 {
	u := int64(1)
	for range c.Exponent {
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
	if m.Currency.Exponent == 0 {
		return strconv.FormatInt(m.Minor, 10)
	}
	u := m.Currency.unit()
	return fmt.Sprintf("%d.%0*d", m.Minor/u, m.Currency.Exponent, m.Minor%u)
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
func (m Money) String() string { return m.Currency.Code + " " + m.Decimal() }

// ISO is the twelve digits of ISO 8583 field 4.
func (m Money) ISO() string { return fmt.Sprintf("%012d", m.Minor) }
