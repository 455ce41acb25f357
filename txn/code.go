package txn

// Code is a stable word for something that went wrong or needs saying. The
// catalogue in the screens' room has, for each, a headline and a next step in
// every language.
type Code string

// The codes of the machine itself. Faults of card entry keep the words of
// package reader.
const (
	NoProblem Code = ""

	AmountFormat   Code = "amount.format"    // not a number and not arithmetic
	AmountZero     Code = "amount.zero"      // nothing to charge
	AmountTooLarge Code = "amount.too-large" // more than twelve digits, or over the terminal's limit
	AmountFraction Code = "amount.fraction"  // more decimals than the currency has
	AmountNegative Code = "amount.negative"

	PANKeyTwice  Code = "pan.key-twice" // UnionPay check digit: key it again
	PANDiffers   Code = "pan.differs"   // the second keying was another number
	SwipeIgnored Code = "swipe.ignored" // a swipe where no card is wanted
	CVVExpected  Code = "cvv.expected"  // neither digits nor a presence indicator
	NotHere      Code = "not-here"      // the key or word does nothing in this state
	TooLate      Code = "too-late"      // the request is on its way and cannot be cancelled
	TraceFormat  Code = "trace.format"  // not a trace number
	TraceUnknown Code = "trace.unknown" // no such transaction in the batch
	NoSlip       Code = "trace.no-slip" // it was not approved, or is taken back: there is no slip of it

	VoidAlready     Code = "void.already"        // the sale was voided before
	VoidNotSale     Code = "void.not-sale"       // not a sale, or it was never charged
	VoidPending     Code = "void.pending"        // the sale is being reversed
	VoidOtherCard   Code = "void.other-card"     // the card presented is not the sale's
	VoidCardFirst   Code = "void.card-first"     // the card must be presented again
	VoidNotDone     Code = "void.not-completion" // not a completion, or it was never charged
	TipNotSale      Code = "tip.not-sale"        // not a sale a tip can be added to
	TipTooLarge     Code = "tip.too-large"       // over the share of the sale that a tip may be
	RefundLimit     Code = "refund.limit"        // over the terminal's limit for refunds
	HoldOverrun     Code = "hold.overrun"        // over 115 % of what is held
	HoldOtherCard   Code = "hold.other-card"     // the card is not that of the pre-authorisation
	AuthFormat      Code = "authcode.format"     // not six letters or digits
	ReferenceFormat Code = "reference.format"    // not twelve letters or digits
	DateFormat      Code = "date.format"         // not a day, month first
	SearchLast4     Code = "search.last4"        // not four digits
	SearchKind      Code = "search.kind"         // not a kind of transaction
	SearchBatch     Code = "search.batch"        // not a batch number
	QRSimulated     Code = "qr.simulated"        // payment by code is simulated only: not where the mode is live
	BatchFull       Code = "batch.full"          // it must be settled before anything else
	AdviceRefused   Code = "advice.refused"      // the host will not have what was taken without it: a person must act

	ChoiceFormat  Code = "choose.format"  // not the number of an application
	PINFormat     Code = "pin.format"     // not 4 to 12 digits
	OTPFormat     Code = "otp.format"     // not 4 to 8 digits
	OTPWrong      Code = "otp.wrong"      // the host asks for the one-time code again
	PINBypass     Code = "pin.bypass"     // Enter alone, once: once more goes past the PIN
	CardGone      Code = "card.gone"      // taken out, or silent, after the host approved
	CardCancelled Code = "card.cancelled" // the people gave the session up
	CardTorn      Code = "card.torn"      // taken out before it was done: nothing was sent
	CardMute      Code = "card.mute"      // it does not answer: upside down, or no chip
	CardBusy      Code = "card.busy"      // another program holds it
	CardReal      Code = "card.real"      // a real card in training: only its identity was read
	CardOffline   Code = "card.offline"   // it would pay without the bank, which this terminal does not do
	ReaderFailed  Code = "reader.failed"
	PINDevice     Code = "pin.device" // the card wants a PIN and there is no PIN device
	SwipeInstead  Code = "card.swipe" // three chips could not be read: the stripe may do

	HostUnreachable Code = "host.unreachable" // no connection: nothing was sent
	HostLost        Code = "host.lost"        // the connection broke after bytes were written
	HostTimeout     Code = "host.timeout"     // no reply in time
	HostGarbage     Code = "host.garbage"     // bytes that are no message
	HostRefused     Code = "host.refused"     // sign-on was refused
	HostDuplicate   Code = "host.duplicate"   // the host says it had this number before: what became of it is unknown
	HostStray       Code = "host.stray"       // a reply nothing waits for; logged only
	HostMAC         Code = "host.mac"         // the MAC of the reply is wrong: nothing in it is to be believed
	HostKeys        Code = "host.keys"        // the session keys of the sign-on do not check
	SignOnLost      Code = "sign-on.lost"     // a sign-on went out and was not answered properly: nothing was charged
	ReversalFirst   Code = "reversal.first"   // an earlier transaction must be reversed first
	ReversalStuck   Code = "reversal.stuck"   // cannot be delivered: a person must act
	ReversalRefused Code = "reversal.refused" // the host will not take it back: a person must act
	Restarted       Code = "restarted"        // found open at start-up
	RestoredCopy    Code = "restored"         // the journal came out of a backup; only in its rows

	BatchFrozen  Code = "batch.frozen"  // a settlement must be asked again before anything else
	BatchEmpty   Code = "batch.empty"   // nothing to settle
	BatchDiffers Code = "batch.differs" // the totals differ even after the upload
	AdviceFirst  Code = "advice.first"  // the host must hear of something before the batch is closed

	DiskFailed  Code = "disk.failed"     // the journal could not be written
	DiskRecover Code = "disk.recovering" // the outcome could not be written; money is being reversed
	PaperOwed   Code = "paper.owed"      // an approved transaction lacks a slip
	PaperAnswer Code = "paper.answer"    // neither that the slip is there nor that it is not

	ImpossibleState Code = "state.impossible" // no new money moves until the next start
)

// Codes lists every code of the machine, for the test that no catalogue lacks one.
func Codes() []Code {
	return append(PrinterCodes(), []Code{
		AmountFormat, AmountZero, AmountTooLarge, AmountFraction, AmountNegative,
		PANKeyTwice, PANDiffers, SwipeIgnored, CVVExpected, NotHere, TooLate, TraceFormat, TraceUnknown, NoSlip,
		VoidAlready, VoidNotSale, VoidPending, VoidOtherCard, VoidCardFirst, VoidNotDone, TipNotSale, TipTooLarge, RefundLimit,
		HoldOverrun, HoldOtherCard, AuthFormat, ReferenceFormat, DateFormat, SearchLast4, SearchKind, SearchBatch, QRSimulated, BatchFull, AdviceRefused,
		ChoiceFormat, PINFormat, PINBypass, OTPFormat, OTPWrong, CardGone, CardCancelled, CardTorn, CardMute, CardBusy, CardReal, CardOffline,
		ReaderFailed, PINDevice, SwipeInstead,
		HostUnreachable, HostLost, HostTimeout, HostGarbage, HostRefused, HostDuplicate, HostStray, HostMAC, HostKeys, SignOnLost,
		ReversalFirst, ReversalStuck, ReversalRefused, Restarted, RestoredCopy,
		BatchFrozen, BatchEmpty, BatchDiffers, AdviceFirst,
		DiskFailed, DiskRecover, PaperOwed, PaperAnswer, ImpossibleState,
		StaffFormat, StaffPIN, StaffUnknown, StaffWrong, StaffLocked, StaffFresh, StaffWeak, StaffDiffers, StaffNotSuper,
		StaffNone, StaffNoStore, ConfirmDigits, ConfirmDiffers, CountEmpty, CountDiffers,
		GuardDuplicate, GuardVelocity, GuardSplit, GuardDeclines, GuardKeyed, GuardRefunds, GuardBlind,
		RefundOver, RefundCard, RefundUndone, KeyedDamaged, KeyedReader, KeyedLetter, KeyedOther, KeyedOff, ReasonFormat,
	}...)
}
