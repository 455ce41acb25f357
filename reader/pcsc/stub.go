//go:build nopcsc || !(windows || (cgo && (linux || darwin)))

package pcsc

var (
	systemPort    port
	systemLibrary library
)
