package journal

import (
	"context"
	"errors"
	"fmt"

	"github.com/ncruces/go-sqlite3"

	"vpos/reader"
	"vpos/txn"
)

// batchKey gives the key of a batch and makes it, in the transaction under way,
// when the batch has none. A batch that was shredded gets a new one: what is
// sealed from then on can be opened, what was sealed before cannot.
func (j *Journal) batchKey(batch int64) (batchKey, error) {
	if k, ok := j.keys[batch]; ok {
		return k, nil
	}
	k, err := j.loadBatchKey(batch)
	if errors.Is(err, errNoKey) {
		k, err = j.makeBatchKey(batch)
	}
	if err != nil {
		return batchKey{}, err
	}
	j.keys[batch] = k
	return k, nil
}

// errNoKey: the batch has no key (any more).
var errNoKey = fmt.Errorf("%w: its batch has no key", ErrSeal)

func (j *Journal) loadBatchKey(batch int64) (k batchKey, err error) {
	found := false
	err = j.db.query("SELECT id, wrapped, dates FROM batch_key WHERE batch = ?", func(s *sqlite3.Stmt) (bool, error) {
		found = true
		var id [keyIDLen]byte
		copy(id[:], s.ColumnRawBlob(0))
		var err error
		k, err = j.opt.Sealer.openBatchKey(j.opt.Terminal, batch, id, wrappedKeys{s.ColumnBlob(1, nil), s.ColumnBlob(2, nil)})
		return false, err
	}, batch)
	switch {
	case err != nil:
		return batchKey{}, fmt.Errorf("batch %d: %w", batch, err)
	case !found:
		return batchKey{}, errNoKey
	}
	return k, nil
}

func (j *Journal) makeBatchKey(batch int64) (batchKey, error) {
	k, wrapped, err := j.opt.Sealer.newBatchKey(j.opt.Terminal, batch)
	if err != nil {
		return batchKey{}, err
	}
	err = j.db.exec("INSERT INTO batch_key (batch, id, wrapped, dates) VALUES (?, ?, ?, ?)", batch, k.id[:], wrapped.cards, wrapped.dates)
	if err != nil {
		return batchKey{}, fmt.Errorf("write key of batch %d: %w", batch, err)
	}
	return k, nil
}

// unseal opens the card on a transaction's first row. A first row without one
// gives an empty card; a key that is gone gives errNoKey.
func (j *Journal) unseal(first, batch int64, sealed []byte) (reader.Card, error) {
	if len(sealed) == 0 {
		return reader.Card{}, nil
	}
	id, err := sealedBy(sealed)
	if err != nil {
		return reader.Card{}, fmt.Errorf("row %d: %w", first, err)
	}
	k, ok := j.keys[batch]
	if !ok {
		if k, err = j.loadBatchKey(batch); err != nil {
			return reader.Card{}, fmt.Errorf("row %d: %w", first, err)
		}
		j.keys[batch] = k
	}
	if k.id != id {
		return reader.Card{}, fmt.Errorf("row %d: %w", first, errNoKey)
	}
	card, err := k.open(j.opt.Terminal, first, sealed)
	if err != nil {
		return reader.Card{}, fmt.Errorf("row %d: %w", first, err)
	}
	return card, nil
}

// ErrUnresolved: a batch still has transactions whose money is not settled.
var ErrUnresolved = errors.New("the batch has unresolved transactions")

// Shred drops the key of a settled batch. The card data sealed in it can then
// be opened by nobody, though its rows stay and the chain stays whole. It is
// refused with [ErrUnresolved] while a message may need a card of the batch. A
// copy of the file made earlier still has the wrapped key.
func (j *Journal) Shred(ctx context.Context, batch txn.Batch) error {
	if err := j.lock(); err != nil {
		return err
	}
	defer j.mu.Unlock()
	if err := ctx.Err(); err != nil {
		return j.opt.wrap("shred", err)
	}
	_, err := j.db.atomic(func() error {
		n, err := j.db.number("SELECT count(*) FROM item WHERE batch = ? AND (status IN ('open', 'reversal_pending', 'asking') OR untold <> 0)", int64(batch))
		switch {
		case err != nil:
			return fmt.Errorf("look for unresolved: %w", err)
		case n > 0:
			return fmt.Errorf("%w: %d", ErrUnresolved, n)
		}
		return j.db.exec("DELETE FROM batch_key WHERE batch = ?", int64(batch))
	})
	if err != nil {
		return j.opt.wrap("shred", err)
	}
	delete(j.keys, int64(batch))
	// The key's bytes are zeroed in the database (secure_delete) but live on in
	// the write-ahead log until it is emptied.
	if err := j.db.exec("PRAGMA wal_checkpoint(TRUNCATE)"); err != nil {
		return j.opt.wrap("shred: empty the log", err)
	}
	return nil
}
