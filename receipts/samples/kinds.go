package samples

import (
	"time"

	"vpos/reader"
	"vpos/txn"
)

// named is a transaction under the name of its papers.
type named struct {
	name string
	of   txn.Transaction
}

// transactions are one of every kind, and what differs within a kind.
func transactions() []named {
	first := txn.Key{Batch: 17, STAN: 268}
	day := time.Date(2026, time.February, 28, 0, 0, 0, 0, time.UTC)
	hold := txn.Past{Kind: txn.PreAuth, AuthCode: "H0LD77", At: day}
	known := hold
	known.Key, known.Amount = txn.Key{Batch: 9, STAN: 41}, yuan(2000)
	sale, void := Sale(), of(txn.Void, txn.Past{Key: first, Kind: txn.Sale})
	void.Of = sale.Past()
	void.Result.AuthCode, void.Result.RRN = "D4E5F6", "606315012399"
	return append([]named{
		{"sale-keyed", sale},
		{"sale-chip-pin", chip(true)},
		{"sale-chip-signature", chip(false)},
		{"sale-swiped", with(sale, func(t *txn.Transaction) { t.Card = Card(reader.Swipe) })},
		{"sale-fallback", with(sale, func(t *txn.Transaction) { t.Card = Card(reader.Fallback) })},
		{"sale-tip", with(sale, func(t *txn.Transaction) { t.Tip = yuan(100) })},
		{"sale-partial", with(sale, func(t *txn.Transaction) { t.Asked = yuan(2000) })},
		{"sale-warned", with(sale, func(t *txn.Transaction) {
			t.Approver = "90"
			t.Passed = string(txn.KeyedDamaged) + " " + string(txn.GuardDuplicate) + " " + string(txn.GuardVelocity)
		})},
		{"void", void},
		{"void-moto", of(txn.Void, txn.Past{Key: first, Kind: txn.Phone})},
		{"void-offline", of(txn.Void, txn.Past{Key: first, Kind: txn.Offline}, supervised)},
		{"refund", of(txn.Refund, txn.Past{RRN: "605915000321", At: day}, namedByChip, supervised)},
		{"pre-auth", plain(txn.PreAuth)},
		{"increment", of(txn.Increment, known)},
		{"pre-auth-void", of(txn.PreAuthVoid, hold)},
		{"completion", of(txn.Completion, known, namedByChip)},
		{"completion-void", of(txn.CompletionVoid, txn.Past{Key: first, Kind: txn.Completion})},
		{"moto", plain(txn.Phone)},
		{"offline", plain(txn.Offline)},
		{"tip", of(txn.Tip, txn.Past{Key: first, Amount: yuan(1134)}, func(t *txn.Transaction) {
			t.Tip, t.Result = txn.Money{Minor: 10050, Currency: cny}, txn.Result{}
		})},
	}, append(wallets(first), named{"settlement", settlement()})...)
}

// wallets are the payments by code.
func wallets(first txn.Key) []named {
	scan, show := plain(txn.Scan), plain(txn.Show)
	scan.Card, show.Card = reader.Card{Entry: reader.QR}, reader.Card{Entry: reader.QR}
	scan.Wallet, scan.Payer, show.Wallet = reader.WeChat, "6789", reader.Alipay
	void := of(txn.Void, txn.Past{Key: first, Kind: txn.Scan}, supervised)
	void.Card, void.Wallet, void.Payer = scan.Card, reader.UnionPayQR, "4321"
	return []named{{"scan", scan}, {"show", show}, {"void-scan", void}}
}

func with(t txn.Transaction, change func(*txn.Transaction)) txn.Transaction {
	change(&t)
	return t
}

// of is a transaction about an earlier one, a sale unless that says otherwise.
func of(k txn.Kind, past txn.Past, changes ...func(*txn.Transaction)) txn.Transaction {
	t := Sale()
	t.Kind, t.STAN = k, t.STAN+1
	if past.Kind == "" {
		past.Kind = txn.Sale
	}
	t.Of = &past
	for _, change := range changes {
		change(&t)
	}
	return t
}

func plain(k txn.Kind) txn.Transaction {
	t := Sale()
	t.Kind, t.STAN = k, t.STAN+1
	return t
}

func supervised(t *txn.Transaction) { t.Approver = "90" }

// namedByChip is a card that said who it is, and nothing of this transaction.
func namedByChip(t *txn.Transaction) {
	t.Card.Entry = reader.Chip
	t.Card.Chip = chip(true).Card.Chip.Named()
}
