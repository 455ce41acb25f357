package journal

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"sync"
	"testing"

	"vpos/txn"
)

// TestFirstStarts: several first starts at once make one journal. One of them has
// it, the others are told it is in use, and nothing is left beside it.
func TestFirstStarts(t *testing.T) {
	for range 20 {
		path := filepath.Join(t.TempDir(), "a", "b", "journal.db")
		opt := options(t, path)
		var all sync.WaitGroup
		var mu sync.Mutex
		var opened []*Journal
		for range 4 {
			all.Go(func() {
				j, err := Open(context.Background(), opt)
				mu.Lock()
				defer mu.Unlock()
				switch {
				case err == nil:
					opened = append(opened, j)
				case !errors.Is(err, ErrInUse):
					t.Errorf("a first start beside others: %v", err)
				}
			})
		}
		all.Wait()
		if len(opened) != 1 {
			t.Fatalf("%d have the journal", len(opened))
		}
		write(t, opened[0], txn.Record{Type: txn.RecIntent, Txn: sale(t, 1, 1)})
		_ = opened[0].Close()
		j := open(t, opt)
		if r := mustVerify(t, j); r.Rows != 1 {
			t.Fatalf("%d rows", r.Rows)
		}
		if left, _ := filepath.Glob(filepath.Join(filepath.Dir(path), ".new-journal-*")); len(left) > 0 {
			t.Errorf("left behind: %v", left)
		}
	}
}

// TestFirstStartCut: what a cut in mid-creation leaves is no journal, and the
// next start makes one.
func TestFirstStartCut(t *testing.T) {
	dir := t.TempDir()
	if err := os.MkdirAll(filepath.Join(dir, ".new-journal-1"), 0o700); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(dir, ".new-journal-1", "journal.db"), []byte("half a file"), 0o600); err != nil {
		t.Fatal(err)
	}
	j := open(t, options(t, filepath.Join(dir, "journal.db")))
	mustVerify(t, j)
	info, err := os.Stat(j.opt.Path)
	if err != nil || info.Mode().Perm() != 0o600 || info.Size() == 0 {
		t.Errorf("%v %v", info, err)
	}
}

// A journal to read is not made where there is none, nor of an empty file, and
// the folder stays as it was.
func TestExistingMakesNothing(t *testing.T) {
	dir := t.TempDir()
	opt := options(t, filepath.Join(dir, "none", "journal.db"))
	opt.Existing = true
	if _, err := Open(context.Background(), opt); !errors.Is(err, ErrMissing) {
		t.Errorf("no folder: %v", err)
	}
	opt.Path = filepath.Join(dir, "journal.db")
	if _, err := Open(context.Background(), opt); !errors.Is(err, ErrMissing) {
		t.Errorf("no file: %v", err)
	}
	if list, _ := os.ReadDir(dir); len(list) != 0 {
		t.Errorf("made %v", list)
	}
	if err := os.WriteFile(opt.Path, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	if _, err := Open(context.Background(), opt); !errors.Is(err, ErrMissing) {
		t.Errorf("an empty file: %v", err)
	}
	if info, err := os.Stat(opt.Path); err != nil || info.Size() != 0 {
		t.Errorf("the empty file became %v %v", info, err)
	}
	if err := os.Remove(opt.Path); err != nil {
		t.Fatal(err)
	}
	opt.Existing = false
	if err := open(t, opt).Close(); err != nil {
		t.Fatal(err)
	}
	opt.Existing = true
	mustVerify(t, open(t, opt))
}
