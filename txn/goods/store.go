package goods

import (
	"bytes"
	"errors"
	"io"
	"io/fs"
	"os"
	"path/filepath"

	"vpos/txn"
)

// FileName is the list in a terminal's data folder.
const FileName = "goods.csv"

// Read reads a list from a file. The error is [Problems], or the system's.
func Read(path string, c txn.Currency) (txn.Goods, error) {
	f, err := os.Open(path) //nolint:gosec // the person's own file
	if err != nil {
		return nil, err //nolint:wrapcheck // the system's words name the file
	}
	data, err := io.ReadAll(io.LimitReader(f, MaxBytes+1))
	if err = errors.Join(err, f.Close()); err != nil {
		return nil, err
	}
	return Parse(data, c)
}

// Load reads the list of a data folder; a folder without one has an empty list.
func Load(folder string, c txn.Currency) (txn.Goods, error) {
	l, err := Read(filepath.Join(folder, FileName), c)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	return l, err
}

// Store replaces the list of a data folder, whole or not at all.
func Store(folder string, l txn.Goods, c txn.Currency) (err error) {
	f, err := os.CreateTemp(folder, ".goods-*.csv")
	if err != nil {
		return err //nolint:wrapcheck // the system's words name the file
	}
	defer func() {
		if err != nil {
			_ = os.Remove(f.Name()) // it is not in its place: nobody reads it
		}
	}()
	_, err = bytes.NewReader(Bytes(l, c)).WriteTo(f)
	if err = errors.Join(err, f.Sync(), f.Close()); err != nil {
		return err
	}
	if err = os.Rename(f.Name(), filepath.Join(folder, FileName)); err != nil {
		return err //nolint:wrapcheck // the system's words name both files
	}
	if d, failed := os.Open(folder); failed == nil { //nolint:gosec // the terminal's own folder
		_ = d.Sync() // not every system lets a folder be synced
		_ = d.Close()
	}
	return nil
}
