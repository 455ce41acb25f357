package host_test

import (
	"context"
	"errors"
	"net"
	"testing"
	"time"

	"vpos/txn"
	"vpos/txn/host"
	"vpos/txn/host/sim"
)

func TestNothingWritten(t *testing.T) {
	c := codec(t)
	ln := listen(t)
	address := ln.Addr().String()
	if err := ln.Close(); err != nil {
		t.Fatal(err)
	}
	l := link(t, host.LinkOptions{Codec: c, Address: address})
	bad := sale(t)
	bad.STAN = 0
	for name, r := range map[string]txn.Request{"no host": sale(t), "no message": bad} {
		err := l.Send(context.Background(), r)
		var failed *host.SendError
		if !errors.As(err, &failed) || failed.Written {
			t.Errorf("%s: %v", name, err)
		}
	}
	silence(t, l, 10*time.Millisecond)
	if err := l.Close(); err != nil {
		t.Fatal(err)
	}
	if err := l.Send(context.Background(), sale(t)); !errors.Is(err, host.ErrLinkClosed) {
		t.Errorf("after close: %v", err)
	}
}

func TestDialTimeoutAndCancel(t *testing.T) {
	hang := func(ctx context.Context, _ string) (net.Conn, error) {
		<-ctx.Done()
		return nil, ctx.Err()
	}
	c := codec(t)
	l := link(t, host.LinkOptions{Codec: c, Address: "x:1", Dial: hang, ConnectTimeout: 20 * time.Millisecond})
	if err := l.Send(context.Background(), sale(t)); !errors.Is(err, context.DeadlineExceeded) {
		t.Errorf("time-out: %v", err)
	}
	l = link(t, host.LinkOptions{Codec: c, Address: "x:1", Dial: hang})
	ctx, cancel := context.WithTimeout(context.Background(), 20*time.Millisecond)
	defer cancel()
	if err := l.Send(ctx, sale(t)); !errors.Is(err, context.DeadlineExceeded) {
		t.Errorf("cancelled: %v", err)
	}
	go func() {
		time.Sleep(20 * time.Millisecond)
		_ = l.Close()
	}()
	if err := l.Send(context.Background(), sale(t)); !errors.Is(err, context.Canceled) {
		t.Errorf("close during the dial: %v", err)
	}
}

// A connection the host closed while nothing was under way is noticed before a
// sale is written on it. The inbox is not read meanwhile, as when the machine
// is busy, and the stale LinkLost must not come afterwards.
func TestIdleCloseIsNoticedBeforeASale(t *testing.T) {
	for name, reset := range map[string]bool{"closed": false, "reset": true} {
		t.Run(name, func(t *testing.T) {
			c := codec(t)
			ln := listen(t)
			defer func() { _ = ln.Close() }()
			l := link(t, host.LinkOptions{Codec: c, Address: ln.Addr().String(), ReadTimeout: 5 * time.Second})
			for i := range 50 {
				accepted := make(chan net.Conn, 1)
				go func() {
					conn, err := ln.Accept()
					if err == nil {
						accepted <- conn
					}
				}()
				r := sale(t)
				r.STAN = txn.STAN(i + 1)
				send(t, l, r)
				var conn net.Conn
				select {
				case conn = <-accepted:
				case <-time.After(patience):
					t.Fatal("the sale was written on a dead connection")
				}
				answer(t, c, conn)
				if got := nextReply(t, l); got.STAN != r.STAN {
					t.Fatalf("%+v", got)
				}
				if tcp, ok := conn.(*net.TCPConn); ok && reset {
					_ = tcp.SetLinger(0)
				}
				_ = conn.Close()
			}
		})
	}
}

// answer reads one request and approves it.
func answer(t *testing.T, c *host.Codec, conn net.Conn) {
	t.Helper()
	f := c.Profile().Framing
	raw, tpdu, err := host.NewFramer(conn, f).Next()
	if err != nil {
		t.Fatal(err)
	}
	r, err := c.UnpackRequest(raw, evening, nil)
	if err != nil {
		t.Fatal(err)
	}
	raw, err = c.PackReply(r, approval(r), nil)
	if err != nil {
		t.Fatal(err)
	}
	frame, err := f.Append(nil, tpdu.Answer(), raw)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := conn.Write(frame); err != nil {
		t.Fatal(err)
	}
}

func TestIdleLossSaysNothingWasOpen(t *testing.T) {
	c := codec(t)
	s, address := simulate(t, c)
	l := link(t, host.LinkOptions{Codec: c, Address: address})
	send(t, l, manage(txn.OpEcho))
	nextReply(t, l)
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	if got := next(t, l); got != (txn.LinkLost{Code: txn.HostLost}) {
		t.Errorf("got %#v", got)
	}
}

func TestHangUpSaysNothing(t *testing.T) {
	c := codec(t)
	s, address := simulate(t, c)
	s.Arm(sim.Fault{Do: sim.FaultSilent})
	l := link(t, host.LinkOptions{Codec: c, Address: address})
	l.HangUp() // nothing to hang up
	send(t, l, sale(t))
	l.HangUp()
	l.HangUp()
	silence(t, l, 30*time.Millisecond)
}

// stuck is a connection that takes some bytes and fails.
type stuck struct {
	net.Conn
	take int
}

func (s *stuck) Write(b []byte) (int, error) {
	if s.take < len(b) {
		n, _ := s.Conn.Write(b[:s.take])
		return n, errors.New("stuck")
	}
	n, err := s.Conn.Write(b)
	if err != nil {
		return n, err //nolint:wrapcheck // a test
	}
	return n, nil
}

func TestWrittenIsWhetherAByteLeft(t *testing.T) {
	for take, written := range map[int]bool{0: false, 1: true, 100: true} {
		dials := 0
		near, far := net.Pipe()
		go func() { _, _ = far.Read(make([]byte, 4096)) }()
		l := link(t, host.LinkOptions{
			Codec: codec(t), Address: "x:1",
			Dial: func(context.Context, string) (net.Conn, error) {
				if dials++; dials > 1 {
					return nil, errors.New("no second")
				}
				return &stuck{near, take}, nil
			},
		})
		err := l.Send(context.Background(), sale(t))
		var failed *host.SendError
		if !errors.As(err, &failed) || failed.Written != written {
			t.Errorf("%d bytes: %v, %+v", take, err, failed)
		}
		_ = far.Close()
		silence(t, l, 10*time.Millisecond)
		if err := l.Send(context.Background(), sale(t)); err == nil || dials != 2 {
			t.Errorf("%d bytes: the broken connection was kept: %d dials, %v", take, dials, err)
		}
	}
}

// A peer that takes nothing: the write ends by its time-out.
func TestWriteTimeout(t *testing.T) {
	near, far := net.Pipe()
	defer func() { _ = far.Close() }()
	l := link(t, host.LinkOptions{
		Codec: codec(t), Address: "x:1", WriteTimeout: 20 * time.Millisecond,
		Dial: func(context.Context, string) (net.Conn, error) { return near, nil },
	})
	var failed *host.SendError
	if err := l.Send(context.Background(), sale(t)); !errors.As(err, &failed) || failed.Written {
		t.Errorf("%v", err)
	}
}

// Half a frame lies there for good: the next request is not written behind it, where its
// reply would be taken for the rest, but on a connection of its own.
func TestNothingBehindHalfAFrame(t *testing.T) {
	c := codec(t)
	ln := listen(t)
	done := make(chan struct{})
	t.Cleanup(func() { _ = ln.Close(); <-done })
	go func() {
		defer close(done)
		for n := range 2 {
			conn, err := ln.Accept()
			if err != nil {
				return
			}
			defer func() { _ = conn.Close() }()
			raw, _, err := host.NewFramer(conn, c.Profile().Framing).Next()
			if err != nil {
				t.Errorf("host: %v", err)
				return
			}
			r, err := c.UnpackRequest(raw, evening, nil)
			if err != nil {
				t.Errorf("host: %v", err)
				return
			}
			answer, err := c.PackReply(r, approval(r), nil)
			if err != nil {
				t.Errorf("host: %v", err)
				return
			}
			frame, err := c.Profile().Framing.Append(nil, host.TPDU{}, answer)
			if err != nil {
				t.Errorf("host: %v", err)
				return
			}
			if n == 0 {
				frame = frame[:len(frame)/2]
			}
			_, _ = conn.Write(frame)
		}
	}()
	l := link(t, host.LinkOptions{Codec: c, Address: ln.Addr().String(), ReadTimeout: 5 * time.Second})
	first := sale(t)
	send(t, l, first)
	time.Sleep(700 * time.Millisecond)
	second := sale(t)
	second.STAN++
	send(t, l, second)
	if got := nextReply(t, l); got.STAN != second.STAN || got.Code != "00" {
		t.Errorf("%+v", got)
	}
}
