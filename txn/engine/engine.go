// Package engine drives the machine: it performs the effects that [txn.Step]
// returns and turns what happens into events. It owns the only clock and the only
// goroutines of the money.
//
// Dispatch runs Step at once, on the caller's goroutine, and hands the effects to
// workers: a key is always judged by the state it was pressed in, and a screen
// never waits for a disk or a network.
//
//	journal worker  Append and Lookup, in order; everything else passes through it
//	link worker     Send, and the wiping of cards, in order: a card is never wiped
//	                while it is being sent
//	paper worker    Print
//	staff worker    Vouch, Drawer and SignedOut, in order: comparing a PIN takes a while
//	card reader     ReadCard, AnswerCard, StopCard
//	listener        what the link hears
//	clock           Tick at the machine's own deadline
package engine

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"runtime/debug"
	"sync"
	"sync/atomic"
	"time"

	"vpos/txn"
)

// Journal is where rows become durable.
type Journal interface {
	// Append writes the records in one durable commit. After an error nothing may
	// be believed until Settle has answered.
	Append(ctx context.Context, at time.Time, records []txn.Record) error
	// Settle returns nil once none of the rows of a failed Append is on disk, nor
	// ever will be.
	Settle(ctx context.Context) error
	// Recover says what earlier runs left.
	Recover(ctx context.Context) (txn.Recovered, error)
	// Find returns the transaction of the open batch with that trace number,
	// whatever became of it (zero: the newest approved one), or nil.
	FindIn(ctx context.Context, batch txn.Batch, stan txn.STAN) (*txn.Transaction, error)
	// FindHold returns the pre-authorisation with that approval code and day, and what
	// it holds with its increments, or nil.
	FindHold(ctx context.Context, code string, day time.Time) (*txn.Transaction, txn.Money, error)
	// Weigh is what bears on a transaction that the guards look at.
	Weigh(ctx context.Context, w txn.Weigh) (txn.Weighed, error)
	// Reckon is what the open batch comes to.
	Reckon(ctx context.Context) (txn.Totals, error)
	// Batch is every transaction in that.
	Batch(ctx context.Context) ([]txn.Detail, error)
}

// Link is the acquirer connection.
type Link interface {
	// Send dials if it must, writes the request and returns. An error that is a
	// [WrittenError] says whether any byte may have left.
	Send(ctx context.Context, r txn.Request) error
	// Inbox delivers [txn.Replied] and [txn.LinkLost], and is closed with the link.
	Inbox() <-chan txn.Event
	// HangUp closes the connection; the next Send dials again. It may be called
	// while a Send is under way.
	HangUp()
}

// WrittenError is an error of Link.Send that knows whether bytes may have left.
// Any other error counts as if they had: the money is then reversed, not lost.
type WrittenError interface {
	error
	MayHaveWritten() bool
}

// Printer puts a slip on paper and returns when it is there. An error that is a
// [txn.PaperError] says whether some of it may be; after any other nothing is.
type Printer interface {
	Print(ctx context.Context, s txn.Slip) error
}

// Cards is the chip reader at work. Its methods never block; what comes of them
// arrives as events by way of [Engine.Happened].
type Cards interface {
	Read(f txn.ReadCard)
	Answer(f txn.AnswerCard)
	Stop(f txn.StopCard)
}

// Staff knows the operators. Its methods may take a second: comparing a PIN is made
// slow on purpose.
type Staff interface {
	Vouch(ctx context.Context, at time.Time, v txn.Vouch) txn.Vouched
	Draw(ctx context.Context, at time.Time, d txn.Drawer) txn.Drawn
	Left(ctx context.Context, at time.Time, s txn.SignedOut)
	Tuned(ctx context.Context, at time.Time, t txn.Tuned)
}

// Parts are what the engine performs effects with.
type Parts struct {
	Journal Journal
	Link    Link
	Printer Printer
	Cards   Cards // nil where no chip is ever read
	Staff   Staff // nil where nobody signs in
}

// Options are an engine's settings. Setup and Log must be set.
type Options struct {
	Setup   txn.Setup
	Log     *slog.Logger
	Clock   func() time.Time // the terminal's local time; time.Now when nil
	Changed func()           // called, never concurrently, after a state changed by itself
	Fatal   func(error)      // called once when a worker panicked; the engine does no more work
}

// Engine is one running terminal.
type Engine struct {
	opt    Options
	parts  Parts           // set once, by Start
	ctx    context.Context //nolint:containedctx // it is the engine's own lifetime
	cancel context.CancelFunc
	done   sync.WaitGroup

	mu    sync.Mutex // guards state, and the order in which effects are queued
	state txn.State

	effects *queue[txn.Effect]
	sends   *queue[txn.Effect]
	slips   *queue[txn.Slip]
	people  *queue[txn.Effect]
	wake    chan struct{} // the deadline may have moved
	changed chan struct{} // the state changed by itself
	fatal   sync.Once

	leaving atomic.Int32 // sign-outs not yet written down
}

// New makes an engine that has not started. It takes entries already, so that a
// screen can be up before a disk has been looked at; nothing moves until Start.
func New(opt Options) *Engine {
	if opt.Clock == nil {
		opt.Clock = time.Now
	}
	ctx, cancel := context.WithCancel(context.Background())
	return &Engine{
		opt: opt, ctx: ctx, cancel: cancel, state: txn.New(opt.Setup),
		effects: newQueue[txn.Effect](), sends: newQueue[txn.Effect](), slips: newQueue[txn.Slip](), people: newQueue[txn.Effect](),
		wake: make(chan struct{}, 1), changed: make(chan struct{}, 1),
	}
}

// Start recovers the journal, gives the machine its first events and starts the
// workers. The error is the journal's.
func (e *Engine) Start(ctx context.Context, parts Parts) error {
	e.parts = parts
	recovered, err := parts.Journal.Recover(ctx)
	if err != nil {
		return fmt.Errorf("recover the journal: %w", err)
	}
	e.happened(txn.Started{Recovered: recovered})
	for _, work := range []func(){e.journalWorker, e.linkWorker, e.paperWorker, e.staffWorker, e.listener, e.clock, e.notifier} {
		e.done.Go(func() {
			defer e.caught()
			work()
		})
	}
	return nil
}

// drainTime bounds how long Close waits for rows and slips under way.
const drainTime = 3 * time.Second

// Close lets rows and slips under way finish, stops the workers and waits for
// them. A message still on the link is taken up by the next start.
func (e *Engine) Close() {
	if s := e.State(); s.Operator != "" && s.Name == txn.Idle {
		e.Dispatch(txn.Opened{Name: txn.Lock}) // whoever quits has signed out
	}
	busy := func() bool { return !e.State().AtRest() || e.leaving.Load() > 0 }
	for end := time.Now().Add(drainTime); busy() && e.ctx.Err() == nil && time.Now().Before(end); {
		time.Sleep(time.Millisecond)
	}
	e.cancel()
	e.effects.close()
	e.sends.close()
	e.slips.close()
	e.people.close()
	e.done.Wait()
}

// State is the machine's present state.
func (e *Engine) State() txn.State {
	e.mu.Lock()
	defer e.mu.Unlock()
	return e.state
}

// Dispatch gives the machine the time and one event and returns the state they
// lead to. It never blocks on a disk, a network or a printer, and may be called
// from any goroutine.
func (e *Engine) Dispatch(ev txn.Event) txn.State {
	s := e.apply(txn.Tick{Now: e.opt.Clock()}, ev)
	poke(e.wake)
	return s
}

func (e *Engine) apply(events ...txn.Event) txn.State {
	e.mu.Lock()
	defer e.mu.Unlock()
	for _, ev := range events {
		before := e.state.Name
		var effects []txn.Effect
		e.state, effects = txn.Step(e.state, ev)
		for _, f := range effects {
			if _, out := f.(txn.SignedOut); out {
				e.leaving.Add(1)
			}
		}
		e.effects.put(effects...)
		if e.state.Name != before {
			e.opt.Log.Debug("state", "name", e.state.Name, "stan", e.state.Draft.STAN)
		}
	}
	return e.state
}

// Happened is Dispatch for what nobody typed: the screens are told. Like Dispatch
// it never blocks and may be called from any goroutine.
func (e *Engine) Happened(ev txn.Event) { e.happened(ev) }

// Nudge tells the screens to look again although the state is as it was.
func (e *Engine) Nudge() { poke(e.changed) }

func (e *Engine) happened(ev txn.Event) {
	e.Dispatch(ev)
	poke(e.changed)
}

// caught turns a worker's panic into one call of Fatal. The journal stays as it
// is: what was under way is taken up by the next start.
func (e *Engine) caught() {
	r := recover()
	if r == nil {
		return
	}
	e.opt.Log.Error("panic", "value", fmt.Sprint(r), "stack", string(debug.Stack()))
	e.cancel()
	e.fatal.Do(func() {
		if e.opt.Fatal != nil {
			go e.opt.Fatal(fmt.Errorf("%w: %v", ErrPanic, r))
		}
	})
}

// ErrPanic is what Fatal gets when a worker panicked.
var ErrPanic = errors.New("the terminal met an impossible state")

// poke wakes whoever waits on c, now or next.
func poke(c chan struct{}) {
	select {
	case c <- struct{}{}:
	default:
	}
}
