package printer

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"

	"vpos/txn"
)

// TestPutChangesNothing: a file of the same name and length is left alone, and
// so is a folder of that name.
func TestPutChangesNothing(t *testing.T) {
	f := &File{Dir: t.TempDir()}
	if err := f.Put(t.Context(), "a.txt", []byte("one")); err != nil {
		t.Fatal(err)
	}
	if err := os.Mkdir(filepath.Join(f.Dir, "b.txt"), 0o700); err != nil {
		t.Fatal(err)
	}
	for _, name := range []string{"a.txt", "b.txt"} {
		if err := f.Put(t.Context(), name, []byte("two")); !errors.Is(err, ErrDiffers) {
			t.Errorf("Put(%s) = %v, want %v", name, err, ErrDiffers)
		}
	}
	if got := content(t, filepath.Join(f.Dir, "a.txt")); got != "one" {
		t.Errorf("file became %q", got)
	}
	wantFolder(t, f.Dir, "a.txt", "b.txt")
}

// TestNameTakenMeanwhile: another process takes the name at the last moment.
func TestNameTakenMeanwhile(t *testing.T) {
	f := &File{Dir: t.TempDir()}
	path := filepath.Join(f.Dir, "a.txt")
	f.fault = func(step, _ string) error {
		if step == stepLink {
			return os.WriteFile(path, []byte("theirs"), 0o600)
		}
		return nil
	}
	if err := f.Put(t.Context(), "a.txt", []byte("ours")); !errors.Is(err, ErrDiffers) {
		t.Errorf("Put = %v, want %v", err, ErrDiffers)
	}
	if got := content(t, path); got != "theirs" {
		t.Errorf("file became %q", got)
	}
	wantFolder(t, f.Dir, "a.txt")
}

// TestCrashAnywhere lets the process die at each step and a new one print
// again: the slip is there once, whole, unmarked, and nothing is left over.
func TestCrashAnywhere(t *testing.T) {
	for _, step := range []string{stepCreate, stepWrite, stepSync, stepLink, stepDrop, stepDir} {
		t.Run(step, func(t *testing.T) {
			dir := t.TempDir()
			s := slips(dir)
			s.File.fault = dieAt(step)
			if err := s.Print(t.Context(), slip(t, txn.MerchantCopy, false)); !errors.Is(err, errDied) {
				t.Fatalf("Print = %v, want it to die", err)
			}
			for _, name := range folder(t, dir) {
				if name != original && !strings.HasPrefix(name, tempPrefix) {
					t.Errorf("left %s", name)
				}
			}
			mustPrint(t, slips(dir), slip(t, txn.MerchantCopy, false))
			wantFolder(t, dir, original)
			if got := content(t, filepath.Join(dir, original)); !strings.Contains(got, "RMB 12.34") {
				t.Errorf("broken slip:\n%s", got)
			}
		})
	}
}

// dieAt ends the process at a step; half a slip is written before stepSync.
func dieAt(step string) func(string, string) error {
	return func(at, path string) error {
		if at != step {
			return nil
		}
		if step == stepSync {
			if err := os.Truncate(path, 100); err != nil {
				return err
			}
		}
		return errDied
	}
}

func TestFolderTrouble(t *testing.T) {
	file := filepath.Join(t.TempDir(), "file")
	if err := os.WriteFile(file, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	failing := func(at string, err error) func(string, string) error {
		return func(step, path string) error {
			if step == at {
				return &fs.PathError{Op: step, Path: path, Err: err}
			}
			return nil
		}
	}
	for _, tc := range []struct {
		name  string
		dir   string
		fault func(string, string) error
		want  error
	}{
		{"nothing above", filepath.Join(t.TempDir(), "a", "b"), nil, ErrMissing},
		{"no folder set", "", nil, ErrMissing},
		{"a file", file, nil, ErrMissing},
		{"below a file", filepath.Join(file, "x"), nil, ErrMissing},
		{"no permission", t.TempDir(), failing(stepCreate, syscall.EACCES), ErrUnwritable},
		{"read-only disk", t.TempDir(), failing(stepCreate, syscall.EROFS), ErrUnwritable},
		{"full on write", t.TempDir(), failing(stepWrite, syscall.ENOSPC), ErrFull},
		{"full on sync", t.TempDir(), failing(stepSync, syscall.EDQUOT), ErrFull},
		{"full on link", t.TempDir(), failing(stepLink, syscall.ENOSPC), ErrFull},
	} {
		t.Run(tc.name, func(t *testing.T) {
			s := slips(tc.dir)
			s.File.fault = tc.fault
			err := s.Print(t.Context(), slip(t, txn.MerchantCopy, false))
			var e *Error
			if !errors.Is(err, tc.want) || !errors.As(err, &e) {
				t.Fatalf("Print = %v, want %v in an *Error", err, tc.want)
			}
			if tc.fault == nil {
				return
			}
			wantFolder(t, tc.dir) // nothing half done stays
			s.File.fault = nil
			mustPrint(t, s, slip(t, txn.MerchantCopy, false))
			wantFolder(t, tc.dir, original)
		})
	}
}

func TestFolderVanishes(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "receipts")
	s := slips(dir)
	mustPrint(t, s, slip(t, txn.MerchantCopy, false))
	if err := os.RemoveAll(dir); err != nil {
		t.Fatal(err)
	}
	if err := s.Print(t.Context(), slip(t, txn.CardholderCopy, false)); !errors.Is(err, ErrMissing) {
		t.Fatalf("Print = %v, want %v", err, ErrMissing)
	}
	mustPrint(t, s, slip(t, txn.CardholderCopy, false))
	wantFolder(t, dir, forHolder)
}

// TestNoLinks: a file system without links falls back to a rename.
func TestNoLinks(t *testing.T) {
	dir := t.TempDir()
	f := &File{Dir: dir}
	f.ready = true
	temp, err := f.stage([]byte("a"))
	if err != nil {
		t.Fatal(err)
	}
	if !noLinks(&os.LinkError{Op: "link", Err: syscall.EPERM}) || !noLinks(&os.LinkError{Err: errors.ErrUnsupported}) {
		t.Error("a file system without links is not recognised")
	}
	if err := f.rename(temp, filepath.Join(dir, "slip.txt")); err != nil {
		t.Fatal(err)
	}
	again, err := f.stage([]byte("b"))
	if err != nil {
		t.Fatal(err)
	}
	if err := f.rename(again, filepath.Join(dir, "slip.txt")); !errors.Is(err, fs.ErrExist) {
		t.Errorf("rename over a slip = %v, want %v", err, fs.ErrExist)
	}
	wantFolder(t, dir, "slip.txt")
	if got := content(t, filepath.Join(dir, "slip.txt")); got != "a" {
		t.Errorf("slip is %q, want the first", got)
	}
}
