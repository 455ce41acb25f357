package pcsc_test

import (
	"bytes"
	"context"
	"errors"
	"slices"
	"testing"
	"time"

	"vpos/reader"
	"vpos/reader/pcsc"
	"vpos/reader/pcsc/pcscd"
	"vpos/reader/vpcd"
)

var selectPSE = append([]byte{0x00, 0xA4, 0x04, 0x00, 14}, append([]byte("1PAY.SYS.DDF01"), 0)...)

func TestRealInsertAndRemoval(t *testing.T) {
	d := pcscd.Start(t)
	p := pcsc.New()
	e := watch(t, p)
	e.card(0, reader.NoCard)
	if _, err := p.Open(t.Context(), d.Readers[0]); !errors.Is(err, reader.ErrNoCard) {
		t.Errorf("an empty reader: %v", err)
	}
	if _, err := p.Open(t.Context(), ""); !errors.Is(err, reader.ErrNoCard) {
		t.Errorf("any of the empty readers: %v", err)
	}
	if _, err := p.Open(t.Context(), "none"); !errors.Is(err, reader.ErrReader) {
		t.Errorf("an unknown reader: %v", err)
	}
	pull := insert(t, d, 0, &plastic{atr: atrT0})
	if r := e.card(0, reader.CardIn); !bytes.Equal(r.ATR, atrT0) || r.Name != d.Readers[0] || r.Contactless {
		t.Errorf("inserted: %+v", r)
	}
	pull()
	if r := e.card(0, reader.NoCard); r.ATR != nil {
		t.Errorf("removed: %+v", r)
	}
}

func TestRealTwoReaders(t *testing.T) {
	d := pcscd.StartBoth(t)
	p := pcsc.New()
	e := watch(t, p)
	insert(t, d, 1, &plastic{atr: atrT1})
	e.card(1, reader.CardIn)
	insert(t, d, 2, &plastic{atr: atrContactless, answer: func(c []byte) ([]byte, error) {
		if c[0] == 0xFF {
			return []byte{1, 2, 3, 4, 0x90, 0x00}, nil
		}
		return []byte{0x6A, 0x82}, nil
	}})
	if r := e.card(2, reader.CardIn); !r.Contactless {
		t.Errorf("not contactless: %+v", r)
	}
	first, second := open(t, p, ""), open(t, p, d.Readers[2])
	if first.Name() != d.Readers[1] || !bytes.Equal(first.ATR(), atrT1) {
		t.Errorf("whichever holds a card: %q %X", first.Name(), first.ATR())
	}
	for s, want := range map[reader.Slot]bool{first: false, second: true} {
		if got, err := pcsc.Contactless(t.Context(), s); got != want || err != nil {
			t.Errorf("%s: contactless %v, %v", s.Name(), got, err)
		}
	}
	if !pcsc.Match("pcsc:virtual contactless", second.Name()) || pcsc.Match("pcsc:virtual contactless", first.Name()) {
		t.Error("a setting does not name the reader")
	}
}

// A T=0 card wants its answers fetched; a T=1 card gives them.
func TestRealProtocols(t *testing.T) {
	fci := bytes.Repeat([]byte{0x6F}, 40)
	t.Run("T=0", func(t *testing.T) {
		card := &plastic{atr: atrT0, answer: func(c []byte) ([]byte, error) {
			switch {
			case c[1] == 0xA4 && len(c) == 19:
				return []byte{0x61, 40}, nil
			case c[1] == 0xC0 && c[4] == 40:
				return append(slices.Clone(fci), 0x90, 0x00), nil
			case c[1] == 0xB2 && c[4] == 0:
				return []byte{0x6C, 3}, nil
			case c[1] == 0xB2 && c[4] == 3:
				return []byte{7, 8, 9, 0x90, 0x00}, nil
			}
			return []byte{0x6F, 0x00}, nil
		}}
		s, _, _ := opened(t, pcscd.Start(t), card)
		wants(t, s, selectPSE, 0x9000, fci)
		wants(t, s, []byte{0x00, 0xB2, 0x01, 0x0C, 0x00}, 0x9000, []byte{7, 8, 9})
	})
	t.Run("T=1", func(t *testing.T) {
		card := &plastic{atr: atrT1, answer: func(c []byte) ([]byte, error) {
			if len(c) != 20 {
				return []byte{0x67, 0x00}, nil
			}
			return append(slices.Clone(fci), 0x90, 0x00), nil
		}}
		s, _, _ := opened(t, pcscd.Start(t), card)
		wants(t, s, selectPSE, 0x9000, fci)
		if got := card.seen(); len(got) != 1 || !bytes.Equal(got[0], selectPSE) {
			t.Errorf("the card saw %d commands", len(got))
		}
	})
}

func TestRealTear(t *testing.T) {
	t.Run("inside a command", func(t *testing.T) {
		card := &plastic{atr: atrT0, answer: func([]byte) ([]byte, error) { return nil, vpcd.ErrTear }}
		s, _, e := opened(t, pcscd.Start(t), card)
		for range 2 { // and it stays torn
			if _, _, err := s.Transmit(t.Context(), selectPSE); !errors.Is(err, reader.ErrTorn) {
				t.Errorf("got %v", err)
			}
		}
		e.card(0, reader.NoCard)
		if err := s.Close(); err != nil {
			t.Error(err)
		}
		if n := len(card.seen()); n != 1 {
			t.Errorf("the card saw %d commands", n)
		}
	})
	t.Run("between commands", func(t *testing.T) {
		d := pcscd.Start(t)
		p := pcsc.New()
		e := watch(t, p)
		pull := insert(t, d, 0, &plastic{atr: atrT0})
		e.card(0, reader.CardIn)
		s := open(t, p, "")
		wants(t, s, selectPSE, 0x9000, nil)
		pull()
		e.card(0, reader.NoCard)
		if _, _, err := s.Transmit(t.Context(), selectPSE); !errors.Is(err, reader.ErrTorn) {
			t.Errorf("got %v", err)
		}
		// Another card in its place is not the same one.
		insert(t, d, 0, &plastic{atr: atrT0})
		e.card(0, reader.CardIn)
		if _, _, err := s.Transmit(t.Context(), selectPSE); !errors.Is(err, reader.ErrTorn) {
			t.Errorf("another card: %v", err)
		}
		s.Close()
		wants(t, open(t, p, ""), selectPSE, 0x9000, nil)
	})
}

func TestRealExclusive(t *testing.T) {
	s, p, mine := opened(t, pcscd.Start(t), &plastic{atr: atrT0})
	other := pcsc.New()
	theirs := watch(t, other)
	for _, name := range []string{s.Name(), ""} {
		if _, err := other.Open(t.Context(), name); !errors.Is(err, reader.ErrCardBusy) {
			t.Errorf("another program opens %q: %v", name, err)
		}
		if _, err := p.Open(t.Context(), name); !errors.Is(err, reader.ErrCardBusy) {
			t.Errorf("the same program opens %q again: %v", name, err)
		}
	}
	theirs.card(0, reader.CardShared)
	if err := s.Close(); err != nil {
		t.Error(err)
	}
	if err := s.Close(); err != nil {
		t.Errorf("closed twice: %v", err)
	}
	if _, _, err := s.Transmit(t.Context(), selectPSE); !errors.Is(err, reader.ErrReader) {
		t.Errorf("a closed slot: %v", err)
	}
	theirs.card(0, reader.CardIn)
	open(t, other, "")
	mine.card(0, reader.CardShared)
}

// What does not answer at all is mute at once; what falls silent in the middle
// of a command is given up by whoever waits.
func TestRealMute(t *testing.T) {
	t.Run("no answer to reset", func(t *testing.T) {
		d := pcscd.Start(t)
		p := pcsc.New()
		e := watch(t, p)
		insert(t, d, 0, &plastic{})
		e.card(0, reader.CardMute)
		if _, err := p.Open(t.Context(), ""); !errors.Is(err, reader.ErrCardMute) {
			t.Errorf("got %v", err)
		}
	})
	t.Run("silence", func(t *testing.T) {
		d := pcscd.Start(t)
		asked := make(chan struct{}, 1)
		card := &plastic{atr: atrT0, answer: func([]byte) ([]byte, error) { asked <- struct{}{}; return nil, nil }}
		p := pcsc.New()
		e := watch(t, p)
		pull := insert(t, d, 0, card)
		e.card(0, reader.CardIn)
		s := open(t, p, "")
		ctx, cancel := context.WithCancel(t.Context())
		go func() { <-asked; cancel() }()
		start := time.Now()
		if _, _, err := s.Transmit(ctx, selectPSE); !errors.Is(err, context.Canceled) || !errors.Is(err, reader.ErrReader) {
			t.Errorf("got %v", err)
		}
		if err := s.Close(); err != nil {
			t.Errorf("close: %v", err)
		}
		if _, _, err := s.Transmit(t.Context(), selectPSE); !errors.Is(err, reader.ErrReader) {
			t.Errorf("after it was left behind: %v", err)
		}
		t.Logf("left behind after %v", time.Since(start))
		pull() // which ends the call that hangs
		e.card(0, reader.NoCard)
		// Into the other slot: powering off a card that is out tells the world that
		// the slot is empty before the service has looked into it itself, and a
		// card put in before it does (0.4 s) would never be noticed.
		insert(t, d, 1, &plastic{atr: atrT1})
		e.card(1, reader.CardIn)
		wants(t, open(t, p, ""), selectPSE, 0x9000, nil)
	})
}

// Whoever looks late is told everything all the same: one card left and another
// came.
func TestRealSwap(t *testing.T) {
	d := pcscd.Start(t)
	e, late, blocked := watch(t, pcsc.New()), make(chan reader.Readers, 100), make(chan struct{})
	ctx, cancel := context.WithCancel(t.Context())
	ended := make(chan struct{})
	first := true
	go func() {
		defer close(ended)
		pcsc.New().Watch(ctx, func(now reader.Readers) {
			late <- now
			if first && len(now.List) > 0 && now.List[0].Card == reader.CardIn {
				first = false
				<-blocked
			}
		})
	}()
	pull := insert(t, d, 0, &plastic{atr: atrT0})
	for now := range late {
		if len(now.List) > 0 && now.List[0].Card == reader.CardIn {
			break
		}
	}
	e.card(0, reader.CardIn)
	pull()
	e.card(0, reader.NoCard)
	insert(t, d, 0, &plastic{atr: atrT0other})
	e.card(0, reader.CardIn)
	close(blocked)
	if now := <-late; now.List[0].Card != reader.NoCard {
		t.Errorf("the removal was passed over: %+v", now)
	}
	if now := <-late; !bytes.Equal(now.List[0].ATR, atrT0other) {
		t.Errorf("the second card: %+v", now)
	}
	cancel()
	<-ended
}
