package journal

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"
)

// Exposure is who besides its owner can come at a data folder.
type Exposure struct {
	Modes bool // this system keeps that in the mode of a file; nothing else counts where it does not
	Open  bool // others may enter or list the folder
	Files int  // files that others may read or write, of the first [exposureMax] looked at
}

// exposureMax bounds the look: a shop of years has hundreds of thousands of slips.
const exposureMax = 10_000

// others are the permissions of everybody but the owner.
const others fs.FileMode = 0o077

// ProbeExposure looks at the modes of a data folder that is there and of what others
// can reach in it. What lies in a folder nobody else can enter is safe whatever its
// own mode.
func ProbeExposure(dir string) (Exposure, error) {
	if runtime.GOOS == "windows" {
		return Exposure{}, nil
	}
	e, seen := Exposure{Modes: true}, 0
	err := filepath.WalkDir(dir, func(path string, d fs.DirEntry, err error) error {
		if err != nil {
			return vanished(err)
		}
		if seen++; seen > exposureMax {
			return fs.SkipAll
		}
		info, err := d.Info()
		if err != nil {
			return vanished(err)
		}
		reached := info.Mode().Perm()&others != 0
		switch {
		case d.IsDir() && !reached:
			return fs.SkipDir
		case path == dir:
			e.Open = true
		case info.Mode().IsRegular() && reached:
			e.Files++
		}
		return nil
	})
	if err != nil {
		return e, fmt.Errorf("journal: look at the folder's modes: %w", err)
	}
	return e, nil
}

// vanished forgives a file that went away while we looked.
func vanished(err error) error {
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	return err
}

// KeyIn says where the key of a data folder lives, from the file that says so; nothing
// is asked of a keychain. The error is [os.ErrNotExist] where no key was made yet, or
// [ErrKeyFile].
func KeyIn(dir string) (KeyKind, error) {
	f, err := readKeyFile(filepath.Join(dir, keyFileName))
	if err != nil {
		if errors.Is(err, os.ErrNotExist) {
			return "", os.ErrNotExist
		}
		return "", wrap("key file", err)
	}
	clear(f.Key)
	return f.Kind, nil
}
