package emv

import "vpos/reader"

// Request is what the kernel wants next: one of [Transmit], [ChooseApplication],
// [NeedPIN], [NeedOnline] and [Outcome].
type Request interface{ request() }

// Transmit is a command for the card. The answer goes to [Kernel.Card], or the
// loss of the card to [Kernel.Torn]. The bytes are wiped by the next call if
// they held a PIN: send them at once, keep nothing.
type Transmit struct {
	APDU   APDU
	Secret bool // it holds a PIN: not even a test tool may show it
}

// Candidate is an application the card and the terminal both know (Book 1, 12.4).
type Candidate struct {
	AID      []byte
	Label    string // what to show: the preferred name where the terminal has its alphabet, else the label
	Priority int    // 1 is first, 0 has none
	Confirm  bool   // may not be chosen without the cardholder
}

// ChooseApplication asks the cardholder which application to use; the answer
// goes to [Kernel.Chosen]. A single candidate is a question of yes or no.
type ChooseApplication struct {
	Candidates []Candidate // best first
	Retry      bool        // the one chosen before did not work: say "try again"
	Language   string      // ISO 639-1, the cardholder's where known
}

// NeedPIN asks the cardholder for the PIN; the answer goes to [Kernel.PIN].
type NeedPIN struct {
	Online     bool   // the issuer checks it: the PIN block is made elsewhere, the kernel needs no digits
	Enciphered bool   // offline, enciphered for the card
	Padding    int    // random bytes the answer must bring (enciphered only)
	TriesLeft  int    // -1 where the card does not say
	Wrong      bool   // the last entry was wrong
	PINPad     APDU   // plaintext offline only: the VERIFY a PIN-pad reader fills in and sends itself
	Language   string // ISO 639-1
}

// PINResult is the answer to [NeedPIN]. Exactly one of the four ways: Digits,
// Status, Entered, or one of Bypassed and Broken.
type PINResult struct {
	Digits   []byte // offline: 4 to 12 ASCII digits; the kernel wipes them
	Padding  []byte // enciphered offline: at least NeedPIN.Padding random bytes; wiped too
	Status   uint16 // plaintext offline: the status a PIN-pad reader got for its own VERIFY
	Entered  bool   // online: the PIN was entered and its block made
	Bypassed bool   // the cardholder or the cashier went past it (Book 4, 6.3.4.3)
	Broken   bool   // no PIN pad, or it does not work
}

// wipe overwrites what the answer brought.
func (p PINResult) wipe() {
	clear(p.Digits)
	clear(p.Padding)
}

// NeedOnline asks for the issuer's decision; the answer goes to [Kernel.Online].
type NeedOnline struct {
	Card    Identity
	Field55 []byte // the data of ISO 8583 field 55, without its length
	PIN     bool   // an online PIN was entered: its block goes along
	Advice  bool   // the card asks for an advice if it comes to nothing
	TVR     TVR
	TSI     TSI
}

// HostAnswer says what came of going online.
type HostAnswer byte

// The answers. A referral is what the people decided on the telephone.
const (
	HostUnable   HostAnswer = iota // no valid reply
	HostApproved                   // approved
	HostDeclined                   // anything else
)

// OnlineResult is the answer to [NeedOnline].
type OnlineResult struct {
	Answer   HostAnswer
	Code     [2]byte // 8A, ISO 8583 field 39
	AuthCode string  // 89, ISO 8583 field 38; may be empty
	Field55  []byte  // as the issuer sent it: 91, 71, 72
}

// Identity is what the card said about itself. PAN and Track2 print masked;
// they share their bytes with the Outcome.
type Identity struct {
	AID      []byte // 84
	Label    string
	PAN      reader.PAN
	Expiry   reader.Expiry
	Sequence int           // 5F34, ISO 8583 field 23; -1 for none
	Track2   reader.Track2 // empty where the card has none or it cannot be read
	Service  reader.ServiceCode
	Language string // ISO 639-1, chosen for the cardholder
	Prefers  string // the same where it is the card's own wish (5F2D); else empty
}

func (Transmit) request()          {}
func (ChooseApplication) request() {}
func (NeedPIN) request()           {}
func (NeedOnline) request()        {}
func (Outcome) request()           {}
