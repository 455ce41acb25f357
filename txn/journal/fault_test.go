package journal

import (
	"context"
	"errors"
	"path/filepath"
	"strings"
	"sync/atomic"
	"testing"

	"github.com/ncruces/go-sqlite3"
	"github.com/ncruces/go-sqlite3/vfs"

	"vpos/txn"
)

// faultVFS is the system's file access with failures on order: the write-ahead
// log's next syncs or writes fail.
type faultVFS struct {
	vfs.VFS
	syncs, writes atomic.Int32
	synced        atomic.Int32 // syncs of the log
}

func (v *faultVFS) OpenFilename(name *vfs.Filename, flags vfs.OpenFlag) (vfs.File, vfs.OpenFlag, error) {
	f, flags, err := v.VFS.(vfs.VFSFilename).OpenFilename(name, flags)
	if err != nil || !strings.HasSuffix(name.String(), "-wal") {
		return f, flags, err
	}
	return &faultFile{f, v}, flags, nil
}

type faultFile struct {
	vfs.File
	v *faultVFS
}

func (f *faultFile) Sync(flags vfs.SyncFlag) error {
	f.v.synced.Add(1)
	if f.v.syncs.Add(-1) >= 0 {
		return sqlite3.IOERR_FSYNC
	}
	return f.File.Sync(flags)
}

func (f *faultFile) WriteAt(b []byte, off int64) (int, error) {
	if f.v.writes.Load() > 0 && f.v.writes.Add(-1) == 0 {
		f.v.writes.Store(1) // and on and on
		return 0, sqlite3.IOERR_WRITE
	}
	return f.File.WriteAt(b, off)
}

func faulty(t *testing.T) (*Journal, *faultVFS) {
	t.Helper()
	v := &faultVFS{VFS: vfs.Find("os")}
	opt := options(t, filepath.Join(t.TempDir(), "journal.db"))
	opt.VFS = "fault " + opt.Path
	vfs.Register(opt.VFS, v)
	t.Cleanup(func() { vfs.Unregister(opt.VFS) }) // after the journal's own clean-up
	j := open(t, opt)
	write(t, j, txn.Record{Type: txn.RecIntent, Txn: sale(t, 1, 1)})
	return j, v
}

func intent(t *testing.T, stan txn.STAN) []txn.Record {
	t.Helper()
	return []txn.Record{{Type: txn.RecIntent, Txn: sale(t, 1, stan)}}
}

// afterCrash counts the rows another process finds if this one dies now.
func afterCrash(t *testing.T, j *Journal) int64 {
	t.Helper()
	path := filepath.Join(t.TempDir(), "copy.db")
	copyFile(t, j.opt.Path, path)
	copyFile(t, j.opt.Path+"-wal", path+"-wal")
	opt := j.opt
	opt.Path, opt.VFS = path, ""
	found := open(t, opt)
	return mustVerify(t, found).Rows
}

// A sync that fails once: the rows have reached the log and would come back to
// life. The fence buries them, so the error may say that none is on disk.
func TestFailedSyncIsBuried(t *testing.T) {
	j, v := faulty(t)
	v.syncs.Store(1)
	err := j.Append(context.Background(), noon, intent(t, 2))
	if err == nil || errors.Is(err, ErrFate) {
		t.Fatalf("got %v", err)
	}
	if n := afterCrash(t, j); n != 1 {
		t.Errorf("%d rows after a crash: the refused one came back", n)
	}
	write(t, j, intent(t, 2)...)
	if n := afterCrash(t, j); n != 2 || mustVerify(t, j).Rows != 2 {
		t.Errorf("%d rows", n)
	}
}

// A disk that goes on failing: nobody knows, and it says so, until Settle
// succeeds.
func TestFateUnknown(t *testing.T) {
	ctx := context.Background()
	j, v := faulty(t)
	v.syncs.Store(1 << 20)
	if err := j.Append(ctx, noon, intent(t, 2)); !errors.Is(err, ErrFate) {
		t.Fatalf("got %v", err)
	}
	if err := j.Settle(ctx); !errors.Is(err, ErrFate) {
		t.Errorf("settled on a broken disk: %v", err)
	}
	v.syncs.Store(0)
	if err := j.Settle(ctx); err != nil {
		t.Fatal(err)
	}
	if n := afterCrash(t, j); n != 1 {
		t.Errorf("%d rows after settling", n)
	}
	if err := j.Settle(ctx); err != nil {
		t.Errorf("nothing to settle: %v", err)
	}
	write(t, j, intent(t, 2)...)
	mustVerify(t, j)
}

// A write that fails, at any of the commit's frames, leaves nothing behind.
func TestFailedWrite(t *testing.T) {
	for n := int32(1); n < 40; n++ {
		j, v := faulty(t)
		v.writes.Store(n)
		err := j.Append(context.Background(), noon, intent(t, 2))
		v.writes.Store(0)
		if err == nil {
			return // the commit takes fewer writes than this
		}
		if errors.Is(err, ErrFate) {
			t.Errorf("write %d: %v", n, err)
		}
		if rows := afterCrash(t, j); rows != 1 {
			t.Errorf("write %d: %d rows", n, rows)
		}
		write(t, j, intent(t, 2)...)
		mustVerify(t, j)
	}
	t.Error("a commit of 40 writes")
}

// Every acknowledged Append has synced the log.
func TestEachAppendSyncs(t *testing.T) {
	j, v := faulty(t)
	for stan := txn.STAN(2); stan < 6; stan++ {
		before := v.synced.Load()
		write(t, j, intent(t, stan)...)
		if v.synced.Load() == before {
			t.Fatal("acknowledged without a sync")
		}
	}
}
