// Package pcscd runs a smart-card service for a test: the real pcscd with
// virtual readers, into which package vpcd inserts cards. It is for Linux tests
// and empty elsewhere.
//
// There is one service a machine, at a fixed socket, so tests of all packages
// take turns by a lock file. Where a service runs that is not ours, or pcscd or
// its virtual readers are not installed, or the rights are missing, the test is
// skipped and says what to do; with VPOS_PCSCD=required in the environment it
// fails instead.
//
// The virtual readers listen on every interface and ask nobody who they are, so
// a service is stopped as soon as its test is over, also when the test dies.
package pcscd
