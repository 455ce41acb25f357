package printer

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
)

// checkSize is what [File.Check] writes: more than the longest slip.
const checkSize = 16 << 10

// Check tries whether a slip could be written now, and leaves nothing behind. made is
// false where the folder is not there yet: then the folder above it is not written to,
// and a slip would make it. Errors are [*Error].
func (f *File) Check() (made bool, err error) {
	info, err := os.Stat(f.Dir)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		if _, err := os.Stat(filepath.Dir(f.Dir)); err != nil {
			return false, trouble(f.Dir, err)
		}
		return false, nil
	case err != nil:
		return false, trouble(f.Dir, err)
	case !info.IsDir():
		return false, &Error{Path: f.Dir, Fault: ErrMissing}
	}
	f.mu.Lock()
	defer f.mu.Unlock()
	temp, err := f.stage(make([]byte, checkSize))
	if err != nil {
		return true, err
	}
	if err := os.Remove(temp); err != nil {
		return true, trouble(temp, err)
	}
	return true, nil
}
