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

// batch is an afternoon with most of what can happen, still open.
func batch(tb testing.TB) txn.Report {
	tb.Helper()
	cny, _ := txn.CurrencyByCode("CNY")
	at := time.Date(2026, time.March, 6, 9, 0, 0, 0, time.FixedZone("CST", 8*3600))
	r := txn.Report{Batch: 17, Currency: cny, Terminal: "10020030", Merchant: "898110058120001"}
	put := func(k txn.Kind, minor int64, b reader.Brand, e reader.EntryMode, operator string, change ...func(*txn.ReportLine)) {
		at = at.Add(17 * time.Minute)
		l := txn.ReportLine{
			Key: txn.Key{Batch: 17, STAN: txn.STAN(len(r.Lines) + 268)}, Kind: k, At: at, Amount: minor,
			Brand: b, Entry: e, Last4: "1111", Operator: operator, Status: txn.Approved,
		}
		for _, c := range change {
			c(&l)
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

// closed is the batch settled.
func closed(tb testing.TB) txn.Report {
	r := batch(tb)
	r.Lines[len(r.Lines)-1].Status = txn.Reversed
	r.Lines[2].Untold = false
	s := settlement(tb)
	totals := r.Totals()
	s.Totals = &totals
	s.At = r.To().Add(time.Hour)
	s.Result.HostAt = s.At
	r.Closed = &s
	return r
}

func reportOptions(lang receipts.Lang, columns int) receipts.ReportOptions {
	unionPay, _ := txn.ParseRates(reader.UnionPay, "credit 0.60%, debit 0.50% max 20.00", txn.CurrencyNumbered("156"))
	visa, _ := txn.ParseRates(reader.Visa, "2.5%", txn.CurrencyNumbered("156"))
	return receipts.ReportOptions{
		Options: options(lang, columns, false), At: time.Date(2026, time.March, 6, 18, 0, 0, 0, time.FixedZone("CST", 8*3600)),
		Rates: append(unionPay, visa...), Days: 1,
	}
}

// TestGoldenReports holds the reports to the paper somebody looked at.
func TestGoldenReports(t *testing.T) {
	for _, lang := range []receipts.Lang{receipts.Chinese, receipts.English, receipts.Both} {
		for name, r := range map[string]txn.Report{"report-x": batch(t), "report-z": closed(t)} {
			var all strings.Builder
			for _, columns := range []int{32, 42, 48} {
				o := reportOptions(lang, columns)
				draw := func(what string, r txn.Report) {
					page, err := receipts.RenderReport(&r, o)
					if err != nil {
						t.Fatalf("%s %s %v %d: %v", name, what, lang, columns, err)
					}
					fmt.Fprintf(&all, "## %d columns, %s\n%s", columns, what, Render(page))
				}
				draw("plain", r)
				o.Training, o.Duplicate, o.List, o.Rates = true, true, true, nil
				draw("training, duplicate, with the list, no rates", r)
			}
			golden(t, fmt.Sprintf("%s-%v.txt", name, lang), all.String())
		}
	}
}
