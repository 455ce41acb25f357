package deck

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"strings"
	"testing"

	"vpos/reader"
	"vpos/reader/sheet"
	"vpos/reader/tlv"
)

// published are the test numbers that schemes and payment services publish.
var published = strings.Fields(`
	4761739001010119 4111111111111111 4000056655665556 4012888888881881 4242424242424242 4000000000000002
	4917610000000000 5555555555554444 5105105105105100 6759649826438453 6200000000000005 6205500000000000004
	378282246310005 3566002020360505 6011111111111117 30569309025904 4012000033330026 4012000077777777
	4000000760000002`)

// Every file of the deck is right, is called as it says, holds published numbers
// only, and its tracks are of its number.
func TestFiles(t *testing.T) {
	entries, _ := files.ReadDir("cards")
	if len(entries) != len(Cards()) {
		t.Errorf("%d files, %d cards", len(entries), len(Cards()))
	}
	for _, e := range entries {
		text, _ := files.ReadFile("cards/" + e.Name())
		d, err := parse(text)
		if err != nil {
			t.Errorf("%s: %v", e.Name(), err)
			continue
		}
		if d.Name+".toml" != e.Name() {
			t.Errorf("%s is called %s", e.Name(), d.Name)
		}
		for _, a := range d.Applications {
			pan, _ := a.find(tagPAN)
			number := strings.TrimRight(fmt.Sprintf("%X", pan), "F")
			track, _ := a.find(tagTrack2)
			if !strings.HasPrefix(fmt.Sprintf("%X", track), number+"D3512") {
				t.Errorf("%s: track 2 is another card's", e.Name())
			}
			if !contains(published, number) {
				t.Errorf("%s: not a published number", e.Name())
			}
			p, err := reader.RestorePAN([]byte(number))
			if err != nil || string(p.Brand()) != d.Brand {
				t.Errorf("%s: brand %s, number says %s", e.Name(), d.Brand, p.Brand())
			}
		}
	}
}

func contains(list []string, s string) bool {
	for _, l := range list {
		if l == s {
			return true
		}
	}
	return false
}

func TestFind(t *testing.T) {
	for spec, want := range map[string]string{
		"visa-credit": "", "visa-credit+tear:7+slow": "", "visa-credit + expired": "",
		"visa-credt":             `there is no card "visa-credt"; near it: visa-credit`,
		"maste":                  `there is no card "maste"; near it: mastercard-credit, mastercard-sda`,
		"quite-something-else":   `there is no card "quite-something-else"`,
		"visa-credit+ter":        `there is no fault "ter"; near it: tear`,
		"visa-credit+":           `there is no card or fault without a name`,
		"visa-credit+tear:x":     `fault tear: "x" is not a number it takes`,
		"visa-credit+tear:0":     `fault tear: "0" is not a number it takes`,
		"visa-credit+tear:1000":  `fault tear: "1000" is not a number it takes`,
		"visa-credit+expired:1":  `fault expired: "1" is not a number it takes`,
		"visa-credit+mute:0":     "",
		"visa-credit+slow:60001": `fault slow: "60001" is not a number it takes`,
	} {
		card, err := Find(spec)
		var wrong *SpecError
		switch {
		case want == "" && (err != nil || card == nil):
			t.Errorf("%s: %v", spec, err)
		case want != "" && (!errors.As(err, &wrong) || !strings.HasPrefix(err.Error(), want)):
			t.Errorf("%s: %v, want %s", spec, err, want)
		}
	}
	if _, ok := Source("visa-credit"); !ok {
		t.Error("the file with all the comments is gone")
	}
	for _, f := range Faults() {
		if f.EN == "" || f.ZH == "" || (f.Arg == "") != (f.Default == 0) && f.Name != "mute" {
			t.Errorf("%+v", f)
		}
	}
}

func TestLoadRefuses(t *testing.T) {
	whole, _ := Source("visa-dda")
	for _, c := range []struct{ name, old, replacement, want string }{
		{"unknown key", "label ", "lable ", "line 12, application.lable: there is no such key"},
		{"hex", `"3C 00"`, `"3C 0"`, "line 15, application.aip: want pairs of hex digits"},
		{"object", `"5F34 01"`, `"5F34"`, "line 39, application.record.objects: want a tag and a value"},
		{"made", `"8F made"`, `"5A made"`, "line 65, application.record.objects: the deck cannot make this tag"},
		{"type", "number = 1", "number = \"1\"", "line 27, application.record.number: a TOML string cannot stand here"},
		{"syntax", "sfi = 1", "sfi 1", "line 26"},
		{"name", `"visa-dda"`, `"Visa DDA"`, "name: want lower-case"},
		{"brand", `"visa"`, `"vista"`, "brand: "},
		{"protocol", `"T=0"`, `"T=2"`, "protocol: "},
		{"languages", `"zhen"`, `"zhe"`, "languages: "},
		{"faults", "languages", "faults = [\"tar\"]\nlanguages", `there is no fault "tar"`},
		{"atr", "languages", "atr = \"00\"\nlanguages", "atr: "},
		{"aid", `"A0 00 00 00 03 10 10"`, `"A0"`, "line 10, application.aid: "},
		{"label", `"VISA CREDIT"`, `""`, "line 10, application.label: "},
		{"priority", "priority  = 1", "priority = 16", "line 10, application.priority: "},
		{"pdol", `"9F33 03 9F1A 02"`, `"9F33"`, "line 10, application.pdol: "},
		{"format", "format    = 2", "format = 3", "line 10, application.format: "},
		{"method", "visa-cvn18", "visa-cvn19", "line 10, application.cryptogram: "},
		{"authentication", `"dda"`, `"odd"`, "line 10, application.authentication: "},
		{"announced", `"3C 00"`, `"1C 00"`, "line 10, application.aip: bit 20"},
		{"decide", `"online"`, `"ask"`, "line 10, application.decide: "},
		{"counter", "atc         = 5", "atc = 3", "line 10, application.atc: "},
		{"pin", "atc ", "pin = \"12\"\natc ", "line 21, application.pin: want 4 to 12 digits"},
		{"tries", "atc ", "tries = 16\natc ", "line 10, application.tries: "},
		{"sfi", "sfi = 1", "sfi = 31", "line 25, application.record.objects: want an sfi"},
		{"record twice", "number = 2", "number = 1", "line 53, application.record.objects: it is there twice"},
		{"no number", `"5A 4111111111111111",`, "", "line 10, application.record: no record holds 5A"},
		{"short number", `"5A 4111111111111111"`, `"5A 4111"`, "line 10, application.record: 5A: "},
		{"no certificate", `"90 made",`, "", "line 10, application.record: no record holds 90, which dda needs"},
		{"signs itself", `"9F4A 82"`, `"9F46 made"`, "line 33, application.record.objects: a signed record"},
		{"no amount", "8C 9F0206", "8C 9F0306", "line 10, application.record: 8C: the cryptogram needs 9F02 with 6 bytes"},
	} {
		text := strings.Replace(string(whole), c.old, c.replacement, 1)
		_, err := Load([]byte(text))
		var at *sheet.Error
		var spec *SpecError
		if text == string(whole) || !errors.As(err, &at) && !errors.As(err, &spec) || !strings.HasPrefix(err.Error(), c.want) {
			t.Errorf("%s: %v, want %s…", c.name, err, c.want)
		}
		if err != nil && strings.Contains(err.Error(), "4111") {
			t.Errorf("%s: the error repeats the number", c.name)
		}
	}
	long := strings.Repeat("#", sheet.MaxBytes+1)
	for _, text := range []string{long, "\xff\xfe", ""} {
		if _, err := Load([]byte(text)); err == nil {
			t.Errorf("%d bytes are a card", len(text))
		}
	}
	if c, err := Load(whole); err != nil || c.Name() != "visa-dda" {
		t.Error(err)
	}
}

// A card keeps its life in a snapshot, through any encoder.
func TestSnapshot(t *testing.T) {
	c, _ := Find("visa-debit")
	c.PowerOn()
	c.Command(unhex("00A4040007A000000003101000"))
	if r := c.Command(unhex("0020008008241111FFFFFFFFFF")); r.SW != 0x63C2 {
		t.Fatalf("a wrong PIN: %04X", r.SW)
	}
	c.Command(unhex("80A80000028300"))
	c.apps[0].state.Data = map[tlv.Tag][]byte{0x9F58: {3}}
	encoded, err := json.Marshal(c.Snapshot())
	if err != nil {
		t.Fatal(err)
	}
	var s Snapshot
	if err := json.Unmarshal(encoded, &s); err != nil {
		t.Fatal(err)
	}
	again, _ := Find("visa-debit")
	if err := again.Restore(s); err != nil {
		t.Fatal(err)
	}
	if got, want := fmt.Sprint(again.apps[0].state), "atc 6 last 4 tries 2 blocked false offline 0"; got != want {
		t.Errorf("got %s, want %s", got, want)
	}
	if v, ok := again.apps[0].held(0x9F58); !ok || !bytes.Equal(v, []byte{3}) {
		t.Errorf("what the issuer put is lost: %X", v)
	}
	other, _ := Find("visa-credit")
	s.Applications[0].Tries = 16
	if other.Restore(c.Snapshot()) == nil || again.Restore(s) == nil {
		t.Error("a snapshot that does not fit is taken")
	}
	if text := fmt.Sprintf("%v %+v %#v %v", c.Snapshot(), c.Snapshot(), c.Snapshot().Applications, c); strings.Contains(text, "49 50 51 52") || strings.Contains(text, "0x31") {
		t.Errorf("prints a PIN: %s", text)
	}
}

// The locator names runs of records, the signed ones of a run first.
func TestLocator(t *testing.T) {
	a := application{Records: []record{
		{SFI: 1, Number: 1}, {SFI: 1, Number: 2, Signed: true}, {SFI: 1, Number: 3, Signed: true}, {SFI: 1, Number: 4},
		{SFI: 2, Number: 1, Signed: true}, {SFI: 2, Number: 3},
	}}
	if got := fmt.Sprintf("%X", a.locator()); got != "08010100"+"08020402"+"10010101"+"10030300" {
		t.Errorf("got %s", got)
	}
}

// A blocked PIN stays blocked whatever is entered, and counts no further.
func TestPINBlocked(t *testing.T) {
	c, _ := Find("visa-debit+pin-blocked")
	c.PowerOn()
	c.Command(selectVisa)
	for range 3 {
		if r := c.Command(unhex("0020008008241234FFFFFFFFFF")); r.SW != swPINBlocked {
			t.Errorf("%04X", r.SW)
		}
	}
}

// Approved transactions are noted, the newest first, ten at most.
func TestLog(t *testing.T) {
	c, _ := Find("unionpay-credit")
	a := &c.apps[0]
	for i := range 12 {
		a.state.ATC = uint16(i)
		a.log(map[tlv.Tag][]byte{0x9A: {0x26, 0x11, 0x22}, 0x9F02: {0, 0, 0, 0, 0x12, 0x34}})
	}
	c.PowerOn()
	c.Command(unhex("00A4040008A00000033301010200"))
	for command, want := range map[string]string{
		"80CA9F4F00": "9F4F109A039C019F02065F2A029F1A029F3602", "00B2015C00": "26112200000000001234" + "00000000" + "000B",
		"00B20A5C00": "26112200000000001234" + "00000000" + "0002", "00B20B5C00": "",
	} {
		if got := fmt.Sprintf("%X", c.Command(unhex(command)).Data); got != want {
			t.Errorf("%s: %s, want %s", command, got, want)
		}
	}
}

func TestKnows(t *testing.T) {
	for number, want := range map[string]bool{"4111111111111111": true, "30569309025904": true, "4111111111111112": false} {
		pan, _ := reader.RestorePAN([]byte(number))
		if Knows(pan) != want {
			t.Errorf("%s: not %v", pan, want)
		}
	}
}

// Two cards with the same seed make the same numbers, with another seed others.
func TestSeed(t *testing.T) {
	challenge := func(seed uint64) string {
		c, _ := Find("mastercard-credit")
		c.Seed(seed)
		c.PowerOn()
		c.Command(unhex("00A4040007A000000004101000"))
		return fmt.Sprintf("%X", c.Command(unhex("0084000000")).Data)
	}
	one, again, two := challenge(1), challenge(1), challenge(2)
	if one != again || one == two || len(one) != 16 {
		t.Error("the seed does not decide")
	}
}

// What does not depend on a transaction, command by command.
func TestCommands(t *testing.T) {
	c, _ := Find("visa-credit")
	c.PowerOn()
	for _, step := range []struct{ command, want string }{
		{"00", "6700"},
		{"00B2011400", "6985"},               // nothing is selected
		{"80CA9F3600", "6985"},               //
		{"84A4000000", "6985"},               // nor with secure messaging
		{"FFCA000000", "6E00"},               // that is for a reader
		{"00A4040008A0000000041010", "6700"}, // one byte short of what it says
		{"00A4040007A000000004101000", "6A82"},
		{"00A4000007A000000003101000", "6A86"},
		{"00A4040007A000000003101000", "6F22"},
		{"00A4040207A000000003101000", "6A82"}, // no other
		{"00A4040005A00000000300", "6F22"},
		{"00B2010C00", "7026"},
		{"00B2020C00", "6A83"},
		{"00B2011C00", "6A82"},
		{"00B2010D00", "6A86"},
		{"80CA9F3600", "9F36020005"},
		{"80CA9F1300", "9F13020004"},
		{"80CA9F1700", "9F170103"},
		{"80CA9F4F00", "6A88"},
		{"0082000000", "6985"},
		{"0088000004010203040000", "6700"},
		{"00880000040102030400", "6985"},
		{"80AE80000000", "6700"},
		{"80A8000002830000", "800A1C00"},
		{"80A8000002830000", "6985"}, // once
		{"80CA9F3600", "9F36020006"},
		{"80AEC0001D" + strings.Repeat("00", 29) + "00", "6A86"},
		{"80AE800004" + "0102030400", "6700"},
		{"841E0000080102030405060708", "6985"},
		{"90CA9F3600", "6E00"},
		{"80FF000000", "6D00"},
	} {
		r := c.Command(unhex(step.command))
		got := fmt.Sprintf("%04X", r.SW)
		if r.SW == swOK {
			got = fmt.Sprintf("%X", r.Data)
		}
		if !strings.HasPrefix(got, step.want[:min(len(step.want), len(got))]) || len(got) < 4 {
			t.Errorf("%s: %s, want %s", step.command, got, step.want)
		}
	}
	c.PowerOff()
	if r := c.Command(unhex("00A4040005A00000000300")); !r.Mute {
		t.Errorf("a card without power answers %04X", r.SW)
	}
}

func unhex(s string) []byte {
	var h sheet.Hex
	if err := h.UnmarshalText([]byte(s)); err != nil {
		panic(err)
	}
	return h
}
