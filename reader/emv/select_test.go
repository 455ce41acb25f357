package emv

import (
	"bytes"
	"slices"
	"strings"
	"testing"

	"vpos/reader/tlv"
)

// reply1 answers the first command itself.
func reply1(sw uint16, data []byte) func(int, []byte) (uint16, []byte, bool) {
	return func(n int, _ []byte) (uint16, []byte, bool) { return sw, data, n == 1 }
}

func rules(o Outcome) string {
	var out []string
	for _, d := range o.Trace {
		out = append(out, string(d.Rule))
	}
	return strings.Join(out, " ")
}

// Whatever is wrong with the PSE, the list of AIDs finds the application; only
// 6A81 says that the card is blocked.
func TestPSEBranches(t *testing.T) {
	good := fci([]byte(pseName), unhex("880101"))
	badRecord := func(sw uint16, data string) func(int, []byte) (uint16, []byte, bool) {
		return func(n int, _ []byte) (uint16, []byte, bool) {
			if n == 1 {
				return swOK, good, true
			}
			return sw, unhex(data), n == 2
		}
	}
	for name, c := range map[string]struct {
		override func(int, []byte) (uint16, []byte, bool)
		rule     Rule
	}{
		"absent":         {reply1(swNoFile, nil), RulePSEAbsent},
		"blocked":        {reply1(swDeactivated, nil), RulePSEBlocked},
		"other status":   {reply1(0x6D00, nil), RulePSEBad},
		"no fci":         {reply1(swOK, unhex("6F05")), RulePSEBad},
		"no sfi":         {reply1(swOK, fci([]byte(pseName), nil)), RulePSEBad},
		"sfi 0":          {reply1(swOK, fci([]byte(pseName), unhex("880100"))), RulePSEBad},
		"sfi 11":         {reply1(swOK, fci([]byte(pseName), unhex("88010B"))), RulePSEBad},
		"record status":  {badRecord(0x6A82, ""), RulePSEBad},
		"record garbage": {badRecord(swOK, "7105"), RulePSEBad},
		"empty":          {badRecord(swNoRecord, ""), RulePSEEmpty},
		"others' only":   {badRecord(swOK, "7009 6107 4F05F000000001"), RulePSEEmpty},
		"no ADF name":    {badRecord(swOK, "7004 61025000"), RulePSEEmpty},
	} {
		card := newFake(t, deal())
		card.override = c.override
		card.extra = func(b []byte) (uint16, []byte, bool) {
			return swNoRecord, nil, b[1] == insReadRecord && len(card.commands) == 3
		}
		o := run(t, shop(), sale(), card, nil)
		if o.Result != Approved || !strings.Contains(rules(o), string(c.rule)) {
			t.Errorf("%s: %s %s: %s", name, o.Result, o.Reason, rules(o))
		}
	}
	card := newFake(t, deal())
	card.override = reply1(swNoFunction, nil)
	o := run(t, shop(), sale(), card, nil)
	if o.Reason != ReasonCardBlocked || o.Fallback || len(card.log) != 1 {
		t.Errorf("blocked: %+v", o)
	}
}

func TestListOfAIDs(t *testing.T) {
	cfg := shop()
	cfg.NoPSE = true
	visa := func(suffix string) *app { return deal(func(a *app) { a.aid += suffix; a.label += suffix }) }
	exact := shop()
	exact.NoPSE, exact.Applications[0].Partial = true, false
	exact.Applications = append(exact.Applications, Application{AID: unhex(testAID), Version: [2]byte{0, 2}, Floor: 1e6})
	last := func(p *people) ChooseApplication { return p.asked[0].(ChooseApplication) }

	t.Run("SELECT NEXT finds them all", func(t *testing.T) {
		p := &people{choose: func(ChooseApplication) int { return 1 }}
		card := newFake(t, visa(""), visa("01"), visa("02"))
		o := run(t, cfg, sale(), card, p)
		if c := last(p); len(c.Candidates) != 3 || c.Language != "en" || c.Retry || hexed(o.Card.AID) != testAID+"01" {
			t.Errorf("offered %+v, took %X", c, o.Card.AID)
		}
		if !bytes.Equal(card.commands[1], unhex("00A4040205A00000000300")) {
			t.Errorf("SELECT NEXT: %X", card.commands[1])
		}
	})
	t.Run("exact matches only", func(t *testing.T) {
		card := newFake(t, deal())
		o := run(t, exact, sale(), card, nil)
		if !slices.Equal(card.log[:5], []string{"SELECT", "SELECT", "SELECT", "SELECT", "GET PROCESSING OPTIONS"}) {
			t.Errorf("SELECT NEXT after an exact match: %v", card.log)
		}
		if o.Result != Approved || !strings.Contains(rules(o), string(RuleAIDExact)) {
			t.Errorf("%s: %s", o.Reason, rules(o))
		}
	})
	t.Run("nothing in common", func(t *testing.T) {
		card := newFake(t, deal(func(a *app) { a.aid = "F00000000001" }))
		if o := run(t, cfg, sale(), card, nil); o.Reason != ReasonNoApp || !o.Fallback || o.Field55 != nil {
			t.Errorf("%+v", o)
		}
	})
	for name, c := range map[string]struct {
		sw     uint16
		data   []byte
		reason Reason
	}{
		"card blocked":        {swNoFunction, nil, ReasonCardBlocked},
		"application blocked": {swDeactivated, deal().fciBytes(), ReasonAppBlocked},
		"blocked, no fci":     {swDeactivated, nil, ReasonAppBlocked},
		"another name":        {swOK, fci(unhex("F00000000001"), nil), ReasonNoApp},
		"garbage":             {swOK, unhex("6F20"), ReasonNoApp},
	} {
		card := newFake(t)
		card.override = reply1(c.sw, c.data)
		o := run(t, cfg, sale(), card, nil)
		if o.Reason != c.reason || o.Fallback != (c.reason == ReasonNoApp) {
			t.Errorf("%s: %s fallback %v", name, o.Reason, o.Fallback)
		}
	}
	t.Run("one blocked, one unreadable: no fallback", func(t *testing.T) {
		card := newFake(t, deal(), deal(func(a *app) { a.aid += "01"; a.gpo = 0x6F00 }))
		card.override = func(n int, c []byte) (uint16, []byte, bool) { return swDeactivated, card.apps[0].fciBytes(), n == 1 }
		card.next["A000000003"] = 1
		o := run(t, cfg, sale(), card, nil)
		if o.Reason != ReasonCardStatus || o.Fallback {
			t.Errorf("%s fallback %v %v", o.Reason, o.Fallback, card.log)
		}
	})
	t.Run("a card without end", func(t *testing.T) {
		card := newFake(t)
		card.override = func(n int, c []byte) (uint16, []byte, bool) {
			return swOK, fci(append(unhex("A0000000030000"), byte(n)), nil), n < 40 && c[4] == 5
		}
		card.extra = func([]byte) (uint16, []byte, bool) { return swNoFile, nil, true }
		p := &people{choose: func(ChooseApplication) int { return 0 }}
		o := run(t, cfg, sale(), card, p)
		if o.Reason != ReasonNoApp || len(last(p).Candidates) != maxOccurrence+1 {
			t.Errorf("%s, %d candidates", o.Reason, len(last(p).Candidates))
		}
	})
}

func TestTwoApplications(t *testing.T) {
	two := func() *fake {
		return newFake(t, deal(func(a *app) { a.priority = 2 }),
			deal(func(a *app) { a.aid += "01"; a.label = "DEBIT"; a.priority = 1; a.fci = unhex("5F2D047A68656E") }))
	}
	t.Run("best first, the second taken", func(t *testing.T) {
		p := &people{choose: func(ChooseApplication) int { return 1 }}
		o := run(t, shop(), sale(), two(), p)
		c := p.asked[0].(ChooseApplication)
		if len(c.Candidates) != 2 || c.Candidates[0].Label != "DEBIT" || hexed(o.Card.AID) != testAID || o.Card.Language != "en" {
			t.Errorf("%+v", c)
		}
	})
	t.Run("without priority comes last", func(t *testing.T) {
		p := &people{choose: func(ChooseApplication) int { return 0 }}
		card := newFake(t, deal(), deal(func(a *app) { a.aid += "01"; a.priority = 15 }))
		o := run(t, shop(), sale(), card, p)
		if hexed(o.Card.AID) != testAID+"01" {
			t.Errorf("took %X", o.Card.AID)
		}
	})
	t.Run("a final SELECT that fails offers the rest again", func(t *testing.T) {
		p := &people{choose: func(ChooseApplication) int { return 0 }}
		card := newFake(t, deal(), deal(func(a *app) { a.aid += "01" }), deal(func(a *app) { a.aid += "02" }))
		card.override = func(n int, _ []byte) (uint16, []byte, bool) { return 0x6A82, nil, n == 6 }
		o := run(t, shop(), sale(), card, p)
		if len(p.asked) != 3 || !p.asked[1].(ChooseApplication).Retry || o.Result != Approved || hexed(o.Card.AID) != testAID+"01" {
			t.Errorf("asked %v, %X", p.asked, o.Card.AID)
		}
	})
	t.Run("6985 to GPO takes the other", func(t *testing.T) {
		card := two()
		card.apps[1].gpo = swConditions
		o := run(t, shop(), sale(), card, &people{choose: func(ChooseApplication) int { return 0 }})
		if o.Result != Approved || hexed(o.Card.AID) != testAID || o.Card.Language != "zh" {
			t.Errorf("%s %X %s", o.Reason, o.Card.AID, o.Card.Language)
		}
	})
	t.Run("6985 to the only one ends", func(t *testing.T) {
		o := run(t, shop(), sale(), newFake(t, deal(func(a *app) { a.gpo = swConditions })), nil)
		if o.Reason != ReasonNoApp || !strings.HasSuffix(rules(o), string(RuleNoCandidate)) {
			t.Errorf("%s %s", o.Reason, rules(o))
		}
	})
	t.Run("cancelled", func(t *testing.T) {
		o := run(t, shop(), sale(), two(), &people{choose: func(ChooseApplication) int { return -1 }})
		if o.Reason != ReasonCancelled || o.Fallback {
			t.Errorf("%+v", o)
		}
	})
	t.Run("no such candidate", func(t *testing.T) {
		if o := run(t, shop(), sale(), two(), &people{choose: func(ChooseApplication) int { return 2 }}); o.Reason != ReasonMisuse {
			t.Errorf("%+v", o)
		}
	})
}

// Whoever cannot ask takes the best that needs no confirmation.
func TestWithoutChoice(t *testing.T) {
	mute := shop()
	mute.NoChoice = true
	confirm := func(a *app) { a.priority = 0x81 }
	second := deal(func(a *app) { a.aid += "01" })
	if o := run(t, mute, sale(), newFake(t, deal(confirm), second), nil); hexed(o.Card.AID) != testAID+"01" {
		t.Errorf("took %X", o.Card.AID)
	}
	if o := run(t, mute, sale(), newFake(t, deal(confirm)), nil); o.Reason != ReasonService || o.Fallback {
		t.Errorf("%+v", o)
	}
	p := &people{choose: func(c ChooseApplication) int { return len(c.Candidates) - 1 }}
	if o := run(t, shop(), sale(), newFake(t, deal(confirm)), p); o.Result != Approved || len(p.asked) != 2 {
		t.Errorf("one to confirm: %+v", o)
	}
}

func TestFinalSelect(t *testing.T) {
	for name, c := range map[string]struct {
		sw     uint16
		data   []byte
		reason Reason
	}{
		"blocked":      {swDeactivated, nil, ReasonAppBlocked},
		"garbage":      {swOK, unhex("6F"), ReasonNoApp},
		"another name": {swOK, fci(unhex("F00000000001"), nil), ReasonNoApp},
	} {
		card := newFake(t, deal())
		card.override = func(n int, _ []byte) (uint16, []byte, bool) { return c.sw, c.data, n == 4 }
		if o := run(t, shop(), sale(), card, nil); o.Reason != c.reason {
			t.Errorf("%s: %s", name, o.Reason)
		}
	}
}

func TestPSELanguageAndLongDirectory(t *testing.T) {
	card := newFake(t, deal())
	card.override = func(n int, c []byte) (uint16, []byte, bool) {
		if n == 1 {
			return swOK, fci([]byte(pseName), unhex("880101 5F2D06 6672 5A48 656E")), true
		}
		return swOK, tlv.Append(nil, tagRecord, tlv.Append(nil, tagEntry, tlv.Append(nil, tagAID, unhex(testAID)))), c[1] == insReadRecord && n <= 33
	}
	o := run(t, shop(), sale(), card, nil)
	if o.Card.Language != "zh" || o.Card.Prefers != "zh" || o.Result != Approved || slices.Index(card.log, "GET PROCESSING OPTIONS") != 34 {
		t.Errorf("%s %s %v", o.Card.Language, o.Reason, card.log)
	}
}

// A name the final SELECT does not give is the one of the directory; what stands
// in the issuer's discretionary data is kept.
func TestFinalFCI(t *testing.T) {
	card := newFake(t, deal())
	card.override = func(n int, _ []byte) (uint16, []byte, bool) {
		if n == 4 {
			card.current = card.apps[0]
		}
		return swOK, fci(unhex(testAID), unhex("BF0C 08 4203123456 DF7E00")), n == 4
	}
	o := run(t, shop(), sale(), card, nil)
	if o.Card.Label != "VISA CREDIT" || !bytes.Equal(o.Facts[0x42], unhex("123456")) {
		t.Errorf("%q %v", o.Card.Label, o.Facts)
	}
	mute := shop()
	mute.Languages = nil
	if o := run(t, mute, sale(), newFake(t, deal()), nil); o.Card.Language != "" {
		t.Errorf("speaks %q", o.Card.Language)
	}
}

func TestLabels(t *testing.T) {
	terminal := shop().Terminal
	for objects, want := range map[string]string{
		"5004 56495341":                                 "VISA",
		"5006 56491B5B5341":                             "VI[SA",
		"5003 414243 9F1103 E96174 9F110101":            "ABC",
		"5003 414243 9F1203 E96174 9F110101":            "éat",
		"5003 414243 9F1203 E96174 9F110105":            "ABC",
		"5003 414243 9F1203 202020 9F110101":            "ABC",
		"":                                              "",
		"5014 4142434445464748494A4B4C4D4E4F5051525354": "ABCDEFGHIJKLMNOP",
	} {
		nodes, _ := tlv.Parse(unhex(objects))
		if got := terminal.label(nodes); got != want {
			t.Errorf("%s: %q", objects, got)
		}
	}
	terminal.Additional[4] = 0
	nodes, _ := tlv.Parse(unhex("5003 414243 9F1203 E96174 9F110101"))
	if terminal.label(nodes) != "ABC" {
		t.Error("a code table the terminal has not")
	}
}
