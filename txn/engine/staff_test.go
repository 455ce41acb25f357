package engine

import (
	"context"
	"errors"
	"log/slog"
	"slices"
	"sync"
	"testing"
	"time"

	"vpos/reader"
	"vpos/txn"
)

// clerk is a Staff that waits to be let on with each PIN, and remembers the order.
type clerk struct {
	mu    sync.Mutex
	order []string
	seen  string // the PINs as they were when asked
	next  chan struct{}
}

func (c *clerk) note(what string) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.order = append(c.order, what)
}

func (c *clerk) Vouch(_ context.Context, at time.Time, v txn.Vouch) txn.Vouched {
	<-c.next
	c.seen = string(v.PIN.Reveal()) + " " + string(v.New.Reveal())
	c.note("vouch " + v.Operator)
	return txn.Vouched{Operator: v.Operator, Until: at}
}

func (c *clerk) Draw(_ context.Context, _ time.Time, d txn.Drawer) txn.Drawn {
	c.note("draw " + d.Operator)
	return txn.Drawn{Operator: d.Operator, Begin: d.Begin}
}

func (c *clerk) Left(_ context.Context, _ time.Time, s txn.SignedOut) { c.note("left " + s.Operator) }

func (c *clerk) Tuned(_ context.Context, _ time.Time, t txn.Tuned) { c.note("tuned " + t.Key) }

// blank is a journal that takes every row.
type blank struct{ rows chan txn.RecordType }

func (b blank) Append(_ context.Context, _ time.Time, records []txn.Record) error {
	b.rows <- records[0].Type
	return nil
}
func (blank) Settle(context.Context) error { return nil }
func (blank) Recover(context.Context) (txn.Recovered, error) {
	return txn.Recovered{NextSTAN: 1, Batch: 1}, nil
}
func (blank) FindIn(context.Context, txn.Batch, txn.STAN) (*txn.Transaction, error) { return nil, nil }
func (blank) Reckon(context.Context) (txn.Totals, error)                            { return txn.Totals{}, nil }
func (blank) Batch(context.Context) ([]txn.Detail, error)                           { return nil, nil }
func (blank) Weigh(context.Context, txn.Weigh) (txn.Weighed, error)                 { return txn.Weighed{}, nil }
func (blank) FindHold(context.Context, string, time.Time) (*txn.Transaction, txn.Money, error) {
	return nil, txn.Money{}, nil
}

// silent is a link that hears nothing and can send nothing.
type silent struct{}

func (silent) Send(context.Context, txn.Request) error { return errors.New("no link") }
func (silent) Inbox() <-chan txn.Event                 { return nil }
func (silent) HangUp()                                 {}

func startWith(t *testing.T, staff Staff) (*Engine, blank) {
	t.Helper()
	rows := blank{make(chan txn.RecordType, 1)}
	e := New(Options{Log: slog.New(slog.DiscardHandler)})
	if err := e.Start(t.Context(), Parts{Journal: rows, Link: silent{}, Staff: staff}); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(e.Close)
	return e, rows
}

func eventually(t *testing.T, what string, ok func() bool) {
	t.Helper()
	for end := time.Now().Add(10 * time.Second); !ok(); time.Sleep(time.Millisecond) {
		if time.Now().After(end) {
			t.Fatal("never " + what)
		}
	}
}

// Operators wait for each other, in order; rows wait for no operator; PINs are wiped.
func TestStaff(t *testing.T) {
	c := &clerk{next: make(chan struct{})}
	e, rows := startWith(t, c)
	pin, fresh := reader.NewSecret("593718"), reader.NewSecret("407182")
	e.effects.put(
		txn.SignedOut{Operator: "01"}, txn.Vouch{Operator: "02", PIN: pin, New: fresh}, txn.Drawer{Operator: "02", Begin: true},
		txn.Append{Records: []txn.Record{{Type: txn.RecPrinted}}},
	)
	select {
	case <-rows.rows:
	case <-time.After(10 * time.Second):
		t.Fatal("a row waits for a PIN")
	}
	if pin.Empty() {
		t.Error("a PIN is gone before it was compared")
	}
	close(c.next)
	eventually(t, "drew", func() bool {
		c.mu.Lock()
		defer c.mu.Unlock()
		return slices.Equal(c.order, []string{"left 01", "vouch 02", "draw 02"})
	})
	if c.seen != "593718 407182" || !pin.Empty() || !fresh.Empty() {
		t.Errorf("seen %d bytes; wiped %v, %v", len(c.seen), pin.Empty(), fresh.Empty())
	}
}

// Where nobody signs in, nobody is let in, and the PIN is wiped all the same.
func TestNoStaff(t *testing.T) {
	e, _ := startWith(t, nil)
	pin := reader.NewSecret("593718")
	a := e.vouch(t.Context(), txn.Vouch{Operator: "01", PIN: pin})
	if a != (txn.Vouched{Operator: "01", Code: txn.StaffNoStore}) || !pin.Empty() {
		t.Errorf("%+v, wiped %v", a, pin.Empty())
	}
	if a := e.draw(t.Context(), txn.Drawer{Operator: "01", Begin: true}); !a.Failed || !a.Begin || a.Operator != "01" {
		t.Errorf("%+v", a)
	}
	e.people.put(txn.SignedOut{Operator: "01"}, txn.Vouch{Operator: "01", PIN: reader.NewSecret("593718")})
}
