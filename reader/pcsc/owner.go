package pcsc

import (
	"context"
	"errors"
	"fmt"
	"sync"
	"time"

	"vpos/reader"
)

// owner is the one goroutine that makes the calls of one card. A call into the
// library cannot be stopped, so whoever stops waiting for one leaves the owner
// behind: it lets the card go as soon as the call returns.
type owner struct {
	jobs      chan func(*connection)
	quit      chan struct{} // closed when nobody wants the card any more
	gone      chan struct{} // closed when it was let go
	leave     sync.Once
	interrupt func()     // set once the card is open
	conn      connection // the goroutine's alone until gone
}

// errClosed is a slot after Close, or one left behind.
var errClosed = fmt.Errorf("%w: the slot is closed", reader.ErrReader)

func newOwner() *owner {
	return &owner{jobs: make(chan func(*connection)), quit: make(chan struct{}), gone: make(chan struct{})}
}

// run is the goroutine.
func (o *owner) run(after func()) {
	defer after()
	defer close(o.gone)
	defer o.conn.drop()
	o.conn.quit = o.quit
	for {
		select {
		case job := <-o.jobs:
			job(&o.conn)
		case <-o.quit:
			return
		}
		select { // a job and the end may come together: then it is the end
		case <-o.quit:
			return
		default:
		}
	}
}

// release tells the goroutine to let the card go.
func (o *owner) release() { o.leave.Do(func() { close(o.quit) }) }

// ask has the owner do a job and waits for its answer, or until ctx ends. In
// that case the owner is left behind for good, because nobody knows how far the
// card came. An answer that came is given even then.
func ask[T any](ctx context.Context, o *owner, job func(*connection) T) (T, error) {
	var none T
	answer := make(chan T, 1)
	select {
	case <-o.quit:
		return none, errClosed
	default:
	}
	if ctx.Err() != nil {
		return none, ended(ctx)
	}
	select {
	case o.jobs <- func(c *connection) { answer <- job(c) }:
	case <-o.quit:
		return none, errClosed
	case <-ctx.Done():
		return none, ended(ctx)
	}
	select {
	case a := <-answer:
		return a, nil
	case <-ctx.Done():
	}
	select {
	case a := <-answer:
		return a, nil
	default:
	}
	o.release()
	if o.interrupt != nil {
		o.interrupt()
	}
	return none, ended(ctx)
}

func ended(ctx context.Context) error {
	return fmt.Errorf("%w: given up: %w", reader.ErrReader, context.Cause(ctx))
}

// connection is a context of the service and a card in it.
type connection struct {
	session session
	card    handle
	events  uint16 // the count of insertions when the card was opened
	dead    error  // why the card can never be spoken to again
	unhold  func()
	err     error // of letting go
	quit    <-chan struct{}
}

// drop lets everything go.
func (c *connection) drop() {
	if c.card != nil {
		// A card that is out already needs no power off.
		if err := c.card.disconnect(); err != nil && c.dead == nil && !errors.Is(meaning(err, whileTalking), reader.ErrTorn) {
			c.err = fmt.Errorf("pcsc: power off: %w: %w", reader.ErrReader, err)
		}
	}
	if c.unhold != nil {
		c.unhold()
	}
	if c.session != nil {
		c.session.release()
	}
}

// send is one command to the card and its answer, unless nobody waits any more.
func (c *connection) send(command []byte) ([]byte, error) {
	select {
	case <-c.quit:
		return nil, errClosed
	default:
	}
	return c.card.transmit(command)
}

// How long, and how often in it, to look whether a card that failed is still
// there. The service of Linux sees a removal 0.4 s late.
const (
	verdictLimit = time.Second
	verdictStep  = 25 * time.Millisecond
)

// verdict says what an error in the middle of a command means. "Not transacted",
// and with some readers an empty answer, is both a card torn out and one that
// does not answer: whether it is gone tells the two apart, which may take the
// service a moment.
func (c *connection) verdict(err error) error {
	sentinel := meaning(err, whileTalking)
	switch _, known := errors.AsType[code](err); {
	case errors.Is(err, errNoStatus):
		if !c.stays() {
			sentinel = reader.ErrTorn
		}
	case !known:
		return err // ours
	case errors.Is(err, codeUntransacted) && c.stays():
		sentinel = reader.ErrCardMute
	}
	err = fmt.Errorf("%w (%w)", sentinel, err)
	if errors.Is(sentinel, reader.ErrTorn) {
		c.dead = err
	}
	return err
}

// stays waits for the card to be seen leaving, and reports whether it did not.
func (c *connection) stays() bool {
	limit := time.NewTimer(verdictLimit)
	defer limit.Stop()
	step := time.NewTicker(verdictStep)
	defer step.Stop()
	for {
		status, err := c.card.status()
		if err != nil || !status.present || status.events != c.events {
			return false
		}
		select {
		case <-step.C:
		case <-limit.C:
			return true
		case <-c.quit:
			return true
		}
	}
}
