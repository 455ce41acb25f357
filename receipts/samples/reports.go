package samples

import (
	"time"

	"vpos/reader"
	"vpos/receipts"
	"vpos/txn"
)

// reports are the papers of the day.
func reports() []Sample {
	open, closed, shift := Batch(), Closed(), Shift()
	return []Sample{
		{Name: "x-report", render: func(o receipts.Options) (receipts.Page, error) {
			return receipts.RenderReport(&open, ReportOptions(o, false))
		}},
		{Name: "z-report", render: func(o receipts.Options) (receipts.Page, error) {
			return receipts.RenderReport(&closed, ReportOptions(o, false))
		}},
		{Name: "detail-list", render: func(o receipts.Options) (receipts.Page, error) {
			return receipts.RenderReport(&closed, ReportOptions(o, true))
		}},
		{Name: "shift-report", render: func(o receipts.Options) (receipts.Page, error) {
			return receipts.RenderShift(shift, "10020030", "898110058120001", ReportOptions(o, false))
		}},
		{Name: "training-report", render: func(o receipts.Options) (receipts.Page, error) {
			return receipts.RenderTraining(Training(), o)
		}},
	}
}

// ReportOptions are a report's of the samples' shop, with every transaction or without.
func ReportOptions(o receipts.Options, list bool) receipts.ReportOptions {
	unionPay, _ := txn.ParseRates(reader.UnionPay, "credit 0.60%, debit 0.50% max 20.00", cny)
	visa, _ := txn.ParseRates(reader.Visa, "2.5%", cny)
	return receipts.ReportOptions{
		Options: o, At: time.Date(2026, time.March, 6, 18, 0, 0, 0, time.FixedZone("CST", 8*3600)),
		Rates: append(unionPay, visa...), Days: 1, List: list,
	}
}

// Batch is an afternoon with most of what can happen, still open.
func Batch() txn.Report {
	at := time.Date(2026, time.March, 6, 9, 0, 0, 0, time.FixedZone("CST", 8*3600))
	r := txn.Report{Batch: 17, Currency: cny, Terminal: "10020030", Merchant: "898110058120001"}
	next := txn.STAN(267)
	put := func(k txn.Kind, minor int64, b reader.Brand, e reader.EntryMode, operator string, changes ...func(*txn.ReportLine)) {
		at, next = at.Add(17*time.Minute), next+1
		l := txn.ReportLine{
			Key: txn.Key{Batch: 17, STAN: next}, Kind: k, At: at, Amount: minor,
			Brand: b, Entry: e, Last4: "1111", Operator: operator, Status: txn.Approved,
		}
		for _, change := range changes {
			change(&l)
		}
		r.Lines = append(r.Lines, l)
	}
	is := func(s txn.Status) func(*txn.ReportLine) { return func(l *txn.ReportLine) { l.Status = s } }
	debit := func(l *txn.ReportLine) { l.AID = "A000000333010101" }
	put(txn.Sale, 1234567, reader.UnionPay, reader.Chip, "01", debit)
	put(txn.Sale, 11500, reader.UnionPay, reader.Swipe, "01", func(l *txn.ReportLine) { l.Tip = 1500 })
	put(txn.Tip, 11500, reader.UnionPay, reader.Swipe, "02", func(l *txn.ReportLine) { l.Tip, l.Untold = 1500, true })
	put(txn.Phone, 4999, reader.Visa, reader.Manual, "02")
	put(txn.Sale, 8800, reader.Mastercard, reader.Chip, "02", is(txn.Voided))
	put(txn.Void, 8800, reader.Mastercard, reader.Chip, "02")
	put(txn.Refund, 3000, reader.UnionPay, reader.Manual, "01")
	put(txn.PreAuth, 200000, reader.UnionPay, reader.Chip, "01")
	put(txn.Completion, 215000, reader.UnionPay, reader.Chip, "01")
	put(txn.Offline, 6600, reader.UnknownBrand, reader.Manual, "", func(l *txn.ReportLine) { l.Owed = true })
	put(txn.Sale, 5000, reader.Visa, reader.Swipe, "02", is(txn.Declined))
	put(txn.Sale, 5100, reader.Visa, reader.Swipe, "02", is(txn.ReversalPending))
	return r
}

// Closed is the batch settled.
func Closed() txn.Report {
	r := Batch()
	r.Lines[len(r.Lines)-1].Status = txn.Reversed
	r.Lines[2].Untold = false
	s, totals := settlement(), r.Totals()
	s.Totals = &totals
	s.At = r.To().Add(time.Hour)
	s.Result.HostAt = s.At
	r.Closed = &s
	return r
}

// Shift is an operator's day, short of a few yuan.
func Shift() txn.Shift {
	at := time.Date(2026, time.March, 4, 8, 0, 0, 0, time.UTC)
	return txn.Shift{
		Operator: "01", From: at, To: at.Add(9 * time.Hour),
		Float: yuan(200), Count: txn.Money{Minor: 150_50, Currency: cny},
		Totals: txn.Totals{
			Domestic: txn.Sides{Debits: txn.Tally{Count: 3, Minor: 123_45}, Credits: txn.Tally{Count: 1, Minor: 9_99}},
			Foreign:  txn.Sides{Debits: txn.Tally{Count: 1, Minor: 1_00}},
		},
	}
}

// Training is a cashier's: a task done well and one to be done again.
func Training() receipts.TrainingReport {
	return receipts.TrainingReport{
		Operator: "01", At: time.Date(2026, time.March, 6, 18, 0, 0, 0, time.FixedZone("CST", 8*3600)),
		Tasks: []receipts.TrainingTask{
			{
				Task:   receipts.Words{Zh: "超时后冲正", En: "Reversal after a time-out"},
				Result: receipts.Words{Zh: "通过", En: "PASSED"}, Points: 10, Of: 10,
			},
			{
				Task:   receipts.Words{Zh: "没收卡", En: "Pick up the card"},
				Result: receipts.Words{Zh: "未通过", En: "FAILED"}, Of: 10,
				Hint: receipts.Words{Zh: "应答码 04:留下卡片,致电银行", En: "Code 04: keep the card and call the bank"},
			},
		},
	}
}
