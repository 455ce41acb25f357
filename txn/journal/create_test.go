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
