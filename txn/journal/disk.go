package journal

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"syscall"
	"time"
)

// Disk is what a test write found out about the disk of a data folder.
type Disk struct {
	Free    int64         // bytes we may still write; less than zero where the system does not say
	Slowest time.Duration // of some small files, each written and made durable
}

// The test write: as many pages as a commit of a sale, some times over.
const (
	diskProbe      = ".disk-check" // its file; no file of ours begins so
	diskProbeSize  = 16 << 10
	diskProbeTimes = 3
)

// ProbeDisk writes a small file into a folder that is there, makes it durable as the
// journal does, and takes it away again. The error is [ErrReadOnly], [ErrFull] or the
// system's; Free is told in any case. A write that hangs is not stopped by ctx, which
// is looked at between writes: whoever calls gives up by itself.
func ProbeDisk(ctx context.Context, dir string) (Disk, error) {
	d := Disk{Free: FreeSpace(dir)}
	for range diskProbeTimes {
		if err := ctx.Err(); err != nil {
			return d, fmt.Errorf("journal: test the disk: %w", err)
		}
		begun := time.Now()
		if err := probeWrite(filepath.Join(dir, diskProbe)); err != nil {
			return d, fmt.Errorf("journal: test the disk: %w", diskTrouble(err))
		}
		d.Slowest = max(d.Slowest, time.Since(begun))
	}
	return d, nil
}

// probeWrite replaces what an earlier one left, and never follows a link of that name.
func probeWrite(path string) error {
	if err := os.Remove(path); err != nil && !errors.Is(err, fs.ErrNotExist) {
		return fmt.Errorf("sweep: %w", err)
	}
	f, err := os.OpenFile(path, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o600) //nolint:gosec // the data folder's own file
	if err != nil {
		return fmt.Errorf("create: %w", err)
	}
	defer func() { _ = os.Remove(path) }()
	_, err = f.Write(make([]byte, diskProbeSize))
	if err = errors.Join(err, f.Sync(), f.Close()); err != nil {
		return fmt.Errorf("write: %w", err)
	}
	return syncDir(filepath.Dir(path))
}

// diskTrouble names what the system said.
func diskTrouble(err error) error {
	switch {
	case errors.Is(err, fs.ErrPermission), errors.Is(err, syscall.EROFS):
		return fmt.Errorf("%w: %w", ErrReadOnly, err)
	case errors.Is(err, syscall.ENOSPC), errors.Is(err, errQuota):
		return fmt.Errorf("%w: %w", ErrFull, err)
	}
	return err
}
