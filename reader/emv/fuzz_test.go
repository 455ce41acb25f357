package emv

import (
	"bytes"
	"testing"

	"vpos/reader/tlv"
)

// tape hands out the bytes of a fuzz input one after the other, zeros at its end.
type tape struct{ b []byte }

func (t *tape) next() byte {
	if len(t.b) == 0 {
		return 0
	}
	c := t.b[0]
	t.b = t.b[1:]
	return c
}

func (t *tape) take(n int) []byte {
	n = min(n, len(t.b))
	out := bytes.Clone(t.b[:n])
	t.b = t.b[n:]
	return out
}

// damage decides from the tape what becomes of an honest reply: nothing, another
// status, changed bytes, a cut, something else altogether.
func (t *tape) damage(sw uint16, data []byte) (uint16, []byte) {
	switch c := t.next(); {
	case c < 0x80:
		return sw, data
	case c < 0x98:
		return uint16(t.next())<<8 | uint16(t.next()), data
	case c < 0xB0 && len(data) > 0:
		data = bytes.Clone(data)
		data[int(t.next())%len(data)] = t.next()
		return sw, data
	case c < 0xB8:
		return sw, data[:min(len(data), int(t.next()))]
	case c < 0xD0:
		return swOK, tlv.Append(nil, []tlv.Tag{tagRecord, tagFormat1, tagFormat2, tagFCI}[c%4], t.take(int(t.next())))
	}
	return uint16(t.next())<<8 | uint16(t.next()), t.take(int(t.next()))
}

// soft is a fake card that answers 6F00 where the strict one stops the test.
type soft struct{ *fake }

func (s soft) answer(r Transmit) (sw uint16, data []byte) {
	f := s.fake
	f.log, f.commands = f.log[:0], append(f.commands, r.APDU)
	defer func() {
		if recover() != nil {
			sw, data = 0x6F00, nil
		}
	}()
	f.t = panics{f.t}
	if r.APDU[1] != insSelect && r.APDU[1] != insReadRecord && f.current == nil {
		return 0x6F00, nil
	}
	return f.answer(r)
}

// panics turns what would stop the test into a panic of the card alone.
type panics struct{ testing.TB }

func (panics) Helper()               {}
func (panics) Fatalf(string, ...any) { panic("card") }

// FuzzKernel: whatever the card, the host and the people answer, the kernel
// comes to an end within its limit, sends at most two GENERATE AC, and approves
// only what a card approved.
func FuzzKernel(f *testing.F) {
	bits := []byte{aipSDA, aipDDA, aipCDA, 0}
	cards := make([]*app, len(bits)) // signing takes longer than a whole transaction
	for i, bit := range bits {
		cards[i] = deal(set(tagCVMList, "000003E8000007D0 4403 4103 4203 1E03 1F00"), set(tagLCOL, "01"), set(tagUCOL, "03"), signs(bit))
	}
	f.Fuzz(func(t *testing.T, input []byte) {
		tp := &tape{b: input}
		kind := tp.next()
		a := new(app)
		*a = *cards[kind&3]
		a.aip = bytes.Clone(a.aip)
		cfg := shop()
		cfg.NoPSE, cfg.NoChoice = kind&4 != 0, kind&8 != 0
		if kind&16 != 0 {
			alwaysOnline(&cfg)
		}
		if kind&32 != 0 {
			a.aip[0] |= aipIssuer
		}
		play(t, cfg, soft{newFake(t, a, deal(func(b *app) { b.aid += "01" }))}, tp)
	})
}

// play drives one fuzzed transaction and checks what must always hold.
func play(t *testing.T, cfg Config, card soft, tp *tape) {
	k := New(cfg, sale())
	request, said := k.Start(), byte(acDecline)
	for range maxCommands * 3 {
		switch r := request.(type) {
		case Transmit:
			sw, data := tp.damage(card.answer(r))
			if a, ok := readAnswer(data); ok && sw == swOK && r.APDU[1] == insGenerateAC {
				said = a.kind()
			}
			request = k.Card(sw, data)
		case ChooseApplication:
			request = k.Chosen(int(tp.next()) % len(r.Candidates))
		case NeedPIN:
			c := tp.next()
			request = k.PIN(PINResult{
				Digits: []byte("1234")[:c%5], Padding: make([]byte, r.Padding), Bypassed: c&16 != 0, Broken: c&32 != 0, Entered: c&64 == 0,
			})
		case NeedOnline:
			request = k.Online(OnlineResult{Answer: HostAnswer(tp.next() % 3), Field55: tp.take(int(tp.next()))})
		case Outcome:
			if k.generated > 2 || r.Result == Approved && said != acApprove || r.Result == Approved && r.Reverse ||
				r.Host == HostYes && r.Result != Approved && !r.Reverse || r.Reason == ReasonMisuse {
				t.Fatalf("said %02X, outcome %+v", said, r)
			}
			return
		}
	}
	t.Fatal("no end")
}

// FuzzCertificate: no certificate, however formed and however well signed, makes
// the recovery panic or gives a key nobody can calculate with.
func FuzzCertificate(f *testing.F) {
	keys := testKeys()
	cert, _ := certify(keys.ca, 2, unhex("476173FF"), keys.issuer.public, nil, nil)
	f.Add(cert, []byte{}, []byte{3}, []byte{}, byte(0))
	f.Add([]byte{2, 0x47, 0x61, 0x73, 0xFF, 0x12, 0x30, 0, 0, 7, 1, 1, 40, 1}, []byte{}, []byte{3}, []byte{}, byte(1))
	f.Add(unhex("04"+testPAN+"FFFF1230000007010128 01"), []byte{1}, []byte{3}, []byte("static"), byte(1))
	f.Add([]byte{3, 1, 0xDA, 0xC0}, []byte{}, []byte{}, []byte("static"), byte(1))
	f.Add([]byte{5, 1, 9, 8, 1, 2, 3}, []byte{}, []byte{}, []byte{}, byte(1))
	f.Add(cert, []byte{}, []byte{0, 0}, cert, byte(2))
	f.Fuzz(func(t *testing.T, signature, remainder, exponent, more []byte, how byte) {
		ca := keys.ca.public
		switch how % 3 {
		case 1: // well signed
			message := signature[:min(len(signature), 106)]
			signature = keys.ca.seal(message, append(append(bytes.Clone(remainder), exponent...), more...), nil)
		case 2: // under a key that came with it
			ca = publicKey{modulus: more, exponent: exponent}
		}
		pan := []byte(testPAN)
		i, fault := issuerCert{ca: ca, cert: signature, remainder: remainder, exponent: exponent, pan: pan, at: today}.recover()
		if (fault == AuthGood) != i.usable() {
			t.Fatalf("%q with %+v", fault, i)
		}
		c, fault := cardCert{issuer: ca, cert: signature, remainder: remainder, exponent: exponent, static: more, pan: pan, at: today}.recover()
		if (fault == AuthGood) != c.usable() {
			t.Fatalf("%q with %+v", fault, c)
		}
		recoverStatic(ca, signature, more)
		recoverDynamic(ca, signature, more)
		recoverCombined(ca, signature, more, how, remainder)
	})
}
