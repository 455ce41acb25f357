package pcsc

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"sync"
	"time"

	"vpos/reader"
)

// Port is the readers of this machine behind PC/SC; it is a [reader.Port].
// Where the build has no PC/SC, Watch says [Disabled] and Open fails.
type Port struct {
	library library // nil where there is none
	turns   chan struct{}

	mu   sync.Mutex
	held map[string]hold // the readers that we hold, so that we do not report ourselves
}

// hold is our own use of a reader, until it was over and the service can be
// expected to say so.
type hold struct {
	count int
	until time.Time // when count is 0
}

// maxSlots bounds the slots that are open, or were left behind in a call that
// hangs: those must not pile up.
const maxSlots = 8

// afterglow is how long the service may still call a reader ours that is not.
const afterglow = time.Second

var _ reader.Port = (*Port)(nil)

// New gives the readers of this machine. It asks the service nothing yet.
func New() *Port { return newPort(systemLibrary) }

func newPort(l library) *Port {
	return &Port{library: l, turns: make(chan struct{}, maxSlots), held: map[string]hold{}}
}

// hold notes that a reader is ours; the function it gives takes that back.
func (p *Port) hold(name string) (unhold func()) {
	p.mu.Lock()
	defer p.mu.Unlock()
	h := p.held[name]
	h.count++
	p.held[name] = h
	return func() {
		p.mu.Lock()
		defer p.mu.Unlock()
		h := p.held[name]
		h.count--
		h.until = time.Now().Add(afterglow)
		p.held[name] = h
	}
}

// ours reports whether it is us who hold a reader.
func (p *Port) ours(name string) bool {
	p.mu.Lock()
	defer p.mu.Unlock()
	h, ok := p.held[name]
	if ok && h.count == 0 && time.Now().After(h.until) {
		delete(p.held, name)
		return false
	}
	return ok
}

// Open powers the card of a reader and keeps every other program from it. It
// changes nothing on the card: whoever had it powered before may have left an
// application selected. Closing powers it off.
func (p *Port) Open(ctx context.Context, name string) (reader.Slot, error) {
	if p.library == nil {
		return nil, fmt.Errorf("pcsc: open: %w: %s", reader.ErrReader, Disabled)
	}
	select {
	case p.turns <- struct{}{}:
	default:
		return nil, fmt.Errorf("pcsc: open: %w: %d cards are open or hang", reader.ErrReader, maxSlots)
	}
	o := newOwner()
	go o.run(func() { <-p.turns })
	got, err := ask(ctx, o, func(c *connection) opened { return p.open(c, name) })
	if err == nil {
		err = got.err
	}
	if err != nil {
		o.release()
		return nil, fmt.Errorf("pcsc: open: %w", err)
	}
	o.interrupt = got.interrupt
	s := &slot{name: got.name, atr: got.atr, protocol: got.protocol, owner: o}
	if code, ok := got.features[featureVerifyDirect]; ok {
		return &pinpad{slot: s, ioctl: code}, nil
	}
	return s, nil
}

// opened is what the owner's goroutine tells of a card it opened.
type opened struct {
	name      string
	atr       []byte
	protocol  protocol
	features  map[feature]uint32
	interrupt func()
	err       error
}

// open runs in the owner's goroutine.
func (p *Port) open(c *connection, name string) opened {
	session, err := openSession(p.library)
	if err != nil {
		return opened{err: fmt.Errorf("%w (%w)", reader.ErrReader, err)}
	}
	c.session = session
	names := []string{name}
	if name == "" {
		if names, err = session.readers(); err != nil {
			return opened{err: fmt.Errorf("%w (%w)", reader.ErrReader, err)}
		}
	}
	for end := time.Now().Add(busyFor); ; time.Sleep(busyPause) {
		got := p.openOneOf(c, names)
		if !errors.Is(got.err, reader.ErrCardBusy) || time.Now().After(end) {
			got.interrupt = session.interrupt
			return got
		}
	}
}

// A card that somebody else holds is asked for again, for a while: programs that look
// who a new card is hold it for a moment, and so does the service for whoever had the
// card that was torn out before.
const busyFor, busyPause = time.Second, 20 * time.Millisecond

// openOneOf opens the first card that can be opened. The error is that of the reader
// with the most to tell.
func (p *Port) openOneOf(c *connection, names []string) opened {
	worst := fmt.Errorf("%w: no reader", reader.ErrNoCard)
	for i, n := range names {
		got := p.openOne(c, n)
		if got.err == nil {
			return got
		}
		if i == 0 || telling(got.err) > telling(worst) {
			worst = got.err
		}
	}
	return opened{err: worst}
}

// telling orders what may be wrong with one reader of several: a card that is
// there says more than a slot without one.
func telling(err error) int {
	return slices.IndexFunc([]error{reader.ErrNoCard, reader.ErrReader, reader.ErrCardMute, reader.ErrCardBusy},
		func(e error) bool { return errors.Is(err, e) })
}

// openOne opens the card of one reader.
func (p *Port) openOne(c *connection, name string) (out opened) {
	unhold := p.hold(name)
	defer func() {
		if out.err == nil {
			c.unhold = unhold
			return
		}
		if c.card != nil {
			_ = c.card.disconnect() // it failed already
			c.card = nil
		}
		unhold()
	}()
	card, err := connect(c.session, name)
	if err != nil {
		return opened{err: opening(name, err)}
	}
	c.card = card
	if err := card.begin(); err != nil {
		return opened{err: opening(name, err)}
	}
	status, err := card.status()
	if err != nil {
		return opened{err: opening(name, err)}
	}
	c.events = status.events
	out = opened{name: name, atr: status.atr, protocol: card.protocol()}
	if answer, err := card.control(requestFeatures, nil); err == nil { // most readers have none
		out.features, _ = parseFeatures(answer) // and some say it badly
	}
	return out
}

// connect tries both protocols at once and, where the service cannot choose,
// one after the other. A card that was just reset by somebody gets a second
// chance.
func connect(s session, name string) (handle, error) {
	var err error
	for _, allowed := range []protocol{protocolT0 | protocolT1, protocolT0, protocolT1} {
		var card handle
		if card, err = s.connect(name, allowed); err == nil {
			if t := card.protocol(); t == protocolT0 || t == protocolT1 {
				return card, nil
			}
			_ = card.disconnect() // of no use
			err = codeMismatch
		}
		if !errors.Is(err, codeMismatch) && !errors.Is(err, codeReset) {
			return nil, err
		}
	}
	return nil, err
}

// openSession opens a context. A library that cannot be loaded panics on
// Windows; that is only a missing service.
func openSession(l library) (s session, err error) {
	defer func() {
		if r := recover(); r != nil {
			s, err = nil, fmt.Errorf("%w: %v", codeNoService, r)
		}
	}()
	return l.open()
}
