package journal

import (
	"context"
	"errors"
	"fmt"
	"net/url"
	"path/filepath"
	"runtime"
	"strings"

	"github.com/ncruces/go-sqlite3"
	"github.com/ncruces/go-sqlite3/vfs"
)

// applicationID marks the file as a journal of ours: "VPOS".
const applicationID = 0x56504f53

// db is one connection and its prepared statements. It is not safe for
// concurrent use; Journal's lock guards it. The library's own connection is used
// instead of database/sql because one connection is all there may be, and
// because Verify reads half a million rows a second through it.
type db struct {
	conn  *sqlite3.Conn
	cache map[string]*sqlite3.Stmt
}

// openDB opens the file with the settings that survived the crash tests. Their
// order matters: exclusive before anything reads, so that the WAL index lives in
// memory and the lock is never let go; synchronous=EXTRA before the switch to
// WAL, because with less the rollback journal of the switch is not made durable
// and acknowledged commits were lost.
func openDB(ctx context.Context, path, vfs string) (*db, error) {
	conn, err := sqlite3.OpenContext(ctx, dsn(path, vfs))
	if err != nil {
		return nil, fmt.Errorf("open database: %w", err)
	}
	d := &db{conn: conn, cache: map[string]*sqlite3.Stmt{}}
	if err := d.settings(); err != nil {
		_ = d.close()
		return nil, err
	}
	return d, nil
}

// dsn names the file to SQLite; side files take over the file's mode 0600.
func dsn(path, vfs string) string {
	query := url.Values{}
	if vfs != "" {
		query.Set("vfs", vfs)
	} else {
		query.Set("modeof", path)
	}
	u := url.URL{Path: filepath.ToSlash(path)}
	// SQLite knows %20, but not the + that Encode writes for a space.
	return "file:" + u.EscapedPath() + "?" + strings.ReplaceAll(query.Encode(), "+", "%20")
}

func (d *db) settings() error {
	before := []string{
		"busy_timeout=0", // the other terminal will not go away: say so at once
		"locking_mode=EXCLUSIVE",
		"synchronous=EXTRA",
		"temp_store=MEMORY",
		"foreign_keys=ON",
		"trusted_schema=OFF",
		"recursive_triggers=ON", // or REPLACE would delete without asking the trigger
		"cell_size_check=ON",
		"secure_delete=ON", // a shredded batch key must not stay in a free page
	}
	if runtime.GOOS == "darwin" {
		before = append(before, "fullfsync=1", "checkpoint_fullfsync=1")
	}
	for _, p := range before {
		if err := d.conn.Exec("PRAGMA " + p); err != nil {
			return fmt.Errorf("set %s: %w", p, err)
		}
	}
	if err := d.checksums(); err != nil {
		return err
	}
	if mode, err := d.text("PRAGMA journal_mode=WAL"); err != nil || mode != "wal" {
		return fmt.Errorf("set journal_mode=WAL (is %q): %w", mode, errors.Join(err, notWAL(mode)))
	}
	if _, err := d.conn.Config(sqlite3.DBCONFIG_DEFENSIVE, true); err != nil {
		return fmt.Errorf("set defensive: %w", err)
	}
	return nil
}

// secure makes durable what this start is about to believe. A process that was
// killed, or whose sync failed, can leave commits in the write-ahead log that
// this one reads and no disk holds: the next power cut would take them away
// again, and with them every commit written behind them, or the pages that were
// copied from them into the database. A sync is not enough, since the system
// tries only once to write out what a failed sync covered. So the log is written
// anew, byte for byte, and then synced.
func (d *db) secure() error {
	p, err := d.conn.FileControl("main", sqlite3.FCNTL_JOURNAL_POINTER)
	if err != nil {
		return fmt.Errorf("find the log: %w", err)
	}
	log, ok := p.(vfs.File)
	if !ok {
		return errors.New("find the log: it has no file")
	}
	size, err := log.Size()
	if err != nil {
		return fmt.Errorf("size of the log: %w", err)
	}
	buf := make([]byte, min(size, 256<<10))
	for off := int64(0); off < size; off += int64(len(buf)) {
		buf = buf[:min(size-off, int64(len(buf)))]
		if n, err := log.ReadAt(buf, off); n < len(buf) {
			return fmt.Errorf("read the log: %w", err)
		}
		if _, err := log.WriteAt(buf, off); err != nil {
			return fmt.Errorf("write the log anew: %w", err)
		}
	}
	if size == 0 {
		return nil
	}
	if err := log.Sync(vfs.SYNC_FULL); err != nil {
		return fmt.Errorf("sync the log: %w", err)
	}
	return nil
}

func notWAL(mode string) error {
	if mode == "wal" {
		return nil
	}
	return errors.New("the file system cannot hold a write-ahead log")
}

// checksums has every page carry a checksum that is verified when it is read:
// the hash chain covers what the rows say, this covers the bytes between them.
// A new file gets them before anything is in it; a file that once had them and
// has not any more was altered.
func (d *db) checksums() error {
	pages, err := d.number("PRAGMA page_count")
	if err != nil {
		return fmt.Errorf("read page count: %w", err)
	}
	if pages == 0 {
		if err := d.conn.EnableChecksums("main"); err != nil {
			return fmt.Errorf("set page checksums: %w", err)
		}
		return nil
	}
	reserved, err := d.conn.FileControl("main", sqlite3.FCNTL_RESERVE_BYTES)
	if err != nil {
		return fmt.Errorf("read page checksums: %w", err)
	}
	if reserved != 8 {
		return fmt.Errorf("pages have no checksums: %w", ErrForeign)
	}
	return nil
}

// stmt prepares a statement once. The caller resets it after use.
func (d *db) stmt(sql string) (*sqlite3.Stmt, error) {
	if s, ok := d.cache[sql]; ok {
		return s, nil
	}
	s, _, err := d.conn.PrepareFlags(sql, sqlite3.PREPARE_PERSISTENT)
	if err != nil {
		return nil, fmt.Errorf("prepare: %w", err)
	}
	d.cache[sql] = s
	return s, nil
}

// query runs a statement and calls each for every row until it says false.
// Arguments are int64, string or []byte.
func (d *db) query(sql string, each func(*sqlite3.Stmt) (more bool, err error), args ...any) (err error) {
	s, err := d.stmt(sql)
	if err != nil {
		return err
	}
	defer func() {
		// Reset repeats the error of the last step, which is reported already.
		if e := errors.Join(s.Reset(), s.ClearBindings()); err == nil && e != nil {
			err = fmt.Errorf("reset: %w", e)
		}
	}()
	for i, a := range args {
		if err := bindAny(s, i+1, a); err != nil {
			return fmt.Errorf("bind %d: %w", i+1, err)
		}
	}
	for s.Step() {
		if more, err := each(s); !more || err != nil {
			return err
		}
	}
	return s.Err() //nolint:wrapcheck // wrap names the phase
}

func bindAny(s *sqlite3.Stmt, i int, a any) error {
	switch a := a.(type) {
	case int64:
		return s.BindInt64(i, a) //nolint:wrapcheck // query names the place
	case string:
		return s.BindText(i, a) //nolint:wrapcheck // query names the place
	case []byte:
		return bindBlob(s, i, a)
	}
	return fmt.Errorf("a parameter of type %T", a)
}

// exec runs a statement that returns nothing.
func (d *db) exec(sql string, args ...any) error {
	return d.query(sql, func(*sqlite3.Stmt) (bool, error) { return true, nil }, args...)
}

// number runs a statement that returns one number; no row is 0.
func (d *db) number(sql string, args ...any) (n int64, err error) {
	err = d.query(sql, func(s *sqlite3.Stmt) (bool, error) { n = s.ColumnInt64(0); return false, nil }, args...)
	return n, err
}

// text runs a statement that returns one text; no row is "".
func (d *db) text(sql string, args ...any) (t string, err error) {
	err = d.query(sql, func(s *sqlite3.Stmt) (bool, error) { t = s.ColumnText(0); return false, nil }, args...)
	return t, err
}

// during makes ctx stop the statements run until the returned function is called.
func (d *db) during(ctx context.Context) func() {
	old := d.conn.SetInterrupt(ctx)
	return func() { d.conn.SetInterrupt(old) }
}

// atomic runs f in one write transaction. committed says how far it came when
// there is an error: false means it was rolled back before the commit began.
func (d *db) atomic(f func() error) (committing bool, err error) {
	if err := d.exec("BEGIN IMMEDIATE"); err != nil {
		return false, fmt.Errorf("begin: %w", err)
	}
	if err := f(); err != nil {
		d.rollback()
		return false, err
	}
	if err := d.exec("COMMIT"); err != nil {
		d.rollback()
		return true, fmt.Errorf("commit: %w", err)
	}
	return false, nil
}

// rollback ends a failed transaction. SQLite has often done so by itself, and a
// rollback writes nothing that could fail for good.
func (d *db) rollback() {
	if !d.conn.GetAutocommit() {
		_ = d.conn.Exec("ROLLBACK")
	}
}

func (d *db) close() error {
	for _, s := range d.cache {
		_ = s.Close() // repeats the error of its last run
	}
	d.cache = map[string]*sqlite3.Stmt{}
	if err := d.conn.Close(); err != nil {
		return fmt.Errorf("close database: %w", err)
	}
	return nil
}
