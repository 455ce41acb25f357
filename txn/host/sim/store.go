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
// after an error, none or all; a row replaces the one of its name. It is called
// by one goroutine at a time.
type Store interface {
	Load() ([]Entry, error)
	Save(entries []Entry) error
	Close() error
}

// SQLite is a [Store] in one database file.
type SQLite struct {
	db *sql.DB
}

// storeVersion is the user_version of the schema.
const storeVersion = 2

// storeSecond is what version 2 added: voids.
const storeSecond = "ALTER TABLE ledger ADD COLUMN void_of INTEGER NOT NULL DEFAULT 0"

const storeSchema = `CREATE TABLE ledger (
	terminal TEXT NOT NULL,
	batch    INTEGER NOT NULL,
	stan     INTEGER NOT NULL,
	seq      INTEGER NOT NULL UNIQUE,
	merchant TEXT NOT NULL,
	op       TEXT NOT NULL,
	minor    INTEGER NOT NULL,
	currency TEXT NOT NULL,
	state    TEXT NOT NULL,
	code     TEXT NOT NULL,
	auth     TEXT NOT NULL,
	rrn      TEXT NOT NULL,
	at       TEXT NOT NULL,
	sent     INTEGER NOT NULL,
	void_of  INTEGER NOT NULL DEFAULT 0,
	PRIMARY KEY (terminal, batch, stan)
) STRICT, WITHOUT ROWID`

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
	if err := s.prepare(); err != nil {
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

// prepare takes the exclusive lock, makes the table in a new file and refuses a
// file of another program's or version's.
func (s *SQLite) prepare() error {
	tx, err := s.db.Begin()
	if err != nil {
		return fmt.Errorf("open: %w", err)
	}
	defer func() { _ = tx.Rollback() }()
	var version int
	if err := tx.QueryRow("PRAGMA user_version").Scan(&version); err != nil {
		return fmt.Errorf("version: %w", err)
	}
	step := storeSchema
	switch version {
	case storeVersion:
		return nil
	case 0:
	case 1:
		step = storeSecond
	default:
		return fmt.Errorf("version %d, this program writes %d", version, storeVersion)
	}
	if _, err := tx.Exec(step); err != nil {
		return fmt.Errorf("schema: %w", err)
	}
	if _, err := tx.Exec(fmt.Sprintf("PRAGMA user_version = %d", storeVersion)); err != nil {
		return fmt.Errorf("version: %w", err)
	}
	if err := tx.Commit(); err != nil {
		return fmt.Errorf("schema: %w", err)
	}
	return nil
}

// Load gives every row, oldest first.
func (s *SQLite) Load() ([]Entry, error) {
	rows, err := s.db.Query(`SELECT terminal, batch, stan, seq, merchant, op, minor, currency,
		state, code, auth, rrn, at, sent, void_of FROM ledger ORDER BY seq`)
	if err != nil {
		return nil, fmt.Errorf("ledger store: %w", err)
	}
	defer func() { _ = rows.Close() }()
	var out []Entry
	for rows.Next() {
		var e Entry
		var number, at string
		if err := rows.Scan(&e.Terminal, &e.Batch, &e.STAN, &e.Seq, &e.Merchant, &e.Op, &e.Amount.Minor,
			&number, &e.State, &e.Code, &e.AuthCode, &e.RRN, &at, &e.Sent, &e.Of); err != nil {
			return nil, fmt.Errorf("ledger store: row %d: %w", len(out)+1, err)
		}
		if e.At, err = time.Parse(time.RFC3339Nano, at); err != nil {
			return nil, fmt.Errorf("ledger store: row %d: %w", len(out)+1, err)
		}
		known := false
		if e.Amount.Currency, known = txn.CurrencyByCode(number); !known {
			e.Amount.Currency = txn.Currency{Number: number}
		}
		out = append(out, e)
	}
	if err := rows.Err(); err != nil {
		return nil, fmt.Errorf("ledger store: %w", err)
	}
	return out, nil
}

// Save writes the rows in one durable commit.
func (s *SQLite) Save(entries []Entry) error {
	tx, err := s.db.Begin()
	if err != nil {
		return fmt.Errorf("ledger store: %w", err)
	}
	defer func() { _ = tx.Rollback() }()
	put, err := tx.Prepare(`INSERT INTO ledger (terminal, batch, stan, seq, merchant, op, minor, currency,
		state, code, auth, rrn, at, sent, void_of) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
		ON CONFLICT (terminal, batch, stan) DO UPDATE SET seq = excluded.seq, merchant = excluded.merchant,
		op = excluded.op, minor = excluded.minor, currency = excluded.currency, state = excluded.state,
		code = excluded.code, auth = excluded.auth, rrn = excluded.rrn, at = excluded.at, sent = excluded.sent, void_of = excluded.void_of`)
	if err != nil {
		return fmt.Errorf("ledger store: %w", err)
	}
	defer func() { _ = put.Close() }()
	for _, e := range entries {
		if _, err := put.Exec(e.Terminal, int64(e.Batch), int64(e.STAN), int64(e.Seq), e.Merchant, //nolint:gosec // small
			string(e.Op), e.Amount.Minor, e.Amount.Currency.Number, string(e.State), e.Code,
			e.AuthCode, e.RRN, e.At.Format(time.RFC3339Nano), e.Sent, int64(e.Of)); err != nil {
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
	if err := s.db.Close(); err != nil {
		return fmt.Errorf("ledger store: %w", err)
	}
	return nil
}
