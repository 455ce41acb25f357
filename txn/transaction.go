package txn

import (
	"fmt"
	"time"

	"vpos/reader"
)

// STAN is the system trace audit number, ISO 8583 field 11: 1 to 999999. On
// paper and screens it is the trace number 凭证号.
type STAN uint32

// MaxSTAN is the last trace number before the count starts again at 1.
const MaxSTAN STAN = 999_999

// String is the six digits of the field.
func (s STAN) String() string { return fmt.Sprintf("%06d", uint32(s)) }

// Batch is the number of the batch a transaction is settled in: 1 to 999999.
type Batch uint32

// Foreign reports whether a card counts apart in a settlement's totals: one of a
// scheme from abroad (K: UnionPay tells 内卡 from 外卡 by the organisation).
func Foreign(b reader.Brand) bool { return b != reader.UnionPay && b != reader.UnknownBrand }

// maxBatch is the last batch number before the count starts again at 1.
const maxBatch Batch = 999_999

// Next is the batch after b.
func (b Batch) Next() Batch {
	if b >= maxBatch {
		return 1
	}
	return b + 1
}

// String is the six digits of the batch number.
func (b Batch) String() string { return fmt.Sprintf("%06d", uint32(b)) }

// Status is how far a transaction has come. The words are stable: the journal
// stores them.
type Status string

// The statuses. A transaction begins Drafted and is on disk from Open on.
const (
	Drafted         Status = ""                 // nothing on disk, nothing sent
	Open            Status = "open"             // INTENT on disk; the request may be on its way
	Approved        Status = "approved"         // it happened: a sale is charged, a void has taken one back
	Declined        Status = "declined"         // the host said no: nothing charged
	Failed          Status = "failed"           // no byte was written: nothing charged
	ReversalPending Status = "reversal_pending" // unknown: being reversed
	Reversed        Status = "reversed"         // the host acknowledged: it never happened
	Voided          Status = "voided"           // charged, and taken back by an approved void
	Asking          Status = "asking"           // unknown: the host is asked again until it answers
	Refused         Status = "refused"          // taken without the host, which has refused it since
)

// Result is what the acquirer answered.
type Result struct {
	Code     string    // ISO 8583 field 39, two characters
	AuthCode string    // field 38, six characters; may be empty even on an approval
	RRN      string    // field 37, the reference number, twelve characters
	HostAt   time.Time // fields 12 and 13 as the host gave them; zero if it did not
}

// Transaction is one operation on one card, from its first digit to its last
// consequence. Its facts are public except those inside Card.
type Transaction struct {
	Kind     Kind
	Batch    Batch
	STAN     STAN
	Amount   Money   // what is charged
	Tip      Money   // the part of Amount that is a tip; zero for none
	Asked    Money   // what was asked for, when the host approved only part of it (code 10)
	Of       *Past   // what is taken back, completed, refunded or tipped; nil for none. Never changed once set
	Totals   *Totals // of a settlement: what the batch comes to. Never changed once set
	Basket   *Basket // what it was made of; nil where only an amount was keyed. Never changed once set
	Card     reader.Card
	Wallet   reader.Wallet // who paid by a code; of one shown, once the host has said
	Payer    string        // the last four digits of a payment code; empty for none
	At       time.Time     // when the cashier confirmed, in the terminal's zone
	Terminal string        // field 41
	Merchant string        // field 42
	Operator string        // two digits; empty when nobody is signed in
	Approver string        // the supervisor who let it pass; empty where none was asked
	Passed   string        // codes of what was let pass, and why a card was keyed, a space between them
	Status   Status
	Result   Result
	Cause    Code   // why it failed or is being reversed, in the terminal's own words
	Reason   string // field 39 of its reversal; empty is 98, no reply
	Attempts int32  // reversal messages sent since start
	Tries    int32  // those, and the times the host was not even reached
	Refused  string // field 39 of the host's last refusal to reverse it; empty when it has not refused
	Told     int32  // advice messages sent since start
	ToldAs   STAN   // the trace number of the messages that tell of its scripts; zero before the first
	Untold   bool   // the host is still to be told of it
	Late     bool   // a reply came after the time-out and was logged
	Printed  Copies // the copies that left the printer, or that nobody wanted
}

// Key names a transaction on a terminal: the duplicate key of safety, less the
// terminal's own number.
type Key struct {
	Batch Batch
	STAN  STAN
}

// Past names an earlier transaction and what the host said of it. One that was found
// in the journal has everything; one that a cashier read off a slip has what they
// keyed.
type Past struct {
	Key
	Kind     Kind
	At       time.Time // of one keyed, midnight of its day
	AuthCode string    // field 38
	RRN      string    // field 37
	Amount   Money     // before, where this changes it; of a hold, what is held. Zero otherwise
	Tip      Money     // the part of that which was a tip already
}

// Past is how a later transaction names this one.
func (t Transaction) Past() *Past {
	return &Past{Key: t.Key(), Kind: t.Kind, At: t.At, AuthCode: t.Result.AuthCode, RRN: t.Result.RRN}
}

// Order is the number that a code on the screen names what is to be paid by: terminal,
// batch, trace number, and twelve digits of minor units. It is known with the trace
// number, so INTENT is on disk before anyone can pay it.
func (t *Transaction) Order() string {
	return fmt.Sprintf("%s%s%s%012d", t.Terminal, t.Batch, t.STAN, t.Amount.Minor)
}

// Key returns the transaction's key.
func (t Transaction) Key() Key { return Key{t.Batch, t.STAN} }

// Copy is one of the slips of a transaction.
type Copy uint8

// The copies, in the order they leave the printer.
const (
	MerchantCopy Copy = 1 << iota
	CardholderCopy
	FaultSlip // a reversal that cannot be delivered: a person must act
)

// Copies is a set of copies.
type Copies uint8

// AllCopies is what a transaction owes its parties.
const AllCopies = Copies(MerchantCopy | CardholderCopy)

// Has reports whether the set holds c.
func (s Copies) Has(c Copy) bool { return s&Copies(c) != 0 }

// With returns the set with c added.
func (s Copies) With(c Copy) Copies { return s | Copies(c) }

// Slip asks for one piece of paper.
type Slip struct {
	Txn       *Transaction // as it stood when it was asked for; never changed since
	Copy      Copy
	Duplicate bool // a reprint: carries 重打印 DUPLICATE
}
