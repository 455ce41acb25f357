package journal

import (
	"cmp"
	"errors"
	"fmt"
	"maps"
	"slices"

	"github.com/ncruces/go-sqlite3"

	"vpos/txn"
)

// Each page that a commit touches costs it about a tenth of a sync. So a commit
// writes the row and the head and nothing else: what is derived for searching
// (tables item, row_key and row_tag) is kept in memory for the newest rows and
// written for many of them at once, in the commit that makes them too many. The
// head says how far those tables have come. A start reads the rows after that
// again; a search has them written in a transaction that it rolls back.

// lateRows is how many rows make them too many: few enough to add nothing to a
// start or a search, and enough to spread the cost of writing them.
const lateRows = 16

// late is what the derived tables do not have yet.
type late struct {
	from  int64 // the newest row they have
	rows  []lateRow
	items map[txn.Key]item // of the rows' transactions, folded whole
	undo  []undoItem       // of the rows not committed yet, which are the last ones
}

// lateRow is what the tables will have of a row.
type lateRow struct {
	seq int64
	key txn.Key
	tag []byte // empty for none
}

// undoItem is what items had before a row.
type undoItem struct {
	key   txn.Key
	item  item
	known bool
}

func newLate(from int64) late { return late{from: from, items: map[txn.Key]item{}} }

// put adds a row that is not committed yet, and what its transaction comes to.
func (l *late) put(r lateRow, i item) {
	before, known := l.items[r.key]
	l.undo = append(l.undo, undoItem{key: r.key, item: before, known: known})
	l.items[r.key] = i
	l.rows = append(l.rows, r)
}

// committed keeps what was put; folded is how far the tables have come.
func (l *late) committed(folded int64) {
	l.undo = l.undo[:0]
	if folded > l.from {
		l.from, l.rows = folded, l.rows[:0]
		clear(l.items)
	}
}

// undone takes back what was put since the last commit.
func (l *late) undone() {
	for _, u := range slices.Backward(l.undo) {
		if u.known {
			l.items[u.key] = u.item
		} else {
			delete(l.items, u.key)
		}
	}
	l.rows, l.undo = l.rows[:len(l.rows)-len(l.undo)], l.undo[:0]
}

// readLate takes from the rows what the tables do not have yet. A row that they
// have after all does no harm: folding it again changes nothing.
func (j *Journal) readLate(folded int64) error {
	j.late = newLate(folded)
	const sql = "SELECT seq, batch, stan, type, status, copy, tag FROM journal WHERE seq > ? ORDER BY seq"
	err := j.db.query(sql, func(s *sqlite3.Stmt) (bool, error) {
		r := lateRow{
			seq: s.ColumnInt64(0), tag: s.ColumnBlob(6, nil),
			key: txn.Key{Batch: txn.Batch(s.ColumnInt64(1)), STAN: txn.STAN(s.ColumnInt64(2))}, //nolint:gosec // checked when written
		}
		i, known, err := j.item(r.key)
		if err != nil {
			return false, err
		}
		j.late.put(r, i.fold(known, r.seq, txn.RecordType(s.ColumnText(3)), s.ColumnText(4), s.ColumnInt64(5)))
		return true, nil
	}, folded)
	if err != nil {
		return fmt.Errorf("read newest rows: %w", err)
	}
	j.late.committed(folded)
	return nil
}

// writeEnd ends what a commit writes: the head, and before it the derived tables
// when they are too far behind. It returns how far they have come.
func (j *Journal) writeEnd(h head) (folded int64, err error) {
	if len(j.late.rows) < lateRows {
		return j.late.from, j.writeHead(h, j.late.from)
	}
	return h.seq, j.writeAll(h)
}

// writeAll brings the derived tables and the head to the newest row.
func (j *Journal) writeAll(h head) error { return errors.Join(j.writeLate(), j.writeHead(h, h.seq)) }

// writeLate brings the derived tables to the newest row, within a transaction.
// The keys are in order so that the same rows always make the same pages.
func (j *Journal) writeLate() error {
	inOrder := func(a, b txn.Key) int { return cmp.Or(cmp.Compare(a.Batch, b.Batch), cmp.Compare(a.STAN, b.STAN)) }
	for _, k := range slices.SortedFunc(maps.Keys(j.late.items), inOrder) {
		if err := j.writeItem(k, j.late.items[k]); err != nil {
			return err
		}
	}
	for _, r := range j.late.rows {
		const key = "INSERT INTO row_key (batch, stan, seq) VALUES (?, ?, ?) ON CONFLICT DO NOTHING"
		if err := j.db.exec(key, int64(r.key.Batch), int64(r.key.STAN), r.seq); err != nil {
			return fmt.Errorf("write key of row %d: %w", r.seq, err)
		}
		if len(r.tag) == 0 {
			continue
		}
		const tag = "INSERT INTO row_tag (tag, seq) VALUES (?, ?) ON CONFLICT DO NOTHING"
		if err := j.db.exec(tag, r.tag, r.seq); err != nil {
			return fmt.Errorf("write tag of row %d: %w", r.seq, err)
		}
	}
	return nil
}

// searching runs f with the derived tables as they would be with every row in
// them. Nothing of that reaches the disk, so that a search works on a full one:
// the transaction is rolled back, and not even a full cache may write its pages.
func (j *Journal) searching(f func() error) error {
	if len(j.late.rows) == 0 {
		return f()
	}
	if err := j.db.conn.Exec("PRAGMA cache_spill=OFF"); err != nil {
		return fmt.Errorf("hold pages: %w", err)
	}
	defer func() { _ = j.db.conn.Exec("PRAGMA cache_spill=ON") }()
	if err := j.db.exec("BEGIN IMMEDIATE"); err != nil {
		return fmt.Errorf("begin: %w", err)
	}
	defer j.db.rollback()
	if err := j.writeLate(); err != nil {
		return err
	}
	return f()
}
