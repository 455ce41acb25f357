package text

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"vpos/reader"
	"vpos/receipts"
	"vpos/txn"
)

// specimens are the slips of every kind but the plain sale and its void, by the name
// of their golden file.
func specimens(tb testing.TB) map[string]txn.Transaction {
	tb.Helper()
	of := func(k txn.Kind, past txn.Past, change ...func(*txn.Transaction)) txn.Transaction {
		t := sale(tb)
		t.Kind, t.STAN = k, t.STAN+1
		past.Kind = map[bool]txn.Kind{true: txn.Sale, false: past.Kind}[past.Kind == ""]
		t.Of = &past
		for _, c := range change {
			c(&t)
		}
		return t
	}
	cny := sale(tb).Amount.Currency
	yuan := func(n int64) txn.Money { return txn.Money{Minor: n * 100, Currency: cny} }
	first := txn.Key{Batch: 17, STAN: 268}
	day := time.Date(2026, time.February, 28, 0, 0, 0, 0, time.UTC)
	hold := txn.Past{Kind: txn.PreAuth, AuthCode: "H0LD77", At: day}
	known := hold
	known.Key, known.Amount = txn.Key{Batch: 9, STAN: 41}, yuan(2000)
	named := func(t *txn.Transaction) {
		t.Card.Entry = reader.Chip
		t.Card.Chip = chip(tb, true).Card.Chip.Named()
	}
	plain := func(k txn.Kind) txn.Transaction { t := of(k, txn.Past{}); t.Of = nil; return t }
	scan, show := plain(txn.Scan), plain(txn.Show)
	scan.Card, show.Card = reader.Card{Entry: reader.QR}, reader.Card{Entry: reader.QR}
	scan.Wallet, scan.Payer, show.Wallet = reader.WeChat, "6789", reader.Alipay
	unscanned := of(txn.Void, txn.Past{Key: first, Kind: txn.Scan}, supervised)
	unscanned.Card, unscanned.Wallet, unscanned.Payer = scan.Card, reader.UnionPayQR, "4321"
	tipped := sale(tb)
	tipped.Tip = yuan(100)
	asked := sale(tb)
	asked.Asked = yuan(2000)
	warned := sale(tb)
	warned.Approver = "90"
	warned.Passed = string(txn.KeyedDamaged) + " " + string(txn.GuardDuplicate) + " " + string(txn.GuardVelocity)
	return map[string]txn.Transaction{
		"sale-tip":        tipped,
		"sale-partial":    asked,
		"moto":            plain(txn.Phone),
		"sale-warned":     warned,
		"void-moto":       of(txn.Void, txn.Past{Key: first, Kind: txn.Phone}),
		"void-offline":    of(txn.Void, txn.Past{Key: first, Kind: txn.Offline}, supervised),
		"scan":            scan,
		"show":            show,
		"void-scan":       unscanned,
		"refund":          of(txn.Refund, txn.Past{RRN: "605915000321", At: day}, named, supervised),
		"pre-auth":        plain(txn.PreAuth),
		"increment":       of(txn.Increment, known),
		"pre-auth-void":   of(txn.PreAuthVoid, hold),
		"completion":      of(txn.Completion, known, named),
		"completion-void": of(txn.CompletionVoid, txn.Past{Key: first, Kind: txn.Completion}),
		"offline":         plain(txn.Offline),
		"tip": of(txn.Tip, txn.Past{Key: first, Amount: yuan(1134)}, func(t *txn.Transaction) {
			t.Tip, t.Result = txn.Money{Minor: 10050, Currency: cny}, txn.Result{}
		}),
	}
}

func supervised(t *txn.Transaction) { t.Approver = "90" }

// TestGoldenKinds holds the slips of every kind to the paper somebody looked at: a
// file a kind and language, with its copies on each paper.
func TestGoldenKinds(t *testing.T) {
	for name, of := range specimens(t) {
		for _, lang := range []receipts.Lang{receipts.Chinese, receipts.English, receipts.Both} {
			var all strings.Builder
			for _, columns := range []int{32, 42, 48} {
				for _, slip := range copies(of) {
					o := options(lang, columns, slip.Duplicate)
					page, err := receipts.Render(slip, o)
					if err != nil {
						t.Fatalf("%s %v %d: %v", name, lang, columns, err)
					}
					fmt.Fprintf(&all, "## %d columns, copy %d, training and duplicate %t\n%s", columns, slip.Copy, slip.Duplicate, Render(page))
				}
			}
			golden(t, fmt.Sprintf("%s-%v.txt", name, lang), all.String())
		}
	}
}

// copies are the slips of one transaction: the merchant's, the cardholder's as a
// duplicate in training, and the fault slip of its kind.
func copies(of txn.Transaction) []txn.Slip {
	fault := of
	fault.Status, fault.Refused = txn.ReversalPending, "64"
	if of.Kind.Told() {
		fault.Status, fault.Refused, fault.Result.Code = txn.Refused, "", "51"
	} else {
		fault.Result = txn.Result{}
	}
	return []txn.Slip{
		{Txn: &of, Copy: txn.MerchantCopy}, {Txn: &of, Copy: txn.CardholderCopy, Duplicate: true},
		{Txn: &fault, Copy: txn.FaultSlip},
	}
}

// TestEveryKindHasPaper: a kind that owes paper has a specimen, in every language and
// width without an error.
func TestEveryKindHasPaper(t *testing.T) {
	seen := map[txn.Kind]bool{txn.Settlement: true, txn.Sale: true, txn.Void: true}
	for _, of := range specimens(t) {
		seen[of.Kind] = true
	}
	for _, k := range txn.Kinds() {
		if owes := k.Copies() != 0; owes != seen[k] {
			t.Errorf("%s owes paper: %t, has a specimen: %t", k, owes, seen[k])
		}
	}
}
