package pcsc_test

import (
	"context"
	"errors"
	"slices"
	"testing"
	"time"

	"vpos/reader"
	"vpos/reader/pcsc"
	"vpos/reader/pcsc/pcscd"
)

func TestRealNoService(t *testing.T) {
	d := pcscd.Prepare(t)
	p := pcsc.New()
	e := watch(t, p)
	if r := e.state(pcsc.NoService); r.Err == nil {
		t.Error("no reason")
	}
	if _, err := p.Open(t.Context(), ""); !errors.Is(err, reader.ErrReader) {
		t.Errorf("open: %v", err)
	}
	d.Restart()
	e.state(pcsc.Ready)
	insert(t, d, 0, &plastic{atr: atrT0})
	e.card(0, reader.CardIn)
	s := open(t, p, "")
	wants(t, s, selectPSE, 0x9000, nil)
	d.Stop()
	e.state(pcsc.NoService)
	if _, _, err := s.Transmit(t.Context(), selectPSE); !errors.Is(err, reader.ErrReader) {
		t.Errorf("transmit without a service: %v", err)
	}
	s.Close()
	d.Restart()
	e.state(pcsc.Ready)
	insert(t, d, 1, &plastic{atr: atrT1})
	e.card(1, reader.CardIn)
	wants(t, open(t, p, ""), selectPSE, 0x9000, nil)
}

// A service that hangs is as good as none, and nobody waits for it.
func TestRealServiceHangs(t *testing.T) {
	d := pcscd.Start(t)
	p := pcsc.New()
	e := watch(t, p)
	e.state(pcsc.Ready)
	d.Pause()
	ctx, cancel := context.WithTimeout(t.Context(), 50*time.Millisecond)
	defer cancel()
	if _, err := p.Open(ctx, ""); !errors.Is(err, context.DeadlineExceeded) {
		t.Errorf("open: %v", err)
	}
	if r := e.state(pcsc.NoService); !errors.Is(r.Err, pcsc.ErrTimeout) {
		t.Errorf("why: %v", r.Err)
	}
	d.Resume()
	e.state(pcsc.Ready)
}

// TestRealLatency measures what a command costs on the way through the service.
func TestRealLatency(t *testing.T) {
	s, _, _ := opened(t, pcscd.Start(t), &plastic{atr: atrT1})
	const commands = 1000
	took := make([]time.Duration, commands)
	for i := range took {
		start := time.Now()
		wants(t, s, []byte{0x00, 0xB2, 0x01, 0x0C, 0x00}, 0x9000, nil)
		took[i] = time.Since(start)
	}
	slices.Sort(took)
	median := took[commands/2]
	t.Logf("%d commands: median %v, 99 %% %v, worst %v", commands, median, took[commands*99/100], took[commands-1])
	if median > 10*time.Millisecond { // 48 ms without TCP_QUICKACK
		t.Errorf("a command takes %v", median)
	}
}

// TestCheckWithoutService takes the turn, so that no test runs a service.
func TestCheckWithoutService(t *testing.T) {
	if pcsc.Check(t.Context()).State == pcsc.Disabled {
		t.Skip("this build has no PC/SC")
	}
	pcscd.Alone(t)
	start := time.Now()
	got := pcsc.Check(t.Context())
	if got.State != pcsc.NoService || got.Err == nil {
		t.Errorf("got %v %v, want %v with an error", got.State, got.Err, pcsc.NoService)
	}
	if took := time.Since(start); took > pcsc.Limit+time.Second {
		t.Errorf("took %v", took)
	}
}
