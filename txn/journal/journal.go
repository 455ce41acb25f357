package journal

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"sync"

	"github.com/ncruces/go-sqlite3"
	"github.com/ncruces/go-sqlite3/vfs"
)

// Mode says whether the money is real. What is written in one mode is refused
// in the other.
type Mode string

// The modes.
const (
	Training Mode = "training"
	Live     Mode = "live"
)

func (m Mode) valid() bool { return m == Training || m == Live }

// Options says which journal to open, and whose it is.
type Options struct {
	Path     string  // the file; its folder is made with mode 0700 if missing
	Sealer   *Sealer // the keys; see NewSealer
	Terminal string  // ISO 8583 field 41; never empty
	Mode     Mode
	Existing bool   // to read one: where there is none, none is made
	VFS      string // a registered SQLite VFS, for crash tests; empty in production
}

// ErrMissing: there is no journal to read, see [Options].Existing.
var ErrMissing = errors.New("there is no journal")

// Journal is an open journal. Its methods are safe for concurrent use; they run
// one after the other.
type Journal struct {
	opt Options

	mu        sync.Mutex
	db        *db // nil once closed
	head      head
	keys      map[int64]batchKey // unwrapped batch keys, by batch
	uncertain bool               // a commit failed and none has succeeded since
	scratch   []byte
}

// head is the end of the chain, as the table of that name has it.
type head struct {
	seq         int64
	hash        Hash
	batch, stan int64
}

// Open opens the journal, or makes a new one, checks it, and takes it for this
// process alone. Errors: [ErrMissing], [ErrInUse], [ErrCorrupt], [ErrReadOnly], [ErrFull],
// [ErrMode], [ErrTerminal], [ErrKey], [ErrNewer], [ErrForeign], or the system's.
//
// Only the file's missing folders are made with mode 0700; an existing folder
// is left as it is, since it may be anybody's.
func Open(ctx context.Context, opt Options) (*Journal, error) {
	return openWith(ctx, opt, embedded)
}

func openWith(ctx context.Context, opt Options, scripts fs.FS) (*Journal, error) {
	switch {
	case opt.Sealer == nil:
		return nil, errors.New("journal: open: no sealer")
	case opt.Terminal == "":
		return nil, errors.New("journal: open: no terminal")
	case !opt.Mode.valid():
		return nil, fmt.Errorf("journal: open: %w: %q is no mode", ErrMode, opt.Mode)
	}
	switch {
	case opt.Existing:
		if err := present(&opt.Path); err != nil {
			return nil, wrap("open", err)
		}
	case opt.VFS == "":
		if err := prepareFolder(&opt.Path); err != nil {
			return nil, opt.wrap("open", err)
		}
		if err := create(ctx, opt, scripts); err != nil {
			return nil, opt.wrap("create", err)
		}
	}
	return openFile(ctx, opt, scripts)
}

// openFile opens a journal in its place.
func openFile(ctx context.Context, opt Options, scripts fs.FS) (*Journal, error) {
	if opt.VFS == "" && !opt.Existing {
		if err := createFile(opt.Path); err != nil {
			return nil, opt.wrap("open", err)
		}
	}
	d, err := openDB(ctx, opt.Path, opt.VFS)
	if err != nil {
		return nil, opt.wrap("open", err)
	}
	j := &Journal{opt: opt, db: d, keys: map[int64]batchKey{}}
	if err := j.load(ctx, scripts); err != nil {
		_ = d.close()
		return nil, opt.wrap("open", err)
	}
	return j, nil
}

// present makes the path absolute and holds that a journal is there. A file
// without a byte is none: opening it would make one of it.
func present(path *string) error {
	abs, err := filepath.Abs(*path)
	if err != nil {
		return fmt.Errorf("path: %w", err)
	}
	*path = abs
	info, err := os.Stat(abs)
	switch {
	case errors.Is(err, fs.ErrNotExist), err == nil && info.Size() == 0:
		return ErrMissing
	case err != nil:
		return fmt.Errorf("look for it: %w", err)
	}
	return nil
}

// prepareFolder makes the folder and the path absolute.
func prepareFolder(path *string) error {
	abs, err := filepath.Abs(*path)
	if err != nil {
		return fmt.Errorf("path: %w", err)
	}
	*path = abs
	if err := os.MkdirAll(filepath.Dir(abs), 0o700); err != nil {
		return fmt.Errorf("make folder: %w", err)
	}
	return nil
}

// load does everything between opening the file and trusting it.
func (j *Journal) load(ctx context.Context, scripts fs.FS) error {
	defer j.db.during(ctx)()
	if err := j.db.migrate(j.opt.Path, j.opt.VFS, scripts); err != nil {
		return err
	}
	if err := j.adopt(); err != nil {
		return err
	}
	if err := j.db.secure(); err != nil {
		return err
	}
	if err := j.check(); err != nil {
		return err
	}
	return j.syncFolder()
}

// syncFolder makes the names of the journal's files durable: the write-ahead log
// exists from the first read on. See syncDir. The VFS of a crash test has a
// folder of its own.
func (j *Journal) syncFolder() error {
	folder := filepath.Dir(j.opt.Path)
	if j.opt.VFS == "" {
		return syncDir(folder)
	}
	if v, ok := vfs.Find(j.opt.VFS).(interface{ SyncDir(folder string) error }); ok {
		return v.SyncDir(folder)
	}
	return nil
}

// adopt writes down whose journal a new one is, and holds an old one against
// the options.
func (j *Journal) adopt() error {
	mode, terminal, check, known, err := j.owner()
	if err != nil {
		return err
	}
	if !known {
		if _, err = j.db.atomic(j.writeOwner); err != nil {
			return fmt.Errorf("write owner: %w", err)
		}
		return j.readHead()
	}
	switch {
	case mode != j.opt.Mode:
		return fmt.Errorf("%w: it is %s", ErrMode, mode)
	case terminal != j.opt.Terminal:
		return fmt.Errorf("%w: it is %s", ErrTerminal, terminal)
	case !bytes.Equal(check, j.opt.Sealer.check):
		return ErrKey
	}
	return j.readHead()
}

func (j *Journal) owner() (mode Mode, terminal string, check []byte, known bool, err error) {
	err = j.db.query("SELECT mode, terminal, keycheck FROM meta", func(s *sqlite3.Stmt) (bool, error) {
		mode, terminal, check, known = Mode(s.ColumnText(0)), s.ColumnText(1), s.ColumnBlob(2, nil), true
		return false, nil
	})
	if err != nil {
		return "", "", nil, false, fmt.Errorf("read owner: %w", err)
	}
	return mode, terminal, check, known, nil
}

// writeOwner runs on an empty journal only: rows without an owner are damage.
func (j *Journal) writeOwner() error {
	rows, err := j.db.number("SELECT count(*) FROM (SELECT 1 FROM journal LIMIT 1)")
	if err != nil {
		return err
	}
	if rows > 0 {
		return fmt.Errorf("%w: rows without an owner", ErrCorrupt)
	}
	start := origin(j.opt.Mode, j.opt.Terminal)
	err = j.db.exec("INSERT OR REPLACE INTO head (id, seq, hash, batch, stan, fence) VALUES (1, 0, ?, 1, 0, 0)", start[:])
	if err != nil {
		return err
	}
	return j.db.exec("INSERT INTO meta (id, mode, terminal, keycheck) VALUES (1, ?, ?, ?)",
		string(j.opt.Mode), j.opt.Terminal, j.opt.Sealer.check)
}

// readHead takes the end of the chain from disk.
func (j *Journal) readHead() error {
	h, found := head{}, false
	err := j.db.query("SELECT seq, hash, batch, stan FROM head", func(s *sqlite3.Stmt) (bool, error) {
		h, found = head{seq: s.ColumnInt64(0), batch: s.ColumnInt64(2), stan: s.ColumnInt64(3)}, true
		copy(h.hash[:], s.ColumnRawBlob(1))
		return false, nil
	})
	switch {
	case err != nil:
		return fmt.Errorf("read head: %w", err)
	case !found:
		return fmt.Errorf("read head: %w: it is missing", ErrCorrupt)
	}
	j.head = h
	return nil
}

// Head returns the sequence number and the hash of the newest row, as the
// settlement slip prints them; 0 and the chain's origin for an empty journal.
func (j *Journal) Head() (seq int64, hash Hash) {
	j.mu.Lock()
	defer j.mu.Unlock()
	return j.head.seq, j.head.hash
}

// lock takes the journal for one operation, or says that it is closed.
func (j *Journal) lock() error {
	j.mu.Lock()
	if j.db == nil {
		j.mu.Unlock()
		return fmt.Errorf("journal: %w", ErrClosed)
	}
	return nil
}

// Close lets the file go. Everything acknowledged is on disk already; an error
// only says that tidying up the write-ahead log did not work. Closing twice is
// no error.
func (j *Journal) Close() error {
	j.mu.Lock()
	defer j.mu.Unlock()
	if j.db == nil {
		return nil
	}
	err := j.db.close()
	j.db, j.keys = nil, nil
	return wrap("close", err)
}
