package main

import (
	"bytes"
	"os"

	"golang.org/x/sys/unix"
)

// undumpable makes the kernel write no core of this process anywhere, and lets no other
// process of the same user look into its memory.
func undumpable() { _ = unix.Prctl(unix.PR_SET_DUMPABLE, 0, 0, 0, 0) }

func dumpable() bool {
	yes, err := unix.PrctlRetInt(unix.PR_GET_DUMPABLE, 0, 0, 0, 0)
	return err != nil || yes != 0
}

// limitHolds reports whether a limit of nought keeps a core from being written: one that
// is piped to a program is not held to it (core(5), "Piping core dumps to a program").
func limitHolds() bool {
	pattern, err := os.ReadFile("/proc/sys/kernel/core_pattern")
	return err == nil && !bytes.HasPrefix(pattern, []byte("|"))
}
