package chip

import (
	"errors"
	"io"

	"vpos/reader"
	"vpos/reader/emv"
	"vpos/txn"
)

// needPIN is the cardholder's PIN: on the reader's own keys where it has some, on
// the keyboard in training, and otherwise there is no PIN device and the card's
// list of methods goes on.
func (s *session) needPIN(slot reader.Slot, q emv.NeedPIN) emv.Request {
	ask := txn.CardPIN{Session: s.f.Session, Tries: q.TriesLeft, Wrong: q.Wrong, Lang: q.Language}
	if pad, ok := slot.(reader.Pinpad); ok && len(q.PINPad) > 0 && !s.c.o.Training {
		return s.padPIN(pad, q, ask)
	}
	if !s.c.o.Training || q.Online && !s.c.o.OnlinePIN {
		s.noPad = true
		return s.kernel.PIN(emv.PINResult{Broken: true})
	}
	a, end := s.wait(ask)
	defer a.PIN.Wipe()
	switch {
	case end != nil:
		return end
	case a.Bypass:
		return s.kernel.PIN(emv.PINResult{Bypassed: true})
	}
	if q.Online { // for the issuer: the kernel needs no more than to know that there is one
		s.online = reader.NewSecret(a.PIN.Reveal())
		return s.kernel.PIN(emv.PINResult{Entered: true})
	}
	r := emv.PINResult{Digits: append([]byte(nil), a.PIN.Reveal()...)} // the kernel wipes them
	if q.Enciphered {
		r.Padding = make([]byte, q.Padding)
		if _, err := io.ReadFull(s.c.o.Random, r.Padding); err != nil {
			s.c.o.Log.Error("card: no chance", "err", err)
			return s.kernel.PIN(emv.PINResult{Broken: true})
		}
	}
	return s.kernel.PIN(r)
}

// padPIN has the reader ask for the PIN and give it to the card itself.
func (s *session) padPIN(pad reader.Pinpad, q emv.NeedPIN, ask txn.CardPIN) emv.Request {
	ask.Pad = true
	s.c.o.Tell(ask)
	sw, err := pad.VerifyPIN(s.ctx, reader.PINEntry{Chinese: q.Language == "zh"})
	for errors.Is(err, reader.ErrPINLength) && s.ctx.Err() == nil { // the reader asks again
		sw, err = pad.VerifyPIN(s.ctx, reader.PINEntry{Chinese: q.Language == "zh"})
	}
	s.c.o.Tell(txn.CardWorks{Session: s.f.Session})
	switch {
	case errors.Is(err, reader.ErrTorn):
		return s.kernel.Torn()
	case errors.Is(err, reader.ErrPINCancelled), errors.Is(err, reader.ErrPINTimeout):
		return s.kernel.Cancel() // whoever does not know the PIN must not sign instead
	case err != nil:
		s.c.o.Log.Warn("card: PIN pad", "err", err)
		return s.kernel.PIN(emv.PINResult{Broken: true})
	}
	return s.kernel.PIN(emv.PINResult{Status: sw})
}
