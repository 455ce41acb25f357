package emv

import (
	"bytes"
	"testing"
	"time"

	"vpos/reader/tlv"
)

var today = time.Date(2026, 11, 22, 12, 34, 56, 0, time.UTC)

// deal is the plain card: two files of two records, no offline authentication,
// signature as CVM, willing to do what it is asked for.
func deal(change ...func(*app)) *app {
	a := &app{
		aid: testAID, label: "VISA CREDIT", aip: []byte{0x18, 0}, afl: "08010202 10010200",
		ac1: 0xFF, ac2: 0xFF, iad: unhex("06010A03A00000"), tries: 3, pin: "1234", atc: 5, last: 4,
		spoil: map[string]*spoiler{}, keys: testKeys(), issuerAuth: swOK,
		values: store{
			tagTrack2: unhex(testPAN + "D30122010000000000000F"), 0x5F20: []byte("DOE/J"),
			tagPAN: unhex(testPAN), tagExpiry: unhex("301231"), tagEffective: unhex("200101"),
			tagIssuerNation: unhex("0156"), tagPSN: {1}, tagUsage: unhex("FFC0"), tagCardVersion: unhex("0002"),
			tagCDOL1:      unhex("9F0206 9F0306 9F1A02 9505 5F2A02 9A03 9C01 9F3704"),
			tagCDOL2:      unhex("8A02 9108 9505 9F3704"),
			tagCVMList:    unhex("0000000000000000 1E03"),
			tagIACDefault: make([]byte, 5), tagIACDenial: make([]byte, 5), tagIACOnline: make([]byte, 5),
			tagAppCurrency: unhex("0156"),
		},
		records: [][]tlv.Tag{
			{tagTrack2, 0x5F20, tagLCOL, tagUCOL, tagTDOL},
			{tagPAN, tagExpiry, tagEffective, tagIssuerNation, tagPSN, tagUsage, tagCDOL1, tagCDOL2, tagCVMList,
				tagIACDefault, tagIACDenial, tagIACOnline, tagCardVersion, tagAppCurrency, tagTagList},
			{tagCAIndex, tagIssuerCert, tagIssuerExp, tagIssuerRem, tagDDOL},
			{tagSignedStatic, tagCardCert, tagCardExp, tagCardRem},
			{tagPINCert, tagPINExp, tagPINRem},
		},
	}
	for _, c := range change {
		c(a)
	}
	return a
}

// signs gives the card the certificates of a method: aip is the bit for it.
func signs(bit byte) func(*app) {
	return func(a *app) {
		a.aip[0] |= bit
		if a.values[tagTagList] == nil {
			a.values[tagTagList] = []byte{0x82}
		}
		a.certify(bit)
	}
}

// certify makes the certificates anew over what the records say now.
func (a *app) certify(bit byte) {
	k, v := a.keys, a.values
	static := append(append(bytes.Clone(inside(a.recordBytes(0))), inside(a.recordBytes(1))...), a.aip...)
	v[tagCAIndex], v[tagIssuerExp] = []byte{0x99}, k.issuer.public.exponent
	v[tagIssuerCert], v[tagIssuerRem] = certify(k.ca, 2, unhex("476173FF"), k.issuer.public, nil, a.spoil["issuer"])
	if bit == aipSDA {
		v[tagSignedStatic] = k.issuer.seal([]byte{3, 1, 0xDA, 0xC0}, static, a.spoil["static"])
		return
	}
	pan := unhex(testPAN + "FFFF")
	v[tagCardExp], v[tagDDOL] = k.card.public.exponent, unhex("9F3704")
	v[tagCardCert], v[tagCardRem] = certify(k.issuer, 4, pan, k.card.public, static, a.spoil["card"])
}

func inside(record []byte) []byte {
	nodes, _ := tlv.Parse(record)
	return nodes[0].Value
}

// set changes a value of the records before signing.
func set(tag tlv.Tag, hex string) func(*app) {
	return func(a *app) { a.values[tag] = unhex(hex) }
}

func drop(tags ...tlv.Tag) func(*app) {
	return func(a *app) {
		for _, t := range tags {
			delete(a.values, t)
		}
	}
}

// shop is a terminal that can do everything, with one AID.
func shop() Config {
	ca := CAPK{Index: 0x99, Modulus: testKeys().ca.public.modulus, Exponent: []byte{3}}
	copy(ca.RID[:], unhex("A000000003"))
	ca.Checksum = ca.Sum()
	return Config{
		Terminal: Terminal{
			Capabilities: [3]byte{0xE0, 0xF8, 0xC8}, Additional: [5]byte{0xFF, 0x80, 0xF0, 0xF0, 0x01}, Type: 0x22,
			Country: 156, Serial: "12345678", ID: "TERM0001", Merchant: "MERCHANT0000001", Acquirer: "12345678901",
			Category: 5999, MerchantName: "SHOP", Extra: map[tlv.Tag][]byte{0xDF01: {1}},
		},
		Applications: []Application{{
			AID: unhex("A000000003"), Partial: true, Version: [2]byte{0, 2}, Floor: 100000, DDOL: unhex("9F3704"),
			TDOL: unhex("9F0206"), RiskData: []byte{1, 2}, Extra: map[tlv.Tag][]byte{0xDF02: {2}},
		}},
		Keys:      []CAPK{ca},
		Languages: []string{"en", "zh"},
	}
}

// sale is a purchase of 12.34.
func sale() Transaction {
	return Transaction{
		Amount: 1234, Currency: 156, Exponent: 2, Time: today, Unpredictable: [4]byte{1, 2, 3, 4}, Random: 50, Counter: 7,
	}
}

// people answer what the kernel asks people and the host.
type people struct {
	choose func(ChooseApplication) int
	pin    func(NeedPIN) PINResult
	online func(NeedOnline) OnlineResult
	asked  []Request
	tearAt int // 1 for the first command, 0 never
}

// run plays a transaction to its end.
func run(t testing.TB, cfg Config, txn Transaction, card *fake, p *people) Outcome {
	t.Helper()
	if p == nil {
		p = &people{}
	}
	k := New(cfg, txn)
	request := k.Start()
	for range 2000 {
		if _, ok := request.(Transmit); !ok {
			p.asked = append(p.asked, request)
		}
		switch r := request.(type) {
		case Transmit:
			sw, data := card.answer(r)
			if p.tearAt == len(card.commands) {
				request = k.Torn()
				continue
			}
			request = k.Card(sw, data)
			if r.Secret && !bytes.Equal(r.APDU, make([]byte, len(r.APDU))) {
				t.Fatal("a command with a PIN was not wiped")
			}
		case ChooseApplication:
			request = k.Chosen(p.choose(r))
		case NeedPIN:
			result := p.pin(r)
			request = k.PIN(result)
		case NeedOnline:
			if p.online == nil {
				t.Fatalf("went online, TVR %s: %v", r.TVR, card.log)
			}
			request = k.Online(p.online(r))
		case Outcome:
			return r
		}
	}
	t.Fatal("no end")
	return Outcome{}
}

// host answers every request the same.
func host(answer HostAnswer, field55 string) func(NeedOnline) OnlineResult {
	return func(NeedOnline) OnlineResult {
		return OnlineResult{Answer: answer, Code: [2]byte{'0', '0'}, AuthCode: "ABC123", Field55: unhex(field55)}
	}
}

// pinsOf answers with one PIN after the other.
func pinsOf(pins ...string) func(NeedPIN) PINResult {
	return func(n NeedPIN) PINResult {
		pin := pins[0]
		pins = pins[1:]
		if n.Online {
			return PINResult{Entered: true}
		}
		return PINResult{Digits: []byte(pin), Padding: bytes.Repeat([]byte{0x5A}, n.Padding)}
	}
}

// online makes the terminal want the issuer, for any TVR bit or none.
func alwaysOnline(c *Config) { c.Terminal.Type = 0x21 }

func (o Outcome) want(t testing.TB, result Result, reason Reason, tvr, tsi string) {
	t.Helper()
	if o.Result != result || o.Reason != reason || o.TVR.String() != tvr || o.TSI.String() != tsi {
		t.Errorf("got %s %q TVR %s TSI %s, want %s %q %s %s\n%v",
			o.Result, o.Reason, o.TVR, o.TSI, result, reason, tvr, tsi, o.Trace)
	}
}
