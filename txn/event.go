package txn

import (
	"time"

	"vpos/reader"
)

// Event is something that happened outside the machine.
type Event interface{ event() }

// Started is the first event: what the journal knew.
type Started struct{ Recovered Recovered }

// Tick tells the time. The engine sends one before any other event and whenever
// [State.Deadline] has passed; the machine knows no other clock.
type Tick struct{ Now time.Time }

// Entered is the entry of the current state, confirmed with Enter (green 确认).
// An empty entry is Enter alone.
type Entered struct{ Text reader.Secret }

// Touched is a person at work whose key means nothing to the machine yet: a digit of an
// entry, an arrow in a list. It keeps the terminal from locking itself.
type Touched struct{}

// Cancelled is Esc (red 取消).
type Cancelled struct{}

// Opened asks for one of the states that a key or a menu item leads to: from idle
// the menu, the journal, the reprint's trace; or, with a Kind and no Name, for the
// first state of a transaction of that kind.
type Opened struct {
	Name Name
	Kind Kind
}

// Swiped is a card read from its stripe, whole and well formed.
type Swiped struct{ Card reader.Card }

// Misread is a card entry that could not be used, at whatever state.
type Misread struct{ Code Code }

// Stored answers an [Append]: its rows are on disk.
type Stored struct{ Tag Tag }

// StoreFailed answers an [Append]: none of its rows is on disk.
type StoreFailed struct{ Tag Tag }

// Replied is a well-formed message from the acquirer, expected or not.
type Replied struct{ Reply Reply }

// SendFailed answers a [Send] that could not be carried out. Written says
// whether any byte may have left: it decides whether the money is unknown.
type SendFailed struct {
	Op      Op
	STAN    STAN
	Written bool
}

// LinkLost says the connection broke, or carried bytes that are no message, and
// was closed. Op and STAN name the last request written on it that had no reply
// yet; both are zero when there was none. No reply to it can come any more.
type LinkLost struct {
	Code Code // HostLost or HostGarbage
	Op   Op
	STAN STAN
}

// Printed answers a [Print]: the paper came out.
type Printed struct{ Slip Slip }

// PrintFailed answers a [Print]: nothing of it is on paper.
type PrintFailed struct {
	Slip Slip
	Why  Code // of [PrinterCodes]
}

// PrintUnsure answers a [Print]: some of it went to the printer, and nobody knows what is on
// paper.
type PrintUnsure struct {
	Slip Slip
	Why  Code // of [PrinterCodes]
}

// Found answers a [Lookup]: the transaction, or nil when there is none.
type Found struct{ Txn *Transaction }

// FoundHold answers a [LookupHold]: the pre-authorisation and what it holds with its
// increments, or nil where the journal does not know it.
type FoundHold struct {
	Txn  *Transaction
	Held Money
}

// Reckoned answers a [Reckon].
type Reckoned struct {
	Totals Totals
	Failed bool // the journal could not be read
}

// Listed answers a [ListBatch].
type Listed struct {
	Details []Detail
	Failed  bool // the journal could not be read
}

// Contradicted says that what the machine asked for contradicts what is on disk:
// a trace number used twice, an outcome for what has ended. It comes before the
// answer to the [Append] that showed it.
type Contradicted struct{}

func (Contradicted) event() {}
func (Touched) event()      {}
func (Started) event()      {}
func (Reckoned) event()     {}
func (Listed) event()       {}
func (Tick) event()         {}
func (Entered) event()      {}
func (Cancelled) event()    {}
func (Opened) event()       {}
func (Swiped) event()       {}
func (Misread) event()      {}
func (Stored) event()       {}
func (StoreFailed) event()  {}
func (Replied) event()      {}
func (SendFailed) event()   {}
func (LinkLost) event()     {}
func (Printed) event()      {}
func (PrintFailed) event()  {}
func (PrintUnsure) event()  {}
func (Found) event()        {}
func (FoundHold) event()    {}
