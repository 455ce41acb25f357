package reader

import (
	"strings"

	"pgregory.net/rapid"
)

// Published test numbers, by brand.
var testPANs = map[Brand][]string{
	Visa:       {"4111111111111111", "4012888888881881", "4222222222222"},
	Mastercard: {"5555555555554444", "5105105105105100", "2223003122003222"},
	Amex:       {"378282246310005", "371449635398431"},
	Diners:     {"30569309025904", "38520000023237"},
	Discover:   {"6011111111111117", "6011000990139424"},
	JCB:        {"3530111333300000", "3566002020360505"},
	UnionPay:   {"6224242900000113", "6205500000000000004"},
	Maestro:    {"6759649826438453"},
}

// badUnionPay fails the check digit.
const badUnionPay = "6224242900000114"

// withCheck replaces the last digit by the right check digit.
func withCheck(digits string) string {
	body := digits[:len(digits)-1]
	for c := '0'; c <= '9'; c++ {
		if s := body + string(c); luhn([]byte(s)) {
			return s
		}
	}
	panic("no check digit")
}

// drawPAN makes a number of a brand with a body of zeros but for three digits,
// which no issuer gives out.
func drawPAN(t *rapid.T) string {
	row := rapid.SampledFrom(ranges).Draw(t, "range")
	length := rapid.SampledFrom(row.brand.Lengths()).Draw(t, "length")
	tail := rapid.StringMatching(`[0-9]{3}`).Draw(t, "tail")
	return withCheck(row.low + strings.Repeat("0", length-len(row.low)-4) + tail + "0")
}
