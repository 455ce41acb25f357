package journal

import (
	"bytes"
	"context"
	"math/rand/v2"
	"strings"
	"testing"

	"github.com/ncruces/go-sqlite3"
)

// The canonical form is a promise to the journals of older versions: this hash
// never changes.
func TestCanonicalFormIsPinned(t *testing.T) {
	r := rec{
		seq: 1, at: 2, zone: 3, typ: "type", kind: "kind", batch: 4, stan: 5, amount: 6, currency: "156", last4: "1111",
		brand: "visa", entry: "chip", status: "open", rc: "00", auth: "auth", rrn: "rrn", hostAt: 7, cause: "cause", operator: "01",
		terminal: "terminal", merchant: "merchant", attempts: 8, copy: 1, tag: []byte{1}, sealed: []byte{2}, body: "{}",
	}
	got, _ := r.chain(origin(Training, terminalID), nil)
	const want = "d58ea3e5e0fd790b7e0a8f88e6f40578854fb2ec50529f4d3b41ec2b3c6217c4"
	if got.String() != want {
		t.Errorf("got %s, want %s", got, want)
	}
}

// Verify hashes the form it reads column by column; Append hashes the record.
func TestBothFormsAgree(t *testing.T) {
	j := fresh(t)
	history(t, j, rand.New(rand.NewPCG(1, 2)), 20)
	err := j.db.query("SELECT "+columnList("")+" FROM journal", func(s *sqlite3.Stmt) (bool, error) {
		var r rec
		r.scan(s, 0)
		if !bytes.Equal(r.canonical(nil), canonicalStmt(nil, s)) {
			t.Errorf("row %d: the forms differ", r.seq)
		}
		f := parseFold(r.canonical(nil))
		if f.seq != r.seq || string(f.typ) != r.typ || f.status != r.status || f.copies != r.copy ||
			int64(f.key.Batch) != r.batch || int64(f.key.STAN) != r.stan {
			t.Errorf("row %d: folded as %+v", r.seq, f)
		}
		return true, nil
	})
	if err != nil {
		t.Fatal(err)
	}
}

// What is derived along the way is what the rows come to, whatever happened.
func TestDerivedIsRecomputed(t *testing.T) {
	for seed := range uint64(12) {
		j := fresh(t)
		history(t, j, rand.New(rand.NewPCG(seed, 7)), 60)
		mustVerify(t, j)
		before, held := dump(t, j), j.head
		want, err := j.Recover(context.Background())
		if err != nil {
			t.Fatal(err)
		}
		if err := j.Rebuild(context.Background()); err != nil {
			t.Fatal(err)
		}
		if after := dump(t, j); after != before {
			t.Errorf("seed %d: rebuilding changed\n%s\nto\n%s", seed, before, after)
		}
		if err := j.db.conn.Exec("DELETE FROM item; UPDATE head SET batch = 77, stan = 77"); err != nil {
			t.Fatal(err)
		}
		if err := j.Rebuild(context.Background()); err != nil {
			t.Fatal(err)
		}
		got, err := j.Recover(context.Background())
		if err != nil || dump(t, j) != before || j.head != held || show(got) != show(want) {
			t.Errorf("seed %d: not rebuilt: %v", seed, err)
		}
		mustVerify(t, j)
	}
}

func dump(t *testing.T, j *Journal) string {
	t.Helper()
	var out strings.Builder
	err := j.db.query("SELECT batch || ' ' || stan || ' ' || first || ' ' || last || ' ' || status || ' ' || printed || ' ' || late"+
		" || ' ' || untold || ' ' || due || ' ' || counts || ' ' || amount || ' ' || kind || ' ' || last4 || ' ' || operator || ' ' || day"+
		" FROM item ORDER BY batch, stan", func(s *sqlite3.Stmt) (bool, error) {
		out.WriteString(s.ColumnText(0) + "\n")
		return true, nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return out.String()
}
