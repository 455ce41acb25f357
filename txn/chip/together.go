package chip

import (
	"context"
	"errors"
	"slices"
	"sync"

	"vpos/reader"
)

// Together is several ports as one: their readers side by side, the first port's
// first. A reader is opened at the port that has it.
type Together []reader.Port

var _ reader.Port = Together{}

// Watch is [reader.Port]. The state is the first port's that is ready, or the last
// one's.
func (t Together) Watch(ctx context.Context, changed func(reader.Readers)) {
	var mu sync.Mutex
	var wg sync.WaitGroup
	latest := make([]reader.Readers, len(t))
	for i, port := range t {
		wg.Go(func() {
			port.Watch(ctx, func(r reader.Readers) {
				mu.Lock()
				defer mu.Unlock()
				latest[i] = r
				changed(merge(latest))
			})
		})
	}
	wg.Wait()
}

func merge(all []reader.Readers) (out reader.Readers) {
	for _, r := range all {
		if len(out.List) == 0 {
			out.State, out.Err = r.State, r.Err
		}
		out.List = append(out.List, r.List...)
	}
	return out
}

// Open is [reader.Port].
func (t Together) Open(ctx context.Context, name string) (reader.Slot, error) {
	err := reader.ErrNoCard
	for _, port := range t {
		slot, wrong := port.Open(ctx, name)
		if wrong == nil {
			return slot, nil
		}
		if errors.Is(err, reader.ErrNoCard) || !errors.Is(wrong, reader.ErrReader) {
			err = wrong // what a port that knows the reader says of it
		}
	}
	return nil, err
}

// Only is a port of whose readers only those count that wanted says yes to.
func Only(port reader.Port, wanted func(name string) bool) reader.Port { return only{port, wanted} }

type only struct {
	reader.Port
	wanted func(string) bool
}

// Watch is [reader.Port].
func (o only) Watch(ctx context.Context, changed func(reader.Readers)) {
	o.Port.Watch(ctx, func(r reader.Readers) {
		r.List = slices.DeleteFunc(slices.Clone(r.List), func(s reader.ReaderState) bool { return !o.wanted(s.Name) })
		changed(r)
	})
}
