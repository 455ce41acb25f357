//go:build unix

package main

import (
	"syscall"

	"vpos/txn/health"
)

// hardenProcess turns core dumps off: memory holds card data for a while, and a
// dump would put it on disk. A system that refuses changes nothing else.
func hardenProcess() {
	_ = syscall.Setrlimit(syscall.RLIMIT_CORE, &syscall.Rlimit{})
	undumpable()
}

// dumps says whether a crash of this process could be written to the disk.
func dumps() health.Finding {
	var limit syscall.Rlimit
	if err := syscall.Getrlimit(syscall.RLIMIT_CORE, &limit); err != nil {
		return found(health.DumpsUnknown, health.NotApplicable)
	}
	if limit.Cur == 0 && limitHolds() || !dumpable() {
		return found(health.DumpsOff, health.Good)
	}
	return found(health.DumpsOn, health.Warning)
}
