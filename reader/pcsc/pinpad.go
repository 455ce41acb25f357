package pcsc

import (
	"context"
	"fmt"

	"vpos/reader"
)

// The PIN pad of a reader with its own keys: only a slot of such a reader is a
// [reader.Pinpad].

// pinAnswers is why the reader ended an entry (PC/SC part 10, 2.5.2).
var pinAnswers = map[uint16]error{0x6400: reader.ErrPINTimeout, 0x6401: reader.ErrPINCancelled, 0x6403: reader.ErrPINLength}

// The language numbers of the two languages.
const (
	languageEnglish = 0x0409
	languageChinese = 0x0804
)

func block(e reader.PINEntry) pinEntry {
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

func (p *pinpad) VerifyPIN(ctx context.Context, entry reader.PINEntry) (uint16, error) {
	in := block(entry).structure()
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
