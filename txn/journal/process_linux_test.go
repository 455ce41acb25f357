package journal

import (
	"context"
	"errors"
	"io"
	"os"
	"path/filepath"
	"syscall"
	"testing"

	"vpos/txn"
)

// mount puts a small file system at a new folder, or skips: only root can.
func mount(t *testing.T, data string) string {
	t.Helper()
	dir := t.TempDir()
	if err := syscall.Mount("tmpfs", dir, "tmpfs", 0, data); err != nil {
		t.Skipf("SKIPPED, not proven here: mounting a file system needs root: %v", err)
	}
	t.Cleanup(func() { _ = syscall.Unmount(dir, syscall.MNT_DETACH) })
	return dir
}

// A disk that fills up: every acknowledged row stays, the refused one is not
// there, and once there is room it goes on.
func TestFullDisk(t *testing.T) {
	dir := mount(t, "size=768k")
	j := open(t, options(t, filepath.Join(dir, "journal.db")))
	var stored int
	var err error
	for stan := txn.STAN(1); stan < 5000; stan++ {
		if err = j.Append(context.Background(), noon, []txn.Record{{Type: txn.RecIntent, Txn: sale(t, 1, stan)}}); err != nil {
			break
		}
		stored++
	}
	if !errors.Is(err, ErrFull) || errors.Is(err, ErrFate) {
		t.Fatalf("after %d rows: %v", stored, err)
	}
	if r := mustVerify(t, j); r.Rows != int64(stored) {
		t.Errorf("%d rows, %d acknowledged", r.Rows, stored)
	}
	if err := syscall.Mount("tmpfs", dir, "tmpfs", syscall.MS_REMOUNT, "size=4m"); err != nil {
		t.Fatal(err)
	}
	write(t, j, txn.Record{Type: txn.RecIntent, Txn: sale(t, 2, 1)})
	if err := j.Close(); err != nil {
		t.Fatal(err)
	}
	j = open(t, j.opt)
	if r := mustVerify(t, j); r.Rows != int64(stored)+1 {
		t.Errorf("%d rows, %d acknowledged", r.Rows, stored+1)
	}
}

// A disk that is full from the start.
func TestFullDiskAtStart(t *testing.T) {
	dir := mount(t, "size=64k")
	f, err := os.Create(filepath.Join(dir, "ballast"))
	if err != nil {
		t.Fatal(err)
	}
	_, _ = io.CopyN(f, zeros{}, 60<<10)
	_ = f.Close()
	if _, err := Open(context.Background(), options(t, filepath.Join(dir, "journal.db"))); !errors.Is(err, ErrFull) {
		t.Errorf("got %v", err)
	}
}

type zeros struct{}

func (zeros) Read(b []byte) (int, error) { return len(b), nil }

// A file system that is read-only, with a journal on it and without.
func TestReadOnlyFileSystem(t *testing.T) {
	for _, before := range []string{"none", "closed", "crashed"} {
		dir := mount(t, "size=4m")
		opt := options(t, filepath.Join(dir, "journal.db"))
		if before != "none" {
			j := open(t, opt)
			write(t, j, txn.Record{Type: txn.RecIntent, Txn: sale(t, 1, 1)})
			if before == "crashed" {
				copyFile(t, opt.Path+"-wal", opt.Path+"-kept")
			}
			if err := j.Close(); err != nil {
				t.Fatal(err)
			}
			if before == "crashed" {
				copyFile(t, opt.Path+"-kept", opt.Path+"-wal")
			}
		}
		if err := syscall.Mount("tmpfs", dir, "tmpfs", syscall.MS_REMOUNT|syscall.MS_RDONLY, ""); err != nil {
			t.Fatal(err)
		}
		if _, err := Open(context.Background(), opt); !errors.Is(err, ErrReadOnly) {
			t.Errorf("%s: %v", before, err)
		}
	}
}

// A folder in which this user may not write. Root may always, so as root the
// attempt is made by a child that is nobody.
func TestReadOnlyFolder(t *testing.T) {
	dir, err := os.MkdirTemp("", "vpos-ro-") // t.TempDir's parents are closed to nobody
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = os.Chmod(dir, 0o700); _ = os.RemoveAll(dir) }) //nolint:gosec // a folder must be entered
	binary := filepath.Join(dir, "child")
	copyFile(t, "/proc/self/exe", binary)
	for _, path := range []string{binary, dir} {
		if err := os.Chmod(path, 0o555); err != nil { //nolint:gosec // it must run
			t.Fatal(err)
		}
	}
	c := command("open", filepath.Join(dir, "journal.db"))
	c.Path, c.Dir = binary, "/"
	if os.Geteuid() == 0 {
		c.SysProcAttr = &syscall.SysProcAttr{Credential: &syscall.Credential{Uid: 65534, Gid: 65534}}
	}
	out, err := c.Output()
	if err != nil {
		t.Fatal(err)
	}
	if got := string(out); got != "open "+ErrReadOnly.Error()+"\n" {
		t.Errorf("got %q", got)
	}
}
