package host

import (
	"time"

	"vpos/txn"
)

// What an operation takes back, completes or changes: fields 90, 56 and 61. A
// part that is not known is zeros.

// earlier is the operation those fields are about. Where they name the message's
// own original it is that; in UnionPay's reversals, which reuse the trace number,
// field 61 is about the original's original.
func (m *content) earlier() *txn.Original {
	o := m.request.Original
	if o != nil && m.ofOriginal() {
		return o.Of
	}
	return o
}

// ofOriginal reports whether field 61 speaks of the original's original.
func (m *content) ofOriginal() bool {
	return m.row.spec.Op == txn.OpReversal && m.row.holding(HoldsOriginalBatch, false)
}

func putOriginalMTI(m *content, _ *part, dst []byte) ([]byte, error) {
	if m.request.Original == nil || m.original == nil {
		return dst, nil
	}
	return append(dst, m.original.spec.MTI...), nil
}

func takeOriginalMTI(m *content, _ *part, v []byte) error {
	if !blank(v) {
		m.before.mti = v
	}
	return nil
}

func putOriginalSTAN(m *content, _ *part, dst []byte) ([]byte, error) {
	o := m.earlier()
	if o == nil || o.STAN == 0 && !m.row.spec.OfOriginal {
		return dst, nil
	}
	return appendTrace(dst, o.STAN)
}

func takeOriginalSTAN(m *content, _ *part, v []byte) error {
	m.before.stan = txn.STAN(digitsInt(v)) //nolint:gosec // six digits
	return nil
}

func putOriginalBatch(m *content, _ *part, dst []byte) ([]byte, error) {
	o := m.earlier()
	if o == nil {
		return dst, nil
	}
	return appendBatch(dst, o.Batch)
}

func takeOriginalBatch(m *content, _ *part, v []byte) error {
	m.before.batch = txn.Batch(digitsInt(v)) //nolint:gosec // six digits
	return nil
}

// originalAt is when it was; zero for none.
func (m *content) originalAt() time.Time {
	if o := m.earlier(); o != nil {
		return o.At
	}
	return time.Time{}
}

func putOriginalUTC(m *content, _ *part, dst []byte) ([]byte, error) {
	at := m.originalAt()
	if at.IsZero() {
		if m.request.Original != nil && m.row.spec.OfOriginal {
			return nil, ErrMissing
		}
		return dst, nil
	}
	return appendMoment(dst, at.UTC()), nil
}

func takeOriginalUTC(m *content, _ *part, v []byte) error {
	if !blank(v) {
		copy(m.before.moment[:], v)
	}
	return nil
}

func putOriginalLocal(m *content, _ *part, dst []byte) ([]byte, error) {
	if at := m.originalAt(); !at.IsZero() {
		return appendFull(dst, at), nil
	}
	return dst, nil
}

func takeOriginalLocal(m *content, _ *part, v []byte) (err error) {
	if !blank(v) {
		m.before.at, err = fullMoment(v)
	}
	return err
}

func putOriginalDate(m *content, _ *part, dst []byte) ([]byte, error) {
	if at := m.originalAt(); !at.IsZero() {
		return appendDate(dst, at), nil
	}
	return dst, nil
}

func takeOriginalDate(m *content, _ *part, v []byte) error {
	if !blank(v) {
		copy(m.before.date[:], v)
	}
	return nil
}

// putOriginalFunction names the function of what is reversed, which in 1993's
// messages tells a completion from a sale.
func putOriginalFunction(m *content, _ *part, dst []byte) ([]byte, error) {
	if m.reply || m.original == nil || !m.row.spec.OfOriginal {
		return dst, nil
	}
	return append(dst, m.original.spec.Function...), nil
}

func takeOriginalFunction(m *content, _ *part, v []byte) error { m.before.function = v; return nil }

func putAcquirer(m *content, p *part, dst []byte) ([]byte, error) {
	return m.institution(p, m.codec.profile.Acquirer, dst)
}

func putForward(m *content, p *part, dst []byte) ([]byte, error) {
	return m.institution(p, m.codec.profile.Forward, dst)
}

// institution appends an institution's digits, zeros in front of a fixed part.
func (m *content) institution(p *part, digits string, dst []byte) ([]byte, error) {
	if digits == "" || m.request.Original == nil {
		return dst, nil
	}
	if p.spec.Prefix == 0 && !p.spec.Open {
		for range p.spec.Length - len(digits) {
			dst = append(dst, '0')
		}
	}
	return append(dst, digits...), nil
}

// past is what a request that came in says of an earlier one; nil where it says
// nothing.
func (c *Codec) past(m *content) *txn.Original {
	b := m.before
	o := txn.Original{STAN: b.stan, Batch: b.batch, At: b.at}
	if m.row.holding(HoldsAuthCode, false) {
		o.AuthCode = m.result.AuthCode
	}
	if m.row.holding(HoldsRRN, false) {
		o.RRN = m.result.RRN
	}
	if m.row.spec.Op == txn.OpReversal {
		o.Reason = m.result.Code
	}
	if m.ofOriginal() {
		if b.stan != 0 || b.batch != 0 {
			o.Of = &txn.Original{STAN: b.stan, Batch: b.batch, At: b.at}
		}
		o.STAN, o.Batch, o.At = m.request.STAN, m.request.Batch, time.Time{}
	}
	if o == (txn.Original{}) && len(b.mti) == 0 {
		return nil
	}
	if o.Op = c.origin(m); o.Of != nil {
		if r := c.rowOf(o.Op); r != nil {
			o.Of.Op = r.spec.Original
		}
	}
	return &o
}
