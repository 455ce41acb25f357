package decktest_test

import (
	"context"
	"errors"
	"strings"
	"sync"
	"testing"
	"time"

	"vpos/reader"
	"vpos/reader/deck"
	"vpos/reader/deck/decktest"
	"vpos/reader/pcsc"
	"vpos/reader/pcsc/pcscd"
	"vpos/reader/vpcd"
)

// Every case of the table once more through everything there is between a kernel
// and a card: the real PC/SC service, its protocols T=0 and T=1, and a virtual
// reader.

const (
	// lookPause is how often the service looks whether a card is in a reader. A
	// card that was torn out of a session is known to be gone at once; one put in
	// before the service has looked for itself would never be noticed.
	lookPause = 450 * time.Millisecond

	// patience is how long a card may think about one command, and lost what is
	// waited for of a card that will never answer.
	patience = 10 * time.Second
	lost     = 300 * time.Millisecond

	// seeing bounds the wait for a card that was put in; for one that was too early
	// for the service, on a machine that has much to do, there are some more tries.
	// leaving bounds the wait for one that was taken out.
	seeing  = 4 * time.Second
	tries   = 4
	leaving = 20 * time.Second
)

// wire is a card of the deck in a virtual reader.
type wire struct {
	ctx      context.Context
	on       func() []byte
	off      func()
	exchange func([]byte) deck.Reply
}

func (w wire) PowerOn() []byte { return w.on() }
func (w wire) PowerOff()       { w.off() }

func (w wire) Transmit(command []byte) ([]byte, error) {
	r := w.exchange(command)
	if r.Delay > 0 {
		select {
		case <-time.After(r.Delay):
		case <-w.ctx.Done():
		}
	}
	switch {
	case r.Torn:
		return nil, vpcd.ErrTear
	case r.Mute:
		return nil, nil
	}
	return r.Bytes(), nil
}

// wired gives a card the manners its protocol wants.
func wired(ctx context.Context, c *deck.Card) wire {
	if c.TZero() {
		t := &deck.T0{Card: c}
		return wire{ctx, t.PowerOn, t.PowerOff, t.Command}
	}
	return wire{ctx, c.PowerOn, c.PowerOff, c.Command}
}

// panel is what the service says of its readers, for many who wait.
type panel struct {
	mu    sync.Mutex
	now   reader.Readers
	moved chan struct{}
}

// watchReaders keeps a panel up to date until the test ends.
func watchReaders(t testing.TB, port reader.Port) *panel {
	p := &panel{moved: make(chan struct{})}
	ctx, cancel := context.WithCancel(context.Background())
	done := make(chan struct{})
	go func() {
		defer close(done)
		port.Watch(ctx, func(now reader.Readers) {
			p.mu.Lock()
			defer p.mu.Unlock()
			p.now = now
			close(p.moved)
			p.moved = make(chan struct{})
		})
	}()
	t.Cleanup(func() { cancel(); <-done })
	return p
}

var errNotSeen = errors.New("the service never saw the card come or go")

// until waits for a reader to hold what is wanted.
func (p *panel) until(limit time.Duration, name string, wanted ...reader.CardState) error {
	late := time.After(limit)
	for {
		p.mu.Lock()
		now, moved := p.now, p.moved
		p.mu.Unlock()
		for _, s := range now.List {
			for _, w := range wanted {
				if s.Name == name && s.Card == w {
					return nil
				}
			}
		}
		select {
		case <-moved:
		case <-late:
			return errNotSeen
		}
	}
}

// lane is one reader and who plays with it.
type lane struct {
	port    reader.Port
	panel   *panel
	name    string
	address string
}

// put puts a card in and waits until it is seen. What it gives takes the card out
// again and waits for that.
func (l lane) put(ctx context.Context, c *deck.Card) (pull func(torn bool) error, err error) {
	for range tries {
		out := l.insert(ctx, c)
		pull = func(torn bool) error {
			out()
			if torn {
				time.Sleep(lookPause)
			}
			return l.panel.until(leaving, l.name, reader.NoCard)
		}
		if err = l.panel.until(seeing, l.name, reader.CardIn, reader.CardMute); err == nil {
			return pull, nil
		}
		out()
		time.Sleep(2 * lookPause)
	}
	return pull, err
}

// insert puts a card into the slot; what it gives takes it out.
func (l lane) insert(ctx context.Context, c *deck.Card) (out func()) {
	ctx, cancel := context.WithCancel(ctx)
	done := make(chan struct{})
	go func() {
		defer close(done)
		_ = vpcd.Insert(ctx, l.address, wired(ctx, c)) // always an error; what was torn is asked of the slot
	}()
	return func() { cancel(); <-done }
}

// round is one sale of a case: the card is powered, used and powered off.
func (l lane) round(ctx context.Context, c decktest.Case) (got decktest.Got, torn bool, err error) {
	slot, wrong := l.port.Open(ctx, l.name)
	limit := patience
	if strings.Contains(c.Card, "mute") {
		limit = lost
	}
	got, err = c.Play(func(command []byte) (uint16, []byte, error) {
		if wrong != nil {
			return 0, nil, wrong
		}
		ctx, cancel := context.WithTimeout(ctx, limit)
		defer cancel()
		sw, data, err := slot.Transmit(ctx, command)
		if errors.Is(err, context.DeadlineExceeded) {
			err = errors.Join(reader.ErrCardMute, err)
		}
		torn = torn || err != nil
		return sw, data, err
	})
	if wrong == nil {
		err = errors.Join(err, slot.Close())
	}
	return got, torn, err
}

// play is a whole case, all its sales.
func (l lane) play(t *testing.T, c decktest.Case) {
	card, err := deck.Find(c.Card)
	if err != nil {
		t.Error(err)
		return
	}
	pull, err := l.put(t.Context(), card)
	if err != nil {
		t.Errorf("%s: put in: %v", c.Name, err)
	}
	var got decktest.Got
	torn := false
	for i := range c.Again + 1 {
		if got, torn, err = l.round(t.Context(), c.Round(i)); err != nil {
			t.Errorf("%s: %v", c.Name, err)
		}
	}
	if err := pull(torn); err != nil {
		t.Errorf("%s: taken out: %v", c.Name, err)
	}
	got.Tries = decktest.TriesOf(card, got.Label)
	for _, d := range c.Want.Differences(got.Want) {
		t.Errorf("%s: %s", c.Name, d)
	}
}

// TestTableReal: every case comes to the same over the real service. Each of its
// readers has a queue of its own, since a card takes most of a second to be seen
// come and go.
func TestTableReal(t *testing.T) {
	if testing.Short() {
		t.Skip("cards take their time")
	}
	d := pcscd.StartBoth(t)
	port := pcsc.New()
	p := watchReaders(t, port)
	queue := make(chan decktest.Case)
	var wg sync.WaitGroup
	begun := time.Now()
	for i, name := range d.Readers {
		l := lane{port, p, name, d.Address(i)}
		wg.Go(func() {
			for c := range queue {
				l.play(t, c)
			}
		})
	}
	n := 0
	for _, c := range decktest.Cases() {
		queue <- c
		n++
	}
	close(queue)
	wg.Wait()
	t.Logf("%d cases in %v", n, time.Since(begun).Round(100*time.Millisecond))
}
