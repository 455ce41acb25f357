package sim

import (
	"time"

	"vpos/txn"
)

// State is what the host holds a transaction to be. The words are stable: the
// store keeps them.
type State string

// The states.
const (
	Charged   State = "charged"   // approved: the money moved; of a void, moved back
	Declined  State = "declined"  // refused: no money moved
	Reversed  State = "reversed"  // charged, then reversed
	Voided    State = "voided"    // of a sale: charged, then taken back by a void
	Tombstone State = "tombstone" // a reversal came first; its original is refused if it ever comes
)

// Entry is one row of the ledger. Terminal, batch and STAN name it.
type Entry struct {
	Seq      uint64 // 1 for the first row; approval codes and reference numbers are made of it
	Terminal string // field 41
	Merchant string // field 42
	Batch    txn.Batch
	STAN     txn.STAN
	Op       txn.Op
	Of       txn.STAN // the sale a void takes back; 0 for none
	Amount   txn.Money
	State    State
	Code     string    // field 39 of the answer to the original; of the reversal on a tombstone
	AuthCode string    // field 38, six digits; empty unless approved
	RRN      string    // field 37, twelve digits
	At       time.Time // when the host first heard of it
	Sent     int64     // field 7 of the original, in Unix seconds; 0 for a tombstone's
}

// Filter chooses rows. Zero values choose all.
type Filter struct {
	Terminal string
	Batch    txn.Batch
	STAN     txn.STAN
	State    State
}

// fits reports whether the filter chooses e.
func (f Filter) fits(e *Entry) bool {
	return (f.Terminal == "" || f.Terminal == e.Terminal) &&
		(f.Batch == 0 || f.Batch == e.Batch) &&
		(f.STAN == 0 || f.STAN == e.STAN) &&
		(f.State == "" || f.State == e.State)
}
