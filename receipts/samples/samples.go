// Package samples is one of every paper that vpos prints: for the preview of a template,
// for the guide, and for the tests that hold every output to the same cells. Shop, people
// and card are invented; the card number is a well-known test number.
package samples

import (
	"time"

	"vpos/reader"
	"vpos/receipts"
	"vpos/txn"
)

// Sample is a paper.
type Sample struct {
	Name   string // stable, such as refund-cardholder
	Card   bool   // a card slip, which a template lays out
	render func(o receipts.Options) (receipts.Page, error)
}

// Render draws the paper. Of o all counts but Chain; errors are those of
// [receipts.Render].
func (s Sample) Render(o receipts.Options) (receipts.Page, error) { return s.render(o) }

// All lists every paper, slips first.
func All() []Sample {
	var all []Sample
	for _, t := range transactions() {
		for _, c := range copies(t.of) {
			all = append(all, Sample{Name: t.name + c.suffix, Card: t.of.Kind != txn.Settlement, render: c.render})
		}
	}
	return append(append(all, outcomes()...), reports()...)
}

// Find is the sample of a name.
func Find(name string) (Sample, bool) {
	for _, s := range All() {
		if s.Name == name {
			return s, true
		}
	}
	return Sample{}, false
}

// Options are those of the samples' shop.
func Options(lang receipts.Lang, columns int, training bool) receipts.Options {
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

// copied is a paper of a transaction.
type copied struct {
	suffix string
	slip   txn.Slip
}

func (c copied) render(o receipts.Options) (receipts.Page, error) { return receipts.Render(c.slip, o) }

// copies are the papers of a transaction: the merchant's, the cardholder's as a duplicate,
// and the one that asks a person to act.
func copies(of txn.Transaction) []copied {
	list := []copied{{"", txn.Slip{Txn: &of, Copy: txn.MerchantCopy}}}
	if of.Kind.Copies().Has(txn.CardholderCopy) {
		list = append(list, copied{"-cardholder", txn.Slip{Txn: &of, Copy: txn.CardholderCopy, Duplicate: true}})
	}
	if of.Kind == txn.Settlement {
		return list
	}
	fault := of
	if fault.Status, fault.Refused = txn.ReversalPending, "64"; of.Kind.Told() {
		fault.Status, fault.Refused, fault.Result.Code = txn.Refused, "", "51"
	} else {
		fault.Result = txn.Result{}
	}
	return append(list, copied{"-fault", txn.Slip{Txn: &fault, Copy: txn.FaultSlip}})
}

// Card is the samples' card, read in one of the ways there are.
func Card(entry reader.EntryMode) reader.Card {
	pan, err := reader.RestorePAN([]byte("4111111111111111"))
	if err != nil {
		panic(err) // it is a constant
	}
	return reader.Card{Entry: entry, PAN: pan, Expiry: reader.Expiry{Year: 2039, Month: 11}}
}

var cny = txn.CurrencyNumbered("156")

func yuan(n int64) txn.Money { return txn.Money{Minor: n * 100, Currency: cny} }

// Sale is a keyed sale that was approved.
func Sale() txn.Transaction {
	at := time.Date(2026, time.March, 4, 15, 6, 7, 0, time.FixedZone("CST", 8*3600))
	return txn.Transaction{
		Kind: txn.Sale, Batch: 17, STAN: 268, Amount: txn.Money{Minor: 123450, Currency: cny},
		Card: Card(reader.Manual), Terminal: "10020030", Merchant: "898110058120001", Operator: "01", At: at,
		Status: txn.Approved,
		Result: txn.Result{Code: "00", AuthCode: "A1B2C3", RRN: "606315012345", HostAt: at.Add(2 * time.Second)},
	}
}

// chip is the sale paid by chip, with a PIN or a signature.
func chip(pin bool) txn.Transaction {
	s := Sale()
	s.Card.Entry = reader.Chip
	s.Card.Chip = &reader.ChipData{
		AID: "A000000333010101", Label: "PBOC DEBIT", Sequence: 1, CID: 0x40,
		Cryptogram: []byte("\x0f\x1e\x2d\x3c\x4b\x5a\x69\x78"), TVR: [5]byte{0, 0x80, 4, 0x08, 0}, TSI: [2]byte{0xE8, 0x01},
		ATC: 0x2B, PIN: pin, Signature: !pin,
	}
	return s
}

// settlement closes the batch: cards from here and from abroad, sales and refunds.
func settlement() txn.Transaction {
	s := Sale()
	s.Kind, s.STAN, s.Card = txn.Settlement, 269, reader.Card{}
	s.Amount.Minor = 123450 + 99*100 - 5000
	s.Totals = &txn.Totals{
		Domestic: txn.Sides{Debits: txn.Tally{Count: 12, Minor: 123450}, Credits: txn.Tally{Count: 1, Minor: 5000}},
		Foreign:  txn.Sides{Debits: txn.Tally{Count: 1, Minor: 9900}},
	}
	return s
}
