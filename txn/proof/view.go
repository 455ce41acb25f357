package proof

import (
	"cmp"

	"vpos/txn"
)

// View is everything one scenario left behind.
type View struct {
	Terminals []TerminalView
	Host      []HostView // every row of the host's ledger, in any order
}

// TerminalView is one terminal: its journal, its screen, its printer.
type TerminalView struct {
	Terminal string    // field 41, as the host's rows have it
	Txns     []TxnView // one for each transaction in the journal, in any order
	Shown    []Shown   // outcomes the screen showed, in order, across restarts; may be incomplete
	Papers   []Paper   // slips that left the printer whole; only looked at when PaperSeen
	// PaperSeen says that Papers is complete. Without it a record of a print is
	// believed, and only what the journal itself says of paper is checked.
	PaperSeen bool
	// Queue is how many reversals and advices the running terminal still has to send. A
	// terminal that is not running has none.
	Queue int
}

// TxnView is a transaction as the rows of the journal add up to it.
type TxnView struct {
	Key     txn.Key
	Kind    txn.Kind  // empty is a sale
	Of      txn.Key   // what it takes back, completes, adds to or tips; zero where it was only keyed
	Amount  txn.Money // what is charged if it is approved
	Status  txn.Status
	Intents int         // INTENT rows of this key: 1, or the number was used twice
	Printed txn.Copies  // copies with a PRINTED row
	Waived  txn.Copies  // copies with a WAIVED row
	Totals  *txn.Totals // of a settlement: what it said
	Untold  bool        // an ADVICE row, and none that says TOLD after it
}

// Shown is one outcome that a person saw.
type Shown struct {
	Key    txn.Key
	Status txn.Status // Approved, Declined, Failed, or ReversalPending for unknown
	Amount txn.Money
}

// Paper is one slip that left the printer.
type Paper struct {
	Key       txn.Key
	Copy      txn.Copy
	Duplicate bool // it carries the DUPLICATE mark
	Amount    txn.Money
}

// HostState is what the host holds a transaction to be. The words are those of
// the host simulator.
type HostState string

// The host's states. Absent is no row at all.
const (
	Absent    HostState = ""
	Charged   HostState = "charged"   // of a void or a refund: done
	Held      HostState = "held"      // of a pre-authorisation or an increment
	Completed HostState = "completed" // of a pre-authorisation: it was charged
	Noted     HostState = "noted"     // of a tip or an enquiry: nothing of its own moves
	Declined  HostState = "declined"
	Reversed  HostState = "reversed"
	Voided    HostState = "voided"
	Tombstone HostState = "tombstone"
	Closed    HostState = "closed" // of a settlement: it closed the batch
)

// HostView is one row of the host's ledger.
type HostView struct {
	Terminal string
	Key      txn.Key
	Op       txn.Op  // empty is a sale
	Of       txn.Key // what it takes back, completes, refunds or changes, of the same terminal; zero for nothing
	Amount   txn.Money
	State    HostState
}

// happened reports whether the host holds that money, or the promise of it, moved.
func (h *HostView) happened() bool {
	return h.State == Charged || h.State == Held || h.State == Completed || h.State == Noted && h.Op != txn.OpBalance
}

// side is where a row counts in its batch's totals.
func (h *HostView) side() txn.Side {
	switch {
	case h.State != Charged:
		return txn.Nowhere
	case h.Op == txn.OpRefund:
		return txn.Credit
	case h.Op == "", h.Op == txn.OpSale, h.Op == txn.OpQR, h.Op == txn.OpOffline, h.Op == txn.OpComplete:
		return txn.Debit
	}
	return txn.Nowhere
}

// kind is a transaction's: that of a sale goes without saying.
func (t *TxnView) kind() txn.Kind { return cmp.Or(t.Kind, txn.Sale) }

// copies is the paper it owes in all.
func (t *TxnView) copies() txn.Copies { return t.kind().Copies() }

// Owed is the copies a transaction still owes by the journal's own record.
func (t *TxnView) Owed() txn.Copies {
	if t.Status != txn.Approved {
		return 0
	}
	return t.copies() &^ (t.Printed | t.Waived) // a fault slip is none of them
}
