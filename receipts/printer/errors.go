package printer

import (
	"errors"
	"fmt"
	"io/fs"
	"runtime"
	"syscall"
)

// What can be wrong with the folder. They are found with [errors.Is] in the
// [*Error] that says where.
var (
	ErrMissing    = errors.New("the folder does not exist")
	ErrUnwritable = errors.New("the folder may not be written")
	ErrFull       = errors.New("the disk is full")
	ErrName       = errors.New("not a plain file name")
	ErrDiffers    = errors.New("a file of this name holds something else")
	ErrTooMany    = errors.New("too many duplicates")
)

// Error is a slip that did not come out.
type Error struct {
	Path  string // the folder or file
	Fault error  // one of the sentinels above; nil for any other trouble
	Err   error  // what the system said; nil where it was not asked
}

// Error names the path and the trouble.
func (e *Error) Error() string {
	switch {
	case e.Err == nil:
		return fmt.Sprintf("print to %s: %v", e.Path, e.Fault)
	case e.Fault == nil:
		return fmt.Sprintf("print to %s: %v", e.Path, e.Err)
	}
	return fmt.Sprintf("print to %s: %v: %v", e.Path, e.Fault, e.Err)
}

// Unwrap gives both the sentinel and the system's error.
func (e *Error) Unwrap() []error {
	var errs []error
	for _, err := range []error{e.Fault, e.Err} {
		if err != nil {
			errs = append(errs, err)
		}
	}
	return errs
}

// trouble wraps what the system said about a path.
func trouble(path string, err error) *Error {
	e := &Error{Path: path, Err: err}
	switch {
	case errors.Is(err, fs.ErrNotExist), errors.Is(err, syscall.ENOTDIR):
		e.Fault = ErrMissing
	case errors.Is(err, fs.ErrPermission), errors.Is(err, syscall.EROFS):
		e.Fault = ErrUnwritable
	case errors.Is(err, syscall.ENOSPC), errors.Is(err, syscall.EDQUOT), errors.Is(err, windowsFull()):
		e.Fault = ErrFull
	}
	return e
}

// windowsFull is Windows' ERROR_DISK_FULL, a number that means something else
// everywhere else.
func windowsFull() error {
	if runtime.GOOS == "windows" {
		return syscall.Errno(112)
	}
	return syscall.ENOSPC
}
