package chip

import (
	"cmp"
	"context"
	"crypto/rand"
	"encoding/binary"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"math/big"
	"sync"

	"vpos/reader"
	"vpos/reader/emv"
	"vpos/txn"
)

// session is one card's part in one sale.
type session struct {
	c       *Cards
	f       txn.ReadCard
	ctx     context.Context //nolint:containedctx // its own lifetime
	cancel  context.CancelFunc
	answers chan txn.AnswerCard
	gone    chan struct{} // closed when the card was taken out
	once    sync.Once
	over    chan struct{} // closed when run has returned

	kernel *emv.Kernel
	noPad  bool     // a PIN was wanted, and there is nothing to enter it on
	lost   txn.Code // how the card was lost in the middle of a command
	shared bool     // the machine has the card's secrets: they are its to wipe
}

func newSession(c *Cards, f txn.ReadCard) *session {
	ctx, cancel := context.WithCancel(c.ctx)
	return &session{
		c: c, f: f, ctx: ctx, cancel: cancel,
		answers: make(chan txn.AnswerCard, 1), gone: make(chan struct{}), over: make(chan struct{}),
	}
}

func (s *session) stop() { s.cancel() }
func (s *session) torn() { s.once.Do(func() { close(s.gone) }) }

// answer hands an answer over; false when nothing waits for one.
func (s *session) answer(a txn.AnswerCard) bool {
	select {
	case s.answers <- a:
		return true
	case <-s.over:
	default: // an answer too many
	}
	return false
}

// run is the whole session.
func (s *session) run() {
	defer s.drain()
	defer s.cancel()
	if s.strange() {
		known, end := s.identify()
		if end != nil {
			s.tell(*end)
			return
		}
		if !known.test {
			s.tell(txn.CardDone{Code: txn.CardReal, Card: known.card})
			return
		}
	}
	slot, err := s.c.o.Port.Open(s.ctx, s.f.Reader)
	if err != nil {
		s.tell(s.failed(err))
		return
	}
	end := s.play(slot, false)
	s.closed(slot)
	s.tell(s.done(end))
}

// strange reports whether a card must say who it is before it may pay: in training,
// in a reader that could hold anybody's.
func (s *session) strange() bool {
	o := s.c.o
	return o.Training && o.Test != nil && (o.Trusted == nil || !o.Trusted(s.f.Reader))
}

// drain wipes an answer that came when nobody waited for it any more.
func (s *session) drain() {
	select {
	case a := <-s.answers:
		a.PIN.Wipe()
	default:
	}
}

func (s *session) closed(slot reader.Slot) {
	if err := slot.Close(); err != nil {
		s.c.o.Log.Warn("card: close", "reader", slot.Name(), "err", err)
	}
}

func (s *session) tell(e txn.CardDone) {
	e.Session = s.f.Session
	s.c.o.Tell(e)
}

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

// identity is what training may know of a card before it knows whose it is.
type identity struct {
	test bool
	card reader.Card // its number wiped
}

// identify reads who a card is and nothing more: no PIN, no cryptogram. end is set
// where that did not come about.
func (s *session) identify() (identity, *txn.CardDone) {
	slot, err := s.c.o.Port.Open(s.ctx, s.f.Reader)
	if err != nil {
		end := s.failed(err)
		return identity{}, &end
	}
	defer s.closed(slot)
	out := s.play(slot, true)
	if out.Result != emv.Identified {
		end := s.done(out)
		return identity{}, &end
	}
	id := identity{test: s.c.o.Test(out.Card.PAN), card: reader.Card{Entry: reader.Chip, PAN: out.Card.PAN}}
	out.Card.PAN.Wipe()
	out.Card.Track2.Wipe()
	return id, nil
}

// play is the kernel on the slot, to its outcome.
func (s *session) play(slot reader.Slot, identify bool) emv.Outcome {
	t, err := s.transaction(identify)
	if err != nil {
		s.c.o.Log.Error("card: no chance", "err", err)
		return emv.Outcome{Result: emv.Terminated, Reason: emv.ReasonInput}
	}
	s.kernel = emv.New(s.config(slot), t)
	request := s.kernel.Start()
	for {
		switch q := request.(type) {
		case emv.Outcome:
			return q
		case emv.Transmit:
			request = s.transmit(slot, q)
		case emv.ChooseApplication:
			request = s.choose(q, identify)
		case emv.NeedPIN:
			request = s.needPIN(slot, q)
		case emv.NeedOnline:
			request = s.needOnline(q)
		default:
			request = s.kernel.Cancel()
		}
	}
}

// pinByPad is the bit of the terminal capabilities for a plaintext offline PIN
// (Book 4, A2).
const pinByPad = 0x80

// config is the terminal with what this reader adds to it.
func (s *session) config(slot reader.Slot) emv.Config {
	c := s.c.o.Kernel
	if _, ok := slot.(reader.Pinpad); ok {
		c.Terminal.Capabilities[1] |= pinByPad
	}
	return c
}

// transaction is what the kernel is told of the sale.
func (s *session) transaction(identify bool) (emv.Transaction, error) {
	t := emv.Transaction{
		Type: emv.TypePurchase, Amount: s.f.Amount.Minor, Exponent: s.f.Amount.Currency.Exponent,
		Time: s.f.At, Counter: uint32(s.f.Counter), Identify: identify,
		ForceOnline: true, // there is no way yet to tell the acquirer of an offline sale
	}
	if _, err := fmt.Sscanf(s.f.Amount.Currency.Number, "%d", &t.Currency); err != nil {
		return t, fmt.Errorf("currency: %w", err)
	}
	if _, err := io.ReadFull(s.c.o.Random, t.Unpredictable[:]); err != nil {
		return t, fmt.Errorf("unpredictable number: %w", err)
	}
	n, err := rand.Int(s.c.o.Random, big.NewInt(99))
	if err != nil {
		return t, fmt.Errorf("random number: %w", err)
	}
	t.Random = 1 + int(n.Int64())
	return t, nil
}

// transmit is one command, or the end of the card.
func (s *session) transmit(slot reader.Slot, q emv.Transmit) emv.Request {
	select {
	case <-s.ctx.Done():
		return s.kernel.Cancel()
	case <-s.gone:
		return s.kernel.Torn()
	default:
	}
	ctx, cancel := context.WithTimeout(s.ctx, s.c.o.Patience)
	defer cancel()
	sw, data, err := slot.Transmit(ctx, q.APDU)
	switch {
	case err == nil:
		return s.kernel.Card(sw, data)
	case s.ctx.Err() != nil:
		return s.kernel.Cancel()
	}
	s.c.o.Log.Warn("card: transmit", "reader", slot.Name(), "err", err)
	s.lost = code(err)
	if ctx.Err() != nil {
		s.lost = txn.CardMute
	}
	return s.kernel.Torn()
}

// wait is the people's or the host's answer; false when the card or the session is
// gone instead, with what the kernel makes of that.
func (s *session) wait(q txn.Event) (txn.AnswerCard, emv.Request) {
	s.c.o.Tell(q)
	select {
	case a := <-s.answers:
		return a, nil
	case <-s.gone:
		return txn.AnswerCard{}, s.kernel.Torn()
	case <-s.ctx.Done():
		return txn.AnswerCard{}, s.kernel.Cancel()
	}
}

// choose asks for an application. To learn who a card is, any will do.
func (s *session) choose(q emv.ChooseApplication, identify bool) emv.Request {
	if identify {
		return s.kernel.Chosen(0)
	}
	names := make([]string, len(q.Candidates))
	for i, c := range q.Candidates {
		names[i] = c.Label
	}
	a, end := s.wait(txn.CardChoose{Session: s.f.Session, Names: names, Retry: q.Retry, Lang: q.Language})
	if end != nil {
		return end
	}
	return s.kernel.Chosen(a.Choice)
}

// needOnline hands the card to the machine and waits for the host's word.
func (s *session) needOnline(q emv.NeedOnline) emv.Request {
	s.shared = true
	a, end := s.wait(txn.CardOnline{Session: s.f.Session, Card: onlineCard(q)})
	if end != nil {
		return end
	}
	h := a.Host
	if h == nil || h.Unable {
		return s.kernel.Online(emv.OnlineResult{Answer: emv.HostUnable})
	}
	r := emv.OnlineResult{Answer: emv.HostDeclined, AuthCode: h.AuthCode, Field55: h.Field55}
	copy(r.Code[:], h.Code)
	if h.Approved {
		r.Answer = emv.HostApproved
	}
	return s.kernel.Online(r)
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
	s.c.mu.Lock()
	s.c.trace = o.Trace
	s.c.mu.Unlock()
	return e
}

func counter(b []byte) uint16 {
	if len(b) != 2 {
		return 0
	}
	return binary.BigEndian.Uint16(b)
}
