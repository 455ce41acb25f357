package sim

import (
	"context"
	"errors"
	"fmt"
	"sync"
	"time"

	"vpos/txn"
)

// book is the ledger behind a desk: requests from many connections are decided
// one after the other and committed together, so that one sync of the disk
// serves all that wait for it.
type book struct {
	byAmount bool
	store    Store // nil: memory only
	desk     chan *job
	over     chan struct{} // closed when nobody works the desk any more

	mu     sync.Mutex
	ledger *Ledger // nil while the disk and memory may differ
}

// job is one request at the desk. done gets exactly one answer.
type job struct {
	now     time.Time
	request *txn.Request
	verdict Verdict
	done    chan error
}

// maxTogether is the most requests one commit takes.
const maxTogether = 256

// errClosing answers what comes to the desk after the server was closed.
var errClosing = errors.New("host simulator is closing")

func openBook(byAmount bool, store Store) (*book, error) {
	b := &book{byAmount: byAmount, store: store, desk: make(chan *job), over: make(chan struct{})}
	if err := b.reload(); err != nil {
		return nil, err
	}
	return b, nil
}

// reload makes the ledger what the store says.
func (b *book) reload() error {
	b.ledger = nil
	if b.store == nil {
		b.ledger = NewLedger(b.byAmount)
		return nil
	}
	entries, err := b.store.Load()
	if err != nil {
		return fmt.Errorf("load: %w", err)
	}
	b.ledger, err = Restore(b.byAmount, entries)
	return err
}

// apply hands a request in and waits until what it changed is durable. After an
// error nothing may be answered: the host does not know either.
func (b *book) apply(ctx context.Context, now time.Time, r *txn.Request) (Verdict, error) {
	j := &job{now: now, request: r, done: make(chan error, 1)}
	select {
	case b.desk <- j:
	case <-b.over:
		return Verdict{}, errClosing
	case <-ctx.Done():
		return Verdict{}, fmt.Errorf("host simulator: %w", ctx.Err())
	}
	if err := <-j.done; err != nil {
		return Verdict{}, err
	}
	return j.verdict, nil
}

// serve works the desk until ctx ends.
func (b *book) serve(ctx context.Context) {
	defer close(b.over)
	batch := make([]*job, 0, maxTogether)
	for {
		batch = batch[:0]
		select {
		case j := <-b.desk:
			batch = append(batch, j)
		case <-ctx.Done():
			return
		}
	collect:
		for len(batch) < maxTogether {
			select {
			case j := <-b.desk:
				batch = append(batch, j)
			default:
				break collect
			}
		}
		err := b.commit(batch)
		for _, j := range batch {
			j.done <- err
		}
	}
}

// commit decides a batch and stores it. After a failed store the ledger in
// memory is thrown away, since nobody knows what the disk took.
func (b *book) commit(batch []*job) error {
	b.mu.Lock()
	defer b.mu.Unlock()
	if b.ledger == nil {
		if err := b.reload(); err != nil {
			return err
		}
	}
	var rows []Entry
	for _, j := range batch {
		j.verdict = b.ledger.Apply(j.now, j.request)
		rows = append(rows, j.verdict.Rows()...)
	}
	if len(rows) == 0 || b.store == nil {
		return nil
	}
	if err := b.store.Save(rows); err != nil {
		b.ledger = nil
		return fmt.Errorf("save: %w", err)
	}
	return nil
}

// entries lists the rows a filter chooses.
func (b *book) entries(f Filter) ([]Entry, error) {
	b.mu.Lock()
	defer b.mu.Unlock()
	if b.ledger == nil {
		if err := b.reload(); err != nil {
			return nil, err
		}
	}
	return b.ledger.Entries(f), nil
}
