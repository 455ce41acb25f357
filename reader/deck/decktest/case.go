package decktest

import (
	"vpos/reader/deck/issuer"
	"vpos/reader/emv"
)

// Case is one transaction with one card: what is presented, what people and the
// host do, and what must come of it.
type Case struct {
	Name  string // stable, unique
	Card  string // as deck.Find takes it
	Sale  Sale
	Till  Till
	Pick  []int    // the application chosen each time the cardholder is asked; -1 cancels
	PINs  []string // entered one after the other; "" goes past, "broken" is no PIN pad
	Host  Host
	Again int // so many sales with the same card come before; scripts come with the first only
	Want  Want
}

// Sale is what differs from a purchase of 12.34 on the day of the table.
type Sale struct {
	Amount int64 // minor units, 0 for 12.34
	Force  bool  // the merchant wants it online
	Random int   // for random selection, 0 for 50
}

// Till is what differs from the terminal of [Terminal].
type Till struct {
	Type      byte // 9F35
	NoCDA     bool // 9F33 without CDA
	NoPINPad  bool // without any offline PIN
	NoPSE     bool
	NoKeys    bool // no certification authority
	Exception bool // every card is on the exception file
	TACOnline [5]byte
}

// Host is what the issuer does. It always verifies the cryptogram first and
// declines one that is wrong.
type Host struct {
	Unable   bool   // no answer
	Code     string // the response code, 00 where empty
	Silent   bool   // it answers without tag 91
	Forged   bool   // its cryptogram is wrong
	Before   Script // template 71
	After    Script // template 72
	Damaged  bool   // scripts have a wrong MAC
	Approves bool   // where the code is not 00 and still an approval
}

// Script makes the commands of an issuer script.
type Script func(s issuer.Session) []issuer.Command

// NotAsked is [Got].ARQC where the issuer was not asked.
const NotAsked issuer.Fault = "not-asked"

// NoTries is [Want].Tries for a PIN that is blocked.
const NoTries = -1

// Want is the outcome.
type Want struct {
	Result    emv.Result
	Reason    emv.Reason
	Host      emv.HostState // not-asked where empty
	TVR, TSI  string        // hex
	CID       byte          // the last cryptogram: 00 AAC, 40 TC, 80 ARQC
	ARQC      issuer.Fault  // what the issuer found in it, empty for nothing wrong
	Tries     int           // PIN tries left on the card afterwards; 0 stands for all three
	CVM       string        // 9F34; not looked at where empty
	Signature bool          // the slip wants one
	OnlinePIN bool          // a PIN block went along
	Reverse   bool
	Fallback  bool
	Scripts   string // 9F5B in hex
	Label     string // of the application used; not looked at where empty
	At        string // the command on its way when it ended early
}

// Got is what a case came to.
type Got struct {
	Want
	Outcome emv.Outcome
	ARQCAt  int // commands sent until the answer to the first GENERATE AC, 0 for none
	Asked   int // times the cardholder had to choose
}
