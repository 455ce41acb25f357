package txn

import (
	"time"

	"vpos/reader"
)

// Op is an exchange with the acquirer, free of any dialect. A profile maps it to
// an MTI, a processing code and a network management code.
type Op string

// The operations. A profile may lack some.
const (
	OpSale           Op = "sale"
	OpVoid           Op = "void"
	OpRefund         Op = "refund"
	OpAuth           Op = "pre-auth"
	OpIncrement      Op = "increment"         // adds to a pre-authorisation's hold
	OpAuthVoid       Op = "pre-auth-void"     // releases the hold
	OpComplete       Op = "completion"        // charges against a hold
	OpCompleteAdvice Op = "completion-advice" // the same, told rather than asked
	OpCompleteVoid   Op = "completion-void"   // takes the charge back and restores the hold
	OpBalance        Op = "balance"
	OpOffline        Op = "offline-sale" // charged without the host: by a voice code or below a limit
	OpAdjust         Op = "adjust"       // another amount for an offline sale of the batch
	OpTip            Op = "tip-adjust"   // a tip on top of a sale of the batch
	OpChipOffline    Op = "chip-offline" // charged by the chip alone: its TC
	OpScript         Op = "script-result"
	OpQR             Op = "qr" // charged to a wallet: by its payment code, or by an order that it pays
	OpReversal       Op = "reversal"

	OpSettle    Op = "settlement"   // the totals of a batch
	OpUpload    Op = "batch-upload" // its transactions, after totals that differ
	OpUploadEnd Op = "upload-end"   // and the totals once more; closes the batch

	OpSignOn  Op = "sign-on" // also fetches session keys where the profile has any
	OpSignOff Op = "sign-off"
	OpEcho    Op = "echo"
	OpKeys    Op = "key-change" // session keys alone

	OpCAPKQuery  Op = "capk-query" // which certification authority keys there are
	OpCAPKGet    Op = "capk-get"   // one of them
	OpCAPKEnd    Op = "capk-end"
	OpAIDQuery   Op = "aid-query"
	OpAIDGet     Op = "aid-get"
	OpAIDEnd     Op = "aid-end"
	OpParamQuery Op = "parameter-query"
	OpParamGet   Op = "parameter-get"
	OpParamEnd   Op = "parameter-end"
)

// Ops lists every operation, for tables and tests.
func Ops() []Op {
	return []Op{
		OpSale, OpVoid, OpRefund, OpAuth, OpIncrement, OpAuthVoid, OpComplete, OpCompleteAdvice, OpCompleteVoid,
		OpBalance, OpOffline, OpAdjust, OpTip, OpChipOffline, OpScript, OpQR, OpReversal,
		OpSettle, OpUpload, OpUploadEnd, OpSignOn, OpSignOff, OpEcho, OpKeys,
		OpCAPKQuery, OpCAPKGet, OpCAPKEnd, OpAIDQuery, OpAIDGet, OpAIDEnd, OpParamQuery, OpParamGet, OpParamEnd,
	}
}

// Financial reports whether the operation moves money or gives it back.
func (o Op) Financial() bool {
	return o.Reversible() || o.Advice() && o != OpScript || o == OpRefund || o == OpReversal
}

// Reversible reports whether the operation is reversed when it goes unanswered:
// the others are asked again, or told again until they are acknowledged.
func (o Op) Reversible() bool {
	switch o {
	case OpSale, OpQR, OpVoid, OpAuth, OpIncrement, OpAuthVoid, OpComplete, OpCompleteVoid:
		return true
	default:
		return false
	}
}

// Advice reports whether the operation tells of something that has happened. It
// is repeated until the host acknowledges it, and the host may not refuse it.
func (o Op) Advice() bool {
	switch o {
	case OpCompleteAdvice, OpOffline, OpAdjust, OpTip, OpChipOffline, OpScript:
		return true
	default:
		return false
	}
}

// Request is what the terminal asks of the acquirer, in dialect-free terms.
type Request struct {
	Op       Op
	Repeat   bool      // a reversal or an advice that was sent before: 0401, 0221
	STAN     STAN      // a reversal carries its original's
	Batch    Batch     // field 60
	At       time.Time // the terminal's local time: fields 7 (UTC), 12 and 13
	Amount   Money     // fields 4 and 49; zero for management
	Tip      Money     // the part of Amount that is a tip; zero for none
	Card     reader.Card
	PIN      reader.Secret  // the cardholder's, in clear digits: sealed into field 52 on its way out, kept nowhere
	OTP      reader.Secret  // the one-time code the host asked for with code 1A
	PayCode  reader.PayCode // of a wallet: sent once, kept nowhere
	Order    string         // of a code on the screen that a wallet is to pay: [Transaction.Order]; empty for none
	Phone    bool           // by mail or telephone: field 25
	Terminal string         // field 41
	Merchant string         // field 42
	Operator string         // two or three digits; empty when nobody is signed in
	Original *Original      // what is taken back, completed, refunded or adjusted
	Totals   *Totals        // of a settlement and of the end of an upload
	Details  []Detail       // of a batch upload, as many as the profile takes in one message
	Ask      []byte         // of a download: the RID and index, or the AID, that is wanted; else nil
	BadMAC   bool           // coming in: its MAC is wrong, and nothing in it is to be believed
}

// Original names an earlier transaction: ISO 8583 fields 90 and 61.
type Original struct {
	Op       Op
	STAN     STAN
	Batch    Batch     // zero where it is not known, or of no interest
	At       time.Time // field 7 of the original, in any zone; of a refund and a completion, the day
	AuthCode string    // field 38 if it is known
	RRN      string    // field 37 of the original
	Reason   string    // field 39 of the reversal: 98 no reply, A0 bad MAC, 06 the card refused
	Of       *Original // what that one took back or completed in its turn, for UnionPay's field 61; nil for none
}

// The reasons a reversal gives, ISO 8583 field 39 of the 0400.
const (
	ReasonNoReply     = "98"
	ReasonBadMAC      = "A0"
	ReasonCardRefused = "06"
)

// Tally is how many transactions there are on one side, and what they come to.
type Tally struct {
	Count int
	Minor int64 // minor units of the batch's currency
}

// Totals is what a batch comes to: what cardholders owe and what they get back.
// Foreign is of cards issued abroad, where a profile tells them apart; others add
// the two.
type Totals struct{ Domestic, Foreign Sides }

// Sides is both sides of a reckoning.
type Sides struct{ Debits, Credits Tally }

// Sum is domestic and foreign together.
func (t Totals) Sum() Sides {
	add := func(a, b Tally) Tally { return Tally{a.Count + b.Count, a.Minor + b.Minor} }
	return Sides{add(t.Domestic.Debits, t.Foreign.Debits), add(t.Domestic.Credits, t.Foreign.Credits)}
}

// Detail is one transaction of a batch, as its upload tells it.
type Detail struct {
	Op       Op
	STAN     STAN
	At       time.Time
	Amount   Money
	PAN      reader.PAN
	AuthCode string
	RRN      string
}

// Balanced is what the host made of a batch's totals. The digits are UnionPay's,
// field 48 of the 0510.
type Balanced byte

// The comparisons.
const (
	NotCompared     Balanced = 0
	BatchBalanced   Balanced = '1'
	BatchUnequal    Balanced = '2'
	BatchCompareErr Balanced = '3' // the host could not compare: as unequal
)

// Want is what the host asks the terminal to do next, in a reply: UnionPay's
// processing request, a digit of the message header.
type Want byte

// The wants.
const (
	WantNothing    Want = 0
	WantParameters Want = 1
	WantStatus     Want = 2
	WantSignOn     Want = 3
	WantCAPK       Want = 4
	WantAID        Want = 5
	WantTMS        Want = 6
	WantBlacklist  Want = 7
)

// Reply is what the acquirer answered, in dialect-free terms.
type Reply struct {
	Op       Op
	STAN     STAN
	Amount   Money // zero where the answer carries none
	Terminal string
	Merchant string
	Field55  []byte // chip data: 91, 71 and 72
	Balance  *Money // what is left on the account; nil where the answer does not say
	Batch    Batch  // of a sign-on: the batch the host has open; zero where it does not say
	Keys     []byte // session keys under the terminal's master key, as they came; nil for none
	Data     []byte // of a download; nil for none
	Want     Want
	Domestic Balanced // of a settlement
	Foreign  Balanced // the same of cards issued abroad; NotCompared where they are not told apart
	Notes    Notes
	Wallet   reader.Wallet // who has paid by a code; empty where the answer does not say
	BadMAC   bool          // coming in: its MAC is wrong, and nothing in it is to be believed
	Result
}

// Notes are what the host says in text, in whatever language it likes.
type Notes struct {
	Issuer       string // field 44
	Acquirer     string // field 44
	Organisation string // field 63: the card organisation, three letters
	Text         string // field 63: for the slip
}

// CodeWanted is the response code with which a host asks for the one-time code
// it has sent to the cardholder. The sale is asked again, under a new trace
// number, with the code.
const CodeWanted = "1A"
