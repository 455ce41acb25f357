package pcsc

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"vpos/reader"
)

func TestOpenWhichever(t *testing.T) {
	for name, c := range map[string]struct {
		refuse map[string]error // of the readers A, B, C; nil is a card, none no card
		want   error
		got    string
	}{
		"no card":           {nil, reader.ErrNoCard, ""},
		"the second":        {map[string]error{"B": nil}, nil, "B"},
		"past a mute one":   {map[string]error{"A": codeUnresponsive, "C": nil}, nil, "C"},
		"past another's":    {map[string]error{"A": codeBusy, "C": nil}, nil, "C"},
		"busy tells most":   {map[string]error{"A": codeUnresponsive, "B": codeBusy}, reader.ErrCardBusy, ""},
		"mute tells more":   {map[string]error{"B": codeUnpowered, "C": codeUnavailable}, reader.ErrCardMute, ""},
		"a broken reader":   {map[string]error{"C": codeUnavailable}, reader.ErrReader, ""},
		"both ways refused": {map[string]error{"C": codeMismatch}, reader.ErrCardMute, ""},
	} {
		s := newService(place{name: "A"}, place{name: "B"}, place{name: "C"})
		for n, err := range c.refuse {
			card := newCard()
			if err != nil {
				card.refuse = slices.Repeat([]error{err}, 1000)
			}
			s.cards[n] = card
		}
		p := newPort(s)
		slot, err := p.Open(t.Context(), "")
		if !errors.Is(err, c.want) {
			t.Errorf("%s: %v, want %v", name, err, c.want)
		}
		if err == nil {
			if slot.Name() != c.got {
				t.Errorf("%s: opened %q", name, slot.Name())
			}
			if err := slot.Close(); err != nil {
				t.Errorf("%s: close: %v", name, err)
			}
			<-s.cards[c.got].off
		}
		for range maxSlots { // every turn was given back
			p.turns <- struct{}{}
		}
		if s.opens != s.released || p.held[c.got].count != 0 {
			t.Errorf("%s: %d contexts opened, %d released, held %+v", name, s.opens, s.released, p.held)
		}
	}
}

func TestConnectAgain(t *testing.T) {
	for name, c := range map[string]struct {
		refuse []error
		want   protocol
	}{
		"at once":        {nil, protocolT0 | protocolT1},
		"mismatch":       {[]error{codeMismatch}, protocolT0},
		"twice":          {[]error{codeMismatch, codeMismatch}, protocolT1},
		"reset by other": {[]error{codeReset}, protocolT0},
		"busy a moment":  {[]error{codeBusy, codeBusy}, protocolT0 | protocolT1},
	} {
		s := newService(place{name: "A"})
		card := newCard()
		card.refuse = c.refuse
		s.cards["A"] = card
		slot, err := newPort(s).Open(t.Context(), "A")
		if err != nil || card.connects[0] != c.want {
			t.Errorf("%s: %v, %v", name, err, card.connects)
			continue
		}
		slot.Close()
	}
}

// one opens a card that answers as said.
func one(t *testing.T, card *fakeCard, answer func([]byte) ([]byte, error)) (reader.Slot, *Port) {
	t.Helper()
	card.answer = answer
	s := newService(place{name: "A", state: 0x20})
	s.cards["A"] = card
	p := newPort(s)
	slot, err := p.Open(t.Context(), "A")
	if err != nil {
		t.Fatal(err)
	}
	return slot, p
}

// verify carries a PIN block: no error may show it.
var verify = []byte{0x00, 0x20, 0x00, 0x80, 0x08, 0x24, 0x12, 0x34, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF}

func TestTransmitErrors(t *testing.T) {
	for name, c := range map[string]struct {
		err    error
		gone   bool
		events uint16
		want   error
		sticky bool
	}{
		"removed":                {codeRemoved, true, 0, reader.ErrTorn, true},
		"reset by another":       {codeReset, false, 0, reader.ErrTorn, true},
		"torn inside":            {codeUntransacted, true, 0, reader.ErrTorn, true},
		"torn, and another card": {codeUntransacted, false, 2, reader.ErrTorn, true},
		"mute":                   {codeUntransacted, false, 0, reader.ErrCardMute, false},
		"unpowered":              {codeUnpowered, false, 0, reader.ErrCardMute, false},
		"the reader":             {codeUnavailable, false, 0, reader.ErrReader, false},
		"an empty answer":        {nil, false, 0, reader.ErrReader, false},
		"an empty answer, torn":  {nil, true, 0, reader.ErrTorn, true},
	} {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				card, sent := newCard(), 0
				slot, _ := one(t, card, func([]byte) ([]byte, error) { sent++; return nil, c.err })
				defer slot.Close()
				card.gone, card.events = c.gone, c.events
				_, _, err := slot.Transmit(t.Context(), verify)
				if !errors.Is(err, c.want) {
					t.Errorf("got %v", err)
				}
				for _, other := range []error{reader.ErrTorn, reader.ErrCardMute, reader.ErrReader} {
					if other != c.want && errors.Is(err, other) {
						t.Errorf("it is %v as well", other)
					}
				}
				for _, secret := range []string{"1234", "24123", "[36 18", "0x12"} {
					if text := fmt.Sprintf("%v %+v", err, err); strings.Contains(text, secret) {
						t.Errorf("the data is in %q", text)
					}
				}
				if _, _, again := slot.Transmit(t.Context(), verify); !errors.Is(again, c.want) || (sent == 1) != c.sticky {
					t.Errorf("again: %v after %d sent", again, sent)
				}
			})
		})
	}
}

// A call that hangs is left behind: nobody waits, the card is let go when it
// returns, and the calls that hang do not pile up.
func TestTransmitHangs(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		card, hang := newCard(), make(chan struct{})
		var sent [][]byte
		slot, p := one(t, card, func(c []byte) ([]byte, error) {
			sent = append(sent, append([]byte(nil), c...))
			<-hang
			return []byte{0x61, 0x10}, nil
		})
		ctx, cancel := context.WithTimeout(t.Context(), time.Second)
		defer cancel()
		if _, _, err := slot.Transmit(ctx, verify); !errors.Is(err, context.DeadlineExceeded) {
			t.Errorf("got %v", err)
		}
		if err := slot.Close(); err != nil {
			t.Errorf("close: %v", err)
		}
		select {
		case <-card.off:
			t.Error("powered off in the middle of a command")
		default:
		}
		for range maxSlots - 1 {
			p.turns <- struct{}{}
		}
		if _, err := p.Open(t.Context(), "A"); !errors.Is(err, reader.ErrReader) {
			t.Errorf("one more: %v", err)
		}
		close(hang)
		<-card.off
		synctest.Wait()
		if len(sent) != 1 {
			t.Errorf("%d commands were sent after nobody waited any more", len(sent)-1)
		}
		if len(p.turns) != maxSlots-1 {
			t.Error("the turn was not given back")
		}
	})
}

func TestOpenHangs(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := newService(place{name: "A", state: 0x20})
		s.cards["A"], s.hang = newCard(), make(chan struct{})
		p := newPort(s)
		ctx, cancel := context.WithTimeout(t.Context(), time.Second)
		defer cancel()
		if _, err := p.Open(ctx, "A"); !errors.Is(err, context.DeadlineExceeded) {
			t.Errorf("got %v", err)
		}
		close(s.hang)
		<-s.cards["A"].off // what was opened too late is closed
		synctest.Wait()
		if s.opens != s.released || len(p.turns) != 0 {
			t.Errorf("%d opened, %d released", s.opens, s.released)
		}
	})
}

// A context that ended before anything was sent costs the card nothing.
func TestTransmitNotBegun(t *testing.T) {
	slot, _ := one(t, newCard(), func([]byte) ([]byte, error) { return []byte{0x90, 0x00}, nil })
	defer slot.Close()
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, _, err := slot.Transmit(ctx, verify); !errors.Is(err, context.Canceled) {
		t.Errorf("got %v", err)
	}
	for _, bad := range [][]byte{nil, {0}, {0, 1, 2, 3, 9, 9}} {
		if _, _, err := slot.Transmit(t.Context(), bad); !errors.Is(err, reader.ErrReader) {
			t.Errorf("%X: %v", bad, err)
		}
	}
	if sw, _, err := slot.Transmit(t.Context(), verify); sw != 0x9000 || err != nil {
		t.Errorf("%04X %v", sw, err)
	}
}

func TestPinpad(t *testing.T) {
	card := newCard()
	card.features = []byte{0x06, 0x04, 0x42, 0x33, 0x00, 0x06}
	answer := []byte{0x90, 0x00}
	slot, _ := one(t, card, func([]byte) ([]byte, error) { return answer, nil })
	defer slot.Close()
	pad, ok := slot.(reader.Pinpad)
	if !ok {
		t.Fatal("the reader's keys were not found")
	}
	for _, c := range []struct {
		answer []byte
		sw     uint16
		err    error
	}{
		{[]byte{0x90, 0x00}, 0x9000, nil},
		{[]byte{0x63, 0xC2}, 0x63C2, nil},
		{[]byte{0x69, 0x83}, 0x6983, nil},
		{[]byte{0x64, 0x00}, 0, reader.ErrPINTimeout},
		{[]byte{0x64, 0x01}, 0, reader.ErrPINCancelled},
		{[]byte{0x64, 0x03}, 0, reader.ErrPINLength},
	} {
		answer = c.answer
		if sw, err := pad.VerifyPIN(t.Context(), reader.PINEntry{}); sw != c.sw || !errors.Is(err, c.err) {
			t.Errorf("%X: %04X %v", c.answer, sw, err)
		}
	}
	if len(card.controls) != 6 || string(card.controls[0]) != string(block(reader.PINEntry{}).structure()) {
		t.Errorf("the reader was told %X", card.controls)
	}
	answer = []byte{0x24, 0x12, 0x34, 0x90, 0x00}
	card.gone = true
	if _, err := pad.VerifyPIN(t.Context(), reader.PINEntry{}); !errors.Is(err, reader.ErrTorn) || strings.Contains(err.Error(), "1234") {
		t.Errorf("got %v", err)
	}
	if _, err := pad.VerifyPIN(t.Context(), reader.PINEntry{}); !errors.Is(err, reader.ErrTorn) || len(card.controls) != 7 {
		t.Errorf("a torn card was asked again: %v", err)
	}
	plain, _ := one(t, newCard(), nil)
	defer plain.Close()
	if _, ok := plain.(reader.Pinpad); ok {
		t.Error("a reader without keys has a pinpad")
	}
}

func TestContactlessIsAsked(t *testing.T) {
	slot, _ := one(t, newCard(), func([]byte) ([]byte, error) { return []byte{0x90, 0x00}, nil })
	defer slot.Close()
	if got, err := Contactless(t.Context(), slot); got || err != nil { // by its ATR it is none
		t.Errorf("%v %v", got, err)
	}
}
