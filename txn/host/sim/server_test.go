package sim_test

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net"
	"strings"
	"sync"
	"testing"
	"time"

	"vpos/txn"
	"vpos/txn/host"
	"vpos/txn/host/sim"
)

// dial is a bare terminal: the link's own tests are beside it.
func dial(t *testing.T, address string) net.Conn {
	t.Helper()
	conn, err := net.Dial("tcp", address)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = conn.Close() })
	return conn
}

func serve(t *testing.T, s *sim.Server) (address string, stop context.CancelFunc, served <-chan error) {
	t.Helper()
	ln, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithCancel(context.Background())
	done := make(chan error, 1)
	go func() { done <- s.Serve(ctx, ln) }()
	t.Cleanup(func() { cancel(); shut(t, s) })
	return ln.Addr().String(), cancel, done
}

// ask sends a request and reads the reply.
func ask(conn net.Conn, c *host.Codec, r *txn.Request) (txn.Reply, error) {
	raw, err := c.PackRequest(*r, nil)
	if err != nil {
		return txn.Reply{}, fmt.Errorf("pack: %w", err)
	}
	framing := c.Profile().Framing
	frame, err := framing.Append(nil, framing.Header(), raw)
	if err != nil {
		return txn.Reply{}, fmt.Errorf("frame: %w", err)
	}
	if _, err := conn.Write(frame); err != nil {
		return txn.Reply{}, fmt.Errorf("write: %w", err)
	}
	if raw, _, err = host.NewFramer(conn, framing).Next(); err != nil {
		return txn.Reply{}, fmt.Errorf("read: %w", err)
	}
	reply, err := c.UnpackReply(raw, noon, nil)
	if err != nil {
		return txn.Reply{}, fmt.Errorf("unpack: %w", err)
	}
	return reply, nil
}

func TestManyTerminals(t *testing.T) {
	s := server(t, nil)
	address, _, _ := serve(t, s)
	c := codec(t)
	const terminals, sales = 16, 25
	var wg sync.WaitGroup
	for n := range terminals {
		conn := dial(t, address)
		requests := make([]*txn.Request, sales)
		for i := range requests {
			requests[i] = sale(t, txn.STAN(i+1), 1200)
			requests[i].Terminal = fmt.Sprintf("%08d", n)
		}
		wg.Go(func() {
			for _, r := range requests {
				if got, err := ask(conn, c, r); err != nil || got.Code != "00" || got.Terminal != r.Terminal {
					t.Errorf("%s: %+v, %v", r.Terminal, got, err)
				}
			}
		})
	}
	wg.Wait()
	if got := entries(t, s); len(got) != terminals*sales {
		t.Errorf("%d rows", len(got))
	}
}

func TestNonsenseIsHungUpOn(t *testing.T) {
	var log strings.Builder
	var mu sync.Mutex
	s, err := sim.NewServer(sim.Options{Codec: codec(t), Log: slog.New(slog.NewTextHandler(locked{&mu, &log}, nil))})
	if err != nil {
		t.Fatal(err)
	}
	address, _, _ := serve(t, s)
	for _, nonsense := range []string{
		"\x00\x00", "\xff\xff", "\x00\x040200", "GET / HTTP/1.1\r\n\r\n",
		"\x00\x1c0200\x40\x00\x00\x00\x00\x00\x00\x0014411111111x1111",
	} {
		conn := dial(t, address)
		if _, err := conn.Write([]byte(nonsense)); err != nil {
			t.Fatal(err)
		}
		if tcp, ok := conn.(*net.TCPConn); ok {
			_ = tcp.CloseWrite()
		}
		_ = conn.SetReadDeadline(time.Now().Add(5 * time.Second))
		if n, err := conn.Read(make([]byte, 16)); err == nil {
			t.Errorf("%q was answered with %d bytes", nonsense, n)
		}
	}
	conn := dial(t, address)
	if got, err := ask(conn, codec(t), sale(t, 1, 1200)); err != nil || got.Code != "00" {
		t.Errorf("after it: %+v, %v", got, err)
	}
	shut(t, s)
	mu.Lock()
	defer mu.Unlock()
	if text := log.String(); strings.Contains(text, "41111111") || !strings.Contains(text, "field 2") {
		t.Errorf("the log: %s", text)
	}
}

type locked struct {
	mu *sync.Mutex
	b  *strings.Builder
}

func (l locked) Write(p []byte) (int, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.b.Write(p) //nolint:wrapcheck // a test
}

func TestServeEnds(t *testing.T) {
	s := server(t, nil)
	address, stop, served := serve(t, s)
	conn := dial(t, address)
	if _, err := ask(conn, codec(t), sale(t, 1, 1299)); err == nil {
		// amounts ending in 99 are answered late, which this waits for
	} else {
		t.Error(err)
	}
	stop()
	if err := <-served; !errors.Is(err, sim.ErrClosed) {
		t.Errorf("after cancel: %v", err)
	}
	_ = conn.SetReadDeadline(time.Now().Add(5 * time.Second))
	if _, err := conn.Read(make([]byte, 1)); err == nil {
		t.Error("the connection lives on")
	}
	shut(t, s, s)
	if _, err := s.Apply(context.Background(), *sale(t, 2, 1200)); err == nil {
		t.Error("applied after close")
	}
	ln, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	if err := s.Serve(context.Background(), ln); !errors.Is(err, sim.ErrClosed) {
		t.Errorf("serve after close: %v", err)
	}
}

// Closing does not wait for late replies.
func TestCloseWithLateRepliesPending(t *testing.T) {
	s, err := sim.NewServer(sim.Options{Codec: codec(t), OutcomesByAmount: true}) // late is 65 s
	if err != nil {
		t.Fatal(err)
	}
	address, _, _ := serve(t, s)
	conn := dial(t, address)
	_ = conn.SetReadDeadline(time.Now().Add(50 * time.Millisecond))
	if _, err := ask(conn, codec(t), sale(t, 1, 1299)); err == nil {
		t.Error("not late")
	}
	start := time.Now()
	shut(t, s)
	if d := time.Since(start); d > 5*time.Second {
		t.Errorf("closing took %v", d)
	}
}

func TestFaultsAreTakenInOrder(t *testing.T) {
	s := server(t, nil)
	address, _, _ := serve(t, s)
	c := codec(t)
	s.Arm(sim.Fault{Do: sim.FaultWrongSTAN, On: txn.OpSale}, sim.Fault{Do: sim.FaultWrongSTAN})
	conn := dial(t, address)
	echo := &txn.Request{Op: txn.OpEcho, STAN: 5, Batch: 7, At: noon, Terminal: "00000001", Merchant: "123456789012345"}
	for i, x := range []struct {
		request *txn.Request
		stan    txn.STAN
	}{{echo, 6}, {sale(t, 1, 1200), 2}, {echo, 5}, {sale(t, 2, 1200), 2}} {
		if got, err := ask(conn, c, x.request); err != nil || got.STAN != x.stan {
			t.Errorf("%d: STAN %s, want %s, %v", i, got.STAN, x.stan, err)
		}
	}
}
