package host

import (
	"errors"
	"fmt"
	"net"
	"sync"
	"sync/atomic"
	"time"

	"vpos/txn"
)

// exchange names a request on a connection.
type exchange struct {
	op   txn.Op
	stan txn.STAN
}

// connection is one connection of a link, from its dialling to its end.
type connection struct {
	raw    *countingConn
	stream net.Conn // raw, or TLS over it
	write1 time.Duration
	read1  time.Duration

	gone chan struct{} // closed when the link let go of it on purpose
	once sync.Once
	dead atomic.Bool  // its reader has ended
	part atomic.Int64 // when the frame began that is not whole yet, Unix nanoseconds; zero between frames

	mu   sync.Mutex
	open exchange // the last request without a reply; zero for none
}

func newConnection(raw net.Conn, o LinkOptions) *connection {
	counted := &countingConn{Conn: raw}
	return &connection{
		raw: counted, stream: counted, gone: make(chan struct{}),
		write1: o.WriteTimeout, read1: o.ReadTimeout,
	}
}

// write sends one frame. written says whether any byte of it, or of the TLS
// record it is in, may have left.
func (c *connection) write(frame []byte, x exchange) (written bool, err error) {
	c.mu.Lock()
	before := c.open
	c.open = x // before the first byte: the reply may be faster than this goroutine
	c.mu.Unlock()
	if err = c.stream.SetWriteDeadline(time.Now().Add(c.write1)); err == nil {
		from := c.raw.out.Load()
		_, err = c.stream.Write(frame)
		written = c.raw.out.Load() != from
	}
	if err != nil && !written {
		c.mu.Lock()
		c.open = before
		c.mu.Unlock()
	}
	if err != nil {
		err = fmt.Errorf("frame: %w", err)
	}
	return written, err
}

// next reads one message. There is no limit to the wait for its first byte, and
// one for the rest.
func (c *connection) next(f *Framer) ([]byte, error) {
	if err := c.stream.SetReadDeadline(time.Time{}); err != nil {
		return nil, fmt.Errorf("deadline: %w", err)
	}
	if err := f.Wait(); err != nil {
		return nil, err
	}
	now := time.Now()
	c.part.Store(now.UnixNano())
	defer c.part.Store(0)
	if err := c.stream.SetReadDeadline(now.Add(c.read1)); err != nil {
		return nil, fmt.Errorf("deadline: %w", err)
	}
	raw, _, err := f.Next()
	return raw, err
}

// answered takes note of a reply.
func (c *connection) answered(x exchange) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.open == x {
		c.open = exchange{}
	}
}

// waiting is the last request without a reply.
func (c *connection) waiting() exchange {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.open
}

// The wait for the reader to take what has arrived, before a request is
// written: the end of the connection may lie behind it.
const (
	drainSteps = 20
	drainStep  = time.Millisecond
)

// stallTime is how long a frame may be on its way before nothing is written behind it:
// whatever came next would be taken for its rest.
const stallTime = 500 * time.Millisecond

// stalled reports whether half a frame has been lying there.
func (c *connection) stalled() bool {
	began := c.part.Load()
	return began != 0 && time.Since(time.Unix(0, began)) > stallTime
}

// alive reports whether the peer has not closed the connection, as far as can
// be known before writing, and is not stuck in the middle of a frame. The reader learns it a moment after the kernel, so
// the kernel is asked as well; where it cannot be asked the reader has to do.
func (c *connection) alive() bool {
	for range drainSteps {
		if c.dead.Load() || c.stalled() {
			return false
		}
		switch peek(c.raw.Conn) {
		case peekEnded:
			return false
		case peekQuiet:
			return !c.dead.Load()
		case peekData: // a TLS farewell, or an unasked message
			time.Sleep(drainStep)
		}
	}
	return !c.dead.Load()
}

// peeked is what the kernel says of a connection.
type peeked int

const (
	peekQuiet peeked = iota // open, nothing to read; also where it cannot be asked
	peekData                // something to read
	peekEnded               // closed or reset by the peer
)

func (c *connection) markDead() { c.dead.Store(true) }

// close lets go of the connection on purpose.
func (c *connection) close() {
	c.once.Do(func() { close(c.gone) })
	c.closeStream()
}

// closeStream closes the socket under TLS too, without waiting for a peer to
// take a farewell.
func (c *connection) closeStream() { _ = c.raw.Close() }

// alerted reports whether the peer ended a connection with a TLS alert: it refuses our
// certificate, say, which it only tells after the handshake (RFC 8446, 4.4.2.4).
func alerted(err error) bool {
	op, ok := errors.AsType[*net.OpError](err)
	return ok && op.Op == "remote error" // so crypto/tls names what is the peer's
}

// countingConn counts the bytes that went out, below TLS.
type countingConn struct {
	net.Conn
	out atomic.Int64
}

// Write counts what it wrote.
func (c *countingConn) Write(b []byte) (int, error) {
	n, err := c.Conn.Write(b)
	c.out.Add(int64(n))
	return n, err //nolint:wrapcheck // a net.Conn gives the connection's own errors
}
