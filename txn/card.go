package txn

import (
	"time"

	"vpos/reader"
)

// What passes between the machine and a session with a chip card. A session has a
// number: what an older one still says is nobody's.

// Inserted says that a chip card was put into a reader, [Removed] that it was
// taken out. Serial counts insertions.
type Inserted struct {
	Reader string
	Serial uint64
	Found  bool // it was in the reader when that was first looked into: nobody has just put it in
}

// Removed says that no reader holds a card any more.
type Removed struct{}

// CardChoose asks the cardholder for an application; the answer is its number,
// from 1.
type CardChoose struct {
	Session uint64
	Names   []string // the card's own, outside text, best first
	Retry   bool     // the one chosen before did not work
	Lang    string   // the cardholder's language, ISO 639-1; empty where the card does not say
}

// CardPIN asks for the PIN.
type CardPIN struct {
	Session uint64
	Tries   int    // left; -1 where the card does not say
	Wrong   bool   // the last one was wrong
	Pad     bool   // it is entered on the reader's own keys; nothing is to be typed
	Lang    string // the cardholder's language
}

// CardWorks says that a question was answered on the reader itself.
type CardWorks struct{ Session uint64 }

// CardOnline asks for the issuer's decision on what the card said.
type CardOnline struct {
	Session uint64
	Card    reader.Card
	PIN     reader.Secret // for the issuer to check; empty where the card wants none or the cardholder went past it
}

// CardNamed is the end of a session in which the card was only to say its number.
type CardNamed struct {
	Session uint64
	Card    reader.Card
}

// CardDone is the end of a session: the card has had its final word, or is gone.
type CardDone struct {
	Session  uint64
	Approved bool // after the host's approval: the card agrees
	Declined bool // by the card or by the terminal's own rules, before the host
	Fallback bool // the chip could not be read: the stripe may do
	Code     Code // why it is not approved
	// Card is what the card said of itself, its number wiped already: what may be
	// told of it stays readable. Empty where it said nothing.
	Card reader.Card
}

// ReadCard begins a session. It ends with [CardDone].
type ReadCard struct {
	Session uint64
	Reader  string
	Serial  uint64 // the insertion the machine means: another card there is not read
	Amount  Money
	At      time.Time
	Counter STAN // 9F41
	Names   bool // the card is only to say its number: it ends with [CardNamed] where it does
	Balance bool // an enquiry: the amount is nought
}

// AnswerCard answers the session's newest question: an application, a PIN, or
// what the host said.
type AnswerCard struct {
	Session uint64
	Choice  int // from 0
	PIN     reader.Secret
	Bypass  bool // the cardholder goes past the PIN
	Host    *HostWord
}

// HostWord is the host's answer as the card is told it.
type HostWord struct {
	Unable   bool // there is none
	Approved bool
	Code     string // field 39
	AuthCode string // field 38
	Field55  []byte // 91, 71 and 72, as the issuer sent them
}

// StopCard ends a session: people have given it up.
type StopCard struct{ Session uint64 }

func (Inserted) event()    {}
func (Removed) event()     {}
func (CardChoose) event()  {}
func (CardPIN) event()     {}
func (CardWorks) event()   {}
func (CardOnline) event()  {}
func (CardDone) event()    {}
func (CardNamed) event()   {}
func (ReadCard) effect()   {}
func (AnswerCard) effect() {}
func (StopCard) effect()   {}
