package journal

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"slices"

	"github.com/ncruces/go-sqlite3"

	"vpos/txn"
)

// folded is a transaction as the tables have it: its newest money row, what the
// rows come to, and the sealed card of its first row.
type folded struct {
	rec
	hash   Hash
	item   item
	sealed []byte
	begun  string // the body of its first row
}

// selectFolded reads folded rows: i is the item, l its newest money row, f its
// first row.
var selectFolded = "SELECT " + columnList("l.") + ", " + itemList("i.") + `, f.sealed, f.body
	FROM item i JOIN journal l ON l.seq = i.last JOIN journal f ON f.seq = i.first `

func (j *Journal) folded(rest string, args ...any) (list []folded, err error) {
	err = j.db.query(selectFolded+rest, func(s *sqlite3.Stmt) (bool, error) {
		var f folded
		f.hash = f.scan(s, 0)
		n := len(columns) + 1
		f.item = scanItem(s, n)
		n += len(itemColumns)
		f.sealed, f.begun = s.ColumnBlob(n, nil), s.ColumnText(n+1)
		list = append(list, f)
		return true, nil
	}, args...)
	if err != nil {
		return nil, fmt.Errorf("read transactions: %w", err)
	}
	return list, nil
}

// transaction rebuilds the whole transaction with its card: PAN, expiry, entry
// mode, presence indicator and what its chip said. There is no track and no security code to bring
// back. The caller owns the card. If the batch was shredded the card has no PAN
// and the error is errNoKey beside the transaction.
func (j *Journal) transaction(f folded) (txn.Transaction, error) {
	t, err := f.transaction()
	if err != nil {
		return t, err
	}
	t.Status = txn.Status(f.item.status)
	t.Printed = txn.Copies(f.item.printed) //nolint:gosec // a set of two
	t.Late, t.Untold = f.item.late != 0, f.item.untold != 0
	if err := restoreChip(&t, f.begun); err != nil {
		return t, fmt.Errorf("row %d: %w", f.item.first, err)
	}
	card, err := j.unseal(f.item.first, f.batch, f.sealed)
	t.Card.PAN, t.Card.Expiry = card.PAN, card.Expiry
	return t, err
}

// transactions rebuilds a list. Cards whose key is gone are left empty where
// only paper wants them.
func (j *Journal) transactions(needCard bool, rest string, args ...any) ([]txn.Transaction, error) {
	list, err := j.folded(rest, args...)
	if err != nil {
		return nil, err
	}
	var out []txn.Transaction
	for _, f := range list {
		t, err := j.transaction(f)
		if err != nil && (needCard || !errors.Is(err, errNoKey)) {
			for _, t := range out {
				t.Card.Wipe()
			}
			return nil, err
		}
		out = append(out, t)
	}
	return out, nil
}

// Recover tells what the journal knew when the terminal last ran, for
// txn.Started. The cards of all transactions are unsealed and the caller's to
// wipe. It reads a few rows for each transaction it returns, however long the
// journal is. [ErrSeal] if a card that a reversal needs cannot be opened.
func (j *Journal) Recover(ctx context.Context) (txn.Recovered, error) {
	if err := j.lock(); err != nil {
		return txn.Recovered{}, err
	}
	defer j.mu.Unlock()
	defer j.db.during(ctx)()
	r, err := j.recovered()
	if err != nil {
		for _, list := range [][]txn.Transaction{r.Open, r.Pending, r.Untold, r.Unprinted} {
			for _, t := range list {
				t.Card.Wipe()
			}
		}
		return txn.Recovered{}, wrap("recover", err)
	}
	return r, nil
}

func (j *Journal) recovered() (r txn.Recovered, err error) {
	if r.Batch, err = j.openBatch(); err != nil {
		return r, err
	}
	if r.NextSTAN, err = j.nextSTAN(r.Batch); err != nil {
		return r, err
	}
	// The conditions are those of the partial indexes, word for word.
	const unresolved = "WHERE i.status IN ('open', 'reversal_pending', 'asking') AND i.status = ? ORDER BY i.first"
	if r.Open, err = j.transactions(true, unresolved, string(txn.Open)); err != nil {
		return r, err
	}
	if r.Pending, err = j.transactions(true, unresolved, string(txn.ReversalPending)); err != nil {
		return r, err
	}
	if r.Untold, err = j.untold(unresolved); err != nil {
		return r, err
	}
	r.Unprinted, err = j.transactions(false, "WHERE i.status = 'approved' AND i.due & ~i.printed <> 0 ORDER BY i.first")
	if err != nil {
		return r, err
	}
	if r.Count, err = j.begun(r.Batch); err != nil {
		return r, err
	}
	if r.Staffed, err = j.staffed(); err != nil {
		return r, err
	}
	r.Last, err = j.find(0)
	return r, err
}

// untold is what the host is to be told of and what it is to be asked again, in the
// order it happened.
func (j *Journal) untold(unresolved string) ([]txn.Transaction, error) {
	told, err := j.transactions(true, "WHERE i.untold <> 0 ORDER BY i.first")
	if err != nil {
		return nil, err
	}
	asked, err := j.transactions(true, unresolved, string(txn.Asking))
	if err != nil {
		return told, err
	}
	list := append(told, asked...)
	slices.SortStableFunc(list, func(a, b txn.Transaction) int {
		return cmp.Or(cmp.Compare(a.Batch, b.Batch), cmp.Compare(a.STAN, b.STAN))
	})
	return list, nil
}

// begun is how many transactions a batch has.
func (j *Journal) begun(batch txn.Batch) (int, error) {
	n, err := j.db.number("SELECT count(*) FROM item WHERE batch = ?", int64(batch))
	if err != nil {
		return 0, fmt.Errorf("count the batch: %w", err)
	}
	return int(n), nil
}

// nextSTAN is one after the newest trace number given out. Numbers already used
// in the open batch are passed over: a batch of a million wraps into itself.
func (j *Journal) nextSTAN(batch txn.Batch) (txn.STAN, error) {
	next := txn.NextSTAN(txn.STAN(j.head.stan)) //nolint:gosec // checked when written
	for range txn.MaxSTAN {
		_, known, err := j.item(txn.Key{Batch: batch, STAN: next})
		if err != nil {
			return 0, err
		}
		if !known {
			break
		}
		next = txn.NextSTAN(next)
	}
	return next, nil
}

// Find answers txn.Lookup: the transaction of the open batch with this trace
// number, whatever became of it, or for 0 the newest approved one; nil when there
// is none. Its card is unsealed and the caller's to wipe; without a key it has no
// PAN.
func (j *Journal) Find(ctx context.Context, stan txn.STAN) (*txn.Transaction, error) {
	if err := j.lock(); err != nil {
		return nil, err
	}
	defer j.mu.Unlock()
	defer j.db.during(ctx)()
	t, err := j.find(stan)
	return t, wrap("find", err)
}

// FindIn is Find in a batch of one's choice; the open one for 0.
func (j *Journal) FindIn(ctx context.Context, batch txn.Batch, stan txn.STAN) (*txn.Transaction, error) {
	if batch == 0 {
		return j.Find(ctx, stan)
	}
	var found *txn.Transaction
	err := j.locked(ctx, func() error {
		list, err := j.transactions(false, "WHERE i.batch = ? AND i.stan = ?", int64(batch), int64(stan))
		if err == nil && len(list) > 0 {
			found = &list[0]
		}
		return err
	})
	return found, wrap("find", err)
}

func (j *Journal) find(stan txn.STAN) (*txn.Transaction, error) {
	batch, err := j.openBatch()
	if err != nil {
		return nil, err
	}
	rest, args := "WHERE i.status = 'approved' AND i.batch = ? ORDER BY i.first DESC LIMIT 1", []any{int64(batch)}
	if stan != 0 {
		rest, args = "WHERE i.batch = ? AND i.stan = ?", append(args, int64(stan))
	}
	list, err := j.transactions(false, rest, args...)
	if err != nil || len(list) == 0 {
		return nil, err
	}
	return &list[0], nil
}
