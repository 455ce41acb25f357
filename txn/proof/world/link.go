package world

import (
	"time"

	"vpos/reader"
	"vpos/txn"
)

// The network, from the terminal's side.

// link is the worker that sends and wipes.
func (w *World) link(t *terminal) bool {
	cut := w.boundary()
	if cut == before {
		w.cut(t)
		return true
	}
	switch f := t.sends.take().(type) {
	case txn.Send:
		w.watchSend(t, &f.Request)
		w.send(t, &f.Request, cut)
	case txn.ForgetList:
		for i := range f.Details {
			if w.plan.wipes {
				f.Details[i].PAN.Wipe()
			}
		}
	case txn.Forget:
		if w.plan.wipes {
			f.Card.Wipe()
		}
	case txn.ForgetSensitive:
		f.PayCode.Wipe() // a code is read anew each time, so every world wipes it
		if w.plan.wipes {
			f.Wipe()
		}
	default:
	}
	w.watchCode(t)
	if cut != noCut {
		w.cut(t)
	}
	return true
}

// send dials if it must and writes.
func (w *World) send(t *terminal, q *txn.Request, cut phase) {
	if t.conn == 0 {
		if w.now < w.host.upAt || w.rng.odds(w.plan.dial) {
			w.sendFailed(t, q, false, cut)
			return
		}
		w.conns++
		t.conn = w.conns
	}
	if cut == during && w.rng.odds(half) {
		return // half a message: the host never makes sense of it
	}
	if w.rng.odds(w.plan.write) {
		written, whole := false, false
		switch w.rng.n(4) {
		case 0:
		case 1:
			written = true
		default: // all of it left, and then the error came
			written, whole = true, true
		}
		if whole {
			w.carry(t, q)
		}
		t.hangUp()
		w.sendFailed(t, q, written, cut)
		return
	}
	t.asked, t.stan = q.Op, q.STAN
	w.carry(t, q)
	if w.rng.odds(w.plan.lost) {
		t.inbox = append(t.inbox, answer{due: w.now + w.wait(), conn: t.conn, lost: w.breakage()})
	}
}

func (w *World) sendFailed(t *terminal, q *txn.Request, written bool, cut phase) {
	if cut == noCut {
		w.step(t, txn.SendFailed{Op: q.Op, STAN: q.STAN, Written: written})
	}
}

func (w *World) breakage() txn.Code {
	if w.rng.odds(half) {
		return txn.HostGarbage
	}
	return txn.HostLost
}

// wait is how long something takes that takes its time: often around the
// terminal's own time-out.
func (w *World) wait() time.Duration {
	switch w.rng.n(4) {
	case 0:
		return time.Duration(w.rng.n(3)) * time.Second
	case 1:
		return time.Duration(25+w.rng.n(12)) * time.Second
	default:
		return time.Duration(w.rng.n(150)) * time.Second
	}
}

// travel says when a message arrives, and how many times: never, once, twice.
func (w *World) travel() (due [2]time.Duration, times int) {
	if w.rng.odds(w.plan.drop) {
		return due, 0
	}
	times = 1
	if w.rng.odds(w.plan.double) {
		times = 2
	}
	arrive := due[:times]
	for i := range arrive {
		arrive[i] = w.now
		if w.rng.odds(w.plan.delay) || i > 0 && w.rng.odds(half) {
			arrive[i] += w.wait()
		}
	}
	return due, times
}

// carry puts a request on its way to the host.
func (w *World) carry(t *terminal, q *txn.Request) {
	due, times := w.travel()
	if i := t.disk.find(txn.Key{Batch: q.Batch, STAN: q.STAN}); q.Op == txn.OpSettle && i != nil {
		i.sent += times
	}
	sent := *q
	if !q.PayCode.Empty() { // what has left is out of the terminal's hands
		sent.PayCode, _ = reader.ParsePayCode(q.PayCode.Reveal())
	}
	for _, at := range due[:times] {
		w.calls = append(w.calls, call{due: at, from: t.n, conn: t.conn, request: sent})
		// The cards of this world have no keys: what the issuer makes of a
		// cryptogram is proven elsewhere.
		w.calls[len(w.calls)-1].request.Card.Chip = nil
	}
}

// hear takes one thing from the connection.
func (w *World) hear(t *terminal) bool {
	first := 0
	if w.plan.chaos {
		first = w.rng.n(len(t.inbox))
	}
	for k := range t.inbox {
		i := first + k
		if i >= len(t.inbox) {
			i -= len(t.inbox)
		}
		if t.inbox[i].due > w.now {
			continue
		}
		a := t.inbox[i]
		t.inbox[i] = t.inbox[len(t.inbox)-1]
		t.inbox = t.inbox[:len(t.inbox)-1]
		w.take(t, &a)
		return true
	}
	return false
}

// take is one message, or the end of the connection.
func (w *World) take(t *terminal, a *answer) {
	if a.conn != t.conn && (a.lost != "" || !w.plan.elsewhere) {
		return // nobody listens on that connection any more
	}
	if w.boundary() != noCut {
		w.cut(t)
		return
	}
	if a.lost != "" {
		e := txn.LinkLost{Code: a.lost}
		if t.asked != "" {
			e.Op, e.STAN = t.asked, t.stan
		}
		t.hangUp()
		w.step(t, e)
		return
	}
	if a.reply.Op == t.asked && a.reply.STAN == t.stan {
		t.asked = ""
	}
	w.step(t, txn.Replied{Reply: a.reply})
}
