package decktest_test

import (
	"fmt"
	"os"
	"slices"
	"testing"
	"time"

	"vpos/reader"
	"vpos/reader/deck"
	"vpos/reader/deck/decktest"
	"vpos/reader/pcsc"
	"vpos/reader/pcsc/pcscd"
)

const (
	benchRounds = 21

	// The goals: commands from the first SELECT to the answer to GENERATE AC 1,
	// and the terminal's own time in the card's part of a sale.
	maxCommands = 12
	maxOwn      = 2 * time.Millisecond
)

// TestBenchCard: a sale with the plain credit card over the real PC/SC service,
// powered on and off each time. The kernel, the issuer and the people of the case
// are the terminal's own time; what it waits for an answer is the card's.
func TestBenchCard(t *testing.T) {
	if os.Getenv("VPOS_BENCH") == "" {
		t.Skip("a measurement: make bench")
	}
	d := pcscd.Start(t)
	port := pcsc.New()
	l := lane{port, watchReaders(t, port), d.Readers[0], d.Address(0)}
	all := decktest.Cases()
	c := all[slices.IndexFunc(all, func(c decktest.Case) bool { return c.Name == "online-approved" })]
	card, err := deck.Find(c.Card)
	if err != nil {
		t.Fatal(err)
	}
	pull, err := l.put(t.Context(), card)
	if err != nil {
		t.Fatal(err)
	}
	var own, whole, theirs []time.Duration
	commands := 0
	for range benchRounds {
		slot, err := port.Open(t.Context(), l.name)
		if err != nil {
			t.Fatal(err)
		}
		in := stopwatch{Slot: slot}
		begun := time.Now()
		got, err := c.Play(func(command []byte) (uint16, []byte, error) { return in.transmit(t, command) })
		took := time.Since(begun)
		if err := slot.Close(); err != nil {
			t.Error(err)
		}
		if err != nil || len(c.Want.Differences(got.Want)) > 1 { // the PIN tries are not looked at
			t.Fatalf("%v %v", err, c.Want.Differences(got.Want))
		}
		commands = got.ARQCAt
		own, whole, theirs = append(own, took-in.inside), append(whole, took), append(theirs, in.inside)
	}
	if err := pull(false); err != nil {
		t.Error(err)
	}
	o, w, i := middle(own), middle(whole), middle(theirs)
	fmt.Printf("card: %d commands to the first cryptogram (goal %d); own time p50 %v (goal %v) of %v, ratio to the card's %v: %.3f\n",
		commands, maxCommands, o, maxOwn, w, i, float64(o)/float64(i))
	if commands == 0 || commands > maxCommands {
		t.Errorf("%d commands to the first cryptogram, want at most %d", commands, maxCommands)
	}
	if o > maxOwn {
		t.Errorf("own time %v, want at most %v", o, maxOwn)
	}
}

// stopwatch adds up the time inside Transmit.
type stopwatch struct {
	reader.Slot
	inside time.Duration
}

func (s *stopwatch) transmit(t *testing.T, command []byte) (uint16, []byte, error) {
	begun := time.Now()
	defer func() { s.inside += time.Since(begun) }()
	return s.Transmit(t.Context(), command)
}

func middle(d []time.Duration) time.Duration {
	slices.Sort(d)
	return d[len(d)/2].Round(time.Microsecond)
}
