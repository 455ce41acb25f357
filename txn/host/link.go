package host

import (
	"context"
	"crypto/tls"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net"
	"sync"
	"time"

	"vpos/txn"
	"vpos/txn/host/keys"
)

// LinkOptions is what a link is told once. Address and Codec are needed, the
// rest has defaults.
type LinkOptions struct {
	Codec   *Codec
	Address string // host:port

	// Keys seal and sign what is sent and check what comes. Nil where the profile
	// has no key rules.
	Keys *keys.Session

	// TLS is nil for plain TCP. Its ServerName defaults to the host of Address.
	TLS *tls.Config

	ConnectTimeout time.Duration // dialling and the TLS handshake; default 10 s
	WriteTimeout   time.Duration // one message out; default 5 s
	ReadTimeout    time.Duration // from the first byte of a message in to its last; default 5 s

	// Dial replaces the TCP dialler, for an embedded host and for tests.
	Dial func(ctx context.Context, address string) (net.Conn, error)
	// Now is the present in the terminal's zone; it only supplies the year that
	// field 13 lacks. Default time.Now.
	Now func() time.Time
	// Log takes connections made and lost, and why; never a message. Default none.
	Log *slog.Logger
}

// Link is the terminal's one connection to its acquirer. It dials when there is
// something to send, keeps the connection, reads it all the time, and hands
// over whatever arrives; it neither matches nor repeats nor waits for replies,
// and leaves the pauses between tries to the machine.
type Link struct {
	o     LinkOptions
	inbox chan txn.Event
	done  context.Context
	stop  context.CancelFunc

	sending sync.Mutex // one Send at a time

	mu     sync.Mutex
	conn   *connection // nil when there is none
	closed bool
	wg     sync.WaitGroup

	watch watch // what is noticed by the way
}

// SendError says that a request was not, or not wholly, sent.
type SendError struct {
	Written bool // some byte may have left: what it asked for may happen
	Err     error
}

// Error is the cause.
func (e *SendError) Error() string { return "send: " + e.Err.Error() }

// Unwrap gives the cause: a [*FieldError] when there was no message to send.
func (e *SendError) Unwrap() error { return e.Err }

// MayHaveWritten is Written, in the words of the engine's port.
func (e *SendError) MayHaveWritten() bool { return e.Written }

// ErrLinkClosed is the cause of every Send after Close.
var ErrLinkClosed = errors.New("link closed")

// NewLink makes a link. Nothing is dialled before the first Send.
func NewLink(o LinkOptions) (*Link, error) {
	if o.Codec == nil {
		return nil, errors.New("link: no codec")
	}
	orElse(&o.ConnectTimeout, 10*time.Second)
	orElse(&o.WriteTimeout, 5*time.Second)
	orElse(&o.ReadTimeout, 5*time.Second)
	if o.Now == nil {
		o.Now = time.Now
	}
	if o.Log == nil {
		o.Log = slog.New(slog.DiscardHandler)
	}
	if o.Dial == nil {
		var d net.Dialer
		o.Dial = func(ctx context.Context, address string) (net.Conn, error) {
			conn, err := d.DialContext(ctx, "tcp", address)
			if err != nil {
				return nil, fmt.Errorf("tcp: %w", err)
			}
			return conn, nil
		}
	}
	done, stop := context.WithCancel(context.Background())
	return &Link{o: o, inbox: make(chan txn.Event), done: done, stop: stop}, nil
}

func orElse(d *time.Duration, def time.Duration) {
	if *d <= 0 {
		*d = def
	}
}

// Inbox is where [txn.Replied] and [txn.LinkLost] arrive. It must be drained; it
// is closed by Close. A reply to nothing is delivered too. A LinkLost is about
// the connection that broke by itself: none follows a failed Send, HangUp or
// Close, and none is kept for a connection that has been replaced.
func (l *Link) Inbox() <-chan txn.Event { return l.inbox }

// Send writes one request, dialling first where there is no live connection. It
// returns once the bytes are with the operating system, or a [*SendError]. The
// request's secrets are read before it returns and not kept.
func (l *Link) Send(ctx context.Context, r txn.Request) error {
	l.sending.Lock()
	defer l.sending.Unlock()
	codec := l.o.Codec
	raw, err := codec.PackRequest(r, l.o.Keys)
	if err != nil {
		return &SendError{Err: err}
	}
	framing := codec.profile.Framing
	frame, err := framing.Append(make([]byte, 0, len(raw)+16), framing.Header(), raw)
	clear(raw)
	defer clear(frame)
	if err != nil {
		return &SendError{Err: err}
	}
	c, err := l.connect(ctx)
	if err != nil {
		l.watch.left(err, l.o.Now())
		return &SendError{Err: fmt.Errorf("connect: %w", err)}
	}
	l.watch.leaving(exchange{r.Op, r.STAN}, l.o.Now())
	written, err := c.write(frame, exchange{r.Op, r.STAN})
	l.watch.left(err, l.o.Now())
	if err != nil {
		l.drop(c)
		return &SendError{Written: written, Err: fmt.Errorf("write: %w", err)}
	}
	return nil
}

// HangUp closes the connection, if there is one. The next Send dials again.
func (l *Link) HangUp() {
	l.mu.Lock()
	c := l.conn
	l.mu.Unlock()
	if c != nil {
		l.drop(c)
	}
}

// Close hangs up, ends every goroutine of the link and closes the inbox.
func (l *Link) Close() error {
	l.mu.Lock()
	if l.closed {
		l.mu.Unlock()
		return nil
	}
	l.closed = true
	l.mu.Unlock()
	l.stop()
	l.HangUp()
	l.wg.Wait()
	close(l.inbox)
	return nil
}

// connect gives the live connection, or a new one.
func (l *Link) connect(ctx context.Context) (*connection, error) {
	l.mu.Lock()
	c, closed := l.conn, l.closed
	l.mu.Unlock()
	switch {
	case closed:
		return nil, ErrLinkClosed
	case c != nil && c.alive():
		return c, nil
	case c != nil:
		l.drop(c)
	}
	ctx, cancel := context.WithTimeout(ctx, l.o.ConnectTimeout)
	defer cancel()
	defer context.AfterFunc(l.done, cancel)()
	begun := l.o.Now()
	c, err := l.dial(ctx)
	if err != nil {
		return nil, err
	}
	l.watch.connected(c, l.o.Now().Sub(begun))
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.closed {
		c.close()
		return nil, ErrLinkClosed
	}
	l.conn = c
	l.wg.Add(1)
	go l.read(c)
	l.o.Log.Debug("host connected", "address", l.o.Address)
	return c, nil
}

// dial makes a connection, with TLS on it where wanted.
func (l *Link) dial(ctx context.Context) (*connection, error) {
	raw, err := l.o.Dial(ctx, l.o.Address)
	if err != nil {
		return nil, fmt.Errorf("dial: %w", err)
	}
	c := newConnection(raw, l.o)
	if l.o.TLS == nil {
		return c, nil
	}
	config := l.o.TLS.Clone()
	if config.ServerName == "" {
		config.ServerName, _, _ = net.SplitHostPort(l.o.Address)
	}
	secured := tls.Client(c.raw, config)
	if err := secured.HandshakeContext(ctx); err != nil {
		c.close()
		return nil, fmt.Errorf("TLS: %w", err)
	}
	c.stream = secured
	return c, nil
}

// drop closes a connection on purpose: it is gone, and no LinkLost is made.
func (l *Link) drop(c *connection) {
	l.mu.Lock()
	if l.conn == c {
		l.conn = nil
	}
	l.mu.Unlock()
	c.close()
}

// read hands over what a connection brings until it ends.
func (l *Link) read(c *connection) {
	defer l.wg.Done()
	code, err := l.deliver(c)
	c.markDead()
	waiting := c.waiting()
	level := slog.LevelDebug
	if alerted(err) {
		level = slog.LevelWarn
	}
	l.o.Log.Log(l.done, level, "host connection ended", "why", err)
	c.closeStream()
	select { // a connection dropped on purpose, or replaced meanwhile, says nothing
	case <-c.gone:
		return
	default:
	}
	select {
	case l.inbox <- txn.LinkLost{Code: code, Op: waiting.op, STAN: waiting.stan}:
	case <-c.gone:
	case <-l.done.Done():
	}
}

// deliver reads messages until the connection or its peer's sense ends.
func (l *Link) deliver(c *connection) (txn.Code, error) {
	framer := NewFramer(c.stream, l.o.Codec.profile.Framing)
	for {
		raw, err := c.next(framer)
		switch {
		case errors.Is(err, ErrFrame):
			return txn.HostGarbage, err
		case err != nil:
			return txn.HostLost, err
		}
		reply, err := l.o.Codec.UnpackReply(raw, l.o.Now(), l.o.Keys)
		clear(raw)
		if err != nil {
			return txn.HostGarbage, err
		}
		l.load(&reply)
		l.watch.heard(&reply, l.o.Now())
		c.answered(exchange{reply.Op, reply.STAN})
		select {
		case l.inbox <- txn.Replied{Reply: reply}:
		case <-l.done.Done():
			return txn.HostLost, io.EOF
		}
	}
}

// load takes the session keys of a sign-on before anyone is told of it, so that
// the next request is sealed under them. A reply whose keys fail their check is
// as little to be believed as one whose MAC does: whoever asked signs on again. So is
// one without keys, where there are none yet and messages need them.
func (l *Link) load(reply *txn.Reply) {
	if reply.BadMAC || l.o.Keys == nil || !txn.Approves(reply.Code) {
		return
	}
	if len(reply.Keys) == 0 {
		if reply.Op == txn.OpSignOn && !l.o.Keys.Ready() {
			reply.BadMAC = true
			l.o.Log.Warn("a sign-on without session keys")
		}
		return
	}
	if err := l.o.Keys.Load(reply.Keys); err != nil {
		reply.BadMAC = true
		l.o.Log.Warn("session keys refused", "why", err)
	}
}
