//go:build unix

package journal

import (
	"fmt"
	"os"
	"syscall"
)

// errQuota is the system's other way of saying that there is no room.
const errQuota = syscall.EDQUOT

// syncDir makes the names in a folder durable. SQLite's VFS in pure Go
// (v0.35.6) opens the folder for this but syncs the file again, so after a
// power cut a write-ahead log could be without a name, and every acknowledged
// commit in it gone. Open therefore does it itself.
func syncDir(dir string) error {
	d, err := os.Open(dir) //nolint:gosec // the journal's own folder
	if err != nil {
		return fmt.Errorf("open folder: %w", err)
	}
	defer func() { _ = d.Close() }()
	if err := d.Sync(); err != nil {
		return fmt.Errorf("sync folder: %w", err)
	}
	return nil
}
