package reader

import (
	"context"
	"errors"
)

// Port is what the terminal asks of chip-card readers: real ones behind PC/SC,
// or a deck of virtual cards in the same process. All methods may be called from
// any goroutine; none blocks past its context.
type Port interface {
	// Watch calls changed with the readers as they are now and again after every
	// change: a reader plugged in or pulled out, a card put in or taken out, the
	// service gone or back. It returns when ctx ends.
	Watch(ctx context.Context, changed func(Readers))

	// Open powers the card in a reader, alone: no other program reaches it until
	// Close. An empty name is whichever reader holds a card. Errors are
	// [ErrNoCard], [ErrCardBusy], [ErrCardMute] or [ErrReader], wrapped.
	Open(ctx context.Context, name string) (Slot, error)
}

// Slot is one powered card. It is for one goroutine at a time.
type Slot interface {
	// Name is the reader's.
	Name() string

	// ATR is the card's answer to reset.
	ATR() []byte

	// Transmit sends one command APDU and gives the whole answer: 61xx and 6Cxx
	// are followed below. Errors are [ErrTorn], [ErrCardMute] or [ErrReader],
	// wrapped; they name the command by its instruction and never its data.
	Transmit(ctx context.Context, command []byte) (sw uint16, data []byte, err error)

	// Close powers the card off and lets it go. Called again it does nothing.
	Close() error
}

// Pinpad is a [Slot] in a reader with its own keys: the PIN goes from there to the
// card, and nobody here ever sees it.
type Pinpad interface {
	Slot

	// VerifyPIN has the reader ask for a PIN of 4 to 12 digits and send it to the
	// card as a plaintext offline PIN (EMV Book 3, 6.5.12). The status is the
	// card's. Besides the errors of Transmit there are [ErrPINTimeout],
	// [ErrPINCancelled] and [ErrPINLength], wrapped; with them the card was asked
	// nothing.
	VerifyPIN(ctx context.Context, entry PINEntry) (sw uint16, err error)
}

// PINEntry is how a reader asks for a PIN.
type PINEntry struct {
	Seconds byte // without a key, until it gives up; 0 is 30
	Chinese bool // the words on the reader's display, if it has one; else English
}

// Why a PIN entry on a reader's own keys ended without the card being asked.
var (
	ErrPINTimeout   = errors.New("reader: nobody entered a PIN")
	ErrPINCancelled = errors.New("reader: the PIN entry was cancelled")
	ErrPINLength    = errors.New("reader: the PIN has too few or too many digits")
)

// Readers is what is plugged in.
type Readers struct {
	// State is a stable code: pcsc.disabled, pcsc.no-service, pcsc.no-reader,
	// pcsc.ready, or deck.ready.
	State string
	List  []ReaderState // in the order of the service; names are outside text
	Err   error         // why there is no service; for the log
}

// ReaderState is one reader.
type ReaderState struct {
	Name        string
	Card        CardState
	ATR         []byte // when a card is there
	Contactless bool   // as far as it can be told
}

// CardState is what is in a reader.
type CardState byte

// The card states.
const (
	NoCard     CardState = iota
	CardIn               // a card that answered
	CardMute             // something that did not answer: upside down, or no chip
	CardShared           // a card that another program holds
)

// What goes wrong with a reader. A caller that finds one of these under an error
// knows what to tell the people; the rest of the text is for the log.
var (
	ErrNoCard   = errors.New("reader: no card")
	ErrCardBusy = errors.New("reader: another program holds the card")
	ErrCardMute = errors.New("reader: the card does not answer")
	ErrTorn     = errors.New("reader: the card was taken out")
	ErrReader   = errors.New("reader: the reader failed")
)
