package config

import (
	"bytes"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
)

// Store changes one key of a file, see [Edit], and returns what the file says now. The
// file is replaced as a whole, and only by one that [Load] takes: whatever happens, the old
// one or the new one is there. A file that is not there yet begins with head, which is
// comments. The errors are those of [Load] and [Edit], or the system's.
func Store(path, head, key, value string) (Config, error) {
	if real, err := filepath.EvalSymlinks(path); err == nil {
		path = real
	}
	data, mode := []byte(head), fs.FileMode(0o600)
	if info, err := os.Stat(path); err == nil {
		var cause *Problem
		if data, cause = readBounded(path); cause != nil {
			return Config{}, problems(path, []Problem{*cause})
		}
		mode = info.Mode().Perm()
	} else if !errors.Is(err, fs.ErrNotExist) {
		return Config{}, err //nolint:wrapcheck // the system's words name the file
	}
	edited, err := Edit(data, key, value)
	if err != nil {
		return Config{}, err
	}
	return put(path, renewed(edited), mode)
}

// put writes a file beside the one it is to replace, loads it, and puts it in its place.
func put(path string, data []byte, mode fs.FileMode) (c Config, err error) {
	folder := filepath.Dir(path)
	f, err := os.CreateTemp(folder, ".vpos-*.toml")
	if err != nil {
		return c, err //nolint:wrapcheck // the system's words name the file
	}
	defer func() {
		if err != nil {
			_ = os.Remove(f.Name()) // it is not in its place: nobody reads it
		}
	}()
	_, err = bytes.NewReader(data).WriteTo(f)
	if err = errors.Join(err, f.Chmod(mode), f.Sync(), f.Close()); err != nil {
		return c, err
	}
	if c, err = Load(f.Name()); err != nil {
		return c, err
	}
	if err = os.Rename(f.Name(), path); err != nil {
		return c, err //nolint:wrapcheck // the system's words name both files
	}
	c.Source = path
	return c, syncFolder(folder)
}

// syncFolder makes a new name durable. Where a folder cannot be synced, as on Windows,
// the system does it itself.
func syncFolder(path string) error {
	d, err := os.Open(path) //nolint:gosec // the folder of the person's own file
	if err != nil {
		return nil //nolint:nilerr // the name is there; only its durability is the system's
	}
	_ = d.Sync()     // not every system lets a folder be synced
	return d.Close() //nolint:wrapcheck // the system's words name the file
}
