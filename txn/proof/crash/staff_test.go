package crash

import (
	"context"
	"log/slog"
	"testing"
	"time"

	"vpos/reader"
	"vpos/txn"
	"vpos/txn/journal"
	"vpos/txn/staff"
)

// tried counts the tries that were said to be on disk: from then on a PIN is compared.
type tried struct {
	*journal.Journal
	acked int
}

func (s *tried) Change(ctx context.Context, at time.Time, c staff.Change) error {
	err := s.Journal.Change(ctx, at, c)
	if err == nil && c.Rows[0].Act == staff.Try {
		s.acked++
	}
	return err
}

// remembers wants so many tries after any power cut now, or one more that was on its way.
func (t *terminal) remembers(tries int) {
	t.Helper()
	for seed := range uint64(12) {
		after := t.disk.Cut(dice(seed, 3))
		name, forget := after.Register()
		opt := t.opt
		opt.VFS = name
		j, err := journal.Open(context.Background(), opt)
		if err != nil {
			t.Fatalf("cut %d: %v", seed, err)
		}
		e, found, err := j.Operator(context.Background(), "01")
		if err != nil || !found || e.Fails < tries || e.Fails > tries+1 {
			t.Fatalf("cut %d: %d tries were compared, %d are counted, %v", seed, tries, e.Fails, err)
		}
		if _, locked := e.Locked(time.Unix(2, 0)); locked != (e.Fails >= staff.MaxTries) {
			t.Fatalf("cut %d: %d tries, locked %v", seed, e.Fails, locked)
		}
		if r, err := j.Verify(context.Background()); err != nil || r.Broken != nil || r.Audit < int64(1+tries) {
			t.Fatalf("cut %d: %d rows of the audit, %v, %v", seed, r.Audit, r.Broken, err)
		}
		after.Kill()
		_ = j.Close()
		forget()
	}
}

// Whenever the power is cut, before, in or after a wrong try, no try that was compared is
// forgotten, the fifth locks, and the audit is whole.
func TestCutGainsNoTry(test *testing.T) {
	t := newTerminal(test)
	j := t.start(0)
	store := &tried{Journal: j}
	k := staff.New(store, t.opt.Sealer.Pepper(), slog.New(slog.DiscardHandler))
	at := time.Unix(1, 0)
	err := k.Add(t.Context(), at, "", staff.Operator{ID: "01", Name: "Wang", Role: txn.Supervisor}, reader.NewSecret("826491"))
	if err != nil {
		t.Fatal(err)
	}
	cuts := 0
	t.disk.Before = func(Op) { cuts++; t.remembers(store.acked) }
	for range staff.MaxTries + 1 {
		k.Vouch(t.Context(), at, txn.Vouch{Operator: "01", PIN: reader.NewSecret("407182")})
		t.remembers(store.acked)
	}
	t.disk.Before = nil
	if store.acked != staff.MaxTries || cuts < 2*staff.MaxTries {
		t.Errorf("%d tries, cut at %d operations", store.acked, cuts)
	}
	t.kill(j)
}
