package sim

import (
	"time"

	"vpos/reader/deck/issuer"
	"vpos/txn"
)

// Setup is what a ledger is told once.
type Setup struct {
	ByAmount bool // the last two digits of an amount choose the outcome
	Key      Key  // under which card numbers become account numbers
}

// Verdict is what the host makes of a request: the reply, how it is to be
// delivered, and the rows to put down first, together.
type Verdict struct {
	Reply    txn.Reply
	Delivery Delivery
	Changed  bool         // Entry is to be stored before the reply is sent
	Entry    Entry        // the row as it stands after; only when Changed
	Sale     *Entry       // the row it changes along with its own, as of the sale a void takes back; nil for none
	More     []Entry      // rows besides: a hold behind a completion, an upload's
	Fault    issuer.Fault // why a chip card is not believed; empty for one that is

	issuer *issuer.Session // of a chip card that is believed
	marks  Marks
	asked  int64 // of a partial approval
}

// Rows is what is to be stored, in one commit.
func (v *Verdict) Rows() []Entry {
	var rows []Entry
	if v.Changed {
		rows = append(rows, v.Entry)
	}
	if v.Sale != nil {
		rows = append(rows, *v.Sale)
	}
	return append(rows, v.More...)
}

// Order is what a fault makes the host decide. The zero value leaves it to the
// host.
type Order struct {
	Code    string // field 39; approvals excluded, nothing happens
	Partial bool   // half of what is asked is approved, with 10
	OTP     bool   // a request without a one-time code is answered 1A
}

// DecideBy is Decide under an order.
func (l *Ledger) DecideBy(now time.Time, r *txn.Request, o Order) Verdict {
	l.order = o
	v := l.Decide(now, r)
	l.order = Order{}
	return v
}
