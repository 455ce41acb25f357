package emv

import (
	"slices"
	"strings"
	"testing"

	"vpos/reader"
)

func TestRisk(t *testing.T) {
	limits := func(a *app) { set(tagLCOL, "02")(a); set(tagUCOL, "04")(a) }
	random := func(threshold int64, target, most int) func(*Config, *Transaction) {
		return func(c *Config, _ *Transaction) {
			p := &c.Applications[0]
			p.Threshold, p.Target, p.MaxTarget = threshold, target, most
		}
	}
	counters := func(atc, last int) func(*app) { return func(a *app) { limits(a); a.atc, a.last = atc, last } }
	for name, c := range map[string]struct {
		change func(*app)
		shop   func(*Config, *Transaction)
		tvr    string
	}{
		"nothing":           {nil, nil, "0000"},
		"below the floor":   {nil, func(_ *Config, t *Transaction) { t.Amount = 99999 }, "0000"},
		"at the floor":      {nil, func(_ *Config, t *Transaction) { t.Amount = 100000 }, "0080"},
		"spent before":      {nil, func(_ *Config, t *Transaction) { t.PriorAmount = 98766 }, "0080"},
		"forced":            {nil, func(_ *Config, t *Transaction) { t.ForceOnline = true }, "0008"},
		"target hit":        {nil, random(50000, 50, 50), "0010"},
		"target missed":     {nil, random(50000, 49, 99), "0000"},
		"biased missed":     {nil, random(0, 0, 99), "0000"},
		"biased hit":        {nil, func(c *Config, x *Transaction) { random(0, 0, 99)(c, x); x.Amount = 60000 }, "0010"},
		"offline only":      {nil, func(c *Config, x *Transaction) { random(50000, 99, 99)(c, x); c.Terminal.Type = 0x23 }, "0000"},
		"within limits":     {counters(5, 3), nil, "0000"},
		"over the lower":    {counters(6, 3), nil, "0040"},
		"over both":         {counters(8, 3), nil, "0060"},
		"counters equal":    {counters(5, 5), nil, "0060"},
		"counter backwards": {counters(3, 5), nil, "0060"},
		"never online":      {counters(2, 0), nil, "0800"},
		"no last counter":   {counters(5, -1), nil, "0060"},
		"lower limit alone": {set(tagLCOL, "01"), nil, "0000"},
		"not asked":         {func(a *app) { a.aip[0] &^= aipRisk }, func(_ *Config, t *Transaction) { t.Amount = 100000 }, "0000"},
		"always":            {func(a *app) { a.aip[0] &^= aipRisk }, func(c *Config, t *Transaction) { t.Amount = 100000; c.AlwaysRisk = true }, "0080"},
	} {
		cfg, txn, a := shop(), sale(), deal()
		if c.change != nil {
			c.change(a)
		}
		if c.shop != nil {
			c.shop(&cfg, &txn)
		}
		o := run(t, cfg, txn, newFake(t, a), nil)
		got := hexed([]byte{o.TVR[1], o.TVR[3]})
		if got != c.tvr || o.TSI.Has(DidRisk) != (name != "not asked") {
			t.Errorf("%s: TVR %s TSI %s", name, o.TVR, o.TSI)
		}
	}
}

func TestExceptionList(t *testing.T) {
	cfg := shop()
	var seen reader.PAN
	cfg.Exception = func(pan reader.PAN, psn int) bool { seen = pan; return psn == 1 }
	o := run(t, cfg, sale(), newFake(t, deal()), nil)
	if !o.TVR.Has(OnException) || seen.Last4() != "0119" {
		t.Errorf("TVR %s", o.TVR)
	}
}

func TestPercentage(t *testing.T) {
	a := Application{Floor: 1000, Threshold: 200, Target: 10, MaxTarget: 50}
	for amount, want := range map[int64]int{0: 10, 199: 10, 200: 10, 600: 30, 999: 49} {
		if got := percentage(a, amount); got != want {
			t.Errorf("%d: %d %%, want %d", amount, got, want)
		}
	}
	a.Floor, a.Threshold = maxAmount, 0
	if got := percentage(a, maxAmount-1); got != 49 {
		t.Errorf("the largest: %d", got)
	}
}

// Denial comes first, then online, then the terminal's type; absent issuer
// action codes are zeros for denial and ones for the others.
func TestActionAnalysis(t *testing.T) {
	const noODA = "8000000000"
	tac := func(denial, online, fallback string) func(*Config) {
		return func(c *Config) {
			a := &c.Applications[0]
			copy(a.Denial[:], unhex(denial))
			copy(a.Online[:], unhex(online))
			copy(a.Default[:], unhex(fallback))
		}
	}
	kind := func(b byte) func(*Config) { return func(c *Config) { c.Terminal.Type = b } }
	for name, c := range map[string]struct {
		change func(*app)
		cfg    func(*Config)
		sent   string
		rule   Rule
	}{
		"nothing":             {nil, nil, "TC", RuleNone},
		"IAC denial":          {set(tagIACDenial, noODA), nil, "AAC", RuleDenial},
		"TAC denial":          {nil, tac(noODA, noODA, ""), "AAC", RuleDenial},
		"IAC online":          {set(tagIACOnline, noODA), nil, "ARQC", RuleOnline},
		"TAC online":          {nil, tac("", noODA, ""), "ARQC", RuleOnline},
		"another bit":         {set(tagIACOnline, "7FFFFFFFFF"), nil, "TC", RuleNone},
		"default does not":    {set(tagIACDefault, noODA), nil, "TC", RuleNone},
		"no denial code":      {drop(tagIACDenial), nil, "TC", RuleNone},
		"no online code":      {drop(tagIACOnline), nil, "ARQC", RuleOnline},
		"online only":         {nil, kind(0x21), "ARQC", RuleOnlineOnly},
		"online only, denial": {set(tagIACDenial, noODA), kind(0x21), "AAC", RuleDenial},
		"offline only":        {set(tagIACOnline, noODA), kind(0x23), "TC", RuleOfflineOnly},
		"offline, default":    {set(tagIACDefault, noODA), kind(0x23), "AAC", RuleDefault},
		"offline, no code":    {drop(tagIACDefault), kind(0x26), "AAC", RuleDefault},
	} {
		a, cfg := deal(), shop()
		if c.change != nil {
			c.change(a)
		}
		if c.cfg != nil {
			c.cfg(&cfg)
		}
		card := newFake(t, a)
		o := run(t, cfg, sale(), card, &people{online: host(HostDeclined, "")})
		i := slices.Index(card.log, "GENERATE AC")
		if acNames[card.commands[i][2]] != c.sent || !strings.Contains(rules(o), string(c.rule)) {
			t.Errorf("%s: asked %s, %s", name, acNames[card.commands[i][2]], rules(o))
		}
		if c.sent == "AAC" && (o.Result != Declined || o.Reason != ReasonOffline || string(o.Facts[tagARC]) != "Z1") {
			t.Errorf("%s: %s %s", name, o.Result, o.Reason)
		}
		for _, d := range o.Trace {
			if d.Rule == RuleOnline && name == "TAC online" && d.Detail != "iac 0000000000 tac "+noODA {
				t.Errorf("detail %q", d.Detail)
			}
		}
	}
}

func TestUnableToGoOnline(t *testing.T) {
	for name, c := range map[string]struct {
		change func(*app)
		code   string
		result Result
	}{
		"nothing against it": {func(*app) {}, "Y3", Approved},
		"IAC default":        {set(tagIACDefault, "8000000000"), "Z3", Declined},
		"no IAC default":     {drop(tagIACDefault), "Z3", Declined},
	} {
		cfg := shop()
		alwaysOnline(&cfg)
		card := newFake(t, deal(c.change))
		o := run(t, cfg, sale(), card, &people{online: host(HostUnable, "")})
		last := card.commands[len(card.commands)-1]
		if string(last[5:7]) != c.code || o.Result != c.result || o.Reason != ReasonUnable || o.Host != HostNoReply || o.Reverse {
			t.Errorf("%s: %s %s %X", name, o.Result, o.Reason, last)
		}
	}
	t.Run("offline terminal, ARQC", func(t *testing.T) {
		cfg := shop()
		cfg.Terminal.Type = 0x23
		o := run(t, cfg, sale(), newFake(t, deal(func(a *app) { a.ac1 = acOnline })), nil)
		if o.Result != Approved || o.Host != HostNotAsked || string(o.Facts[tagARC]) != "Y3" {
			t.Errorf("%s %s", o.Result, o.Host)
		}
	})
}
