package sim_test

import (
	"testing"

	"vpos/reader"
	"vpos/txn"
	"vpos/txn/host/sim"
)

// cardless makes a request one of a wallet's: no card.
func cardless(r *txn.Request) { r.Card = reader.Card{Entry: reader.QR} }

// scanned gives it a payment code of WeChat's.
func scanned(r *txn.Request) {
	cardless(r)
	r.PayCode, _ = reader.ParsePayCode([]byte("134567890123456789"))
}

// shown gives it the order of a code on the screen.
func shown(r *txn.Request) {
	cardless(r)
	t := txn.Transaction{Terminal: r.Terminal, Batch: r.Batch, STAN: r.STAN, Amount: r.Amount}
	r.Order = t.Order()
}

// A reply says who has paid: the code's own wallet, or for a code on the screen one after
// the other; one that is refused says nothing.
func TestWalletOfAReply(t *testing.T) {
	l := sim.NewLedger(true)
	ask := func(stan txn.STAN, minor int64, by func(*txn.Request)) txn.Reply {
		r := request(t, txn.OpQR, stan, minor)
		by(r)
		return l.Apply(noon, r).Reply
	}
	if r := ask(1, 1200, scanned); r.Wallet != reader.WeChat || r.Code != "00" || r.AuthCode == "" {
		t.Errorf("scanned: %+v", r)
	}
	seen := map[reader.Wallet]bool{}
	for stan := range txn.STAN(3) {
		seen[ask(2+stan, 1200, shown).Wallet] = true
	}
	if len(seen) != 3 || seen[reader.NoWallet] {
		t.Errorf("three codes on the screen were paid by %v", seen)
	}
	if r := ask(9, 1251, scanned); r.Code != "51" || r.Wallet != reader.NoWallet {
		t.Errorf("refused: %+v", r)
	}
}
