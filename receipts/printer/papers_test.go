package printer

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"vpos/receipts"
	"vpos/receipts/printer/spool"
	"vpos/receipts/printer/wire"
	"vpos/receipts/text"
	"vpos/txn"
)

func notice(t *testing.T) receipts.Page {
	t.Helper()
	page, err := receipts.RenderSignOn(receipts.SignOn{
		At: time.Date(2026, time.March, 4, 15, 6, 7, 0, time.UTC), Terminal: "10020030", Merchant: "898110058120001", Batch: "000017",
	}, receipts.Options{Merchant: receipts.Merchant{Name: receipts.Words{En: "Sample"}}, Columns: 32, Lang: receipts.English})
	if err != nil {
		t.Fatal(err)
	}
	return page
}

// A paper that somebody wants comes each time, and says so after the first.
func TestPapersInFiles(t *testing.T) {
	p := &Papers{File: &File{Dir: t.TempDir()}}
	for range 3 {
		if err := p.Print(t.Context(), "day-sign-on", notice(t)); err != nil {
			t.Fatal(err)
		}
	}
	wantFolder(t, p.File.Dir, "day-sign-on.txt", "day-sign-on-dup-1.txt", "day-sign-on-dup-2.txt")
	for _, name := range folder(t, p.File.Dir) {
		if marked := strings.Contains(content(t, p.File.Dir+"/"+name), receipts.DuplicateMark); marked == (name == "day-sign-on.txt") {
			t.Errorf("%s is marked: %t", name, marked)
		}
	}
}

// sheets is a printer that takes pages, or not.
type sheets struct {
	out  []string
	next wire.Result
}

func (s *sheets) Print(_ context.Context, _ [4]byte, job []byte) wire.Result {
	if s.next.Outcome == wire.Printed {
		s.out = append(s.out, string(job))
	}
	return s.next
}

// On a printer the same; one that never left is no duplicate when it comes, one of which
// nobody knows is.
func TestPapersOnAPrinter(t *testing.T) {
	list, err := spool.Open(t.TempDir(), time.Now)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = list.Close() })
	s := &sheets{}
	p := &Papers{Paper: &Device{Spool: list, Printer: s, Encode: func(page receipts.Page, drawer bool) ([]byte, error) {
		if drawer {
			t.Error("the drawer opens")
		}
		return []byte(text.Render(page)), nil
	}}}
	var e *spool.Error
	for _, step := range []struct {
		outcome wire.Outcome
		papers  int
		marked  bool
	}{{wire.NotPrinted, 0, false}, {wire.Printed, 1, false}, {wire.Printed, 2, true}, {wire.Unsure, 2, true}, {wire.Printed, 3, true}} {
		s.next = wire.Result{Outcome: step.outcome, Why: txn.PrinterPaperOut}
		err := p.Print(t.Context(), "day-sign-on", notice(t))
		if step.outcome == wire.Printed && err != nil || step.outcome != wire.Printed && (!errors.As(err, &e) || e.MayBeOut() != (step.outcome == wire.Unsure)) {
			t.Errorf("%v: %v", step, err)
		}
		if len(s.out) != step.papers {
			t.Fatalf("%v: %d papers", step, len(s.out))
		}
		if n := len(s.out); n > 0 && strings.Contains(s.out[n-1], receipts.DuplicateMark) != step.marked {
			t.Errorf("%v:\n%s", step, s.out[n-1])
		}
	}
}

// A slip that may have stood on a damaged line of the list comes with its mark; one made since
// comes without.
func TestDamagedList(t *testing.T) {
	dir := t.TempDir()
	if err := os.WriteFile(filepath.Join(dir, "jobs.log"), []byte("what was here\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	old := slip(t, txn.MerchantCopy, false)
	list, err := spool.Open(dir, func() time.Time { return old.Txn.At.Add(time.Minute) })
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = list.Close() })
	s := &sheets{next: wire.Result{Outcome: wire.Printed}}
	d := &Device{Spool: list, Printer: s, Options: slips("").Options, Encode: func(page receipts.Page, _ bool) ([]byte, error) {
		return []byte(text.Render(page)), nil
	}}
	since := slip(t, txn.MerchantCopy, false)
	since.Txn.STAN++
	since.Txn.At = since.Txn.At.Add(time.Hour)
	for i, one := range []txn.Slip{old, since} {
		if err := d.Print(t.Context(), one); err != nil {
			t.Fatal(err)
		}
		if marked := strings.Contains(s.out[i], receipts.DuplicateMark); marked != (i == 0) {
			t.Errorf("slip %d is marked: %t", i, marked)
		}
	}
}

// Beside the text lies the other format, once, whatever was asked for again; where it cannot be
// made the slip is not out.
func TestBeside(t *testing.T) {
	dir, drawn := t.TempDir(), 0
	s := slips(dir)
	fails := errors.New("no room")
	s.File.Beside = &Beside{Ending: ".pdf", Draw: func(receipts.Page) ([]byte, error) {
		drawn++
		if drawn == 1 {
			return nil, fails
		}
		return []byte{byte(drawn)}, nil // never the same
	}}
	one := slip(t, txn.MerchantCopy, false)
	if err := s.Print(t.Context(), one); !errors.Is(err, fails) {
		t.Error(err)
	}
	for range 2 {
		if err := s.Print(t.Context(), one); err != nil {
			t.Error(err)
		}
	}
	one.Duplicate = true
	if err := s.Print(t.Context(), one); err != nil {
		t.Error(err)
	}
	wantFolder(t, dir, original, strings.Replace(original, ".txt", ".pdf", 1), firstDup, strings.Replace(firstDup, ".txt", ".pdf", 1))
	if got := content(t, filepath.Join(dir, strings.Replace(original, ".txt", ".pdf", 1))); got != "\x02" {
		t.Errorf("%q", got)
	}
}
