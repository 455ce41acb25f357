package journal

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"log/slog"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"vpos/reader"
	"vpos/txn"
	"vpos/txn/staff"
)

const (
	staffPIN = "593718"
	staffBad = "407182"
)

// keeper vouches over a journal, at what a real PIN costs.
func keeper(t testing.TB, j *Journal) *staff.Keeper {
	t.Helper()
	return staff.New(j, j.opt.Sealer.Pepper(), slog.New(slog.NewTextHandler(t.Output(), nil)))
}

func hire(t testing.TB, k *staff.Keeper, id string, role txn.Role) {
	t.Helper()
	err := k.Add(context.Background(), noon, "", staff.Operator{ID: id, Name: "Wang", Role: role}, reader.NewSecret(staffPIN))
	if err != nil {
		t.Fatal(err)
	}
}

func vouch(k *staff.Keeper, at time.Time, id, pin string) txn.Vouched {
	return k.Vouch(context.Background(), at, txn.Vouch{Operator: id, PIN: reader.NewSecret(pin)})
}

// audited is a journal with audit rows that use every column.
func audited(t testing.TB, path string) *Journal {
	t.Helper()
	j := open(t, options(t, path))
	write(t, j, txn.Record{Type: txn.RecIntent, Txn: sale(t, 1, 1)})
	cash := txn.Money{Minor: 20000, Currency: cny}
	e := &staff.Entry{
		Operator: staff.Operator{ID: "01", Name: "王", Role: txn.Supervisor},
		PIN:      staff.Hash{Cost: staff.Cost{Time: 3, Memory: 64 * 1024, Lanes: 1}, Salt: make([]byte, 16), Sum: make([]byte, 32)},
	}
	for _, c := range []staff.Change{
		{Put: e, Rows: []staff.Row{{Act: staff.Added, Operator: "01"}}},
		{Rows: []staff.Row{{Act: staff.Try, Operator: "01"}}},
		{Rows: []staff.Row{{Act: staff.Chosen, Operator: "01"}, {Act: staff.SignedIn, Operator: "01"}}},
		{Rows: []staff.Row{{Act: staff.Float, Operator: "01", Amount: cash}}},
		{Rows: []staff.Row{{Act: staff.LetPass, Operator: "01", By: "02", Kind: txn.Refund}}},
		{Rows: []staff.Row{{Act: staff.Count, Operator: "01", Amount: cash}}},
	} {
		if err := j.Change(context.Background(), noon, c); err != nil {
			t.Fatal(err)
		}
	}
	return j
}

const dropAuditGuards = "DROP TRIGGER audit_no_update; DROP TRIGGER audit_no_delete; DROP TRIGGER audit_no_replace"

func TestOperators(t *testing.T) {
	ctx := context.Background()
	opt := options(t, filepath.Join(t.TempDir(), "journal.db"))
	j := open(t, opt)
	if r := recovered(t, j); r.Staffed {
		t.Error("nobody, and staffed")
	}
	want := staff.Entry{
		Operator: staff.Operator{ID: "02", Name: "李梅", Role: txn.Cashier, Fresh: true, Fails: 3, Until: noon.Add(time.Hour)},
		PIN:      staff.Hash{Cost: staff.Cost{Time: 3, Memory: 65536, Lanes: 1}, Salt: bytes.Repeat([]byte{1}, 16), Sum: bytes.Repeat([]byte{2}, 32)},
	}
	other := want
	other.ID, other.Role = "01", txn.Supervisor
	for _, e := range []*staff.Entry{&want, &other} {
		if err := j.Change(ctx, noon, staff.Change{Put: e}); err != nil {
			t.Fatal(err)
		}
	}
	_ = j.Close()
	j = open(t, opt)
	if r := recovered(t, j); !r.Staffed {
		t.Error("two, and not staffed")
	}
	got, found, err := j.Operator(ctx, "02")
	if err != nil || !found || !got.Until.Equal(want.Until) {
		t.Fatalf("%+v, %v, %v", got, found, err)
	}
	got.Until = want.Until
	if fmt.Sprintf("%+v", got) != fmt.Sprintf("%+v", want) {
		t.Errorf("%+v instead of %+v", got, want)
	}
	if list, err := j.Operators(ctx); err != nil || len(list) != 2 || list[0].ID != "01" || list[1].Name != "李梅" {
		t.Errorf("%+v, %v", list, err)
	}
	if err := j.Change(ctx, noon, staff.Change{Remove: "02"}); err != nil {
		t.Fatal(err)
	}
	if _, found, err := j.Operator(ctx, "02"); found || err != nil {
		t.Errorf("removed, and %v, %v", found, err)
	}
}

// The audit is a chain: whatever is changed in a row, Verify names it.
func TestAuditChain(t *testing.T) {
	dir := t.TempDir()
	j := audited(t, filepath.Join(dir, "a.db"))
	r := mustVerify(t, j)
	rows, total, err := j.Audit(context.Background(), 2)
	if err != nil || r.Audit != 7 || total != 7 || len(rows) != 2 {
		t.Fatalf("%d rows, %d of %d, %v", r.Audit, len(rows), total, err)
	}
	if l := rows[0]; l.Seq != 6 || l.Act != staff.LetPass || l.By != "02" || l.Kind != txn.Refund || l.Journal != 1 || !l.At.Equal(noon) {
		t.Errorf("%+v", l)
	}
	if l := rows[1]; l.Amount.String() != "CNY 200.00" || l.Act != staff.Count {
		t.Errorf("%+v", l)
	}
	_ = j.Close()

	damage := map[string]int64{
		"DELETE FROM audit WHERE seq = 3": 3, "DELETE FROM audit WHERE seq = 1": 1, "DELETE FROM audit WHERE seq = 7": 7,
		"UPDATE audit SET seq = 9 WHERE seq = 7": 7, "UPDATE audit SET seq = 0 WHERE seq = 1": 0,
		"INSERT INTO audit SELECT 8, at, zone, act, operator, other, kind, amount, currency, journal, hash FROM audit WHERE seq = 7": 8,
		"UPDATE audit_head SET hash = x'00'": 7, "UPDATE audit_head SET seq = 8": 8, "UPDATE audit_head SET seq = 6": 7, "DELETE FROM audit_head": 1,
		"UPDATE audit SET hash = (SELECT hash FROM audit WHERE seq = 1) WHERE seq = 2": 2,
		"UPDATE audit SET hash = x'' WHERE seq = 2":                                    2,
	}
	for seq := int64(1); seq <= 7; seq++ {
		for _, column := range []string{"at", "zone", "amount", "journal"} {
			damage[fmt.Sprintf("UPDATE audit SET %[1]s = %[1]s + 1 WHERE seq = %[2]d", column, seq)] = seq
		}
		for _, column := range []string{"act", "operator", "other", "kind", "currency"} {
			damage[fmt.Sprintf("UPDATE audit SET %[1]s = 'x' || substr(%[1]s, 2) WHERE seq = %[2]d", column, seq)] = seq
			damage[fmt.Sprintf("UPDATE audit SET %[1]s = %[1]s || ' ' WHERE seq = %[2]d", column, seq)] = seq
		}
	}
	for sql, seq := range damage {
		path := filepath.Join(dir, "damaged.db")
		copyFile(t, filepath.Join(dir, "a.db"), path)
		raw(t, path, dropAuditGuards, sql)
		// Opening looks at the newest rows, which are all of these; so the guards and the
		// rest are looked at through a journal that does not check.
		if _, err := Open(context.Background(), options(t, path)); !errors.Is(err, ErrCorrupt) {
			t.Errorf("%s: opens: %v", sql, err)
		}
		d, err := openDB(context.Background(), path, "")
		if err != nil {
			t.Fatal(err)
		}
		j := &Journal{opt: options(t, path), db: d, keys: map[int64]batchKey{}}
		if err := j.readHead(); err != nil {
			t.Fatal(err)
		}
		r, err := j.Verify(context.Background())
		if err != nil || r.Broken == nil || r.Broken.Fault != FaultAudit || r.Broken.Seq != seq {
			t.Errorf("%s: %v, %v instead of row %d", sql, r.Broken, err, seq)
		}
		_ = j.Close()
	}
}

func TestAuditGuards(t *testing.T) {
	path := filepath.Join(t.TempDir(), "a.db")
	j := audited(t, path)
	for _, sql := range []string{
		"UPDATE audit SET act = 'x'", "DELETE FROM audit",
		"INSERT OR REPLACE INTO audit SELECT * FROM audit WHERE seq = 2",
	} {
		if err := j.db.conn.Exec(sql); err == nil || !strings.Contains(err.Error(), "append-only") {
			t.Errorf("%s: %v", sql, err)
		}
	}
	_ = j.Close()
	raw(t, path, "DROP TRIGGER audit_no_delete")
	r, err := open(t, options(t, path)).Verify(context.Background())
	if err != nil || r.Broken == nil || r.Broken.Fault != FaultSchema {
		t.Errorf("%v, %v", r.Broken, err)
	}
}

// The audit's chain belongs to its terminal and mode, and is not the journal's.
func TestAuditOrigin(t *testing.T) {
	a := auditOrigin(Training, terminalID)
	if a == auditOrigin(Live, terminalID) || a == auditOrigin(Training, "12345679") || a == origin(Training, terminalID) {
		t.Error("two chains begin alike")
	}
}

// A long audit opens by its newest rows, and damage before them is Verify's to find.
func TestLongAudit(t *testing.T) {
	path := filepath.Join(t.TempDir(), "a.db")
	j := audited(t, path)
	rows := make([]staff.Row, tailRows+200)
	for i := range rows {
		rows[i] = staff.Row{Act: staff.Try, Operator: "01"}
	}
	if err := j.Change(context.Background(), noon, staff.Change{Rows: rows}); err != nil {
		t.Fatal(err)
	}
	mustVerify(t, j)
	_ = j.Close()
	raw(t, path, "DROP TRIGGER audit_no_update", "UPDATE audit SET operator = '09' WHERE seq = 20", `CREATE TRIGGER audit_no_update
		BEFORE UPDATE ON audit BEGIN SELECT RAISE(ABORT, 'the audit is append-only'); END`)
	j = open(t, options(t, path))
	r, err := j.Verify(context.Background())
	if err != nil || r.Broken == nil || r.Broken.Seq != 20 || r.Audit != 19 {
		t.Errorf("%v, %v, %d", r.Broken, err, r.Audit)
	}
	_ = j.Close()
	raw(t, path, dropAuditGuards, fmt.Sprintf("UPDATE audit SET operator = '09' WHERE seq = %d", tailRows))
	if _, err := Open(context.Background(), options(t, path)); !errors.Is(err, ErrCorrupt) {
		t.Errorf("damage among the newest: %v", err)
	}
}

// Five wrong PINs, each in a run of its own, lock; and the lock outlives the runs.
func TestLockOverRestarts(t *testing.T) {
	opt := options(t, filepath.Join(t.TempDir(), "journal.db"))
	run := func(at time.Time, pin string) txn.Vouched {
		t.Helper()
		j := open(t, opt)
		defer func() { _ = j.Close() }()
		return vouch(keeper(t, j), at, "01", pin)
	}
	j := open(t, opt)
	hire(t, keeper(t, j), "01", txn.Supervisor)
	_ = j.Close()
	for left := 4; left >= 0; left-- {
		a := run(noon, staffBad)
		if a.Left != left || (left > 0) != (a.Code == txn.StaffWrong) {
			t.Fatalf("%d left: %+v", left, a)
		}
	}
	if a := run(noon.Add(29*time.Minute), staffPIN); a.Code != txn.StaffLocked || !a.Until.Equal(noon.Add(30*time.Minute)) {
		t.Errorf("locked: %+v", a)
	}
	if a := run(noon.Add(30*time.Minute), staffPIN); a.Code != txn.StaffFresh {
		t.Errorf("half an hour later: %+v", a)
	}
}

// A shift is what its operator began since the float, as the batch counts it, over the
// end of a batch.
func TestShift(t *testing.T) {
	ctx := context.Background()
	j := fresh(t)
	k := keeper(t, j)
	hire(t, k, "01", txn.Supervisor)
	hire(t, k, "02", txn.Cashier)
	stan := txn.STAN(0)
	sell := func(batch txn.Batch, operator string, minor int64, by txn.RecordType) txn.Transaction {
		stan++
		s := sale(t, batch, stan)
		s.Operator, s.Amount.Minor = operator, minor
		r := ended(s, by)
		write(t, j, txn.Record{Type: txn.RecIntent, Txn: s}, r)
		return r.Txn
	}
	draw := func(operator string, begin bool, minor int64) txn.Drawn {
		return k.Draw(ctx, noon, txn.Drawer{Operator: operator, Begin: begin, Amount: txn.Money{Minor: minor, Currency: cny}})
	}
	sell(1, "01", 100000, txn.RecApproved) // before the shift
	for _, id := range []string{"01", "02"} {
		if a := draw(id, true, 5000); a.Failed {
			t.Fatalf("%+v", a)
		}
	}
	sell(1, "01", 1000, txn.RecApproved)
	sell(1, "02", 7000, txn.RecApproved)
	sell(1, "01", 300, txn.RecDeclined)
	sell(1, "01", 200, txn.RecReversalPending)
	voided := sell(1, "01", 600, txn.RecApproved)
	stan++
	void := voiding(t, voided, stan)
	write(t, j, void[0])
	write(t, j, void[1:]...)
	sell(2, "01", 30, txn.RecApproved)
	stan++
	refund := sale(t, 2, stan)
	refund.Kind, refund.Operator, refund.Amount.Minor = txn.Refund, "01", 400
	write(t, j, txn.Record{Type: txn.RecIntent, Txn: refund}, ended(refund, txn.RecApproved))

	got, open, err := j.Shift(ctx, "01")
	want := txn.Sides{Debits: txn.Tally{Count: 2, Minor: 1030}, Credits: txn.Tally{Count: 1, Minor: 400}}
	if err != nil || !open || got.Totals.Sum() != want || got.Float.String() != "CNY 50.00" || !got.From.Equal(noon) {
		t.Errorf("%+v, %v, %v", got, open, err)
	}
	if a := draw("01", false, 6200); a.Failed || a.Shift.Totals.Sum() != want || a.Shift.Count.Minor != 6200 || !a.Shift.To.Equal(noon) {
		t.Errorf("%+v", a)
	}
	if _, open, err := j.Shift(ctx, "01"); open || err != nil {
		t.Errorf("after its end: %v, %v", open, err)
	}
	if a := draw("01", false, 1); !a.Failed {
		t.Errorf("ended twice: %+v", a)
	}
	if got, open, err := j.Shift(ctx, "02"); err != nil || !open || got.Totals.Sum().Debits != (txn.Tally{Count: 1, Minor: 7000}) {
		t.Errorf("the other's: %+v, %v, %v", got, open, err)
	}
	mustVerify(t, j)
}

// A closed journal, and one whose disk is gone, let nobody in.
func TestStaffWithoutJournal(t *testing.T) {
	j := fresh(t)
	k := keeper(t, j)
	hire(t, k, "01", txn.Supervisor)
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	if err := j.Change(ctx, noon, staff.Change{Rows: []staff.Row{{Act: staff.Try}}}); !errors.Is(err, context.Canceled) {
		t.Errorf("%v", err)
	}
	_ = j.Close()
	if a := vouch(k, noon, "01", staffPIN); a.Code != txn.StaffNoStore {
		t.Errorf("%+v", a)
	}
	if err := j.Change(context.Background(), noon, staff.Change{}); !errors.Is(err, ErrClosed) {
		t.Errorf("%v", err)
	}
}
