package sim_test

import (
	"errors"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"vpos/reader/sheet"
	"vpos/txn"
	"vpos/txn/host/sim"
)

const script = `# A lesson.
[[step]]
on   = "sale"
do   = "decline"
code = "51"
nth  = 2
times = 3

[[step]]
terminal = "00000001"
ending = "34"
card = "1111"
do = "delay"
delay = "1.5s"

[[step]]
do = "lost-0510"
always = true

[[step]]
do = "delay"
`

func TestParseScript(t *testing.T) {
	got, err := sim.ParseScript([]byte(script))
	if err != nil {
		t.Fatal(err)
	}
	want := []sim.Fault{
		{Do: sim.FaultDecline, On: txn.OpSale, Code: "51", Nth: 2, Times: 3},
		{Do: sim.FaultDelay, Terminal: "00000001", Ending: "34", Last4: "1111", Delay: 1500 * time.Millisecond},
		{Do: sim.FaultLost0510, Times: sim.Always},
		{Do: sim.FaultDelay, Delay: time.Second},
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
}

func TestScriptsAreStrict(t *testing.T) {
	for text, want := range map[string]string{
		"[[step]]\ndo = \"dekline\"": "line 2, step.do: want one of decline",
		"\n[[step]]\ndo = \"silent\"\n\n[[step]]\ndo=\"silent\"\non = \"sail\"": "line 7, step.on: want one of sale",
		"[[step]]\ndo = \"silent\"\nwhen = 1":                                   "line 3, step.when: there is no such key",
		"[[step]]\ndo = \"silent\"\nnth = \"x\"":                                "line 3, step.nth: a TOML string cannot stand here",
		"[[step]]\ndo = \"decline\"":                                            "line 1, step.code: of decline",
		"[[step]]\ndo = \"silent\"\ncode = \"51\"":                              "line 3, step.code: of decline",
		"[[step]]\ndo = \"decline\"\ncode = \"00\"":                             "line 3, step.code: this code approves",
		"[[step]]\ndo = \"decline\"\ncode = \"x1\"":                             "line 3, step.code: want a response code",
		"[[step]]\ndo = \"delay\"\ndelay = \"4111111111111111\"":                "line 3, step.delay: want a time",
		"[[step]]\ndo = \"delay\"\ndelay = \"2h\"":                              "line 3, step.delay: want at most",
		"[[step]]\ndo = \"silent\"\ndelay = \"2s\"":                             "line 3, step.delay: of delay only",
		"[[step]]\ndo = \"silent\"\ncard = \"4111111111111111\"":                "line 3, step.card: want the last four digits",
		"[[step]]\ndo = \"silent\"\nending = \"3x\"":                            "line 3, step.ending: want digits",
		"[[step]]\ndo = \"silent\"\nnth = -1":                                   "line 3, step.nth: ",
		"[[step]]\ndo = \"silent\"\ntimes = -1":                                 "line 3, step.times: ",
		"[[step]]\ndo = \"silent\"\ntimes = 2\nalways = true":                   "line 4, step.always: ",
		"[[step]]\ndo = \"silent\"\nterminal = \"123456789\"":                   "line 3, step.terminal: ",
		"steps = 1":   "line 1, steps: there is no such key",
		"[[step]\ndo": "line 1: ",
	} {
		_, err := sim.ParseScript([]byte(text))
		var at *sheet.Error
		if !errors.As(err, &at) || !strings.HasPrefix(err.Error(), want) || strings.Contains(err.Error(), "4111") {
			t.Errorf("%q:\n%v, want %s", text, err, want)
		}
	}
}

func TestParseFault(t *testing.T) {
	for text, want := range map[string]sim.Fault{
		"silent":          {Do: sim.FaultSilent},
		"cut@reversal":    {Do: sim.FaultCut, On: txn.OpReversal},
		"delay":           {Do: sim.FaultDelay, Delay: time.Second},
		"decline:51@sale": {Do: sim.FaultDecline, Code: "51", On: txn.OpSale},
		"cut-over":        {Do: sim.FaultCutOver},
	} {
		if got, err := sim.ParseFault(text); err != nil || got != want {
			t.Errorf("%s: %+v, %v", text, got, err)
		}
	}
	for _, text := range []string{"", "dance", "silent@dance", "decline", "decline:00", "silent:51"} {
		if f, err := sim.ParseFault(text); err == nil {
			t.Errorf("%q: %+v", text, f)
		}
	}
}

// Every word of the lists parses, and no two are alike.
func TestFaultWords(t *testing.T) {
	seen := map[sim.FaultName]bool{}
	for _, name := range sim.AllFaultNames() {
		text := string(name)
		if name == sim.FaultDecline {
			text += ":05"
		}
		if f, err := sim.ParseFault(text); err != nil || f.Do != name || seen[name] {
			t.Errorf("%s: %+v, %v", name, f, err)
		}
		seen[name] = true
	}
}

// Armed, matched, used up, listed and disarmed.
func TestArming(t *testing.T) {
	s := server(t, nil)
	address, _, _ := serve(t, s)
	conn, c := dial(t, address), codec(t)
	faults, err := sim.ParseScript([]byte(`
[[step]]
on = "sale"
ending = "00"
card = "1111"
nth = 2
times = 2
do = "decline"
code = "57"
[[step]]
terminal = "00000009"
do = "decline"
code = "58"
[[step]]
card = "9999"
do = "decline"
code = "59"
[[step]]
ending = "001200"
do = "referral"
always = true
`))
	if err != nil {
		t.Fatal(err)
	}
	s.Arm(faults...)
	for i, want := range []string{"01", "57", "57", "01", "01"} {
		if got, err := ask(conn, c, sale(t, txn.STAN(i+1), 1200)); err != nil || got.Code != want {
			t.Errorf("sale %d: %s, want %s, %v", i+1, got.Code, want, err)
		}
	}
	if got, err := ask(conn, c, sale(t, 8, 1234)); err != nil || got.Code != "00" {
		t.Errorf("another amount: %s, %v", got.Code, err)
	}
	if got := s.Armed(); len(got) != 3 {
		t.Errorf("%d armed: %+v", len(got), got)
	}
	s.Disarm()
	if got, err := ask(conn, c, sale(t, 9, 1200)); err != nil || got.Code != "00" || len(s.Armed()) != 0 {
		t.Errorf("disarmed: %s, %v", got.Code, err)
	}
}

// A day cut-over: nothing of money goes on until the terminal has signed on.
func TestCutOver(t *testing.T) {
	s := server(t, nil)
	address, _, _ := serve(t, s)
	conn, c := dial(t, address), codec(t)
	manage := func(op txn.Op) *txn.Request {
		return &txn.Request{Op: op, STAN: 5, Batch: 7, At: noon, Terminal: "00000001", Merchant: "123456789012345"}
	}
	other := sale(t, 1, 1200)
	other.Terminal = "00000002"
	s.Arm(sim.Fault{Do: sim.FaultCutOver})
	for i, x := range []struct {
		request *txn.Request
		code    string
	}{
		{sale(t, 1, 1200), "77"},
		{sale(t, 2, 1200), "77"},
		{reversal(sale(t, 1, 1200)), "77"},
		{other, "00"},
		{manage(txn.OpEcho), "00"},
		{manage(txn.OpSignOn), "00"},
		{sale(t, 3, 1200), "00"},
	} {
		if got, err := ask(conn, c, x.request); err != nil || got.Code != x.code {
			t.Errorf("%d: %s, want %s, %v", i, got.Code, x.code, err)
		}
	}
}

func FuzzScript(f *testing.F) {
	f.Add(script)
	f.Add("[[step]]\ndo = \"decline\"\ncode = \"A0\"\ndelay = \"1h\"")
	f.Add("step = [{do = \"silent\"}, {do = \"x\"}]")
	f.Fuzz(func(t *testing.T, text string) {
		faults, err := sim.ParseScript([]byte(text))
		var at *sheet.Error
		if err != nil && (!errors.As(err, &at) || at.Line < 0) {
			t.Errorf("%v", err)
		}
		for _, fault := range faults {
			if fault.Times < sim.Always || fault.Nth < 0 || fault.Delay < 0 || fault.Delay > time.Hour || fault.Code == "00" {
				t.Errorf("%+v", fault)
			}
		}
	})
}
