package printer

import (
	"context"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"vpos/receipts"
	"vpos/txn"
)

// TestOpenReports: each X report is an original of its own; the same one twice is one.
func TestOpenReports(t *testing.T) {
	cny, _ := txn.CurrencyByCode("CNY")
	at := time.Date(2026, time.March, 4, 15, 6, 7, 0, time.UTC)
	r := txn.Report{Batch: 17, Currency: cny, Terminal: "10020030", Merchant: "898110058120001"}
	o := receipts.ReportOptions{
		Options: receipts.Options{Merchant: receipts.Merchant{Name: receipts.Words{En: "Sample"}}, Columns: 32, Training: true}, At: at,
	}
	p := &Reports{File: &File{Dir: t.TempDir()}}
	for _, lang := range []receipts.Lang{receipts.Chinese, receipts.Chinese, receipts.English} {
		o.Lang = lang
		if err := p.PrintOpen(t.Context(), &r, o); err != nil {
			t.Fatal(err)
		}
	}
	for name, want := range map[string]string{"20260304-150607-000017-x.txt": "X 报表", "20260304-150607-000017-x-2.txt": "X REPORT"} {
		b, err := os.ReadFile(filepath.Join(p.File.Dir, name))
		if err != nil || !strings.Contains(string(b), want) || strings.Contains(string(b), "DUPLICATE") {
			t.Errorf("%s: %v\n%s", name, err, b)
		}
	}
	if files, _ := os.ReadDir(p.File.Dir); len(files) != 2 {
		t.Errorf("%d files", len(files))
	}
}

// TestReportOnce: a report asked for again is the same paper; one that has changed
// since is one duplicate, however often it is asked for.
func TestReportOnce(t *testing.T) {
	cny, _ := txn.CurrencyByCode("CNY")
	at := time.Date(2026, time.March, 4, 15, 6, 7, 0, time.UTC)
	totals := txn.Totals{Domestic: txn.Sides{Debits: txn.Tally{Count: 1, Minor: 1234}}}
	r := txn.Report{
		Batch: 17, Currency: cny, Terminal: "10020030", Merchant: "898110058120001",
		Lines:  []txn.ReportLine{{Key: txn.Key{Batch: 17, STAN: 268}, Kind: txn.Sale, At: at, Amount: 1234, Status: txn.Approved}},
		Closed: &txn.Transaction{Kind: txn.Settlement, Batch: 17, STAN: 269, At: at, Totals: &totals, Status: txn.Approved},
	}
	o := receipts.ReportOptions{
		Options: receipts.Options{Merchant: receipts.Merchant{Name: receipts.Words{En: "Sample"}}, Columns: 32, Training: true}, At: at,
	}
	p := &Reports{File: &File{Dir: filepath.Join(t.TempDir(), "reports")}}
	print := func() {
		t.Helper()
		if err := p.Print(context.Background(), &r, o); err != nil {
			t.Fatal(err)
		}
	}
	names := func() []string {
		entries, err := os.ReadDir(p.File.Dir)
		if err != nil {
			t.Fatal(err)
		}
		var list []string
		for _, e := range entries {
			list = append(list, e.Name())
		}
		return list
	}
	print()
	print()
	if got := names(); len(got) != 1 || got[0] != "20260304-150607-000017-000269-z.txt" {
		t.Fatalf("twice the same: %q", got)
	}
	o.Lang = receipts.English
	print()
	print()
	got := names()
	if len(got) != 2 || got[0] != "20260304-150607-000017-000269-z-dup-1.txt" {
		t.Fatalf("changed since: %q", got)
	}
	for _, name := range got {
		b, err := os.ReadFile(filepath.Join(p.File.Dir, name))
		if dup := strings.Contains(string(b), receipts.DuplicateMark); err != nil || dup != strings.Contains(name, "dup") {
			t.Errorf("%s: marked %t, %v", name, dup, err)
		}
	}
}

// The report of a shift is one file, named by its end and its operator.
func TestShiftPrinted(t *testing.T) {
	cny, _ := txn.CurrencyByCode("CNY")
	at := time.Date(2026, time.March, 4, 8, 0, 0, 0, time.UTC)
	s := txn.Shift{Operator: "07", From: at, To: at.Add(time.Hour), Count: txn.Money{Minor: 5, Currency: cny}}
	o := receipts.ReportOptions{
		Options: receipts.Options{Merchant: receipts.Merchant{Name: receipts.Words{En: "Sample"}}, Columns: 32, Training: true}, At: at,
	}
	p := &Reports{File: &File{Dir: filepath.Join(t.TempDir(), "reports")}}
	for range 2 {
		if err := p.PrintShift(context.Background(), s, "10020030", "898110058120001", o); err != nil {
			t.Fatal(err)
		}
	}
	b, err := os.ReadFile(filepath.Join(p.File.Dir, "20260304-090000-shift-07.txt"))
	if err != nil || !strings.Contains(string(b), "0.05") {
		t.Errorf("%v:\n%s", err, b)
	}
}
