package host

import (
	"slices"

	"vpos/reader"
	"vpos/txn"
)

// Payment by a wallet's code. What stands where is the simulator's own layout: no
// acquirer's is published, and none is spoken to this way.

func putPayCode(m *content, _ *part, dst []byte) ([]byte, error) {
	if m.reply {
		return dst, nil
	}
	return append(dst, m.request.PayCode.Reveal()...), nil
}

func takePayCode(m *content, _ *part, v []byte) error {
	code, err := reader.ParsePayCode(v)
	if err != nil {
		return ErrRange
	}
	m.request.PayCode = code
	return nil
}

func putOrder(m *content, _ *part, dst []byte) ([]byte, error) {
	if m.reply {
		return dst, nil
	}
	return append(dst, m.request.Order...), nil
}

func takeOrder(m *content, _ *part, v []byte) error { m.request.Order = string(v); return nil }

func putWallet(m *content, _ *part, dst []byte) ([]byte, error) {
	if !m.reply {
		return dst, nil
	}
	return append(dst, m.answer.Wallet...), nil
}

func takeWallet(m *content, _ *part, v []byte) error {
	w := reader.Wallet(filled(v))
	if !m.reply || !slices.Contains(reader.Wallets(), w) {
		return ErrRange
	}
	m.answer.Wallet = w
	return nil
}

// wallets reports whether a batch upload tells of what no card has paid.
func wallets(d *txn.Detail) bool { return d.Op == txn.OpQR }
