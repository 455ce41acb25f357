package deck

import (
	"bytes"
	"encoding/binary"
	"fmt"
	"io"
	"log/slog"
	"time"

	"vpos/reader/deck/issuer"
	"vpos/reader/tlv"
)

// Card is one virtual card: what its file says, what it remembers and, between
// power-on and power-off, the session under way. It is for one goroutine at a
// time. It prints as its name.
type Card struct {
	spec    string
	file    *definition
	flaws   flaws
	apps    []app
	blocked bool
	seed    uint64
	drawn   uint64
	session
}

// session is what power-off forgets.
type session struct {
	on         bool
	commands   int
	current    *app
	directory  bool // the payment system environment is selected
	name       []byte
	occurrence int
	challenge  []byte
	live       exchange
}

// app is one application of a card in use.
type app struct {
	*application
	keys    issuer.Card
	records map[[2]byte][]byte // by SFI and number; made when first asked for
	afl     []byte
	aip     []byte
	values  map[tlv.Tag][]byte // what the records hold
	state   AppState
}

// Reply is a card's answer.
type Reply struct {
	Data  []byte
	SW    uint16
	Delay time.Duration // how long the card takes
	Mute  bool          // there is no answer
	Torn  bool          // the card was taken out instead
}

// Bytes is the answer as it goes over a line: data, then status.
func (r Reply) Bytes() []byte {
	return binary.BigEndian.AppendUint16(bytes.Clone(r.Data), r.SW)
}

// The status words cards answer with (Book 1, 11; Book 3, 6.3.5; ISO/IEC 7816-4).
const (
	swOK           = 0x9000
	swDeactivated  = 0x6283
	swAuthFailed   = 0x6300
	swPINWrong     = 0x63C0
	swLength       = 0x6700
	swSecurity     = 0x6982
	swPINBlocked   = 0x6983
	swConditions   = 0x6985
	swBadMAC       = 0x6988
	swBadData      = 0x6A80
	swCardBlocked  = 0x6A81
	swNoFile       = 0x6A82
	swNoRecord     = 0x6A83
	swBadP1P2      = 0x6A86
	swNoData       = 0x6A88
	swInstruction  = 0x6D00
	swClass        = 0x6E00
	swNotSupported = 0x6D00
)

// The instructions (Book 1, 11; Book 3, 6.5).
const (
	insVerify       = 0x20
	insExternalAuth = 0x82
	insGetChallenge = 0x84
	insInternalAuth = 0x88
	insSelect       = 0xA4
	insGPO          = 0xA8
	insGenerateAC   = 0xAE
	insReadRecord   = 0xB2
	insGetResponse  = 0xC0
	insGetData      = 0xCA
)

// Name is the card's name with its faults, as [Find] takes it.
func (c *Card) Name() string { return c.spec }

// Info says what the card is.
func (c *Card) Info() CardInfo {
	d := c.file
	return CardInfo{d.Name, d.Brand, d.EN, d.ZH, d.Contactless}
}

// Labels lists the labels of its applications, in the order of their states in a
// [Snapshot].
func (c *Card) Labels() []string {
	var list []string
	for i := range c.apps {
		list = append(list, c.apps[i].Label)
	}
	return list
}

// String is the name.
func (c *Card) String() string { return "card[" + c.spec + "]" }

// Format prints String under every verb.
func (c *Card) Format(f fmt.State, _ rune) { _, _ = io.WriteString(f, c.String()) }

// LogValue is String.
func (c *Card) LogValue() slog.Value { return slog.StringValue(c.String()) }

// Seed gives the card what its random numbers are made of: the owner's chance.
// Without it they are the same for every card and every day.
func (c *Card) Seed(seed uint64) { c.seed, c.drawn = seed, 0 }

// PowerOn resets the card and gives its answer to reset; nil for a card that is
// mute.
func (c *Card) PowerOn() []byte {
	c.session = session{on: true}
	if c.flaws.mute == 0 {
		return nil
	}
	return bytes.Clone(c.file.ATR)
}

// PowerOff ends the session.
func (c *Card) PowerOff() { c.session = session{} }

// TZero reports whether the card speaks the protocol T=0 by its file.
func (c *Card) TZero() bool { return c.file.Protocol == "T=0" }

// draw gives size bytes a terminal cannot foresee without the seed.
func (c *Card) draw(size int) []byte {
	c.drawn++
	var in [16]byte
	binary.BigEndian.PutUint64(in[:], c.seed)
	binary.BigEndian.PutUint64(in[8:], c.drawn)
	return digest([]byte("vpos deck"), in[:])[:size]
}

// command is a command APDU taken apart.
type command struct {
	cla, ins, p1, p2 byte
	data             []byte
	raw              []byte // header, Lc and data
}

// readCommand takes a short APDU apart (ISO/IEC 7816-4, 5.1). What Le says does
// not matter to a card that gives whole answers.
func readCommand(b []byte) (command, bool) {
	if len(b) < 4 {
		return command{}, false
	}
	c := command{cla: b[0], ins: b[1], p1: b[2], p2: b[3], raw: b}
	if len(b) <= 5 {
		return c, true
	}
	lc := int(b[4])
	if lc == 0 || len(b) != 5+lc && len(b) != 6+lc {
		return command{}, false
	}
	c.data, c.raw = b[5:5+lc], b[:5+lc]
	return c, true
}

// Command is one exchange: a command APDU and the card's answer, whole, whatever
// its length. Any bytes may be sent.
//
// What is meant for a reader (class FF, as FFCA for a serial number) is none of
// the card's business: it is refused and not counted.
func (c *Card) Command(apdu []byte) Reply {
	if c.on && len(apdu) > 0 && apdu[0] == 0xFF {
		return status(swClass)
	}
	c.commands++
	f := &c.flaws
	switch {
	case f.tear == c.commands:
		c.PowerOff()
		return Reply{Torn: true}
	case !c.on, f.mute >= 0 && c.commands >= f.mute:
		return Reply{Mute: true, Delay: f.slow}
	}
	r := c.answer(apdu)
	r.Delay = f.slow
	if f.garbage == c.commands {
		r.Data, r.SW = digest(apdu, []byte("noise")), swOK
	}
	return r
}

func status(sw uint16) Reply { return Reply{SW: sw} }

// give is an answer with data.
func give(data []byte) Reply { return Reply{Data: data, SW: swOK} }

// answer sends a command where it belongs.
func (c *Card) answer(apdu []byte) Reply {
	k, ok := readCommand(apdu)
	if !ok {
		return status(swLength)
	}
	none := c.current == nil // then there is nothing but to select one, or to read the directory
	switch {
	case k.cla == 0x00 && (!none || k.ins == insSelect || k.ins == insReadRecord):
		return c.interindustry(k)
	case k.cla == 0x80 && !none:
		return c.proprietary(k)
	case (k.cla == issuer.ClaPayment || k.cla == issuer.ClaISO) && !none:
		return c.script(k)
	case k.cla == 0x00 || k.cla == 0x80 || k.cla == issuer.ClaPayment || k.cla == issuer.ClaISO:
		return status(swConditions)
	}
	return status(swClass)
}

func (c *Card) interindustry(k command) Reply {
	switch k.ins {
	case insSelect:
		return c.choose(k)
	case insReadRecord:
		return c.read(k)
	case insVerify:
		return c.verify(k)
	case insGetChallenge:
		return c.makeChallenge(k)
	case insInternalAuth:
		return c.signData(k)
	case insExternalAuth:
		return c.authenticateIssuer(k)
	}
	return status(swInstruction)
}

func (c *Card) proprietary(k command) Reply {
	switch k.ins {
	case insGPO:
		return c.start(k)
	case insGenerateAC:
		return c.generate(k)
	case insGetData:
		return c.getData(k)
	}
	return status(swInstruction)
}
