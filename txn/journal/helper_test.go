package journal

import (
	"context"
	"crypto/sha256"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"testing"
	"time"

	"github.com/ncruces/go-sqlite3"

	"vpos/reader"
	"vpos/txn"
)

// The card facts planted everywhere; the leak test looks for them.
const (
	plantedPAN    = "4111111111111111"
	plantedExpiry = "2712"
	plantedCVV    = "737"
	terminalID    = "12345678"
	merchantID    = "123456789012345"
)

var (
	shanghai = time.FixedZone("", 8*3600)
	noon     = time.Date(2026, 3, 14, 12, 0, 0, 123e6, shanghai)
	cny, _   = txn.CurrencyByCode("CNY")
)

// fixedKey is a key source for tests.
type fixedKey string

func (fixedKey) Kind() KeyKind { return "fixed" }

func (k fixedKey) Key(context.Context) ([]byte, error) {
	h := sha256.Sum256([]byte(k))
	return h[:], nil
}

func sealer(t testing.TB, key string) *Sealer {
	t.Helper()
	s, err := NewSealer(context.Background(), fixedKey(key))
	if err != nil {
		t.Fatal(err)
	}
	return s
}

func options(t testing.TB, path string) Options {
	t.Helper()
	return Options{Path: path, Sealer: sealer(t, "k"), Terminal: terminalID, Mode: Training}
}

// open opens a journal that is closed when the test ends.
func open(t testing.TB, opt Options) *Journal {
	t.Helper()
	j, err := Open(context.Background(), opt)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = j.Close() })
	return j
}

func fresh(t testing.TB) *Journal {
	t.Helper()
	return open(t, options(t, filepath.Join(t.TempDir(), "data", "journal.db")))
}

func card(t testing.TB) reader.Card {
	t.Helper()
	pan, err := reader.RestorePAN([]byte(plantedPAN))
	if err != nil {
		t.Fatal(err)
	}
	cvv, err := reader.ParseCVV([]byte(plantedCVV), pan.Brand())
	if err != nil {
		t.Fatal(err)
	}
	return reader.Card{
		Entry: reader.Manual, PAN: pan, Expiry: reader.Expiry{Year: 2027, Month: 12},
		CVV: cvv, CVVStatus: reader.CVVEntered,
	}
}

// sale is a confirmed sale with everything a transaction can have at INTENT.
func sale(t testing.TB, batch txn.Batch, stan txn.STAN) txn.Transaction {
	t.Helper()
	return txn.Transaction{
		Kind: txn.Sale, Batch: batch, STAN: stan, Amount: txn.Money{Minor: 1234, Currency: cny},
		Card: card(t), At: noon, Terminal: terminalID, Merchant: merchantID, Operator: "01", Status: txn.Open,
	}
}

// ends of a sale, by the type of the row that brings them.
func ended(s txn.Transaction, by txn.RecordType) txn.Record {
	switch by {
	case txn.RecApproved:
		s.Status = txn.Approved
		s.Result = txn.Result{Code: "00", AuthCode: "A12345", RRN: "007312345678", HostAt: noon.Add(2 * time.Second)}
	case txn.RecDeclined:
		s.Status, s.Result = txn.Declined, txn.Result{Code: "51"}
	case txn.RecFailed:
		s.Status, s.Cause = txn.Failed, txn.HostUnreachable
	case txn.RecReversalPending:
		s.Status, s.Cause = txn.ReversalPending, txn.HostTimeout
	case txn.RecReversed:
		s.Status, s.Attempts = txn.Reversed, 2
	case txn.RecVoided:
		s.Status = txn.Voided
	case txn.RecLate:
		s.Status, s.Late, s.Result = txn.ReversalPending, true, txn.Result{Code: "00", AuthCode: "LATE01"}
	}
	return txn.Record{Type: by, Txn: s}
}

// voiding is the rows of a void: INTENT, APPROVED and the sale's VOIDED.
func voiding(t testing.TB, s txn.Transaction, stan txn.STAN) []txn.Record {
	v := sale(t, s.Batch, stan)
	v.Kind, v.Amount, v.Of = txn.Void, s.Amount, s.Past()
	return []txn.Record{{Type: txn.RecIntent, Txn: v}, ended(v, txn.RecApproved), ended(s, txn.RecVoided)}
}

func paper(s txn.Transaction, by txn.RecordType, c txn.Copy) txn.Record {
	s.Status = txn.Approved
	return txn.Record{Type: by, Txn: s, Copy: c}
}

func write(t testing.TB, j *Journal, records ...txn.Record) {
	t.Helper()
	if err := j.Append(context.Background(), noon, records); err != nil {
		t.Fatal(err)
	}
}

// history appends n random but lawful transactions to the journal.
func history(t testing.TB, j *Journal, rnd *rand.Rand, n int) {
	t.Helper()
	batch := txn.Batch(1)
	stan := txn.STAN(0)
	for range n {
		stan++
		if rnd.IntN(40) == 0 {
			batch++
		}
		s := sale(t, batch, stan)
		write(t, j, txn.Record{Type: txn.RecIntent, Txn: s})
		if rnd.IntN(2) == 0 {
			s.Card.Wipe()
		}
		switch rnd.IntN(8) {
		case 0:
			d := ended(s, txn.RecDeclined)
			write(t, j, d, txn.Record{Type: txn.RecAdvice, Txn: d.Txn})
			if rnd.IntN(2) == 0 {
				write(t, j, txn.Record{Type: txn.RecTold, Txn: d.Txn})
			}
		case 1:
			write(t, j, ended(s, txn.RecFailed))
		case 2:
			write(t, j, ended(s, txn.RecReversalPending))
		case 3:
			write(t, j, ended(s, txn.RecReversalPending), ended(s, txn.RecLate))
			write(t, j, ended(s, txn.RecReversed))
		case 4:
		default:
			a := ended(s, txn.RecApproved)
			write(t, j, a)
			for _, p := range []txn.Record{
				paper(a.Txn, txn.RecPrinted, txn.MerchantCopy), paper(a.Txn, txn.RecWaived, txn.CardholderCopy),
				paper(a.Txn, txn.RecReprinted, txn.MerchantCopy),
			}[:rnd.IntN(4)] {
				write(t, j, p)
			}
			if rnd.IntN(3) == 0 {
				stan++
				v := voiding(t, a.Txn, stan)
				write(t, j, v[0])
				write(t, j, v[1:]...)
			}
		}
	}
}

// raw runs SQL on a closed journal's file with its guards off.
func raw(t testing.TB, path string, sql ...string) {
	t.Helper()
	c, err := sqlite3.Open(dsn(path, ""))
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = c.Close() }()
	for _, s := range append([]string{"PRAGMA synchronous=OFF"}, sql...) {
		if err := c.Exec(s); err != nil {
			t.Fatalf("%s: %v", s, err)
		}
	}
}

const dropGuards = "DROP TRIGGER journal_no_update; DROP TRIGGER journal_no_delete; DROP TRIGGER journal_no_replace"

func mustVerify(t testing.TB, j *Journal) Report {
	t.Helper()
	r, err := j.Verify(context.Background())
	if err != nil {
		t.Fatal(err)
	}
	if r.Broken != nil {
		t.Fatalf("broken: %v", r.Broken)
	}
	return r
}

func copyFile(t *testing.T, from, to string) {
	t.Helper()
	b, err := os.ReadFile(from)
	if err == nil {
		err = os.WriteFile(to, b, 0o600)
	}
	if err != nil {
		t.Fatal(err)
	}
}

// show prints what was recovered, with the newest transaction by value.
func show(r txn.Recovered) string {
	var past []string
	tell := func(t *txn.Transaction) {
		if t.Of != nil {
			past = append(past, fmt.Sprintf("%+v", *t.Of))
			t.Of = nil
		}
	}
	for _, list := range [][]txn.Transaction{r.Open, r.Pending, r.Unprinted} {
		for i := range list {
			tell(&list[i])
		}
	}
	last := r.Last
	r.Last = nil
	if last != nil {
		tell(last)
	}
	return fmt.Sprintf("%+v %+v %v", r, last, past)
}
