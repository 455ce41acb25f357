package txn

// Kind is what a transaction does. The words are stable: the journal stores them.
type Kind string

// The kinds of transaction.
const (
	Sale   Kind = "sale"
	Phone  Kind = "moto" // a sale by mail or telephone: the card is keyed, and nobody has seen it
	Void   Kind = "void" // takes back a sale of the same batch, whole
	Refund Kind = "refund"

	PreAuth        Kind = "pre-auth"
	Increment      Kind = "increment" // adds to a pre-authorisation
	PreAuthVoid    Kind = "pre-auth-void"
	Completion     Kind = "completion" // charges what was pre-authorised
	CompletionVoid Kind = "completion-void"

	Balance Kind = "balance"
	Offline Kind = "offline" // a sale by a voice code: the bank is told afterwards
	Tip     Kind = "tip"     // a tip on top of a sale of the same batch: the bank is told afterwards

	Scan Kind = "scan" // a sale by the payment code that a wallet shows: simulated only
	Show Kind = "show" // a sale by the code that the terminal shows, and a wallet pays: simulated only

	Settlement Kind = "settlement" // closes the batch: its INTENT freezes the totals
	SignOn     Kind = "sign-on"
	SignOff    Kind = "sign-off"
)

// Kinds lists every kind, for tables and tests.
func Kinds() []Kind {
	return []Kind{
		Sale, Phone, Void, Refund, PreAuth, Increment, PreAuthVoid, Completion, CompletionVoid, Balance, Offline, Tip,
		Scan, Show, Settlement, SignOn, SignOff,
	}
}

// Op is the exchange that asks the acquirer for a transaction of this kind.
func (k Kind) Op() Op { return k.flow().op }

// Side is where a kind counts in a batch's totals.
type Side int8

// The sides.
const (
	Nowhere Side = iota
	Debit        // cardholders owe it
	Credit       // they get it back
)

// Side is where transactions of this kind count while they stand.
func (k Kind) Side() Side { return k.flow().side }

// Copies is the paper a transaction of this kind owes once it is approved.
func (k Kind) Copies() Copies { return k.flow().paper }

// Takes reports whether an approved transaction of this kind takes back one of the
// other, whole.
func (k Kind) Takes(other Kind) bool {
	switch k {
	case Void:
		return other == Sale || other == Phone || other == Offline || other.QR()
	case CompletionVoid:
		return other == Completion
	default:
		return false
	}
}

// QR reports whether a kind is paid by a wallet's code, without a card.
func (k Kind) QR() bool { return k == Scan || k == Show }

// Voids reports whether a kind takes back another of the same batch.
func (k Kind) Voids() bool { return k == Void || k == CompletionVoid }

// Told reports whether a kind happens at the till, and the host is told of it
// afterwards.
func (k Kind) Told() bool { return k.flow().lost == lostNever }

// Held reports whether a kind is about an earlier pre-authorisation, which its
// approval code and day name.
func (k Kind) Held() bool { return k == Increment || k == PreAuthVoid || k == Completion }

// Managing reports whether a kind moves no money and leaves no row: sign-on, sign-off.
func (k Kind) Managing() bool { return k == SignOn || k == SignOff }

// lost is what an unanswered request of a kind becomes, once a byte of it has left
// (the money law).
type lost int8

const (
	lostReversed lost = iota // unknown, and taken back
	lostAsked                // unknown, and asked again until it is answered
	lostDropped              // it moved nothing: given up
	lostFrozen               // the batch may be closed: nothing else moves before it is asked again
	lostNever                // it happened at the till
)

// chipUse is what a chip card does for a kind.
type chipUse int8

const (
	chipPays  chipUse = iota // the whole dialogue, with a cryptogram
	chipNames                // it says its number, and no more
)

// flow is how a kind of transaction goes: what it asks for, in which order, and what
// its money does.
type flow struct {
	op    Op
	steps []Name // the states that put it together; one whose answer is known is passed over
	lost  lost
	chip  chipUse
	coded bool // the security code is asked for where the card is keyed
	side  Side
	paper Copies
}

var (
	saleFlow = flow{
		op: OpSale, steps: []Name{AmountEntry, TipEntry, Present}, coded: true, side: Debit, paper: AllCopies,
	}
	phoneFlow = flow{
		op: OpSale, steps: []Name{AmountEntry, PANEntry}, coded: true, side: Debit, paper: AllCopies,
	}
	voidFlow   = flow{op: OpVoid, steps: []Name{TraceEntry}, chip: chipNames, paper: AllCopies}
	refundFlow = flow{
		op: OpRefund, steps: []Name{Present, ReferenceEntry, DateEntry, AmountEntry}, lost: lostAsked,
		chip: chipNames, side: Credit, paper: AllCopies,
	}
	preAuthFlow    = flow{op: OpAuth, steps: []Name{AmountEntry, Present}, coded: true, paper: AllCopies}
	incrementFlow  = flow{op: OpIncrement, steps: heldSteps, chip: chipNames, paper: AllCopies}
	authVoidFlow   = flow{op: OpAuthVoid, steps: heldSteps, chip: chipNames, paper: AllCopies}
	completionFlow = flow{op: OpComplete, steps: heldSteps, chip: chipNames, side: Debit, paper: AllCopies}
	takeBackFlow   = flow{op: OpCompleteVoid, steps: []Name{TraceEntry}, chip: chipNames, paper: AllCopies}
	balanceFlow    = flow{op: OpBalance, steps: []Name{Present}, lost: lostDropped}
	offlineFlow    = flow{
		op: OpOffline, steps: []Name{AmountEntry, Present, AuthEntry}, lost: lostNever, chip: chipNames, side: Debit,
		paper: AllCopies,
	}
	tipFlow  = flow{op: OpTip, steps: []Name{TraceEntry, TipEntry}, lost: lostNever, chip: chipNames, paper: AllCopies}
	scanFlow = flow{
		op: OpQR, steps: []Name{AmountEntry, TipEntry, PayCodeEntry}, chip: chipNames, side: Debit, paper: AllCopies,
	}
	showFlow    = flow{op: OpQR, steps: []Name{AmountEntry, TipEntry}, chip: chipNames, side: Debit, paper: AllCopies}
	settleFlow  = flow{op: OpSettle, lost: lostFrozen, paper: Copies(MerchantCopy)}
	signOnFlow  = flow{op: OpSignOn, lost: lostDropped}
	signOffFlow = flow{op: OpSignOff, lost: lostDropped}
)

// heldSteps are those of whatever is about a pre-authorisation.
var heldSteps = []Name{Present, AuthEntry, DateEntry, AmountEntry}

// flow finds a kind's; a draft that is nothing yet becomes a sale.
func (k Kind) flow() *flow {
	switch k {
	case Phone:
		return &phoneFlow
	case Void:
		return &voidFlow
	case Refund:
		return &refundFlow
	case PreAuth:
		return &preAuthFlow
	case Increment:
		return &incrementFlow
	case PreAuthVoid:
		return &authVoidFlow
	case Completion:
		return &completionFlow
	case CompletionVoid:
		return &takeBackFlow
	case Balance:
		return &balanceFlow
	case Offline:
		return &offlineFlow
	case Tip:
		return &tipFlow
	case Scan:
		return &scanFlow
	case Show:
		return &showFlow
	case Settlement:
		return &settleFlow
	case SignOn:
		return &signOnFlow
	case SignOff:
		return &signOffFlow
	case Sale:
	}
	return &saleFlow
}
