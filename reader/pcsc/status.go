package pcsc

import (
	"context"
	"errors"
	"fmt"
	"time"
)

// State says how far the way to a reader is open. The values are stable codes.
type State string

// The states, from nothing to everything.
const (
	Disabled  State = "pcsc.disabled"   // this build has no PC/SC
	NoService State = "pcsc.no-service" // the smart-card service is not running or does not answer
	NoReader  State = "pcsc.no-reader"  // the service runs, no reader is plugged in
	Ready     State = "pcsc.ready"      // at least one reader
)

// Status is the answer of the device check.
type Status struct {
	State   State
	Readers []string // names as the service gives them, outside text; only when Ready
	Err     error    // why, when NoService; for the log
}

// ErrTimeout says that the service did not answer in time.
var ErrTimeout = errors.New("pcsc: no answer from the smart-card service in time")

// Limit is how long a question may take, also when ctx allows longer.
const Limit = 2 * time.Second

// errNoReader is the port's way to say that the service runs without a reader.
var errNoReader = errors.New("pcsc: no reader")

// port is all that Status needs of a PC/SC library; nil where there is none.
type port func() (readers []string, err error)

// prober asks a port, one question at a time: a question that hangs keeps the
// turn, so hanging calls cannot pile up.
type prober struct {
	ask  port
	turn chan struct{}
}

func newProber(ask port) prober { return prober{ask: ask, turn: make(chan struct{}, 1)} }

var system = newProber(systemPort)

// Check asks the smart-card service for its readers. It returns after [Limit]
// or when ctx ends, whichever comes first, then with [NoService] and
// [ErrTimeout] or the error of ctx. It talks to no card.
func Check(ctx context.Context) Status { return system.status(ctx, Limit) }

func (p prober) status(ctx context.Context, limit time.Duration) Status {
	if p.ask == nil {
		return Status{State: Disabled}
	}
	ctx, cancel := context.WithTimeoutCause(ctx, limit, ErrTimeout)
	defer cancel()
	select {
	case p.turn <- struct{}{}:
	case <-ctx.Done():
		return Status{State: NoService, Err: context.Cause(ctx)}
	}
	answer := make(chan Status, 1)
	go func() {
		defer func() { <-p.turn }()
		answer <- p.question()
	}()
	select {
	case s := <-answer:
		return s
	case <-ctx.Done():
		return Status{State: NoService, Err: context.Cause(ctx)}
	}
}

// question puts one question to the port. A library that cannot be loaded
// panics on Windows; that is only a missing service.
func (p prober) question() (s Status) {
	defer func() {
		if r := recover(); r != nil {
			s = Status{State: NoService, Err: fmt.Errorf("pcsc: %v", r)}
		}
	}()
	names, err := p.ask()
	switch {
	case errors.Is(err, errNoReader), err == nil && len(names) == 0:
		return Status{State: NoReader}
	case err != nil:
		return Status{State: NoService, Err: err}
	}
	return Status{State: Ready, Readers: names}
}
