package txn

import (
	"time"

	"vpos/reader"
)

// What a cashier keys of an earlier transaction: its approval code, its reference
// number, its day.

// Lengths of what slips carry, ISO 8583 fields 38 and 37.
const (
	authLength      = 6
	referenceLength = 12
)

// authEntered takes the approval code of a pre-authorisation, or the one that the bank
// gave by voice.
func (m *machine) authEntered(text reader.Secret) {
	code, ok := alphanumeric(text.Reveal(), authLength)
	switch {
	case !ok:
		m.Problem = AuthFormat
		return
	case m.Draft.Kind == Offline:
		m.Draft.Result.AuthCode = code
	default:
		m.past(func(p *Past) { p.Kind, p.AuthCode = PreAuth, code })
	}
	m.next()
}

// referenceEntered takes the reference number of what is refunded.
func (m *machine) referenceEntered(text reader.Secret) {
	rrn, ok := alphanumeric(text.Reveal(), referenceLength)
	if !ok {
		m.Problem = ReferenceFormat
		return
	}
	m.past(func(p *Past) { p.Kind, p.RRN = Sale, rrn })
	m.next()
}

// alphanumeric is a text of n letters and digits, in capitals.
func alphanumeric(text []byte, n int) (string, bool) {
	out := make([]byte, 0, n)
	for _, c := range text {
		switch {
		case c >= 'a' && c <= 'z':
			c -= 'a' - 'A'
		case c >= '0' && c <= '9' || c >= 'A' && c <= 'Z':
		default:
			return "", false
		}
		out = append(out, c)
	}
	return string(out), len(out) == n
}

// dateEntered takes the day, month first as it is on slips: the newest such day that
// is not in the future.
func (m *machine) dateEntered(text reader.Secret) {
	day, ok := pastDay(text.Reveal(), m.Now)
	if !ok {
		m.Problem = DateFormat
		return
	}
	if m.Draft.Kind.Held() {
		m.seekHold(day)
		return
	}
	m.past(func(p *Past) { p.At = day })
	m.next()
}

// pastDay reads MMDD as a day of the year up to now.
func pastDay(text []byte, now time.Time) (time.Time, bool) {
	if len(text) != 4 {
		return time.Time{}, false
	}
	n := 0
	for _, c := range text {
		if c < '0' || c > '9' {
			return time.Time{}, false
		}
		n = 10*n + int(c-'0')
	}
	for year := now.Year(); year > now.Year()-8; year-- { // a leap day may be long ago
		day := time.Date(year, time.Month(n/100), n%100, 0, 0, 0, 0, now.Location())
		if int(day.Month()) != n/100 || day.Day() != n%100 {
			continue
		}
		if !day.After(now) {
			return day, true
		}
	}
	return time.Time{}, false
}
