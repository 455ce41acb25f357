package sim

import (
	"embed"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"slices"
)

//go:embed migrations/*.sql
var migrations embed.FS

// scripts are the migrations in order: script i makes version i+1 of version i.
func scripts() ([]string, error) {
	names, err := fs.Glob(migrations, "migrations/*.sql")
	if err != nil {
		return nil, fmt.Errorf("migrations: %w", err)
	}
	slices.Sort(names)
	list := make([]string, len(names))
	for i, name := range names {
		b, err := fs.ReadFile(migrations, name)
		if err != nil {
			return nil, fmt.Errorf("migrations: %w", err)
		}
		list[i] = string(b)
	}
	return list, nil
}

// prepare takes the exclusive lock, brings the file to this program's version
// and refuses another program's or a newer one's. An older ledger is copied
// first, to PATH.v<version>.bak; the copy is kept.
func (s *SQLite) prepare(path string) error {
	list, err := scripts()
	if err != nil {
		return err
	}
	version := 0
	if err := s.locked(func(one func(string, ...any) error) error { return one("PRAGMA user_version", &version) }); err != nil {
		return err
	}
	if version < 0 || version > len(list) {
		return fmt.Errorf("version %d, this program writes %d", version, len(list))
	}
	if version > 0 && version < len(list) {
		if err := s.backup(fmt.Sprintf("%s.v%d.bak", path, version)); err != nil {
			return err
		}
	}
	for ; version < len(list); version++ {
		if err := s.migrate(version+1, list[version]); err != nil {
			return err
		}
	}
	var key []byte
	if err := s.locked(func(one func(string, ...any) error) error { return one("SELECT key FROM secret", &key) }); err != nil {
		return err
	}
	copy(s.key[:], key)
	clear(key)
	if s.put, err = s.db.Prepare(putRow); err != nil {
		return fmt.Errorf("open: %w", err)
	}
	return nil
}

// locked reads under the write lock, which is taken first and, the locking mode
// being what it is, never given back.
func (s *SQLite) locked(read func(one func(query string, into ...any) error) error) error {
	tx, err := s.db.Begin()
	if err != nil {
		return fmt.Errorf("open: %w", err)
	}
	defer func() { _ = tx.Rollback() }()
	return read(func(query string, into ...any) error {
		if err := tx.QueryRow(query).Scan(into...); err != nil {
			return fmt.Errorf("open: %w", err)
		}
		return nil
	})
}

// migrate is one step, in one transaction with its version number.
func (s *SQLite) migrate(version int, script string) error {
	tx, err := s.db.Begin()
	if err != nil {
		return fmt.Errorf("schema %d: %w", version, err)
	}
	defer func() { _ = tx.Rollback() }()
	if _, err := tx.Exec(script); err != nil {
		return fmt.Errorf("schema %d: %w", version, err)
	}
	if _, err := tx.Exec(fmt.Sprintf("PRAGMA user_version = %d", version)); err != nil {
		return fmt.Errorf("schema %d: %w", version, err)
	}
	if err := tx.Commit(); err != nil {
		return fmt.Errorf("schema %d: %w", version, err)
	}
	return nil
}

// backup copies the file as it is. A copy left half done by an earlier try is
// replaced.
func (s *SQLite) backup(to string) error {
	if err := os.Remove(to); err != nil && !errors.Is(err, fs.ErrNotExist) {
		return fmt.Errorf("backup: %w", err)
	}
	if err := touch(to); err != nil { // for its owner alone, before anything is in it
		return err
	}
	if _, err := s.db.Exec("VACUUM INTO ?", to); err != nil {
		return fmt.Errorf("backup: %w", err)
	}
	f, err := os.OpenFile(to, os.O_RDWR, 0) //nolint:gosec // the copy just made
	if err != nil {
		return fmt.Errorf("backup: %w", err)
	}
	if err := errors.Join(f.Sync(), f.Close()); err != nil {
		return fmt.Errorf("backup: %w", err)
	}
	return nil
}
