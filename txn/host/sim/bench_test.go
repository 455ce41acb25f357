package sim_test

import (
	"context"
	"encoding/binary"
	"fmt"
	"io"
	"net"
	"path/filepath"
	"slices"
	"sync"
	"testing"
	"time"

	"vpos/txn"
	"vpos/txn/host/sim"
)

// clients is how many terminals the benchmarks have.
const clients = 64

// load has every client write its frames one after the other, each after the
// answer to the one before, and gives how long each took.
func load(b *testing.B, address string, frames [][][]byte) (took []time.Duration, all time.Duration) {
	b.Helper()
	conns := make([]net.Conn, len(frames))
	for i := range conns {
		conn, err := (&net.Dialer{}).DialContext(b.Context(), "tcp", address)
		if err != nil {
			b.Fatal(err)
		}
		defer conn.Close()
		conns[i] = conn
	}
	each := make([][]time.Duration, len(frames))
	var wg sync.WaitGroup
	begun := time.Now()
	for i, conn := range conns {
		wg.Go(func() {
			buf := make([]byte, 4096)
			for _, f := range frames[i] {
				start := time.Now()
				if _, err := conn.Write(f); err != nil {
					b.Error(err)
					return
				}
				if _, err := io.ReadFull(conn, buf[:2]); err != nil {
					b.Error(err)
					return
				}
				if _, err := io.ReadFull(conn, buf[:binary.BigEndian.Uint16(buf)]); err != nil {
					b.Error(err)
					return
				}
				each[i] = append(each[i], time.Since(start))
			}
		})
	}
	wg.Wait()
	all = time.Since(begun)
	took = slices.Concat(each...)
	slices.Sort(took)
	return took, all
}

// echo answers every frame with itself: what the machine and its network can do.
func echo(b *testing.B) string {
	b.Helper()
	ln, err := (&net.ListenConfig{}).Listen(b.Context(), "tcp", "127.0.0.1:0")
	if err != nil {
		b.Fatal(err)
	}
	b.Cleanup(func() { _ = ln.Close() })
	go func() {
		for {
			conn, err := ln.Accept()
			if err != nil {
				return
			}
			go func() {
				defer conn.Close()
				buf := make([]byte, 4096)
				for {
					n, err := conn.Read(buf)
					if err != nil {
						return
					}
					if _, err := conn.Write(buf[:n]); err != nil {
						return
					}
				}
			}()
		}
	}()
	return ln.Addr().String()
}

// frames are sales of every client, ready to be written.
func frames(b *testing.B, n int) [][][]byte {
	b.Helper()
	c := codec(b)
	framing := c.Profile().Framing
	out := make([][][]byte, clients)
	for i := range n {
		at := i % clients
		r := sale(b, txn.STAN(i/clients+1), 1200)
		r.Terminal = fmt.Sprintf("%08d", at+1)
		raw, err := c.PackRequest(*r, nil)
		if err != nil {
			b.Fatal(err)
		}
		frame, err := framing.Append(nil, framing.Header(), raw)
		if err != nil {
			b.Fatal(err)
		}
		out[at] = append(out[at], frame)
	}
	return out
}

// BenchmarkAuthorisations is 64 terminals on loopback, each authorisation on disk
// before it is answered, with the load on the same processors. The ratio is to an
// echo of the same frames in the same run.
func BenchmarkAuthorisations(b *testing.B) {
	for _, durable := range []bool{true, false} {
		name := map[bool]string{true: "durable", false: "in-memory"}[durable]
		b.Run(name, func(b *testing.B) {
			var store sim.Store
			if durable {
				file := open(b, filepath.Join(b.TempDir(), "host.db"))
				defer file.Close()
				store = file
			}
			s, err := sim.NewServer(sim.Options{Codec: codec(b), Store: store})
			if err != nil {
				b.Fatal(err)
			}
			ln, err := (&net.ListenConfig{}).Listen(b.Context(), "tcp", "127.0.0.1:0")
			if err != nil {
				b.Fatal(err)
			}
			served := make(chan error, 1)
			go func() { served <- s.Serve(context.Background(), ln) }()
			work := frames(b, b.N)
			bare, raw := load(b, echo(b), work)
			b.ResetTimer()
			took, all := load(b, ln.Addr().String(), work)
			b.StopTimer()
			shut(b, s)
			<-served
			rows := entries(b, s)
			if len(rows) != b.N || len(took) != b.N {
				b.Fatalf("%d rows and %d answers of %d", len(rows), len(took), b.N)
			}
			b.ReportMetric(float64(b.N)/all.Seconds(), "auth/s")
			b.ReportMetric(float64(took[len(took)*99/100].Microseconds())/1000, "p99-ms")
			b.ReportMetric(float64(bare[len(bare)*99/100].Microseconds())/1000, "echo-p99-ms")
			b.ReportMetric(float64(all)/float64(raw), "x-echo")
		})
	}
}
