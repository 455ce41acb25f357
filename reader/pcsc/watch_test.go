package pcsc

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"vpos/reader"
)

// picture is Readers in one line: the state, then each reader with a letter for
// its card.
func picture(r reader.Readers) string {
	words := []string{strings.TrimPrefix(r.State, "pcsc.")}
	for _, one := range r.List {
		words = append(words, one.Name+"-IMS"[one.Card:one.Card+1])
	}
	return strings.Join(words, " ")
}

// watched runs a watch over a service in a bubble of its own time and gives the
// function that says what was told since it was called last.
func watched(t *testing.T, s *service) (told func() string, p *Port, stop func()) {
	t.Helper()
	p = newPort(s)
	var mu sync.Mutex
	var lines []string
	ctx, cancel := context.WithCancel(t.Context())
	done := make(chan struct{})
	go func() {
		defer close(done)
		p.Watch(ctx, func(r reader.Readers) {
			mu.Lock()
			defer mu.Unlock()
			if r.State == string(NoService) && r.Err == nil {
				lines = append(lines, "no reason")
			}
			lines = append(lines, picture(r))
		})
	}()
	told = func() string {
		synctest.Wait()
		mu.Lock()
		defer mu.Unlock()
		defer func() { lines = nil }()
		return strings.Join(lines, ", ")
	}
	return told, p, func() { cancel(); <-done }
}

func check(t *testing.T, what, got, want string) {
	t.Helper()
	if got != want {
		t.Errorf("%s: told %q, want %q", what, got, want)
	}
}

func TestWatchReadersComeAndGo(t *testing.T) {
	for name, deaf := range map[string]bool{"plug and play": false, "without": true} {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				s := newService()
				s.noPnP = deaf
				told, _, stop := watched(t, s)
				defer stop()
				settle := func() {
					if deaf { // asked once in a step
						time.Sleep(2 * step)
					}
				}
				check(t, "start", told(), "no-reader")
				s.turn(func() { s.readers = append(s.readers, place{name: "A", state: 0x10}) })
				settle()
				check(t, "plugged in", told(), "ready A-")
				s.turn(func() { s.readers[0] = place{name: "A", state: 0x10020, atr: []byte{0x3B}} })
				check(t, "a card", told(), "ready AI")
				s.turn(func() { s.readers = append(s.readers, place{name: "B", state: 0x220}) })
				settle()
				check(t, "another with a mute card", told(), "ready AI BM")
				s.turn(func() { s.readers[0].state = 0x30020 })
				check(t, "swapped", told(), "ready A- BM, ready AI BM")
				s.turn(func() { s.readers = s.readers[1:] })
				settle()
				check(t, "pulled out", told(), "ready BM")
				s.turn(func() { s.readers = nil })
				settle()
				if got := told(); got != "no-reader" {
					t.Errorf("the last: %q", got)
				}
			})
		})
	}
}

func TestWatchServiceComesAndGoes(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := newService(place{name: "A", state: 0x10})
		s.down = codeNoService
		told, _, stop := watched(t, s)
		defer stop()
		time.Sleep(time.Minute)
		check(t, "absent", told(), "no-service")
		if s.opens < 20 || s.opens > 40 {
			t.Errorf("asked %d times in a minute", s.opens)
		}
		s.turn(func() { s.down = nil })
		time.Sleep(longestPause)
		check(t, "there", told(), "ready A-")
		s.turn(func() { s.down = codeStopped })
		check(t, "gone", told(), "no-service")
		s.turn(func() { s.down = nil })
		time.Sleep(2 * firstPause)
		check(t, "back", told(), "ready A-")
	})
}

// A service that hangs is told as none, and one that comes back as it is.
func TestWatchHangs(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := newService(place{name: "A", state: 0x10})
		s.hang = make(chan struct{})
		told, _, stop := watched(t, s)
		defer stop()
		check(t, "so far", told(), "")
		time.Sleep(patience)
		check(t, "hanging", told(), "no-service")
		close(s.hang)
		check(t, "back", told(), "ready A-")
	})
}

// Watch ends with its context also while the service hangs.
func TestWatchEnds(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := newService(place{name: "A", state: 0x10})
		_, _, stop := watched(t, s)
		synctest.Wait()
		start := time.Now()
		stop()
		if took := time.Since(start); took > cancelEvery {
			t.Errorf("took %v", took)
		}
		s.hang = make(chan struct{})
		_, _, stop = watched(t, s)
		synctest.Wait()
		stop()
		if took := time.Since(start); took > 2*linger {
			t.Errorf("with a service that hangs: %v", took)
		}
		close(s.hang)
	})
}

// A service that wakes us for nothing costs ten looks a second, no more.
func TestWatchIsNotBusy(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := newService(place{name: "A", state: 0x10})
		s.wakes = true
		told, _, stop := watched(t, s)
		defer stop()
		time.Sleep(10 * time.Second)
		check(t, "told", told(), "ready A-")
		if s.waits > 110 {
			t.Errorf("%d waits in ten seconds", s.waits)
		}
	})
}

// Our own use of a card is no news; that of another program is, also where the
// service wakes nobody for it.
func TestWatchOwnCard(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := newService(place{name: "A", state: 0x20})
		s.cards["A"] = newCard()
		told, p, stop := watched(t, s)
		defer stop()
		check(t, "a card", told(), "ready AI")
		slot, err := p.Open(t.Context(), "A")
		if err != nil {
			t.Fatal(err)
		}
		s.turn(func() { s.readers[0].state = 0xA0 })
		time.Sleep(2 * step)
		check(t, "ours", told(), "")
		slot.Close()
		check(t, "closed and at once another's", told(), "")
		time.Sleep(afterglow + step)
		check(t, "another's", told(), "ready AS")
		s.mu.Lock()
		s.readers[0].state = 0x20 // and nobody is woken
		s.mu.Unlock()
		time.Sleep(2 * step)
		check(t, "free", told(), "ready AI")
	})
}

func TestWatchWithoutLibrary(t *testing.T) {
	p := newPort(nil)
	ctx, cancel := context.WithCancel(t.Context())
	p.Watch(ctx, func(r reader.Readers) {
		check(t, "disabled", picture(r), "disabled")
		cancel()
	})
	if _, err := p.Open(t.Context(), ""); !errors.Is(err, reader.ErrReader) || !strings.Contains(fmt.Sprint(err), string(Disabled)) {
		t.Errorf("open: %v", err)
	}
}
