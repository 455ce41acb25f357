package chip_test

import (
	"context"
	"fmt"
	"testing"

	"vpos/reader"
	"vpos/reader/deck"
	"vpos/txn"
	"vpos/txn/chip"
)

// In training every application of a card must be a test card's: the first one's
// number opens no second.
func TestSecondApplicationIsReal(t *testing.T) {
	first := ""
	b := newTill(t, func(o *chip.Options) {
		o.Test = func(pan reader.PAN) bool {
			if first == "" {
				first = string(pan.Reveal())
			}
			return string(pan.Reveal()) == first
		}
	})
	b.present("two-applications", "1234")
	b.until(txn.Choose, txn.PINEntry, txn.Present)
	b.end(txn.Present, 0)
	if b.state.Problem != txn.CardReal {
		t.Errorf("problem %q", b.state.Problem)
	}
}

// padPort is the deck in a reader with keys of its own, on which the entry ends in
// an error.
type padPort struct {
	*deck.Port
	err error
}

type padSlot struct {
	reader.Slot
	err error
}

func (p padPort) Open(ctx context.Context, name string) (reader.Slot, error) {
	slot, err := p.Port.Open(ctx, name)
	return padSlot{slot, p.err}, err //nolint:wrapcheck // the deck's own
}

func (s padSlot) VerifyPIN(context.Context, reader.PINEntry) (uint16, error) {
	return 0, fmt.Errorf("keys: %w", s.err)
}

// Whoever cancels the PIN on the reader's keys, or does not enter it, does not sign
// instead.
func TestPINPadCancelled(t *testing.T) {
	for _, err := range []error{reader.ErrPINCancelled, reader.ErrPINTimeout} {
		b := newTill(t, func(o *chip.Options) {
			port, _ := o.Port.(*deck.Port)
			o.Training, o.Port = false, padPort{port, err}
		})
		b.present("visa-debit", "1234")
		b.until(txn.ApprovedShown, txn.DeclinedShown, txn.Idle, txn.Present)
		if b.state.Name == txn.ApprovedShown || len(b.rows) > 0 {
			t.Errorf("%v: %s with %d rows", err, b.state.Name, len(b.rows))
		}
	}
}

// told is a port that says what a test wants it to.
type told struct {
	*deck.Port
	pictures chan []reader.ReaderState
}

func (p told) Watch(ctx context.Context, changed func(reader.Readers)) {
	changed(reader.Readers{State: "pcsc.ready", List: []reader.ReaderState{{Name: "badge"}, {Name: deck.PortName}}})
	for {
		select {
		case list := <-p.pictures:
			changed(reader.Readers{State: "pcsc.ready", List: list})
		case <-ctx.Done():
			return
		}
	}
}

func newTold(t *testing.T) (*till, told, func(badge, card reader.CardState)) {
	t.Helper()
	var p told
	b := newTill(t, func(o *chip.Options) {
		port, _ := o.Port.(*deck.Port)
		p = told{port, make(chan []reader.ReaderState)}
		o.Port = p
	})
	return b, p, func(badge, card reader.CardState) {
		p.pictures <- []reader.ReaderState{{Name: "badge", Card: badge}, {Name: deck.PortName, Card: card}}
	}
}

func put(t *testing.T, p told, spec string) {
	t.Helper()
	c, err := deck.Find(spec)
	if err != nil {
		t.Fatal(err)
	}
	p.Insert(c)
}

// A badge that is always in one reader does not hide the card in another.
func TestBadgeAlwaysIn(t *testing.T) {
	b, p, see := newTold(t)
	see(reader.CardIn, reader.NoCard)
	b.key("1234") // the badge is read first, where it is at all
	put(t, p, "visa-credit")
	b.until(txn.Processing)
	b.until(txn.Present)
	see(reader.CardIn, reader.CardIn)
	b.until(txn.Processing)
	b.finish()
	b.end(txn.ApprovedShown, 1)
}

// A service that is gone for a moment, and comes back with the card still in, is no
// new card: one that has paid does not pay again.
func TestHiccupIsNoNewCard(t *testing.T) {
	b, p, see := newTold(t)
	b.key("1234")
	put(t, p, "visa-credit")
	see(reader.NoCard, reader.CardIn)
	b.until(txn.Processing)
	b.finish()
	b.end(txn.ApprovedShown, 1)
	b.key("")
	b.key("")
	p.pictures <- nil // no service
	see(reader.NoCard, reader.CardIn)
	see(reader.NoCard, reader.CardIn)
	b.key("500")
	for len(b.events) > 0 {
		b.give(<-b.events)
	}
	if b.state.Name != txn.Present || !b.state.Spent {
		t.Errorf("the forgotten card is read: %s", b.state.Name)
	}
	see(reader.NoCard, reader.NoCard)
	see(reader.NoCard, reader.CardIn)
	b.until(txn.Processing)
	b.finish()
	b.end(txn.ApprovedShown, 2)
}

// A card that was in before anybody looked must be put in again.
func TestFoundCardWaits(t *testing.T) {
	b, p, _ := newTold(t)
	put(t, p, "visa-credit")
	b.give(txn.Inserted{Reader: deck.PortName, Found: true})
	b.key("1234")
	if b.state.Name != txn.Present || !b.state.Spent {
		t.Errorf("%s, spent %t", b.state.Name, b.state.Spent)
	}
}

// An answer to a session that waits for none is wiped, whoever is faster.
func TestAnswerTooMany(t *testing.T) {
	b := newTill(t, nil)
	b.present("visa-debit", "1234")
	b.until(txn.PINEntry)
	session := b.state.PIN.Session
	b.port.Remove()
	b.until(txn.Present)
	for range 50 {
		pin := reader.NewSecret("1234")
		b.cards.Answer(txn.AnswerCard{Session: session, PIN: pin})
		if !pin.Empty() {
			t.Fatal("a PIN nobody waits for is still there")
		}
	}
}
