package backup

import (
	"archive/tar"
	"compress/gzip"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"time"

	"vpos/reader"
)

// Bounds on what is taken out of an archive. Only whoever has the passphrase can make
// one; they are against a mistake.
const (
	maxFiles = 1_000_000
	maxBytes = 64 << 30
)

// Writer puts files into a backup.
type Writer struct {
	seal *sealer
	zip  *gzip.Writer
	tar  *tar.Writer
}

// NewWriter begins a backup under a passphrase.
func NewWriter(to io.Writer, passphrase reader.Secret) (*Writer, error) {
	return newWriter(to, passphrase, usual)
}

func newWriter(to io.Writer, passphrase reader.Secret, c cost) (*Writer, error) {
	seal, err := newSealer(to, passphrase, c)
	if err != nil {
		return nil, err
	}
	zip := gzip.NewWriter(seal)
	return &Writer{seal, zip, tar.NewWriter(zip)}, nil
}

// Bytes adds a file of some bytes. name is relative, with slashes.
func (w *Writer) Bytes(name string, at time.Time, b []byte) error {
	return w.file(name, at, int64(len(b)), strings.NewReader(string(b)))
}

// File adds a file of the disk. It may not grow meanwhile.
func (w *Writer) File(name, path string) error {
	f, err := os.Open(path) //nolint:gosec // a file of the data folder
	if err != nil {
		return fmt.Errorf("open: %w", err)
	}
	defer func() { _ = f.Close() }()
	info, err := f.Stat()
	if err != nil {
		return fmt.Errorf("look at: %w", err)
	}
	return w.file(name, info.ModTime(), info.Size(), f)
}

func (w *Writer) file(name string, at time.Time, size int64, from io.Reader) error {
	if !usable(name) {
		return fmt.Errorf("backup: %q cannot be the name of a file in it", name)
	}
	err := w.tar.WriteHeader(&tar.Header{Name: name, Mode: 0o600, Size: size, ModTime: at, Format: tar.FormatPAX})
	if err == nil {
		_, err = io.Copy(w.tar, from)
	}
	if err != nil {
		return fmt.Errorf("%s: %w", name, err)
	}
	return nil
}

// Close ends the backup. What was written is whole only when it gives nil.
func (w *Writer) Close() error {
	if err := errors.Join(w.tar.Close(), w.zip.Close(), w.seal.Close()); err != nil {
		return fmt.Errorf("end the backup: %w", err)
	}
	return nil
}

// usable reports whether a name stays below the folder it is put into, on every system.
func usable(name string) bool {
	return fs.ValidPath(name) && name != "." && filepath.IsLocal(filepath.FromSlash(name)) && !strings.ContainsAny(name, "\\:\x00")
}

// Read opens a backup and gives each of its files to do, in the order they were put in,
// as far as the end, which is checked. do need not read all of a file. [ErrNoBackup],
// [ErrPassphrase], [ErrDamaged], or what do gave.
func Read(from io.Reader, passphrase reader.Secret, do func(name string, at time.Time, r io.Reader) error) error {
	o, err := newOpener(from, passphrase)
	if err != nil {
		return err
	}
	zip, err := gzip.NewReader(o)
	if err != nil {
		return damaged(err)
	}
	all := tar.NewReader(io.LimitReader(zip, maxBytes))
	for range maxFiles {
		h, err := all.Next()
		if errors.Is(err, io.EOF) {
			return ended(zip, o)
		}
		if err != nil {
			return damaged(err)
		}
		if h.Typeflag != tar.TypeReg || !usable(h.Name) {
			return fmt.Errorf("%w: it holds %q", ErrDamaged, h.Name)
		}
		if err := do(h.Name, h.ModTime, all); err != nil {
			return err
		}
	}
	return fmt.Errorf("%w: more files than any terminal has", ErrDamaged)
}

// ended holds that nothing is wrong with what follows the last file.
func ended(zip io.Reader, o io.Reader) error {
	for _, r := range []io.Reader{zip, o} {
		if _, err := io.Copy(io.Discard, r); err != nil {
			return damaged(err)
		}
	}
	return nil
}

func damaged(err error) error {
	if errors.Is(err, ErrDamaged) {
		return ErrDamaged
	}
	return fmt.Errorf("%w: %w", ErrDamaged, err)
}
