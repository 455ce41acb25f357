package pcsc

import (
	"context"
	"errors"
	"slices"
	"testing"
	"time"
)

func TestStatus(t *testing.T) {
	broken := errors.New("broken")
	for name, c := range map[string]struct {
		ask  port
		want State
		err  error
	}{
		"no library":      {nil, Disabled, nil},
		"ready":           {func() ([]string, error) { return []string{"A 00 00"}, nil }, Ready, nil},
		"no reader error": {func() ([]string, error) { return nil, errNoReader }, NoReader, nil},
		"empty list":      {func() ([]string, error) { return nil, nil }, NoReader, nil},
		"service down":    {func() ([]string, error) { return nil, broken }, NoService, broken},
	} {
		got := newProber(c.ask).status(t.Context(), time.Second)
		if got.State != c.want || !errors.Is(got.Err, c.err) {
			t.Errorf("%s: got %v %v, want %v %v", name, got.State, got.Err, c.want, c.err)
		}
		if c.want == Ready && !slices.Equal(got.Readers, []string{"A 00 00"}) {
			t.Errorf("%s: readers %q", name, got.Readers)
		}
	}
}

func TestStatusSurvivesAPanic(t *testing.T) {
	p := newProber(func() ([]string, error) { panic("no winscard.dll") })
	for range 2 { // the second shows that the turn was given back
		if got := p.status(t.Context(), time.Second); got.State != NoService || got.Err == nil {
			t.Errorf("got %v %v, want %v with an error", got.State, got.Err, NoService)
		}
	}
}

func TestStatusNeverHangs(t *testing.T) {
	release, calls := make(chan struct{}), 0
	p := newProber(func() ([]string, error) { calls++; <-release; return nil, nil })
	for range 3 {
		got := p.status(t.Context(), 20*time.Millisecond)
		if got.State != NoService || !errors.Is(got.Err, ErrTimeout) {
			t.Fatalf("got %v %v, want %v %v", got.State, got.Err, NoService, ErrTimeout)
		}
	}
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if got := p.status(ctx, time.Minute); !errors.Is(got.Err, context.Canceled) {
		t.Errorf("cancelled: got %v", got.Err)
	}
	release <- struct{}{}
	p.turn <- struct{}{} // the stuck question has ended
	if calls != 1 {
		t.Errorf("%d questions hung, want 1", calls)
	}
}
