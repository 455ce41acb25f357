package journal

import (
	"fmt"
	"slices"

	"vpos/txn"
)

// The expiry dates of a batch are under a key of their own, which goes with its settlement,
// in the same commit: nothing of a settled batch is sent to a host again but what is still
// to be reversed, asked or told, and while there is any of that they stay. The numbers are
// needed for longer: for paper, and to know a card by.

// dated are the settled batches whose dates nothing needs any more.
const dated = `dates <> x'' AND
	EXISTS (SELECT 1 FROM item s WHERE s.batch = batch_key.batch AND s.kind = 'settlement' AND s.status = 'approved') AND NOT EXISTS (
		SELECT 1 FROM item i WHERE i.batch = batch_key.batch AND (i.status IN ('open', 'reversal_pending', 'asking') OR i.untold <> 0))`

// settles reports whether records close a batch.
func settles(records []txn.Record) bool {
	return slices.ContainsFunc(records, func(r txn.Record) bool {
		return r.Txn.Kind == txn.Settlement && r.Type == txn.RecApproved
	})
}

// dropDates drops the keys of dates in the transaction under way.
func (j *Journal) dropDates() error {
	if err := j.db.exec("UPDATE batch_key SET dates = x'' WHERE " + dated); err != nil {
		return fmt.Errorf("drop the expiry dates: %w", err)
	}
	return nil
}

// forgetDates is behind that commit: what is in memory, and in the write-ahead log, which
// still has the key until it is emptied. Where that fails, the next start tries again.
func (j *Journal) forgetDates() {
	for _, k := range j.keys {
		clear(k.dates)
	}
	clear(j.keys)
	_ = j.db.exec("PRAGMA wal_checkpoint(TRUNCATE)")
}

// dropOldDates drops what was still needed when its batch was settled.
func (j *Journal) dropOldDates() error {
	n, err := j.db.number("SELECT count(*) FROM batch_key WHERE " + dated)
	if err != nil {
		return fmt.Errorf("look for expiry dates: %w", err)
	}
	if n == 0 {
		return nil
	}
	if _, err := j.db.atomic(j.dropDates); err != nil {
		return err
	}
	j.forgetDates()
	return nil
}
