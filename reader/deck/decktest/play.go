package decktest

import (
	"bytes"
	"errors"
	"fmt"
	"slices"
	"time"

	"vpos/reader"
	"vpos/reader/deck"
	"vpos/reader/deck/issuer"
	"vpos/reader/emv"
	"vpos/reader/tlv"
)

// Day is the day of the table.
var Day = time.Date(2026, 11, 22, 12, 34, 56, 0, time.UTC)

// Transmit sends one command to the card and gives its answer, as
// [reader.Slot].Transmit does.
type Transmit func(command []byte) (sw uint16, data []byte, err error)

// Direct sends commands to a card without a reader between.
func Direct(c *deck.Card) Transmit {
	return func(command []byte) (uint16, []byte, error) {
		r := c.Command(command)
		switch {
		case r.Torn:
			return 0, nil, reader.ErrTorn
		case r.Mute:
			return 0, nil, reader.ErrCardMute
		}
		return r.SW, r.Data, nil
	}
}

// Terminal is the terminal of the table: attended, online and offline, with every
// method of authentication and verification, floor limit 100.00, in China.
func Terminal() emv.Config {
	cfg := emv.Config{
		Terminal: emv.Terminal{
			Capabilities: [3]byte{0xE0, 0xF8, 0xC8}, Additional: [5]byte{0xFF, 0x80, 0xF0, 0xF0, 0x01}, Type: 0x22,
			Country: 156, Serial: "12345678", ID: "TRAIN001", Merchant: "MERCHANT0000001", Category: 5999,
		},
		Keys: deck.CAKeys(), Languages: []string{"en", "zh"},
	}
	for _, known := range []struct {
		aid     []byte
		version [2]byte
	}{
		{[]byte{0xA0, 0, 0, 0, 3, 0x10, 0x10}, [2]byte{0, 0x96}},
		{[]byte{0xA0, 0, 0, 0, 3, 0x20, 0x10}, [2]byte{0, 0x96}},
		{[]byte{0xA0, 0, 0, 0, 4, 0x10, 0x10}, [2]byte{0, 0x02}},
		{[]byte{0xA0, 0, 0, 0, 4, 0x30, 0x60}, [2]byte{0, 0x02}},
		{[]byte{0xA0, 0, 0, 3, 0x33, 1, 1}, [2]byte{0, 0x30}},
		{[]byte{0xA0, 0, 0, 0, 0x25, 1}, [2]byte{0, 0x01}},
		{[]byte{0xA0, 0, 0, 0, 0x65, 0x10, 0x10}, [2]byte{2, 0x00}},
		{[]byte{0xA0, 0, 0, 1, 0x52, 0x30, 0x10}, [2]byte{0, 0x01}},
	} {
		cfg.Applications = append(cfg.Applications, emv.Application{
			AID: known.aid, Partial: true, Version: known.version, Floor: 10000, DDOL: []byte{0x9F, 0x37, 4},
		})
	}
	return cfg
}

// config is the terminal with what the case changes.
func (c Case) config() emv.Config {
	cfg, till := Terminal(), c.Till
	if till.Type != 0 {
		cfg.Terminal.Type = till.Type
	}
	if till.NoCDA {
		cfg.Terminal.Capabilities[2] &^= 0x08
	}
	if till.NoPINPad {
		cfg.Terminal.Capabilities[1] &^= 0x90
	}
	if till.NoKeys {
		cfg.Keys = nil
	}
	if till.Exception {
		cfg.Exception = func(reader.PAN, int) bool { return true }
	}
	cfg.NoPSE = till.NoPSE
	for i := range cfg.Applications {
		cfg.Applications[i].Online = till.TACOnline
	}
	return cfg
}

func (c Case) transaction() emv.Transaction {
	t := emv.Transaction{
		Amount: 1234, Currency: 156, Exponent: 2, Time: Day, Unpredictable: [4]byte{1, 2, 3, 4}, Random: 50, Counter: 7,
		ForceOnline: c.Sale.Force,
	}
	if c.Sale.Amount != 0 {
		t.Amount = c.Sale.Amount
	}
	if c.Sale.Random != 0 {
		t.Random = c.Sale.Random
	}
	return t
}

// Round is the case as it is for the i-th sale with the same card, from 0: what
// comes once only, PINs and scripts, is not there again.
func (c Case) Round(i int) Case {
	if i > 0 {
		c.Host.Before, c.Host.After = nil, nil
		c.PINs = c.PINs[min(i, len(c.PINs)):]
	}
	return c
}

// TriesOf is how many PIN tries an application of a card has left, for
// [Got].Tries; of the first one where no label is known.
func TriesOf(c *deck.Card, label string) int {
	i := 0
	if labels := c.Labels(); slices.Contains(labels, label) {
		i = slices.Index(labels, label)
	}
	return c.Snapshot().Applications[i].Tries
}

// player is the people and the host of one case.
type player struct {
	Case
	pins []string
	pick []int
	got  Got
}

// maxSteps ends a game that has none.
const maxSteps = 2000

// ErrEndless says that a transaction did not end.
var ErrEndless = errors.New("decktest: no end")

// Play plays a case with a powered card. The error is the transport's own where
// it is none of a torn or mute card; the mute one ends the transaction like a torn
// one.
func (c Case) Play(transmit Transmit) (Got, error) {
	p := &player{Case: c, pins: c.PINs, pick: c.Pick}
	p.got.ARQC = NotAsked
	k := emv.New(c.config(), c.transaction())
	request := k.Start()
	for range maxSteps {
		switch r := request.(type) {
		case emv.Transmit:
			sw, data, err := transmit(r.APDU)
			switch {
			case errors.Is(err, reader.ErrTorn) || errors.Is(err, reader.ErrCardMute):
				request = k.Torn()
			case err != nil:
				return p.got, fmt.Errorf("%s: %w", r.APDU.Name(), err)
			default:
				p.count(r.APDU)
				request = k.Card(sw, data)
			}
		case emv.ChooseApplication:
			request = k.Chosen(p.choose())
		case emv.NeedPIN:
			request = k.PIN(p.enter(r))
		case emv.NeedOnline:
			request = k.Online(p.answer(r))
		case emv.Outcome:
			return p.end(r), nil
		}
	}
	return p.got, ErrEndless
}

// count notes how many commands it took to the first cryptogram.
func (p *player) count(command emv.APDU) {
	p.got.Outcome.APDUs++
	if command.Name() == "GENERATE AC" && p.got.ARQCAt == 0 {
		p.got.ARQCAt = p.got.Outcome.APDUs
	}
}

func (p *player) choose() int {
	p.got.Asked++
	if len(p.pick) == 0 {
		return 0
	}
	n := p.pick[0]
	p.pick = p.pick[1:]
	return n
}

// enter is the cardholder at the PIN pad.
func (p *player) enter(n emv.NeedPIN) emv.PINResult {
	pin := ""
	if len(p.pins) > 0 {
		pin, p.pins = p.pins[0], p.pins[1:]
	}
	switch {
	case pin == "":
		return emv.PINResult{Bypassed: true}
	case pin == "broken":
		return emv.PINResult{Broken: true}
	case n.Online:
		return emv.PINResult{Entered: true}
	}
	return emv.PINResult{Digits: []byte(pin), Padding: bytes.Repeat([]byte{0x5A}, n.Padding)}
}

// answer is the host.
func (p *player) answer(n emv.NeedOnline) emv.OnlineResult {
	v, fault := issuer.TestRing().Verify(n.Card.PAN, n.Card.Sequence, n.Field55)
	p.got.ARQC, p.got.OnlinePIN = fault, n.PIN
	h := p.Host
	code := [2]byte{'0', '0'}
	if h.Code != "" {
		code = [2]byte([]byte(h.Code))
	}
	switch {
	case h.Unable:
		return emv.OnlineResult{Answer: emv.HostUnable}
	case fault != issuer.Good:
		return emv.OnlineResult{Answer: emv.HostDeclined, Code: [2]byte{'0', '5'}}
	}
	approves := code == [2]byte{'0', '0'} || h.Approves
	r := emv.OnlineResult{Answer: emv.HostDeclined, Code: code, Field55: h.field55(v, code, approves)}
	if approves {
		r.Answer, r.AuthCode = emv.HostApproved, "ABC123"
	}
	return r
}

// field55 is what the issuer sends for the card.
func (h Host) field55(v issuer.Verified, code [2]byte, approves bool) []byte {
	var out []byte
	if !h.Silent {
		answer := v.Answer(code, approves)
		if h.Forged {
			answer[0] ^= 0xFF
		}
		out = tlv.Append(out, 0x91, answer)
	}
	s := v.Session
	if h.Damaged {
		s.MAC[0] ^= 0x10
	}
	if h.Before != nil {
		out = append(out, s.Script(true, [4]byte{0, 0, 0, 1}, h.Before(s)...)...)
	}
	if h.After != nil {
		out = append(out, s.Script(false, [4]byte{0, 0, 0, 2}, h.After(s)...)...)
	}
	return out
}

// end puts the outcome into the form of the table.
func (p *player) end(o emv.Outcome) Got {
	arqc, online := p.got.ARQC, p.got.OnlinePIN
	p.got.Want = Want{
		Result: o.Result, Reason: o.Reason, Host: o.Host, TVR: o.TVR.String(), TSI: o.TSI.String(), CID: o.CID,
		ARQC: arqc, CVM: fmt.Sprintf("%X", o.Facts[0x9F34]), Signature: o.Signature, OnlinePIN: online,
		Reverse: o.Reverse, Fallback: o.Fallback, Label: o.Card.Label, At: o.At, Tries: -1,
	}
	if len(o.Scripts) > 0 {
		p.got.Scripts = fmt.Sprintf("%X", o.Scripts)
	}
	p.got.Outcome = o
	return p.got
}
