package journal

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/ncruces/go-sqlite3"

	"vpos/txn"
)

// Append writes the records, in order, in one durable commit. at is the time
// the rows carry, in the terminal's zone; it is the caller's clock, and it may
// run backwards without harm.
//
// nil means that all of them are on disk. An error means that none is and none
// will be, unless it is [ErrFate], which says what to do. Errors of a record:
// [ErrRecord], [ErrDuplicate], [ErrTransition], [ErrTerminal]; of the disk:
// [ErrFull], [ErrReadOnly], [ErrCorrupt]. ctx is looked at only before the
// first row: a commit once begun runs to its end.
//
// Of a card the PAN and expiry are kept, sealed, on the first row of a
// transaction that may have to be reversed or sent again, and what its chip said,
// in clear and without field 55, on every row that comes with it; everything else
// about the card goes no further than this call. Later rows may come with a wiped
// card.
func (j *Journal) Append(ctx context.Context, at time.Time, records []txn.Record) error {
	if err := j.lock(); err != nil {
		return err
	}
	defer j.mu.Unlock()
	if err := ctx.Err(); err != nil {
		return j.opt.wrap("append", err)
	}
	if len(records) == 0 {
		return nil
	}
	if err := admitTogether(records); err != nil {
		return j.opt.wrap("append", err)
	}
	h := j.head
	committing, err := j.db.atomic(func() (err error) {
		for _, r := range records {
			if h, err = j.add(h, at, r); err != nil {
				return fmt.Errorf("%s: %w", r.Type, err)
			}
		}
		if settles(records) {
			if err := j.dropDates(); err != nil {
				return err
			}
		}
		return j.writeHead(h)
	})
	if err == nil {
		j.head, j.uncertain = h, false
		if settles(records) {
			j.forgetDates()
		}
		return nil
	}
	clear(j.keys) // one may have been made in what was rolled back
	if committing {
		return j.commitFailed(err)
	}
	return j.opt.wrap("append", err)
}

// add writes one row and what is derived from it.
func (j *Journal) add(h head, at time.Time, r txn.Record) (head, error) {
	key := r.Txn.Key()
	before, known, err := j.item(key)
	if err != nil {
		return h, err
	}
	if err := admit(before, known, r); err != nil {
		return h, err
	}
	if r.Type == txn.RecAdjusted {
		if r.Txn, err = j.adjusted(before.last, r.Txn); err != nil {
			return h, err
		}
	}
	facts := factsOf(r.Txn.Card)
	if known && r.Txn.Card.PAN.Empty() {
		if facts, err = j.facts(before.first); err != nil {
			return h, err
		}
	}
	row, err := newRec(at, r, facts)
	if err != nil {
		return h, err
	}
	if err := j.checkRecord(at, r, row); err != nil {
		return h, err
	}
	row.seq, row.status = h.seq+1, string(statusAfter(r.Type, before, known, r.Txn.Status))
	if !known {
		if err := j.sealCard(&row, r.Txn); err != nil {
			return h, err
		}
	}
	var hash Hash
	hash, j.scratch = row.chain(h.hash, j.scratch)
	if err := j.insert(&row, hash); err != nil {
		return h, fmt.Errorf("write row %d: %w", row.seq, err)
	}
	after := before.fold(known, row.facts())
	return h.fold(known, row.seq, hash, key), j.writeItem(key, after)
}

// adjusted is a transaction as its newest money row has it, with the amount of t: all
// that a tip changes.
func (j *Journal) adjusted(last int64, t txn.Transaction) (was txn.Transaction, err error) {
	err = j.db.query("SELECT "+columnList("")+" FROM journal WHERE seq = ?", func(s *sqlite3.Stmt) (bool, error) {
		var row rec
		row.scan(s, 0)
		was, err = row.transaction()
		return false, err
	}, last)
	if err != nil {
		return t, fmt.Errorf("read row %d: %w", last, err)
	}
	was.Amount, was.Tip = t.Amount, t.Tip
	return was, nil
}

func (j *Journal) insert(row *rec, hash Hash) error {
	s, err := j.db.stmt(insertRow)
	if err != nil {
		return err
	}
	if err := row.bind(s, hash); err != nil {
		return errors.Join(err, s.ClearBindings())
	}
	return errors.Join(s.Exec(), s.ClearBindings())
}

// sealCard puts the card on its transaction's first row: always the look-up
// tag, and the sealed number where the transaction is not over with this row.
// There a wiped card is refused: a reversal would find nothing to send.
func (j *Journal) sealCard(row *rec, t txn.Transaction) error {
	over := false
	switch txn.Status(row.status) {
	case txn.Declined, txn.Failed, txn.Reversed:
		over = true
	default:
	}
	switch wiped := len(t.Card.PAN.Reveal()) == 0; {
	case t.Card.PAN.Empty(), wiped && over:
		return nil
	case wiped:
		return fmt.Errorf("%w: the card is wiped", ErrRecord)
	}
	row.tag = j.opt.Sealer.tag(t.Card.PAN)
	if over {
		return nil
	}
	key, err := j.batchKey(row.batch)
	if err != nil {
		return err
	}
	row.sealed = key.seal(j.opt.Terminal, row.seq, t.Card)
	return nil
}

// facts reads what a transaction's first row tells of the card.
func (j *Journal) facts(first int64) (f cardFacts, err error) {
	err = j.db.query("SELECT last4, brand, entry, body FROM journal WHERE seq = ?", func(s *sqlite3.Stmt) (bool, error) {
		b, err := parseBody(s.ColumnText(3))
		f = cardFacts{
			last4: s.ColumnText(0), brand: s.ColumnText(1), entry: s.ColumnText(2),
			presence: b.Presence, panLength: b.PANLength,
		}
		return false, err
	}, first)
	if err != nil {
		return f, fmt.Errorf("read row %d: %w", first, err)
	}
	return f, nil
}

// commitFailed decides what a failed COMMIT left behind. Its rows may have
// reached the write-ahead log whole, with only the sync failing; then they come
// back to life at the next start. A commit that succeeds after it overwrites
// them there, so one is made on purpose.
//
// When that fails too, a failed write still settles it: the frame that makes a
// commit valid is the last one written, and it is written once (the VFS says
// that it overwrites safely, so SQLite pads no sectors after it).
func (j *Journal) commitFailed(err error) error {
	if j.fence() == nil {
		return j.opt.wrap("append", err)
	}
	if errors.Is(err, sqlite3.FULL) || errors.Is(err, sqlite3.IOERR_WRITE) {
		return j.opt.wrap("append", err)
	}
	j.uncertain = true
	return j.opt.wrap("append", fmt.Errorf("%w: %w", ErrFate, err))
}

// fence makes a small durable commit.
func (j *Journal) fence() error {
	_, err := j.db.atomic(func() error { return j.db.exec("UPDATE head SET fence = fence + 1") })
	return err
}

// Settle ends the doubt of [ErrFate]: nil means that none of the rows in doubt
// is on disk and none will be. While it returns an error, neither sending a
// reversal nor showing an outcome is safe. Without a doubt it does nothing. A
// successful [Journal.Append] ends the doubt the same way.
func (j *Journal) Settle(ctx context.Context) error {
	if err := j.lock(); err != nil {
		return err
	}
	defer j.mu.Unlock()
	if err := ctx.Err(); err != nil {
		return wrap("settle", err)
	}
	if !j.uncertain {
		return nil
	}
	if err := j.fence(); err != nil {
		return j.opt.wrap("settle", fmt.Errorf("%w: %w", ErrFate, err))
	}
	j.uncertain = false
	return nil
}
