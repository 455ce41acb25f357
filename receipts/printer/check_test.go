package printer

import (
	"errors"
	"os"
	"path/filepath"
	"syscall"
	"testing"
)

// Check leaves nothing behind, makes nothing, and names what is wrong.
func TestCheck(t *testing.T) {
	f := &File{Dir: filepath.Join(t.TempDir(), "receipts")}
	if made, err := f.Check(); made || err != nil {
		t.Errorf("a new one: %t, %v", made, err)
	}
	if _, err := os.Stat(f.Dir); !errors.Is(err, os.ErrNotExist) {
		t.Error("the folder was made")
	}
	if err := f.Put(t.Context(), "a.txt", []byte("one")); err != nil {
		t.Fatal(err)
	}
	if made, err := f.Check(); !made || err != nil {
		t.Errorf("%t, %v", made, err)
	}
	wantFolder(t, f.Dir, "a.txt")
	for _, c := range []struct{ says, is error }{{syscall.ENOSPC, ErrFull}, {syscall.EROFS, ErrUnwritable}} {
		f.fault = func(step, _ string) error {
			if step == stepWrite {
				return c.says
			}
			return nil
		}
		if _, err := f.Check(); !errors.Is(err, c.is) {
			t.Errorf("%v: %v, want %v", c.says, err, c.is)
		}
		wantFolder(t, f.Dir, "a.txt")
	}
	file := &File{Dir: filepath.Join(f.Dir, "a.txt")}
	if _, err := file.Check(); !errors.Is(err, ErrMissing) {
		t.Errorf("a file in place of the folder: %v", err)
	}
}
