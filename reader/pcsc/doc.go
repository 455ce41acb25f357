// Package pcsc talks to PC/SC smart-card readers. It is the only package that
// knows the PC/SC library. [Port] is the readers as the terminal wants them,
// [Check] the short question whether there are any.
//
// The real thing is built with cgo on Linux and macOS and without it on
// Windows. Everywhere else, and under the build tag nopcsc (for a Linux machine
// without the libpcsclite headers), a stub answers [Disabled].
//
// No call blocks for longer than its limit or its context: a smart-card service
// that hangs must not hang the terminal. A call into the library cannot be
// stopped, so each context of the service belongs to one goroutine, which makes
// all its calls, and whoever gives up waiting leaves that goroutine behind. It
// cleans up when the call returns, and how many may be so left is bounded.
//
// What is decided is in plain functions over plain data: what a state means
// (table.go), what an error means (code.go), what follows an answer
// (exchange.go), what a reader can do (feature.go). The library is behind a
// small interface (library.go), and scard.go is all that calls it.
//
// Nothing here prints what goes to a card or comes from it.
package pcsc
