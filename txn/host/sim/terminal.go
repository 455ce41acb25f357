package sim

import (
	"encoding/binary"
	"errors"
	"fmt"
	"net"
	"sync"
	"time"

	"vpos/txn"
	"vpos/txn/host"
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
	r, err := t.s.o.Codec.UnpackRequest(raw, now)
	clear(raw)
	if err != nil {
		return err
	}
	fault := t.s.script.take(r.Op)
	switch fault.Do {
	case FaultIgnore:
		r.Card.Wipe()
		return nil
	case FaultClose:
		r.Card.Wipe()
		return errHangUp
	}
	v, err := t.s.book.apply(t.s.ctx, now, &r)
	r.Card.Wipe()
	if err != nil {
		return err
	}
	t.s.o.Log.Info("request", "op", r.Op, "terminal", r.Terminal, "batch", r.Batch.String(), "stan", r.STAN.String(),
		"amount", r.Amount.String(), "code", v.Reply.Code, "card", string(v.Fault), "delivery", int(v.Delivery), "fault", string(fault.Do))
	spoilCard(fault.Do, &v)
	frame, err := t.frame(r, v.Reply, tpdu)
	if err != nil {
		return err
	}
	return t.deliver(fault, r, v, tpdu, frame)
}

// frame packs one reply.
func (t *terminal) frame(r txn.Request, rep txn.Reply, tpdu host.TPDU) ([]byte, error) {
	raw, err := t.s.o.Codec.PackReply(r, rep)
	if err != nil {
		return nil, fmt.Errorf("reply: %w", err)
	}
	frame, err := t.framing.Append(nil, tpdu.Answer(), raw)
	if err != nil {
		return nil, fmt.Errorf("reply: %w", err)
	}
	return frame, nil
}

// deliver sends the reply the way the fault, or else the verdict, wants it.
func (t *terminal) deliver(fault Fault, r txn.Request, v Verdict, tpdu host.TPDU, frame []byte) error {
	half := frame[:len(frame)/2]
	switch fault.Do {
	case FaultSilent:
		return nil
	case FaultDelay:
		t.afterwards(fault.Delay, frame)
		return nil
	case FaultDuplicate:
		return t.write(append(frame[:len(frame):len(frame)], frame...))
	case FaultTrickle:
		return t.trickle(frame)
	case FaultWrongSTAN, FaultTwo:
		other := v.Reply
		other.STAN = txn.NextSTAN(other.STAN)
		wrong, err := t.frame(r, other, tpdu)
		if err != nil {
			return err
		}
		if fault.Do == FaultTwo {
			wrong = append(wrong, frame...)
		}
		return t.write(wrong)
	case FaultHalf:
		return t.write(half)
	case FaultCut:
		return errors.Join(t.write(half), errHangUp)
	case FaultReset:
		err := t.write(half)
		if tcp, ok := t.conn.(*net.TCPConn); ok {
			err = errors.Join(err, tcp.SetLinger(0)) // close sends RST
		}
		return errors.Join(err, errHangUp)
	case FaultGarbage, FaultOversize, FaultUnknownField, FaultTrailing:
		return t.spoil(fault.Do, r, v, tpdu)
	}
	switch v.Delivery {
	case Never:
		return nil
	case Late:
		t.afterwards(t.s.o.LateAfter, frame)
		return nil
	}
	return t.write(frame)
}

// spoil sends a reply that is none.
func (t *terminal) spoil(name FaultName, r txn.Request, v Verdict, tpdu host.TPDU) error {
	if name == FaultOversize {
		return t.write([]byte{0x99, 0x99, 0x99, 0x99})
	}
	raw, err := t.s.o.Codec.PackReply(r, v.Reply)
	if err != nil {
		return fmt.Errorf("reply: %w", err)
	}
	switch name {
	case FaultGarbage:
		for i := range raw {
			raw[i] = byte(i*37 + 11) //nolint:gosec // nonsense is wanted
		}
	case FaultTrailing:
		raw = append(raw, "00"...)
	default:
		raw = t.undefined(raw)
	}
	frame, err := t.framing.Append(nil, tpdu.Answer(), raw)
	if err != nil {
		return fmt.Errorf("reply: %w", err)
	}
	return t.write(frame)
}

// undefined sets the bit of field 5, which no profile here has, and leaves the
// bytes as they are: a reader must stop at the bitmap, not guess a length.
func (t *terminal) undefined(raw []byte) []byte {
	const bitmap, bit5 = 4, 0x08
	if t.s.o.Codec.Profile().Bitmap == host.BitmapHex {
		raw[bitmap+1] = hexDigit(raw[bitmap+1], bit5)
		return raw
	}
	first := binary.BigEndian.Uint64(raw[bitmap:])
	binary.BigEndian.PutUint64(raw[bitmap:], first|bit5<<56)
	return raw
}

func hexDigit(d, or byte) byte {
	n := d - '0'
	if d > '9' {
		n = d - 'A' + 10
	}
	return "0123456789ABCDEF"[(n|or)&0xF]
}

// write sends bytes in one piece.
func (t *terminal) write(b []byte) error {
	t.mu.Lock()
	defer t.mu.Unlock()
	if err := t.conn.SetWriteDeadline(time.Now().Add(writeTimeout)); err != nil {
		return fmt.Errorf("reply: %w", err)
	}
	if _, err := t.conn.Write(b); err != nil {
		return fmt.Errorf("reply: %w", err)
	}
	return nil
}

// trickle sends a frame byte by byte.
func (t *terminal) trickle(frame []byte) error {
	for i := range frame {
		if err := t.write(frame[i : i+1]); err != nil {
			return err
		}
		time.Sleep(time.Millisecond)
	}
	return nil
}

// afterwards sends a frame later, unless the connection ends before.
func (t *terminal) afterwards(d time.Duration, frame []byte) {
	t.late.Add(1)
	go func() {
		defer t.late.Done()
		timer := time.NewTimer(d)
		defer timer.Stop()
		select {
		case <-timer.C:
			if err := t.write(frame); err != nil && !ended(err) {
				t.s.o.Log.Warn("late reply not delivered", "why", err)
			}
		case <-t.done: // closing the server ends the connection too
		}
	}()
}
