package emv

import (
	"bytes"
	"strings"
	"testing"
)

// The card may be stricter than it was asked to be, never laxer.
func TestFirstCryptogram(t *testing.T) {
	denial := set(tagIACDenial, "8000000000")
	online := set(tagIACOnline, "8000000000")
	for name, c := range map[string]struct {
		change func(*app)
		give   byte
		reason Reason
		advice bool
	}{
		"TC asked, AAC":       {func(*app) {}, acDecline, ReasonOffline, false},
		"TC asked, ARQC":      {func(*app) {}, acOnline, ReasonHost, false},
		"service not allowed": {func(*app) {}, 0x01, ReasonService, false},
		"advice":              {func(*app) {}, 0x08, ReasonOffline, true},
		"RFU":                 {func(*app) {}, acType, ReasonCardData, false},
		"ARQC asked, TC":      {online, acApprove, ReasonCardData, false},
		"ARQC asked, AAC":     {online, acDecline, ReasonOffline, false},
		"AAC asked, TC":       {denial, acApprove, ReasonCardData, false},
		"AAC asked, ARQC":     {denial, acOnline, ReasonCardData, false},
	} {
		o := run(t, shop(), sale(), newFake(t, deal(c.change, func(a *app) { a.ac1 = c.give })), &people{online: host(HostDeclined, "")})
		if o.Reason != c.reason || o.Result == Approved || o.Advice != c.advice || o.Fallback {
			t.Errorf("%s: %s %s advice %v", name, o.Result, o.Reason, o.Advice)
		}
	}
}

func TestCryptogramReplies(t *testing.T) {
	for name, c := range map[string]struct {
		sw     uint16
		data   string
		reason Reason
	}{
		"status":          {swConditions, "", ReasonCardStatus},
		"garbage":         {swOK, "77", ReasonCardData},
		"two objects":     {swOK, "8000 8000", ReasonCardData},
		"template":        {swOK, "700B 40 0001 A1A2A3A4A5A6A7A8", ReasonCardData},
		"format 1 short":  {swOK, "800A 40 0001 A1A2A3A4A5A6A7", ReasonCardData},
		"format 1 long":   {swOK, "802C 40 0001 A1A2A3A4A5A6A7A8" + strings.Repeat("00", 33), ReasonCardData},
		"format 1":        {swOK, "800B 40 0001 A1A2A3A4A5A6A7A8", ReasonOffline},
		"format 2":        {swOK, "7714 9F270140 9F36020001 9F2608A1A2A3A4A5A6A7A8", ReasonOffline},
		"no CID":          {swOK, "7710 9F36020001 9F2608A1A2A3A4A5A6A7A8", ReasonCardData},
		"no ATC":          {swOK, "770F 9F270140 9F2608A1A2A3A4A5A6A7A8", ReasonCardData},
		"no cryptogram":   {swOK, "7709 9F270140 9F36020001", ReasonCardData},
		"signature alone": {swOK, "770D 9F270140 9F36020001 9F4B01AA", ReasonCardData},
		"IAD too long":    {swOK, "7738 9F270140 9F36020001 9F2608A1A2A3A4A5A6A7A8 9F1021" + strings.Repeat("00", 33), ReasonCardData},
		"doubled":         {swOK, "7718 9F270140 9F270140 9F36020001 9F2608A1A2A3A4A5A6A7A8", ReasonCardData},
	} {
		card := newFake(t, deal())
		card.extra = func(b []byte) (uint16, []byte, bool) { return c.sw, unhex(c.data), b[1] == insGenerateAC }
		o := run(t, shop(), sale(), card, nil)
		if o.Reason != c.reason || o.Fallback || strings.Count(strings.Join(card.log, ","), "GENERATE") != 1 {
			t.Errorf("%s: %s %s", name, o.Result, o.Reason)
		}
	}
	t.Run("second", func(t *testing.T) {
		cfg := shop()
		alwaysOnline(&cfg)
		card := newFake(t, deal())
		card.extra = func(b []byte) (uint16, []byte, bool) {
			return 0x6F00, nil, b[1] == insGenerateAC && card.apps[0].generated == 1
		}
		o := run(t, cfg, sale(), card, &people{online: host(HostApproved, "")})
		if o.Reason != ReasonCardStatus || !o.Reverse {
			t.Errorf("%+v", o)
		}
	})
}

// A TC hash goes over the card's TDOL, or the terminal's with a bit set first.
func TestTCHash(t *testing.T) {
	const cdol = "9814 9505"
	card := newFake(t, deal(set(tagCDOL1, cdol), set(tagTDOL, "9F0206")))
	o := run(t, shop(), sale(), card, nil)
	last := card.commands[len(card.commands)-1]
	if o.TVR.Has(TDOLDefault) || !bytes.Equal(last[5:25], digest(unhex("000000001234"))) {
		t.Errorf("TVR %s, %X", o.TVR, last)
	}
	card = newFake(t, deal(set(tagCDOL1, cdol)))
	o = run(t, shop(), sale(), card, nil)
	last = card.commands[len(card.commands)-1]
	if !o.TVR.Has(TDOLDefault) || !bytes.Equal(last[25:30], unhex("8000000080")) {
		t.Errorf("TVR %s, %X", o.TVR, last)
	}
	for name, change := range map[string]func(*app){
		"TDOL damaged": func(a *app) { set(tagCDOL1, cdol)(a); set(tagTDOL, "9F")(a) },
		"CDOL damaged": set(tagCDOL1, "9F"), "CDOL long": set(tagCDOL1, "9F02FF 9F0301"),
	} {
		if o := run(t, shop(), sale(), newFake(t, deal(change)), nil); o.Reason != ReasonCardData {
			t.Errorf("%s: %s", name, o.Reason)
		}
	}
	cfg := shop()
	alwaysOnline(&cfg)
	o = run(t, cfg, sale(), newFake(t, deal(set(tagCDOL2, "9F"))), &people{online: host(HostApproved, "")})
	if o.Reason != ReasonCardData || !o.Reverse {
		t.Errorf("CDOL2: %+v", o)
	}
}
