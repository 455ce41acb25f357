package journal

import (
	"context"
	"time"

	"vpos/txn"
)

// Vitals is how an open journal fares, for the device check.
type Vitals struct {
	Rows    int64
	Head    Hash
	Newest  time.Time // when the newest row was written; zero for none
	Batch   txn.Batch // the open one
	Begun   int       // transactions in it
	Pending int       // to be reversed, or begun and never ended
	Owed    int       // approved, with paper missing
}

// Vitals reads them, and holds the newest rows of the chain against each other and
// against the head once more. It takes a millisecond or two however long the journal
// is. The error is [ErrCorrupt] or the system's.
func (j *Journal) Vitals(ctx context.Context) (Vitals, error) {
	if err := j.lock(); err != nil {
		return Vitals{}, err
	}
	defer j.mu.Unlock()
	defer j.db.during(ctx)()
	v, err := j.vitals()
	return v, wrap("vitals", err)
}

func (j *Journal) vitals() (v Vitals, err error) {
	v.Rows, v.Head = j.head.seq, j.head.hash
	if err := j.checkTail(); err != nil {
		return v, err
	}
	if v.Batch, err = j.openBatch(); err != nil {
		return v, err
	}
	if v.Begun, err = j.begun(v.Batch); err != nil {
		return v, err
	}
	// The conditions are those of the partial indexes, word for word.
	pending, err := j.db.number("SELECT count(*) FROM item AS i WHERE i.status IN ('open', 'reversal_pending', 'asking') AND i.status <> 'asking'")
	if err != nil {
		return v, err
	}
	owed, err := j.db.number("SELECT count(*) FROM item AS i WHERE i.status = 'approved' AND i.due & ~i.printed <> 0")
	if err != nil {
		return v, err
	}
	v.Pending, v.Owed = int(pending), int(owed)
	at, err := j.db.number("SELECT at FROM journal WHERE seq = ?", v.Rows)
	if err == nil && at > 0 {
		v.Newest = time.UnixMilli(at)
	}
	return v, err
}
