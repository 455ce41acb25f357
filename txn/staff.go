package txn

import (
	"time"

	"vpos/reader"
)

// Role is what an operator may do. The words are stable: the store keeps them.
type Role string

// The roles.
const (
	Cashier    Role = "cashier"
	Supervisor Role = "supervisor" // may also let others' voids and refunds pass
)

// Vouch asks whether a PIN is an operator's, and is answered by [Vouched]. The try is
// on disk before the PIN is compared.
type Vouch struct {
	Operator string        // two digits
	PIN      reader.Secret // four to six digits; the engine wipes it
	New      reader.Secret // the PIN to have from now on; empty to keep it
	For      Kind          // a supervisor lets a transaction of this kind pass; empty to sign in
	By       string        // with For: who asked
}

// Vouched answers a [Vouch].
type Vouched struct {
	Operator string
	Role     Role
	Code     Code      // NoProblem, or why not
	Left     int       // with StaffWrong: tries left
	Until    time.Time // with StaffLocked: when tries are taken again
	Shift    bool      // the operator has a shift open
}

// Drawer writes down the cash in the drawer as a shift begins or ends, and is answered
// by [Drawn].
type Drawer struct {
	Operator string
	Begin    bool // the float; else the count at the end
	Amount   Money
}

// Drawn answers a [Drawer].
type Drawn struct {
	Operator string
	Begin    bool
	Failed   bool  // nothing was written
	Shift    Shift // what the shift came to, at its end
}

// Shift is an operator's time at the drawer.
type Shift struct {
	Operator string
	From, To time.Time
	Float    Money  // cash in the drawer at the beginning
	Count    Money  // and at the end
	Totals   Totals // of what the operator's transactions came to, all batches of the shift
}

// SignedOut says that an operator has left the terminal, or was locked out by idleness:
// for the audit, answered by nothing.
type SignedOut struct {
	Operator string
	Idle     bool
}

func (Vouch) effect()     {}
func (Drawer) effect()    {}
func (SignedOut) effect() {}
func (Vouched) event()    {}
func (Drawn) event()      {}

// The codes of staff.
const (
	StaffUnknown  Code = "staff.unknown"   // no such operator
	StaffWrong    Code = "staff.wrong"     // the PIN is not the operator's
	StaffLocked   Code = "staff.locked"    // too many wrong PINs
	StaffFresh    Code = "staff.fresh"     // the PIN was given by somebody else: a new one must be chosen first
	StaffWeak     Code = "staff.weak"      // the new PIN is too easy to guess, not four to six digits, or the old one
	StaffNotSuper Code = "staff.not-super" // the operator is no supervisor
	StaffNoStore  Code = "staff.no-store"  // the store could not be read or written: nobody is let in
)
