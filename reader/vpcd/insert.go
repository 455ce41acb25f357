package vpcd

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net"
)

// Card is what can be inserted. Its methods are called by one goroutine.
type Card interface {
	// PowerOn resets the card and gives its answer to reset, at most 33 bytes.
	// An empty one is a card that does not answer: the reader sees that
	// something is there, and no more.
	PowerOn() (atr []byte)

	// PowerOff takes the power away. It may come twice.
	PowerOff()

	// Transmit answers one command of at least two bytes with data and SW; the
	// command is good until it returns. A nil reply is sent as silence.
	// [ErrTear] pulls the card out; any other error does the same.
	Transmit(command []byte) (reply []byte, err error)
}

// ErrTear is how a card says that it is torn out of the reader now.
var ErrTear = errors.New("vpcd: the card was torn out")

// ErrClosed says that the virtual reader closed the slot: its service ended.
var ErrClosed = errors.New("vpcd: the reader closed the slot")

// Insert puts a card into the slot of a virtual reader at a TCP address and
// keeps it there until ctx ends, the card tears itself out or the reader goes
// away. It always gives an error that says which: that of ctx, [ErrTear],
// [ErrClosed], or what failed, wrapped. The card is powered off at the end.
//
// The reader looks for a card a few times a second, so it is seen a little
// later. A slot that is taken leaves the card waiting in front of it.
func Insert(ctx context.Context, address string, card Card) error {
	var dialer net.Dialer
	conn, err := dialer.DialContext(ctx, "tcp", address)
	if err != nil {
		return fmt.Errorf("vpcd: insert: %w", err)
	}
	defer context.AfterFunc(ctx, func() { _ = conn.Close() })()
	defer func() { _ = conn.Close() }()
	s := slot{link: link{rw: conn, wake: quickAck(conn)}, card: card}
	defer card.PowerOff()
	err = s.serve()
	if ctx.Err() != nil {
		return fmt.Errorf("vpcd: taken out: %w", context.Cause(ctx))
	}
	return err
}

// slot is one card in one reader.
type slot struct {
	link   link
	card   Card
	atr    []byte // of the last power on
	learnt bool   // it was powered on at least once
}

// The messages of one byte.
const (
	controlOff   = 0
	controlOn    = 1
	controlReset = 2
	controlATR   = 4
)

// noATR is said in place of an ATR that does not come. The reader asks for the
// ATR both to see whether a card is there and after it powered one on. Any
// answer is a card, and one longer than an ATR can be (ISO/IEC 7816-3, 8.2.1)
// does not power on; no answer at all would hang the reader.
var noATR = make([]byte, maxATR+1)

const maxATR = 33

// serve answers until something ends it; the error is never nil.
func (s *slot) serve() error {
	for {
		message, err := s.link.receive()
		switch {
		case errors.Is(err, io.EOF):
			return ErrClosed
		case err != nil:
			return err
		}
		if len(message) == 1 {
			err = s.control(message[0])
		} else {
			err = s.command(message)
		}
		if err != nil {
			return err
		}
	}
}

// control obeys a message of one byte; one of no known meaning is passed over.
func (s *slot) control(code byte) error {
	switch code {
	case controlOff:
		s.card.PowerOff()
	case controlReset:
		s.card.PowerOff()
		s.powerOn()
	case controlOn:
		s.powerOn()
	case controlATR:
		if !s.learnt { // asked for before there was power: a look at the card
			s.powerOn()
			s.card.PowerOff()
		}
		if len(s.atr) == 0 {
			return s.link.send(noATR)
		}
		return s.link.send(s.atr)
	}
	return nil
}

func (s *slot) powerOn() {
	s.atr, s.learnt = s.card.PowerOn(), true
}

// command has the card answer one APDU.
func (s *slot) command(apdu []byte) error {
	reply, err := s.card.Transmit(apdu)
	clear(apdu)
	switch {
	case err != nil:
		return err
	case reply == nil:
		return nil
	}
	return s.link.send(reply)
}
