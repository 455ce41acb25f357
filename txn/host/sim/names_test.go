package sim

import (
	"errors"
	"os"
	"path/filepath"
	"testing"
)

// The folder is synced once every file of the ledger has its name, and a folder
// that cannot be synced is no place for a ledger.
func TestNamesAreMadeDurable(t *testing.T) {
	path := filepath.Join(t.TempDir(), "host.db")
	var synced []string
	s, err := openStore(path, func(folder string) error {
		synced = append(synced, folder)
		for _, name := range []string{path, path + "-wal"} {
			if _, err := os.Stat(name); err != nil {
				t.Errorf("synced before it was there: %v", err)
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	if len(synced) != 1 || synced[0] != filepath.Dir(path) {
		t.Errorf("synced %v, want the ledger's folder", synced)
	}
	broken := errors.New("broken")
	if _, err := openStore(path, func(string) error { return broken }); !errors.Is(err, broken) {
		t.Errorf("opened over a sync that failed: %v", err)
	}
	s, err = OpenStore(path) // the failed one let go of the file
	if err != nil {
		t.Fatal(err)
	}
	if _, err := OpenStore(path); !errors.Is(err, ErrInUse) {
		t.Errorf("a second one: %v, want ErrInUse", err)
	}
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	if err := syncUp(filepath.Join(t.TempDir(), "none")); err == nil {
		t.Error("a folder that is not there was synced")
	}
}
