//go:build linux || darwin

package journal

import "golang.org/x/sys/unix"

// FreeSpace is how many bytes a folder's disk still takes from us; less than zero
// where the system does not say.
func FreeSpace(dir string) int64 {
	var s unix.Statfs_t
	if err := unix.Statfs(dir, &s); err != nil {
		return -1
	}
	return int64(s.Bavail) * int64(s.Bsize) //nolint:gosec,unconvert // the types differ between systems; no disk has 2^63 bytes
}

// Writable asks the system whether we may write into a folder, without trying.
func Writable(dir string) bool { return unix.Access(dir, unix.W_OK|unix.X_OK) == nil }
