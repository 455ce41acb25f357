package journal

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"runtime"
	"testing"

	"vpos/reader"
	"vpos/txn"
)

func TestVitals(t *testing.T) {
	j := fresh(t)
	v, err := j.Vitals(t.Context())
	if err != nil || v.Rows != 0 || !v.Newest.IsZero() || v.Batch != 1 || v.Begun+v.Pending+v.Owed != 0 {
		t.Errorf("a new one: %+v, %v", v, err)
	}
	approved, lost, printed := sale(t, 1, 1), sale(t, 1, 2), sale(t, 1, 3)
	write(t, j, txn.Record{Type: txn.RecIntent, Txn: approved})
	write(t, j, ended(approved, txn.RecApproved))
	write(t, j, txn.Record{Type: txn.RecIntent, Txn: printed})
	write(t, j, ended(printed, txn.RecApproved), paper(ended(printed, txn.RecApproved).Txn, txn.RecPrinted, txn.MerchantCopy),
		paper(ended(printed, txn.RecApproved).Txn, txn.RecPrinted, txn.CardholderCopy))
	write(t, j, txn.Record{Type: txn.RecIntent, Txn: lost})
	write(t, j, ended(lost, txn.RecReversalPending))
	v, err = j.Vitals(t.Context())
	if err != nil || v.Begun != 3 || v.Pending != 1 || v.Owed != 1 || !v.Newest.Equal(noon.Truncate(1e6)) {
		t.Errorf("%+v, %v", v, err)
	}
	if seq, hash := j.Head(); v.Rows != seq || v.Head != hash {
		t.Error("another head than the journal's")
	}
	j.head.hash[0]++
	if _, err := j.Vitals(t.Context()); !errors.Is(err, ErrCorrupt) {
		t.Errorf("a head that is not the chain's: %v", err)
	}
	_ = j.Close()
	if _, err := j.Vitals(t.Context()); !errors.Is(err, ErrClosed) {
		t.Errorf("closed: %v", err)
	}
}

// The test write leaves nothing behind, sweeps what a killed one left, and follows no
// link.
func TestProbeDisk(t *testing.T) {
	dir, outside := t.TempDir(), filepath.Join(t.TempDir(), "victim")
	if err := os.WriteFile(outside, []byte("mine"), 0o600); err != nil {
		t.Fatal(err)
	}
	if err := os.Symlink(outside, filepath.Join(dir, diskProbe)); err != nil && runtime.GOOS != "windows" {
		t.Fatal(err)
	}
	d, err := ProbeDisk(t.Context(), dir)
	if err != nil || d.Slowest <= 0 || d.Free == 0 {
		t.Errorf("%+v, %v", d, err)
	}
	if left, _ := os.ReadDir(dir); len(left) != 0 {
		t.Errorf("left behind: %v", left)
	}
	if b, _ := os.ReadFile(outside); string(b) != "mine" {
		t.Errorf("wrote through a link: %q", b)
	}
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := ProbeDisk(ctx, dir); !errors.Is(err, context.Canceled) {
		t.Error(err)
	}
	if _, err := ProbeDisk(t.Context(), filepath.Join(dir, "absent")); !errors.Is(err, os.ErrNotExist) {
		t.Error(err)
	}
}

func TestProbeExposure(t *testing.T) {
	if runtime.GOOS == "windows" {
		t.Skip("modes say nothing there")
	}
	dir := t.TempDir()
	put := func(name string, mode os.FileMode) {
		t.Helper()
		path := filepath.Join(dir, name)
		if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, nil, 0o600); err != nil {
			t.Fatal(err)
		}
		if err := os.Chmod(path, mode); err != nil {
			t.Fatal(err)
		}
	}
	put("journal.db", 0o600)
	put("receipts/slip.txt", 0o644) // in a folder nobody else can enter
	for _, c := range []struct {
		folder os.FileMode
		want   Exposure
	}{
		{0o700, Exposure{Modes: true}},
		{0o755, Exposure{Modes: true, Open: true}},
	} {
		if err := os.Chmod(dir, c.folder); err != nil {
			t.Fatal(err)
		}
		if got, err := ProbeExposure(dir); err != nil || got != c.want {
			t.Errorf("%o: %+v, %v", c.folder, got, err)
		}
	}
	put("journal.key", 0o640)
	if got, err := ProbeExposure(dir); err != nil || got.Files != 1 {
		t.Errorf("a key others may read: %+v, %v", got, err)
	}
	if err := os.Chmod(filepath.Join(dir, "receipts"), 0o750); err != nil {
		t.Fatal(err)
	}
	if got, err := ProbeExposure(dir); err != nil || got.Files != 2 {
		t.Errorf("and a slip: %+v, %v", got, err)
	}
}

func TestKeyIn(t *testing.T) {
	dir := t.TempDir()
	if _, err := KeyIn(dir); !errors.Is(err, os.ErrNotExist) {
		t.Error(err)
	}
	if _, err := OpenKeySource(t.Context(), Training, dir, reader.Secret{}); err != nil {
		t.Fatal(err)
	}
	if kind, err := KeyIn(dir); err != nil || kind != KeyInFile {
		t.Error(kind, err)
	}
	if err := os.WriteFile(filepath.Join(dir, keyFileName), []byte("{"), 0o600); err != nil {
		t.Fatal(err)
	}
	if _, err := KeyIn(dir); !errors.Is(err, ErrKeyFile) {
		t.Error(err)
	}
}
