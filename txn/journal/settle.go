package journal

import (
	"context"
	"fmt"
	"time"

	"github.com/ncruces/go-sqlite3"

	"vpos/reader"
	"vpos/txn"
)

// What a batch comes to, and when it is over.

// totals is a [txn.Totals]: count and minor units of domestic debits and credits,
// then of foreign ones.
type totals [8]int64

func totalsOf(t *txn.Totals) *totals {
	if t == nil {
		return nil
	}
	d, f := t.Domestic, t.Foreign
	return &totals{
		int64(d.Debits.Count), d.Debits.Minor, int64(d.Credits.Count), d.Credits.Minor,
		int64(f.Debits.Count), f.Debits.Minor, int64(f.Credits.Count), f.Credits.Minor,
	}
}

func (t *totals) totals() *txn.Totals {
	if t == nil {
		return nil
	}
	tally := func(i int) txn.Tally { return txn.Tally{Count: int(t[i]), Minor: t[i+1]} }
	return &txn.Totals{
		Domestic: txn.Sides{Debits: tally(0), Credits: tally(2)},
		Foreign:  txn.Sides{Debits: tally(4), Credits: tally(6)},
	}
}

// openBatch is the batch that new transactions belong to: that of the newest one, or
// the one after it where that was the settlement which closed it. Nothing comes after
// a settlement in its batch.
func (j *Journal) openBatch() (txn.Batch, error) {
	batch := txn.Batch(j.head.batch) //nolint:gosec // checked when written
	closed := int64(0)
	err := j.db.query(`SELECT 1 FROM item i JOIN journal f ON f.seq = i.first
		WHERE i.batch = ? AND i.stan = ? AND i.status = 'approved' AND f.kind = ?`, func(s *sqlite3.Stmt) (bool, error) {
		closed = s.ColumnInt64(0)
		return false, nil
	}, j.head.batch, j.head.stan, string(txn.Settlement))
	switch {
	case err != nil:
		return 0, fmt.Errorf("read the open batch: %w", err)
	case closed != 0:
		return batch.Next(), nil
	}
	return batch, nil
}

// counting are the transactions of a batch that are settled: what was charged or given
// back and neither reversed nor taken back itself. A void counts for nothing, since its
// sale does.
const counting = "WHERE i.batch = ? AND i.status = 'approved' AND i.counts <> 0"

// Reckon is what the open batch comes to, for txn.Reckon.
func (j *Journal) Reckon(ctx context.Context) (txn.Totals, error) {
	if err := j.lock(); err != nil {
		return txn.Totals{}, err
	}
	defer j.mu.Unlock()
	defer j.db.during(ctx)()
	batch, err := j.openBatch()
	if err != nil {
		return txn.Totals{}, wrap("reckon", err)
	}
	t, err := j.totals(counting, int64(batch))
	return t, wrap("reckon", err)
}

// totals sums up the transactions that a condition picks.
func (j *Journal) totals(where string, args ...any) (t txn.Totals, err error) {
	err = j.db.query(`SELECT f.brand, i.counts, count(*), sum(l.amount) FROM item i
		JOIN journal f ON f.seq = i.first JOIN journal l ON l.seq = i.last `+where+" GROUP BY f.brand, i.counts",
		func(s *sqlite3.Stmt) (bool, error) {
			sides := &t.Domestic
			if txn.Foreign(reader.Brand(s.ColumnText(0))) {
				sides = &t.Foreign
			}
			side := &sides.Debits
			if txn.Side(s.ColumnInt(1)) == txn.Credit { //nolint:gosec // as it was written
				side = &sides.Credits
			}
			side.Count += s.ColumnInt(2)
			side.Minor += s.ColumnInt64(3)
			return true, nil
		}, args...)
	if err != nil {
		return txn.Totals{}, fmt.Errorf("read totals: %w", err)
	}
	return t, nil
}

// FindHold answers txn.LookupHold: the approved pre-authorisation with that code whose
// cashier confirmed it that day, and what it holds with its increments; nil when there
// is none. Its card is unsealed and the caller's to wipe; without a key it has no PAN.
func (j *Journal) FindHold(ctx context.Context, code string, day time.Time) (*txn.Transaction, txn.Money, error) {
	if err := j.lock(); err != nil {
		return nil, txn.Money{}, err
	}
	defer j.mu.Unlock()
	defer j.db.during(ctx)()
	t, held, err := j.findHold(code, day)
	return t, held, wrap("find the hold", err)
}

func (j *Journal) findHold(code string, day time.Time) (*txn.Transaction, txn.Money, error) {
	const holds = `WHERE i.status = 'approved' AND i.last IN
		(SELECT seq FROM journal WHERE type = 'APPROVED' AND kind = 'pre-auth' AND auth = ?) ORDER BY i.first DESC`
	list, err := j.transactions(false, holds, code)
	if err != nil {
		return nil, txn.Money{}, err
	}
	var found *txn.Transaction
	for i := range list {
		if y, m, d := list[i].At.Date(); found == nil && y == day.Year() && m == day.Month() && d == day.Day() {
			found = &list[i]
			continue
		}
		list[i].Card.Wipe()
	}
	if found == nil {
		return nil, txn.Money{}, nil
	}
	held := found.Amount
	more, err := j.db.number(`SELECT ifnull(sum(l.amount), 0) FROM journal l JOIN item i ON i.last = l.seq
		WHERE l.type = 'APPROVED' AND l.kind = 'increment' AND json_extract(l.body, '$.of.auth') = ? AND i.status = 'approved'
		AND json_extract(l.body, '$.of.made') = ?`, code, found.At.UnixMilli())
	if err != nil {
		return nil, txn.Money{}, fmt.Errorf("read increments: %w", err)
	}
	held.Minor += more
	return found, held, nil
}

// Batch is every transaction of the open batch that counts, oldest first, for
// txn.ListBatch. The numbers are the caller's to wipe. [ErrSeal] where one cannot be
// opened.
func (j *Journal) Batch(ctx context.Context) ([]txn.Detail, error) {
	if err := j.lock(); err != nil {
		return nil, err
	}
	defer j.mu.Unlock()
	defer j.db.during(ctx)()
	batch, err := j.openBatch()
	if err != nil {
		return nil, wrap("list the batch", err)
	}
	list, err := j.transactions(true, counting+" ORDER BY i.first", int64(batch))
	if err != nil {
		return nil, wrap("list the batch", err)
	}
	out := make([]txn.Detail, len(list))
	for i, t := range list {
		out[i] = txn.Detail{
			Op: t.Kind.Op(), STAN: t.STAN, At: t.At, Amount: t.Amount, PAN: t.Card.PAN,
			AuthCode: t.Result.AuthCode, RRN: t.Result.RRN,
		}
	}
	return out, nil
}
