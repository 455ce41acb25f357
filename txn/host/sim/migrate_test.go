package sim_test

import (
	"database/sql"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"vpos/txn"
	"vpos/txn/host/sim"
)

// old puts a ledger file of an earlier version, made by the program of its time,
// into a folder.
func old(t *testing.T, name string) string {
	t.Helper()
	b, err := os.ReadFile(filepath.Join("testdata", name))
	if err != nil {
		t.Fatal(err)
	}
	path := filepath.Join(t.TempDir(), "host.db")
	if err := os.WriteFile(path, b, 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}

func version(t *testing.T, path string) (v int) {
	t.Helper()
	db, err := sql.Open("sqlite3", "file:"+path)
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	if err := db.QueryRow("PRAGMA user_version").Scan(&v); err != nil {
		t.Fatal(err)
	}
	return v
}

func TestOldLedgers(t *testing.T) {
	states := map[string]map[txn.STAN]sim.State{
		"v1": {1: sim.Reversed, 2: sim.Declined, 3: sim.Charged, 4: sim.Tombstone, 7: sim.Charged},
		"v2": {1: sim.Reversed, 2: sim.Declined, 3: sim.Charged, 4: sim.Tombstone, 5: sim.Voided, 6: sim.Charged, 7: sim.Charged},
	}
	for name, want := range states {
		t.Run(name, func(t *testing.T) {
			path := old(t, "ledger."+name+".db")
			store := open(t, path)
			got, err := store.Load()
			if err != nil {
				t.Fatal(err)
			}
			kept := map[txn.STAN]sim.State{}
			for _, e := range got {
				kept[e.STAN] = e.State
			}
			if diff := cmp.Diff(want, kept); diff != "" {
				t.Error(diff)
			}
			s := server(t, store)
			if v := apply(t, s, void(t, sale(t, 3, 1300), 20)); v.Reply.Code != "00" || v.Entry.Parent != 3 {
				t.Errorf("a void of an old sale: %s, of row %d", v.Reply.Code, v.Entry.Parent)
			}
			if name == "v2" {
				back := void(t, sale(t, 5, 1600), 6)
				back.Op, back.Original = txn.OpReversal, &txn.Original{Op: txn.OpVoid, STAN: 6, At: noon}
				if v := apply(t, s, back); v.Reply.Code != "00" || v.Sale == nil || v.Sale.State != sim.Charged {
					t.Errorf("an old void reversed: %+v", v)
				}
			}
			after := entries(t, s)
			shut(t, s, store)
			store = open(t, path)
			s = server(t, store)
			if diff := cmp.Diff(after, entries(t, s)); diff != "" {
				t.Error(diff)
			}
			shut(t, s, store)
			backup := path + "." + name + ".bak"
			if v := version(t, backup); "v"+string(rune('0'+v)) != name {
				t.Errorf("the copy is of version %d", v)
			}
			if info, err := os.Stat(backup); err != nil || info.Mode().Perm() != 0o600 {
				t.Errorf("the copy: %v, %v", info.Mode(), err)
			}
		})
	}
}

// A copy that was left half done does not stand in the way.
func TestBackupOverAHalfDoneOne(t *testing.T) {
	path := old(t, "ledger.v2.db")
	if err := os.WriteFile(path+".v2.bak", []byte("half"), 0o600); err != nil {
		t.Fatal(err)
	}
	shut(t, open(t, path))
	if v := version(t, path+".v2.bak"); v != 2 {
		t.Errorf("version %d", v)
	}
}

func TestNewerLedgersAreRefused(t *testing.T) {
	path := filepath.Join(t.TempDir(), "host.db")
	shut(t, open(t, path))
	db, err := sql.Open("sqlite3", "file:"+path)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := db.Exec("PRAGMA user_version = 99"); err != nil {
		t.Fatal(err)
	}
	shut(t, db)
	if s, err := sim.OpenStore(path); err == nil || !strings.Contains(err.Error(), "version 99") {
		t.Errorf("%v", err)
		if s != nil {
			shut(t, s)
		}
	}
}

// Every ledger has a key of its own, so that account numbers of one say nothing
// in another, and keeps it.
func TestKeyOfALedger(t *testing.T) {
	dir := t.TempDir()
	one, two := open(t, filepath.Join(dir, "one.db")), open(t, filepath.Join(dir, "two.db"))
	key := one.Key()
	if key == (sim.Key{}) || key == two.Key() {
		t.Error("not a key of its own")
	}
	s, other := server(t, one), server(t, two)
	a, b := apply(t, s, sale(t, 1, 1200)), apply(t, other, sale(t, 1, 1200))
	if a.Entry.Account == 0 || a.Entry.Account == b.Entry.Account {
		t.Errorf("accounts %d and %d", a.Entry.Account, b.Entry.Account)
	}
	shut(t, s, other, one, two)
	one = open(t, filepath.Join(dir, "one.db"))
	if one.Key() != key {
		t.Error("another key after a restart")
	}
	shut(t, one)
}
