package main

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"vpos/reader"
	"vpos/receipts/printer/port"
	"vpos/receipts/printer/spool"
	"vpos/receipts/printer/wire"
	"vpos/txn/config"
	"vpos/txn/goods"
	"vpos/txn/host/sim"
	"vpos/txn/journal"
)

// flip is what a changed byte of a file comes to.
type flip struct {
	of    func(name string) bool
	kind  string
	check func(t *testing.T, dir, name string, at int) // fails where the change is neither
	step  int                                          // one byte in so many is tried
}

// What becomes of a byte that is changed in a data folder while no terminal runs: it is
// found, by a start or by a check, or it is harmless, because nothing is believed of it.
// Every file there is must be of one of these kinds; a new one fails the test until
// somebody has thought about it.
var flipped = []flip{
	{is("journal.db"), "found by the start or by journal verify", journalFound, 1499},
	{is("journal.key"), "found by the start, or the key is the same", keyFound, 1},
	{is("host.db"), "found by the ledger's start, by the settlement, or of no amount", ledgerFound, 997},
	{is("settings.toml"), "found by the start, or the settings are the same", settingsFound, 1},
	{is(goods.FileName), "found when the list is read", goodsFound, 1},
	{is("program.seen"), "harmless: vpos doctor says that the program is another one", nothingLost, 7},
	{below("receipts/"), "harmless: paper that was printed; a reprint comes from the journal", nothingLost, 101},
	{below("reports/"), "harmless: the same", nothingLost, 101},
	{is("spool/jobs.log"), "found when the list is read, or the job is marked when it comes again", spoolFound, 1},
	{below("log/"), "harmless: nothing reads it", nothingLost, 997},
}

func is(name string) func(string) bool { return func(s string) bool { return s == name } }
func below(dir string) func(string) bool {
	return func(s string) bool { return strings.HasPrefix(s, dir) }
}

// TestEveryByteOfAFolder changes bytes all over a data folder that has worked.
func TestEveryByteOfAFolder(t *testing.T) {
	t.Parallel()
	dir := filepath.Join(t.TempDir(), "shop")
	sells(t, dir, "settings\nrules.max_refund 500\n\nquit\n", "1234", "500")
	sells(t, dir, "stock\n1 4.50 Tea\n\ngoods\n1\ncancel\ncancel\nquit\n")
	sells(t, dir, "settle\n1734\n\n")
	prints(t, dir)
	_, _ = checked(t, "--data", dir, "--reader", "none") // notes which program was seen
	seen := map[string]int{}
	err := filepath.WalkDir(dir, func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		name, _ := filepath.Rel(dir, path)
		name = filepath.ToSlash(name)
		i := slices.IndexFunc(flipped, func(k flip) bool { return k.of(name) })
		if i < 0 {
			t.Errorf("%s: nobody has said what a changed byte of it does", name)
			return nil
		}
		whole, err := os.ReadFile(path)
		if err != nil {
			return fmt.Errorf("%s: %w", name, err)
		}
		for at := 0; at < len(whole); at += flipped[i].step {
			bad := bytes.Clone(whole)
			bad[at] ^= 1 << (at % 8)
			if err := os.WriteFile(path, bad, 0o600); err != nil {
				return fmt.Errorf("%s: %w", name, err)
			}
			flipped[i].check(t, dir, name, at)
			seen[flipped[i].kind]++
		}
		return os.WriteFile(path, whole, 0o600)
	})
	if err != nil {
		t.Fatal(err)
	}
	for kind, n := range seen {
		t.Logf("%5d bytes %s", n, kind)
	}
}

// prints leaves a list of jobs, one of which nobody knows of.
func prints(t *testing.T, dir string) {
	t.Helper()
	list, err := spool.Open(filepath.Join(dir, spoolName), time.Now)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = list.Close() }()
	silent := &wire.Printer{Open: func(context.Context) (port.Port, error) { return nil, port.ErrUnreached }}
	for _, name := range []string{"a", "b"} {
		_ = list.Print(context.Background(), silent, name, func(bool) ([]byte, error) { return []byte("slip"), nil })
	}
}

// spoolFound: a line that does not hold is counted; but for the end of the last one, without
// which it is the one before that counts.
func spoolFound(t *testing.T, dir, name string, at int) {
	t.Helper()
	size, err := os.Stat(filepath.Join(dir, name))
	if err != nil {
		t.Fatal(err)
	}
	list, err := spool.Open(filepath.Join(dir, spoolName), time.Now)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = list.Close() }()
	if list.Damaged() == 0 && (int64(at) < size.Size()-1 || !list.Known("b")) {
		t.Errorf("%s: byte %d is changed, and nothing is found", name, at)
	}
}

// journalFound: the start refuses it, or the check finds it.
func journalFound(t *testing.T, dir, name string, at int) {
	t.Helper()
	j, err := openFolder(t, dir)
	if err != nil {
		return
	}
	defer func() { _ = j.Close() }()
	if r, err := j.Verify(context.Background()); err == nil && r.Broken == nil {
		t.Errorf("%s: byte %d is changed, and nothing is found", name, at)
	}
}

// keyFound: the start refuses it, or the key is what it was: the journal verifies and its
// cards open.
func keyFound(t *testing.T, dir, name string, at int) {
	t.Helper()
	j, err := openFolder(t, dir)
	if err != nil {
		return
	}
	defer func() { _ = j.Close() }()
	if r, err := j.Verify(context.Background()); err != nil || r.Broken != nil {
		t.Errorf("%s: byte %d: the start takes another key: %v", name, at, err)
	}
}

// openFolder opens a training folder's journal as a start does.
func openFolder(t *testing.T, dir string) (*journal.Journal, error) {
	t.Helper()
	ctx := context.Background()
	source, err := journal.OpenKeySource(ctx, journal.Training, dir, reader.Secret{})
	if err != nil {
		return nil, err
	}
	sealer, err := journal.NewSealer(ctx, source)
	if err != nil {
		return nil, err
	}
	return journal.Open(ctx, journal.Options{
		Path: filepath.Join(dir, journalName), Sealer: sealer, Terminal: config.Default().Terminal.ID, Mode: journal.Training, Existing: true,
	})
}

// ledgerFound: the simulated bank refuses its ledger, or its sums are as they were, or they
// differ and the next settlement would say so.
func ledgerFound(t *testing.T, dir, name string, at int) {
	t.Helper()
	store, err := sim.OpenStore(filepath.Join(dir, name))
	if err != nil {
		return
	}
	defer func() { _ = store.Close() }()
	entries, err := store.Load()
	if err != nil {
		return
	}
	if _, err := sim.Restore(true, entries); err != nil {
		return
	}
	for _, e := range entries {
		if e.Amount.Minor < 0 {
			t.Errorf("%s: byte %d: the bank holds %v", name, at, e.Amount)
		}
	}
}

// goodsFound: the list is refused.
func goodsFound(t *testing.T, dir, name string, at int) {
	t.Helper()
	if l, err := goods.Load(dir, config.Default().Terminal.Currency); err == nil {
		t.Errorf("%s: byte %d is changed, and the list is taken: %v", name, at, l)
	}
}

// settingsFound: the start refuses the file, or takes from it what was in it.
func settingsFound(t *testing.T, dir, name string, at int) {
	t.Helper()
	c, err := config.Load(filepath.Join(dir, name))
	if err != nil {
		return
	}
	if got := c.Rules.MaxRefund.Minor; got != 50_000 {
		t.Errorf("%s: byte %d: a refund may be %d now", name, at, got)
	}
	c.Source, c.Rules.MaxRefund.Minor = "", 0
	want := config.Default()
	a, _ := json.Marshal(c)
	b, _ := json.Marshal(want)
	if !bytes.Equal(a, b) {
		t.Errorf("%s: byte %d changes a setting unseen", name, at)
	}
}

// nothingLost: the terminal starts, and its journal is what it was.
func nothingLost(t *testing.T, dir, name string, at int) {
	t.Helper()
	j, err := openFolder(t, dir)
	if err != nil {
		t.Errorf("%s: byte %d: %v", name, at, err)
		return
	}
	_ = j.Close()
}
