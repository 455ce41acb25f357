package decktest_test

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"

	"vpos/reader"
	"vpos/reader/deck"
	"vpos/reader/deck/decktest"
	"vpos/reader/deck/issuer"
)

// play presents the card of a case and plays it, twice where it says so.
func play(t testing.TB, c decktest.Case, how func(*deck.Card) decktest.Transmit) decktest.Got {
	t.Helper()
	card, err := deck.Find(c.Card)
	if err != nil {
		t.Fatal(err)
	}
	var got decktest.Got
	for i := range c.Again + 1 {
		card.PowerOn()
		if got, err = c.Round(i).Play(how(card)); err != nil {
			t.Fatal(err)
		}
	}
	got.Tries = decktest.TriesOf(card, got.Label)
	return got
}

// The whole table, and that it has a case for each card and each fault.
func TestTable(t *testing.T) {
	cards, faults := map[string]bool{}, map[string]bool{}
	names := map[string]bool{}
	for _, c := range decktest.Cases() {
		t.Run(c.Name, func(t *testing.T) {
			for _, d := range c.Want.Differences(play(t, c, decktest.Direct).Want) {
				t.Error(d)
			}
		})
		if names[c.Name] {
			t.Errorf("%s is there twice", c.Name)
		}
		names[c.Name] = true
		parts := strings.Split(c.Card, "+")
		cards[parts[0]] = true
		for _, f := range parts[1:] {
			name, _, _ := strings.Cut(f, ":")
			faults[name] = true
		}
	}
	for _, c := range deck.Cards() {
		if !cards[c.Name] {
			t.Errorf("card %s has no case", c.Name)
		}
	}
	for _, f := range deck.Faults() {
		if !faults[f.Name] {
			t.Errorf("fault %s has no case", f.Name)
		}
	}
}

// tzero plays a card the way a T=0 reader does: 61xx and 6Cxx are followed.
func tzero(c *deck.Card) decktest.Transmit {
	card := &deck.T0{Card: c}
	return func(command []byte) (uint16, []byte, error) {
		if len(command) == 5+int(command[4])+1 && command[4] != 0 {
			command = command[:len(command)-1]
		}
		var data []byte
		for range 10 {
			r := card.Command(command)
			switch {
			case r.Torn:
				return 0, nil, reader.ErrTorn
			case r.Mute:
				return 0, nil, reader.ErrCardMute
			}
			data = append(data, r.Data...)
			switch r.SW >> 8 {
			case 0x61:
				command = []byte{0, 0xC0, 0, 0, byte(r.SW)}
			case 0x6C:
				command = append(slices.Clone(command[:4]), byte(r.SW))
			default:
				return r.SW, data, nil
			}
		}
		return 0, nil, errors.New("no end to 61xx and 6Cxx")
	}
}

// Every case comes to the same over T=0.
func TestTableOverT0(t *testing.T) {
	for _, c := range decktest.Cases() {
		for _, d := range c.Want.Differences(play(t, c, tzero).Want) {
			t.Errorf("%s: %s", c.Name, d)
		}
	}
}

// What the card tells its issuer with its last cryptogram: the card verification
// results inside 9F10, bit by bit as package explain has them.
func TestResults(t *testing.T) {
	want := map[string]string{
		"online-approved":            "03600000", // first ARQC, then TC
		"online-declined":            "03200000", // then AAC
		"offline-approved":           "03900000", // TC, no second
		"offline-declined":           "03800000", // AAC, no second
		"unable-approved":            "03610000", // unable to go online
		"card-limit":                 "03602000", // too many offline
		"card-limit-unable":          "03212000",
		"issuer-forged":              "03680000", // issuer authentication failed
		"issuer-silent":              "03600400", // and was not performed
		"dda":                        "03600002",
		"pin-plain":                  "03640000",     // offline PIN performed
		"pin-plain-three-wrong":      "03664000",     // and failed, no tries left
		"script-before":              "03600020",     // two commands
		"script-wrong-mac-before":    "03600008",     // one that failed
		"cda":                        "677003000000", // enciphered PIN right; CDA twice, issuer authenticated; three tries
		"pin-enciphered-three-wrong": "667000180000",
		"sda":                        "601003200000", // no PIN
		"issuer-at-end-forged":       "201003200400",
		"script-both":                "677023000200",
		"amex":                       "6030000000",
		"pin-and-signature":          "6038000000",
		"pboc-credit":                "03600002",
	}
	for _, c := range decktest.Cases() {
		w, ok := want[c.Name]
		if !ok {
			continue
		}
		iad := play(t, c, decktest.Direct).Outcome.Facts[0x9F10]
		m, _, known := issuer.Recognise(iad)
		at := 3
		if m == issuer.MastercardCVN16 || m == issuer.MastercardCVN17 {
			at = 2
		}
		if !known || fmt.Sprintf("%X", iad[at:at+m.CVRSize()]) != w {
			t.Errorf("%s: %X, want %s", c.Name, iad, w)
		}
	}
}

// An approval is in the card's log, a refusal is not.
func TestLogged(t *testing.T) {
	for code, want := range map[string]int{"00": 1, "05": 0} {
		card, err := deck.Find("unionpay-credit")
		if err != nil {
			t.Fatal(err)
		}
		card.PowerOn()
		c := decktest.Case{PINs: []string{"123456"}, Host: decktest.Host{Code: code}}
		if _, err := c.Play(decktest.Direct(card)); err != nil || len(card.Snapshot().Applications[0].Log) != want {
			t.Errorf("%s: %v, log %v", code, err, card.Snapshot().Applications)
		}
	}
}

// Every case comes to the same through the deck's own reader.
func TestTableOverPort(t *testing.T) {
	for _, c := range decktest.Cases() {
		got := play(t, c, func(card *deck.Card) decktest.Transmit {
			p := deck.New()
			p.Insert(card)
			s, err := p.Open(t.Context(), "")
			if err != nil { // a card that is mute from the start cannot be opened
				return func([]byte) (uint16, []byte, error) { return 0, nil, err }
			}
			return func(command []byte) (uint16, []byte, error) { return s.Transmit(t.Context(), command) }
		})
		for _, d := range c.Want.Differences(got.Want) {
			t.Errorf("%s: %s", c.Name, d)
		}
	}
}

// The plain credit card's first cryptogram comes with the twelfth command at the
// latest.
func TestCommands(t *testing.T) {
	got := play(t, decktest.Cases()[0], decktest.Direct)
	if got.ARQCAt == 0 || got.ARQCAt > 12 {
		t.Errorf("%d commands from the first SELECT to the first cryptogram, want at most 12", got.ARQCAt)
	}
}

// A whole sale: kernel, card and issuer.
func BenchmarkSession(b *testing.B) {
	all := decktest.Cases()
	for _, name := range []string{"online-approved", "dda", "cda"} {
		c := all[slices.IndexFunc(all, func(c decktest.Case) bool { return c.Name == name })]
		b.Run(name, func(b *testing.B) {
			var got decktest.Got
			for b.Loop() {
				got = play(b, c, decktest.Direct)
			}
			b.ReportMetric(float64(got.ARQCAt), "apdus/cryptogram")
		})
	}
}
