package receipts

import (
	"testing"
	"time"

	"vpos/reader"
	"vpos/txn"
)

// sample is a keyed sale whose every fact is different from every other. The
// expiry is written in ways that occur nowhere else on the slip.
func sample(tb testing.TB) txn.Slip {
	tb.Helper()
	cny, _ := txn.CurrencyByCode("CNY")
	at := time.Date(2026, time.March, 4, 15, 6, 7, 0, time.FixedZone("CST", 8*3600))
	return txn.Slip{Copy: txn.MerchantCopy, Txn: &txn.Transaction{
		Kind: txn.Sale, Batch: 17, STAN: 268, Amount: txn.Money{Minor: 123450, Currency: cny},
		Card:     card(tb, "4111111111111111"),
		Terminal: "10020030", Merchant: "898110058120001", Operator: "01", At: at,
		Status: txn.Approved,
		Result: txn.Result{Code: "00", AuthCode: "A1B2C3", RRN: "606315012345", HostAt: at.Add(2 * time.Second)},
	}}
}

func card(tb testing.TB, digits string) reader.Card {
	tb.Helper()
	pan, err := reader.RestorePAN([]byte(digits))
	if err != nil {
		tb.Fatal(err)
	}
	return reader.Card{Entry: reader.Manual, PAN: pan, Expiry: reader.Expiry{Year: 2039, Month: 11}}
}

// chipSample is the sample paid by chip and PIN.
func chipSample(tb testing.TB) txn.Slip {
	tb.Helper()
	slip := sample(tb)
	slip.Txn.Card.Entry = reader.Chip
	slip.Txn.Card.Chip = &reader.ChipData{
		AID: "A000000333010101", Label: "PBOC DEBIT", Sequence: 1, CID: 0x40,
		Cryptogram: []byte("\x0f\x1e\x2d\x3c\x4b\x5a\x69\x78"), TVR: [5]byte{0, 0x80, 4, 0x08, 0}, TSI: [2]byte{0xE8, 0x01},
		ATC: 0x2B, PIN: true,
	}
	return slip
}

func sampleOptions() Options {
	return Options{
		Merchant: Merchant{
			Name: Words{"杭州市西湖区青石弄文具与图书用品商店", "Bluestone Lane Stationery and Books"},
			City: "杭州", Address: "青石弄 12 号", Acquirer: "示例收单行", Licence: "Z0000000000000", Phone: "400-000-0000",
		},
		Columns: 32, Lang: Both, Training: true,
	}
}

// build goes the way of Render with a hand on the document before layout.
func build(tb testing.TB, slip txn.Slip, o Options, change func(*Document)) (Page, Facts) {
	tb.Helper()
	f, err := NewFacts(slip, o)
	if err != nil {
		tb.Fatal(err)
	}
	doc := CardSlip(f)
	if change != nil {
		change(&doc)
	}
	p, err := Layout(doc, o.Columns)
	if err != nil {
		tb.Fatal(err)
	}
	return p, f
}

// prints is the status a sale has when a copy of it is printed.
func prints(c txn.Copy) txn.Status {
	if c == txn.FaultSlip {
		return txn.ReversalPending
	}
	return txn.Approved
}
