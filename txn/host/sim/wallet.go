package sim

import (
	"vpos/reader"
	"vpos/txn"
)

// Wallets: they pay by a code that was scanned, or pay an order that a terminal shows.
// Nobody's money is here, and nothing is kept of a code. A wallet has no account either:
// it never runs dry.

// codeFits reports whether a request names what a wallet pays by, one way or the other,
// and else answers it.
func codeFits(r *txn.Request, v *Verdict) bool {
	scanned, shown := r.PayCode.Wallet() != reader.NoWallet, r.Order != ""
	order := txn.Transaction{Terminal: r.Terminal, Batch: r.Batch, STAN: r.STAN, Amount: r.Amount}
	switch {
	case scanned == shown, !r.Card.PAN.Empty():
		v.Reply.Code = CodeFormat
	case shown && r.Order != order.Order():
		v.Reply.Code = CodeInvalid // a code for something else: nobody pays that
	default:
		return true
	}
	return false
}

// payer is the wallet that has paid: the scanned code's, or for a code on a screen one of
// them in turn, as customers come.
func payer(r *txn.Request) reader.Wallet {
	if w := r.PayCode.Wallet(); w != reader.NoWallet {
		return w
	}
	all := reader.Wallets()
	return all[int(r.STAN)%len(all)]
}
