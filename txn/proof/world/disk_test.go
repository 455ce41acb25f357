package world

import (
	"context"
	"crypto/sha256"
	"errors"
	"fmt"
	"path/filepath"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"vpos/reader"
	"vpos/txn"
	"vpos/txn/journal"
)

// plainKey is a key source for tests.
type plainKey struct{}

func (plainKey) Kind() journal.KeyKind { return "plain" }

func (plainKey) Key(context.Context) ([]byte, error) {
	h := sha256.Sum256([]byte("k"))
	return h[:], nil
}

func openJournal(t *testing.T, terminal string) *journal.Journal {
	t.Helper()
	sealer, err := journal.NewSealer(context.Background(), plainKey{})
	if err != nil {
		t.Fatal(err)
	}
	j, err := journal.Open(context.Background(), journal.Options{
		Path: filepath.Join(t.TempDir(), "journal.db"), Sealer: sealer, Terminal: terminal, Mode: journal.Training,
	})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = j.Close() })
	return j
}

var sameTransactions = cmp.Options{
	cmp.Comparer(func(a, b reader.PAN) bool { return a.Equal(b) && a.String() == b.String() }),
	cmp.Comparer(func(a, b reader.CVV) bool { return a.Len() == b.Len() }),
	cmp.Comparer(func(a, b reader.Track2) bool { return a.Len() == b.Len() }),
	cmp.Comparer(func(a, b time.Time) bool {
		return a.Equal(b) && a.Format(time.RFC3339Nano) == b.Format(time.RFC3339Nano)
	}),
}

// A model is worth what it has in common with the real thing: over random
// histories, lawful or not, the disk of the world refuses what the journal
// refuses and recovers what the journal recovers.
func TestDiskIsTheJournal(t *testing.T) {
	histories := 12
	if testing.Short() {
		histories = 4
	}
	for seed := range histories {
		t.Run(fmt.Sprint(seed), func(t *testing.T) {
			r := rng(seed)
			j := openJournal(t, "00000001")
			var d disk
			d.reset(true)
			for n := range 60 {
				records := randomRecords(&r, &d)
				got := d.commit(records)
				want := j.Append(context.Background(), begin.Add(time.Duration(n)*time.Second), records)
				if !sameRefusal(got, want) {
					t.Fatalf("step %d %s %s: model %v, journal %v", n, records[0].Type, records[0].Txn.STAN, got, want)
				}
				if n%3 == 0 {
					sameKnowledge(t, n, &d, j, &r)
				}
			}
		})
	}
}

// sameRefusal holds the model's error against the journal's.
func sameRefusal(got, want error) bool {
	switch {
	case got == nil || want == nil:
		return got == nil && want == nil
	case errors.Is(got, errDuplicate):
		return errors.Is(want, journal.ErrDuplicate)
	case errors.Is(got, errTransition):
		return errors.Is(want, journal.ErrTransition)
	case errors.Is(got, errWiped):
		return errors.Is(want, journal.ErrRecord)
	}
	return false
}

func sameKnowledge(t *testing.T, n int, d *disk, j *journal.Journal, r *rng) {
	t.Helper()
	want, err := j.Recover(context.Background())
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(want, d.recover(), sameTransactions); diff != "" {
		t.Fatalf("step %d: recovered (-journal +model):\n%s", n, diff)
	}
	totals, err := j.Reckon(context.Background())
	if err != nil || totals != d.reckon() {
		t.Fatalf("step %d: the batch comes to %+v, %v, in the model to %+v", n, totals, err, d.reckon())
	}
	list, err := j.Batch(context.Background())
	if diff := cmp.Diff(list, d.list(), append(sameTransactions, cmpopts.EquateEmpty())...); err != nil || diff != "" {
		t.Fatalf("step %d: the batch (-journal +model): %v\n%s", n, err, diff)
	}
	hold, held, err := j.FindHold(context.Background(), "A12345", begin)
	ours, same := d.hold("A12345", begin)
	if diff := cmp.Diff(hold, ours, sameTransactions); err != nil || diff != "" || held != same {
		t.Fatalf("step %d: a hold of %s, in the model of %s (-journal +model): %v\n%s", n, held, same, err, diff)
	}
	stan := txn.STAN(r.n(8)) //nolint:gosec // small
	found, err := j.Find(context.Background(), stan)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(found, d.lookup(stan), sameTransactions); diff != "" {
		t.Fatalf("step %d: found %s (-journal +model):\n%s", n, stan, diff)
	}
}

var recordTypes = []txn.RecordType{
	txn.RecIntent, txn.RecIntent, txn.RecIntent, txn.RecApproved, txn.RecApproved, txn.RecApproved, txn.RecDeclined, txn.RecFailed,
	txn.RecReversalPending, txn.RecReversalPending, txn.RecReversed, txn.RecLate, txn.RecPrinted, txn.RecPrinted, txn.RecWaived, txn.RecReprinted,
	txn.RecAdvice, txn.RecAdvice, txn.RecTold, txn.RecAsking, txn.RecAsking, txn.RecRefused, txn.RecAdjusted,
}

// randomRecords is a commit of one row or a few, on few numbers, so that they
// meet. Most rows are about something that has begun.
func randomRecords(r *rng, d *disk) []txn.Record {
	var out []txn.Record
	for range 1 + r.n(5)/4 {
		typ := recordTypes[r.n(len(recordTypes))]
		stan := txn.STAN(1 + r.n(7)) //nolint:gosec // small
		if r.n(3) == 0 {
			stan = txn.MaxSTAN - txn.STAN(r.n(3)) //nolint:gosec // small
		}
		key := txn.Key{Batch: txn.Batch(1 + r.n(2)), STAN: stan} //nolint:gosec // small
		on := d.status(key)
		if on == txn.Drafted && r.n(8) > 0 {
			typ = txn.RecIntent
		}
		x := randomTransaction(r, key)
		x.Status = statusAfter(typ, on, txn.Open)
		rec := txn.Record{Type: typ, Txn: x}
		switch typ {
		case txn.RecPrinted, txn.RecWaived, txn.RecReprinted:
			rec.Copy = []txn.Copy{txn.MerchantCopy, txn.CardholderCopy}[r.n(2)]
			if typ == txn.RecPrinted && on == txn.ReversalPending {
				rec.Copy = txn.FaultSlip
			}
		default:
		}
		out = append(out, rec)
		if tip := x.Kind == txn.Tip && (typ == txn.RecApproved || typ == txn.RecRefused); tip && r.n(5) > 0 {
			sale := randomTransaction(r, x.Of.Key)
			sale.Amount = x.Amount
			if typ == txn.RecRefused {
				sale.Amount = x.Of.Amount
			}
			out = append(out, txn.Record{Type: txn.RecAdjusted, Txn: sale})
		}
	}
	return out
}

// kindOf is what a number is in these histories: what a transaction is never changes.
func kindOf(stan txn.STAN) txn.Kind {
	kinds := []txn.Kind{
		txn.Offline, txn.Sale, txn.Refund, txn.PreAuth, txn.Settlement, txn.Phone, txn.Increment, txn.Tip,
	}
	if stan > 7 {
		return []txn.Kind{txn.Completion, txn.Balance, txn.Settlement}[2-(txn.MaxSTAN-stan)]
	}
	return kinds[stan]
}

func randomTransaction(r *rng, k txn.Key) txn.Transaction {
	card := makeCard()
	card.Entry, card.CVVStatus = reader.Manual, reader.CVVAbsent
	if r.n(6) == 0 {
		card.Wipe()
	}
	x := txn.Transaction{
		Kind: txn.Sale, Batch: k.Batch, STAN: k.STAN, Amount: txn.Money{Minor: int64(1 + r.n(9999)), Currency: cny},
		Card: card, At: begin.Add(time.Duration(r.n(9999)) * time.Millisecond), Terminal: "00000001", Merchant: "100000000000001",
		Operator: "01", Attempts: int32(r.n(4)), Tries: int32(r.n(4)), Cause: txn.HostTimeout,
	}
	if r.n(2) == 0 {
		x.Result = txn.Result{Code: "00", AuthCode: "A12345", RRN: "000000000001", HostAt: begin.Add(time.Second)}
	}
	past := func(stan txn.STAN) *txn.Past {
		return &txn.Past{
			Key: txn.Key{Batch: k.Batch, STAN: stan}, Kind: kindOf(stan), At: begin, AuthCode: "A12345",
			Amount: txn.Money{Minor: 77, Currency: cny},
		}
	}
	switch x.Kind = kindOf(k.STAN); x.Kind {
	case txn.PreAuth:
		x.At = begin
	case txn.Increment:
		x.Of = past(3)
	case txn.Tip:
		x.Of, x.Tip = past(1), txn.Money{Minor: int64(1 + r.n(9)), Currency: cny}
	case txn.Settlement:
		x.Totals = &txn.Totals{Domestic: txn.Sides{Debits: txn.Tally{Count: r.n(9), Minor: 7}}}
	default:
	}
	if r.n(4) == 0 {
		x.Asked = txn.Money{Minor: x.Amount.Minor + 1, Currency: cny}
	}
	return x
}

// What the platter has after the power went is a commit or none of it, and a
// commit that was settled never comes back.
func TestCrash(t *testing.T) {
	r := rng(7)
	kept := map[bool]int{}
	for range 200 {
		var d disk
		d.reset(true)
		first := randomTransaction(&r, txn.Key{Batch: 1, STAN: 1})
		first.Card = makeCard()
		second := first
		second.STAN, second.Card = 2, makeCard()
		rows := []txn.Record{{Type: txn.RecIntent, Txn: first}, {Type: txn.RecIntent, Txn: second}}
		d.stage(rows, &r)
		if r.n(4) == 0 {
			d.settle()
			d.crash()
			if len(d.items) > 0 {
				t.Fatal("a settled commit came back")
			}
			continue
		}
		d.crash()
		if n := len(d.items); n == 1 {
			t.Fatal("half a commit")
		}
		kept[len(d.items) == 2]++
	}
	if kept[true] == 0 || kept[false] == 0 {
		t.Errorf("always the same: %v", kept)
	}
}
