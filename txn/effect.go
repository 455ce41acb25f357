package txn

import (
	"time"

	"vpos/reader"
)

// Effect is something the machine needs done. Effects are performed in the
// order returned.
type Effect interface{ effect() }

// Tag tells one [Append] from another: the row it is about and the transaction.
type Tag struct {
	Type RecordType
	Key  Key
}

// Append writes rows to the journal in one durable commit and is answered by
// [Stored] or [StoreFailed] with its tag.
type Append struct {
	Tag     Tag
	Records []Record
}

// Send hands a request to the acquirer link. A failure is answered by
// [SendFailed]; a reply arrives as [Replied] whenever it does; silence is ended
// by the machine's own deadline.
type Send struct{ Request Request }

// HangUp closes the connection: the peer is silent or talks nonsense. The next
// Send dials again.
type HangUp struct{}

// Print asks for a slip and is answered by [Printed] or [PrintFailed].
type Print struct{ Slip Slip }

// Lookup asks for a transaction by its trace number, whatever became of it (zero: the
// newest approved one), and is answered by [Found].
type Lookup struct {
	STAN  STAN
	Batch Batch // which one it is in; zero for the open one
}

// LookupHold asks for a pre-authorisation of any batch by its approval code and day,
// and is answered by [FoundHold].
type LookupHold struct {
	AuthCode string
	Day      time.Time
}

// Reckon asks what the open batch comes to, and is answered by [Reckoned].
type Reckon struct{}

// ListBatch asks for every transaction of the open batch that counts, and is
// answered by [Listed].
type ListBatch struct{}

// ForgetList wipes the numbers of a batch's list.
type ForgetList struct{ Details []Detail }

// Forget wipes a card's secrets: the state that needed them has ended.
type Forget struct{ Card reader.Card }

// ForgetSensitive wipes a card's track and security code, the PIN, the one-time code and
// the payment code: the request that carried them was built. The PAN stays.
type ForgetSensitive struct {
	Card     reader.Card
	PIN, OTP reader.Secret
	PayCode  reader.PayCode
}

// Wipe does it.
func (f ForgetSensitive) Wipe() {
	f.Card.WipeSensitive()
	f.PIN.Wipe()
	f.OTP.Wipe()
	f.PayCode.Wipe()
}

// Note asks for a line in the log: something odd that changes nothing.
type Note struct {
	Code Code
	Key  Key
}

func (Append) effect()          {}
func (Send) effect()            {}
func (HangUp) effect()          {}
func (Print) effect()           {}
func (Lookup) effect()          {}
func (LookupHold) effect()      {}
func (Reckon) effect()          {}
func (ListBatch) effect()       {}
func (ForgetList) effect()      {}
func (Forget) effect()          {}
func (ForgetSensitive) effect() {}
func (Note) effect()            {}
