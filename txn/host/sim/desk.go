package sim

import (
	"context"
	"errors"
	"fmt"
	"sync"
	"time"

	"vpos/txn"
)

// desk is where the ledger is worked: requests from many connections are decided
// one after the other and committed together, so that one sync of the disk
// serves all that wait for it.
type desk struct {
	byAmount bool
	store    Store // nil: memory only
	in       chan *job
	over     chan struct{} // closed when nobody works the desk any more

	mu     sync.Mutex
	ledger *Ledger // nil while the disk and memory may differ
}

// job is one request at the desk. done gets exactly one answer.
type job struct {
	now     time.Time
	request *txn.Request
	order   Order
	verdict Verdict
	done    chan error
}

// maxTogether is the most requests one commit takes.
const maxTogether = 256

// errClosing answers what comes to the desk after the server was closed.
var errClosing = errors.New("host simulator is closing")

func openDesk(byAmount bool, store Store) (*desk, error) {
	d := &desk{byAmount: byAmount, store: store, in: make(chan *job), over: make(chan struct{})}
	if err := d.reload(); err != nil {
		return nil, err
	}
	return d, nil
}

// reload makes the ledger what the store says.
func (d *desk) reload() error {
	d.ledger = nil
	if d.store == nil {
		d.ledger = NewLedger(d.byAmount)
		return nil
	}
	entries, err := d.store.Load()
	if err != nil {
		return fmt.Errorf("load: %w", err)
	}
	setup := Setup{ByAmount: d.byAmount}
	if keyed, ok := d.store.(interface{ Key() Key }); ok {
		setup.Key = keyed.Key()
	}
	d.ledger, err = Open(setup, entries)
	return err
}

// apply hands a request in and waits until what it changed is durable. After an
// error nothing may be answered: the host does not know either.
func (d *desk) apply(ctx context.Context, now time.Time, r *txn.Request, o Order) (Verdict, error) {
	j := &job{now: now, request: r, order: o, done: make(chan error, 1)}
	select {
	case d.in <- j:
	case <-d.over:
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
func (d *desk) serve(ctx context.Context) {
	defer close(d.over)
	batch := make([]*job, 0, maxTogether)
	for {
		batch = batch[:0]
		select {
		case j := <-d.in:
			batch = append(batch, j)
		case <-ctx.Done():
			return
		}
	collect:
		for len(batch) < maxTogether {
			select {
			case j := <-d.in:
				batch = append(batch, j)
			default:
				break collect
			}
		}
		err := d.commit(batch)
		for _, j := range batch {
			j.done <- err
		}
	}
}

// commit decides a batch and stores it. After a failed store the ledger in
// memory is thrown away, since nobody knows what the disk took.
func (d *desk) commit(batch []*job) error {
	d.mu.Lock()
	defer d.mu.Unlock()
	if d.ledger == nil {
		if err := d.reload(); err != nil {
			return err
		}
	}
	var rows []Entry
	for _, j := range batch {
		j.verdict = d.ledger.DecideBy(j.now, j.request, j.order)
		d.ledger.Commit(&j.verdict)
		rows = append(rows, j.verdict.Rows()...)
	}
	if len(rows) == 0 || d.store == nil {
		return nil
	}
	if err := d.store.Save(rows); err != nil {
		d.ledger = nil
		return fmt.Errorf("save: %w", err)
	}
	return nil
}

// look gives the ledger to read, between two commits.
func (d *desk) look(read func(*Ledger)) error {
	d.mu.Lock()
	defer d.mu.Unlock()
	if d.ledger == nil {
		if err := d.reload(); err != nil {
			return err
		}
	}
	read(d.ledger)
	return nil
}
