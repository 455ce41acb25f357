package host

import (
	"bytes"
	"cmp"

	"vpos/txn"
)

// The codes of the operation's row. Those of a reversal are its original's.

func putProcessing(m *content, _ *part, dst []byte) ([]byte, error) {
	return append(dst, own(m, func(s *OpSpec) string { return s.Processing })...), nil
}

// own is a code of the row, or else of the row of the operation taken back.
func own(m *content, code func(*OpSpec) string) string {
	if mine := code(m.row.spec); mine != "" || !m.row.spec.OfOriginal {
		return mine
	}
	return code(m.codes.spec)
}

func takeProcessing(m *content, _ *part, v []byte) error { m.said.processing = v; return nil }

func putCondition(m *content, _ *part, dst []byte) ([]byte, error) {
	code := own(m, func(s *OpSpec) string { return s.Condition })
	if m.request.Phone {
		code = cmp.Or(own(m, func(s *OpSpec) string { return s.Phone }), code)
	}
	return append(dst, code...), nil
}

func takeCondition(m *content, _ *part, v []byte) error { m.said.condition = v; return nil }

func putType(m *content, _ *part, dst []byte) ([]byte, error) {
	return append(dst, own(m, func(s *OpSpec) string { return s.Type })...), nil
}

func takeType(m *content, _ *part, v []byte) error { m.said.kind = v; return nil }

func putFunction(m *content, _ *part, dst []byte) ([]byte, error) {
	return append(dst, m.row.spec.Function...), nil
}

func takeFunction(m *content, _ *part, v []byte) error { m.said.function = v; return nil }

func putNetwork(m *content, _ *part, dst []byte) ([]byte, error) {
	if len(m.row.network) == 0 {
		return dst, nil
	}
	return append(dst, m.row.network[0]...), nil
}

func takeNetwork(m *content, _ *part, v []byte) error { m.said.network = v; return nil }

func putNII(m *content, _ *part, dst []byte) ([]byte, error) {
	return append(dst, m.codec.profile.NII...), nil
}

// Field 39, and why something is reversed. What a profile does not list is the
// same here and on the wire.

func putResponse(m *content, p *part, dst []byte) ([]byte, error) {
	code := m.codec.wire(m.codec.profile.Codes, m.result.Code)
	if m.reply && m.result.Code == approvedCode && m.row.spec.Approved != "" {
		code = m.row.spec.Approved
	}
	if n := len(code); n != 0 && n != p.spec.Length {
		return nil, ErrLength
	}
	return append(dst, code...), nil
}

// approvedCode is the response code of a plain yes.
const approvedCode = "00"

func takeResponse(m *content, _ *part, v []byte) error {
	code := string(v)
	if m.row != nil && m.reply && code == m.row.spec.Approved {
		code = approvedCode
	} else {
		code = m.codec.here(m.codec.profile.Codes, code)
	}
	m.result.Code = code
	return nil
}

func putReason(m *content, _ *part, dst []byte) ([]byte, error) {
	if m.reply {
		return dst, nil
	}
	return append(dst, m.codec.wire(m.codec.profile.Reasons, m.result.Code)...), nil
}

func takeReason(m *content, _ *part, v []byte) error {
	m.result.Code = m.codec.here(m.codec.profile.Reasons, string(v))
	return nil
}

func (c *Codec) wire(list []Pair, here string) string {
	for _, p := range list {
		if p.Here == here {
			return p.Wire
		}
	}
	return here
}

func (c *Codec) here(list []Pair, wire string) string {
	for _, p := range list {
		if p.Wire == wire {
			return p.Here
		}
	}
	return wire
}

// Numbers and identities.

func putSTAN(m *content, _ *part, dst []byte) ([]byte, error) {
	return appendTrace(dst, m.request.STAN)
}

func appendTrace(dst []byte, s txn.STAN) ([]byte, error) {
	if s == 0 || s > txn.MaxSTAN {
		return nil, ErrRange
	}
	return appendDigits(dst, int64(s), 6), nil
}

func takeSTAN(m *content, _ *part, v []byte) error {
	n := digitsInt(v)
	if n == 0 || n > int(txn.MaxSTAN) {
		return ErrRange
	}
	m.request.STAN = txn.STAN(n) //nolint:gosec // six digits
	return nil
}

// maxBatch is the last batch number before the count starts again at 1.
const maxBatch = 999_999

// putBatch gives the batch of a request; in the reply to a sign-on the one the
// host has open.
func putBatch(m *content, _ *part, dst []byte) ([]byte, error) {
	b := m.request.Batch
	if m.reply && (m.row.spec.Op == txn.OpSignOn || m.answer.Batch != 0) {
		b = m.answer.Batch
	}
	return appendBatch(dst, b)
}

func appendBatch(dst []byte, b txn.Batch) ([]byte, error) {
	switch {
	case b == 0:
		return dst, nil
	case b > maxBatch:
		return nil, ErrRange
	}
	return appendDigits(dst, int64(b), 6), nil
}

func takeBatch(m *content, _ *part, v []byte) error {
	if len(v) != 6 || !Numeric.allows(v) {
		return ErrLength
	}
	m.request.Batch = txn.Batch(digitsInt(v)) //nolint:gosec // six digits
	return nil
}

// putInvoice gives the number on the slip, which here is the trace number: the
// original's where something is taken back.
func putInvoice(m *content, p *part, dst []byte) ([]byte, error) {
	if m.request.Original != nil && m.request.Original.STAN != 0 {
		return appendTrace(dst, m.request.Original.STAN)
	}
	return putSTAN(m, p, dst)
}

func putTerminal(m *content, _ *part, dst []byte) ([]byte, error) {
	return append(dst, m.request.Terminal...), nil
}

func takeTerminal(m *content, _ *part, v []byte) error { m.request.Terminal = filled(v); return nil }

func putMerchant(m *content, _ *part, dst []byte) ([]byte, error) {
	return append(dst, m.request.Merchant...), nil
}

func takeMerchant(m *content, _ *part, v []byte) error { m.request.Merchant = filled(v); return nil }

func putOperator(m *content, _ *part, dst []byte) ([]byte, error) {
	return append(dst, m.request.Operator...), nil
}

func takeOperator(m *content, _ *part, v []byte) error { m.request.Operator = filled(v); return nil }

// filled drops the spaces a fixed field is filled with.
func filled(v []byte) string { return string(bytes.TrimRight(v, " ")) }

// The answer.

func putRRN(m *content, _ *part, dst []byte) ([]byte, error) {
	return append(dst, m.result.RRN...), nil
}

func takeRRN(m *content, _ *part, v []byte) error { m.result.RRN = filled(v); return nil }

func putAuthCode(m *content, _ *part, dst []byte) ([]byte, error) {
	return append(dst, m.result.AuthCode...), nil
}

func takeAuthCode(m *content, _ *part, v []byte) error { m.result.AuthCode = filled(v); return nil }

// putMAC leaves room: the code is of everything before it.
func putMAC(m *content, p *part, dst []byte) ([]byte, error) {
	if !m.signs() {
		return dst, nil
	}
	m.signed = true
	return append(dst, make([]byte, len(m.mac))...), nil
}

func takeMAC(m *content, _ *part, v []byte) error {
	m.signed = copy(m.mac[:], v) == len(m.mac)
	return nil
}
