package pcsc

import (
	"context"
	"errors"
	"time"

	"vpos/reader"
)

const (
	// step is how long a wait for a change takes at most. A cancel that comes
	// between two waits is lost, and a service that does not know plugAndPlay
	// is asked for its readers this often.
	step = time.Second

	// patience is how long the service may be silent before it counts as gone.
	patience = step + Limit

	// linger is how long Watch stays after its context, for the service to let
	// go; one that hangs is left behind.
	linger      = 100 * time.Millisecond
	cancelEvery = 5 * time.Millisecond

	// A service that is gone is looked for again after firstPause, and ever less
	// often down to once in longestPause.
	firstPause   = 50 * time.Millisecond
	longestPause = 2 * time.Second

	// maxIdle wakes for nothing in a row are a service that wakes us wrongly;
	// from then on each costs an idlePause.
	maxIdle   = 3
	idlePause = 100 * time.Millisecond
)

// Watch calls changed with the readers as they are and after every change, until
// ctx ends; see [reader.Port]. A card swapped for another between two looks is
// told as an empty reader and then the new card. A reader whose card we hold
// ourselves counts as [reader.CardIn].
func (p *Port) Watch(ctx context.Context, changed func(reader.Readers)) {
	if p.library == nil {
		changed(reader.Readers{State: string(Disabled)})
		<-ctx.Done()
		return
	}
	w := &watcher{library: p.library, ours: p.ours, beats: make(chan []reader.Readers), session: make(chan session, 1)}
	done := make(chan struct{})
	go func() {
		defer close(done)
		w.run(ctx)
	}()
	defer w.end(done)
	follow(ctx, w.beats, changed)
}

// follow tells what the beats bring, and that there is no service when they
// stay away.
func follow(ctx context.Context, beats <-chan []reader.Readers, changed func(reader.Readers)) {
	silence := time.NewTimer(patience)
	defer silence.Stop()
	var told *reader.Readers
	tell := func(now reader.Readers) {
		if told == nil || !same(*told, now) {
			told = &now
			changed(now)
		}
	}
	for {
		select {
		case beat := <-beats:
			for _, now := range beat {
				if ctx.Err() != nil {
					return
				}
				tell(now)
			}
			silence.Reset(patience)
		case <-silence.C:
			tell(reader.Readers{State: string(NoService), Err: ErrTimeout})
		case <-ctx.Done():
			return
		}
	}
}

// watcher is the goroutine that waits in the service. Each beat says that it is
// alive and what is; swaps make it more than one picture.
type watcher struct {
	library library
	ours    func(string) bool
	beats   chan []reader.Readers
	session chan session // the context it waits in, for whoever wants to cancel
}

// end wakes the goroutine and gives it a moment.
func (w *watcher) end(done <-chan struct{}) {
	limit := time.NewTimer(linger)
	defer limit.Stop()
	again := time.NewTicker(cancelEvery)
	defer again.Stop()
	for {
		select {
		case s := <-w.session:
			s.cancel()
			w.session <- s
		default:
		}
		select {
		case <-done:
			return
		case <-limit.C:
			return
		case <-again.C:
		}
	}
}

func (w *watcher) beat(ctx context.Context, pictures ...reader.Readers) {
	select {
	case w.beats <- pictures:
	case <-ctx.Done():
	}
}

func (w *watcher) run(ctx context.Context) {
	delay := firstPause
	for ctx.Err() == nil {
		worked, err := w.serve(ctx)
		if ctx.Err() != nil {
			return
		}
		if worked {
			delay = firstPause
		}
		w.beat(ctx, reader.Readers{State: string(NoService), Err: err})
		pause(ctx, delay)
		delay = min(2*delay, longestPause)
	}
}

// serve watches in one context of the service, until that fails or ctx ends. It
// reports whether the service ever answered.
func (w *watcher) serve(ctx context.Context) (worked bool, err error) {
	s, err := openSession(w.library)
	if err != nil {
		return false, err
	}
	w.session <- s
	defer func() { (<-w.session).release() }()
	t, idle := &table{}, 0
	for ctx.Err() == nil {
		names, err := s.readers()
		if err != nil {
			return worked, err
		}
		worked = true
		fresh := t.list(names)
		if len(names) == 0 {
			w.beat(ctx, t.readers(w.ours))
		}
		woken, err := w.wait(ctx, s, t)
		switch {
		case err != nil:
			return worked, err
		case fresh || !woken:
			idle = 0
		default:
			idle++
		}
		if idle >= maxIdle {
			t.deaf = true
			pause(ctx, idlePause)
		}
	}
	return worked, nil
}

// wait waits one step and tells what it brought. It reports whether it was
// woken though no reader changed.
func (w *watcher) wait(ctx context.Context, s session, t *table) (woken bool, err error) {
	rows := t.ask()
	if len(rows) == 0 {
		pause(ctx, step)
		return false, nil
	}
	err = s.wait(rows, step)
	quiet := errors.Is(err, codeTimeout)
	if quiet {
		// Some changes wake nobody: that another program took a card, on Linux.
		err = s.wait(unaware(rows), 0)
	}
	switch {
	case errors.Is(err, codeTimeout): // alive, and that is all
		w.beat(ctx)
		return false, nil
	case errors.Is(err, codeNoReaderName): // gone since it was listed, or plugAndPlay is not known
		return true, nil
	case err != nil:
		return false, err
	}
	changed, swapped := t.take(rows)
	now := t.readers(w.ours)
	if len(swapped) > 0 {
		w.beat(ctx, emptied(now, swapped), now)
	} else {
		w.beat(ctx, now)
	}
	return !changed && !quiet, nil
}

// pause waits, or until ctx ends.
func pause(ctx context.Context, d time.Duration) {
	timer := time.NewTimer(d)
	defer timer.Stop()
	select {
	case <-timer.C:
	case <-ctx.Done():
	}
}
