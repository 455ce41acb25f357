package host

import (
	"bytes"
	"time"

	"vpos/reader"
	"vpos/txn"
)

// local is the moment of fields 12 and 13: the sender's own.
func (m *content) local() time.Time {
	if m.reply {
		return m.result.HostAt
	}
	return m.request.At
}

// Numbers and identities.

func putSTAN(m *content, _ *FieldSpec, dst []byte) ([]byte, error) {
	return appendTrace(dst, m.request.STAN)
}

func appendTrace(dst []byte, s txn.STAN) ([]byte, error) {
	if s == 0 || s > txn.MaxSTAN {
		return nil, ErrRange
	}
	return appendDigits(dst, int64(s), 6), nil
}

func takeSTAN(m *content, v []byte) error {
	n := digitsInt(v)
	if n == 0 || n > int(txn.MaxSTAN) {
		return ErrRange
	}
	m.request.STAN = txn.STAN(n) //nolint:gosec // six digits
	return nil
}

// maxBatch is the last batch number before the count starts again at 1.
const maxBatch = 999_999

func putBatch(m *content, _ *FieldSpec, dst []byte) ([]byte, error) {
	b := m.request.Batch
	switch {
	case b == 0:
		return dst, nil
	case b > maxBatch:
		return nil, ErrRange
	}
	return appendDigits(dst, int64(b), 6), nil
}

func takeBatch(m *content, v []byte) error {
	if len(v) != 6 || !Numeric.allows(v) {
		return ErrLength
	}
	m.request.Batch = txn.Batch(digitsInt(v)) //nolint:gosec // six digits
	return nil
}

// putInvoice gives the number on the slip, which here is the trace number: the
// original's where something is taken back.
func putInvoice(m *content, spec *FieldSpec, dst []byte) ([]byte, error) {
	if m.request.Original != nil {
		return appendTrace(dst, m.request.Original.STAN)
	}
	return putSTAN(m, spec, dst)
}

func putTerminal(m *content, _ *FieldSpec, dst []byte) ([]byte, error) {
	return append(dst, m.request.Terminal...), nil
}

func takeTerminal(m *content, v []byte) error { m.request.Terminal = filled(v); return nil }

func putMerchant(m *content, _ *FieldSpec, dst []byte) ([]byte, error) {
	return append(dst, m.request.Merchant...), nil
}

func takeMerchant(m *content, v []byte) error { m.request.Merchant = filled(v); return nil }

// filled drops the spaces a fixed field is filled with.
func filled(v []byte) string { return string(bytes.TrimRight(v, " ")) }

// The answer.

func putRRN(m *content, _ *FieldSpec, dst []byte) ([]byte, error) {
	return append(dst, m.result.RRN...), nil
}

func takeRRN(m *content, v []byte) error { m.result.RRN = filled(v); return nil }

func putAuthCode(m *content, _ *FieldSpec, dst []byte) ([]byte, error) {
	return append(dst, m.result.AuthCode...), nil
}

func takeAuthCode(m *content, v []byte) error { m.result.AuthCode = filled(v); return nil }

func putResponse(m *content, spec *FieldSpec, dst []byte) ([]byte, error) {
	if n := len(m.result.Code); n != 0 && n != spec.Length {
		return nil, ErrLength
	}
	return append(dst, m.result.Code...), nil
}

func takeResponse(m *content, v []byte) error { m.result.Code = string(v); return nil }

// The security code: tag, length, value, twice.

func putSecurity(m *content, _ *FieldSpec, dst []byte) ([]byte, error) {
	card, tags := m.request.Card, m.codec.profile.Security
	if card.CVVStatus == reader.CVVNotAsked {
		return dst, nil
	}
	dst = append(dst, tags.PresenceTag...)
	dst = append(appendDigits(dst, 1, 2), byte(card.CVVStatus))
	if card.CVVStatus != reader.CVVEntered {
		return dst, nil
	}
	if card.CVV.Empty() {
		return nil, &tagError{tags.CodeTag, ErrMissing} // wiped too early
	}
	dst = append(dst, tags.CodeTag...)
	dst = appendDigits(dst, int64(card.CVV.Len()), 2)
	return append(dst, card.CVV.Reveal()...), nil
}

func takeSecurity(m *content, v []byte) error {
	for len(v) > 0 {
		if len(v) < 4 || !Numeric.allows(v[:4]) {
			return ErrShort
		}
		tag, n := string(v[:2]), digitsInt(v[2:4])
		if len(v) < 4+n {
			return &tagError{tag, ErrShort}
		}
		if err := m.securityTag(tag, v[4:4+n]); err != nil {
			return &tagError{tag, err}
		}
		v = v[4+n:]
	}
	return nil
}

func (m *content) securityTag(tag string, v []byte) error {
	card, tags := &m.request.Card, m.codec.profile.Security
	switch tag {
	case tags.PresenceTag:
		if len(v) != 1 {
			return ErrLength
		}
		switch s := reader.CVVStatus(v[0]); s {
		case reader.CVVBypassed, reader.CVVEntered, reader.CVVUnreadable, reader.CVVAbsent:
			card.CVVStatus = s
		default:
			return ErrRange
		}
	case tags.CodeTag:
		code, err := reader.ParseCVV(v, card.PAN.Brand())
		if err != nil {
			return ErrLength
		}
		card.CVV = code
	}
	return nil
}

// Field 90: MTI 4, STAN 6, field 7 (10), acquirer 11, forwarder 11.

func putOriginal(m *content, _ *FieldSpec, dst []byte) ([]byte, error) {
	original := m.request.Original
	if original == nil || m.original == nil {
		return dst, nil
	}
	dst = append(dst, m.original.MTI...)
	dst, err := appendTrace(dst, original.STAN)
	if err != nil {
		return nil, err
	}
	if original.At.IsZero() {
		return nil, ErrMissing
	}
	dst = appendMoment(dst, original.At.UTC())
	dst = appendFilled(dst, m.codec.profile.Acquirer)
	return appendFilled(dst, m.codec.profile.Forward), nil
}

// appendFilled appends an institution's digits, zeros in front, eleven in all.
func appendFilled(dst []byte, digits string) []byte {
	for range 11 - len(digits) {
		dst = append(dst, '0')
	}
	return append(dst, digits...)
}

func takeOriginal(m *content, v []byte) error {
	if len(v) < 20 {
		return ErrShort
	}
	m.originalMTI = v[:4]
	n := digitsInt(v[4:10])
	if n == 0 {
		return ErrRange
	}
	m.originalSTAN = txn.STAN(n) //nolint:gosec // six digits
	copy(m.originalMoment[:], v[10:20])
	return nil
}
