package staff

import (
	"context"
	"log/slog"
	"sync"
	"time"

	"vpos/reader"
	"vpos/txn"
)

// Keeper vouches for operators. Its methods may be called concurrently; they run one
// after the other, so that no two tries are counted as one.
type Keeper struct {
	store  Store
	pepper Pepper
	log    *slog.Logger
	cost   Cost
	// matches is [Pepper.matches]; a test that kills the process looks in here.
	matches func(*Entry, reader.Secret, Cost) (bool, error)

	mu sync.Mutex
}

// New makes a keeper over a store. What fails goes to the log, without secrets.
func New(store Store, pepper Pepper, log *slog.Logger) *Keeper {
	return &Keeper{store: store, pepper: pepper, log: log, cost: usual, matches: pepper.matches}
}

// Vouch answers whether a PIN is an operator's, and lets them in or lets something pass.
// at is the terminal's clock. The PINs stay the caller's to wipe.
//
// The try is durable before the PIN is compared, and the last try as a lock. So a power
// cut at any moment costs a try and never gains one. New is looked at only where For is
// empty.
func (k *Keeper) Vouch(ctx context.Context, at time.Time, v txn.Vouch) txn.Vouched {
	return k.vouch(ctx, at, asked{Vouch: v, super: v.For != ""})
}

// Manage is Vouch for a supervisor who is about to change the operators. By and For are
// of no interest; a fresh PIN needs a new one first, as when signing in.
func (k *Keeper) Manage(ctx context.Context, at time.Time, v txn.Vouch) txn.Vouched {
	v.For, v.By = "", ""
	return k.vouch(ctx, at, asked{Vouch: v, super: true})
}

// asked is what somebody wants of their PIN.
type asked struct {
	txn.Vouch
	super bool // only a supervisor's will do
}

// passes is the act of a PIN that was right and enough.
func (a *asked) passes() Act {
	switch {
	case a.For != "":
		return LetPass
	case a.super:
		return Managing
	}
	return SignedIn
}

func (k *Keeper) vouch(ctx context.Context, at time.Time, a asked) txn.Vouched {
	k.mu.Lock()
	defer k.mu.Unlock()
	answer := txn.Vouched{Operator: a.Operator}
	e, found, err := k.store.Operator(ctx, a.Operator)
	switch {
	case err != nil:
		return k.noStore(answer, "look up the operator", err)
	case !found:
		answer.Code = txn.StaffUnknown
		return answer
	}
	answer.Role = e.Role
	if until, locked := e.Locked(at); locked {
		return k.locked(ctx, at, &e, until, answer)
	}
	if err := k.count(ctx, at, &e); err != nil {
		return k.noStore(answer, "count the try", err)
	}
	right, err := k.matches(&e, a.PIN, k.cost)
	switch {
	case err != nil:
		return k.noStore(answer, "compare", err)
	case right:
		return k.right(ctx, at, &e, &a, answer)
	}
	return k.wrong(ctx, at, &e, answer)
}

// locked answers without looking at the PIN. A lock that ends too late is mended, or it
// would move on with the clock and never end.
func (k *Keeper) locked(ctx context.Context, at time.Time, e *Entry, until time.Time, answer txn.Vouched) txn.Vouched {
	if !e.Until.Equal(until) {
		e.Until = until
		if err := k.store.Change(ctx, at, Change{Put: e}); err != nil {
			return k.noStore(answer, "mend the lock", err)
		}
	}
	answer.Code, answer.Until = txn.StaffLocked, until.In(at.Location())
	return answer
}

// count makes a try durable, and with the last of them the lock.
func (k *Keeper) count(ctx context.Context, at time.Time, e *Entry) error {
	if !e.Until.IsZero() { // a lock that is over
		e.Fails, e.Until = 0, time.Time{}
	}
	e.Fails++
	if e.Fails >= MaxTries {
		e.Until = at.Add(LockFor)
	}
	return k.store.Change(ctx, at, Change{Put: e, Rows: []Row{{Act: Try, Operator: e.ID}}})
}

// wrong says in the audit what the try came to; it is counted already.
func (k *Keeper) wrong(ctx context.Context, at time.Time, e *Entry, answer txn.Vouched) txn.Vouched {
	act := Wrong
	answer.Code, answer.Left = txn.StaffWrong, MaxTries-e.Fails
	if e.Fails >= MaxTries {
		act, answer.Code, answer.Left, answer.Until = LockedOut, txn.StaffLocked, 0, e.Until
	}
	if err := k.store.Change(ctx, at, Change{Rows: []Row{{Act: act, Operator: e.ID}}}); err != nil {
		return k.noStore(txn.Vouched{Operator: answer.Operator}, "write the audit", err)
	}
	return answer
}

// right gives the tries back, and says whether the PIN was enough.
func (k *Keeper) right(ctx context.Context, at time.Time, e *Entry, a *asked, answer txn.Vouched) txn.Vouched {
	e.Fails, e.Until = 0, time.Time{}
	choosing := !a.New.Empty() && a.For == ""
	switch {
	case a.super && e.Role != txn.Supervisor:
		answer.Code = txn.StaffNotSuper
	case e.Fresh && !choosing:
		answer.Code = txn.StaffFresh
	case choosing && (Weak(e.ID, a.New) || same(a.New, a.PIN)):
		answer.Code = txn.StaffWeak
	}
	c := Change{Put: e}
	if answer.Code == txn.NoProblem && choosing {
		e.PIN, e.Fresh = k.pepper.hash(e.ID, e.Role, a.New, k.cost), false
		c.Rows = append(c.Rows, Row{Act: Chosen, Operator: e.ID})
	}
	act := a.passes()
	if answer.Code != txn.NoProblem {
		act = Refused
	}
	c.Rows = append(c.Rows, Row{Act: act, Operator: e.ID, By: a.By, Kind: a.For})
	err := k.store.Change(ctx, at, c)
	if err == nil {
		_, answer.Shift, err = k.store.Shift(ctx, e.ID)
	}
	if err != nil {
		return k.noStore(txn.Vouched{Operator: answer.Operator}, "let the operator in", err)
	}
	return answer
}

func (k *Keeper) noStore(answer txn.Vouched, what string, err error) txn.Vouched {
	k.log.Error("operators", "what", what, "operator", answer.Operator, "err", err)
	answer.Code = txn.StaffNoStore
	return answer
}

// Draw writes down the cash in the drawer: the float that begins an operator's shift, or
// the count that ends it, with what the shift came to.
func (k *Keeper) Draw(ctx context.Context, at time.Time, d txn.Drawer) txn.Drawn {
	k.mu.Lock()
	defer k.mu.Unlock()
	answer := txn.Drawn{Operator: d.Operator, Begin: d.Begin}
	shift, err := k.drawable(ctx, d)
	if err == nil {
		act := Count
		if d.Begin {
			act = Float
		}
		err = k.store.Change(ctx, at, Change{Rows: []Row{{Act: act, Operator: d.Operator, Amount: d.Amount}}})
	}
	if err != nil {
		k.log.Error("drawer", "operator", d.Operator, "begin", d.Begin, "err", err)
		answer.Failed = true
		return answer
	}
	if !d.Begin {
		shift.To, shift.Count = at, d.Amount
		answer.Shift = shift
	}
	return answer
}

// drawable is the shift that is to end; for one that is to begin there is none yet.
func (k *Keeper) drawable(ctx context.Context, d txn.Drawer) (txn.Shift, error) {
	_, found, err := k.store.Operator(ctx, d.Operator)
	if err != nil {
		return txn.Shift{}, err
	}
	if !found {
		return txn.Shift{}, ErrUnknown
	}
	shift, open, err := k.store.Shift(ctx, d.Operator)
	switch {
	case err != nil:
		return txn.Shift{}, err
	case open && d.Begin:
		return txn.Shift{}, ErrShiftOpen
	case !open && !d.Begin:
		return txn.Shift{}, ErrNoShift
	}
	return shift, nil
}

// Left writes down that an operator is gone.
func (k *Keeper) Left(ctx context.Context, at time.Time, s txn.SignedOut) {
	k.mu.Lock()
	defer k.mu.Unlock()
	act := SignedOut
	if s.Idle {
		act = Idle
	}
	if err := k.store.Change(ctx, at, Change{Rows: []Row{{Act: act, Operator: s.Operator}}}); err != nil {
		k.log.Error("operators", "what", "write the audit", "operator", s.Operator, "err", err)
	}
}

// Tuned writes down that a setting was changed.
func (k *Keeper) Tuned(ctx context.Context, at time.Time, t txn.Tuned) {
	k.mu.Lock()
	defer k.mu.Unlock()
	row := Row{Act: Setting, Operator: t.Operator, By: t.By, Kind: txn.Kind(t.Key + " = " + t.Value)}
	if t.By == t.Operator {
		row.By = ""
	}
	if err := k.store.Change(ctx, at, Change{Rows: []Row{row}}); err != nil {
		k.log.Error("operators", "what", "write the audit", "operator", t.Operator, "setting", t.Key, "err", err)
	}
}
