package text

import (
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"vpos/reader"
	"vpos/receipts"
	"vpos/txn"
)

var update = flag.Bool("update", false, "rewrite the golden slips")

// sold is where a slip finds its sale.
func sold(tb testing.TB) *txn.Transaction {
	tb.Helper()
	t := sale(tb)
	return &t
}

// sale is a keyed sale, approved, on a well-known test card.
func sale(tb testing.TB) txn.Transaction {
	tb.Helper()
	pan, err := reader.RestorePAN([]byte("4111111111111111"))
	if err != nil {
		tb.Fatal(err)
	}
	cny, _ := txn.CurrencyByCode("CNY")
	at := time.Date(2026, time.March, 4, 15, 6, 7, 0, time.FixedZone("CST", 8*3600))
	return txn.Transaction{
		Kind: txn.Sale, Batch: 17, STAN: 268, Amount: txn.Money{Minor: 123450, Currency: cny},
		Card:     reader.Card{Entry: reader.Manual, PAN: pan, Expiry: reader.Expiry{Year: 2039, Month: 11}},
		Terminal: "10020030", Merchant: "898110058120001", Operator: "01", At: at,
		Status: txn.Approved,
		Result: txn.Result{Code: "00", AuthCode: "A1B2C3", RRN: "606315012345", HostAt: at.Add(2 * time.Second)},
	}
}

func options(lang receipts.Lang, columns int, training bool) receipts.Options {
	return receipts.Options{
		Merchant: receipts.Merchant{
			Name:     receipts.Words{Zh: "杭州市西湖区青石弄文具与图书用品商店", En: "Bluestone Lane Stationery and Books"},
			City:     "杭州",
			Address:  "青石弄 12 号",
			Acquirer: "示例收单行",
			Licence:  "Z0000000000000",
			Phone:    "400-000-0000",
		},
		Columns: columns, Lang: lang, Training: training,
	}
}

// void takes the sale back under the next trace number.
func void(tb testing.TB) txn.Transaction {
	tb.Helper()
	v := sale(tb)
	v.Kind, v.STAN, v.Of = txn.Void, v.STAN+1, v.Past()
	v.Result.AuthCode, v.Result.RRN = "D4E5F6", "606315012399"
	return v
}

// settlement closes the batch: cards from here and from abroad, sales and refunds.
func settlement(tb testing.TB) txn.Transaction {
	tb.Helper()
	s := sale(tb)
	s.Kind, s.STAN, s.Card = txn.Settlement, 269, reader.Card{}
	s.Amount.Minor = 123450 + 99*100 - 5000
	s.Totals = &txn.Totals{
		Domestic: txn.Sides{Debits: txn.Tally{Count: 12, Minor: 123450}, Credits: txn.Tally{Count: 1, Minor: 5000}},
		Foreign:  txn.Sides{Debits: txn.Tally{Count: 1, Minor: 9900}},
	}
	return s
}

// chip is the sale paid by chip, approved by the card, with or without a PIN that
// stands for the signature.
func chip(tb testing.TB, pin bool) txn.Transaction {
	tb.Helper()
	s := sale(tb)
	s.Card.Entry = reader.Chip
	s.Card.Chip = &reader.ChipData{
		AID: "A000000333010101", Label: "PBOC DEBIT", Sequence: 1, CID: 0x40,
		Cryptogram: []byte("\x0f\x1e\x2d\x3c\x4b\x5a\x69\x78"), TVR: [5]byte{0, 0x80, 4, 0x08, 0}, TSI: [2]byte{0xE8, 0x01},
		ATC: 0x2B, PIN: pin, Signature: !pin,
	}
	return s
}

// TestGolden holds every form of the card slips to the paper somebody looked at.
func TestGolden(t *testing.T) {
	for _, lang := range []receipts.Lang{receipts.Chinese, receipts.English, receipts.Both} {
		for _, columns := range []int{32, 42, 48} {
			t.Run(fmt.Sprintf("%v-%d", lang, columns), func(t *testing.T) {
				checkGolden(t, "sale", sale(t), lang, columns)
				checkGolden(t, "void", void(t), lang, columns)
				checkGolden(t, "chip-pin", chip(t, true), lang, columns)
				checkGolden(t, "chip-signature", chip(t, false), lang, columns)
				checkGolden(t, "settlement", settlement(t), lang, columns)
			})
		}
	}
}

// checkGolden puts the twelve slips of one language and paper into one file.
func checkGolden(t *testing.T, name string, of txn.Transaction, lang receipts.Lang, columns int) {
	var all strings.Builder
	for _, c := range []txn.Copy{txn.MerchantCopy, txn.CardholderCopy, txn.FaultSlip} {
		if of.Kind == txn.Settlement && c != txn.MerchantCopy {
			continue
		}
		for _, training := range []bool{false, true} {
			for _, duplicate := range []bool{false, true} {
				stands := of
				slip := txn.Slip{Txn: &stands, Copy: c, Duplicate: duplicate}
				if c == txn.FaultSlip {
					slip.Txn.Status, slip.Txn.Result = txn.ReversalPending, txn.Result{}
					slip.Txn.Refused = "64"
				}
				page, err := receipts.Render(slip, options(lang, columns, training))
				if err != nil {
					t.Fatal(err)
				}
				fmt.Fprintf(&all, "## copy %d training %t duplicate %t\n%s", c, training, duplicate, Render(page))
			}
		}
	}
	golden(t, fmt.Sprintf("%s-%v-%d.txt", name, lang, columns), all.String())
}

// golden holds a text to a file of testdata, or with -update writes it there.
func golden(t *testing.T, name, got string) {
	t.Helper()
	path := filepath.Join("testdata", name)
	if *update {
		if err := os.WriteFile(path, []byte(got), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(string(want), got); diff != "" {
		t.Errorf("%s (-want +got), -update rewrites it:\n%s", path, diff)
	}
}

func BenchmarkChineseSlip(b *testing.B) {
	facts, err := receipts.NewFacts(txn.Slip{Txn: sold(b), Copy: txn.MerchantCopy}, options(receipts.Chinese, 32, false))
	if err != nil {
		b.Fatal(err)
	}
	doc := receipts.CardSlip(facts)
	b.ReportAllocs()
	for b.Loop() {
		page, err := receipts.Layout(doc, 32)
		if err != nil {
			b.Fatal(err)
		}
		if len(Render(page)) == 0 {
			b.Fatal("empty slip")
		}
	}
}

// BenchmarkWholeWay is slip to checked text: facts, document, layout, rules.
func BenchmarkWholeWay(b *testing.B) {
	slip, o := txn.Slip{Txn: sold(b), Copy: txn.MerchantCopy}, options(receipts.Chinese, 32, true)
	b.ReportAllocs()
	for b.Loop() {
		page, err := receipts.Render(slip, o)
		if err != nil {
			b.Fatal(err)
		}
		if len(Render(page)) == 0 {
			b.Fatal("empty slip")
		}
	}
}
