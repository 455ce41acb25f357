package pcsc

import (
	"context"
	"errors"
	"fmt"

	"vpos/reader"
)

// Pinpad is a [reader.Slot] in a reader with its own keys: the PIN goes from
// there to the card, and nobody here ever sees it. Only a slot of such a reader
// has it:
//
//	pad, ok := slot.(pcsc.Pinpad)
type Pinpad interface {
	reader.Slot

	// VerifyPIN has the reader ask for a PIN of 4 to 12 digits and send it to the
	// card as a plaintext offline PIN (EMV Book 3, 6.5.12). The status is the
	// card's. Besides the errors of Transmit there are [ErrPINTimeout],
	// [ErrPINCancelled] and [ErrPINLength]; with them the card was asked nothing.
	VerifyPIN(ctx context.Context, entry PINEntry) (sw uint16, err error)
}

// PINEntry is how a reader asks for a PIN.
type PINEntry struct {
	Seconds byte // without a key, until it gives up; 0 is 30
	Chinese bool // the words on the reader's display, if it has one; else English
}

// Why a PIN entry ended without the card being asked (PC/SC part 10, 2.5.2).
var (
	ErrPINTimeout   = errors.New("pcsc: nobody entered a PIN")
	ErrPINCancelled = errors.New("pcsc: the PIN entry was cancelled")
	ErrPINLength    = errors.New("pcsc: the PIN has too few or too many digits")
)

var pinAnswers = map[uint16]error{0x6400: ErrPINTimeout, 0x6401: ErrPINCancelled, 0x6403: ErrPINLength}

// The language numbers of the two languages.
const (
	languageEnglish = 0x0409
	languageChinese = 0x0804
)

func (e PINEntry) block() pinEntry {
	p := pinEntry{seconds: e.Seconds, least: 4, most: 12, language: languageEnglish}
	if p.seconds == 0 {
		p.seconds = 30
	}
	if e.Chinese {
		p.language = languageChinese
	}
	return p
}

// pinpad is a slot in a reader that can do featureVerifyDirect.
type pinpad struct {
	*slot
	ioctl uint32
}

func (p *pinpad) VerifyPIN(ctx context.Context, entry PINEntry) (uint16, error) {
	in := entry.block().structure()
	got, err := ask(ctx, p.owner, func(c *connection) reply {
		if c.dead != nil {
			return reply{err: c.dead}
		}
		answer, err := c.card.control(p.ioctl, in)
		switch {
		case err != nil:
			return reply{err: c.verdict(err)}
		case len(answer) != 2: // nothing but a status; whatever else it is must not be looked at
			clear(answer)
			return reply{err: c.verdict(errNoStatus)}
		}
		return reply{sw: uint16(answer[0])<<8 | uint16(answer[1])}
	})
	if err == nil {
		err = got.err
	}
	if err == nil {
		err = pinAnswers[got.sw]
	}
	if err != nil {
		return 0, fmt.Errorf("pcsc: PIN entry at the reader: %w", err)
	}
	return got.sw, nil
}
