package emv

import (
	"bytes"
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"vpos/reader/tlv"
)

func TestProcessingOptions(t *testing.T) {
	for name, c := range map[string]struct {
		sw     uint16
		data   string
		reason Reason
	}{
		"status":          {0x6A88, "", ReasonCardStatus},
		"garbage":         {swOK, "80", ReasonCardData},
		"two objects":     {swOK, "8006180008010101 8000", ReasonCardData},
		"another":         {swOK, "7006180008010101", ReasonCardData},
		"too short":       {swOK, "80051800080101", ReasonCardData},
		"odd AFL":         {swOK, "8007180008010101 00", ReasonCardData},
		"no AIP":          {swOK, "7706 940408010200", ReasonCardData},
		"no AFL":          {swOK, "7704 82021800", ReasonCardData},
		"empty AFL":       {swOK, "7706 82021800 9400", ReasonCardData},
		"long AIP":        {swOK, "770B 8203180000 940408010200", ReasonCardData},
		"SFI 0":           {swOK, "8006 1800 00010100", ReasonCardData},
		"SFI 31":          {swOK, "8006 1800 F8010100", ReasonCardData},
		"record 0":        {swOK, "8006 1800 08000100", ReasonCardData},
		"backwards":       {swOK, "8006 1800 08020100", ReasonCardData},
		"too many signed": {swOK, "8006 1800 08010203", ReasonCardData},
		"too many":        {swOK, "800A 1800 0801FF00 1001FF00", ReasonCardData},
		"format 2":        {swOK, "770E 82021800 9408 08010202 10010200", ReasonOffline},
		"format 2, extra": {swOK, "7712 9F360200FF 82021800 9408 08010202 10010200", ReasonCardData}, // length is wrong by one
	} {
		card := newFake(t, deal())
		card.extra = func(b []byte) (uint16, []byte, bool) { return c.sw, unhex(c.data), b[1] == insGPO }
		o := run(t, shop(), sale(), card, nil)
		if o.Reason != c.reason || (o.Result == Terminated) != o.Fallback {
			t.Errorf("%s: %s %s %v", name, o.Result, o.Reason, o.Fallback)
		}
	}
}

// The PDOL is answered in order, cut and filled by format; what the terminal
// does not have is zeros.
func TestPDOL(t *testing.T) {
	card := newFake(t, deal(func(a *app) { a.pdol = unhex("9F1A02 9F0203 5F2A03 9F1E02 DF7F02 9F0102 9F1D03 9F1C08 9F2103") }))
	o := run(t, shop(), sale(), card, nil)
	want := "831C 0156 001234 000156 3132 0000 8901 010200 5445524D30303031 123456"
	if o.Result != Approved || !bytes.Equal(card.commands[4][5:], append(unhex(want), 0)) {
		t.Errorf("%s: %X", o.Reason, card.commands[4])
	}
	for name, pdol := range map[string]string{"damaged": "9F1A", "long": "9F02FE", "longer": "9F02FF 9F0302"} {
		if o := run(t, shop(), sale(), newFake(t, deal(func(a *app) { a.pdol = unhex(pdol) })), nil); o.Reason != ReasonCardData {
			t.Errorf("%s: %s", name, o.Reason)
		}
	}
}

func TestRecords(t *testing.T) {
	record := func(sw uint16, data []byte) func(*fake) {
		return func(f *fake) {
			f.override = func(n int, _ []byte) (uint16, []byte, bool) { return sw, data, n == 8 }
		}
	}
	for name, c := range map[string]struct {
		card   func(*fake)
		reason Reason
	}{
		"status":        {record(swNoRecord, nil), ReasonCardStatus},
		"empty":         {record(swOK, nil), ReasonCardData},
		"garbage":       {record(swOK, unhex("7005")), ReasonCardData},
		"template":      {record(swOK, unhex("7100")), ReasonCardData},
		"long":          {record(swOK, tlv.Append(nil, tagRecord, make([]byte, 253))), ReasonCardData},
		"longest":       {record(swOK, tlv.Append(nil, tagRecord, make([]byte, 252))), ReasonOffline},
		"doubled":       {record(swOK, unhex("7009 5A084761739001010119 ")), ReasonCardData},
		"unknown":       {record(swOK, unhex("7005 DF7E02 0102")), ReasonOffline},
		"terminal's":    {record(swOK, unhex("7010 9505FFFFFFFFFF 9F0206999999999999")), ReasonOffline},
		"nested":        {record(swOK, unhex("7006 BF0C03 420112")), ReasonOffline},
		"nested double": {record(swOK, unhex("700A BF0C07 420112 5F340101")), ReasonCardData},
	} {
		card := newFake(t, deal())
		c.card(card)
		if o := run(t, shop(), sale(), card, nil); o.Reason != c.reason {
			t.Errorf("%s: %s: %v", name, o.Reason, o.Trace)
		} else if o.Field55 != nil && o.Result == Approved && !bytes.Contains(o.Field55, unhex("9F0206000000001234")) {
			t.Errorf("%s: the card changed the amount", name)
		}
	}
}

// What must be there, and in which form.
func TestMandatoryData(t *testing.T) {
	for name, change := range map[string]func(*app){
		"no PAN": drop(tagPAN), "no expiry": drop(tagExpiry), "no CDOL1": drop(tagCDOL1), "no CDOL2": drop(tagCDOL2),
		"expiry short": set(tagExpiry, "3012"), "expiry no date": set(tagExpiry, "301331"), "expiry no digits": set(tagExpiry, "30123A"),
		"effective day 0": set(tagEffective, "200100"), "PAN short": set(tagPAN, "47617390"), "PAN digits": set(tagPAN, "47617390010A0119"),
		"PAN 11 digits": set(tagPAN, "47617390011F"), "PSN": set(tagPSN, "1A"), "PSN long": set(tagPSN, "0001"),
		"usage": set(tagUsage, "FF"), "IAC": set(tagIACOnline, "FF"), "LCOL": set(tagLCOL, ""),
	} {
		o := run(t, shop(), sale(), newFake(t, deal(change)), nil)
		if o.Result != Terminated || o.Reason != ReasonCardData || !o.Fallback {
			t.Errorf("%s: %s %s", name, o.Result, o.Reason)
		}
	}
	for name, change := range map[string]func(*app){
		"no track": drop(tagTrack2), "bad track": set(tagTrack2, "4761"), "no PSN": drop(tagPSN),
	} {
		o := run(t, shop(), sale(), newFake(t, deal(change)), nil)
		if o.Result != Approved || o.Card.Track2.Empty() != strings.HasSuffix(name, "track") || (o.Card.Sequence == -1) != (name == "no PSN") {
			t.Errorf("%s: %+v", name, o.Card)
		}
	}
}

func TestTransactionCheck(t *testing.T) {
	for name, change := range map[string]func(*Transaction){
		"amount": func(t *Transaction) { t.Amount = -1 }, "too much": func(t *Transaction) { t.Amount = maxAmount + 1 },
		"other": func(t *Transaction) { t.Other = t.Amount + 1 }, "currency": func(t *Transaction) { t.Currency = 0 },
		"exponent": func(t *Transaction) { t.Exponent = 10 }, "time": func(t *Transaction) { t.Time = time.Time{} },
		"random": func(t *Transaction) { t.Random = 0 }, "type": func(t *Transaction) { t.Type = 0x0A },
	} {
		txn := sale()
		change(&txn)
		if o, ok := New(shop(), txn).Start().(Outcome); !ok || o.Reason != ReasonInput || o.Fallback || txn.Check() == nil {
			t.Errorf("%s: %+v", name, o)
		}
	}
	if got := binary4(1 << 40); !bytes.Equal(got, unhex("FFFFFFFF")) {
		t.Errorf("%X", got)
	}
}

// Commands print as their name under every verb and encoder.
func TestAPDUPrints(t *testing.T) {
	a := case3(0, insVerify, 0, 0x80, unhex("241234FFFFFFFFFF"))
	j, _ := json.Marshal(Transmit{APDU: a})
	for _, s := range []string{
		fmt.Sprint(a), fmt.Sprintf("%v %+v %#v %x %q", a, Transmit{APDU: a}, a, a, a), string(j), a.LogValue().String(),
	} {
		if !strings.Contains(s, "VERIFY[13]") || strings.Contains(s, "1234") {
			t.Errorf("prints %s", s)
		}
	}
	if (APDU{0x84, 0x18}).Name() != "SCRIPT" || (APDU{}).Name() != "SCRIPT" {
		t.Error("names")
	}
}

// Every bit this kernel can set, once, with the decision that set it. The bits
// themselves come from the books.
func TestEveryBit(t *testing.T) {
	bits := map[Bit]string{
		NoODA: "8000000000", SDAFailed: "4000000000", DataMissing: "2000000000", OnException: "1000000000",
		DDAFailed: "0800000000", CDAFailed: "0400000000", SDASelected: "0200000000", VersionDiffer: "0080000000",
		Expired: "0040000000", NotYet: "0020000000", NotAllowed: "0010000000", NewCard: "0008000000",
		CVMFailed: "0000800000", CVMUnknown: "0000400000", PINTries: "0000200000", PINPad: "0000100000",
		PINNot: "0000080000", PINOnline: "0000040000", OverFloor: "0000008000", OverLower: "0000004000",
		OverUpper: "0000002000", Selected: "0000001000", Forced: "0000000800", TDOLDefault: "0000000080",
		IssuerFailed: "0000000040", ScriptBefore: "0000000020", ScriptAfter: "0000000010",
	}
	for b, want := range bits {
		k := New(shop(), sale())
		k.note(RuleNone, "", b)
		if k.tvr.String() != want || !k.tvr.Has(b) || k.trace[0].TVR != k.tvr || k.tsi != (TSI{}) || k.tsi.Has(b) {
			t.Errorf("%04X: %s", uint16(b), k.tvr)
		}
	}
	for b, want := range map[Bit]string{
		DidODA: "8000", DidCVM: "4000", DidCard: "2000", DidIssuer: "1000", DidRisk: "0800", DidScript: "0400",
	} {
		k := New(shop(), sale())
		k.note(RuleNone, "", b)
		if k.tsi.String() != want || !k.tsi.Has(b) || k.tvr != (TVR{}) || k.tvr.Has(b) {
			t.Errorf("%04X: %s", uint16(b), k.tsi)
		}
	}
}

// The trace alone gives the TVR and the TSI, and no decision carries a digit of
// the card's number.
func TestTraceIsTheTVR(t *testing.T) {
	cfg := shop()
	alwaysOnline(&cfg)
	a := deal(signs(aipDDA), set(tagCVMList, "0000000000000000 4403 2000"), set(tagCardVersion, "0009"), set(tagLCOL, "00"), set(tagUCOL, "00"))
	o := run(t, cfg, sale(), newFake(t, a), &people{pin: pinsOf("9", "9"), online: host(HostDeclined, "7104 8602 0000")})
	var tvr TVR
	var tsi TSI
	for _, d := range o.Trace {
		for i := range tvr {
			tvr[i] |= d.TVR[i]
		}
		for i := range tsi {
			tsi[i] |= d.TSI[i]
		}
		if d.Rule == "" || d.Phase == "" || strings.Contains(d.Detail, testPAN[:8]) || strings.Contains(d.Detail, testPAN[8:]) {
			t.Errorf("decision %+v", d)
		}
	}
	if tvr != o.TVR || tsi != o.TSI || tvr == (TVR{}) {
		t.Errorf("trace %s %s, outcome %s %s", tvr, tsi, o.TVR, o.TSI)
	}
	if !slices.ContainsFunc(o.Trace, func(d Decision) bool { return d.Rule == RuleVersion && d.TVR.Has(VersionDiffer) }) {
		t.Error("the version is not explained")
	}
}

// A transaction of Identify, or one that ends early, leaves nothing of the
// records in the kernel.
func TestWiped(t *testing.T) {
	k, card := New(shop(), sale()), newFake(t, deal(signs(aipSDA)))
	request := k.Start()
	for {
		r, ok := request.(Transmit)
		if !ok {
			break
		}
		request = k.Card(card.answer(r))
	}
	if len(k.data) != 0 || !bytes.Equal(k.signed, make([]byte, len(k.signed))) {
		t.Error("card data stays in the kernel")
	}
}

func TestCancel(t *testing.T) {
	k := New(shop(), sale())
	k.Start()
	o, ok := k.Cancel().(Outcome)
	if !ok || o.Result != Terminated || o.Reason != ReasonCancelled || o.Fallback || o.At != "SELECT" {
		t.Errorf("%+v", o)
	}
	if again, ok := k.Cancel().(Outcome); !ok || again.Reason != ReasonCancelled {
		t.Error("the end changed")
	}
}

func TestCommandLimit(t *testing.T) {
	k := New(shop(), sale())
	k.apdus = maxCommands
	if o, ok := k.Start().(Outcome); !ok || o.Reason != ReasonCardData {
		t.Errorf("%+v", o)
	}
	k = New(shop(), sale())
	k.apdus = maxCommands
	a := APDU{1, 2, 3}
	if _, ok := k.sendSecret(a, nil).(Outcome); !ok || a[0] != 0 {
		t.Error("a secret command that is not sent must be wiped")
	}
}
