package txn

import (
	"time"

	"vpos/reader"
)

// Op is an exchange with the acquirer, free of any dialect. A profile maps it to
// an MTI, a processing code and a network management code.
type Op string

// The operations.
const (
	OpSale     Op = "sale"
	OpVoid     Op = "void"
	OpReversal Op = "reversal"
	OpSignOn   Op = "sign-on"
	OpSignOff  Op = "sign-off"
	OpEcho     Op = "echo"
)

// Financial reports whether the operation moves money or gives it back.
func (o Op) Financial() bool { return o.Reversible() || o == OpReversal }

// Reversible reports whether the operation is reversed when it goes unanswered.
func (o Op) Reversible() bool { return o == OpSale || o == OpVoid }

// Request is what the terminal asks of the acquirer, in dialect-free terms.
type Request struct {
	Op       Op
	Repeat   bool      // a reversal that was sent before: 0401
	STAN     STAN      // a reversal carries its original's
	Batch    Batch     // field 60
	At       time.Time // the terminal's local time: fields 7 (UTC), 12 and 13
	Amount   Money     // fields 4 and 49; zero for management
	Card     reader.Card
	Terminal string    // field 41
	Merchant string    // field 42
	Original *Original // what a reversal or a void takes back
}

// Original names the request a reversal or a void takes back: ISO 8583 field 90.
type Original struct {
	Op       Op
	STAN     STAN
	At       time.Time // field 7 of the original, in any zone
	AuthCode string    // field 38 if it is known
	RRN      string    // field 37 of a void's original
	Reason   string    // field 39 of the reversal: 98 no reply, A0 bad MAC, 06 the card refused
}

// The reasons a reversal gives, ISO 8583 field 39 of the 0400.
const (
	ReasonNoReply     = "98"
	ReasonBadMAC      = "A0"
	ReasonCardRefused = "06"
)

// Reply is what the acquirer answered, in dialect-free terms.
type Reply struct {
	Op       Op
	STAN     STAN
	Amount   Money // zero where the answer carries none
	Terminal string
	Merchant string
	Field55  []byte // chip data: 91, 71 and 72
	Result
}
