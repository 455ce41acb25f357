package sim

import (
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net"
	"sync"
	"time"

	"vpos/reader"
	"vpos/txn"
	"vpos/txn/host"
	"vpos/txn/host/keys"
)

// Options is what a server is told once.
type Options struct {
	Codec            *host.Codec                            // the profile it speaks; needed
	MasterKey        func(terminal string) (keys.Key, bool) // of each terminal: false for a stranger. Nil: no keys, no MACs, no PINs
	Store            Store                                  // where the ledger lives; nil keeps it in memory. The server does not close it.
	OutcomesByAmount bool                                   // the last two digits of an amount choose the outcome
	LateAfter        time.Duration                          // how late the reply to an amount ending in 99 is; longer than the terminal waits; default 65 s
	CustomerAfter    time.Duration                          // how long the simulated customer takes to pay a code on the screen; zero pays at once
	Now              func() time.Time                       // the host's clock and zone; default time.Now
	Log              *slog.Logger                           // connections and requests, no card data; default none
}

// Server answers terminals over a listener.
type Server struct {
	o      Options
	desk   *desk
	faults armoury
	keys   *keyring

	mu     sync.Mutex
	conns  map[net.Conn]struct{}
	listen []net.Listener
	closed bool

	ctx  context.Context
	stop context.CancelFunc
	wg   sync.WaitGroup
}

// defaultLate is later than any terminal's usual time-out of a minute.
const defaultLate = 65 * time.Second

// writeTimeout is how long a terminal may take to accept a reply.
const writeTimeout = 10 * time.Second

// ErrClosed is what Serve gives after Close.
var ErrClosed = errors.New("host simulator closed")

// NewServer makes a server and takes up the ledger in the store. Close it, also
// when Serve was never called.
func NewServer(o Options) (*Server, error) {
	if o.Codec == nil {
		return nil, errors.New("host simulator: no codec")
	}
	if o.LateAfter <= 0 {
		o.LateAfter = defaultLate
	}
	if o.Now == nil {
		o.Now = time.Now
	}
	if o.Log == nil {
		o.Log = slog.New(slog.DiscardHandler)
	}
	b, err := openDesk(o.OutcomesByAmount, o.Store)
	if err != nil {
		return nil, fmt.Errorf("host simulator: %w", err)
	}
	ring, err := newKeyring(o)
	if err != nil {
		return nil, fmt.Errorf("host simulator: %w", err)
	}
	s := &Server{o: o, desk: b, keys: ring, conns: map[net.Conn]struct{}{}}
	s.ctx, s.stop = context.WithCancel(context.Background())
	s.wg.Go(func() { b.serve(s.ctx) })
	return s, nil
}

// Serve accepts terminals until ctx ends, Close is called (both give
// [ErrClosed]) or the listener fails. It closes the listener and everything
// accepted from it.
func (s *Server) Serve(ctx context.Context, ln net.Listener) error {
	defer func() { _ = ln.Close() }()
	if !s.track(ln) {
		return ErrClosed
	}
	defer context.AfterFunc(ctx, func() { _ = ln.Close() })()
	defer context.AfterFunc(s.ctx, func() { _ = ln.Close() })()
	for {
		conn, err := ln.Accept()
		switch {
		case ctx.Err() != nil || s.ctx.Err() != nil:
			if err == nil {
				_ = conn.Close()
			}
			return ErrClosed
		case err != nil:
			return fmt.Errorf("host simulator: accept: %w", err)
		}
		if !s.admit(conn) {
			_ = conn.Close()
			return ErrClosed
		}
		go func() {
			defer s.wg.Done()
			defer s.dismiss(conn)
			unhook := context.AfterFunc(ctx, func() { _ = conn.Close() })
			defer unhook()
			newTerminal(s, conn).serve()
		}()
	}
}

// Arm adds faults: each happens to the next requests it fits, in the order given.
func (s *Server) Arm(faults ...Fault) { s.faults.arm(faults) }

// Armed lists the faults that have not happened yet, or not as often as they
// should.
func (s *Server) Armed() []Fault { return s.faults.list() }

// Disarm forgets every fault, and lets terminals that should sign on again go on.
func (s *Server) Disarm() { s.faults.disarm() }

// Balance looks into the account of a card.
func (s *Server) Balance(pan reader.PAN, c txn.Currency) (Balance, error) {
	var b Balance
	err := s.desk.look(func(l *Ledger) { b = l.Balance(pan, c) })
	return b, err
}

// Totals is what a terminal's batch comes to, and whether it is closed.
func (s *Server) Totals(terminal string, batch txn.Batch) (totals txn.Totals, closed bool, err error) {
	err = s.desk.look(func(l *Ledger) { totals, closed = l.Totals(terminal, batch) })
	return totals, closed, err
}

// Entries lists the ledger's rows, oldest first.
func (s *Server) Entries(f Filter) (rows []Entry, err error) {
	err = s.desk.look(func(l *Ledger) { rows = l.Entries(f) })
	return rows, err
}

// Apply puts a request to the host without any network, for the tests and the
// training screens. What it changed is durable when it returns.
func (s *Server) Apply(ctx context.Context, r txn.Request) (Verdict, error) {
	return s.desk.apply(ctx, s.o.Now(), &r, Order{})
}

// Close ends every connection and goroutine. The store stays open.
func (s *Server) Close() error {
	s.mu.Lock()
	s.closed = true
	conns, listen := s.conns, s.listen
	s.listen = nil
	for c := range conns {
		_ = c.Close()
	}
	s.mu.Unlock()
	s.stop()
	for _, ln := range listen {
		_ = ln.Close()
	}
	s.wg.Wait()
	return nil
}

func (s *Server) track(ln net.Listener) bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	if !s.closed {
		s.listen = append(s.listen, ln)
	}
	return !s.closed
}

// admit takes note of a connection, unless the server is closing.
func (s *Server) admit(c net.Conn) bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.closed {
		return false
	}
	s.conns[c] = struct{}{}
	s.wg.Add(1)
	return true
}

func (s *Server) dismiss(c net.Conn) {
	_ = c.Close()
	s.mu.Lock()
	defer s.mu.Unlock()
	delete(s.conns, c)
}

// ended tells the ordinary ends of a connection from those worth a warning.
func ended(err error) bool {
	return errors.Is(err, io.EOF) || errors.Is(err, net.ErrClosed)
}
