package emv

import (
	"bytes"
	"slices"
	"strings"
	"testing"
)

// cvm plays a card with these rules: amounts X = 10.00 and Y = 20.00.
func cvm(t *testing.T, list string, p *people, change ...func(*app, *Config, *Transaction)) (Outcome, *fake) {
	t.Helper()
	a, cfg, txn := deal(set(tagCVMList, "000003E8000007D0"+list)), shop(), sale()
	for _, c := range change {
		c(a, &cfg, &txn)
	}
	card := newFake(t, a)
	return run(t, cfg, txn, card, p), card
}

func caps(b byte) func(*app, *Config, *Transaction) {
	return func(_ *app, c *Config, _ *Transaction) { c.Terminal.Capabilities[1] = b }
}

func amount(n int64) func(*app, *Config, *Transaction) {
	return func(_ *app, _ *Config, t *Transaction) { t.Amount = n }
}

func kind(kind byte, other int64) func(*app, *Config, *Transaction) {
	return func(_ *app, _ *Config, t *Transaction) { t.Type, t.Other = kind, other }
}

func machine(_ *app, c *Config, _ *Transaction) { c.Terminal.Type = 0x25 }

type changes = []func(*app, *Config, *Transaction)

// Every method and condition that needs no PIN: the rules, what 9F34 says, and
// the third byte of the TVR.
func TestCVMList(t *testing.T) {
	for name, c := range map[string]struct {
		list, results string
		tvr           byte
		changes       changes
	}{
		"signature":                 {"1E03", "1E0300", 0, nil},
		"no CVM":                    {"1F00", "1F0002", 0, nil},
		"fail":                      {"0000", "000001", 0x80, nil},
		"fail, then no CVM":         {"4000 1F00", "1F0002", 0, nil},
		"no CVM not supported":      {"1F00", "3F0001", 0x80, changes{caps(0xF0)}},
		"if supported, else":        {"1E03 1F00", "1F0002", 0, changes{caps(0x08)}},
		"nothing fits":              {"1E03", "3F0001", 0x80, changes{caps(0x08)}},
		"unrecognised":              {"2000", "3F0001", 0xC0, nil},
		"unrecognised, stop":        {"2000 1F00", "3F0001", 0xC0, nil},
		"unrecognised, then":        {"6000 1F00", "1F0002", 0x40, nil},
		"unrecognised if supported": {"2003 1F00", "1F0002", 0, nil},
		"unknown condition":         {"1E0A 1F00", "1F0002", 0, nil},
		"no PIN pad for online PIN": {"0200", "3F0001", 0x90, changes{caps(0xA8)}},
		"no PIN pad for offline":    {"4100 1F00", "1F0002", 0x10, changes{caps(0x28)}},
		"no PIN pad, combined":      {"4300 4500 1F00", "1F0002", 0x10, changes{caps(0x28)}},
		"no signature, combined":    {"4300 4500 1F00", "1F0002", 0, changes{caps(0x98)}},
		"unattended cash":           {"1F01", "1F0102", 0, changes{machine, kind(TypeCash, 0)}},
		"unattended cash, purchase": {"1F01", "3F0001", 0x80, changes{machine}},
		"neither cash nor cashback": {"1F02", "1F0202", 0, nil},
		"but cash":                  {"1F02", "3F0001", 0x80, changes{kind(TypeCash, 0)}},
		"but cashback":              {"1F02", "3F0001", 0x80, changes{kind(TypeCashback, 100)}},
		"manual cash":               {"1F04", "1F0402", 0, changes{kind(TypeCash, 0)}},
		"manual cash, machine":      {"1F04", "3F0001", 0x80, changes{kind(TypeCash, 0), machine}},
		"cashback":                  {"1F05", "1F0502", 0, changes{kind(TypeCashback, 100)}},
		"cashback, purchase":        {"1F05", "3F0001", 0x80, nil},
		"under X":                   {"1F06", "1F0602", 0, changes{amount(999)}},
		"X is not under X":          {"1F06", "3F0001", 0x80, changes{amount(1000)}},
		"over X":                    {"1F07", "1F0702", 0, changes{amount(1001)}},
		"X is not over X":           {"1F07", "3F0001", 0x80, changes{amount(1000)}},
		"under Y":                   {"1F08", "1F0802", 0, changes{amount(1999)}},
		"Y is not under Y":          {"1F08", "3F0001", 0x80, changes{amount(2000)}},
		"over Y":                    {"1F09", "1F0902", 0, changes{amount(2001)}},
		"Y is not over Y":           {"1F09", "3F0001", 0x80, changes{amount(2000)}},
		"another currency":          {"1F06", "3F0001", 0x80, changes{amount(1), func(a *app, _ *Config, _ *Transaction) { a.values[tagAppCurrency] = unhex("0840") }}},
		"no currency":               {"1F06", "3F0001", 0x80, changes{amount(1), func(a *app, _ *Config, _ *Transaction) { drop(tagAppCurrency)(a) }}},
	} {
		o, _ := cvm(t, c.list, nil, c.changes...)
		if got := hexed(o.Facts[tagCVMResults]); got != c.results || o.TVR[2] != c.tvr || !o.TSI.Has(DidCVM) {
			t.Errorf("%s: %s TVR %s TSI %s %v", name, got, o.TVR, o.TSI, o.Trace)
		}
	}
}

func TestCVMNotPerformed(t *testing.T) {
	for name, c := range map[string]struct {
		change func(*app)
		tvr    string
		reason Reason
	}{
		"AIP":     {func(a *app) { a.aip[0] &^= aipCVM }, "8000000000", ReasonOffline},
		"no list": {drop(tagCVMList), "A000000000", ReasonOffline},
		"empty":   {set(tagCVMList, "0000000000000000"), "A000000000", ReasonOffline},
		"odd":     {set(tagCVMList, "00000000000000001E"), "0000000000", ReasonCardData},
		"short":   {set(tagCVMList, "00000000"), "0000000000", ReasonCardData},
	} {
		o := run(t, shop(), sale(), newFake(t, deal(c.change)), nil)
		if o.Reason != c.reason || o.TSI.Has(DidCVM) {
			t.Errorf("%s: %s %s", name, o.Reason, o.TSI)
		}
		if c.reason == ReasonOffline && (o.TVR.String() != c.tvr || hexed(o.Facts[tagCVMResults]) != "3F0000") {
			t.Errorf("%s: %s %X", name, o.TVR, o.Facts[tagCVMResults])
		}
	}
}

func cipher(a *app, _ *Config, _ *Transaction) { signs(aipDDA)(a) }

func pinCert(spoil *spoiler) func(*app, *Config, *Transaction) {
	return func(a *app, c *Config, x *Transaction) {
		cipher(a, c, x)
		a.afl = "08010202 10010200 18010100"
		a.values[tagPINExp] = a.keys.pin.public.exponent
		a.values[tagPINCert], a.values[tagPINRem] = certify(a.keys.issuer, 4, unhex(testPAN+"FFFF"), a.keys.pin.public, nil, spoil)
	}
}

func tries(n int) func(*app, *Config, *Transaction) {
	return func(a *app, _ *Config, _ *Transaction) { a.tries = n }
}

// Every way a PIN can go.
func TestPIN(t *testing.T) {
	bypass := func(NeedPIN) PINResult { return PINResult{Bypassed: true} }
	status := func(sw uint16) func(NeedPIN) PINResult {
		return func(NeedPIN) PINResult { return PINResult{Status: sw} }
	}
	for name, c := range map[string]struct {
		list, results string
		tvr           byte
		pin           func(NeedPIN) PINResult
		asked         int
		changes       changes
	}{
		"right":                  {"0103", "010302", 0, pinsOf("1234"), 1, nil},
		"wrong, then right":      {"0103", "010302", 0, pinsOf("1111", "2222", "1234"), 3, nil},
		"wrong to the end":       {"0103", "010301", 0xA0, pinsOf("1", "1111", "2222", "3333"), 3, changes{func(a *app, _ *Config, _ *Transaction) { a.pin = "4321" }}},
		"no tries left":          {"0103", "010301", 0xA0, nil, 0, changes{tries(0)}},
		"no tries, then no CVM":  {"4103 1F00", "1F0002", 0x20, nil, 0, changes{tries(0)}},
		"counter not told":       {"0103", "010302", 0, pinsOf("1234"), 1, changes{tries(-1)}},
		"bypassed":               {"0103", "010301", 0x88, bypass, 1, nil},
		"bypassed, not again":    {"4103 4200 1E00", "1E0000", 0x08, bypass, 1, nil},
		"nothing entered":        {"0103", "010301", 0x88, func(NeedPIN) PINResult { return PINResult{} }, 1, nil},
		"pad broken":             {"0103", "010301", 0x90, func(NeedPIN) PINResult { return PINResult{Broken: true} }, 1, nil},
		"no digits":              {"0103", "010301", 0x90, pinsOf("12"), 1, nil},
		"pin pad reader":         {"0103", "010302", 0, status(swOK), 1, nil},
		"pin pad reader, wrong":  {"0103", "010301", 0xA0, status(0x63C0), 1, nil},
		"pin pad, 6983":          {"0103", "010301", 0xA0, status(swBlocked), 1, nil},
		"pin pad, 6984":          {"0103", "010301", 0xA0, status(swInvalidated), 1, nil},
		"for ever wrong":         {"0103", "010301", 0x80, status(0x63C5), maxEntries, nil},
		"with signature":         {"0303", "030300", 0, pinsOf("1234"), 1, nil},
		"online":                 {"0200", "020000", 0x04, pinsOf(""), 1, nil},
		"online bypassed":        {"0200", "020001", 0x88, bypass, 1, nil},
		"enciphered, card key":   {"0403", "040302", 0, pinsOf("1234"), 1, changes{cipher}},
		"enciphered, PIN key":    {"0403", "040302", 0, pinsOf("1111", "1234"), 2, changes{pinCert(nil)}},
		"enciphered, signature":  {"0503", "050300", 0, pinsOf("1234"), 1, changes{cipher}},
		"enciphered, no key":     {"0403", "040301", 0x80, nil, 0, nil},
		"enciphered, no DDA":     {"0403", "040302", 0, pinsOf("1234"), 1, changes{cipher, func(a *app, c *Config, _ *Transaction) { c.Terminal.Capabilities[2] = 0 }}},
		"enciphered, bad cert":   {"0403", "040301", 0x80, nil, 0, changes{pinCert(&spoiler{message: func(b []byte) { b[1] = 0x11 }})}},
		"enciphered, bad issuer": {"0403", "040301", 0x80, nil, 0, changes{pinCert(nil), func(a *app, _ *Config, _ *Transaction) { a.values[tagIssuerExp] = []byte{5} }}},
		"enciphered, digits":     {"0403", "040301", 0x90, pinsOf("1"), 1, changes{cipher}},
		"enciphered, no padding": {"0403", "040301", 0x90, func(NeedPIN) PINResult { return PINResult{Digits: []byte("1234")} }, 1, changes{cipher}},
	} {
		t.Run(name, func(t *testing.T) {
			p := &people{pin: c.pin}
			if strings.HasPrefix(name, "wrong to") {
				p.pin = pinsOf("1111", "2222", "3333")
			}
			o, _ := cvm(t, c.list, p, c.changes...)
			if got := hexed(o.Facts[tagCVMResults]); got != c.results || o.TVR[2] != c.tvr || len(p.asked)-1 != c.asked {
				t.Errorf("%s TVR %s, asked %d: %v", got, o.TVR, len(p.asked)-1, o.Trace)
			}
			good := strings.HasSuffix(c.results, "02") && c.results[0] == '0' || o.TVR.Has(PINOnline) || o.Signature && c.results[:2] != "1E"
			if o.PINGood != good || o.Signature != (strings.Contains("03 05 1E", c.results[:2])) {
				t.Errorf("pin %v signature %v", o.PINGood, o.Signature)
			}
		})
	}
}

func TestPINRequest(t *testing.T) {
	p := &people{pin: pinsOf("1111", "1234")}
	_, card := cvm(t, "0103", p)
	first, second := p.asked[0].(NeedPIN), p.asked[1].(NeedPIN)
	if first.TriesLeft != 3 || first.Wrong || second.TriesLeft != 2 || !second.Wrong || first.Online || first.Enciphered {
		t.Errorf("%+v %+v", first, second)
	}
	if !bytes.Equal(first.PINPad, unhex("0020008008 20FFFFFFFFFFFFFF")) || first.Language != "en" {
		t.Errorf("%X %s", []byte(first.PINPad), first.Language)
	}
	i := slices.Index(card.log, "VERIFY")
	if !bytes.Equal(card.commands[i], unhex("0020008008 241111FFFFFFFFFF")) {
		t.Errorf("%X", card.commands[i])
	}
	q := &people{pin: pinsOf("1234")}
	_, card = cvm(t, "0403", q, cipher)
	if n := q.asked[0].(NeedPIN); !n.Enciphered || n.Padding != 96-17 || n.PINPad != nil {
		t.Errorf("%+v", n)
	}
	if i := slices.Index(card.log, "VERIFY"); card.log[i-1] != "GET CHALLENGE" || card.commands[i][3] != 0x88 {
		t.Errorf("%v", card.log)
	}
}

// What the card answers to the commands around a PIN, and nothing of the PIN is
// left when it is over.
func TestPINReplies(t *testing.T) {
	for name, c := range map[string]struct {
		ins    byte
		list   string
		sw     uint16
		data   string
		reason Reason
		tvr    byte
	}{
		"status":          {insVerify, "0103", 0x6F00, "", ReasonCardStatus, 0},
		"challenge fails": {insGetChallenge, "0403", 0x6F00, "", ReasonOffline, 0x80},
		"challenge short": {insGetChallenge, "0403", swOK, "1122", ReasonOffline, 0x80},
		"counter garbage": {insGetData, "0103", swOK, "9F17", ReasonOffline, 0},
	} {
		a := deal(set(tagCVMList, "0000000000000000"+c.list), signs(aipDDA))
		card, digits := newFake(t, a), []byte("1234")
		card.extra = func(b []byte) (uint16, []byte, bool) { return c.sw, unhex(c.data), b[1] == c.ins }
		padding := bytes.Repeat([]byte{0xA5}, 79)
		o := run(t, shop(), sale(), card, &people{pin: func(NeedPIN) PINResult { return PINResult{Digits: digits, Padding: padding} }})
		if o.Reason != c.reason || c.reason == ReasonOffline && o.TVR[2] != c.tvr {
			t.Errorf("%s: %s %s", name, o.Reason, o.TVR)
		}
		if !bytes.Equal(digits, make([]byte, 4)) || !bytes.Equal(padding, make([]byte, 79)) {
			t.Errorf("%s: the PIN is still there: %s", name, digits)
		}
	}
}

// The digits are wiped as soon as they are enciphered.
func TestPINWiped(t *testing.T) {
	card := newFake(t, deal(set(tagCVMList, "00000000000000000403"), signs(aipDDA)))
	digits := []byte("1234")
	k := New(shop(), sale())
	request := k.Start()
	for {
		if n, ok := request.(NeedPIN); ok {
			request = k.PIN(PINResult{Digits: digits, Padding: make([]byte, n.Padding)})
			break
		}
		request = k.Card(card.answer(request.(Transmit)))
	}
	if request.(Transmit).APDU.Name() != "GET CHALLENGE" {
		t.Fatal("no challenge")
	}
	if next, ok := k.Card(swOK, make([]byte, 8)).(Transmit); !ok || !next.Secret || !bytes.Equal(digits, make([]byte, 4)) {
		t.Error("the digits outlive the enciphering")
	}
}

// The same, torn out while the card makes its challenge.
func TestPINWipedInBetween(t *testing.T) {
	k, digits := New(shop(), sale()), []byte("1234")
	k.pinResult = PINResult{Digits: digits}
	k.Torn()
	if !bytes.Equal(digits, make([]byte, 4)) {
		t.Error("the PIN is still there")
	}
}
