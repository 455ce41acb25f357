package printer

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"vpos/reader"
	"vpos/receipts"
	"vpos/txn"
)

func slip(tb testing.TB, c txn.Copy, duplicate bool) txn.Slip {
	tb.Helper()
	pan, err := reader.RestorePAN([]byte("4111111111111111"))
	if err != nil {
		tb.Fatal(err)
	}
	cny, _ := txn.CurrencyByCode("CNY")
	at := time.Date(2026, time.March, 4, 15, 6, 7, 0, time.FixedZone("CST", 8*3600))
	return txn.Slip{Copy: c, Duplicate: duplicate, Txn: &txn.Transaction{
		Kind: txn.Sale, Batch: 17, STAN: 268, Amount: txn.Money{Minor: 1234, Currency: cny},
		Card:     reader.Card{Entry: reader.Swipe, PAN: pan},
		Terminal: "10020030", Merchant: "898110058120001", At: at, Status: txn.Approved,
		Result: txn.Result{Code: "00", AuthCode: "123456", RRN: "606315012345"},
	}}
}

func slips(dir string) *Slips {
	return &Slips{File: &File{Dir: dir}, Options: receipts.Options{
		Merchant: receipts.Merchant{Name: receipts.Words{Zh: "示例文具店", En: "Sample Stationery"}},
		Columns:  32, Lang: receipts.Chinese,
	}}
}

const (
	original  = "20260304-150607-000017-000268-1-merchant.txt"
	firstDup  = "20260304-150607-000017-000268-1-merchant-dup-1.txt"
	secondDup = "20260304-150607-000017-000268-1-merchant-dup-2.txt"
	forHolder = "20260304-150607-000017-000268-2-cardholder.txt"
)

func folder(t *testing.T, dir string) []string {
	t.Helper()
	entries, err := os.ReadDir(dir)
	if err != nil {
		t.Fatal(err)
	}
	var names []string
	for _, e := range entries {
		names = append(names, e.Name())
	}
	return names
}

func wantFolder(t *testing.T, dir string, want ...string) {
	t.Helper()
	slices.Sort(want)
	if got := folder(t, dir); !slices.Equal(got, want) {
		t.Errorf("folder holds\n%q, want\n%q", got, want)
	}
}

func content(t *testing.T, path string) string {
	t.Helper()
	b, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	return string(b)
}

func mustPrint(t *testing.T, s *Slips, p txn.Slip) {
	t.Helper()
	if err := s.Print(t.Context(), p); err != nil {
		t.Fatal(err)
	}
}

func TestPrintMakesPrivateFiles(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "receipts")
	s := slips(dir)
	mustPrint(t, s, slip(t, txn.MerchantCopy, false))
	mustPrint(t, s, slip(t, txn.CardholderCopy, false))
	wantFolder(t, dir, original, forHolder)
	if got := content(t, filepath.Join(dir, original)); !strings.Contains(got, "RMB 12.34\n") {
		t.Errorf("slip lacks its amount:\n%s", got)
	}
	if runtime.GOOS == "windows" {
		return
	}
	for path, want := range map[string]fs.FileMode{dir: 0o700, filepath.Join(dir, original): 0o600} {
		if info, err := os.Stat(path); err != nil || info.Mode().Perm() != want {
			t.Errorf("%s: mode %v, %v; want %v", path, info.Mode().Perm(), err, want)
		}
	}
}

func TestOriginalIsPrintedOnce(t *testing.T) {
	dir := t.TempDir()
	for range 3 { // a fresh process each time
		mustPrint(t, slips(dir), slip(t, txn.MerchantCopy, false))
	}
	wantFolder(t, dir, original)
}

func TestDuplicatesAreNewFiles(t *testing.T) {
	dir := t.TempDir()
	s := slips(dir)
	mustPrint(t, s, slip(t, txn.MerchantCopy, false))
	mustPrint(t, s, slip(t, txn.MerchantCopy, true))
	mustPrint(t, slips(dir), slip(t, txn.MerchantCopy, true))
	wantFolder(t, dir, original, firstDup, secondDup)
	for _, name := range []string{firstDup, secondDup} {
		if !strings.Contains(content(t, filepath.Join(dir, name)), receipts.DuplicateMark) {
			t.Errorf("%s is not marked", name)
		}
	}
	if strings.Contains(content(t, filepath.Join(dir, original)), receipts.DuplicateMark) {
		t.Error("the original is marked")
	}
}

// TestChangedSettings: after a crash the same original is asked for under other
// settings. The paper is marked, and only once.
func TestChangedSettings(t *testing.T) {
	dir := t.TempDir()
	mustPrint(t, slips(dir), slip(t, txn.MerchantCopy, false))
	before := content(t, filepath.Join(dir, original))
	for range 2 {
		s := slips(dir)
		s.Options.Lang = receipts.English
		mustPrint(t, s, slip(t, txn.MerchantCopy, false))
	}
	wantFolder(t, dir, original, firstDup)
	if !strings.Contains(content(t, filepath.Join(dir, firstDup)), receipts.DuplicateMark) {
		t.Error("the second paper is not marked")
	}
	if content(t, filepath.Join(dir, original)) != before {
		t.Error("the original was changed")
	}
}

func TestConcurrentPrints(t *testing.T) {
	dir := t.TempDir()
	s := slips(dir)
	const each = 8
	var wg sync.WaitGroup
	errs := make(chan error, 2*each)
	for i := range 2 * each {
		p := slip(t, txn.MerchantCopy, i%2 == 1)
		wg.Go(func() { errs <- s.Print(context.Background(), p) })
	}
	wg.Wait()
	close(errs)
	for err := range errs {
		if err != nil {
			t.Error(err)
		}
	}
	want := []string{original}
	for n := range each {
		want = append(want, fmt.Sprintf("20260304-150607-000017-000268-1-merchant-dup-%d.txt", n+1))
	}
	wantFolder(t, dir, want...)
}

func TestRefusals(t *testing.T) {
	dir := t.TempDir()
	s := slips(dir)
	ended, cancel := context.WithCancel(t.Context())
	cancel()
	if err := s.Print(ended, slip(t, txn.MerchantCopy, false)); !errors.Is(err, context.Canceled) {
		t.Errorf("Print after the end = %v", err)
	}
	declined := slip(t, txn.MerchantCopy, false)
	declined.Txn.Status = txn.Declined
	if err := s.Print(t.Context(), declined); !errors.Is(err, receipts.ErrNoSlip) {
		t.Errorf("Print of a declined sale = %v, want %v", err, receipts.ErrNoSlip)
	}
	for _, name := range []string{"", ".", "..", "../x", "a/b", ".slip-x.tmp"} {
		if err := s.File.Put(t.Context(), name, nil); !errors.Is(err, ErrName) {
			t.Errorf("Put(%q) = %v, want %v", name, err, ErrName)
		}
	}
	wantFolder(t, dir)
}
