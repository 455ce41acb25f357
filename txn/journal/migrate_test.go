package journal

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"testing"
	"testing/fstest"
	"time"

	"vpos/txn"
)

// later is the embedded migrations and one more.
func later(t *testing.T, script string) fs.FS {
	t.Helper()
	names, err := fs.Glob(embedded, "migrations/*.sql")
	if err != nil {
		t.Fatal(err)
	}
	out := fstest.MapFS{fmt.Sprintf("migrations/%04d_later.sql", len(names)+1): {Data: []byte(script)}}
	for _, name := range names {
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
	names, err := fs.Glob(embedded, "migrations/*.sql")
	if err != nil {
		t.Fatal(err)
	}
	backup := fmt.Sprintf("%s.v%d.bak", opt.Path, len(names))
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

	j, err = openWith(ctx, opt, later(t, "CREATE TABLE extra (x INTEGER) STRICT;"))
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

func recovered(t *testing.T, j *Journal) txn.Recovered {
	t.Helper()
	r, err := j.Recover(context.Background())
	if err != nil {
		t.Fatal(err)
	}
	return r
}

// withoutSearch takes away what the fifth version has brought, the sixth, the seventh and
// the eighth.
const withoutSearch = `DROP INDEX journal_tag; CREATE INDEX journal_tag ON journal (tag) WHERE tag <> x''; ALTER TABLE batch_key DROP COLUMN dates; DROP INDEX journal_refund; DROP INDEX item_batch; DROP INDEX item_stan; DROP INDEX item_last4; DROP INDEX item_amount;
	DROP INDEX item_day; DROP INDEX item_kind; DROP INDEX item_operator;
	ALTER TABLE item DROP COLUMN amount; ALTER TABLE item DROP COLUMN kind; ALTER TABLE item DROP COLUMN last4;
	ALTER TABLE item DROP COLUMN operator; ALTER TABLE item DROP COLUMN day;`

// A journal of the fourth version is searched like one that was never older: what its
// transactions are looked up by comes from their rows, also across time zones, tips and
// payment codes.
func TestSearchInAnOldJournal(t *testing.T) {
	ctx := context.Background()
	j := busy(t, 9, 80)
	for i, zone := range []*time.Location{time.UTC, time.FixedZone("", -9*3600), time.FixedZone("", 5*3600+45*60)} {
		at := time.Date(2030, 1, 1, 23, 30, 0, 0, zone)
		if err := j.Append(ctx, at, []txn.Record{{Type: txn.RecIntent, Txn: sale(t, 700, txn.STAN(1+i))}}); err != nil {
			t.Fatal(err)
		}
	}
	filters := []Filter{{}, {Last4: "0002"}, {Amount: 400}, {Kind: txn.Scan}, {Operator: "02"}, {First: 20300101, Last: 20300101}}
	want := make([][]string, len(filters))
	for i, f := range filters {
		if want[i] = pages(t, j, f, 0); len(want[i]) == 0 {
			t.Fatalf("nothing to find by %+v", f)
		}
	}
	opt := j.opt
	_ = j.Close()
	raw(t, opt.Path, withoutSearch+"PRAGMA user_version=4")
	j = open(t, opt)
	mustVerify(t, j)
	for i, f := range filters {
		if got := pages(t, j, f, 0); !slices.Equal(got, want[i]) {
			t.Errorf("%d found, %d before", len(got), len(want[i]))
		}
	}
}

// A journal of the first version opens, keeps its rows and takes advices.
func TestFirstVersion(t *testing.T) {
	ctx := context.Background()
	opt := options(t, filepath.Join(t.TempDir(), "journal.db"))
	j := open(t, opt)
	s := sale(t, 1, 1)
	write(t, j, txn.Record{Type: txn.RecIntent, Txn: s}, txn.Record{Type: txn.RecApproved, Txn: s})
	const back = `DROP TABLE operator; DROP TABLE audit; DROP TABLE audit_head; DROP INDEX item_untold; DROP INDEX item_unprinted; DROP INDEX item_unresolved;
		DROP INDEX journal_hold; DROP INDEX journal_increment;
		` + withoutSearch + `
		ALTER TABLE item DROP COLUMN untold; ALTER TABLE item DROP COLUMN due; ALTER TABLE item DROP COLUMN counts;
		CREATE INDEX item_unresolved ON item (first) WHERE status IN ('open', 'reversal_pending');
		CREATE INDEX item_unprinted ON item (first) WHERE status = 'approved' AND printed <> 3;
		PRAGMA user_version=1;`
	if err := j.db.conn.Exec(back); err != nil {
		t.Fatal(err)
	}
	_ = j.Close()

	j = open(t, opt)
	r := recovered(t, j)
	if len(r.Untold) != 0 || len(r.Unprinted) != 1 {
		t.Fatalf("recovered %+v", r)
	}
	write(t, j, txn.Record{Type: txn.RecAdvice, Txn: s})
	_ = j.Close()
	j = open(t, opt)
	r = recovered(t, j)
	if len(r.Untold) != 1 || !r.Untold[0].Untold || r.Untold[0].Status != txn.Approved || r.Untold[0].Card.PAN.Empty() {
		t.Fatalf("recovered %+v", r.Untold)
	}
	write(t, j, txn.Record{Type: txn.RecTold, Txn: s})
	if r = recovered(t, j); len(r.Untold) != 0 {
		t.Errorf("told, and still %+v", r.Untold)
	}
	if err := j.Append(ctx, time.Now(), []txn.Record{{Type: txn.RecTold, Txn: txn.Transaction{Batch: 1, STAN: 9}}}); !errors.Is(err, ErrTransition) {
		t.Errorf("told of nothing: %v", err)
	}
	mustVerify(t, j)
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
