package emv

import (
	"bytes"
	"slices"
	"testing"

	"vpos/reader/tlv"
)

// odaCase is one broken card: change is applied before signing, late after.
type odaCase struct {
	change, late func(*app)
	cfg          func(*Config)
	fault        AuthFault
	missing      bool
}

// issuerCases break what all three methods share.
func issuerCases() map[string]odaCase {
	at := func(i int, v byte) func([]byte) { return func(b []byte) { b[i] = v } }
	message := func(name string, f func([]byte)) func(*app) {
		return func(a *app) { a.spoil[name] = &spoiler{message: f} }
	}
	block := func(name string, f func([]byte)) func(*app) {
		return func(a *app) { a.spoil[name] = &spoiler{block: f} }
	}
	return map[string]odaCase{
		"no index":             {late: drop(tagCAIndex), fault: AuthMissing, missing: true},
		"no issuer cert":       {late: drop(tagIssuerCert), fault: AuthMissing, missing: true},
		"no issuer exponent":   {late: drop(tagIssuerExp), fault: AuthMissing, missing: true},
		"no remainder":         {late: drop(tagIssuerRem), fault: AuthHash},
		"unknown CA key":       {late: set(tagCAIndex, "01"), fault: AuthNoKey},
		"CA key sum":           {cfg: func(c *Config) { c.Keys[0].Checksum[0] ^= 1 }, fault: AuthKeyHash},
		"CA key expired":       {cfg: func(c *Config) { c.Keys[0].Expiry = today.AddDate(0, 0, -1) }, fault: AuthKeyExpired},
		"cert cut":             {late: func(a *app) { a.values[tagIssuerCert] = a.values[tagIssuerCert][1:] }, fault: AuthLength},
		"header":               {change: block("issuer", at(0, 0x6B)), fault: AuthHeader},
		"trailer":              {change: block("issuer", at(127, 0xBB)), fault: AuthTrailer},
		"format":               {change: message("issuer", at(0, 4)), fault: AuthFormat},
		"hash":                 {change: block("issuer", at(120, 0)), fault: AuthHash},
		"hash algorithm":       {change: message("issuer", at(10, 2)), fault: AuthHashAlg},
		"key algorithm":        {change: message("issuer", at(11, 2)), fault: AuthKeyAlg},
		"issuer identifier":    {change: message("issuer", at(1, 0x48)), fault: AuthIssuer},
		"identifier no digits": {change: message("issuer", at(1, 0xA7)), fault: AuthIssuer},
		"expired":              {change: message("issuer", func(b []byte) { b[5], b[6] = 0x10, 0x26 }), fault: AuthExpired},
		"month 13":             {change: message("issuer", at(5, 0x13)), fault: AuthExpired},
		"last century":         {change: message("issuer", at(6, 0x50)), fault: AuthExpired},
		"revoked": {cfg: func(c *Config) {
			c.Revoked = []Revocation{{RID: c.Keys[0].RID, Index: 0x98}, {RID: c.Keys[0].RID, Index: 0x99, Serial: [3]byte{0, 0, 7}}}
		}, fault: AuthRevoked},
		"key length":      {change: message("issuer", at(12, 119)), fault: AuthKeyLength},
		"exponent length": {change: message("issuer", at(13, 1)), fault: AuthKeyLength},
		"even key":        {change: message("issuer", func(b []byte) { b[12] = 92; b[14] = 0 }), late: nil, fault: AuthKeyLength},
		"tag list":        {late: set(tagTagList, "8284"), fault: AuthTagList},
	}
}

func (c odaCase) play(t *testing.T, bit byte, want string) {
	t.Helper()
	a := deal()
	if c.change != nil {
		c.change(a)
	}
	signs(bit)(a)
	if c.late != nil {
		c.late(a)
	}
	cfg := shop()
	if c.cfg != nil {
		c.cfg(&cfg)
	}
	o := run(t, cfg, sale(), newFake(t, a), nil)
	if o.TVR.String() != want || !o.TSI.Has(DidODA) || o.TVR.Has(DataMissing) != c.missing {
		t.Errorf("TVR %s TSI %s, want %s: %v", o.TVR, o.TSI, want, o.Trace)
	}
	if !slices.ContainsFunc(o.Trace, func(d Decision) bool { return d.Phase == PhaseODA && d.Detail == string(c.fault) }) {
		t.Errorf("no %q in %v", c.fault, o.Trace)
	}
}

func TestSDA(t *testing.T) {
	o := run(t, shop(), sale(), newFake(t, deal(signs(aipSDA))), nil)
	o.want(t, Approved, ReasonOffline, "0200000000", "E800")
	if !bytes.Equal(o.Facts[tagDAC], unhex("DAC0")) {
		t.Errorf("DAC %X", o.Facts[tagDAC])
	}
	cases := issuerCases()
	cases["no signature"] = odaCase{late: drop(tagSignedStatic), fault: AuthMissing, missing: true}
	cases["record changed"] = odaCase{late: set(tagUsage, "FFFF"), fault: AuthHash}
	cases["AIP changed"] = odaCase{late: func(a *app) { a.aip[1] = 1 }, fault: AuthHash}
	cases["hash algorithm of the data"] = odaCase{change: func(a *app) {
		a.spoil["static"] = &spoiler{message: func(b []byte) { b[1] = 9 }}
	}, fault: AuthHashAlg}
	for name, c := range cases {
		want := "4200000000"
		if c.missing {
			want = "6200000000"
		}
		t.Run(name, func(t *testing.T) { c.play(t, aipSDA, want) })
	}
}

// cardCases break the certificate of the card.
func cardCases() map[string]odaCase {
	spoil := func(f func([]byte)) func(*app) { return func(a *app) { a.spoil["card"] = &spoiler{message: f} } }
	cases := issuerCases()
	cases["no card cert"] = odaCase{late: drop(tagCardCert), fault: AuthMissing, missing: true}
	cases["no card exponent"] = odaCase{late: drop(tagCardExp), fault: AuthMissing, missing: true}
	cases["another PAN"] = odaCase{change: spoil(func(b []byte) { b[8] ^= 0x10 }), fault: AuthPAN}
	cases["PAN no digits"] = odaCase{change: spoil(func(b []byte) { b[8] = 0xAA }), fault: AuthPAN}
	cases["card cert expired"] = odaCase{change: spoil(func(b []byte) { b[11], b[12] = 0x10, 0x26 }), fault: AuthExpired}
	cases["card algorithm"] = odaCase{change: spoil(func(b []byte) { b[17] = 9 }), fault: AuthKeyAlg}
	cases["record changed"] = odaCase{late: set(tagUsage, "FFFF"), fault: AuthHash}
	cases["short card key"] = odaCase{change: spoil(func(b []byte) { b[18] = 30 }), late: func(a *app) {
		delete(a.values, tagCardRem)
	}, fault: AuthHash}
	return cases
}

func TestDDA(t *testing.T) {
	for name, c := range map[string][]func(*app){
		"format 1": {signs(aipDDA)}, "format 2": {signs(aipDDA), func(a *app) { a.format2 = true }},
		"default DDOL": {signs(aipDDA), drop(tagDDOL)},
		"no tag list": {func(a *app) { a.values[tagTagList] = []byte{} }, signs(aipDDA), drop(tagTagList), func(a *app) {
			a.records[1] = a.records[1][:len(a.records[1])-1]
			k := a.keys
			static := append(bytes.Clone(inside(a.recordBytes(0))), inside(a.recordBytes(1))...)
			a.values[tagCardCert], a.values[tagCardRem] = certify(k.issuer, 4, unhex(testPAN+"FFFF"), k.card.public, static, nil)
		}},
	} {
		t.Run(name, func(t *testing.T) {
			card := newFake(t, deal(c...))
			o := run(t, shop(), sale(), card, nil)
			o.want(t, Approved, ReasonOffline, "0000000000", "E800")
			if !bytes.Equal(o.Facts[tagDynamic], unhex("0102030405060708")) || o.APDUs > 12 {
				t.Errorf("dynamic number %X, %d commands", o.Facts[tagDynamic], o.APDUs)
			}
		})
	}
	cases := cardCases()
	dynamic := func(f func([]byte)) func(*app) { return func(a *app) { a.spoil["dynamic"] = &spoiler{message: f} } }
	cases["signature"] = odaCase{change: func(a *app) {
		a.spoil["dynamic"] = &spoiler{block: func(b []byte) { b[80] ^= 1 }}
	}, fault: AuthHash}
	cases["signature hash algorithm"] = odaCase{change: dynamic(func(b []byte) { b[1] = 2 }), fault: AuthHashAlg}
	cases["dynamic data too long"] = odaCase{change: dynamic(func(b []byte) { b[2] = 90 }), fault: AuthDynamic}
	cases["dynamic number too long"] = odaCase{change: dynamic(func(b []byte) { b[3] = 9 }), fault: AuthDynamic}
	cases["no dynamic data"] = odaCase{change: dynamic(func(b []byte) { b[2] = 0 }), fault: AuthDynamic}
	cases["DDOL without number"] = odaCase{late: set(tagDDOL, "9F0206"), fault: AuthDDOL}
	cases["DDOL damaged"] = odaCase{late: set(tagDDOL, "9F37"), fault: AuthDDOL}
	cases["no DDOL"] = odaCase{late: drop(tagDDOL), cfg: func(c *Config) { c.Applications[0].DDOL = nil }, fault: AuthDDOL}
	for name, c := range cases {
		want := "0800000000"
		if c.missing {
			want = "2800000000"
		}
		t.Run(name, func(t *testing.T) { c.play(t, aipDDA, want) })
	}
}

func TestInternalAuthenticate(t *testing.T) {
	for name, c := range map[string]struct {
		sw     uint16
		data   string
		reason Reason
		tvr    string
	}{
		"status":       {0x6985, "", ReasonCardStatus, "0000000000"},
		"garbage":      {swOK, "8005", ReasonCardData, "0000000000"},
		"template":     {swOK, "7002 8200", ReasonCardData, "0000000000"},
		"no signature": {swOK, "7703 820100", ReasonOffline, "2800000000"},
		"short":        {swOK, "8003 010203", ReasonOffline, "0800000000"},
	} {
		card := newFake(t, deal(signs(aipDDA)))
		card.extra = func(b []byte) (uint16, []byte, bool) { return c.sw, unhex(c.data), b[1] == insInternalAuth }
		if o := run(t, shop(), sale(), card, nil); o.Reason != c.reason || o.TVR.String() != c.tvr {
			t.Errorf("%s: %s %s", name, o.Reason, o.TVR)
		}
	}
}

func TestCDA(t *testing.T) {
	card := newFake(t, deal(signs(aipCDA|aipDDA), func(a *app) { a.pdol = unhex("9F0206") }))
	card.apps[0].certify(aipCDA)
	o := run(t, shop(), sale(), card, nil)
	o.want(t, Approved, ReasonOffline, "0000000000", "E800")
	if !bytes.Contains(o.Field55, unhex("9F2608A1A2A3A4A5A6A7A8")) || !bytes.Equal(o.Facts[tagDynamic], unhex("09090909")) {
		t.Errorf("%X %X", o.Field55, o.Facts[tagDynamic])
	}
	if slices.Contains(card.log, "INTERNAL AUTHENTICATE") {
		t.Error("CDA needs no INTERNAL AUTHENTICATE")
	}
	for name, c := range cardCases() {
		want := "0400000000"
		if c.missing {
			want = "2400000000"
		}
		t.Run(name, func(t *testing.T) { c.play(t, aipCDA, want) })
	}
}

// A bad signature never approves: TC is a decline, ARQC an AAC without asking
// anybody, TC after the host's yes a decline and a reversal.
func TestCDAFailures(t *testing.T) {
	spoil := func(which string, f func([]byte)) func(*app) {
		return func(a *app) { a.spoil[which] = &spoiler{message: f} }
	}
	flip := func(i int) func([]byte) { return func(b []byte) { b[i] ^= 1 } }
	broken := map[string]func(string) func(*app){
		"number": func(w string) func(*app) { return spoil(w, flip(3)) },
		"short":  func(w string) func(*app) { return spoil(w, func(b []byte) { b[2] = 20 }) },
		"cid":    func(w string) func(*app) { return spoil(w, flip(8)) },
		"txn":    func(w string) func(*app) { return spoil(w, flip(20)) },
		"hash": func(w string) func(*app) {
			return func(a *app) { a.spoil[w] = &spoiler{block: func(b []byte) { b[80] ^= 1 }} }
		},
		"unsigned": func(string) func(*app) { return func(a *app) { a.plain = true } },
	}
	for name, b := range broken {
		t.Run("tc "+name, func(t *testing.T) {
			card := newFake(t, deal(signs(aipCDA), b("ac1")))
			if name == "number" {
				card.apps[0].spoil["ac1"] = &spoiler{message: func(b []byte) { b[3] = 1 }}
			}
			o := run(t, shop(), sale(), card, nil)
			o.want(t, Declined, ReasonSignature, "0400000000", "E800")
			if card.apps[0].generated != 1 {
				t.Error("a second GENERATE AC")
			}
		})
		t.Run("arqc "+name, func(t *testing.T) {
			cfg := shop()
			alwaysOnline(&cfg)
			card := newFake(t, deal(signs(aipCDA), b("ac1")))
			if name == "number" {
				card.apps[0].spoil["ac1"] = &spoiler{message: func(b []byte) { b[3] = 1 }}
			}
			o := run(t, cfg, sale(), card, nil)
			o.want(t, Declined, ReasonSignature, "0400000000", "E800")
			if o.Host != HostNotAsked || o.CID != 0 || card.commands[len(card.commands)-1][2] != 0 {
				t.Errorf("%+v", o)
			}
		})
		if name == "number" || name == "unsigned" {
			continue
		}
		t.Run("ac2 "+name, func(t *testing.T) {
			cfg := shop()
			alwaysOnline(&cfg)
			o := run(t, cfg, sale(), newFake(t, deal(signs(aipCDA), b("ac2"))), &people{online: host(HostApproved, "")})
			o.want(t, Declined, ReasonSignature, "0400000000", "E800")
			if !o.Reverse {
				t.Error("the host's yes stands")
			}
		})
	}
}

// No signature is asked for with an AAC.
func TestCDANotForAAC(t *testing.T) {
	card := newFake(t, deal(set(tagCardVersion, "0009"), set(tagIACDenial, "0080000000"), signs(aipCDA)))
	o := run(t, shop(), sale(), card, nil)
	o.want(t, Declined, ReasonOffline, "0080000000", "6800")
	if p1 := card.commands[len(card.commands)-1][2]; p1 != 0 {
		t.Errorf("P1 %02X", p1)
	}
}

// A record of a file above 10 counts with its template, and must be one.
func TestSignedRecordsOfOtherFiles(t *testing.T) {
	for first, want := range map[byte]string{0x70: "0200000000", 0x71: "4200000000"} {
		a := deal(signs(aipSDA))
		a.afl = "08010202 10010200 58010101"
		body := unhex("4203123456")
		record := tlv.Append(nil, tlv.Tag(first), body)
		static := append(append(bytes.Clone(inside(a.recordBytes(0))), inside(a.recordBytes(1))...), record...)
		a.values[tagSignedStatic] = a.keys.issuer.seal([]byte{3, 1, 0xDA, 0xC0}, append(static, a.aip...), nil)
		card := newFake(t, a)
		card.extra = func(c []byte) (uint16, []byte, bool) { return swOK, record, c[1] == insReadRecord && c[3] == 0x5C }
		o := run(t, shop(), sale(), card, nil)
		if o.TVR.String() != want {
			t.Errorf("%02X: %s %s", first, o.TVR, rules(o))
		}
		if says := slices.ContainsFunc(o.Trace, func(d Decision) bool { return d.Detail == string(AuthRecords) }); says != (first == 0x71) {
			t.Errorf("%02X: %v", first, o.Trace)
		}
	}
}
