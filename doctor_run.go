package main

import (
	"context"
	"sync"
	"time"

	"vpos/txn/health"
)

// How a device check runs: every probe beside the others, each with a limit of its own.

// check is one probe. It may outlive its context where a call into the system hangs;
// nobody waits for it then.
type check struct {
	subject health.Subject
	limit   time.Duration
	probe   func(context.Context) health.Finding
}

// checkLimit is how long one probe may take; linkLimit leaves the clock a moment to
// judge what the host said, so that a dead host costs five seconds in all.
const (
	checkLimit = 5 * time.Second
	linkLimit  = 4500 * time.Millisecond
)

// runChecks runs them all at once and tells what each found as it comes, one at a time.
// It returns when the last was told, at the latest when the longest limit is over.
func runChecks(ctx context.Context, list []check, tell func(health.Finding)) {
	var wg sync.WaitGroup
	var one sync.Mutex
	for _, c := range list {
		wg.Go(func() {
			f := c.run(ctx)
			one.Lock()
			defer one.Unlock()
			tell(f)
		})
	}
	wg.Wait()
}

// run is what a probe found, or that it did not come to an end in time.
func (c check) run(ctx context.Context) health.Finding {
	begun := time.Now()
	probing, cancel := context.WithTimeout(ctx, c.limit)
	defer cancel()
	found := make(chan health.Finding, 1)
	go func() { found <- c.probe(probing) }()
	late := time.NewTimer(c.limit + lateGrace) // a probe that heeds its context tells more than "late"
	defer late.Stop()
	var f health.Finding
	select {
	case f = <-found:
	case <-late.C:
		f = health.Finding{Code: health.Late(c.subject), Outcome: health.Fault}
	case <-ctx.Done():
		f = health.Finding{Code: health.Late(c.subject), Outcome: health.NotApplicable}
	}
	f.Took = time.Since(begun)
	return f
}

// lateGrace is what a probe has to say why it gives up.
const lateGrace = 100 * time.Millisecond

// later is a value one probe leaves for another.
type later[T any] struct {
	once  sync.Once
	ready chan struct{}
	value T
}

func newLater[T any]() *later[T] { return &later[T]{ready: make(chan struct{})} }

// set leaves the value; only the first counts.
func (l *later[T]) set(v T) {
	l.once.Do(func() {
		l.value = v
		close(l.ready)
	})
}

// get waits for the value; ok is false when ctx ends first.
func (l *later[T]) get(ctx context.Context) (v T, ok bool) {
	select {
	case <-l.ready:
		return l.value, true
	case <-ctx.Done():
		return v, false
	}
}
