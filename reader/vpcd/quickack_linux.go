package vpcd

import (
	"net"
	"syscall"
)

// quickAck gives the function that has the next read acknowledged at once. The
// reader writes the length and the payload in two pieces, and without it the
// second waits for the delayed acknowledgement of the first: 48 ms an APDU.
// The kernel forgets the option again and again, so it is set before each read.
func quickAck(conn net.Conn) func() {
	tcp, ok := conn.(*net.TCPConn)
	if !ok {
		return nil
	}
	raw, err := tcp.SyscallConn()
	if err != nil {
		return nil
	}
	return func() {
		// Without the option it is only slow.
		_ = raw.Control(func(fd uintptr) {
			_ = syscall.SetsockoptInt(int(fd), syscall.IPPROTO_TCP, syscall.TCP_QUICKACK, 1)
		})
	}
}
