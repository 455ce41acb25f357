package sim

import (
	"database/sql"
	"errors"
	"fmt"
	"net/url"
	"os"
	"path/filepath"
	"runtime"
	"time"

	"github.com/ncruces/go-sqlite3"
	_ "github.com/ncruces/go-sqlite3/driver" // registers sqlite3 with database/sql

	"vpos/txn"
)

// Store keeps a ledger. Save is durable when it returns: all of its rows or,
// after an error, none or all; a row replaces the one of its Seq. It is called
// by one goroutine at a time.
type Store interface {
	Load() ([]Entry, error)
	Save(entries []Entry) error
	Close() error
}

// SQLite is a [Store] in one database file.
type SQLite struct {
	db  *sql.DB
	put *sql.Stmt
	key Key
}

// Key is the key of this ledger: see [Setup].
func (s *SQLite) Key() Key { return s.key }

// ErrInUse: another host has the ledger, in this process or another.
var ErrInUse = errors.New("the ledger is in use by another host")

// OpenStore opens the ledger file at path, creating it where there is none. A
// second process on the same file is refused with [ErrInUse].
func OpenStore(path string) (*SQLite, error) { return openStore(path, syncUp) }

// openStore makes the names of the ledger's files durable with settle: a commit
// is of no use in a file that a power cut leaves without a name.
func openStore(path string, settle func(folder string) error) (*SQLite, error) {
	for _, name := range []string{path, path + "-wal"} {
		if err := touch(name); err != nil {
			return nil, fmt.Errorf("ledger store: %w", err)
		}
	}
	q := url.Values{"_txlock": {"immediate"}, "_pragma": {
		"busy_timeout(2000)", "locking_mode(EXCLUSIVE)",
		"synchronous(EXTRA)", "journal_mode(WAL)", // in this order: the switch itself must be synced
		"foreign_keys(ON)", "trusted_schema(OFF)", "temp_store(MEMORY)",
		"fullfsync(ON)", "checkpoint_fullfsync(ON)",
	}}
	db, err := sql.Open("sqlite3", "file:"+(&url.URL{Path: filepath.ToSlash(path)}).EscapedPath()+"?"+q.Encode())
	if err != nil {
		return nil, fmt.Errorf("ledger store: %w", err)
	}
	db.SetMaxOpenConns(1)
	s := &SQLite{db: db}
	if err := s.prepare(path); err != nil {
		_ = db.Close()
		if errors.Is(err, sqlite3.BUSY) || errors.Is(err, sqlite3.LOCKED) {
			err = fmt.Errorf("%w: %w", ErrInUse, err)
		}
		return nil, fmt.Errorf("ledger store %s: %w", filepath.Base(path), err)
	}
	if err := settle(filepath.Dir(path)); err != nil {
		_ = db.Close()
		return nil, fmt.Errorf("ledger store: %w", err)
	}
	return s, nil
}

// syncUp makes a folder's entries durable, and its own entry in its parents: they
// may have been made a moment ago. Parents that are not ours to open are not ours
// to have made. SQLite syncs files; the names of a new database and of its
// write-ahead log are left to this.
func syncUp(folder string) error {
	folder, err := filepath.Abs(folder)
	if err != nil {
		return fmt.Errorf("path: %w", err)
	}
	err = syncDir(folder)
	for up := filepath.Dir(folder); up != folder; folder, up = up, filepath.Dir(up) {
		if syncDir(up) != nil {
			break
		}
	}
	return err
}

// syncDir has nothing to do on Windows: NTFS journals names itself, and a folder
// cannot be flushed through a handle opened for reading.
func syncDir(dir string) error {
	if runtime.GOOS == "windows" {
		return nil
	}
	d, err := os.Open(dir) //nolint:gosec // the ledger's own folder
	if err != nil {
		return fmt.Errorf("open folder: %w", err)
	}
	defer func() { _ = d.Close() }()
	if err := d.Sync(); err != nil {
		return fmt.Errorf("sync folder: %w", err)
	}
	return nil
}

// touch makes the file, if there is none, for its owner alone.
func touch(path string) error {
	f, err := os.OpenFile(path, os.O_RDWR|os.O_CREATE, 0o600) //nolint:gosec // the ledger's own file
	if err != nil {
		return fmt.Errorf("create: %w", err)
	}
	if err := f.Close(); err != nil {
		return fmt.Errorf("create: %w", err)
	}
	return nil
}

// Load gives every row, oldest first.
func (s *SQLite) Load() ([]Entry, error) {
	rows, err := s.db.Query("SELECT " + columns + " FROM ledger ORDER BY seq")
	if err != nil {
		return nil, fmt.Errorf("ledger store: %w", err)
	}
	defer func() { _ = rows.Close() }()
	var out []Entry
	for rows.Next() {
		var e Entry
		var number, at string
		if err := rows.Scan(&e.Terminal, &e.Batch, &e.STAN, &e.Seq, &e.Merchant, &e.Op, &e.Amount.Minor,
			&number, &e.State, &e.Code, &e.AuthCode, &e.RRN, &at, &e.Sent, &e.Of,
			&e.Parent, &e.Account, &e.Asked, &e.Marks); err != nil {
			return nil, fmt.Errorf("ledger store: row %d: %w", len(out)+1, err)
		}
		if e.At, err = time.Parse(time.RFC3339Nano, at); err != nil {
			return nil, fmt.Errorf("ledger store: row %d: %w", len(out)+1, err)
		}
		e.Amount.Currency = txn.CurrencyNumbered(number)
		out = append(out, e)
	}
	if err := rows.Err(); err != nil {
		return nil, fmt.Errorf("ledger store: %w", err)
	}
	return out, nil
}

// columns are those of a row, in the order in which rows are read and written.
const columns = `terminal, batch, stan, seq, merchant, op, minor, currency,
	state, code, auth, rrn, at, sent, void_of, parent, account, asked, marks`

const putRow = "INSERT INTO ledger (" + columns + `) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
	ON CONFLICT (seq) DO UPDATE SET terminal = excluded.terminal, batch = excluded.batch, stan = excluded.stan, merchant = excluded.merchant,
	op = excluded.op, minor = excluded.minor, currency = excluded.currency, state = excluded.state,
	code = excluded.code, auth = excluded.auth, rrn = excluded.rrn, at = excluded.at, sent = excluded.sent,
	void_of = excluded.void_of, parent = excluded.parent, account = excluded.account, asked = excluded.asked,
	marks = excluded.marks`

// Save writes the rows in one durable commit.
func (s *SQLite) Save(entries []Entry) error {
	tx, err := s.db.Begin()
	if err != nil {
		return fmt.Errorf("ledger store: %w", err)
	}
	defer func() { _ = tx.Rollback() }()
	put := tx.Stmt(s.put)
	defer func() { _ = put.Close() }() // the transaction's; s.put stays
	for i := range entries {
		e := &entries[i]
		if _, err := put.Exec(e.Terminal, int64(e.Batch), int64(e.STAN), int64(e.Seq), e.Merchant, //nolint:gosec // small
			string(e.Op), e.Amount.Minor, e.Amount.Currency.Number(), string(e.State), e.Code,
			e.AuthCode, e.RRN, e.At.Format(time.RFC3339Nano), e.Sent, int64(e.Of),
			int64(e.Parent), int64(e.Account), e.Asked, int64(e.Marks)); err != nil { //nolint:gosec // small
			return fmt.Errorf("ledger store: row %d: %w", e.Seq, err)
		}
	}
	if err := tx.Commit(); err != nil {
		return fmt.Errorf("ledger store: %w", err)
	}
	return nil
}

// Close closes the file.
func (s *SQLite) Close() error {
	_ = s.put.Close() // it goes with the file
	if err := s.db.Close(); err != nil {
		return fmt.Errorf("ledger store: %w", err)
	}
	return nil
}
