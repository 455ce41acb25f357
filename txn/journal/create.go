package journal

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
)

// A new journal is built beside its place and put there whole. A power cut in the
// middle of a first start then leaves no journal at all, not one that no later
// start accepts; and of two first starts at once, one takes the other's.

// create makes the file at opt.Path if there is none.
func create(ctx context.Context, opt Options, scripts fs.FS) error {
	if _, err := os.Lstat(opt.Path); !errors.Is(err, fs.ErrNotExist) {
		return nil // there, or for Open to say why not
	}
	folder := filepath.Dir(opt.Path)
	temp, err := os.MkdirTemp(folder, ".new-journal-")
	if err != nil {
		return fmt.Errorf("make folder: %w", err)
	}
	defer func() { _ = os.RemoveAll(temp) }()
	built := opt
	built.Path = filepath.Join(temp, filepath.Base(opt.Path))
	j, err := openFile(ctx, built, scripts)
	if err != nil {
		return err
	}
	if err := j.Close(); err != nil {
		return err
	}
	if err := syncFile(built.Path); err != nil {
		return err
	}
	if err := os.Link(built.Path, opt.Path); err != nil && !errors.Is(err, fs.ErrExist) {
		if err := os.Rename(built.Path, opt.Path); err != nil { // a file system without links
			return fmt.Errorf("put in place: %w", err)
		}
	}
	return syncUp(folder)
}

// syncFile makes sure of the bytes whatever SQLite synced.
func syncFile(path string) error {
	f, err := os.OpenFile(path, os.O_RDWR, 0) //nolint:gosec // made a moment ago
	if err != nil {
		return fmt.Errorf("sync: %w", err)
	}
	if err := errors.Join(f.Sync(), f.Close()); err != nil {
		return fmt.Errorf("sync: %w", err)
	}
	return nil
}

// syncUp makes a folder's entries durable, and its own entry in its parents: they
// may have been made a moment ago. Parents that are not ours to open are not ours
// to have made.
func syncUp(folder string) error {
	err := syncDir(folder)
	for up := filepath.Dir(folder); up != folder; folder, up = up, filepath.Dir(up) {
		if syncDir(up) != nil {
			break
		}
	}
	return err
}
