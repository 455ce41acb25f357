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

// patience is how long a test waits for what must happen.
const patience = 10 * time.Second

func now() time.Time { return evening }

// simulate serves a host simulator on loopback.
func simulate(t *testing.T, c *host.Codec) (*sim.Server, string) {
	t.Helper()
	s, err := sim.NewServer(sim.Options{Codec: c, OutcomesByAmount: true, Now: now, LateAfter: 50 * time.Millisecond})
	if err != nil {
		t.Fatal(err)
	}
	ln := listen(t)
	served := make(chan error, 1)
	go func() { served <- s.Serve(context.Background(), ln) }()
	t.Cleanup(func() {
		if err := s.Close(); err != nil {
			t.Error(err)
		}
		if err := <-served; !errors.Is(err, sim.ErrClosed) {
			t.Errorf("serve: %v", err)
		}
	})
	return s, ln.Addr().String()
}

func listen(t *testing.T) net.Listener {
	t.Helper()
	ln, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	return ln
}

func link(t *testing.T, o host.LinkOptions) *host.Link {
	t.Helper()
	o.Now = now
	if o.ReadTimeout == 0 {
		o.ReadTimeout = 100 * time.Millisecond
	}
	l, err := host.NewLink(o)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := l.Close(); err != nil {
			t.Error(err)
		}
		for e := range l.Inbox() {
			t.Errorf("after close: %#v", e)
		}
	})
	return l
}

func send(t *testing.T, l *host.Link, r txn.Request) {
	t.Helper()
	if err := l.Send(context.Background(), r); err != nil {
		t.Fatalf("send %s: %v", r.Op, err)
	}
}

func next(t *testing.T, l *host.Link) txn.Event {
	t.Helper()
	select {
	case e := <-l.Inbox():
		return e
	case <-time.After(patience):
		t.Fatal("nothing came")
	}
	return nil
}

func nextReply(t *testing.T, l *host.Link) txn.Reply {
	t.Helper()
	e, ok := next(t, l).(txn.Replied)
	if !ok {
		t.Fatalf("got %#v, want a reply", e)
	}
	return e.Reply
}

func silence(t *testing.T, l *host.Link, d time.Duration) {
	t.Helper()
	select {
	case e := <-l.Inbox():
		t.Fatalf("got %#v, want nothing", e)
	case <-time.After(d):
	}
}

func TestEveryOperationOverTCP(t *testing.T) {
	for name, change := range map[string]func(*host.Profile){
		"default": func(*host.Profile) {},
		"hex bitmap, ascii length": func(p *host.Profile) {
			p.Bitmap, p.Framing = host.BitmapHex, host.Framing{Length: host.LengthASCII4, Inclusive: true, Max: 2000}
		},
		"BCD length, TPDU": func(p *host.Profile) {
			p.Framing = host.Framing{Length: host.LengthBCD2, TPDU: "6000010002", Max: 2000}
		},
	} {
		t.Run(name, func(t *testing.T) {
			c := codec(t, change)
			_, address := simulate(t, c)
			l := link(t, host.LinkOptions{Codec: c, Address: address})
			first := sale(t)
			for _, r := range []txn.Request{
				manage(txn.OpSignOn), first, swipedSale(t), reversalOf(first), manage(txn.OpEcho), manage(txn.OpSignOff),
			} {
				send(t, l, r)
				got := nextReply(t, l)
				if got.Op != r.Op || got.STAN != r.STAN || got.Code != "00" || got.Terminal != r.Terminal ||
					got.Merchant != r.Merchant || got.Amount != r.Amount || !got.HostAt.Equal(evening) {
					t.Errorf("%s: %+v", r.Op, got)
				}
				if r.Op == txn.OpSale && (len(got.AuthCode) != 6 || len(got.RRN) != 12) {
					t.Errorf("%s: %+v", r.Op, got)
				}
			}
		})
	}
}

// Every fault of the simulator ends in the right event.
func TestEveryFault(t *testing.T) {
	lost := func(code txn.Code) []txn.Event {
		return []txn.Event{txn.LinkLost{Code: code, Op: txn.OpSale, STAN: 1}}
	}
	right, wrong := reply("00", 1), reply("00", 2)
	cases := map[sim.FaultName][]txn.Event{
		sim.FaultIgnore: nil, sim.FaultSilent: nil, sim.FaultClose: lost(txn.HostLost),
		sim.FaultDelay: {right}, sim.FaultDuplicate: {right, right}, sim.FaultTrickle: {right},
		sim.FaultWrongSTAN: {wrong}, sim.FaultTwo: {wrong, right},
		sim.FaultUnknownField: lost(txn.HostGarbage), sim.FaultTrailing: lost(txn.HostGarbage),
		sim.FaultGarbage: lost(txn.HostGarbage), sim.FaultOversize: lost(txn.HostGarbage),
		sim.FaultHalf: lost(txn.HostLost), sim.FaultCut: lost(txn.HostLost), sim.FaultReset: lost(txn.HostLost),
		sim.FaultNoARPC: {right}, sim.FaultBadARPC: {right}, // the issuer's word to a chip: a keyed card gets none
		sim.FaultScript71: {right}, sim.FaultScript72: {right}, sim.FaultBadScript: {right},
	}
	for _, name := range sim.FaultNames() {
		want, listed := cases[name]
		if !listed {
			t.Errorf("%s: no expectation", name)
		}
		t.Run(string(name), func(t *testing.T) {
			c := codec(t)
			s, address := simulate(t, c)
			s.Arm(sim.Fault{Do: name, On: txn.OpSale, Delay: 30 * time.Millisecond})
			l := link(t, host.LinkOptions{Codec: c, Address: address, ReadTimeout: 400 * time.Millisecond})
			send(t, l, manage(txn.OpSignOn)) // the fault waits for the sale
			if got := nextReply(t, l); got.Op != txn.OpSignOn {
				t.Fatalf("%+v", got)
			}
			send(t, l, sale(t))
			for _, w := range want {
				same(t, next(t, l), w)
			}
			silence(t, l, 30*time.Millisecond)
			l.HangUp()

			// The fault is over: the next exchange works, on a new connection.
			send(t, l, reversalOf(sale(t)))
			got := nextReply(t, l)
			wantCode := "00"
			if name == sim.FaultIgnore || name == sim.FaultClose {
				wantCode = "25" // the host never heard of it
			}
			if got.Op != txn.OpReversal || got.Code != wantCode {
				t.Errorf("reversal: %+v", got)
			}
		})
	}
}

func reply(code string, stan txn.STAN) txn.Event {
	return txn.Replied{Reply: txn.Reply{Op: txn.OpSale, STAN: stan, Result: txn.Result{Code: code}}}
}

func same(t *testing.T, got, want txn.Event) {
	t.Helper()
	switch w := want.(type) {
	case txn.Replied:
		g, ok := got.(txn.Replied)
		if !ok || g.Reply.Op != w.Reply.Op || g.Reply.STAN != w.Reply.STAN || g.Reply.Code != w.Reply.Code {
			t.Fatalf("got %#v, want %#v", got, want)
		}
	default:
		if got != want {
			t.Fatalf("got %#v, want %#v", got, want)
		}
	}
}

func TestNeverAndLate(t *testing.T) {
	c := codec(t)
	s, address := simulate(t, c)
	l := link(t, host.LinkOptions{Codec: c, Address: address})
	never, late := sale(t), sale(t)
	never.Amount.Minor, never.STAN = 1298, 1
	late.Amount.Minor, late.STAN = 1299, 2
	send(t, l, never)
	silence(t, l, 100*time.Millisecond)
	send(t, l, late)
	silence(t, l, 25*time.Millisecond)
	send(t, l, reversalOf(late)) // a late reply holds nothing up
	if got := nextReply(t, l); got.Op != txn.OpReversal || got.Code != "00" {
		t.Errorf("reversal: %+v", got)
	}
	if got := nextReply(t, l); got.Op != txn.OpSale || got.STAN != 2 || got.Code != "00" {
		t.Errorf("late reply: %+v", got)
	}
	entries, err := s.Entries(sim.Filter{Terminal: terminalID})
	if err != nil || len(entries) != 2 || entries[0].State != sim.Charged || entries[1].State != sim.Reversed {
		t.Errorf("%+v, %v", entries, err)
	}
}
