//go:build unix

package host

import (
	"errors"
	"net"
	"syscall"
)

// peek asks the kernel what lies next on a socket without taking it. It runs
// beside the reader, which holds the read lock but not the control lock.
func peek(conn net.Conn) peeked {
	s, ok := conn.(syscall.Conn)
	if !ok {
		return peekQuiet
	}
	raw, err := s.SyscallConn()
	if err != nil {
		return peekEnded
	}
	state := peekQuiet
	err = raw.Control(func(fd uintptr) {
		var one [1]byte
		n, _, err := syscall.Recvfrom(int(fd), one[:], syscall.MSG_PEEK|syscall.MSG_DONTWAIT)
		switch {
		case errors.Is(err, syscall.EAGAIN), errors.Is(err, syscall.EINTR):
		case err != nil, n == 0:
			state = peekEnded
		default:
			state = peekData
		}
	})
	if err != nil {
		return peekEnded
	}
	return state
}
