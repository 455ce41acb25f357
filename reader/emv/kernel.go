package emv

import "vpos/reader/tlv"

// wait is the kind of answer the kernel waits for.
type wait byte

const (
	_ wait = iota // nothing
	waitStart
	waitCard
	waitChoice
	waitPIN
	waitOnline
)

// pending is the question asked last and what to do with its answer. An answer
// of another kind finds nothing here.
type pending struct {
	kind   wait
	card   func(reply) Request
	choice func(int) Request
	pin    func(PINResult) Request
	online func(OnlineResult) Request
}

// reply is what the card said.
type reply struct {
	sw   uint16
	data []byte
}

func (r reply) ok() bool { return r.sw == swOK }

// The status words with a meaning of their own (Book 1, 11; Book 3, 6.3.5).
const (
	swOK          = 0x9000
	swDeactivated = 0x6283 // selected file invalidated: the application is blocked
	swBlocked     = 0x6983 // authentication method blocked
	swInvalidated = 0x6984 // referenced data invalidated
	swConditions  = 0x6985 // conditions of use not satisfied
	swNoFunction  = 0x6A81 // function not supported: the card is blocked
	swNoFile      = 0x6A82
	swNoRecord    = 0x6A83
)

// maxCommands ends what a card that never comes to an end would make of us. The
// longest honest transaction needs a fraction of it.
const maxCommands = 600

// Kernel is one transaction with one card. It is not safe for concurrent use.
type Kernel struct {
	cfg Config
	txn Transaction

	pending     pending
	outcome     *Outcome
	apdus       int
	lastCommand string
	secret      APDU // the last command, if it held a PIN

	phase Phase
	trace []Decision
	tvr   TVR
	tsi   TSI

	selection
	app      Application // the terminal's entry for the chosen application
	data     store
	identity Identity
	aip      [2]byte
	records  []afl
	signed   []byte           // the data to be authenticated, Book 3, 10.3
	badSign  bool             // a signed record was not in template 70
	seen     map[tlv.Tag]bool // what the records brought, each once
	pdolData []byte

	auth
	verification
	generation
	online
}

// New prepares a transaction. Nothing happens before [Kernel.Start].
func New(cfg Config, txn Transaction) *Kernel {
	return &Kernel{
		cfg: cfg, txn: txn, phase: PhaseSelect, data: store{},
		pending: pending{kind: waitStart}, online: online{host: HostNotAsked},
		identity: Identity{Sequence: -1},
	}
}

// Start gives the first request: the card is powered and nothing was sent yet.
func (k *Kernel) Start() Request {
	if k.pending.kind != waitStart {
		return k.misuse()
	}
	if k.txn.Check() != nil || k.cfg.Terminal.check() != nil {
		return k.end(Terminated, ReasonInput)
	}
	return k.startSelection()
}

// Card takes the card's reply to a [Transmit]: the status word and the data
// before it. The kernel keeps the data; the caller must not change it.
func (k *Kernel) Card(sw uint16, data []byte) Request {
	next := k.pending.card
	if next == nil {
		return k.misuse()
	}
	k.wipeSecret()
	k.pending = pending{}
	return next(reply{sw: sw, data: data})
}

// Chosen takes the answer to a [ChooseApplication]: the index of a candidate, or
// a negative number when the cardholder cancelled.
func (k *Kernel) Chosen(i int) Request {
	next := k.pending.choice
	if next == nil {
		return k.misuse()
	}
	k.pending = pending{}
	return next(i)
}

// PIN takes the answer to a [NeedPIN]. Its bytes are wiped before they could be
// kept: at the latest when the card has answered.
func (k *Kernel) PIN(p PINResult) Request {
	next := k.pending.pin
	if next == nil {
		p.wipe()
		return k.misuse()
	}
	k.pending = pending{}
	return next(p)
}

// Online takes the answer to a [NeedOnline].
func (k *Kernel) Online(r OnlineResult) Request {
	next := k.pending.online
	if next == nil {
		return k.misuse()
	}
	k.pending = pending{}
	return next(r)
}

// Torn says that the card is gone, whatever is pending. Once the card's final
// word is known it stands; before, nothing was approved, and what the host
// approved must be reversed.
func (k *Kernel) Torn() Request {
	if k.outcome != nil {
		return *k.outcome
	}
	k.note(RuleTorn, k.lastCommand)
	return k.end(Terminated, ReasonTorn)
}

// Cancel ends the transaction for the people: the cardholder or the cashier does
// not go on. Like [Kernel.Torn] it changes nothing the card has said last, and
// what the host approved must be reversed.
func (k *Kernel) Cancel() Request {
	if k.outcome != nil {
		return *k.outcome
	}
	k.note(RuleCancelled, k.lastCommand)
	return k.end(Terminated, ReasonCancelled)
}

// misuse ends a transaction whose caller lost the thread: going on could repeat
// a command.
func (k *Kernel) misuse() Request {
	if k.outcome != nil {
		return *k.outcome
	}
	k.note(RuleMisuse, "")
	return k.end(Terminated, ReasonMisuse)
}

// send asks the transport to send a command and goes on with its reply.
func (k *Kernel) send(a APDU, next func(reply) Request) Request {
	k.apdus++
	if k.apdus > maxCommands {
		return k.badData("commands")
	}
	k.lastCommand = a.Name()
	k.pending = pending{kind: waitCard, card: next}
	return Transmit{APDU: a}
}

// sendSecret is send for a command with a PIN in it.
func (k *Kernel) sendSecret(a APDU, next func(reply) Request) Request {
	request := k.send(a, next)
	if t, ok := request.(Transmit); ok {
		k.secret, t.Secret = a, true
		return t
	}
	clear(a)
	return request
}

func (k *Kernel) wipeSecret() {
	clear(k.secret)
	k.secret = nil
}

// badData ends the transaction over something missing, doubled or malformed
// (Book 3, 7.5).
func (k *Kernel) badData(what string) Request {
	k.note(RuleBadData, what)
	return k.end(Terminated, ReasonCardData)
}

// badTag is badData about one data element.
func (k *Kernel) badTag(t tlv.Tag) Request { return k.badData(t.String()) }

// badStatus ends the transaction over a status word (Book 3, 6.3.5).
func (k *Kernel) badStatus(r reply) Request {
	k.note(RuleBadStatus, k.lastCommand+" "+swText(r.sw))
	return k.end(Terminated, ReasonCardStatus)
}

// swText is a status word in hex.
func swText(sw uint16) string { return hexed([]byte{byte(sw >> 8), byte(sw)}) } //nolint:gosec // both bytes are meant
