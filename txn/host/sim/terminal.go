package sim

import (
	"errors"
	"fmt"
	"log/slog"
	"net"
	"sync"

	"vpos/txn"
	"vpos/txn/host"
	"vpos/txn/host/keys"
)

// terminal is one connection. Requests on it are served one after the other;
// late replies are written beside them.
type terminal struct {
	s       *Server
	conn    net.Conn
	framing host.Framing

	mu   sync.Mutex // one frame at a time
	late sync.WaitGroup
	done chan struct{}
}

func newTerminal(s *Server, conn net.Conn) *terminal {
	return &terminal{s: s, conn: conn, framing: s.o.Codec.Profile().Framing, done: make(chan struct{})}
}

// errHangUp ends a connection on purpose.
var errHangUp = errors.New("hung up by a fault")

// serve answers until the connection ends.
func (t *terminal) serve() {
	log := t.s.o.Log.With("terminal-address", t.conn.RemoteAddr().String())
	log.Info("terminal connected")
	framer := host.NewFramer(t.conn, t.framing)
	var err error
	for err == nil {
		err = t.one(framer)
	}
	close(t.done)
	t.late.Wait()
	if ended(err) {
		log.Info("terminal gone")
		return
	}
	log.Warn("terminal dropped", "why", err)
}

// one serves one request.
func (t *terminal) one(framer *host.Framer) error {
	raw, tpdu, err := framer.Next()
	if err != nil {
		return err
	}
	now := t.s.o.Now()
	r, err := t.s.o.Codec.UnpackRequest(raw, now, t.s.keys.of)
	clear(raw)
	defer wipe(&r)
	if err != nil {
		return err
	}
	a := answer{request: &r, tpdu: tpdu}
	var order Order
	if !r.BadMAC {
		a.fault, order = t.s.faults.take(&r)
	}
	if t.s.keys.stranger(r.Terminal) {
		order.Code = CodeStranger
	}
	switch a.fault.Do {
	case FaultIgnore:
		return nil
	case FaultClose:
		return errHangUp
	}
	if a.verdict, err = t.s.desk.apply(t.s.ctx, now, &r, order); err != nil {
		return err
	}
	if err := t.finish(&a, order); err != nil {
		return err
	}
	return t.reply(&a)
}

// wipe overwrites what a request says of a card and its holder.
func wipe(r *txn.Request) {
	r.Card.Wipe()
	r.PIN.Wipe()
	r.OTP.Wipe()
	r.PayCode.Wipe()
	for i := range r.Details {
		r.Details[i].PAN.Wipe()
	}
}

// finish puts into a reply what the ledger does not know of: new keys, and what a
// fault changes.
func (t *terminal) finish(a *answer, order Order) error {
	r, rep := a.request, &a.verdict.Reply
	if rep.Code == CodeApproved && (r.Op == txn.OpSignOn || r.Op == txn.OpKeys) {
		dealt, err := t.s.keys.deal(r.Terminal)
		if err != nil {
			return fmt.Errorf("session keys: %w", err)
		}
		rep.Keys = dealt
	}
	if order.Code == CodeBatch {
		rep.Want = txn.WantSignOn
	}
	if a.fault.Do == FaultLate {
		a.verdict.Delivery = Late
	}
	spoilCard(a.fault.Do, &a.verdict)
	return nil
}

// reply packs an answer and delivers it.
func (t *terminal) reply(a *answer) error {
	r, v := a.request, &a.verdict
	if log := t.s.o.Log; log.Enabled(t.s.ctx, slog.LevelInfo) {
		log.Info("request", "op", r.Op, "terminal", r.Terminal, "batch", r.Batch.String(), "stan", r.STAN.String(),
			"amount", r.Amount.String(), "code", v.Reply.Code, "card", string(v.Fault), "delivery", int(v.Delivery), "fault", string(a.fault.Do))
	}
	frame, err := t.frame(a, v.Reply)
	if err != nil {
		return err
	}
	return t.deliver(a, frame)
}

// answer is a request and what became of it.
type answer struct {
	request *txn.Request
	tpdu    host.TPDU
	fault   Fault
	verdict Verdict
}

// session is the one an answer is sealed with. One that says that the keys are out
// of step is not sealed: the terminal could not believe it.
func (t *terminal) session(a *answer) *keys.Session {
	s := t.s.keys.of(a.request.Terminal)
	switch code := a.verdict.Reply.Code; {
	case s == nil || !s.Ready() || code == CodeMAC || code == CodePINBlock:
		return nil
	case a.fault.Do == FaultBadMAC:
		return t.s.keys.wrong
	}
	return s
}

// pack is a reply as a message.
func (t *terminal) pack(a *answer, rep txn.Reply) ([]byte, error) {
	raw, err := t.s.o.Codec.PackReply(*a.request, rep, t.session(a))
	if err != nil {
		return nil, fmt.Errorf("reply: %w", err)
	}
	return raw, nil
}

// frame is a reply with its length before it.
func (t *terminal) frame(a *answer, rep txn.Reply) ([]byte, error) {
	raw, err := t.pack(a, rep)
	if err != nil {
		return nil, err
	}
	return t.framed(a, raw)
}

func (t *terminal) framed(a *answer, raw []byte) ([]byte, error) {
	frame, err := t.framing.Append(nil, a.tpdu.Answer(), raw)
	if err != nil {
		return nil, fmt.Errorf("reply: %w", err)
	}
	return frame, nil
}
