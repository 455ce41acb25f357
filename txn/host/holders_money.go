package host

import (
	"strconv"

	"vpos/txn"
)

// Money. Minor units go as they are: the exponent belongs to the currency and
// is never on the wire.

func putAmount(m *content, _ *part, dst []byte) ([]byte, error) {
	a := m.request.Amount
	if a == (txn.Money{}) {
		return dst, nil
	}
	return appendMinor(dst, a.Minor)
}

// appendMinor appends twelve digits.
func appendMinor(dst []byte, minor int64) ([]byte, error) {
	if minor < 0 || minor > txn.MaxMinor {
		return nil, ErrRange
	}
	return appendDigits(dst, minor, 12), nil
}

// minorOf is the number that digits make.
func minorOf(v []byte) int64 {
	var n int64
	for _, c := range v {
		n = n*10 + int64(c-'0')
	}
	return n
}

func takeAmount(m *content, _ *part, v []byte) error {
	m.request.Amount.Minor = minorOf(v)
	return nil
}

func putCurrency(m *content, _ *part, dst []byte) ([]byte, error) {
	return append(dst, m.request.Amount.Currency.Number()...), nil
}

func takeCurrency(m *content, _ *part, v []byte) error {
	m.request.Amount.Currency = txn.CurrencyNumbered(string(v))
	return nil
}

// The tip has the currency of the amount.

func putTip(m *content, _ *part, dst []byte) ([]byte, error) {
	if m.reply || m.request.Tip.Minor == 0 {
		return dst, nil
	}
	return appendMinor(dst, m.request.Tip.Minor)
}

func takeTip(m *content, _ *part, v []byte) error {
	if !Numeric.allows(v) {
		return ErrCharacter
	}
	m.request.Tip.Minor = minorOf(v)
	return nil
}

// Field 54: what is left on the account, with a sign. C is the cardholder's.

func putBalanceSign(m *content, _ *part, dst []byte) ([]byte, error) {
	switch b := m.answer.Balance; {
	case b == nil:
		return dst, nil
	case b.Minor < 0:
		return append(dst, 'D'), nil
	}
	return append(dst, 'C'), nil
}

func takeBalanceSign(m *content, _ *part, v []byte) error {
	if len(v) != 1 || v[0] != 'C' && v[0] != 'D' {
		return ErrRange
	}
	m.balance.credit = v[0] == 'C'
	return nil
}

func putBalanceAmount(m *content, _ *part, dst []byte) ([]byte, error) {
	b := m.answer.Balance
	if b == nil {
		return dst, nil
	}
	return appendMinor(dst, max(b.Minor, -b.Minor))
}

func takeBalanceAmount(m *content, _ *part, v []byte) error {
	m.balance.present, m.balance.minor = true, minorOf(v)
	return nil
}

func putBalanceCurrency(m *content, _ *part, dst []byte) ([]byte, error) {
	if m.answer.Balance == nil {
		return dst, nil
	}
	return append(dst, m.answer.Balance.Currency.Number()...), nil
}

func takeBalanceCurrency(m *content, _ *part, v []byte) error {
	m.balance.currency = txn.CurrencyNumbered(string(v))
	return nil
}

// left is the balance as it was read, nil for none.
func (b balance) left() *txn.Money {
	if !b.present {
		return nil
	}
	if !b.credit {
		b.minor = -b.minor
	}
	return &txn.Money{Minor: b.minor, Currency: b.currency}
}

// The totals of a settlement.

// sides is what cards a total is of.
type sides int

const (
	both sides = iota // read as domestic
	domestic
	foreign
)

// side is one total, to read and to write.
type side struct {
	get func(*txn.Totals) txn.Tally
	at  func(*txn.Totals) *txn.Tally
}

func (s sides) get(t *txn.Totals) txn.Sides {
	if s == both {
		return t.Sum()
	}
	return *s.at(t)
}

func (s sides) at(t *txn.Totals) *txn.Sides {
	if s == foreign {
		return &t.Foreign
	}
	return &t.Domestic
}

func debits(s sides) side {
	return side{
		func(t *txn.Totals) txn.Tally { return s.get(t).Debits },
		func(t *txn.Totals) *txn.Tally { return &s.at(t).Debits },
	}
}

func credits(s sides) side {
	return side{
		func(t *txn.Totals) txn.Tally { return s.get(t).Credits },
		func(t *txn.Totals) *txn.Tally { return &s.at(t).Credits },
	}
}

// maxDigits is what a 64-bit number has room for.
const maxDigits = 18

// countOf holds how many transactions there are on a side.
func countOf(s side) holder {
	return holder{
		put: func(m *content, p *part, dst []byte) ([]byte, error) {
			if m.request.Totals == nil {
				return dst, nil
			}
			return appendCount(dst, s.get(m.request.Totals).Count, p.spec.Length)
		},
		take:  func(m *content, _ *part, v []byte) error { s.at(m.totals()).Count = digitsInt(v); return nil },
		kinds: []Kind{Numeric},
		most:  maxDigits,
	}
}

// amountOf holds what a side comes to.
func amountOf(s side) holder {
	return holder{
		put: func(m *content, p *part, dst []byte) ([]byte, error) {
			if m.request.Totals == nil {
				return dst, nil
			}
			n := s.get(m.request.Totals).Minor
			if n < 0 || len(strconv.FormatInt(n, 10)) > p.spec.Length {
				return nil, ErrRange
			}
			return appendDigits(dst, n, p.spec.Length), nil
		},
		take:  func(m *content, _ *part, v []byte) error { s.at(m.totals()).Minor = minorOf(v); return nil },
		kinds: []Kind{Numeric},
		most:  maxDigits,
	}
}

func appendCount(dst []byte, n, width int) ([]byte, error) {
	limit := 1
	for range width {
		limit *= 10
	}
	if n < 0 || n >= limit {
		return nil, ErrRange
	}
	return appendDigits(dst, int64(n), width), nil
}

// totals is where totals that are read go.
func (m *content) totals() *txn.Totals {
	if m.request.Totals == nil {
		m.request.Totals = &txn.Totals{}
	}
	return m.request.Totals
}
