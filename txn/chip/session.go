package chip

import (
	"context"
	"crypto/rand"
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
	c      *Cards
	f      txn.ReadCard
	ctx    context.Context //nolint:containedctx // its own lifetime
	cancel context.CancelFunc
	gone   chan struct{} // closed when the card was taken out
	once   sync.Once
	over   chan struct{} // closed when run has returned

	mu      sync.Mutex
	waiting chan txn.AnswerCard // for the answer to the question asked last; nil while nothing is asked
	ended   bool                // its end has been told

	kernel *emv.Kernel
	online reader.Secret // the PIN for the issuer; the machine's once it goes online
	noPad  bool          // a PIN was wanted, and there is nothing to enter it on
	lost   txn.Code      // how the card was lost in the middle of a command

	choices int  // how many applications the cardholder could choose from
	shared  bool // the machine has the card's secrets: they are its to wipe
}

func newSession(c *Cards, f txn.ReadCard) *session {
	ctx, cancel := context.WithCancel(c.ctx)
	return &session{c: c, f: f, ctx: ctx, cancel: cancel, gone: make(chan struct{}), over: make(chan struct{})}
}

func (s *session) stop() { s.cancel() }
func (s *session) torn() { s.once.Do(func() { close(s.gone) }) }

// active reports whether its end has still to be told. Whoever is told, and puts another
// card in, finds that it is not.
func (s *session) active() bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	return !s.ended
}

// end tells how it ended.
func (s *session) end(e txn.Event) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.ended = true
	s.c.o.Tell(e)
}

// answer hands an answer over; false when nothing waits for one.
func (s *session) answer(a txn.AnswerCard) bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.waiting == nil {
		return false
	}
	s.waiting <- a // there is room for one, and this is the one
	s.waiting = nil
	return true
}

// wait is the people's or the host's answer; or, where the card or the session is
// gone instead, what the kernel makes of that. An answer that comes in the same
// moment is wiped.
func (s *session) wait(q txn.Event) (txn.AnswerCard, emv.Request) {
	answers := make(chan txn.AnswerCard, 1)
	s.mu.Lock()
	s.waiting = answers
	s.mu.Unlock()
	s.c.o.Tell(q)
	end := s.kernel.Cancel
	select {
	case a := <-answers:
		return a, nil
	case <-s.gone:
		end = s.kernel.Torn
	case <-s.ctx.Done():
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	s.waiting = nil
	select {
	case a := <-answers:
		a.PIN.Wipe()
	default:
	}
	return txn.AnswerCard{}, end()
}

// run is the whole session: one powered card, so that nobody can change it between
// one look and the next.
func (s *session) run() {
	defer s.cancel()
	defer func() {
		if !s.shared {
			s.online.Wipe()
		}
	}()
	select {
	case <-s.gone:
		s.tell(txn.CardDone{Code: txn.CardTorn})
		return
	default:
	}
	slot, err := s.c.o.Port.Open(s.ctx, s.f.Reader)
	if err != nil {
		s.tell(s.failed(err))
		return
	}
	end := s.meet(slot)
	s.closed(slot)
	if end != nil {
		s.tell(*end)
	}
}

// meet is what becomes of a card that answered; nil where it only had to say its
// number and has.
func (s *session) meet(slot reader.Slot) *txn.CardDone {
	if s.strange() {
		if end := s.identify(slot); end != nil {
			return end
		}
	}
	if s.f.Names {
		return s.name(slot)
	}
	end := s.done(s.play(slot, theSale))
	return &end
}

// name takes the number of the application the cardholder chooses, and no more.
func (s *session) name(slot reader.Slot) *txn.CardDone {
	out := s.play(slot, theName)
	if out.Result != emv.Identified {
		end := s.done(out)
		return &end
	}
	id := out.Card
	s.keepTrace(out)
	s.end(txn.CardNamed{Session: s.f.Session, Card: reader.Card{
		Entry: reader.Chip, PAN: id.PAN, Expiry: id.Expiry, Track2: id.Track2, Service: id.Service,
		Chip: chipData(id, nil).Named(),
	}})
	return nil
}

// strange reports whether a card must say who it is before it may pay: in training,
// in a reader that could hold anybody's.
func (s *session) strange() bool {
	o := s.c.o
	return o.Training && o.Test != nil && !s.c.trusted(s.f.Reader)
}

// theSale is what play does with a card that may pay, theName with one that only says
// its number; any other number is the application whose owner it asks for.
const (
	theSale = -1
	theName = -2
)

// identify reads whose card it is and nothing more: no PIN, no cryptogram. Every
// application is asked, for they need not be of one account. It gives the end of
// the session where one is not of the test cards, or cannot be read.
func (s *session) identify(slot reader.Slot) *txn.CardDone {
	s.choices = 1
	for i := 0; i < s.choices; i++ {
		out := s.play(slot, i)
		if out.Result != emv.Identified {
			end := s.done(out)
			return &end
		}
		test := s.c.o.Test(out.Card.PAN)
		out.Card.PAN.Wipe() // its mask stays readable
		out.Card.Track2.Wipe()
		if !test {
			return &txn.CardDone{Code: txn.CardReal, Card: reader.Card{Entry: reader.Chip, PAN: out.Card.PAN}}
		}
	}
	return nil
}

func (s *session) closed(slot reader.Slot) {
	if err := slot.Close(); err != nil {
		s.c.o.Log.Warn("card: close", "reader", slot.Name(), "err", err)
	}
}

func (s *session) tell(e txn.CardDone) {
	e.Session = s.f.Session
	s.end(e)
}

// play is the kernel on the slot, to its outcome: the sale, or who owns application
// number which.
func (s *session) play(slot reader.Slot, which int) emv.Outcome {
	t, err := s.transaction(which != theSale)
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
			request = s.choose(q, which)
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
		Type: s.kind(), Amount: s.f.Amount.Minor, Currency: int(s.f.Amount.Currency), Exponent: s.f.Amount.Currency.Exponent(),
		Time: s.f.At, Counter: uint32(s.f.Counter), Identify: identify,
		ForceOnline: true, // there is no way yet to tell the acquirer of an offline sale
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

// kind is the transaction type (EMV tag 9C).
func (s *session) kind() byte {
	if s.f.Balance {
		return emv.TypeBalance
	}
	return emv.TypePurchase
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

// choose asks for an application, unless its owner is all that is wanted.
func (s *session) choose(q emv.ChooseApplication, which int) emv.Request {
	if which >= 0 {
		s.choices = max(s.choices, len(q.Candidates))
		return s.kernel.Chosen(min(which, len(q.Candidates)-1))
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
	a, end := s.wait(txn.CardOnline{Session: s.f.Session, Card: onlineCard(q), PIN: s.online})
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
