package sim

import (
	"errors"
	"fmt"
	"net"
	"slices"
	"time"

	"vpos/txn"
	"vpos/txn/host"
)

// How a reply reaches the terminal, or does not.

// deliver sends the reply the way the fault, or else the verdict, wants it.
func (t *terminal) deliver(a *answer, frame []byte) error {
	half := frame[:len(frame)/2]
	switch a.fault.Do {
	case FaultSilent, FaultLost0510:
		return nil
	case FaultDelay:
		t.afterwards(a.fault.Delay, frame)
		return nil
	case FaultDuplicate:
		return t.write(append(frame[:len(frame):len(frame)], frame...))
	case FaultTrickle:
		return t.trickle(frame)
	case FaultWrongSTAN, FaultTwo:
		other := a.verdict.Reply
		other.STAN = txn.NextSTAN(other.STAN)
		wrong, err := t.frame(a, other)
		if err != nil {
			return err
		}
		if a.fault.Do == FaultTwo {
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
		return t.spoil(a)
	}
	switch a.verdict.Delivery {
	case Never:
		return nil
	case Late:
		t.afterwards(t.s.o.LateAfter, frame)
		return nil
	}
	if wait := t.s.o.CustomerAfter; wait > 0 && a.request.Order != "" {
		t.afterwards(wait, frame)
		return nil
	}
	return t.write(frame)
}

// spoil sends a reply that is none.
func (t *terminal) spoil(a *answer) error {
	if a.fault.Do == FaultOversize {
		return t.write([]byte{0x99, 0x99, 0x99, 0x99})
	}
	raw, err := t.pack(a, a.verdict.Reply)
	if err != nil {
		return err
	}
	switch a.fault.Do {
	case FaultGarbage:
		for i := range raw {
			raw[i] = byte(i*37 + 11) //nolint:gosec // nonsense is wanted
		}
	case FaultTrailing:
		raw = append(raw, "00"...)
	default:
		raw = t.undefined(raw)
	}
	frame, err := t.framed(a, raw)
	if err != nil {
		return err
	}
	return t.write(frame)
}

// undefined sets the bit of a field the profile does not have, and leaves the bytes
// as they are: a reader must stop at the bitmap, not guess a length.
func (t *terminal) undefined(raw []byte) []byte {
	p := t.s.o.Codec.Profile()
	number := 2
	for slices.ContainsFunc(p.Fields, func(f host.FieldSpec) bool { return f.Number == number }) {
		number++
	}
	at := t.s.o.Codec.BitmapAt()
	bit := number - 1
	if p.Bitmap == host.BitmapHex {
		at += bit / 4
		raw[at] = hexDigit(raw[at], 8>>(bit%4))
		return raw
	}
	raw[at+bit/8] |= 0x80 >> (bit % 8)
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
