package journal

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/ncruces/go-sqlite3"

	"vpos/reader"
	"vpos/txn"
)

// same compares transactions with their PANs and expiries, but without what is
// never stored: track, code, service.
func same(t *testing.T, what string, got, want txn.Transaction) {
	t.Helper()
	want.Card.CVV, want.Card.Track2, want.Card.Service = reader.CVV{}, reader.Track2{}, ""
	opts := cmp.Options{
		cmp.Comparer(func(a, b reader.PAN) bool { return a.Equal(b) }),
		cmp.Comparer(func(a, b reader.CVV) bool { return a.Len() == b.Len() }),
		cmp.Comparer(func(a, b reader.Track2) bool { return a.Len() == b.Len() }),
		cmp.Comparer(func(a, b time.Time) bool {
			return a.Equal(b) && a.Format(time.RFC3339Nano) == b.Format(time.RFC3339Nano)
		}),
	}
	if d := cmp.Diff(want, got, opts); d != "" {
		t.Errorf("%s (-want +got):\n%s", what, d)
	}
}

func TestRecoverRebuildsTransactionsWhole(t *testing.T) {
	ctx := context.Background()
	j := fresh(t)
	opened, pending, approved, done := sale(t, 1, 1), sale(t, 1, 2), sale(t, 1, 3), sale(t, 1, 4)
	for _, s := range []txn.Transaction{opened, pending, approved, done} {
		write(t, j, txn.Record{Type: txn.RecIntent, Txn: s})
	}
	p := ended(pending, txn.RecReversalPending)
	late := ended(p.Txn, txn.RecLate)
	a := ended(approved, txn.RecApproved)
	a.Txn.Asked, a.Txn.Amount.Minor = txn.Money{Minor: 1234, Currency: cny}, 1000
	d := ended(done, txn.RecApproved)
	write(t, j, p, late, a, d,
		paper(a.Txn, txn.RecPrinted, txn.MerchantCopy),
		paper(d.Txn, txn.RecPrinted, txn.MerchantCopy), paper(d.Txn, txn.RecWaived, txn.CardholderCopy))
	for _, reopen := range []bool{false, true} {
		if reopen {
			if err := j.Close(); err != nil {
				t.Fatal(err)
			}
			j = open(t, j.opt)
		}
		r, err := j.Recover(ctx)
		if err != nil {
			t.Fatal(err)
		}
		if r.NextSTAN != 5 || r.Batch != 1 {
			t.Errorf("next trace %s, batch %s", r.NextSTAN, r.Batch)
		}
		if len(r.Open) != 1 || len(r.Pending) != 1 || len(r.Unprinted) != 1 || r.Last == nil {
			t.Fatalf("recovered %d open, %d pending, %d unprinted, last %v", len(r.Open), len(r.Pending), len(r.Unprinted), r.Last)
		}
		same(t, "open", r.Open[0], opened)
		wantPending := p.Txn
		wantPending.Late = true // the late answer itself changes nothing else
		same(t, "pending", r.Pending[0], wantPending)
		wantOwed := a.Txn
		wantOwed.Printed = txn.Copies(txn.MerchantCopy)
		same(t, "unprinted", r.Unprinted[0], wantOwed)
		wantLast := d.Txn
		wantLast.Printed = txn.AllCopies
		same(t, "last", *r.Last, wantLast)
		if got := r.Open[0].Card.PAN.Reveal(); string(got) != plantedPAN {
			t.Error("the open transaction has another card number")
		}
	}
}

func TestNextSTANPassesOverUsedNumbers(t *testing.T) {
	j := fresh(t)
	for _, n := range []txn.STAN{1, 2, 4, 999_998, 999_999} {
		write(t, j, txn.Record{Type: txn.RecIntent, Txn: sale(t, 1, n)})
	}
	write(t, j, ended(sale(t, 1, 2), txn.RecDeclined)) // an old number is not the newest given out
	r, err := j.Recover(context.Background())
	if err != nil || r.NextSTAN != 3 {
		t.Errorf("next trace %s, %v", r.NextSTAN, err)
	}
}

func TestLaterRowsNeedNoCard(t *testing.T) {
	j := fresh(t)
	s := sale(t, 1, 1)
	write(t, j, txn.Record{Type: txn.RecIntent, Txn: s})
	s.Card.Wipe()
	write(t, j, ended(s, txn.RecReversalPending))
	s.Card = reader.Card{}
	write(t, j, ended(s, txn.RecLate))
	rows, err := j.List(context.Background(), Filter{})
	if err != nil || len(rows) != 3 {
		t.Fatal(rows, err)
	}
	for _, r := range rows {
		if r.MaskedPAN() != "************1111" || r.Brand != reader.Visa || r.Entry != reader.Manual || r.Sealed != (r.Type == txn.RecIntent) {
			t.Errorf("row: %+v", r)
		}
	}
	r, err := j.Recover(context.Background())
	if err != nil || len(r.Pending) != 1 || string(r.Pending[0].Card.PAN.Reveal()) != plantedPAN || r.Pending[0].Card.CVVStatus != reader.CVVEntered {
		t.Errorf("%+v, %v", r, err)
	}
}

func TestAppendRefuses(t *testing.T) {
	ctx := context.Background()
	first := txn.Record{Type: txn.RecIntent, Txn: sale(t, 1, 1)}
	change := func(f func(*txn.Transaction)) txn.Record {
		s := sale(t, 1, 2)
		f(&s)
		return txn.Record{Type: txn.RecIntent, Txn: s}
	}
	tests := map[string]struct {
		at      time.Time
		records []txn.Record
		want    error
	}{
		"trace number twice":       {noon, []txn.Record{first}, ErrDuplicate},
		"twice in one commit":      {noon, []txn.Record{change(func(*txn.Transaction) {}), change(func(*txn.Transaction) {})}, ErrDuplicate},
		"no trace number":          {noon, []txn.Record{change(func(s *txn.Transaction) { s.STAN = 0 })}, ErrRecord},
		"no batch":                 {noon, []txn.Record{change(func(s *txn.Transaction) { s.Batch = 0 })}, ErrRecord},
		"no time":                  {time.Time{}, []txn.Record{change(func(*txn.Transaction) {})}, ErrRecord},
		"no type":                  {noon, []txn.Record{{Txn: sale(t, 1, 2)}}, ErrRecord},
		"a wiped card":             {noon, []txn.Record{change(func(s *txn.Transaction) { s.Card.Wipe() })}, ErrRecord},
		"another terminal":         {noon, []txn.Record{change(func(s *txn.Transaction) { s.Terminal = "87654321" })}, ErrTerminal},
		"host echoes the number":   {noon, []txn.Record{change(func(s *txn.Transaction) { s.Result.RRN = "x" + plantedPAN })}, ErrRecord},
		"a text without end":       {noon, []txn.Record{change(func(s *txn.Transaction) { s.Result.AuthCode = string(make([]byte, 100)) })}, ErrRecord},
		"good one before a bad":    {noon, []txn.Record{change(func(*txn.Transaction) {}), {Txn: sale(t, 1, 3)}}, ErrRecord},
		"approved while reversing": {noon, []txn.Record{ended(first.Txn, txn.RecReversalPending), ended(first.Txn, txn.RecApproved)}, ErrTransition},
		"voided alone":             {noon, []txn.Record{ended(first.Txn, txn.RecApproved), ended(first.Txn, txn.RecVoided)}, ErrTransition},
		"a void that ends nothing": {noon, voiding(t, first.Txn, 2)[:2], ErrTransition},
		"a void of nothing":        {noon, []txn.Record{{Type: txn.RecApproved, Txn: txn.Transaction{Kind: txn.Void, Batch: 1, STAN: 2}}}, ErrTransition},
		"a void of what is open":   {noon, voiding(t, first.Txn, 2), ErrTransition},
		"an unknown row":           {noon, []txn.Record{{Type: "MAGIC", Txn: first.Txn}}, ErrRecord},
		"paper of what is open":    {noon, []txn.Record{paper(first.Txn, txn.RecPrinted, txn.MerchantCopy)}, ErrTransition},
		"approved after decline":   {noon, []txn.Record{ended(first.Txn, txn.RecDeclined), ended(first.Txn, txn.RecApproved)}, ErrTransition},
	}
	j := fresh(t)
	write(t, j, first)
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			if err := j.Append(ctx, tt.at, tt.records); !errors.Is(err, tt.want) {
				t.Errorf("got %v, want %v", err, tt.want)
			}
			if rows, err := j.List(ctx, Filter{}); err != nil || len(rows) != 1 {
				t.Errorf("%d rows on disk, %v", len(rows), err)
			}
		})
	}
	cancelled, cancel := context.WithCancel(ctx)
	cancel()
	if err := j.Append(cancelled, noon, []txn.Record{change(func(*txn.Transaction) {})}); !errors.Is(err, context.Canceled) {
		t.Errorf("cancelled: %v", err)
	}
	write(t, j, change(func(*txn.Transaction) {})) // and it still works
	if r := mustVerify(t, j); r.Rows != 2 {
		t.Errorf("%d rows", r.Rows)
	}
}

// Every row after every status: what the table of admit allows, and no more.
func TestTransitions(t *testing.T) {
	ctx := context.Background()
	j := fresh(t)
	stan := txn.STAN(0)
	begin := func(status txn.Status) (txn.Transaction, []txn.RecordType) {
		stan++
		rows := map[txn.Status][]txn.RecordType{
			txn.Open: {}, txn.Approved: {txn.RecApproved}, txn.Declined: {txn.RecDeclined}, txn.Failed: {txn.RecFailed},
			txn.ReversalPending: {txn.RecReversalPending}, txn.Reversed: {txn.RecReversed},
			txn.Asking: {txn.RecAsking}, txn.Refused: {txn.RecApproved, txn.RecRefused},
		}[status]
		return sale(t, 1, stan), rows
	}
	allowed := map[txn.Status]string{
		txn.Open:            "APPROVED DECLINED FAILED REVERSAL_PENDING REVERSED ASKING LATE",
		txn.Approved:        "REFUSED ADVICE TOLD PRINTED WAIVED REPRINTED",
		txn.Declined:        "ADVICE TOLD",
		txn.Failed:          "",
		txn.ReversalPending: "REVERSED LATE",
		txn.Reversed:        "LATE",
		txn.Asking:          "APPROVED DECLINED",
		txn.Refused:         "PRINTED WAIVED REPRINTED",
	}
	for status, list := range allowed {
		for _, row := range txn.RecordTypes() {
			s, rows := begin(status)
			write(t, j, txn.Record{Type: txn.RecIntent, Txn: s})
			for _, r := range rows {
				write(t, j, ended(s, r))
			}
			r := ended(s, row)
			if row == txn.RecPrinted || row == txn.RecWaived || row == txn.RecReprinted {
				r = paper(s, row, txn.CardholderCopy)
			}
			err := j.Append(ctx, noon, []txn.Record{r})
			if want := slices.Contains(strings.Fields(list), string(row)); (err == nil) != want {
				t.Errorf("%s after %s: %v", row, status, err)
			}
		}
	}
	mustVerify(t, j)
}

// A void and the sale it takes back are one commit, and a fault slip is paper of
// what is being reversed alone.
func TestVoids(t *testing.T) {
	ctx := context.Background()
	j := fresh(t)
	s := sale(t, 1, 1)
	write(t, j, txn.Record{Type: txn.RecIntent, Txn: s}, ended(s, txn.RecApproved))
	rows := voiding(t, ended(s, txn.RecApproved).Txn, 2)
	write(t, j, rows[0])
	write(t, j, rows[1:]...)
	if err := j.Append(ctx, noon, []txn.Record{paper(s, txn.RecPrinted, txn.FaultSlip)}); !errors.Is(err, ErrTransition) {
		t.Errorf("a fault slip of what was voided: %v", err)
	}
	again := voiding(t, s, 3)
	write(t, j, again[0])
	if err := j.Append(ctx, noon, again[1:]); !errors.Is(err, ErrTransition) {
		t.Errorf("voided twice: %v", err)
	}
	write(t, j, ended(again[0].Txn, txn.RecReversalPending), paper(again[0].Txn, txn.RecPrinted, txn.FaultSlip))
	r, err := j.Recover(ctx)
	if err != nil || len(r.Unprinted) != 1 || r.Unprinted[0].Kind != txn.Void || len(r.Pending) != 1 {
		t.Fatalf("%+v, %v", r, err)
	}
	if of := r.Pending[0].Of; of == nil || of.STAN != 1 || !of.At.Equal(s.At) || r.Unprinted[0].Of.RRN != "007312345678" {
		t.Errorf("of %+v and %+v", of, r.Unprinted[0].Of)
	}
	f, err := j.Find(ctx, 1)
	if err != nil || f == nil || f.Status != txn.Voided {
		t.Errorf("the sale is %+v, %v", f, err)
	}
	mustVerify(t, j)
}

// A reversal may end a transaction whose outcome row was lost or not.
func TestReversedFromAnywhere(t *testing.T) {
	j := fresh(t)
	for i, before := range []txn.RecordType{"", txn.RecReversalPending} {
		s := sale(t, 1, txn.STAN(i+1))
		write(t, j, txn.Record{Type: txn.RecIntent, Txn: s})
		if before != "" {
			write(t, j, ended(s, before))
		}
		write(t, j, ended(s, txn.RecReversed))
	}
	r, err := j.Recover(context.Background())
	if err != nil || len(r.Open)+len(r.Pending)+len(r.Unprinted) != 0 || r.Last != nil {
		t.Errorf("%+v, %v", r, err)
	}
}

// The triggers hold for whoever opens the file without our code.
func TestGuardsRefuseChanges(t *testing.T) {
	j := fresh(t)
	write(t, j, txn.Record{Type: txn.RecIntent, Txn: sale(t, 1, 1)}, txn.Record{Type: txn.RecIntent, Txn: sale(t, 1, 2)})
	// Others do not ask for this, and then a REPLACE asks no delete trigger.
	if err := j.db.conn.Exec("PRAGMA recursive_triggers=OFF"); err != nil {
		t.Fatal(err)
	}
	for _, sql := range []string{
		"UPDATE journal SET amount = 1", "DELETE FROM journal", "DELETE FROM journal WHERE seq = 2",
		"REPLACE INTO journal SELECT * FROM journal WHERE seq = 1",
		"INSERT OR REPLACE INTO journal (" + columnList("") + ") SELECT " + columnList("") + " FROM journal",
	} {
		if err := j.db.conn.Exec(sql); !errors.Is(err, sqlite3.CONSTRAINT_TRIGGER) {
			t.Errorf("%s: %v", sql, err)
		}
	}
	mustVerify(t, j)
}

func TestFilesAreForTheOwnerOnly(t *testing.T) {
	if runtime.GOOS == "windows" {
		t.Skip("no modes on Windows")
	}
	j := fresh(t)
	write(t, j, txn.Record{Type: txn.RecIntent, Txn: sale(t, 1, 1)})
	dir := filepath.Dir(j.opt.Path)
	entries, err := os.ReadDir(dir)
	if err != nil || len(entries) != 2 { // the database and its write-ahead log
		t.Fatal(entries, err)
	}
	for _, e := range entries {
		if info, err := e.Info(); err != nil || info.Mode() != 0o600 {
			t.Errorf("%s has mode %v, %v", e.Name(), info.Mode(), err)
		}
	}
	if info, err := os.Stat(dir); err != nil || info.Mode().Perm() != 0o700 {
		t.Errorf("folder has mode %v, %v", info.Mode(), err)
	}
}

// The name of the write-ahead log must exist when Open makes the folder durable.
func TestLogExistsAfterOpen(t *testing.T) {
	j := fresh(t)
	for range 2 {
		if _, err := os.Stat(j.opt.Path + "-wal"); err != nil {
			t.Error(err)
		}
		if err := j.Close(); err != nil {
			t.Fatal(err)
		}
		j = open(t, j.opt)
	}
}

func TestSettings(t *testing.T) {
	j := fresh(t)
	for pragma, want := range map[string]string{
		"synchronous": "3", "journal_mode": "wal", "locking_mode": "exclusive", "foreign_keys": "1", "trusted_schema": "0",
		"temp_store": "2", "recursive_triggers": "1", "checksum_verification": "1", "secure_delete": "1",
	} {
		if got, err := j.db.text("PRAGMA " + pragma); err != nil || got != want {
			t.Errorf("%s is %s, %v", pragma, got, err)
		}
	}
	loose, err := j.db.number("SELECT count(*) FROM pragma_table_list WHERE schema = 'main' AND strict = 0 AND name NOT LIKE 'sqlite_%'")
	if err != nil || loose != 0 {
		t.Errorf("%d tables are not strict, %v", loose, err)
	}
}

func TestClosed(t *testing.T) {
	ctx := context.Background()
	j := fresh(t)
	if err := errors.Join(j.Close(), j.Close()); err != nil {
		t.Fatal(err)
	}
	_, recover := j.Recover(ctx)
	_, verify := j.Verify(ctx)
	_, list := j.List(ctx, Filter{})
	for _, err := range []error{j.Append(ctx, noon, nil), recover, verify, list, j.Settle(ctx), j.Rebuild(ctx), j.Shred(ctx, 1)} {
		if !errors.Is(err, ErrClosed) {
			t.Errorf("got %v", err)
		}
	}
}

// Folders have all sorts of names.
func TestOddPaths(t *testing.T) {
	for _, name := range []string{"a b", "q?x=1&vfs=no", "h#h", "p%20p", "c+c", "数据", "file:x"} {
		if runtime.GOOS == "windows" && (name[0] == 'q' || name[0] == 'f') {
			continue
		}
		path := filepath.Join(t.TempDir(), name, name+".db")
		j := open(t, options(t, path))
		write(t, j, txn.Record{Type: txn.RecIntent, Txn: sale(t, 1, 1)})
		for _, side := range []string{"", "-wal"} {
			if info, err := os.Stat(path + side); err != nil || runtime.GOOS != "windows" && info.Mode() != 0o600 {
				t.Errorf("%s%s: %v, %v", name, side, info, err)
			}
		}
		if err := j.Close(); err != nil {
			t.Error(err)
		}
	}
}
