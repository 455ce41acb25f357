package journal

import "syscall"

// errQuota is ERROR_DISK_FULL, the system's other way of saying that there is
// no room.
const errQuota = syscall.Errno(112)

// syncDir has nothing to do: NTFS journals names itself, and a folder cannot be
// flushed through a handle opened for reading.
func syncDir(string) error { return nil }
