package scheme_test

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"vpos/reader"
	"vpos/reader/deck"
	"vpos/reader/deck/issuer"
	"vpos/reader/emv"
	"vpos/reader/scheme"
	"vpos/reader/sheet"
)

var deckDay = time.Date(2026, 11, 22, 12, 34, 56, 0, time.UTC)

func terminal() emv.Terminal {
	return emv.Terminal{
		Capabilities: [3]byte{0xE0, 0xF8, 0xC8}, Additional: [5]byte{0xFF, 0x80, 0xF0, 0xF0, 0x01}, Type: 0x22,
		Country: 156, Serial: "12345678", ID: "TRAIN001", Merchant: "MERCHANT0000001", Category: 5999,
	}
}

func TestBuiltin(t *testing.T) {
	s, err := scheme.Load(scheme.Source())
	if err != nil {
		t.Fatal(err)
	}
	if err := s.Config(terminal()).Check(); err != nil {
		t.Error(err)
	}
	brands := map[reader.Brand]bool{}
	for _, a := range scheme.Builtin().Applications {
		brands[a.Brand] = true
	}
	for _, want := range []reader.Brand{reader.Visa, reader.Mastercard, reader.Maestro, reader.UnionPay, reader.Amex, reader.JCB, reader.Discover} {
		if !brands[want] {
			t.Errorf("no application of %s", want)
		}
	}
	if len(s.Keys) != len(scheme.Builtin().Keys) || len(s.Keys) < 10 {
		t.Errorf("%d keys", len(s.Keys))
	}
	scheme.Builtin().Applications[0].Name = "changed"
	if scheme.Builtin().Applications[0].Name == "changed" {
		t.Error("one copy serves everybody")
	}
}

// What is for tests is refused by name; what is left of the file without it is not.
func TestLive(t *testing.T) {
	s := scheme.Builtin()
	if err := s.CheckLive(s.Config(terminal())); !errors.Is(err, scheme.ErrTest) || !strings.Contains(err.Error(), "A000000003 index 92") {
		t.Errorf("test keys of the file: %v", err)
	}
	live := s.Real()
	cfg := live.Config(terminal())
	if err := live.CheckLive(cfg); err != nil || len(cfg.Keys) == 0 || len(cfg.Applications) == 0 {
		t.Errorf("without them: %v", err)
	}
	for _, k := range deck.CAKeys() {
		with := live.Config(terminal(), k)
		if err := live.CheckLive(with); !errors.Is(err, scheme.ErrTest) || !strings.Contains(err.Error(), "index DC") {
			t.Errorf("the deck's key: %v", err)
		}
		// Under another index and RID it is the same key still.
		k.Index, k.RID = 1, [5]byte{1, 2, 3, 4, 5}
		if err := (&scheme.Scheme{}).CheckLive(live.Config(terminal(), k)); !errors.Is(err, scheme.ErrTest) {
			t.Errorf("the deck's key in disguise: %v", err)
		}
	}
	for _, k := range s.Keys {
		if k.Test {
			other := k.CAPK
			other.Index = 0x42
			if err := live.CheckLive(live.Config(terminal(), other)); !errors.Is(err, scheme.ErrTest) {
				t.Errorf("%s under another index: %v", k, err)
			}
		}
	}
	own, err := scheme.Load([]byte(strings.Replace(smallest, "partial", "test = true\npartial", 1)))
	if err != nil {
		t.Fatal(err)
	}
	if err := own.CheckLive(own.Config(terminal())); !errors.Is(err, scheme.ErrTest) {
		t.Errorf("a test application: %v", err)
	}
	if len(own.Real().Applications) != 0 {
		t.Error("a test application is real")
	}
}

const smallest = `[[application]]
name = "x"
brand = "visa"
aid = "A000000003"
partial = true
version = "0002"
denial = "0000000000"
online = "0000000000"
default = "0000000000"
`

func TestLoadRefuses(t *testing.T) {
	visa99 := `
[[key]]
rid = "A000000003"
index = "99"
modulus = "AB79FCC9520896967E776E64444E5DCDD6E13611874F3985722520425295EEA4BD0C2781DE7F31CD3D041F565F747306EED62954B17EDABA3A6C5B85A1DE1BEB9A34141AF38FCF8279C9DEA0D5A6710D08DB4124F041945587E20359BAB47B7575AD94262D4B25F264AF33DEDCF28E09615E937DE32EDC03C54445FE7E382777"
exponent = "03"
checksum = "4ABFFD6B1C51212D05552E431C5B17007D2F5E6D"
`
	for _, c := range []struct{ name, old, replacement, want string }{
		{"unknown key", "partial", "partail", "line 5, application.partail: "},
		{"hex", "A000000003", "A00000000", "line 4, application.aid: "},
		{"short AID", "A000000003", "A0", "line 1, application.aid: "},
		{"brand", `"visa"`, `"vista"`, "line 1, application.brand: "},
		{"version", "0002", "000200", "line 1, application.version: "},
		{"type", "partial = true", "partial = 3", "line 5, application.partial: "},
		{"denial", `denial = "0000000000"`, `denial = "00"`, "line 1, application.denial: "},
		{"online", `online = "0000000000"`, `online = "00"`, "line 1, application.online: "},
		{"default", `default = "0000000000"`, `default = "00"`, "line 1, application.default: "},
		{"floor", "partial", "floor = -1\npartial", "line 1, application.floor: "},
		{"target", "partial", "target = 5\npartial", "line 1, application.target: "},
		{"ddol", "partial", "ddol = \"9F\"\npartial", "line 1, application.ddol: "},
		{"tdol", "partial", "tdol = \"9F37\"\npartial", "line 1, application.tdol: "},
		{"nothing", smallest, "", "there is no application"},
		{"twice", "", smallest, "line 10, application.aid: "},
		{"key", "", visa99 + visa99, "line 18, key.index: "},
		{"checksum", "", strings.Replace(visa99, "2777", "2779", 1), "line 11, key.checksum: "},
		{"exponent", "", strings.Replace(visa99, `"03"`, `"05"`, 1), "line 11, key.checksum: "},
		{"expiry", "", visa99 + "expiry = \"2030-13-01\"", "line 17, key.expiry: "},
		{"rid", "", strings.Replace(visa99, `"A000000003"`, `"A0"`, 1), "line 11, key.rid: "},
		{"revocation", "", "[[revocation]]\nrid=\"A000000003\"\nindex=\"99\"\nserial=\"01\"", "line 10, revocation.serial: "},
		{"exception too long", "", "[[exception]]\nfirst=\"476173900\"\nlast=\"0119\"\nlength=16", "line 10, exception.first: "},
		{"exception last", "", "[[exception]]\nfirst=\"476173\"\nlast=\"010119\"\nlength=16", "line 10, exception.last: "},
		{"exception short", "", "[[exception]]\nfirst=\"476173\"\nlast=\"0119\"\nlength=13", "line 10, exception.length: "},
		{"never", smallest, "never-live = [\"00\"]\n" + smallest, "never-live: "},
	} {
		text := strings.Replace(smallest, c.old, c.replacement, 1)
		if c.old == "" {
			text = smallest + c.replacement
		}
		_, err := scheme.Load([]byte(text))
		var at *sheet.Error
		if !errors.As(err, &at) || !strings.HasPrefix(err.Error(), c.want) {
			t.Errorf("%s: %v, want %s…", c.name, err, c.want)
		}
	}
	if _, err := scheme.Load([]byte(smallest + visa99)); err != nil {
		t.Error(err)
	}
}

func TestException(t *testing.T) {
	s, err := scheme.Load([]byte(smallest + "[[exception]]\nfirst=\"476173\"\nlast=\"0119\"\nlength=16\nsequence=1\n" +
		"[[revocation]]\nrid=\"A000000003\"\nindex=\"DC\"\nserial=\"0000DC\"\n"))
	if err != nil {
		t.Fatal(err)
	}
	cfg := s.Config(terminal())
	for _, c := range []struct {
		pan  string
		psn  int
		want bool
	}{
		{"4761739001010119", 1, true}, {"4761739999990119", 1, true}, {"4761739001010119", 2, false},
		{"4761739001010118", 1, false}, {"4761730119", 1, false}, {"476173900101010119", 1, false},
	} {
		pan, _ := reader.RestorePAN([]byte(c.pan))
		if got := cfg.Exception(pan, c.psn); got != c.want {
			t.Errorf("%d digits, sequence %d: %v", len(c.pan), c.psn, got)
		}
	}
	if scheme.Builtin().Config(terminal()).Exception != nil {
		t.Error("an empty exception file is asked")
	}
	// The deck's issuer certificate, revoked.
	got := sell(t, "visa-dda", s.Config(terminal(), deck.CAKeys()...))
	if !got.TVR.Has(emv.DDAFailed) || !slices.ContainsFunc(got.Trace, func(d emv.Decision) bool { return d.Detail == string(emv.AuthRevoked) }) {
		t.Errorf("a revoked certificate: TVR %s %v", got.TVR, got.Trace)
	}
}

// sell plays a sale with an issuer that approves what verifies.
func sell(t *testing.T, name string, cfg emv.Config) emv.Outcome {
	t.Helper()
	card, err := deck.Find(name)
	if err != nil {
		t.Fatal(err)
	}
	card.PowerOn()
	cfg.Languages = []string{"en"}
	k := emv.New(cfg, emv.Transaction{
		Amount: 1234, Currency: 156, Exponent: 2, Time: deckDay, Unpredictable: [4]byte{1, 2, 3, 4}, Random: 50,
	})
	for request := k.Start(); ; {
		switch r := request.(type) {
		case emv.Transmit:
			reply := card.Command(r.APDU)
			request = k.Card(reply.SW, reply.Data)
		case emv.ChooseApplication:
			request = k.Chosen(0)
		case emv.NeedPIN:
			request = k.PIN(emv.PINResult{Digits: []byte("1234"), Padding: make([]byte, r.Padding), Entered: r.Online})
		case emv.NeedOnline:
			v, fault := issuer.TestRing().Verify(r.Card.PAN, r.Card.Sequence, r.Field55)
			if fault != issuer.Good {
				t.Fatalf("%s: %s", name, fault)
			}
			code := [2]byte{'0', '0'}
			request = k.Online(emv.OnlineResult{Answer: emv.HostApproved, Code: code, Field55: v.Respond(code, true)})
		case emv.Outcome:
			return r
		}
	}
}

// With the file that comes with the program and the deck's keys each card pays,
// but for the one that never does.
func TestDeckPays(t *testing.T) {
	cfg := scheme.Builtin().Config(terminal(), deck.CAKeys()...)
	for _, c := range deck.Cards() {
		o := sell(t, c.Name, cfg)
		want := emv.Approved
		if c.Name == "visa-decline" {
			want = emv.Declined
		}
		if o.Result != want || o.TVR.Has(emv.VersionDiffer) || o.TVR.Has(emv.DataMissing) || o.TVR.Has(emv.SDAFailed) ||
			o.TVR.Has(emv.DDAFailed) || o.TVR.Has(emv.CDAFailed) {
			t.Errorf("%s: %s %s TVR %s", c.Name, o.Result, o.Reason, o.TVR)
		}
	}
}

func FuzzScheme(f *testing.F) {
	f.Add(string(scheme.Source()))
	f.Add(smallest)
	f.Fuzz(func(t *testing.T, text string) {
		s, err := scheme.Load([]byte(text))
		if err != nil {
			return
		}
		if err := s.Config(terminal()).Check(); err != nil {
			t.Errorf("a file that was read makes no configuration: %v", err)
		}
		_ = fmt.Sprint(s.Real().CheckLive(s.Config(terminal())))
	})
}
