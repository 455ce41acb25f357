package deck

import (
	"context"
	"errors"
	"slices"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"vpos/reader"
)

var selectVisa = unhex("00A4040007A000000003101000")

func found(t *testing.T, spec string) *Card {
	t.Helper()
	c, err := Find(spec)
	if err != nil {
		t.Fatal(err)
	}
	return c
}

func TestPort(t *testing.T) {
	ctx := context.Background()
	p := New()
	if _, err := p.Open(ctx, ""); !errors.Is(err, reader.ErrNoCard) {
		t.Errorf("an empty reader: %v", err)
	}
	card := found(t, "visa-credit")
	p.Insert(card)
	if _, err := p.Open(ctx, "another"); !errors.Is(err, reader.ErrReader) {
		t.Errorf("another reader: %v", err)
	}
	s, err := p.Open(ctx, PortName)
	if err != nil {
		t.Fatal(err)
	}
	if s.Name() != PortName || !slices.Equal(s.ATR(), atrT1) {
		t.Errorf("%s %X", s.Name(), s.ATR())
	}
	if _, err := p.Open(ctx, ""); !errors.Is(err, reader.ErrCardBusy) {
		t.Errorf("opened twice: %v", err)
	}
	sw, data, err := s.Transmit(ctx, selectVisa)
	if sw != swOK || len(data) == 0 || err != nil {
		t.Errorf("select: %04X %v", sw, err)
	}
	ended, cancel := context.WithCancel(ctx)
	cancel()
	if _, _, err := s.Transmit(ended, selectVisa); !errors.Is(err, context.Canceled) {
		t.Errorf("after the end: %v", err)
	}
	if _, err := p.Open(ended, ""); !errors.Is(err, context.Canceled) {
		t.Errorf("opened after the end: %v", err)
	}
	_, _ = s.Close(), s.Close()
	again, err := p.Open(ctx, "")
	if err != nil {
		t.Fatalf("closed and opened: %v", err)
	}
	if _, _, err := s.Transmit(ctx, selectVisa); !errors.Is(err, reader.ErrTorn) {
		t.Errorf("a closed slot: %v", err)
	}
	if p.Remove() != card || p.Remove() != nil {
		t.Error("the card that comes out is another")
	}
	if _, _, err := again.Transmit(ctx, selectVisa); !errors.Is(err, reader.ErrTorn) || !strings.Contains(err.Error(), "A4") || strings.Contains(err.Error(), "A000000003") {
		t.Errorf("after the card is gone: %v", err)
	}
	_ = again.Close()
}

func TestPortFaults(t *testing.T) {
	ctx := context.Background()
	p := New()
	p.Insert(found(t, "visa-credit+mute"))
	if _, err := p.Open(ctx, ""); !errors.Is(err, reader.ErrCardMute) {
		t.Errorf("a mute card: %v", err)
	}
	if got := p.readers().List[0].Card; got != reader.CardMute {
		t.Errorf("a mute card is shown as %d", got)
	}
	p.Insert(found(t, "visa-credit+mute:1"))
	s, err := p.Open(ctx, "")
	if err != nil {
		t.Fatal(err)
	}
	if _, _, err := s.Transmit(ctx, selectVisa); !errors.Is(err, reader.ErrCardMute) {
		t.Errorf("a card that falls silent: %v", err)
	}
	p.Insert(found(t, "visa-credit+tear:1"))
	if s, err = p.Open(ctx, ""); err != nil {
		t.Fatal(err)
	}
	if _, _, err := s.Transmit(ctx, selectVisa); !errors.Is(err, reader.ErrTorn) {
		t.Errorf("a card that tears: %v", err)
	}
	if got := p.readers().List[0].Card; got != reader.NoCard {
		t.Errorf("a torn card is shown as %d", got)
	}
}

// sleep is a Pause with a clock.
func sleep(ctx context.Context, d time.Duration) error {
	select {
	case <-time.After(d):
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}

func TestSlow(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		ctx := context.Background()
		p := New()
		p.Pause = sleep
		p.Insert(found(t, "visa-credit+slow:500"))
		s, err := p.Open(ctx, "")
		if err != nil {
			t.Fatal(err)
		}
		start := time.Now()
		if _, _, err := s.Transmit(ctx, selectVisa); err != nil || time.Since(start) != 500*time.Millisecond {
			t.Errorf("%v after %v", err, time.Since(start))
		}
		short, cancel := context.WithTimeout(ctx, 100*time.Millisecond)
		defer cancel()
		if _, _, err := s.Transmit(short, selectVisa); !errors.Is(err, context.DeadlineExceeded) {
			t.Errorf("past its time: %v", err)
		}
		time.AfterFunc(100*time.Millisecond, func() { p.Remove() })
		start = time.Now()
		if _, _, err := s.Transmit(ctx, selectVisa); !errors.Is(err, reader.ErrTorn) || time.Since(start) != 100*time.Millisecond {
			t.Errorf("torn out in the middle: %v after %v", err, time.Since(start))
		}
	})
}

func TestWatch(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		ctx, cancel := context.WithCancel(context.Background())
		p := New()
		var mu sync.Mutex
		var seen []reader.CardState
		done := make(chan struct{})
		go func() {
			defer close(done)
			p.Watch(ctx, func(r reader.Readers) {
				mu.Lock()
				defer mu.Unlock()
				if r.State != "deck.ready" || len(r.List) != 1 {
					t.Errorf("%+v", r)
				}
				seen = append(seen, r.List[0].Card)
			})
		}()
		synctest.Wait()
		p.Insert(found(t, "visa-credit"))
		synctest.Wait()
		p.Insert(found(t, "visa-credit+mute"))
		synctest.Wait()
		p.Remove()
		synctest.Wait()
		cancel()
		<-done
		mu.Lock()
		defer mu.Unlock()
		want := []reader.CardState{reader.NoCard, reader.CardIn, reader.NoCard, reader.CardMute, reader.NoCard} // one in place of another: empty between
		if !slices.Equal(seen, want) {
			t.Errorf("saw %v, want %v", seen, want)
		}
	})
}

// Cards are put in and taken out while others look and talk (for the race
// detector).
func TestPortTogether(t *testing.T) {
	ctx, cancel := context.WithCancel(context.Background())
	p := New()
	cards := []*Card{found(t, "visa-credit"), found(t, "mastercard-credit")}
	var group sync.WaitGroup
	group.Go(func() { p.Watch(ctx, func(reader.Readers) {}) })
	for range 3 {
		group.Go(func() {
			for ctx.Err() == nil {
				if s, err := p.Open(ctx, ""); err == nil {
					_, _, _ = s.Transmit(ctx, selectVisa)
					_ = s.Close()
				}
			}
		})
	}
	for i := range 200 {
		p.Insert(cards[i%2])
		p.Remove()
	}
	cancel()
	group.Wait()
}
