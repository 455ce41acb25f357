// Package pcsc talks to PC/SC smart-card readers. It is the only package that
// knows the PC/SC library.
//
// The real thing is built with cgo on Linux and macOS and without it on
// Windows. Everywhere else, and under the build tag nopcsc (for a Linux machine
// without the libpcsclite headers), a stub answers [Disabled].
//
// No call blocks for longer than its limit: a smart-card service that hangs
// must not hang the terminal.
package pcsc
