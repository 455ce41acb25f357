//go:build unix

package main

import "syscall"

// hardenProcess turns core dumps off: memory holds card data for a while, and a
// dump would put it on disk. A system that refuses changes nothing else.
func hardenProcess() {
	_ = syscall.Setrlimit(syscall.RLIMIT_CORE, &syscall.Rlimit{})
}
