package journal

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"syscall"

	"github.com/ncruces/go-sqlite3"

	"vpos/txn"
)

// What can be wrong with the journal. Every error of the package that has one
// of these causes answers errors.Is for it; the text names the phase.
var (
	ErrInUse    = errors.New("the journal is in use by another terminal process")
	ErrCorrupt  = errors.New("the journal file is damaged")
	ErrReadOnly = errors.New("the journal cannot be written: read-only")
	ErrFull     = errors.New("the journal cannot be written: disk full")
	ErrMode     = errors.New("the journal belongs to the other mode")
	ErrTerminal = errors.New("the journal belongs to another terminal")
	ErrNewer    = errors.New("the journal was written by a newer version of this program")
	ErrForeign  = errors.New("the file is a database, but not a journal")
	ErrKey      = errors.New("the key does not open this journal")
	ErrClosed   = errors.New("the journal is closed")

	// ErrRecord: a record cannot be stored as it is (no key, a text that holds
	// the PAN, a time without a year): a fault of the caller.
	ErrRecord = fmt.Errorf("%w: the record cannot be stored", txn.ErrImpossible)
	// ErrDuplicate: an INTENT whose batch and trace number are taken.
	ErrDuplicate = fmt.Errorf("%w: the trace number is already used in this batch", txn.ErrImpossible)
	// ErrTransition: an APPROVED for a transaction that already ended, or that
	// is being reversed. A late approval never flips an outcome.
	ErrTransition = fmt.Errorf("%w: the transaction has already ended", txn.ErrImpossible)
	// ErrSeal: sealed card data cannot be opened: altered, or its key is gone.
	ErrSeal = errors.New("the sealed card data cannot be opened")

	// ErrFate: the commit failed in a way that leaves open whether its rows
	// are on disk. Neither outcome may be acted on: the caller calls
	// [Journal.Settle] until it returns nil (then none of the rows is on disk
	// and never will be), or ends the process and believes what
	// [Journal.Recover] says at the next start.
	ErrFate = errors.New("whether the rows are on disk is not known")
)

// wrap names the phase and adds the sentinel of a database or system error.
func wrap(phase string, err error) error {
	if err == nil {
		return nil
	}
	if cause := causeOf(err); cause != nil {
		return fmt.Errorf("journal: %s: %w: %w", phase, cause, err)
	}
	return fmt.Errorf("journal: %s: %w", phase, err)
}

// wrap is wrap for what writes. The VFS forgets the system's errno when another
// call succeeds after the failed one, so that a full disk can come out as a bare
// write error: then the disk itself is asked.
func (o Options) wrap(phase string, err error) error {
	if errors.Is(err, sqlite3.IOERR) && causeOf(err) == nil && o.VFS == "" {
		err = errors.Join(err, probe(filepath.Dir(o.Path)))
	}
	return wrap(phase, err)
}

// probe writes a small file and takes it away again; its error is the system's.
func probe(dir string) error {
	f, err := os.CreateTemp(dir, ".probe-*")
	if err != nil {
		return fmt.Errorf("probe: %w", err)
	}
	defer func() { _ = os.Remove(f.Name()) }()
	_, err = f.Write(make([]byte, 64<<10))
	return errors.Join(err, f.Sync(), f.Close())
}

// causeOf finds the sentinel for an error of SQLite or of the system; nil when
// none fits. The system's word goes first: the VFS reports a full disk on some
// paths as a plain write error with the errno inside.
func causeOf(err error) error {
	switch {
	case errors.Is(err, sqlite3.FULL), errors.Is(err, syscall.ENOSPC), errors.Is(err, errQuota):
		return ErrFull
	case errors.Is(err, sqlite3.READONLY), errors.Is(err, sqlite3.PERM),
		errors.Is(err, syscall.EROFS), errors.Is(err, fs.ErrPermission):
		return ErrReadOnly
	case errors.Is(err, sqlite3.BUSY), errors.Is(err, sqlite3.LOCKED):
		return ErrInUse
	case errors.Is(err, sqlite3.CORRUPT), errors.Is(err, sqlite3.NOTADB), errors.Is(err, sqlite3.IOERR_DATA),
		errors.Is(err, sqlite3.IOERR_SHORT_READ), errors.Is(err, sqlite3.IOERR_CORRUPTFS):
		return ErrCorrupt
	}
	return nil
}
