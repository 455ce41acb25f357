package emv

import (
	"bytes"
	"fmt"
	"slices"
	"strings"
	"testing"
)

// The plain card: every command, in order, and what comes of it.
func TestOfflineApproval(t *testing.T) {
	card := newFake(t, deal())
	o := run(t, shop(), sale(), card, nil)
	o.want(t, Approved, ReasonOffline, "8000000000", "6800")
	want := []string{"SELECT", "READ RECORD", "READ RECORD", "SELECT", "GET PROCESSING OPTIONS",
		"READ RECORD", "READ RECORD", "READ RECORD", "READ RECORD", "GENERATE AC"}
	if !slices.Equal(card.log, want) || o.APDUs != len(want) || o.APDUs > 12 {
		t.Errorf("%d commands: %v", o.APDUs, card.log)
	}
	for i, hex := range map[int]string{
		0: "00A404000E315041592E5359532E444446303100", 1: "00B2010C00", 3: "00A4040007A000000003101000",
		4: "80A80000028300 00", 5: "00B2010C00", 8: "00B2021400",
		9: "80AE40001D 000000001234 000000000000 0156 8000000000 0156 261122 00 01020304 00",
	} {
		if !bytes.Equal(card.commands[i], unhex(hex)) {
			t.Errorf("command %d: %X", i, card.commands[i])
		}
	}
	id := o.Card
	if hexed(id.AID) != testAID || id.Label != "VISA CREDIT" || id.PAN.Last4() != "0119" || id.Expiry.YYMM() != "3012" ||
		id.Sequence != 1 || id.Track2.Empty() || id.Service != "201" || id.Language != "en" || id.Prefers != "" {
		t.Errorf("identity %+v", id)
	}
	if !o.Signature || o.PINGood || o.Host != HostNotAsked || o.Reverse || o.Fallback || o.CID != 0x40 || o.At != "" {
		t.Errorf("outcome %+v", o)
	}
	field55 := "9F2608A1A2A3A4A5A6A7A8 9F270140 9F100706010A03A00000 9F370401020304 9F36020005 95058000000000" +
		"9A03261122 9C0100 9F0206000000001234 5F2A020156 82021800 9F1A020156 9F0306000000000000 9F3303E0F8C8" +
		"9F34031E0300 9F350122 9F1E083132333435363738 8407A0000000031010 9F09020002 9F410400000007"
	if !bytes.Equal(o.Field55, unhex(field55)) {
		t.Errorf("field 55 %X", o.Field55)
	}
	if string(o.Facts[tagARC]) != "Y1" || o.Facts[tagPAN] != nil || o.Facts[tagTrack2] != nil || o.Facts[0x5F20] != nil {
		t.Errorf("facts %v", o.Facts)
	}
	if s := fmt.Sprintf("%v %+v %#v", o, o, o); strings.Contains(s, testPAN) || strings.Contains(s, testPAN[6:]) {
		t.Error("the number prints")
	}
}

func TestOnlineApproval(t *testing.T) {
	for name, cda := range map[string]bool{"plain": false, "cda": true} {
		t.Run(name, func(t *testing.T) {
			a := deal(func(a *app) { a.format2 = true; a.pdol = unhex("9F3501 9F0206") })
			cfg, tvr := shop(), "8000000000"
			alwaysOnline(&cfg)
			tsi := "6800"
			if cda {
				signs(aipCDA)(a)
				tvr, tsi = "0000000000", "E800"
			}
			card, p := newFake(t, a), &people{online: host(HostApproved, "")}
			o := run(t, cfg, sale(), card, p)
			o.want(t, Approved, ReasonHost, tvr, tsi)
			ask := p.asked[0].(NeedOnline)
			if ask.Card.PAN.Last4() != "0119" || !bytes.Contains(ask.Field55, unhex("9F270180")) || ask.PIN || ask.Advice {
				t.Errorf("asked %+v", ask)
			}
			if !bytes.Contains(ask.Field55, unhex("9F2608A1A2A3A4A5A6A7A8")) {
				t.Error("no cryptogram in field 55")
			}
			last := card.commands[len(card.commands)-1]
			if !bytes.Equal(last[5:], unhex("3030 0000000000000000"+tvr+"01020304 00")) || o.Host != HostYes || o.Reverse {
				t.Errorf("AC 2 %X, outcome %+v", last, o)
			}
		})
	}
}

// What the host says, what the card says to it, and who must be told.
func TestOnlineOutcomes(t *testing.T) {
	for name, c := range map[string]struct {
		answer  HostAnswer
		ac2     byte
		result  Result
		reason  Reason
		reverse bool
	}{
		"approved":              {HostApproved, acApprove, Approved, ReasonHost, false},
		"declined":              {HostDeclined, acDecline, Declined, ReasonHost, false},
		"card refuses":          {HostApproved, acDecline, Declined, ReasonCardRefused, true},
		"card approves decline": {HostDeclined, acApprove, Terminated, ReasonCardData, false},
		"card wants more":       {HostApproved, acOnline, Terminated, ReasonCardData, true},
		"unable, yes":           {HostUnable, acApprove, Approved, ReasonUnable, false},
		"unable, card refuses":  {HostUnable, acDecline, Declined, ReasonUnable, false},
		"nonsense":              {9, acDecline, Declined, ReasonUnable, false},
	} {
		t.Run(name, func(t *testing.T) {
			cfg := shop()
			alwaysOnline(&cfg)
			o := run(t, cfg, sale(), newFake(t, deal(func(a *app) { a.ac2 = c.ac2 })), &people{online: host(c.answer, "")})
			if o.Result != c.result || o.Reason != c.reason || o.Reverse != c.reverse || o.Fallback {
				t.Errorf("got %s %s %v", o.Result, o.Reason, o.Reverse)
			}
			if c.reverse && (o.ReverseFor != "06" || !bytes.HasPrefix(o.Reversal55, unhex("9505"))) {
				t.Errorf("reversal %s %X", o.ReverseFor, o.Reversal55)
			}
		})
	}
}

// Every command once as the last: nothing is ever approved but what the card
// said last, and the host's yes is reversed.
func TestTorn(t *testing.T) {
	cfg := shop()
	alwaysOnline(&cfg)
	scripts := "910A 0102030405060708 3030 7109 8607 8418000002AABB 7209 8607 8418000002CCDD"
	make1 := func(t *testing.T) *fake {
		card := newFake(t, deal(func(a *app) {
			a.aip[0] |= aipIssuer
			a.values[tagCVMList] = unhex("0000000000000000 0103")
		}))
		card.extra = func(c []byte) (uint16, []byte, bool) { return swOK, nil, c[0] == 0x84 }
		return card
	}
	whole := make1(t)
	full := run(t, cfg, sale(), whole, &people{online: host(HostApproved, scripts), pin: pinsOf("1234")})
	full.want(t, Approved, ReasonHost, "8000000000", "7C00")
	final := slices.Index(whole.log[len(whole.log)-2:], "GENERATE AC") + len(whole.log) - 1
	for n := 1; n <= full.APDUs; n++ {
		card := make1(t)
		o := run(t, cfg, sale(), card, &people{online: host(HostApproved, scripts), pin: pinsOf("1234"), tearAt: n})
		sent := strings.Join(card.log, ",")
		asked := strings.Contains(sent, "EXTERNAL")
		switch {
		case n > final:
			if o.Result != Approved || o.Reverse {
				t.Errorf("torn at %d, after the end: %s %v", n, o.Result, o.Reverse)
			}
		case o.Result != Terminated || o.Reason != ReasonTorn || o.Fallback || o.Reverse != asked || o.At != card.log[n-1]:
			t.Errorf("torn at %d: %+v", n, o)
		}
		if want := map[bool]HostState{true: HostYes, false: HostNotAsked}[asked]; o.Host != want {
			t.Errorf("torn at %d: host %s", n, o.Host)
		}
	}
}

func TestTornWhileOthersAreAsked(t *testing.T) {
	cfg := shop()
	alwaysOnline(&cfg)
	k, card := New(cfg, sale()), newFake(t, deal())
	request := k.Start()
	for {
		r, ok := request.(Transmit)
		if !ok {
			break
		}
		request = k.Card(card.answer(r))
	}
	o := k.Torn().(Outcome)
	if o.Result != Terminated || o.Host != HostAsked || o.Reverse || len(o.Reversal55) == 0 {
		t.Errorf("torn while online: %+v", o)
	}
	if again := k.Card(swOK, nil).(Outcome); again.Reason != o.Reason || k.Torn().(Outcome).Reason != o.Reason {
		t.Error("the end changed")
	}
}

// An answer nobody waited for ends the transaction; no command is sent again.
func TestMisuse(t *testing.T) {
	for name, call := range map[string]func(*Kernel) Request{
		"card":   func(k *Kernel) Request { return k.Card(swOK, nil) },
		"chosen": func(k *Kernel) Request { k.Start(); return k.Chosen(0) },
		"pin":    func(k *Kernel) Request { k.Start(); return k.PIN(PINResult{Digits: []byte("1")}) },
		"online": func(k *Kernel) Request { k.Start(); return k.Online(OnlineResult{}) },
		"start":  func(k *Kernel) Request { k.Start(); return k.Start() },
	} {
		k := New(shop(), sale())
		o, ok := call(k).(Outcome)
		if !ok || o.Reason != ReasonMisuse || o.Result != Terminated {
			t.Errorf("%s: %+v", name, o)
		}
		if again, ok := k.Start().(Outcome); !ok || again.Reason != ReasonMisuse {
			t.Errorf("%s: the end is not the end", name)
		}
	}
}

func TestIdentify(t *testing.T) {
	txn := sale()
	txn.Identify = true
	card := newFake(t, deal())
	o := run(t, shop(), txn, card, nil)
	if o.Result != Identified || o.Card.PAN.Last4() != "0119" || slices.Contains(card.log, "GENERATE AC") {
		t.Errorf("%+v", o)
	}
}
