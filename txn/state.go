package txn

import (
	"time"

	"vpos/reader"
)

// Name is the word for a state: stable, lower case. Tests, logs, help, the
// window title and the plain dialogue use it.
type Name string

// The states of this machine so far.
const (
	Idle           Name = "idle"
	AmountEntry    Name = "amount"
	Present        Name = "present" // swipe, insert, tap or key: whichever comes
	PANEntry       Name = "pan"
	ExpiryEntry    Name = "expiry"
	CVVEntry       Name = "cvv"
	Choose         Name = "choose" // of the card's applications
	PINEntry       Name = "pin"
	OTPEntry       Name = "otp" // the one-time code the bank has sent to the cardholder
	Confirm        Name = "confirm"
	Processing     Name = "processing"
	ApprovedShown  Name = "approved"
	DeclinedShown  Name = "declined"
	UnknownShown   Name = "unknown"
	Printing       Name = "print"
	PaperEntry     Name = "paper" // nobody knows whether the slip came out: somebody looks and says so
	Menu           Name = "menu"
	Journal        Name = "journal"
	TraceEntry     Name = "trace"
	TipEntry       Name = "tip"
	AuthEntry      Name = "authcode"  // of the pre-authorisation, or given by voice
	ReferenceEntry Name = "reference" // field 37 of what is refunded
	PayCodeEntry   Name = "paycode"   // what a wallet shows, scanned or keyed
	DateEntry      Name = "date"      // the day of what is refunded or completed
	ReasonEntry    Name = "reason"    // why the card is keyed
	WarningShown   Name = "warning"   // a guard speaks up: going on takes a supervisor, or the amount once more
	Settle         Name = "settle"    // what the batch comes to, before it is closed
	ReportShown    Name = "report"    // what the batch came to so far, line by line: the X report
	DoctorShown    Name = "doctor"    // how the devices fare

	Lock            Name = "lock"       // nobody has signed in; asks for the operator's number
	Passcode        Name = "passcode"   // an operator's PIN
	NewPasscode     Name = "newcode"    // the PIN an operator chooses
	SupervisorEntry Name = "supervisor" // the number of whoever lets it pass
	CashEntry       Name = "cash"       // what is in the drawer
	ShiftShown      Name = "shift"      // what a shift came to
)

// Names lists every state, for tables and tests.
func Names() []Name {
	return []Name{
		Idle, AmountEntry, Present, Choose, PANEntry, ExpiryEntry, CVVEntry, PINEntry, OTPEntry, Confirm, Processing,
		ApprovedShown, DeclinedShown, UnknownShown, Printing, PaperEntry, Menu, Journal, TraceEntry, TipEntry, AuthEntry, ReferenceEntry,
		DateEntry, PayCodeEntry, ReasonEntry, WarningShown, Settle, ReportShown, DoctorShown, Lock, Passcode, NewPasscode, SupervisorEntry,
		CashEntry, ShiftShown, Settings, GoodsEntry, Stock,
	}
}

// Link is what is known of the acquirer link.
type Link string

// The link states.
const (
	LinkUnknown Link = "unknown" // nothing tried yet
	LinkUp      Link = "up"      // the last exchange was answered
	LinkDown    Link = "down"    // the last exchange was not
)

// Setup is what the machine is told once: identities, limits, times.
type Setup struct {
	Terminal      string // field 41, eight characters
	Merchant      string // field 42, fifteen characters
	Currency      Currency
	MaxAmount     int64         // minor units; zero means only field 4 limits
	ReplyTimeout  time.Duration // how long a request may go unanswered
	EchoEvery     time.Duration // idle time before the link is tried; zero never
	ReversalPause time.Duration // before the first repeat of a reversal; doubles up to ReversalMax
	ReversalMax   time.Duration // the longest pause between repeats
	ReversalTries int           // after so many in vain a person is asked to act; zero never
	OnlinePIN     bool          // the host checks PINs, and they may be typed here
	UploadSize    int           // how many transactions of a batch one message carries; zero is one
	TellScripts   bool          // the host wants to hear what became of issuer scripts
	Fallback      bool          // a stripe may be swiped after three chips that could not be read
	Tips          bool          // a sale asks for a tip
	MaxTip        int           // the most a tip may be, in per cent of the sale; zero is no limit
	MaxRefund     int64         // minor units; zero is no limit of its own
	VoidCard      bool          // a void wants the card again
	BatchMax      int           // as many transactions fill a batch; zero never
	SignOffAfter  bool          // a settled batch ends with a sign-off
	Guarded       bool          // what a supervisor lets pass is refused where there are no operators
	GuardKeyed    bool          // a supervisor lets keyed cards pass
	NoKeying      bool          // no card is keyed
	KeyedReason   bool          // whoever keys a card says why
	Guards        *Guards       // what a transaction is held against before it is sent; nil for nothing
	LockAfter     time.Duration // untouched for so long, the terminal locks itself; zero never
	Holder        string        // the cardholder's language, ISO 639-1; empty as the card says
	Goods         Goods         // what the shop sells; the newest [Stocked] replaces it
	QR            bool          // wallets' codes are taken: only where the host is simulated, never live
}

// State is the machine's whole state. It is a value: Step returns a new one and
// leaves the old one as it was. Fields are for reading; only Step changes them.
type State struct {
	Setup Setup
	Now   time.Time
	Name  Name

	Problem Code   // why the last entry or act was refused; the next event that changes something clears it
	Offer   string // what an empty entry would accept instead: the expiry MMYY of a swapped one
	Trouble Code   // a standing warning, shown on every screen: the disk
	Halted  Code   // why no new money may move until the next start; empty when it may

	Draft Transaction  // the transaction on screen; zero at idle
	Sold  *Transaction // what the draft would void or tip, as the journal has it; nil for none
	Hold  Money        // what is held by the pre-authorisation the draft is about; zero where the journal does not know
	Left  *Money       // on the account, as the host said it: for the screen, kept nowhere
	Since time.Time    // when processing began, for the elapsed count
	Slip  Slip         // the paper asked for last

	CardIn string      // the reader that holds a chip card; empty for none
	Spent  bool        // that card has been used: it must be taken out before the next sale
	Seen   reader.Card // what a card that cannot pay here said of itself, its number wiped
	Choice CardChoose  // at choose
	PIN    CardPIN     // at pin

	Staffed  bool      // operators are known: one signs in before anything is sold
	Operator string    // who has signed in; empty for nobody
	Role     Role      // of the operator
	Away     string    // who was signed in when the terminal locked
	Who      string    // whose PIN is asked for
	Tries    int       // left to them, after a wrong one
	Until    time.Time // when their tries are taken again
	Repeat   bool      // the new PIN, or the count at cash, is to be keyed once more
	Toward   Name      // what a supervisor is asked to open; empty for nothing
	Leaving  bool      // at cash: it is the count that ends the shift
	Shift    *Shift    // at shift

	Warnings []Warning // at warning: the rules that speak up

	Ready   bool // the journal has been read; until then entries are taken and nothing moves
	Link    Link
	Signed  bool          // the host has accepted a sign-on since start
	Probed  time.Time     // when the device check last wanted the link tried
	Pending []Transaction // to be reversed, oldest first
	Untold  []Transaction // the host is to be told of them, oldest first
	Owed    []Transaction // approved, with paper missing, oldest first

	Frozen *Transaction // a settlement that may have closed the batch: nothing else moves before it is asked again

	NextSTAN STAN
	Batch    Batch
	Count    int // transactions begun in the open batch

	stage     stage
	verdict   Transaction           // the draft with its outcome, on its way to disk
	out       exchange              // the message on the link, if any
	writing   int                   // appends not yet answered; nothing is sent meanwhile
	papers    Copies                // copies still to print at print, the merchant's first
	again     bool                  // and they are reprints
	doubted   Copies                // copies of the draft that may be on paper: what comes of them again is marked
	looking   Name                  // at paper: where it goes on
	feeding   bool                  // a Print of this screen's is not yet answered
	calling   bool                  // a fault slip is not yet answered
	seeking   int                   // Lookups not yet answered
	sought    bool                  // the newest of them is still wanted
	pin       reader.Secret         // for the next request
	otp       reader.Secret         // the same
	paycode   reader.PayCode        // the same, and only until that is sent
	asked     bool                  // the request on the way to its outcome carried a one-time code
	upload    []Detail              // what the host is still to be told of the batch, its numbers and all
	first     reader.PAN            // the first keying of a number that must be keyed twice
	serial    uint64                // of the card in the reader
	session   uint64                // of the newest reading of a chip
	chip      chipStage             // how far it has come
	cardBy    time.Time             // when a card that completes is given up
	ended     *CardDone             // it was over before the host had answered
	bypass    bool                  // Enter alone was pressed at the PIN once
	tipped    bool                  // the tip was asked for
	day       time.Time             // of the pre-authorisation looked for
	shown     bool                  // a card was presented to confirm a void
	signed    time.Time             // when the host accepted the newest sign-on
	signing   signing               // with an operator
	counted   int64                 // at cash, with Repeat: what was counted first, in minor units
	weighs    uint64                // how often the guards were asked
	weighing  bool                  // and the newest is not yet answered
	weighed   bool                  // the draft has passed them
	grantor   string                // who opened the settings
	drawing   bool                  // a Drawer is not yet answered
	touched   time.Time             // when a person last did something
	gone      bool                  // a person has signed off: nothing is sent before the next transaction
	misreads  int                   // chips that could not be read, in this sale
	over      [maxOver]*Transaction // reversed since start, with wiped cards: a late reply may still name one; none is changed in place
	overs     int                   // how many there were
	retryAt   time.Time             // when the oldest reversal may be repeated
	rekeyed   bool                  // the oldest reversal was refused for want of keys, and goes again after a sign-on
	pause     time.Duration         // before the repeat after that
	tellAt    time.Time             // when the oldest advice may be told
	tellPause time.Duration         // before the try after that
	echoAt    time.Time             // when an idle link is tried
	probing   bool                  // the device check wants it tried
}

// stage is how far the draft has come behind the screen named processing.
type stage uint8

const (
	stageNone    stage = iota
	stageWaiting       // confirmed; sign-on and reversals go first
	stageIntent        // INTENT on its way to disk
	stageSent          // the request is on the link
	stageCard          // the host has answered; the card completes
	stageBatch         // the host wants every transaction of the batch
	stageOutcome       // the outcome is on its way to disk
)

// exchange is the one message on the link.
type exchange struct {
	request  Request
	deadline time.Time
}

func (x exchange) busy() bool { return x.request.Op != "" }
