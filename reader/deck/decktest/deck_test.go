package decktest_test

import (
	"errors"
	"slices"
	"strings"
	"testing"

	"vpos/reader"
	"vpos/reader/deck"
	"vpos/reader/deck/decktest"
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
