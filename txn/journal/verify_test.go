package journal

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"vpos/txn"
)

// small makes a journal with every kind of row, closes it, and gives its bytes.
func small(t *testing.T) (opt Options, image []byte) {
	t.Helper()
	j := fresh(t)
	a, p := sale(t, 1, 1), sale(t, 1, 2)
	write(t, j, txn.Record{Type: txn.RecIntent, Txn: a})
	write(t, j, ended(a, txn.RecApproved), paper(ended(a, txn.RecApproved).Txn, txn.RecPrinted, txn.MerchantCopy))
	write(t, j, txn.Record{Type: txn.RecIntent, Txn: p})
	write(t, j, ended(p, txn.RecReversalPending))
	write(t, j, ended(p, txn.RecReversed))
	mustVerify(t, j)
	if err := j.Close(); err != nil {
		t.Fatal(err)
	}
	image, err := os.ReadFile(j.opt.Path)
	if err != nil {
		t.Fatal(err)
	}
	return j.opt, image
}

// damaged opens and verifies a journal that somebody altered and says what was
// found; nil when nothing was.
func damaged(t *testing.T, opt Options) (*Break, error) {
	t.Helper()
	j, err := Open(context.Background(), opt)
	if err != nil {
		var b *Break
		errors.As(err, &b)
		return b, err
	}
	defer func() { _ = j.Close() }()
	r, err := j.Verify(context.Background())
	if err != nil {
		t.Fatal(err)
	}
	if r.Broken != nil {
		return r.Broken, r.Broken
	}
	return nil, nil
}

func restore(t *testing.T, opt Options, image []byte) {
	t.Helper()
	_ = os.Remove(opt.Path + "-wal")
	if err := os.WriteFile(opt.Path, image, 0o600); err != nil {
		t.Fatal(err)
	}
}

// Every cell of every row, altered in every way its type allows, is found and
// the row is named.
func TestEveryCellIsCovered(t *testing.T) {
	opt, image := small(t)
	const rows = 6
	for _, name := range append(names(), "hash") {
		for seq := 1; seq <= rows; seq++ {
			for _, how := range alterations(name) {
				restore(t, opt, image)
				raw(t, opt.Path, dropGuards, fmt.Sprintf("UPDATE journal SET %s WHERE seq = %d", how, seq))
				b, err := damaged(t, opt)
				switch {
				case err == nil:
					t.Errorf("row %d, %s: not found", seq, how)
				case b == nil:
					t.Errorf("row %d, %s: found, but not named: %v", seq, how, err)
				case b.Seq != int64(seq):
					t.Errorf("row %d, %s: named row %d (%v)", seq, how, b.Seq, b)
				}
			}
		}
	}
}

func names() []string {
	var list []string
	for _, c := range columns {
		list = append(list, c.name)
	}
	return list
}

func alterations(name string) []string {
	if name == "hash" {
		return []string{"hash = zeroblob(32)", "hash = x''", "hash = CAST(hash || x'00' AS BLOB)"}
	}
	c := columns[columnNamed(name)]
	switch {
	case name == "seq":
		return []string{"seq = seq + 100"}
	case c.num != nil:
		return []string{name + " = " + name + " + 1", name + " = " + name + " - 4294967296"}
	case c.text != nil:
		return []string{name + " = " + name + " || 'x'", fmt.Sprintf("%s = iif(length(%s) > 0, substr(%s, 2), ' ')", name, name, name)}
	}
	return []string{
		fmt.Sprintf("%s = CAST(%s || x'00' AS BLOB)", name, name), fmt.Sprintf("%s = iif(length(%s) > 0, x'', x'01')", name, name),
	}
}

// What is done to whole rows, and to the tables made from them, is found.
func TestDamageIsNamed(t *testing.T) {
	opt, image := small(t)
	tests := []struct {
		name, sql string
		want      Fault
		seq       int64
	}{
		{"row deleted", dropGuards + "; DELETE FROM journal WHERE seq = 3", FaultMissing, 3},
		{"first row deleted", dropGuards + "; DELETE FROM journal WHERE seq = 1", FaultMissing, 1},
		{"tail cut off", dropGuards + "; DELETE FROM journal WHERE seq > 4", FaultMissing, 5},
		{"all rows deleted", dropGuards + "; DELETE FROM journal", FaultMissing, 1},
		{"two rows swapped", dropGuards + "; UPDATE journal SET seq = 99 WHERE seq = 2;" +
			"UPDATE journal SET seq = 2 WHERE seq = 4; UPDATE journal SET seq = 4 WHERE seq = 99", FaultRow, 2},
		{"row removed and the rest moved up", dropGuards + "; DELETE FROM journal WHERE seq = 3;" +
			"UPDATE journal SET seq = seq - 1 WHERE seq > 3", FaultRow, 3},
		{"row slipped in before the first", dropGuards + "; INSERT INTO journal SELECT 0 AS seq, " +
			columnList("")[len("seq, "):] + " FROM journal WHERE seq = 1", FaultExtra, 0},
		{"row added", dropGuards + "; INSERT INTO journal SELECT 7, " + columnList("")[len("seq, "):] +
			" FROM journal WHERE seq = 6", FaultRow, 7},
		{"head set back", "UPDATE head SET seq = 5, hash = (SELECT hash FROM journal WHERE seq = 5)", FaultExtra, 6},
		{"head's hash", "UPDATE head SET hash = zeroblob(32)", FaultHead, 6},
		{"head's batch", "UPDATE head SET batch = 9", FaultHead, 6},
		{"head's trace number", "UPDATE head SET stan = 1", FaultHead, 6},
		{"item removed", "DELETE FROM item WHERE stan = 2", FaultItem, 0},
		{"item invented", "INSERT INTO item (batch, stan, first, last, status, printed, late) VALUES (1, 9, 99, 99, 'approved', 3, 0)", FaultItem, 99},
		{"item's status", "UPDATE item SET status = 'approved' WHERE stan = 2", FaultItem, 4},
		{"item's paper", "UPDATE item SET printed = 3 WHERE stan = 1", FaultItem, 1},
		{"item's late mark", "UPDATE item SET late = 1 WHERE stan = 1", FaultItem, 1},
		{"item's amount", "UPDATE item SET amount = 1 WHERE stan = 1", FaultItem, 1},
		{"item's kind", "UPDATE item SET kind = 'void' WHERE stan = 1", FaultItem, 1},
		{"item's card", "UPDATE item SET last4 = '9999' WHERE stan = 1", FaultItem, 1},
		{"item's operator", "UPDATE item SET operator = '02' WHERE stan = 1", FaultItem, 1},
		{"item's day", "UPDATE item SET day = 20260315 WHERE stan = 1", FaultItem, 1},
		{"item's newest row", "UPDATE item SET last = 4 WHERE stan = 1", FaultItem, 1},
		{"guard dropped", "DROP TRIGGER journal_no_delete", FaultSchema, 0},
		{"guard made toothless", "DROP TRIGGER journal_no_delete; CREATE TRIGGER journal_no_delete BEFORE DELETE ON journal BEGIN SELECT 1; END", FaultSchema, 0},
		{"mode changed with the owner", "UPDATE meta SET mode = 'live'", "", 0},
		{"terminal changed with the owner", "UPDATE meta SET terminal = '99999999'", "", 0},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			restore(t, opt, image)
			raw(t, opt.Path, tt.sql)
			o := opt
			switch {
			case strings.Contains(tt.name, "mode changed"):
				o.Mode = Live
			case strings.Contains(tt.name, "terminal changed"):
				o.Terminal = "99999999"
			}
			b, err := damaged(t, o)
			switch {
			case err == nil:
				t.Error("not found")
			case tt.want == "" && !errors.Is(err, ErrCorrupt):
				t.Errorf("got %v", err)
			case tt.want != "" && (b == nil || b.Fault != tt.want || b.Seq != tt.seq):
				t.Errorf("got %v (%v), want %s at %d", b, err, tt.want, tt.seq)
			}
		})
	}
}

// A break before the rows that start-up looks at is Verify's to find.
func TestVerifyNamesAnOldRow(t *testing.T) {
	j := fresh(t)
	var records []txn.Record
	for i := range 3 * tailRows {
		s := sale(t, 1, txn.STAN(i+1))
		records = append(records, txn.Record{Type: txn.RecIntent, Txn: s})
	}
	write(t, j, records...)
	if err := j.Close(); err != nil {
		t.Fatal(err)
	}
	raw(t, j.opt.Path, dropGuards, "UPDATE journal SET amount = 9 WHERE seq = 17")
	j = open(t, j.opt)
	r, err := j.Verify(context.Background())
	if err != nil || r.Broken == nil || r.Broken.Seq != 17 || r.Rows != 16 {
		t.Errorf("%+v, %v", r, err)
	}
	if err := j.Rebuild(context.Background()); !errors.Is(err, ErrCorrupt) {
		t.Errorf("rebuilt over a broken chain: %v", err)
	}
}

// Any byte of the file, flipped: the file refuses to open, or Verify finds it.
// All of the first page and a stride through the rest; VPOS_EVERY_BYTE=1 tries
// each byte.
func TestEveryByteOfTheFile(t *testing.T) {
	opt, image := small(t)
	step := 61
	if testing.Short() {
		step = 997
	}
	if os.Getenv("VPOS_EVERY_BYTE") != "" {
		step = 1
	}
	tried := 0
	for at := 0; at < len(image); at++ {
		if at > 120 && at%step != 0 && at%4096 > 12 && at%4096 < 4084 {
			continue
		}
		tried++
		changed := bytes.Clone(image)
		changed[at] ^= 1 << (at % 8)
		restore(t, opt, changed)
		if _, err := damaged(t, opt); err == nil {
			t.Errorf("byte %d of %d: not found", at, len(image))
		}
	}
	t.Logf("%d of %d bytes tried", tried, len(image))
}

// Rows appended while Verify walks are no damage.
func TestVerifyWhileAppending(t *testing.T) {
	j := fresh(t)
	var records []txn.Record
	for i := range 2 * chunkRows {
		records = append(records, txn.Record{Type: txn.RecIntent, Txn: sale(t, 1, txn.STAN(i+1))})
	}
	write(t, j, records...)
	done := make(chan error)
	go func() {
		var err error
		for i := range 20 {
			s := txn.Record{Type: txn.RecIntent, Txn: sale(t, 2, txn.STAN(i+1))}
			err = errors.Join(err, j.Append(context.Background(), noon, []txn.Record{s}))
		}
		done <- err
	}()
	for range 3 {
		mustVerify(t, j)
	}
	if err := <-done; err != nil {
		t.Fatal(err)
	}
	if r := mustVerify(t, j); r.Rows != 2*chunkRows+20 {
		t.Errorf("%d rows", r.Rows)
	}
	stopped, cancel := context.WithCancel(context.Background())
	cancel()
	if _, err := j.Verify(stopped); err == nil {
		t.Error("a cancelled walk ended well")
	}
}

// A foreign or mangled file is refused with its own word.
func TestForeignFiles(t *testing.T) {
	opt := options(t, filepath.Join(t.TempDir(), "x.db"))
	tests := map[string]struct {
		make func()
		want error
	}{
		"text":           {func() { restore(t, opt, []byte(strings.Repeat("this is no database at all. ", 400))) }, ErrCorrupt},
		"other database": {func() { restore(t, opt, nil); raw(t, opt.Path, "CREATE TABLE other (x)") }, ErrForeign},
		"cut in half": {func() {
			_, image := small(t)
			restore(t, opt, image[:len(image)/2])
		}, ErrCorrupt},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			tt.make()
			if j, err := Open(context.Background(), opt); !errors.Is(err, tt.want) {
				t.Errorf("got %v, want %v", err, tt.want)
				if err == nil {
					_ = j.Close()
				}
			}
		})
	}
}
