package host

import (
	"bytes"
	"slices"

	"vpos/reader"
	"vpos/txn"
)

// What the host made of a batch's totals. A terminal asks with 0.

func putDomestic(m *content, _ *part, dst []byte) ([]byte, error) {
	return putResult(m, m.answer.Domestic, dst)
}

func putForeign(m *content, _ *part, dst []byte) ([]byte, error) {
	return putResult(m, m.answer.Foreign, dst)
}

func putResult(m *content, b txn.Balanced, dst []byte) ([]byte, error) {
	if !m.reply || b == txn.NotCompared {
		return dst, nil
	}
	return append(dst, byte(b)), nil
}

func takeDomestic(m *content, _ *part, v []byte) (err error) {
	m.answer.Domestic, err = result(v)
	return err
}

func takeForeign(m *content, _ *part, v []byte) (err error) {
	m.answer.Foreign, err = result(v)
	return err
}

func result(v []byte) (txn.Balanced, error) {
	if v[0] == '0' {
		return txn.NotCompared, nil
	}
	b := txn.Balanced(v[0])
	if !slices.Contains([]txn.Balanced{txn.BatchBalanced, txn.BatchUnequal, txn.BatchCompareErr}, b) {
		return txn.NotCompared, ErrRange
	}
	return b, nil
}

// The transactions of an upload.

func putDetailCount(m *content, p *part, dst []byte) ([]byte, error) {
	if len(m.request.Details) == 0 {
		return dst, nil
	}
	return appendCount(dst, len(m.request.Details), p.spec.Length)
}

func takeDetailCount(m *content, _ *part, v []byte) error {
	m.claimed = digitsInt(v)
	return nil
}

func putBatchCount(m *content, p *part, dst []byte) ([]byte, error) {
	if m.request.Totals == nil {
		return dst, nil
	}
	sum := m.request.Totals.Sum()
	return appendCount(dst, sum.Debits.Count+sum.Credits.Count, p.spec.Length)
}

func putDetailSTAN(m *content, _ *part, dst []byte) ([]byte, error) {
	return appendTrace(dst, m.detail.STAN)
}

func takeDetailSTAN(m *content, _ *part, v []byte) error {
	m.detail.STAN = txn.STAN(digitsInt(v)) //nolint:gosec // six digits
	return nil
}

func putDetailPAN(m *content, p *part, dst []byte) ([]byte, error) {
	pan := m.detail.PAN.Reveal()
	if len(pan) == 0 && !wallets(m.detail) {
		return nil, ErrMissing
	}
	for range p.spec.Length - len(pan) {
		dst = append(dst, '0')
	}
	return append(dst, pan...), nil
}

// takeDetailPAN drops the zeros in front: no card number begins with one. Zeros alone
// stand for a wallet's payment.
func takeDetailPAN(m *content, _ *part, v []byte) error {
	digits := bytes.TrimLeft(v, "0")
	if len(digits) == 0 {
		m.detail.Op = txn.OpQR
		return nil
	}
	pan, err := reader.RestorePAN(digits)
	if err != nil {
		return ErrLength
	}
	m.detail.PAN = pan
	return nil
}

func putDetailAmount(m *content, _ *part, dst []byte) ([]byte, error) {
	return appendMinor(dst, m.detail.Amount.Minor)
}

func takeDetailAmount(m *content, _ *part, v []byte) error {
	m.detail.Amount.Minor = minorOf(v)
	return nil
}

// What passes through as it is: keys under the master key, downloads.

func putKeys(m *content, _ *part, dst []byte) ([]byte, error) {
	return append(dst, m.answer.Keys...), nil
}

func takeKeys(m *content, _ *part, v []byte) error { m.answer.Keys = bytes.Clone(v); return nil }

func putAsk(m *content, _ *part, dst []byte) ([]byte, error) {
	return append(dst, m.request.Ask...), nil
}

func takeAsk(m *content, _ *part, v []byte) error { m.request.Ask = bytes.Clone(v); return nil }

func putData(m *content, _ *part, dst []byte) ([]byte, error) {
	return append(dst, m.answer.Data...), nil
}

func takeData(m *content, _ *part, v []byte) error { m.answer.Data = bytes.Clone(v); return nil }
