package journal

import (
	"context"
	"errors"
	"fmt"
	"sync"
	"sync/atomic"
	"time"

	"github.com/ncruces/go-sqlite3"

	"vpos/txn"
)

// Report is what Verify found.
type Report struct {
	Rows   int64         // rows whose chain is whole
	Head   Hash          // hash of the last of them; the chain's origin for none
	Audit  int64         // rows of the audit whose chain is whole
	Broken *Break        // the first thing wrong; nil when all is well
	Chain  time.Duration // spent on the rows and on what is derived from them
	Total  time.Duration // with the check of the file
}

// RowsPerSecond is the speed of the chain.
func (r Report) RowsPerSecond() float64 {
	if r.Chain <= 0 {
		return 0
	}
	return float64(r.Rows) / r.Chain.Seconds()
}

// Verify walks the whole chain, then holds the head and the folded transactions
// against it, then walks the audit's, then looks at the guards and the file. Damage is in the report,
// not in the error; the error says why it could not look.
//
// Rows are read in pieces, so appends go on meanwhile; rows appended during the
// walk are walked too. The comparison at the end holds the journal for some
// tenths of a second for a million rows, and the file check for about a second.
func (j *Journal) Verify(ctx context.Context) (Report, error) {
	begun := time.Now()
	w := newWalk(j.opt.Mode, j.opt.Terminal)
	w.items = map[txn.Key]item{}
	var audited int64
	finish := func() (err error) {
		audited, err = j.compareAll(w)
		return err
	}
	err := j.walkAll(ctx, w, finish)
	report := Report{Rows: w.rows, Audit: audited, Head: w.end.hash, Chain: time.Since(begun)}
	if err == nil && w.broken == nil {
		err = j.checkFile(ctx, w)
	}
	if errors.Is(causeOf(err), ErrCorrupt) {
		w.fail(w.next, FaultFile, err.Error())
		err = nil
	}
	report.Broken, report.Total = w.broken, time.Since(begun)
	return report, wrap("verify", err)
}

// compareAll holds what is beside the rows against them, and walks the audit, until
// something is wrong. It returns how many rows of the audit are whole.
func (j *Journal) compareAll(w *walk) (audited int64, err error) {
	w.compareHead(j.head)
	if err := j.compareStoredHead(w); err != nil {
		return 0, err
	}
	if w.broken == nil {
		if err := j.compareItems(w); err != nil {
			return 0, err
		}
	}
	if w.broken == nil {
		audited, w.broken, err = j.walkAudit(1)
	}
	return audited, err
}

// walkAll reads the rows here and checks them in a second goroutine, so that
// reading and hashing each have a core. finish runs when all rows are walked,
// while the journal is still held.
func (j *Journal) walkAll(ctx context.Context, w *walk, finish func() error) error {
	feed, free, done := make(chan *chunk, 2), make(chan *chunk, 4), make(chan struct{})
	for range cap(free) {
		free <- &chunk{}
	}
	var broken atomic.Bool
	go func() {
		defer close(done)
		for c := range feed {
			w.take(c)
			broken.Store(w.broken != nil)
			free <- c
		}
	}()
	drain := sync.OnceFunc(func() { close(feed); <-done })
	defer drain()
	after, more := int64(beforeAll), true
	step := func() error {
		c := <-free
		if err := j.db.readChunk(after, c); err != nil {
			return err
		}
		if len(c.ends) > 0 && !broken.Load() {
			after = c.last()
			feed <- c
			return nil
		}
		more = false
		drain()
		if w.broken == nil {
			return finish()
		}
		return nil
	}
	for more {
		if err := j.locked(ctx, step); err != nil {
			return err
		}
	}
	return nil
}

// locked runs f with the journal held, the context able to stop it.
func (j *Journal) locked(ctx context.Context, f func() error) error {
	if err := j.lock(); err != nil {
		return err
	}
	defer j.mu.Unlock()
	defer j.db.during(ctx)()
	return f()
}

// walkSome is walkAll for one chunk, without a second goroutine and with the
// journal already held. It returns how many rows there were.
func (j *Journal) walkSome(w *walk, c *chunk) (int, error) {
	if c == nil {
		c = &chunk{}
	}
	after := w.next - 1
	if after == 0 {
		after = beforeAll // a row 0 or below would be extra
	}
	if err := j.db.readChunk(after, c); err != nil {
		return 0, err
	}
	w.take(c)
	return len(c.ends), nil
}

// compareStoredHead finds a head that was altered on disk while we hold another
// in memory.
func (j *Journal) compareStoredHead(w *walk) error {
	held := j.head
	defer func() { j.head = held }()
	if err := j.readHead(); err != nil {
		return err
	}
	w.compareHead(j.head)
	return nil
}

// compareItems holds table item against the fold of the rows.
func (j *Journal) compareItems(w *walk) error {
	seen := 0
	err := j.db.query("SELECT "+itemList("")+", batch, stan FROM item", func(s *sqlite3.Stmt) (bool, error) {
		k := txn.Key{Batch: txn.Batch(s.ColumnInt64(len(itemColumns))), STAN: txn.STAN(s.ColumnInt64(len(itemColumns) + 1))} //nolint:gosec // compared only
		stored := scanItem(s, 0)
		want, ok := w.items[k]
		switch {
		case !ok:
			w.fail(stored.first, FaultItem, fmt.Sprintf("batch %s trace %s has no rows", k.Batch, k.STAN))
		case stored != want:
			w.fail(want.first, FaultItem, fmt.Sprintf("batch %s trace %s is not what its rows come to", k.Batch, k.STAN))
		}
		seen++
		return w.broken == nil, nil
	})
	if err != nil {
		return fmt.Errorf("read items: %w", err)
	}
	if w.broken == nil && seen != len(w.items) {
		w.fail(0, FaultItem, fmt.Sprintf("%d transactions instead of %d", seen, len(w.items)))
	}
	return nil
}

// checkFile looks at the triggers and at the file itself.
func (j *Journal) checkFile(ctx context.Context, w *walk) error {
	return j.locked(ctx, func() error {
		guards, err := j.db.number(`SELECT count(*) FROM sqlite_schema WHERE type = 'trigger' AND tbl_name IN ('journal', 'audit')
			AND name IN (tbl_name || '_no_update', tbl_name || '_no_delete', tbl_name || '_no_replace')
			AND sql LIKE '%RAISE(ABORT%'`)
		if err != nil {
			return fmt.Errorf("read schema: %w", err)
		}
		if guards != 6 {
			w.fail(0, FaultSchema, "a trigger that guards the rows is gone")
			return nil
		}
		return j.db.integrity("integrity_check")
	})
}

// Rebuild makes table item, and the open batch and trace number of the head,
// anew from the rows, in one commit. It is refused with [ErrCorrupt] when the
// chain is broken or does not end where the head says: rebuilding would then
// hide the damage.
func (j *Journal) Rebuild(ctx context.Context) error {
	return j.opt.wrap("rebuild", j.locked(ctx, func() error {
		w := newWalk(j.opt.Mode, j.opt.Terminal)
		w.items = map[txn.Key]item{}
		for c := new(chunk); ; {
			n, err := j.walkSome(w, c)
			if err != nil {
				return err
			}
			if n == 0 || w.broken != nil {
				break
			}
		}
		if w.broken == nil && (w.end.seq != j.head.seq || w.end.hash != j.head.hash) {
			w.compareHead(j.head)
		}
		if w.broken != nil {
			return errors.Join(ErrCorrupt, w.broken)
		}
		if _, err := j.db.atomic(func() error { return j.rewrite(w) }); err != nil {
			return err
		}
		j.head = w.end
		return nil
	}))
}

func (j *Journal) rewrite(w *walk) error {
	if err := j.db.exec("DELETE FROM item"); err != nil {
		return fmt.Errorf("empty items: %w", err)
	}
	for k, i := range w.items {
		if err := j.writeItem(k, i); err != nil {
			return err
		}
	}
	return j.writeHead(w.end)
}
