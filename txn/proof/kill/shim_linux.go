//go:build linux && (amd64 || arm64)

package kill

import (
	"fmt"
	"os"
	"runtime"
	"syscall"
	"unsafe"
)

// canFail says that writes can be made to fail here.
const canFail = true

// Of <linux/prctl.h>, <linux/seccomp.h> and <linux/bpf_common.h>.
const (
	prSetNoNewPrivs   = 38
	prSetSeccomp      = 22
	seccompModeFilter = 2
	retAllow          = 0x7fff0000
	retErrno          = 0x00050000

	loadWord = 0x20 // BPF_LD | BPF_W | BPF_ABS
	jumpSame = 0x15 // BPF_JMP | BPF_JEQ | BPF_K
	jumpMore = 0x35 // BPF_JMP | BPF_JGE | BPF_K
	giveBack = 0x06 // BPF_RET | BPF_K

	// In struct seccomp_data, little-endian: the number, and the low words of the
	// first and the fourth argument.
	dataNumber, dataFirst, dataFourth = 0, 16, 40
)

// Shim turns a process started for it into the program under proof, with a
// filter the kernel puts between the two. In any other process it returns at
// once. Call it first in main.
func Shim() {
	text, ok := os.LookupEnv(shimVariable)
	if !ok {
		return
	}
	fail := func(err error) {
		fmt.Fprintln(os.Stderr, "fatal error: shim:", err)
		os.Exit(127)
	}
	offset, descriptor, err := parseFilter(text)
	if err != nil || len(os.Args) < 2 {
		fail(err)
	}
	_ = os.Unsetenv(shimVariable)
	runtime.LockOSThread() // the filter is the thread's, and the program takes over this thread
	if err := install(filter(offset, descriptor)); err != nil {
		fail(err)
	}
	fail(syscall.Exec(os.Args[1], os.Args[1:], os.Environ())) //nolint:gosec // the program under proof
}

// filter refuses pwrite64 at or past an offset and the sync of a descriptor.
func filter(offset, descriptor uint32) []syscall.SockFilter {
	return []syscall.SockFilter{
		{Code: loadWord, K: dataNumber},
		{Code: jumpSame, K: syscall.SYS_PWRITE64, Jt: 6},
		{Code: jumpSame, K: syscall.SYS_FSYNC, Jt: 2},
		{Code: jumpSame, K: syscall.SYS_FDATASYNC, Jt: 1},
		{Code: giveBack, K: retAllow},
		{Code: loadWord, K: dataFirst},
		{Code: jumpSame, K: descriptor, Jt: 3},
		{Code: giveBack, K: retAllow},
		{Code: loadWord, K: dataFourth},
		{Code: jumpMore, K: offset, Jf: 1},
		{Code: giveBack, K: retErrno | uint32(syscall.EIO)},
		{Code: giveBack, K: retAllow},
	}
}

func install(program []syscall.SockFilter) error {
	if _, _, e := syscall.RawSyscall6(syscall.SYS_PRCTL, prSetNoNewPrivs, 1, 0, 0, 0, 0); e != 0 {
		return fmt.Errorf("no new privileges: %w", e)
	}
	p := syscall.SockFprog{Len: uint16(len(program)), Filter: &program[0]}                                         //nolint:gosec // a dozen
	_, _, e := syscall.RawSyscall(syscall.SYS_PRCTL, prSetSeccomp, seccompModeFilter, uintptr(unsafe.Pointer(&p))) //nolint:gosec // the call takes a pointer
	if e != 0 {
		return fmt.Errorf("filter: %w", e)
	}
	return nil
}
