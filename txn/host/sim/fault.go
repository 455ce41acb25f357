package sim

import (
	"slices"
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

// FaultNames lists the faults any request may meet, for messages and tests.
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

// Fault is one fault, armed for one request.
type Fault struct {
	Do    FaultName
	On    txn.Op        // the operation it waits for; empty for any
	Delay time.Duration // of [FaultDelay]
}

// script is the faults still armed, in the order they were.
type script struct {
	mu    sync.Mutex
	armed []Fault
}

func (s *script) arm(faults []Fault) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.armed = append(s.armed, faults...)
}

// take gives the first fault armed for an operation and disarms it.
func (s *script) take(op txn.Op) Fault {
	s.mu.Lock()
	defer s.mu.Unlock()
	for i, f := range s.armed {
		if f.On == "" || f.On == op {
			s.armed = slices.Delete(s.armed, i, i+1)
			return f
		}
	}
	return Fault{}
}
