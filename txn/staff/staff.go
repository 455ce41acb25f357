package staff

import (
	"context"
	"time"

	"vpos/txn"
)

// The rules of a lock.
const (
	MaxTries = 5                // wrong PINs, one after the other
	LockFor  = 30 * time.Minute // from the last of them on
)

// Operator is somebody who works at the terminal.
type Operator struct {
	ID    string // two digits
	Name  string // for lists and slips
	Role  txn.Role
	Fresh bool      // the PIN was given by somebody else and must be replaced before anything else
	Fails int       // tries since the last right one
	Until time.Time // locked until then; zero where not
}

// Locked reports whether no PIN of the operator is looked at, and until when.
//
// A lock is never longer than [LockFor] from now: one that ends later was begun by a
// clock which has been set back since. Tries without an end of the lock beside them are
// none that this package wrote, and lock as well.
func (o *Operator) Locked(at time.Time) (until time.Time, locked bool) {
	switch longest := at.Add(LockFor); {
	case o.Fails >= MaxTries && o.Until.IsZero(), o.Until.After(longest):
		return longest, true
	default:
		return o.Until, o.Until.After(at)
	}
}

// Entry is an operator with the PIN's hash, as a store keeps them.
type Entry struct {
	Operator
	PIN Hash
}

// Act is what a row of the audit says happened. The words are stable.
type Act string

// The acts.
const (
	Added     Act = "ADDED"      // to the operators
	Removed   Act = "REMOVED"    // from the operators
	Reset     Act = "RESET"      // a new first PIN
	Unlocked  Act = "UNLOCKED"   // the tries forgotten
	Chosen    Act = "CHOSEN"     // the operator's own PIN
	Try       Act = "TRY"        // before a PIN is compared
	SignedIn  Act = "SIGNED-IN"  // the PIN was right
	SignedOut Act = "SIGNED-OUT" // the operator left
	Idle      Act = "IDLE"       // nobody had touched the terminal for long
	Wrong     Act = "WRONG"      // the PIN was not the operator's
	LockedOut Act = "LOCKED-OUT" // nor was this one, and there are no more tries
	Refused   Act = "REFUSED"    // the PIN was right and not enough: fresh, too weak a new one, or no supervisor's
	LetPass   Act = "LET-PASS"   // a supervisor let something pass that somebody else had asked for
	Managing  Act = "MANAGING"   // a supervisor is about to change the operators
	Float     Act = "FLOAT"      // cash in the drawer as a shift begins
	Count     Act = "COUNT"      // and at its end
	Setting   Act = "SETTING"    // a setting was changed
)

// Acts lists every act, for tables and tests.
func Acts() []Act {
	return []Act{
		Added, Removed, Reset, Unlocked, Chosen, Try, SignedIn, SignedOut, Idle, Wrong, LockedOut, Refused, LetPass,
		Managing, Float, Count, Setting,
	}
}

// Row is one row of the audit. It holds no secret.
type Row struct {
	Act      Act
	Operator string    // whom it is about
	By       string    // of a supervisor's act, who did it; of [LetPass] and [Refused], who asked; else empty
	Kind     txn.Kind  // of [LetPass] and [Refused], what was asked for; of [Setting], KEY = VALUE; empty for none
	Amount   txn.Money // of [Float] and [Count]
}

// Change is what one commit of a store does: all of it or nothing.
type Change struct {
	Put    *Entry // written over the one with its number, or new; nil for none
	Remove string // the operator taken away; empty for none
	Rows   []Row  // appended to the audit, in order
}

// Store keeps operators and the audit. Its methods may be called concurrently.
type Store interface {
	// Operators lists them all, by number.
	Operators(ctx context.Context) ([]Operator, error)
	// Operator finds one; found is false where there is none.
	Operator(ctx context.Context, id string) (e Entry, found bool, err error)
	// Change does all of a change in one commit, and returns nil once that is durable.
	// After an error it is not known to be done.
	Change(ctx context.Context, at time.Time, c Change) error
	// Shift is what the operator's open shift came to so far, without an end; open is
	// false where there is none.
	Shift(ctx context.Context, operator string) (s txn.Shift, open bool, err error)
}
