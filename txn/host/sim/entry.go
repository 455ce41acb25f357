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
	Charged   State = "charged"   // approved: the money moved; of a void or a refund, moved back
	Held      State = "held"      // a pre-authorisation that stands; of an increment, part of one
	Completed State = "completed" // a pre-authorisation that was charged: it holds nothing any more
	Declined  State = "declined"  // refused: no money moved
	Reversed  State = "reversed"  // it happened, then was reversed
	Voided    State = "voided"    // it happened, then was taken back by a void
	Dropped   State = "dropped"   // charged, but not in the batch the terminal uploaded: not collected
	Noted     State = "noted"     // heard and written down: nothing of its own moves
	Unequal   State = "unequal"   // of a settlement: the totals differ, and the batch stays open
	Closed    State = "closed"    // of a settlement or the end of an upload: it closed the batch
	Tombstone State = "tombstone" // a reversal came first; its original is refused if it ever comes
)

// Account is an account's number in one ledger: 32 bits of its card's number
// enciphered under the ledger's own key. It is too few to tell the card by, even
// with the key. 0 is no account.
type Account uint32

// Marks are facts of a row that are yes or no.
type Marks uint8

// The marks.
const (
	MarkForeign  Marks = 1 << iota // the card is of a scheme from abroad: it counts apart in the totals
	MarkListed                     // the terminal has listed it in the upload of its batch
	MarkPINRight                   // a PIN came, and was right
	MarkPINWrong
	MarkOTPRight // a one-time code came, and was right
	MarkOTPWrong
	MarkSummed // of a settlement: domestic and foreign were compared together
)

// Entry is one row of the ledger. Terminal, batch and STAN name it. What is in
// the accounts, in the totals of a batch and left of an amount follows from the
// rows alone.
type Entry struct {
	Seq      uint64 // 1 for the first row; approval codes and reference numbers are made of it
	Terminal string // field 41
	Merchant string // field 42
	Batch    txn.Batch
	STAN     txn.STAN
	Op       txn.Op
	Of       txn.STAN  // what it takes back, completes, refunds or changes; 0 for nothing
	Parent   uint64    // the same by its Seq: it may be of another batch, or another terminal
	Account  Account   // whose it is
	Amount   txn.Money // what it stands for now: of a hold with its increments, of a sale with its tip
	Asked    int64     // minor units asked for at first, where Amount is another; else 0
	State    State
	Marks    Marks
	Code     string    // field 39 of the answer to the original; of the reversal on a tombstone
	AuthCode string    // field 38, six digits; empty unless approved
	RRN      string    // field 37, twelve digits
	At       time.Time // when the host first heard of it
	Sent     int64     // field 7 of the original, in Unix seconds; 0 for a tombstone's, and where the dialect has none
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
