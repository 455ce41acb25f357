package txn

import (
	"math/big"
	"strings"
)

// maxAmountEntry bounds an entry before it is looked at: nobody types more.
const maxAmountEntry = 64

// ParseAmount reads what a cashier typed. Digits alone shift in from the right
// (1234 is 12.34 in a currency with two decimals); an entry with a point or an
// operator is in major units (12.5 is 12.50; 3*4.50+2 is 15.50). The operators
// are + - * and ×, products first. A product is rounded half up to the minor
// unit; nothing else is rounded.
//
// The code is NoProblem, or says what is wrong: AmountFormat, AmountZero,
// AmountNegative, AmountFraction or AmountTooLarge (over max, or over [MaxMinor]
// when max is zero).
func ParseAmount(text string, c Currency, limit int64) (Money, Code) {
	text = foldAmount(text)
	if text == "" {
		return Money{}, AmountZero
	}
	if len(text) > maxAmountEntry {
		return Money{}, AmountTooLarge
	}
	if limit == 0 || limit > MaxMinor {
		limit = MaxMinor
	}
	var minor int64
	var code Code
	if strings.Trim(text, "0123456789") == "" {
		minor = wholeMinor(text)
	} else {
		minor, code = evaluated(text, c)
	}
	if code != NoProblem {
		return Money{}, code
	}
	switch {
	case minor < 0:
		return Money{}, AmountNegative
	case minor == 0:
		return Money{}, AmountZero
	case minor > limit:
		return Money{}, AmountTooLarge
	}
	return Money{Minor: minor, Currency: c}, NoProblem
}

// wholeMinor reads digits and nothing else; what is larger than field 4 holds is
// as large as any.
func wholeMinor(digits string) int64 {
	n := int64(0)
	for _, d := range []byte(digits) {
		if n = 10*n + int64(d-'0'); n > MaxMinor {
			return n
		}
	}
	return n
}

// evaluated is evaluate in a machine's integer; what does not fit is as large as
// any.
func evaluated(text string, c Currency) (int64, Code) {
	minor, code := evaluate(text, c)
	switch {
	case code != NoProblem:
		return 0, code
	case minor.IsInt64():
		return minor.Int64(), NoProblem
	case minor.Sign() < 0:
		return -1, NoProblem
	}
	return MaxMinor + 1, NoProblem
}

// foldAmount drops spaces and a trailing =, and turns the full-width and
// typographic forms an input method produces into ASCII.
func foldAmount(text string) string {
	text = strings.Map(func(r rune) rune {
		switch {
		case r >= '０' && r <= '９':
			return r - '０' + '0'
		case r == ' ' || r == '\u3000' || r == '\t':
			return -1
		case r == '．' || r == '。':
			return '.'
		case r == '×' || r == '＊' || r == 'x' || r == 'X':
			return '*'
		case r == '＋':
			return '+'
		case r == '－' || r == '−':
			return '-'
		case r == '＝':
			return '='
		}
		return r
	}, text)
	return strings.TrimSuffix(text, "=")
}

// evaluate computes a sum of products in major units and returns minor units.
func evaluate(text string, c Currency) (*big.Int, Code) {
	total := new(big.Rat)
	for text != "" {
		sign := int64(1)
		switch text[0] {
		case '-':
			sign, text = -1, text[1:]
		case '+':
			text = text[1:]
		}
		term := text
		if i := strings.IndexAny(text, "+-"); i >= 0 {
			term, text = text[:i], text[i:]
		} else {
			text = ""
		}
		if text == "+" || text == "-" {
			return nil, AmountFormat
		}
		value, code := product(term, c)
		if code != NoProblem {
			return nil, code
		}
		total.Add(total, new(big.Rat).Mul(value, big.NewRat(sign, 1)))
	}
	scaled := total.Mul(total, new(big.Rat).SetInt64(c.unit()))
	return scaled.Num(), NoProblem // each term is whole minor units, so the denominator is 1
}

// product multiplies the factors of one term. A single factor must be exact in
// the currency; a product is rounded half up.
func product(term string, c Currency) (*big.Rat, Code) {
	factors := strings.Split(term, "*")
	value := big.NewRat(1, 1)
	for _, f := range factors {
		n, ok := decimal(f)
		if !ok {
			return nil, AmountFormat
		}
		value.Mul(value, n)
	}
	unit := new(big.Rat).SetInt64(c.unit())
	minor := new(big.Rat).Mul(value, unit)
	if minor.IsInt() {
		return value, NoProblem
	}
	if len(factors) == 1 {
		return nil, AmountFraction
	}
	half := new(big.Int).Add(new(big.Int).Mul(minor.Num(), big.NewInt(2)), minor.Denom())
	rounded := half.Div(half, new(big.Int).Mul(minor.Denom(), big.NewInt(2)))
	return value.SetFrac(rounded, big.NewInt(c.unit())), NoProblem
}

// decimal reads digits with at most one point and at least one digit.
func decimal(text string) (*big.Rat, bool) {
	digits := strings.Replace(text, ".", "", 1)
	if digits == "" || strings.Trim(digits, "0123456789") != "" {
		return nil, false
	}
	if strings.HasPrefix(text, ".") {
		text = "0" + text
	}
	return new(big.Rat).SetString(strings.TrimSuffix(text, "."))
}
