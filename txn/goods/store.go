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

// Change is what a line has changed.
type Change struct {
	Good txn.Good
	Gone bool      // it was taken out
	List txn.Goods // as it is now
}

// Told is the change as the machine hears of it, for the audit: the good's price, or
// nothing where it was taken out.
func (c Change) Told(in txn.Currency) txn.Configured {
	e := txn.Configured{Key: "goods." + c.Good.Code}
	if !c.Gone {
		e.Value = txn.Money{Minor: c.Good.Price, Currency: in}.Decimal()
	}
	return e
}

// Key takes a good keyed as a line into the list of a data folder, which may have changed
// since it was read; see [ParseLine].
func Key(folder, line string, c txn.Currency) (Change, error) {
	l, err := Load(folder, c)
	if err != nil {
		return Change{}, err
	}
	g, gone, err := ParseLine(line, l, c)
	if err != nil {
		return Change{}, err
	}
	if gone {
		l = l.Without(g.Code)
	} else {
		l = l.With(g)
	}
	return Change{g, gone, l}, Store(folder, l, c)
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
