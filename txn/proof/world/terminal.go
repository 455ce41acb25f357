package world

import (
	"fmt"
	"time"

	"vpos/reader"
	"vpos/txn"
	"vpos/txn/proof"
)

// terminal is one terminal and what is around it. Its effects are performed as
// the engine does: one worker takes them in order, writes rows itself, and hands
// messages and slips on to two others.
type terminal struct {
	n     int
	setup txn.Setup
	state txn.State
	name  txn.Name // the screen seen last
	disk  disk

	on     bool
	halted bool // the machine's own assertions stopped it
	bootAt time.Duration
	skew   time.Duration // how wrong its clock is
	seen   time.Duration // what the machine was told of the time
	fed    uint64        // events given to the machine
	looked time.Duration // when its deadline was last looked at, and after which
	looks  uint64        // event: to look costs a copy of the state

	effects queue[txn.Effect]
	sends   queue[txn.Effect]
	slips   queue[txn.Slip]
	lies    bool // the slip printed last lies there, whole
	inbox   []answer
	plastic []plastic
	session uint64    // with a card, the newest
	gone    uint64    // the session that ended last
	agreed  txn.Key   // the sale whose card agreed last
	said    []txn.Key // sales whose issuer waits to hear from the card

	conn    uint32 // 0 for none
	asked   txn.Op // the last request on it without a reply
	stan    txn.STAN
	doubt   bool    // a commit failed, and nobody knows how
	doubted txn.Tag // which

	staff   staff
	scanned reader.PayCode // the payment code that was sent last

	hand   hand // what the cashier holds
	away   bool // and has signed off, since the start
	left   int  // sales the cashier still wants to make
	shown  []proof.Shown
	papers []proof.Paper
	txns   []proof.TxnView
}

// answer is what is on its way to a terminal.
type answer struct {
	due   time.Duration
	conn  uint32
	lost  txn.Code // the connection breaks, instead of a reply
	reply txn.Reply
}

// queue is first in, first out, in memory used again.
type queue[T any] struct {
	items []T
	at    int
}

func (q *queue[T]) push(item T) { q.items = append(q.items, item) }

func (q *queue[T]) empty() bool { return q.at == len(q.items) }

func (q *queue[T]) take() T {
	item := q.items[q.at] // the old place keeps it for a while: worlds are short
	if q.at++; q.at == len(q.items) {
		q.clear()
	}
	return item
}

func (q *queue[T]) clear() { q.items, q.at = q.items[:0], 0 }

var cny, _ = txn.CurrencyByCode("CNY")

func newTerminal(n int) *terminal {
	return &terminal{n: n, setup: txn.Setup{
		Terminal: fmt.Sprintf("%08d", n+1), Merchant: "100000000000001", Currency: cny,
		ReplyTimeout: 30 * time.Second, ReversalPause: 5 * time.Second, ReversalMax: time.Minute,
		ReversalTries: 4, TellScripts: true, QR: true,
	}}
}

// reset makes it a new terminal with an empty journal, switched off.
func (t *terminal) reset(p *plan) {
	t.setup.EchoEvery, t.setup.Tips, t.setup.MaxTip, t.setup.BatchMax = p.echo, p.tips, 50, p.full
	t.setup.SignOffAfter, t.setup.LockAfter, t.staff = p.leave, lockAfter, staff{}
	t.disk.reset(p.wipes)
	if t.setup.Guards = nil; p.guarded {
		t.setup.Guards = guards
	}
	t.off()
	t.bootAt, t.skew, t.looked, t.left = 0, 0, -1, p.sales
	t.inbox, t.shown, t.papers, t.said = t.inbox[:0], t.shown[:0], t.papers[:0], t.said[:0]
}

// off loses everything that is not on disk.
func (t *terminal) off() {
	t.on, t.doubt, t.conn, t.asked = false, false, 0, ""
	t.plastic, t.agreed, t.session, t.gone = t.plastic[:0], txn.Key{}, 0, 0
	t.hand, t.away, t.scanned = hand{}, false, reader.PayCode{}
	t.staff.in, t.staff.let = "", ""
	t.effects.clear()
	t.sends.clear()
	t.slips.clear()
}

// settled is [txn.State.Settled] from the outside, where it costs no copy of the
// state: nothing the machine asked for is unanswered.
func (t *terminal) settled() bool {
	return t.state.Name != txn.Processing && t.effects.empty() && t.slips.empty() && !t.doubt
}

// hangUp closes the connection.
func (t *terminal) hangUp() { t.conn, t.asked = 0, "" }

// act lets one thing happen at a terminal and reports whether anything did.
func (w *World) act(t *terminal) bool {
	if !t.on {
		if w.now < t.bootAt {
			return false
		}
		w.boot(t)
		return true
	}
	first := 0
	if w.plan.chaos {
		first = w.rng.n(5)
	}
	for i := first; i < first+5; i++ {
		moved, which := false, i
		if which >= 5 {
			which -= 5
		}
		switch which {
		case 0:
			moved = (t.doubt || !t.effects.empty()) && w.journal(t)
		case 1:
			moved = !t.sends.empty() && w.link(t)
		case 2:
			moved = !t.slips.empty() && w.paper(t)
		case 3:
			moved = len(t.plastic) > 0 && w.card(t) || len(t.inbox) > 0 && w.hear(t)
		default:
			moved = w.person(t)
		}
		if moved {
			return true
		}
	}
	return w.tick(t)
}

// tick tells the time when the machine asked to be told.
func (w *World) tick(t *terminal) bool {
	if t.seen == w.now || t.looked == w.now && t.looks == t.fed {
		return false
	}
	t.looked, t.looks = w.now, t.fed
	at := t.state.Deadline()
	if at.IsZero() || at.After(w.timeAt(t)) {
		return false
	}
	t.seen = w.now
	w.feed(t, txn.Tick{Now: w.timeAt(t)})
	return true
}

// journal is the worker that takes the effects in order.
func (w *World) journal(t *terminal) bool {
	cut := w.boundary()
	if cut == before {
		w.cut(t)
		return true
	}
	if t.doubt {
		w.settle(t, cut)
		return true
	}
	switch f := t.effects.take().(type) {
	case txn.Append:
		w.append(t, &f, cut)
		return true
	case txn.Lookup:
		w.step(t, txn.Found{Txn: t.disk.lookup(f.STAN)})
	case txn.LookupHold:
		found, held := t.disk.hold(f.AuthCode, f.Day)
		w.step(t, txn.FoundHold{Txn: found, Held: held})
	case txn.Weigh:
		w.step(t, t.disk.weigh(&f))
	case txn.Reckon:
		w.step(t, txn.Reckoned{Totals: t.disk.reckon()})
	case txn.ListBatch:
		w.Stats.Uploads++
		w.step(t, txn.Listed{Details: t.disk.list()})
	case txn.Print:
		t.slips.push(f.Slip)
	case txn.HangUp:
		t.hangUp()
	case txn.Vouch:
		w.vouch(t, &f)
	case txn.Drawer:
		w.draw(t, &f)
	case txn.SignedOut:
		t.staff.in = ""
	case txn.Tuned, txn.Note:
	case txn.ReadCard:
		w.readCard(t, &f)
	case txn.AnswerCard:
		w.answerCard(t, &f)
	case txn.StopCard: // it may have spoken already
	default:
		t.sends.push(f)
	}
	if cut != noCut {
		w.cut(t)
	}
	return true
}

func (w *World) append(t *terminal, f *txn.Append, cut phase) {
	switch {
	case cut == during:
		t.disk.stage(f.Records, &w.rng)
		w.cut(t)
		return
	case w.rng.odds(w.plan.store):
		if w.rng.odds(w.plan.doubt * 4) {
			t.disk.stage(f.Records, &w.rng)
			t.doubt, t.doubted = true, f.Tag
		} else if cut == noCut {
			w.step(t, txn.StoreFailed{Tag: f.Tag})
		}
	default:
		if err := t.disk.commit(f.Records); err != nil {
			w.refused(t, f, err)
			if cut == noCut {
				w.step(t, txn.Contradicted{})
				w.step(t, txn.StoreFailed{Tag: f.Tag})
			}
			break
		}
		switch {
		case f.Tag.Type == txn.RecFailed:
			w.watchFailed(t, f.Tag.Key)
		case f.Tag.Type == txn.RecTold:
			w.watchTold(t, f.Tag.Key)
		case f.Records[0].Type == txn.RecIntent:
			w.watchBatch(t, &f.Records[0].Txn)
			w.watchStaff(t, &f.Records[0].Txn)
			w.watchGuard(t, &f.Records[0].Txn)
			w.Stats.begun(f.Records[0].Txn.Kind)
		}
		if cut == noCut {
			w.step(t, txn.Stored{Tag: f.Tag})
		}
	}
	if cut != noCut {
		w.cut(t)
	}
}

// settle is the engine waiting until a failed commit is known to be gone.
func (w *World) settle(t *terminal, cut phase) {
	if w.rng.odds(half) {
		w.now += 200 * time.Millisecond // the next look
		if cut != noCut {
			w.cut(t)
		}
		return
	}
	t.disk.settle()
	t.doubt = false
	if cut != noCut {
		w.cut(t)
		return
	}
	w.step(t, txn.StoreFailed{Tag: t.doubted})
}

// paper is the printer.
func (w *World) paper(t *terminal) bool {
	cut := w.boundary()
	if cut == before {
		w.cut(t)
		return true
	}
	s := t.slips.take()
	w.watchSlip(t, &s)
	jam := w.rng.odds(w.plan.jam)
	unsure := jam && w.rng.odds(half)
	if cut == during || unsure {
		jam = w.rng.odds(half) // torn off, or out as a whole
	}
	t.lies = !jam
	if !jam {
		t.papers = append(t.papers, proof.Paper{
			Key: s.Txn.Key(), Copy: s.Copy, Duplicate: s.Duplicate, Amount: s.Txn.Amount,
		})
	}
	switch {
	case cut != noCut:
		w.cut(t)
	case unsure:
		w.step(t, txn.PrintUnsure{Slip: s, Why: txn.PrinterSilent})
	case jam:
		w.step(t, txn.PrintFailed{Slip: s, Why: txn.PrinterPaperOut})
	default:
		w.step(t, txn.Printed{Slip: s})
	}
	return true
}
