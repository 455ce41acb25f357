package goods

import (
	"bytes"
	"crypto/sha256"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"

	"vpos/txn"
)

// FileName is the list in a terminal's data folder.
const FileName = "goods.csv"

// seal begins the first line of a list that the terminal keeps: the hash of the rest. A
// byte that changed by itself could else change a price without a word.
const seal = "# sha256 "

// sealed is a list as the terminal keeps it.
func sealed(csv []byte) []byte {
	return append(fmt.Appendf(nil, "%s%x\n", seal, sha256.Sum256(csv)), csv...)
}

// unsealed is what was sealed; false where a byte of it is another.
func unsealed(data []byte) ([]byte, bool) {
	_, csv, _ := bytes.Cut(data, []byte("\n"))
	return csv, bytes.Equal(sealed(csv), data)
}

// Read reads a list from a file. The error is [Problems], or the system's.
func Read(path string, c txn.Currency) (txn.Goods, error) {
	data, err := read(path)
	if err != nil {
		return nil, err
	}
	if csv, kept := unsealed(data); kept || bytes.HasPrefix(data, []byte(seal)) {
		data = csv // a list of the terminal's own, and somebody may have worked on it
	}
	return Parse(data, c)
}

func read(path string) ([]byte, error) {
	f, err := os.Open(path) //nolint:gosec // the person's own file
	if err != nil {
		return nil, err //nolint:wrapcheck // the system's words name the file
	}
	data, err := io.ReadAll(io.LimitReader(f, MaxBytes+1))
	if err = errors.Join(err, f.Close()); err != nil {
		return nil, err
	}
	return data, nil
}

// Load reads the list of a data folder; a folder without one has an empty list. One that
// the terminal did not write as it is gets [Altered].
func Load(folder string, c txn.Currency) (txn.Goods, error) {
	path := filepath.Join(folder, FileName)
	data, err := read(path)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	csv, kept := unsealed(data)
	if !kept {
		return nil, Problems{{Code: Altered, Want: path}}
	}
	return Parse(csv, c)
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
	_, err = bytes.NewReader(sealed(Bytes(l, c))).WriteTo(f)
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
