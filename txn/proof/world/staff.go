package world

import (
	"time"

	"vpos/txn"
	"vpos/txn/proof"
)

// The operators of a terminal that has some: two cashiers and a supervisor, who sign in,
// let pass, are locked out of an idle terminal, and hand over. What the store of operators
// does has its own proof; here it is a good one.

// staff is what a terminal's operators are about.
type staff struct {
	in      string   // who has signed in, as the store knows it
	let     txn.Kind // what a supervisor has let pass since anything was begun
	letting string   // which supervisor
	shifts  map[string]bool
}

const (
	rightPIN   = "2580"
	supervisor = "02"
	// lockAfter is shorter than the wait for a reply, so that a terminal would lock in the middle of it.
	lockAfter = 25 * time.Second
)

var (
	lockUp     txn.Event = txn.Opened{Name: txn.Lock}
	handOver   txn.Event = txn.Opened{Name: txn.CashEntry}
	operators            = [...]txn.Event{entry("01"), entry(supervisor), entry("03"), entry("7")}
	theRight             = entry(rightPIN)
	theWrong             = entry("9999")
	theBoss              = entry(supervisor)
	theCashier           = entry("01")
	noCash               = entry("0")
)

// vouch is the store of operators.
func (w *World) vouch(t *terminal, f *txn.Vouch) {
	e := txn.Vouched{Operator: f.Operator, Role: txn.Cashier, Shift: t.staff.shifts[f.Operator]}
	if f.Operator == supervisor {
		e.Role = txn.Supervisor
	}
	switch {
	case string(f.PIN.Reveal()) != rightPIN:
		e.Code, e.Left = txn.StaffWrong, 4
	case w.rng.odds(w.plan.store):
		e.Code = txn.StaffNoStore
	case f.For != "" && e.Role != txn.Supervisor:
		e.Code = txn.StaffNotSuper
	case f.For != "":
		t.staff.let, t.staff.letting = f.For, f.Operator
	default:
		t.staff.in = f.Operator
	}
	w.step(t, e)
}

// draw writes down the cash in the drawer.
func (w *World) draw(t *terminal, f *txn.Drawer) {
	e := txn.Drawn{Operator: f.Operator, Begin: f.Begin, Failed: w.rng.odds(w.plan.store)}
	if !e.Failed {
		if t.staff.shifts == nil {
			t.staff.shifts = map[string]bool{}
		}
		t.staff.shifts[f.Operator] = f.Begin
	}
	w.step(t, e)
}

// atLock is whoever stands before a terminal that is locked, or asks them something.
// It reports whether that was all there is to do here.
func (w *World) atLock(t *terminal) bool {
	s := &t.state
	switch s.Name {
	case txn.Lock:
		w.step(t, operators[w.rng.n(len(operators))])
	case txn.Passcode:
		if w.rng.n(6) == 0 {
			w.step(t, theWrong)
			break
		}
		w.step(t, theRight)
	case txn.SupervisorEntry:
		switch n := w.rng.n(8); {
		case s.Problem != txn.NoProblem && n < 4, t.left == 0:
			w.step(t, cancel)
		case n == 7:
			w.step(t, theCashier)
		default:
			w.step(t, theBoss)
		}
	case txn.CashEntry, txn.ShiftShown:
		if w.rng.n(8) == 0 {
			w.step(t, cancel)
			break
		}
		if s.Name == txn.CashEntry && s.Leaving {
			w.step(t, noCash) // twice alike
			w.step(t, noCash)
			break
		}
		w.step(t, enter)
	case txn.Idle:
		switch {
		case !w.plan.staffed || t.left == 0 || w.rng.n(24) > 0:
			return false
		case w.rng.odds(half):
			w.step(t, lockUp)
		default:
			w.step(t, handOver)
		}
	default:
		return false
	}
	return true
}

// atRest reports whether a terminal stands where nobody need do anything.
func (t *terminal) atRest() bool { return t.name == txn.Idle || t.name == txn.Lock }

// watchStaff holds a new transaction against whoever is there and what was let pass.
func (w *World) watchStaff(t *terminal, x *txn.Transaction) {
	if !w.plan.staffed {
		return
	}
	if x.Operator == "" || x.Operator != t.staff.in {
		w.violation(proof.RuleStaff, t, x.Key(), "%s by operator %q, and %q has signed in", x.Kind, x.Operator, t.staff.in)
	}
	switch x.Kind {
	case txn.Void, txn.Refund, txn.PreAuthVoid, txn.CompletionVoid:
		if x.Approver == "" || x.Approver != t.staff.letting || t.staff.let != x.Kind {
			w.violation(proof.RuleStaff, t, x.Key(), "%s let pass by %q, and %q let a %q pass", x.Kind, x.Approver, t.staff.letting, t.staff.let)
		}
	default:
	}
	t.staff.let, t.staff.letting = "", ""
}
