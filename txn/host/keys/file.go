package keys

import (
	"crypto/rand"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"runtime"
)

// maxFile bounds what is read of a file; nothing the store writes is half as long.
const maxFile = 1024

// readFile is a whole small file; a longer one is [ErrSealed].
func readFile(path string) ([]byte, error) {
	f, err := os.Open(path) //nolint:gosec // the data folder's own file
	if err != nil {
		return nil, fmt.Errorf("open: %w", err)
	}
	defer func() { _ = f.Close() }()
	b, err := io.ReadAll(io.LimitReader(f, maxFile+1))
	if err != nil {
		return nil, fmt.Errorf("read: %w", err)
	}
	if len(b) > maxFile {
		return nil, ErrSealed
	}
	return b, nil
}

// writeFile puts a file in place whole and durable, or leaves the one of before.
func writeFile(path string, b []byte) error {
	tmp, err := os.CreateTemp(filepath.Dir(path), ".key-*") // mode 0600
	if err != nil {
		return fmt.Errorf("create: %w", err)
	}
	defer func() { _ = os.Remove(tmp.Name()) }()
	_, err = tmp.Write(b)
	if err = errors.Join(err, tmp.Sync(), tmp.Close()); err != nil {
		return fmt.Errorf("write: %w", err)
	}
	if err := os.Rename(tmp.Name(), path); err != nil {
		return fmt.Errorf("put in place: %w", err)
	}
	return syncFolders(filepath.Dir(path))
}

// eraseFile overwrites a file with random bytes before it removes it.
func eraseFile(path string) error {
	f, err := os.OpenFile(path, os.O_WRONLY, 0) //nolint:gosec // the data folder's own file
	if err != nil {
		return fmt.Errorf("open: %w", err)
	}
	info, err := f.Stat()
	if err == nil {
		_, err = io.CopyN(f, rand.Reader, info.Size())
	}
	err = errors.Join(err, f.Sync(), f.Close(), os.Remove(path))
	if err != nil {
		return fmt.Errorf("erase: %w", err)
	}
	return syncFolders(filepath.Dir(path))
}

// syncFolders makes names durable: those in the folder of the keys, and its own in the
// data folder. NTFS does it by itself, and refuses to be asked.
func syncFolders(dir string) error {
	if runtime.GOOS == "windows" {
		return nil
	}
	for _, d := range []string{dir, filepath.Dir(dir)} {
		f, err := os.Open(d) //nolint:gosec // the data folder and its own
		if err != nil {
			return fmt.Errorf("sync folder: %w", err)
		}
		if err := errors.Join(f.Sync(), f.Close()); err != nil {
			return fmt.Errorf("sync folder: %w", err)
		}
	}
	return nil
}
