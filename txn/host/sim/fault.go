package sim

import (
	"slices"
	"strings"
	"sync"
	"time"

	"vpos/txn"
)

// FaultName is something that goes wrong on purpose. The words are stable: the
// command line takes them.
type FaultName string

// The faults. All but Ignore and Close happen after the request took its effect
// in the ledger.
const (
	FaultIgnore       FaultName = "ignore"        // the request is lost before the host; no reply
	FaultClose        FaultName = "close"         // the connection closes instead of the host hearing it
	FaultSilent       FaultName = "silent"        // no reply
	FaultDelay        FaultName = "delay"         // the reply comes after Delay
	FaultDuplicate    FaultName = "duplicate"     // the reply comes twice
	FaultWrongSTAN    FaultName = "wrong-stan"    // only a reply for another STAN comes
	FaultTwo          FaultName = "two"           // another STAN's reply and the right one in one piece
	FaultTrickle      FaultName = "trickle"       // the reply comes byte by byte
	FaultUnknownField FaultName = "unknown-field" // the reply has a field that no profile defines
	FaultTrailing     FaultName = "trailing"      // the reply has bytes after its last field
	FaultGarbage      FaultName = "garbage"       // a frame of nonsense
	FaultOversize     FaultName = "oversize"      // a frame that claims more than anybody takes
	FaultHalf         FaultName = "half"          // half the reply, then nothing
	FaultCut          FaultName = "cut"           // half the reply, then the connection closes
	FaultReset        FaultName = "reset"         // half the reply, then the connection is reset

	// These are of the issuer, and only of replies to chip cards.
	FaultNoARPC    FaultName = "no-arpc"    // no issuer authentication data
	FaultBadARPC   FaultName = "bad-arpc"   // issuer authentication data that is wrong
	FaultScript71  FaultName = "script-71"  // a script for before the card's last word
	FaultScript72  FaultName = "script-72"  // a script for after it
	FaultBadScript FaultName = "bad-script" // a script the card must refuse
)

// These are decided rather than suffered on the way, or are noticed by some
// requests only.
const (
	FaultDecline  FaultName = "decline"   // refused with Code; nothing happens
	FaultReferral FaultName = "referral"  // refused with 01: call the bank
	FaultPartial  FaultName = "partial"   // half of a sale is approved, with 10
	FaultOTP      FaultName = "otp"       // a sale without a one-time code is answered 1A
	FaultCutOver  FaultName = "cut-over"  // refused with 77, and everything after it until the terminal signs on
	FaultLate     FaultName = "late"      // the reply comes after the terminal has given up
	FaultBadMAC   FaultName = "bad-mac"   // the MAC of the reply is wrong, where it has one
	FaultLost0510 FaultName = "lost-0510" // a settlement takes its effect, and its reply is lost
)

// FaultNames lists the faults of the line, which any request may meet.
func FaultNames() []FaultName {
	return []FaultName{
		FaultIgnore, FaultClose, FaultSilent, FaultDelay, FaultDuplicate, FaultWrongSTAN, FaultTwo, FaultTrickle,
		FaultUnknownField, FaultTrailing, FaultGarbage, FaultOversize, FaultHalf, FaultCut, FaultReset,
	}
}

// CardFaultNames lists those of the issuer: a sale without a chip does not notice
// them.
func CardFaultNames() []FaultName {
	return []FaultName{FaultNoARPC, FaultBadARPC, FaultScript71, FaultScript72, FaultBadScript}
}

// HostFaultNames lists those of the host itself.
func HostFaultNames() []FaultName {
	return []FaultName{
		FaultDecline, FaultReferral, FaultPartial, FaultOTP, FaultCutOver, FaultLate, FaultBadMAC, FaultLost0510,
	}
}

// AllFaultNames lists every fault there is.
func AllFaultNames() []FaultName {
	return slices.Concat(FaultNames(), HostFaultNames(), CardFaultNames())
}

// Always is how often a fault happens that is never used up.
const Always = -1

// Fault is one fault, armed for the requests it fits. Zero values fit any.
type Fault struct {
	Do       FaultName
	On       txn.Op        // the operation it waits for
	Terminal string        // field 41
	Ending   string        // the last digits of the amount in minor units
	Last4    string        // of the card number
	Nth      int           // the first request it happens to, among those it fits; 0 and 1 are the first
	Times    int           // how many in a row; 0 is once, [Always] for ever
	Delay    time.Duration // of [FaultDelay]
	Code     string        // of [FaultDecline]
}

// fits reports whether a request is one the fault waits for.
func (f *Fault) fits(r *txn.Request) bool {
	on := f.On
	if on == "" && f.Do == FaultLost0510 {
		on = txn.OpSettle
	}
	return (on == "" || on == r.Op) && (f.Terminal == "" || f.Terminal == r.Terminal) &&
		(f.Ending == "" || strings.HasSuffix(r.Amount.ISO(), f.Ending)) &&
		(f.Last4 == "" || !r.Card.PAN.Empty() && r.Card.PAN.Last4() == f.Last4)
}

// order is what the fault makes the host decide.
func (f *Fault) order() Order {
	switch f.Do {
	case FaultDecline:
		return Order{Code: f.Code}
	case FaultReferral:
		return Order{Code: CodeReferral}
	case FaultPartial:
		return Order{Partial: true}
	case FaultOTP:
		return Order{OTP: true}
	case FaultCutOver:
		return Order{Code: CodeBatch}
	default:
		return Order{}
	}
}

// armoury is the faults still armed, in the order they were.
type armoury struct {
	mu    sync.Mutex
	armed []Fault
	cut   map[string]bool // the terminals that must sign on first
}

func (a *armoury) arm(faults []Fault) {
	a.mu.Lock()
	defer a.mu.Unlock()
	a.armed = append(a.armed, faults...)
}

func (a *armoury) list() []Fault {
	a.mu.Lock()
	defer a.mu.Unlock()
	return slices.Clone(a.armed)
}

func (a *armoury) disarm() {
	a.mu.Lock()
	defer a.mu.Unlock()
	a.armed, a.cut = nil, nil
}

// take gives the first fault armed for a request, and what it makes the host
// decide. One that has happened as often as it should is disarmed.
func (a *armoury) take(r *txn.Request) (Fault, Order) {
	a.mu.Lock()
	defer a.mu.Unlock()
	f := a.first(r)
	order := f.order()
	switch {
	case r.Op == txn.OpSignOn && f.Do != FaultCutOver && f.Do != FaultIgnore && f.Do != FaultClose && order.Code == "":
		delete(a.cut, r.Terminal)
	case f.Do == FaultCutOver:
		if a.cut == nil {
			a.cut = map[string]bool{}
		}
		a.cut[r.Terminal] = true
	case a.cut[r.Terminal] && order.Code == "" && moves(r.Op):
		order = Order{Code: CodeBatch}
	}
	return f, order
}

// moves reports whether an operation has to do with money, and so with a batch.
func moves(op txn.Op) bool {
	return op.Financial() || op == txn.OpBalance || op == txn.OpSettle || op == txn.OpUpload || op == txn.OpUploadEnd
}

// first is the first fault that happens to a request. It counts for all that it fits,
// also where another happens to it.
func (a *armoury) first(r *txn.Request) Fault {
	at := -1
	for i := range a.armed {
		switch f := &a.armed[i]; {
		case !f.fits(r):
		case f.Nth > 1:
			f.Nth--
		case at < 0:
			at = i
		}
	}
	if at < 0 {
		return Fault{}
	}
	f := &a.armed[at]
	taken := *f
	if f.Times > 1 {
		f.Times--
	} else if f.Times != Always {
		a.armed = slices.Delete(a.armed, at, at+1)
	}
	return taken
}
