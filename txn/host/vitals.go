package host

import (
	"context"
	"crypto/tls"
	"errors"
	"fmt"
	"sync"
	"time"

	"vpos/txn"
)

// Vitals is what a link has noticed by the way, for the device check. It keeps no
// message and nothing of what one was about.
type Vitals struct {
	Tried     time.Time     // when something was sent last, or failed to be; zero for never
	Err       error         // why that failed; nil when the bytes left
	Heard     time.Time     // when the newest reply came; zero for never
	RoundTrip time.Duration // of that reply; zero where it answered nothing we had open
	Told      time.Time     // the newest time a host put into a reply, in our zone and to the second; zero for none
	ToldAt    time.Time     // our time when it came
	Connect   time.Duration // of the newest connection, its TLS handshake with it
	Peer      *Peer         // who is at its other end; nil for plain TCP and before the first
}

// Peer is who a TLS connection found at its other end.
type Peer struct {
	Version string    // of the protocol
	Subject string    // of the certificate; outside text
	Expires time.Time // when that ends
}

// Ahead is how much the host's clock is before ours; known is false where no reply has
// told it. A message tells whole seconds, so half of one is added; and it was on its
// way, for half of the round trip.
func (v Vitals) Ahead() (offset time.Duration, known bool) {
	if v.Told.IsZero() {
		return 0, false
	}
	return v.Told.Add(time.Second / 2).Sub(v.ToldAt.Round(0).Add(-v.RoundTrip / 2)), true
}

// watch is where a link keeps its Vitals.
type watch struct {
	mu   sync.Mutex
	seen Vitals
	sent map[exchange]time.Time // requests without a reply, when they left
}

// watchMax bounds what is waited for: a link has one request open, and the others are
// those nobody will answer any more.
const watchMax = 16

// Vitals is what the link has noticed until now.
func (l *Link) Vitals() Vitals {
	l.watch.mu.Lock()
	defer l.watch.mu.Unlock()
	return l.watch.seen
}

// leaving notes a request before its first byte, and what became of sending it after.
func (w *watch) leaving(x exchange, now time.Time) {
	w.mu.Lock()
	defer w.mu.Unlock()
	if w.sent == nil || len(w.sent) >= watchMax {
		w.sent = map[exchange]time.Time{}
	}
	w.sent[x] = now
}

func (w *watch) left(err error, now time.Time) {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.seen.Tried, w.seen.Err = now, err
}

// heard notes a reply. One whose MAC is wrong is no word of the host's.
func (w *watch) heard(r *txn.Reply, now time.Time) {
	if r.BadMAC {
		return
	}
	w.mu.Lock()
	defer w.mu.Unlock()
	x := exchange{r.Op, r.STAN}
	w.seen.Heard, w.seen.RoundTrip = now, 0
	if at, ok := w.sent[x]; ok {
		w.seen.RoundTrip = now.Sub(at)
		delete(w.sent, x)
	}
	if !r.HostAt.IsZero() {
		w.seen.Told, w.seen.ToldAt = r.HostAt, now
	}
}

// connected notes a connection.
func (w *watch) connected(c *connection, took time.Duration) {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.seen.Connect, w.seen.Peer = took, peerOf(c)
}

func peerOf(c *connection) *Peer {
	secured, ok := c.stream.(*tls.Conn)
	if !ok {
		return nil
	}
	state := secured.ConnectionState()
	p := &Peer{Version: tls.VersionName(state.Version)}
	if len(state.PeerCertificates) > 0 {
		p.Subject, p.Expires = state.PeerCertificates[0].Subject.String(), state.PeerCertificates[0].NotAfter
	}
	return p
}

// ErrNoAnswer: the host took a message and did not answer in time.
var ErrNoAnswer = errors.New("no answer")

// Probe connects to a host as a link does, asks one thing of it, and hangs up. The
// request is an echo: nothing is charged and nothing is written down. It returns what
// was noticed and the response code. The error is of the connection ([*SendError]) or
// [ErrNoAnswer]; what was noticed before it is told with it.
func Probe(ctx context.Context, o LinkOptions, r txn.Request) (v Vitals, code string, err error) {
	l, err := NewLink(o)
	if err != nil {
		return v, "", err
	}
	defer func() { _ = l.Close() }() // it never fails
	if err := l.Send(ctx, r); err != nil {
		return l.Vitals(), "", err
	}
	for {
		select {
		case e := <-l.Inbox():
			switch e := e.(type) {
			case txn.Replied:
				if e.Reply.Op == r.Op && e.Reply.STAN == r.STAN {
					return l.Vitals(), e.Reply.Code, nil
				}
			case txn.LinkLost:
				return l.Vitals(), "", fmt.Errorf("%w: %s", ErrNoAnswer, e.Code)
			}
		case <-ctx.Done():
			return l.Vitals(), "", fmt.Errorf("%w: %w", ErrNoAnswer, context.Cause(ctx))
		}
	}
}
