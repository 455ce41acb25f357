package chip

import (
	"cmp"
	"encoding/hex"
	"errors"
	"fmt"

	"vpos/reader"
	"vpos/reader/emv"
	"vpos/txn"
)

// How a session ends, in the machine's words.

// failed is the end of a session that had no card to talk to.
func (s *session) failed(err error) txn.CardDone {
	if s.ctx.Err() != nil {
		return txn.CardDone{Code: txn.CardCancelled}
	}
	s.c.o.Log.Warn("card", "reader", s.f.Reader, "err", err)
	return txn.CardDone{Code: code(err), Fallback: errors.Is(err, reader.ErrCardMute)}
}

// code is what to say of a reader's error.
func code(err error) txn.Code {
	switch {
	case errors.Is(err, reader.ErrTorn), errors.Is(err, reader.ErrNoCard):
		return txn.CardTorn
	case errors.Is(err, reader.ErrCardBusy):
		return txn.CardBusy
	case errors.Is(err, reader.ErrCardMute):
		return txn.CardMute
	}
	return txn.ReaderFailed
}

// done is an outcome in the machine's words. What no longer belongs to anybody is
// wiped.
func (s *session) done(o emv.Outcome) txn.CardDone {
	e := txn.CardDone{
		Approved: o.Result == emv.Approved && o.Host == emv.HostYes,
		Declined: o.Result == emv.Declined && o.Host == emv.HostNotAsked,
		Fallback: o.Fallback, Code: txn.Code(o.Reason),
		Card: reader.Card{Entry: reader.Chip, Chip: outcomeChip(o)},
	}
	switch {
	case o.Result == emv.Approved && !e.Approved:
		e.Declined, e.Code = o.Host == emv.HostNotAsked, txn.CardOffline
	case e.Declined && s.noPad:
		e.Code = txn.PINDevice
	case o.Reason == emv.ReasonTorn:
		e.Code = cmp.Or(s.lost, txn.CardTorn)
	case o.Reason == emv.ReasonCancelled:
		e.Code = txn.CardCancelled
	}
	if !s.shared {
		e.Card.PAN = o.Card.PAN
		o.Card.PAN.Wipe()
		o.Card.Track2.Wipe()
	}
	s.c.o.Log.Info("card", "result", string(o.Result), "reason", string(o.Reason), "host", string(o.Host), "apdus", o.APDUs,
		"tvr", hex.EncodeToString(o.TVR[:]), "tsi", hex.EncodeToString(o.TSI[:]), "cid", fmt.Sprintf("%02X", o.CID), "at", o.At)
	s.keepTrace(o)
	return e
}

// keepTrace keeps what the kernel decided, for whoever asks why.
func (s *session) keepTrace(o emv.Outcome) {
	s.c.mu.Lock()
	defer s.c.mu.Unlock()
	s.c.trace = o.Trace
}
