package journal

import (
	"context"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"testing"
	"testing/fstest"

	"vpos/txn"
)

// later is the embedded migrations and one more.
func later(t *testing.T, script string) fs.FS {
	t.Helper()
	out := fstest.MapFS{"migrations/0002_later.sql": {Data: []byte(script)}}
	for _, name := range []string{"migrations/0001_journal.sql"} {
		b, err := embedded.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		out[name] = &fstest.MapFile{Data: b}
	}
	return out
}

func TestMigration(t *testing.T) {
	ctx := context.Background()
	opt := options(t, filepath.Join(t.TempDir(), "journal.db"))
	backup := opt.Path + ".v1.bak"
	j := open(t, opt)
	write(t, j, txn.Record{Type: txn.RecIntent, Txn: sale(t, 1, 1)})
	_ = j.Close()

	if _, err := openWith(ctx, opt, later(t, "CREATE TABLE extra (x INTEGER) STRICT; SELECT no_such_thing;")); err == nil {
		t.Fatal("a broken migration passed")
	}
	j = open(t, opt) // and left the old version whole
	if n, err := j.db.number("SELECT count(*) FROM sqlite_schema WHERE name = 'extra'"); err != nil || n != 0 {
		t.Errorf("half a migration: %d, %v", n, err)
	}
	_ = j.Close()

	j, err := openWith(ctx, opt, later(t, "CREATE TABLE extra (x INTEGER) STRICT;"))
	if err != nil {
		t.Fatal(err)
	}
	if r := mustVerify(t, j); r.Rows != 1 {
		t.Errorf("%d rows after migrating", r.Rows)
	}
	_ = j.Close()
	info, err := os.Stat(backup)
	if err != nil || info.Mode().Perm()&0o077 != 0 {
		t.Errorf("backup: %v, %v", info, err)
	}

	if _, err := Open(ctx, opt); !errors.Is(err, ErrNewer) {
		t.Errorf("a newer journal: %v", err)
	}
	opt.Path = backup
	if r := mustVerify(t, open(t, opt)); r.Rows != 1 {
		t.Errorf("%d rows in the backup", r.Rows)
	}
}

func TestMigrationsAreInOrder(t *testing.T) {
	for _, names := range [][]string{{"0002_x.sql"}, {"0001_x.sql", "0003_y.sql"}, {"x.sql"}} {
		files := fstest.MapFS{}
		for _, n := range names {
			files["migrations/"+n] = &fstest.MapFile{}
		}
		if _, err := migrations(files); err == nil {
			t.Errorf("%v passed", names)
		}
	}
}
