package journal

import (
	"context"
	"fmt"
	"time"

	"github.com/ncruces/go-sqlite3"

	"vpos/txn"
)

// retained are the batches whose card data nothing needs any more: settled, nothing of
// them to be reversed, asked or told, and no slip owed, which would want the card's last
// digits from the number itself.
const retained = `SELECT k.batch FROM batch_key k
	JOIN item s ON s.batch = k.batch AND s.kind = 'settlement' AND s.status = 'approved' JOIN journal r ON r.seq = s.last
	WHERE r.at <= ? AND NOT EXISTS (
		SELECT 1 FROM item i WHERE i.batch = k.batch AND
			(i.status IN ('open', 'reversal_pending', 'asking') OR i.untold <> 0 OR i.kind <> 'settlement' AND i.status = 'approved' AND i.due & ~i.printed <> 0))
	ORDER BY k.batch`

// ShredOld shreds every batch that was settled before a moment, see [Journal.Shred], and
// returns which. One that still needs a card is left for the next time. Expiry dates that
// outlived their settlement, since something was still to be told, go here too.
func (j *Journal) ShredOld(ctx context.Context, before time.Time) (gone []txn.Batch, err error) {
	var old []txn.Batch
	err = j.locked(ctx, func() error {
		if err := j.dropOldDates(); err != nil {
			return err
		}
		return j.db.query(retained, func(s *sqlite3.Stmt) (bool, error) {
			old = append(old, txn.Batch(s.ColumnInt64(0))) //nolint:gosec // six digits
			return true, nil
		}, before.UnixMilli())
	})
	if err != nil {
		return nil, wrap("look for old batches", err)
	}
	for _, b := range old {
		if err := j.Shred(ctx, b); err != nil {
			return gone, fmt.Errorf("batch %s: %w", b, err)
		}
		gone = append(gone, b)
	}
	return gone, nil
}
