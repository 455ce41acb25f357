package printer

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"sync"
	"syscall"

	"vpos/receipts"
	"vpos/receipts/text"
)

// File is the transport that prints into a folder. It is safe for concurrent
// use; a folder belongs to one process at a time.
//
// Dir is made, for its owner alone, when the folder above it exists.
type File struct {
	Dir    string
	Beside *Beside // nil for text alone

	mu    sync.Mutex
	ready bool                          // Dir is there and swept
	fault func(step, path string) error // tests make a step fail or the process "die" there
}

// The steps a crash can fall between, in order.
const (
	stepCreate = "create"
	stepWrite  = "write"
	stepSync   = "sync"
	stepLink   = "link"
	stepDrop   = "drop"
	stepDir    = "sync dir"
)

// What is left of a print that never finished. No slip begins with a dot.
const (
	tempPrefix = ".slip-"
	tempSuffix = ".tmp"
)

// Put writes data as Dir/name, for its owner alone, and returns when it is on
// the disk: the file is there whole or not at all, whatever crashes. If it is
// there already with the same data, that is success; with other data it is
// [ErrDiffers] and the file stays as it is. Errors are [*Error], or the
// context's when it ended before anything was written.
func (f *File) Put(ctx context.Context, name string, data []byte) error {
	f.mu.Lock()
	defer f.mu.Unlock()
	return f.put(ctx, name, data)
}

func (f *File) put(ctx context.Context, name string, data []byte) error {
	if err := ctx.Err(); err != nil {
		return fmt.Errorf("print %s: %w", name, err)
	}
	if name != filepath.Base(name) || strings.HasPrefix(name, ".") {
		return &Error{Path: name, Fault: ErrName}
	}
	if err := f.prepare(); err != nil {
		return err
	}
	path := filepath.Join(f.Dir, name)
	if there, err := f.compare(path, data); there || err != nil {
		return err
	}
	temp, err := f.stage(data)
	if err != nil {
		return err
	}
	if err := f.publish(temp, path); errors.Is(err, fs.ErrExist) {
		if _, err := f.compare(path, data); err != nil {
			return err
		}
	} else if err != nil {
		return trouble(path, err)
	}
	return f.settle()
}

// Beside is another format that each page is put out in, beside its text.
type Beside struct {
	Ending string // of the file's name: .pdf
	Draw   func(p receipts.Page) ([]byte, error)
}

// Page puts a page out as text, and beside it; name ends in .txt. The text alone says what is
// out: a picture that an earlier version of the program has drawn stays as it is. Errors as of
// [File.Put], or of Beside.
func (f *File) Page(ctx context.Context, name string, p receipts.Page) error {
	f.mu.Lock()
	defer f.mu.Unlock()
	return f.page(ctx, name, p)
}

func (f *File) page(ctx context.Context, name string, p receipts.Page) error {
	if err := f.put(ctx, name, []byte(text.Render(p))); err != nil || f.Beside == nil {
		return err
	}
	data, err := f.Beside.Draw(p)
	if err != nil {
		return fmt.Errorf("draw %s: %w", name, err)
	}
	err = f.put(ctx, strings.TrimSuffix(name, ".txt")+f.Beside.Ending, data)
	if errors.Is(err, ErrDiffers) {
		return nil
	}
	return err
}

// exists reports whether Dir/name is taken.
func (f *File) exists(name string) bool {
	_, err := os.Lstat(filepath.Join(f.Dir, name))
	return err == nil
}

// prepare makes the folder if only it is missing, and clears what an earlier
// process left half done.
func (f *File) prepare() error {
	if f.ready {
		return nil
	}
	if f.Dir == "" {
		return &Error{Path: f.Dir, Fault: ErrMissing}
	}
	if err := os.Mkdir(f.Dir, 0o700); err == nil {
		if err := syncDir(filepath.Dir(f.Dir)); err != nil {
			return trouble(f.Dir, err)
		}
	} else if !errors.Is(err, fs.ErrExist) {
		return trouble(f.Dir, err)
	}
	entries, err := os.ReadDir(f.Dir)
	if err != nil {
		return trouble(f.Dir, err)
	}
	for _, e := range entries {
		if n := e.Name(); strings.HasPrefix(n, tempPrefix) && strings.HasSuffix(n, tempSuffix) {
			_ = os.Remove(filepath.Join(f.Dir, n)) // it harms nobody if it stays
		}
	}
	f.ready = true
	return nil
}

// compare reports whether the file is there with this data. One found there is
// made sure to be on the disk, because whoever wrote it may have died before.
func (f *File) compare(path string, data []byte) (bool, error) {
	info, err := os.Lstat(path)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return false, nil
	case err != nil:
		return false, trouble(path, err)
	case !info.Mode().IsRegular() || info.Size() != int64(len(data)):
		return false, &Error{Path: path, Fault: ErrDiffers}
	}
	held, err := os.ReadFile(path) //nolint:gosec // a name of our own making, see put
	switch {
	case err != nil:
		return false, trouble(path, err)
	case !bytes.Equal(held, data):
		return false, &Error{Path: path, Fault: ErrDiffers}
	}
	return true, f.settle()
}

// stage writes data to a file nobody takes for a slip, and syncs it.
func (f *File) stage(data []byte) (path string, err error) {
	if err := f.at(stepCreate, ""); err != nil {
		return "", trouble(f.Dir, err)
	}
	temp, err := os.CreateTemp(f.Dir, tempPrefix+"*"+tempSuffix) // mode 0600
	if err != nil {
		f.ready = false // the folder may have gone: look again next time
		return "", trouble(f.Dir, err)
	}
	path = temp.Name()
	defer func() {
		if closed := temp.Close(); err == nil && closed != nil {
			err = trouble(path, closed)
		}
		if err != nil && !errors.Is(err, errDied) {
			_ = os.Remove(path)
		}
	}()
	for _, do := range []func() error{
		func() error { return f.at(stepWrite, path) },
		func() error { _, err := temp.Write(data); return err }, //nolint:wrapcheck // trouble does, below
		func() error { return f.at(stepSync, path) },
		temp.Sync,
	} {
		if err := do(); err != nil {
			return path, trouble(path, err)
		}
	}
	return path, nil
}

// publish gives the staged file its name, unless the name is taken: then it is
// fs.ErrExist. A link never replaces a file, as a rename would; where the file
// system has no links a rename must do, and the lock and the look before it
// keep the name free.
func (f *File) publish(temp, path string) error {
	if err := f.at(stepLink, temp); err != nil {
		return f.drop(temp, err)
	}
	err := os.Link(temp, path)
	if err == nil || errors.Is(err, fs.ErrExist) || !noLinks(err) {
		return f.drop(temp, err)
	}
	return f.rename(temp, path)
}

// rename is publish without links.
func (f *File) rename(temp, path string) error {
	if _, err := os.Lstat(path); err == nil {
		return f.drop(temp, fs.ErrExist)
	}
	if err := os.Rename(temp, path); err != nil {
		return f.drop(temp, err)
	}
	return nil
}

// drop removes the staged file and gives err back.
func (f *File) drop(temp string, err error) error {
	if died := f.at(stepDrop, temp); errors.Is(died, errDied) {
		return died
	}
	if !errors.Is(err, errDied) {
		_ = os.Remove(temp) // swept at the next start if it stays
	}
	return err
}

// settle puts the folder's entries on the disk.
func (f *File) settle() error {
	err := f.at(stepDir, f.Dir)
	if err == nil {
		err = syncDir(f.Dir)
	}
	if err != nil {
		return trouble(f.Dir, err)
	}
	return nil
}

// errDied stands for the end of the process in tests: nothing is cleaned up.
var errDied = errors.New("died")

func (f *File) at(step, path string) error {
	if f.fault == nil {
		return nil
	}
	return f.fault(step, path)
}

// noLinks tells a file system without links from a link that failed.
func noLinks(err error) bool {
	return errors.Is(err, errors.ErrUnsupported) || errors.Is(err, syscall.EPERM) || errors.Is(err, syscall.EMLINK)
}

// syncDir makes a new name survive a power cut. Windows has no such call and
// writes names through its own journal.
func syncDir(dir string) error {
	if runtime.GOOS == "windows" {
		return nil
	}
	d, err := os.Open(dir) //nolint:gosec // the folder slips go to
	if err != nil {
		return fmt.Errorf("open folder: %w", err)
	}
	defer func() { _ = d.Close() }() // nothing was written through it
	if err := d.Sync(); err != nil {
		return fmt.Errorf("sync folder: %w", err)
	}
	return nil
}
