package pcsc

import (
	"context"
	"errors"
	"fmt"
	"time"

	"vpos/reader"
)

// Survey asks the smart-card service once for its readers and for what lies in each,
// as the service knows it: no card is powered and nothing is sent to one. It returns
// after [Limit] or when ctx ends, whichever comes first, then with [NoService] and
// [ErrTimeout] or the error of ctx.
func Survey(ctx context.Context) reader.Readers { return surveyor.look(ctx, Limit) }

var surveyor = survey{library: systemLibrary, turn: make(chan struct{}, 1)}

// survey looks one at a time, as prober asks.
type survey struct {
	library library
	turn    chan struct{}
}

func (s survey) look(ctx context.Context, limit time.Duration) reader.Readers {
	if s.library == nil {
		return reader.Readers{State: string(Disabled)}
	}
	ctx, cancel := context.WithTimeoutCause(ctx, limit, ErrTimeout)
	defer cancel()
	none := func() reader.Readers { return reader.Readers{State: string(NoService), Err: context.Cause(ctx)} }
	select {
	case s.turn <- struct{}{}:
	case <-ctx.Done():
		return none()
	}
	answer := make(chan reader.Readers, 1)
	go func() {
		defer func() { <-s.turn }()
		found, err := s.once()
		if err != nil {
			found = reader.Readers{State: string(NoService), Err: err}
		}
		answer <- found
	}()
	select {
	case found := <-answer:
		return found
	case <-ctx.Done():
		return none()
	}
}

// once looks in a context of its own, because one context must not be used by two
// threads at a time.
func (s survey) once() (reader.Readers, error) {
	session, err := openSession(s.library)
	if err != nil {
		return reader.Readers{}, fmt.Errorf("pcsc: establish context: %w", err)
	}
	defer session.release()
	names, err := session.readers()
	if err != nil {
		return reader.Readers{}, fmt.Errorf("pcsc: list readers: %w", err)
	}
	t := &table{deaf: true}
	t.list(names)
	rows := t.ask()
	if len(rows) > 0 {
		if err := session.wait(rows, 0); err != nil && !errors.Is(err, codeTimeout) {
			return reader.Readers{}, fmt.Errorf("pcsc: look at readers: %w", err)
		}
		t.take(rows)
	}
	return t.readers(func(string) bool { return false }), nil
}
