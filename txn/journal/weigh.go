package journal

import (
	"context"
	"fmt"

	"github.com/ncruces/go-sqlite3"

	"vpos/reader"
	"vpos/txn"
)

// Weigh is what bears on a transaction, for txn.Weigh: everything begun since the day it
// asks for, and, for a refund, the sale it names with what was given back of that. It
// reads days and refunds by their indexes, never the whole journal.
func (j *Journal) Weigh(ctx context.Context, w txn.Weigh) (txn.Weighed, error) {
	out := txn.Weighed{Serial: w.Serial}
	err := j.locked(ctx, func() (err error) {
		tag := []byte{}
		if !w.Card.Empty() {
			tag = j.opt.Sealer.tag(w.Card)
		}
		if out.Priors, err = j.priors(tag, "", "i.day >= ?", int64(txn.DayOf(w.Since))); err != nil || w.Of == nil || w.Of.RRN == "" {
			return err
		}
		return j.original(&out, tag, w.Of)
	})
	return out, wrap("weigh", err)
}

// priors reads transactions by a condition on item i, and on what joins it, oldest first.
// The order is that of the index of days: any other has SQLite go through every
// transaction there ever was.
func (j *Journal) priors(tag []byte, join, condition string, args ...any) (list []txn.Prior, err error) {
	err = j.db.query(`SELECT i.batch, i.stan, i.kind, i.status, i.amount, f.currency, f.entry, f.at, f.zone, f.tag <> x'' AND f.tag = ?
		FROM item i CROSS JOIN journal f ON f.seq = i.first `+join+" WHERE "+condition+" ORDER BY i.day, i.first",
		func(s *sqlite3.Stmt) (bool, error) {
			list = append(list, txn.Prior{
				Key:  txn.Key{Batch: txn.Batch(s.ColumnInt64(0)), STAN: txn.STAN(s.ColumnInt64(1))}, //nolint:gosec // six digits each
				Kind: txn.Kind(intern(s.ColumnRawText(2))), Status: txn.Status(intern(s.ColumnRawText(3))),
				Amount: txn.Money{Minor: s.ColumnInt64(4), Currency: txn.CurrencyNumbered(s.ColumnText(5))},
				Entry:  reader.EntryMode(intern(s.ColumnRawText(6))), At: moment(s.ColumnInt64(7), s.ColumnInt(8)), SameCard: s.ColumnInt(9) != 0,
			})
			return true, nil
		}, append([]any{tag}, args...)...)
	if err != nil {
		return nil, fmt.Errorf("read transactions: %w", err)
	}
	return list, nil
}

// original finds the sale that a refund names by its reference number and day, and what
// was given back of it since.
func (j *Journal) original(out *txn.Weighed, tag []byte, of *txn.Past) error {
	found, err := j.priors(tag, "CROSS JOIN journal l ON l.seq = i.last", "i.day = ? AND i.counts = 1 AND l.rrn = ?",
		int64(txn.DayOf(of.At)), of.RRN)
	if err != nil || len(found) == 0 {
		return err
	}
	out.Original = &found[len(found)-1]
	out.Returned, err = j.db.number(`SELECT ifnull(sum(i.amount), 0) FROM journal f CROSS JOIN item i ON i.first = f.seq
		WHERE f.kind = 'refund' AND f.type = 'INTENT' AND json_extract(f.body, '$.of.rrn') = ?
		AND f.seq > (SELECT first FROM item WHERE batch = ? AND stan = ?) AND i.status IN ('approved', 'asking')`,
		of.RRN, int64(out.Original.Batch), int64(out.Original.STAN))
	if err != nil {
		return fmt.Errorf("read refunds: %w", err)
	}
	return nil
}
