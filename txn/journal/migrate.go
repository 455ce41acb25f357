package journal

import (
	"embed"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
)

//go:embed migrations/*.sql
var embedded embed.FS

// migrations lists the scripts in order; script i makes version i+1 of version i.
func migrations(from fs.FS) ([]string, error) {
	names, err := fs.Glob(from, "migrations/*.sql")
	if err != nil {
		return nil, fmt.Errorf("list migrations: %w", err)
	}
	slices.Sort(names)
	scripts := make([]string, len(names))
	for i, name := range names {
		number, _, _ := strings.Cut(filepath.Base(name), "_")
		if n, err := strconv.Atoi(number); err != nil || n != i+1 {
			return nil, fmt.Errorf("migration %s is out of order", name)
		}
		b, err := fs.ReadFile(from, name)
		if err != nil {
			return nil, fmt.Errorf("read migration: %w", err)
		}
		scripts[i] = string(b)
	}
	return scripts, nil
}

// migrate brings the file to the newest version: each step is one transaction
// together with its version number, so a power cut leaves one version or the
// other. A file that already holds a journal is copied first, to
// PATH.v<version>.bak; the copy is kept.
func (d *db) migrate(path, vfs string, from fs.FS) error {
	scripts, err := migrations(from)
	if err != nil {
		return err
	}
	version, err := d.number("PRAGMA user_version")
	if err != nil {
		return fmt.Errorf("read version: %w", err)
	}
	id, err := d.number("PRAGMA application_id")
	if err != nil {
		return fmt.Errorf("read application id: %w", err)
	}
	tables, err := d.number("SELECT count(*) FROM sqlite_schema")
	if err != nil {
		return fmt.Errorf("read schema: %w", err)
	}
	switch {
	case id != applicationID && (tables > 0 || version > 0 || id != 0):
		return ErrForeign
	case version > int64(len(scripts)):
		return fmt.Errorf("%w: version %d, this one knows %d", ErrNewer, version, len(scripts))
	case version == int64(len(scripts)):
		return nil
	}
	begun := false // a first start that was cut short has made tables and no journal
	if version > 0 {
		owners, err := d.number("SELECT count(*) FROM meta")
		if err != nil {
			return fmt.Errorf("read owner: %w", err)
		}
		begun = owners > 0
	}
	if begun {
		if err := d.backup(fmt.Sprintf("%s.v%d.bak", path, version), vfs); err != nil {
			return fmt.Errorf("back up before migrating: %w", err)
		}
	}
	for v := version; v < int64(len(scripts)); v++ {
		if err := d.migrateOne(v+1, scripts[v]); err != nil {
			return fmt.Errorf("migrate to version %d: %w", v+1, err)
		}
	}
	return nil
}

func (d *db) migrateOne(version int64, script string) error {
	_, err := d.atomic(func() error {
		tail := fmt.Sprintf("\n;PRAGMA application_id=%d; PRAGMA user_version=%d;", applicationID, version)
		if err := d.conn.Exec(script + tail); err != nil {
			return fmt.Errorf("script: %w", err)
		}
		return nil
	})
	return err
}

// backup copies the database page by page to a new file. A copy left half done
// by an earlier try is replaced.
func (d *db) backup(to, vfs string) error {
	if vfs == "" {
		if err := os.Remove(to); err != nil && !errors.Is(err, fs.ErrNotExist) {
			return fmt.Errorf("replace old copy: %w", err)
		}
		if err := createFile(to); err != nil {
			return err
		}
	}
	if err := d.conn.Backup("main", dsn(to, vfs)); err != nil {
		return fmt.Errorf("copy: %w", err)
	}
	if vfs != "" {
		return nil
	}
	f, err := os.OpenFile(to, os.O_RDWR, 0) //nolint:gosec // the copy just made
	if err != nil {
		return fmt.Errorf("open copy: %w", err)
	}
	if err := errors.Join(f.Sync(), f.Close()); err != nil {
		return fmt.Errorf("sync copy: %w", err)
	}
	return syncDir(filepath.Dir(to))
}

// createFile makes an empty file with mode 0600 if there is none.
func createFile(path string) error {
	f, err := os.OpenFile(path, os.O_RDWR|os.O_CREATE, 0o600) //nolint:gosec // the journal's own file
	if err != nil {
		return fmt.Errorf("create file: %w", err)
	}
	if err := f.Close(); err != nil {
		return fmt.Errorf("create file: %w", err)
	}
	return nil
}
