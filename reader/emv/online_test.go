package emv

import (
	"bytes"
	"slices"
	"strings"
	"testing"

	"vpos/reader/tlv"
)

func TestIssuerAuthentication(t *testing.T) {
	const arpc = "910A 01020304050607083030"
	for name, c := range map[string]struct {
		aip     byte
		status  uint16
		field55 string
		tvr     string
		tsi     string
		sent    bool
		in2     string // tag 91 in AC 2
	}{
		"good":         {aipIssuer, swOK, arpc, "8000000000", "7800", true, "0102030405060708"},
		"bad":          {aipIssuer, 0x6300, arpc, "8000000040", "7800", true, "0102030405060708"},
		"none":         {aipIssuer, swOK, "", "8000000000", "6800", false, "0000000000000000"},
		"not asked":    {0, swOK, arpc, "8000000000", "6800", false, "0102030405060708"},
		"wrong length": {aipIssuer, swOK, "9103010203", "8000000040", "6800", false, "0000000000000000"},
		"damaged":      {aipIssuer, swOK, arpc + "91", "8000000000", "7800", true, "0102030405060708"},
	} {
		cfg := shop()
		alwaysOnline(&cfg)
		card := newFake(t, deal(func(a *app) { a.aip[0] |= c.aip; a.issuerAuth = c.status }))
		o := run(t, cfg, sale(), card, &people{online: host(HostApproved, c.field55)})
		o.want(t, Approved, ReasonHost, c.tvr, c.tsi)
		last := card.commands[len(card.commands)-1]
		if slices.Contains(card.log, "EXTERNAL AUTHENTICATE") != c.sent || !bytes.Equal(last[7:15], unhex(c.in2)) {
			t.Errorf("%s: %v %X", name, card.log, last)
		}
	}
}

// Scripts before and after the second GENERATE AC: results, bits, order, and
// what is not let through.
func TestScripts(t *testing.T) {
	const one, two = "8605 8418000001", "8604 84160000"
	script := func(tag tlv.Tag, body string) string { return hexed(tlv.Append(nil, tag, unhex(body))) }
	for name, c := range map[string]struct {
		field55 string
		fail    int // the script command that fails, from 1
		tvr     string
		tsi     string
		results string
		order   string
	}{
		"before":       {script(0x71, "9F1804AABBCCDD"+one+two), 0, "8000000000", "6C00", "20AABBCCDD", "SCRIPT SCRIPT GENERATE AC"},
		"after":        {script(0x72, one), 0, "8000000000", "6C00", "2000000000", "GENERATE AC SCRIPT"},
		"both":         {script(0x71, one) + script(0x72, "9F180401020304"+two), 0, "8000000000", "6C00", "2000000000 2001020304", "SCRIPT GENERATE AC SCRIPT"},
		"fails before": {script(0x71, one+two), 2, "8000000020", "6C00", "1200000000", "SCRIPT SCRIPT GENERATE AC"},
		"stops":        {script(0x71, one+two), 1, "8000000020", "6C00", "1100000000", "SCRIPT GENERATE AC"},
		"next goes on": {script(0x71, one) + script(0x71, two), 1, "8000000020", "6C00", "1100000000 2000000000", "SCRIPT SCRIPT GENERATE AC"},
		"fails after":  {script(0x72, one), 1, "8000000010", "6C00", "1100000000", "GENERATE AC SCRIPT"},
		"empty":        {script(0x71, ""), 0, "8000000000", "6C00", "2000000000", "GENERATE AC"},
		"damaged":      {script(0x71, "8609"), 0, "8000000020", "6C00", "0000000000", "GENERATE AC"},
		"cut off":      {"7109" + one, 0, "8000000020", "6C00", "0000000000", "GENERATE AC"},
		"a third AC":   {script(0x71, "8606 80AE40000000"), 0, "8000000020", "6C00", "1100000000", "GENERATE AC"},
		"a short one":  {script(0x71, "8603 841600"), 0, "8000000020", "6C00", "1100000000", "GENERATE AC"},
	} {
		cfg := shop()
		alwaysOnline(&cfg)
		card, n := newFake(t, deal()), 0
		card.extra = func(b []byte) (uint16, []byte, bool) {
			if b[0] != 0x84 {
				return 0, nil, false
			}
			if n++; n == c.fail {
				return 0x6985, nil, true
			}
			return []uint16{swOK, 0x6200, 0x6300}[n%3], nil, true
		}
		o := run(t, cfg, sale(), card, &people{online: host(HostApproved, c.field55)})
		o.want(t, Approved, ReasonHost, c.tvr, c.tsi)
		if order := strings.Join(card.log[10:], " "); !bytes.Equal(o.Scripts, unhex(c.results)) || order != c.order {
			t.Errorf("%s: results %X, %s", name, o.Scripts, order)
		}
		if want := o.Scripts; bytes.Contains(o.Script55, tlv.Append(nil, tagScriptField, want)) != (len(want) > 0) {
			t.Errorf("%s: advice %X", name, o.Script55)
		}
		if !bytes.HasSuffix(o.Reversal55, tlv.Append(nil, tagScriptField, o.Scripts)) {
			t.Errorf("%s: reversal %X", name, o.Reversal55)
		}
	}
}

// The host declined: its scripts run all the same.
func TestScriptsAfterDecline(t *testing.T) {
	cfg := shop()
	alwaysOnline(&cfg)
	card := newFake(t, deal())
	card.extra = func(b []byte) (uint16, []byte, bool) { return swOK, nil, b[0] == 0x84 }
	o := run(t, cfg, sale(), card, &people{online: host(HostDeclined, "7206 8604 84160000")})
	if o.Result != Declined || o.Reason != ReasonHost || !o.TSI.Has(DidScript) || o.Reverse {
		t.Errorf("%+v", o)
	}
}
