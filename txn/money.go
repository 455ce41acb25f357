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
	Symbol   string // what a slip prints before the amount: RMB
}

// The currencies a terminal can be set to.
var currencies = []Currency{
	{"CNY", "156", 2, "RMB"}, {"USD", "840", 2, "USD"}, {"EUR", "978", 2, "EUR"}, {"GBP", "826", 2, "GBP"},
	{"HKD", "344", 2, "HKD"}, {"MOP", "446", 2, "MOP"}, {"TWD", "901", 2, "TWD"}, {"SGD", "702", 2, "SGD"},
	{"AUD", "036", 2, "AUD"}, {"CAD", "124", 2, "CAD"}, {"CHF", "756", 2, "CHF"}, {"THB", "764", 2, "THB"},
	{"MYR", "458", 2, "MYR"}, {"INR", "356", 2, "INR"}, {"RUB", "643", 2, "RUB"}, {"BRL", "986", 2, "BRL"},
	{"JPY", "392", 0, "JPY"}, {"KRW", "410", 0, "KRW"}, {"VND", "704", 0, "VND"},
	{"KWD", "414", 3, "KWD"}, {"BHD", "048", 3, "BHD"},
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
