package journal

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"time"

	"vpos/txn"
)

// What a backup needs of a journal, and what a restored one needs before it sells.

// CopyTo writes the journal as it is now into a new file, page by page, and makes it
// durable. The copy is sealed as the journal is.
func (j *Journal) CopyTo(ctx context.Context, path string) error {
	return wrap("copy", j.locked(ctx, func() error { return j.db.backup(path, "") }))
}

// StanGap is how many trace numbers a restored journal passes over. Sales that were made
// after the backup used some of them; an acquirer that met one of them again would take
// the new sale for the old one. It is more than a full batch.
const StanGap = 1000

// Restored marks a journal that came out of a backup, in its chain: a transaction that
// never happened takes a trace number StanGap behind the last one, so that none of those
// in between is given out again. It returns the next number.
func (j *Journal) Restored(ctx context.Context, at time.Time) (txn.STAN, error) {
	r, err := j.Recover(ctx)
	if err != nil {
		return 0, err
	}
	for _, list := range [][]txn.Transaction{r.Open, r.Pending, r.Untold, r.Unprinted} {
		for i := range list {
			list[i].Card.Wipe()
		}
	}
	mark := txn.Transaction{
		Kind: txn.SignOn, Batch: r.Batch, STAN: (r.NextSTAN+StanGap-2)%txn.MaxSTAN + 1, At: at, Terminal: j.opt.Terminal,
		Status: txn.Open, Cause: txn.RestoredCopy,
	}
	failed := mark
	failed.Status = txn.Failed
	rows := []txn.Record{{Type: txn.RecIntent, Txn: mark}, {Type: txn.RecFailed, Txn: failed}}
	if err := j.Append(ctx, at, rows); err != nil {
		return 0, err
	}
	return txn.NextSTAN(mark.STAN), nil
}

// Portable is the master key of a folder whose key is nowhere in the folder: in the
// keychain, which another computer does not have. It is nil for the other kinds. The
// caller wipes it.
func Portable(ctx context.Context, source KeySource) ([]byte, error) {
	if source.Kind() != KeyInKeychain {
		return nil, nil
	}
	key, err := source.Key(ctx)
	return key, wrap("key", err)
}

// Settle puts a key that came out of a backup into this computer's keychain, and the
// folder's key file is written anew to name it. [ErrNoKeySource] where there is no
// keychain.
func Settle(ctx context.Context, dir string, key []byte) error {
	if len(key) != keyLen {
		return fmt.Errorf("journal: key: %w", ErrKeyFile)
	}
	name, err := keepInKeychain(ctx, systemKeychain, key)
	if err != nil {
		return fmt.Errorf("journal: key: %w: %w", ErrNoKeySource, err)
	}
	path := filepath.Join(dir, keyFileName)
	if err := os.Remove(path); err != nil && !errors.Is(err, os.ErrNotExist) {
		return fmt.Errorf("journal: key: %w", err)
	}
	return wrap("key", writeKeyFile(path, keyFile{Kind: KeyInKeychain, Name: name}))
}
