package words

import "fmt"

// Label is a short piece of text of the screens: a field's name, a sign, a
// count. Those with a verb in them are filled by [Label.Fill].
type Label int

// The labels.
const (
	Live Label = iota
	Training
	TrainingLong
	HostWord
	ReaderWord
	ReaderDisabled
	ReaderNoService
	ReaderNone
	PrinterWord
	PrinterFile
	Amount
	CardLabel
	TraceLabel
	BatchLabel
	AuthLabel
	ReferenceLabel
	CodeLabel
	TimeLabel
	Charged
	NothingCharged
	WillBeReversed
	WasReversed
	ToldNothing
	Say
	Do
	Why
	Digits
	CheckGood
	CheckBad
	Offer
	ValidUntil
	Elapsed
	TimeOutIn
	StepSignOn
	StepReversal
	StepRequest
	StepStoring
	PendingReversals
	OwedSlips
	MerchantSlip
	CustomerSlip
	Duplicate
	SlipPrinting
	SlipDone
	SlipMissing
	Recent
	NoRecent
	RecentFailed
	Loading
	Keys
	HelpTitle
	WhyTitle
	HelpFoot
	TooSmall
	TooSmallNext
	KeepsState
	HelpLine
	CVVBack
	CVVFront
	Approved
	DeclinedLabel
	FailedLabel
	OpenLabel
	PendingLabel
	ReversedLabel
	ReversedHeadline
	Attempts
	KeyEnter
	KeyCancel
	KeyClear
	CVVNone
	CVVUnreadable
	Comma
	RestDue
	ReversalLabel
	SlipWaiting
	TypeDigits
	SwipeAny
	SwipeAnyText
	NoSlip
	NoSlipShort
	SalesTotal
	RefundsTotal
	ForeignSales
	ForeignRefunds
	NetTotal
	Reckoning
	VoidedLabel
	MissingFirst
	CanBePrinted
	CanBeVoided
	MoreBelow
	DigitsBegin
	DigitsChoose
	TakenBack
	StaysCharged
	VoidUndone
	VoidOf
	TipOn
	AskingLabel
	RefusedLabel
	AdvicesWaiting
	StepAdvice
	StepBalance
	StepSignOff
	TipLabel
	SaleAmount
	NewTotal
	HeldLabel
	MostLabel
	HoldCode
	HoldDay
	SaleReference
	SaleDay
	VoiceCode
	CompletionLabel
	CanBeTipped
	CompletionsLeft
	BalanceLeft
	BalanceNone
	BalanceKept
	VoiceOffer
	VoiceWord
	MoreLetters
	DigitsLetters
	VoidReversedHeadline
	OriginalLabel
	SoldAt
	PlainHelp
	PlainBack
	ReaderCardIn
	ReaderMute
	ReaderBusy
	CardOut
	NoReaderPrompt
	StepReading
	StepCompleting
	ChoiceRetry
	ChoiceNameless
	PINWrong
	PINTries
	PINLastTry
	PINBypass
	OTPNote
	OrderLabel
	PINPadOnly
	ApplicationLabel
	SignatureLabel
	PINVerified
	SignSlip
	DeckTitle
	DeckHint
	DeckOutHint
	DeckPage
	DeckFault
	labelCount
)

// In is the label in one language.
func (b Label) In(l Lang) string { return labels[b].In(l) }

// Fill is the label with its verbs filled.
func (b Label) Fill(l Lang, args ...any) string { return fmt.Sprintf(labels[b].In(l), args...) }
