package chip

import (
	"context"
	"crypto/rand"
	"io"
	"log/slog"
	"slices"
	"sync"
	"time"

	"vpos/reader"
	"vpos/reader/emv"
	"vpos/txn"
)

// Options are what sessions need. Port, Kernel and Tell must be set.
type Options struct {
	Port   reader.Port
	Kernel emv.Config
	Tell   func(txn.Event) // gives the machine an event; may be called from any goroutine
	Looked func()          // something changed that is none of the machine's business: a reader came; may be nil

	// Training lets the PIN be typed, and lets only cards that Test knows pay: of
	// any other card no more than its masked identity is read.
	Training  bool
	OnlinePIN bool // the host checks PINs: a typed one may go to it
	Test      func(reader.PAN) bool
	Trusted   func(reader string) bool // readers that hold nothing but test cards; nil for none

	Patience time.Duration // how long a card may think about one command; 10 s when zero
	Random   io.Reader     // crypto/rand when nil
	Log      *slog.Logger  // never a command, never card data; none when nil
}

// Cards is a terminal's chip reader at work. Its methods never block.
type Cards struct {
	o Options

	mu      sync.Mutex
	session *session // the newest; nil for none
	reader  string   // that holds a card
	serial  uint64   // of its insertion
	readers reader.Readers
	trace   []emv.Decision // of the session that ended last
	done    sync.WaitGroup
	ctx     context.Context //nolint:containedctx // its own lifetime
	cancel  context.CancelFunc
}

// New prepares it. Nothing happens before [Cards.Watch] and [Cards.Read].
func New(o Options) *Cards {
	if o.Random == nil {
		o.Random = rand.Reader
	}
	if o.Patience == 0 {
		o.Patience = 10 * time.Second
	}
	if o.Looked == nil {
		o.Looked = func() {}
	}
	if o.Log == nil {
		o.Log = slog.New(slog.DiscardHandler)
	}
	ctx, cancel := context.WithCancel(context.Background())
	return &Cards{o: o, ctx: ctx, cancel: cancel}
}

// Readers is what is plugged in now; nothing for a nil Cards.
func (c *Cards) Readers() reader.Readers {
	if c == nil {
		return reader.Readers{}
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.readers
}

// Trace is what the kernel decided in the session that ended last, and why; nothing
// for a nil Cards.
func (c *Cards) Trace() []emv.Decision {
	if c == nil {
		return nil
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.trace
}

// Watch tells of cards that come and go until Close: [txn.Inserted] for a card
// that answered, [txn.Misread] for one that does not, [txn.Removed].
func (c *Cards) Watch() {
	c.done.Go(func() { c.o.Port.Watch(c.ctx, c.changed) })
}

// changed compares what is in the readers with what was.
func (c *Cards) changed(now reader.Readers) {
	c.mu.Lock()
	was := c.readers
	c.readers = now
	s := c.session
	held, at := c.reader, cardIn(now)
	if held != "" && (in(now, held) || !listed(now, held)) {
		at = held // a reader or a service that is gone for a moment is no card taken out
		if fresh := arrived(was, now); fresh != "" && fresh != held && (s == nil || !s.active()) {
			at = fresh // not the badge that is always in: the card somebody has just put in
		}
	}
	if at != held {
		c.serial++
	}
	c.reader = at
	serial := c.serial
	c.mu.Unlock()
	defer c.o.Looked()
	if s != nil && held != "" && (held != at || !listed(now, held)) {
		s.torn()
	}
	if held != "" && held != at {
		c.o.Tell(txn.Removed{})
	}
	switch {
	case at != "" && held != at:
		c.o.Tell(txn.Inserted{Reader: at, Serial: serial, Found: !listed(was, at) && !c.trusted(at)})
	case at == "" && has(now, reader.CardMute) && !has(was, reader.CardMute):
		c.o.Tell(txn.Misread{Code: txn.CardMute})
	case at == "" && has(now, reader.CardShared) && !has(was, reader.CardShared):
		c.o.Tell(txn.Misread{Code: txn.CardBusy})
	}
}

// cardIn is the first reader with a contact card that answered.
func cardIn(r reader.Readers) string {
	for _, s := range r.List {
		if s.Card == reader.CardIn && !s.Contactless {
			return s.Name
		}
	}
	return ""
}

// arrived is the first reader whose card was not there before.
func arrived(was, now reader.Readers) string {
	for _, s := range now.List {
		if s.Card == reader.CardIn && !s.Contactless && !in(was, s.Name) {
			return s.Name
		}
	}
	return ""
}

func listed(r reader.Readers, name string) bool {
	return slices.ContainsFunc(r.List, func(s reader.ReaderState) bool { return s.Name == name })
}

// trusted reports whether a reader holds nothing but cards of our own making.
func (c *Cards) trusted(name string) bool { return c.o.Trusted != nil && c.o.Trusted(name) }

func in(r reader.Readers, name string) bool {
	for _, s := range r.List {
		if s.Name == name {
			return s.Card == reader.CardIn
		}
	}
	return false
}

func has(r reader.Readers, state reader.CardState) bool {
	for _, s := range r.List {
		if s.Card == state {
			return true
		}
	}
	return false
}

// Read begins a session and gives up an older one.
func (c *Cards) Read(f txn.ReadCard) {
	s := newSession(c, f)
	c.mu.Lock()
	old := c.session
	c.session = s
	if f.Serial != c.serial || c.reader == "" {
		s.torn() // that card has left, and one that came since is not the one that was meant
	}
	c.mu.Unlock()
	c.done.Go(func() {
		if old != nil {
			old.stop()
			<-old.over
		}
		defer close(s.over)
		s.run()
	})
}

// Answer answers the question of a session; too late, it is wiped.
func (c *Cards) Answer(f txn.AnswerCard) {
	if s := c.newest(f.Session); s != nil && s.answer(f) {
		return
	}
	f.PIN.Wipe()
}

// Stop gives a session up.
func (c *Cards) Stop(f txn.StopCard) {
	if s := c.newest(f.Session); s != nil {
		s.stop()
	}
}

func (c *Cards) newest(number uint64) *session {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.session == nil || c.session.f.Session != number {
		return nil
	}
	return c.session
}

// Close ends the session under way and the watch, and waits for both. A nil Cards
// has neither.
func (c *Cards) Close() {
	if c == nil {
		return
	}
	c.cancel()
	c.done.Wait()
}
