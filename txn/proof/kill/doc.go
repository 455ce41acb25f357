// Package kill is the third tier of the proof of the money law: real processes
// that really die.
//
// It drives the built program as a cashier would, through its line dialogue, on
// real data folders and against a real host process with faults of its own. It
// kills the terminals with SIGKILL, SIGHUP and SIGTERM some milliseconds after
// any line of the dialogue, kills the host, fills disks and makes writes fail
// with EIO. Between rounds everything heals: each terminal is started again,
// delivers what it owes, makes one more sale and ends; the host ends. Then the
// journals and the host's ledger are opened and held against [proof.Check], the
// journals' chains are verified, and every byte left behind is searched for the
// card numbers that were keyed.
//
// What a terminal is and may do comes from a seed, a life at a time. When the
// processes are scheduled does not: a run cannot be repeated exactly, only its
// dice can. What SIGKILL cannot show is a sync that is missing, since the system
// keeps what a dead process wrote: that is what the tier below is for.
//
// # How a disk fails here
//
// A full disk is a file system of its own in memory, where one may be mounted.
// EIO is a seccomp filter put on the process before the program begins: the
// kernel itself refuses pwrite past an offset, or the sync of one file
// descriptor. It needs no root and no device, works on a static binary, and the
// program cannot tell it from a bad disk. It is for Linux on amd64 and arm64.
// What is not available is said and counted as skipped, never passed over.
package kill
