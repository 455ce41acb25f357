package kill

import (
	"fmt"
	"syscall"
)

// mountSmall mounts a file system in memory on a folder, so that a disk can
// really be full.
func mountSmall(dir string, bytes int) (unmount func(), err error) {
	if err := syscall.Mount("vpos-kill", dir, "tmpfs", 0, fmt.Sprintf("size=%d,mode=0700", bytes)); err != nil {
		return nil, fmt.Errorf("mount: %w", err)
	}
	return func() { _ = syscall.Unmount(dir, syscall.MNT_DETACH) }, nil
}
