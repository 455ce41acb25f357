package world

import (
	"time"

	"vpos/txn"
	"vpos/txn/host/sim"
	"vpos/txn/proof"
)

// acquirer is the host: the real ledger in memory, and the rows its disk has.
type acquirer struct {
	ledger *sim.Ledger
	rows   []sim.Entry // durable, in the order of their first commit
	upAt   time.Duration
}

func (a *acquirer) reset(byAmount bool) {
	a.rows, a.upAt = a.rows[:0], 0
	if a.ledger == nil {
		a.ledger = sim.NewLedger(byAmount)
	}
	_ = a.ledger.Reload(byAmount, nil) // of nothing nothing is wrong
}

// save makes a row durable, in place of the one of its name.
func (a *acquirer) save(e *sim.Entry) {
	if r := a.row(e); r != nil {
		*r = *e
		return
	}
	a.rows = append(a.rows, *e)
}

// row is the durable row of an entry's name, or nil.
func (a *acquirer) row(e *sim.Entry) *sim.Entry {
	for i := len(a.rows) - 1; i >= 0; i-- {
		r := &a.rows[i]
		if r.STAN == e.STAN && r.Batch == e.Batch && r.Terminal == e.Terminal {
			return r
		}
	}
	return nil
}

// parent is the name of the row that an entry takes back, completes, refunds or changes;
// zero for none.
func (a *acquirer) parent(e *sim.Entry) txn.Key {
	if e.Parent == 0 {
		return txn.Key{}
	}
	for i := len(a.rows) - 1; i >= 0; i-- {
		if r := &a.rows[i]; r.Seq == e.Parent {
			return txn.Key{Batch: r.Batch, STAN: r.STAN}
		}
	}
	return txn.Key{}
}

// lateAfter is how late the simulator answers an amount that ends in 99.
const lateAfter = 65 * time.Second

// serve lets the host take one request that has arrived.
func (w *World) serve() bool {
	if len(w.calls) == 0 {
		return false
	}
	first := 0
	if w.plan.chaos {
		first = w.rng.n(len(w.calls))
	}
	for k := range w.calls {
		i := first + k
		if i >= len(w.calls) {
			i -= len(w.calls)
		}
		if w.calls[i].due > w.now {
			continue
		}
		c := w.calls[i]
		w.calls[i] = w.calls[len(w.calls)-1]
		w.calls = w.calls[:len(w.calls)-1]
		if w.now >= w.host.upAt {
			w.answer(&c)
		}
		return true
	}
	return false
}

// answer is the host's work on one request: decide, make durable, reply. The
// power may go between any two of them.
func (w *World) answer(c *call) {
	cut := noCut
	if w.rng.odds(w.plan.hostCut) {
		cut = before + phase(w.rng.n(3)) //nolint:gosec // 0 to 2
	}
	if cut == before {
		w.cutHost()
		return
	}
	v := w.decide(&c.request)
	if w.mayBeBusy(c) && w.rng.odds(w.plan.busy) {
		// A switch in between refuses it, and the host never hears of it. It does
		// so to nothing that charges: what arrived twice could be done and refused.
		v.Changed, v.Sale, v.Reply.Code, v.Delivery = false, nil, "96", sim.Prompt
		v.More = nil
		if c.request.Op == txn.OpSettle && w.rng.odds(half) {
			v.Reply.Code = "95" // it has added up something else
		}
		if c.request.Op == txn.OpUploadEnd || c.request.Op == txn.OpSettle && w.rng.odds(8192) {
			v.Reply.Code = "30" // it does not like it at all
		}
		if w.plan.void > 0 && c.request.Op == txn.OpReversal {
			v.Reply.Code = "30" // that does not sound as if it would come right
		}
	}
	if cut == during {
		w.cutHost() // nothing was committed, nothing was answered
		return
	}
	if c.request.Op == txn.OpScript && v.Reply.Code != "96" {
		w.heard = append(w.heard, told{c.request.Terminal, txn.Key{Batch: c.request.Batch, STAN: c.request.Original.STAN}})
	}
	if v.Changed {
		w.watchHost(c, &v)
		w.host.save(&v.Entry)
		if v.Sale != nil {
			w.host.save(v.Sale)
		}
		for i := range v.More {
			w.host.save(&v.More[i])
		}
		w.host.ledger.Commit(&v)
	}
	if w.trace != nil {
		w.tellHost(c, &v)
	}
	if cut == after {
		w.cutHost()
		return
	}
	w.deliver(c, &v)
}

// decide is the host's own decision. In worlds of every kind it approves a part of
// some sales, and will not have some of what the terminals took without it: always the
// same, however often it is told.
func (w *World) decide(q *txn.Request) sim.Verdict {
	order := sim.Order{}
	switch {
	case w.plan.kinds == 0:
	case q.Op == txn.OpSale:
		order.Partial = w.rng.odds(1024)
	case q.Op.Advice() && q.Op != txn.OpScript && q.Amount.Minor%16 == unwanted:
		order.Code = sim.CodeNotHonoured
	}
	return w.host.ledger.DecideBy(w.time(), q, order)
}

// unwanted is the remainder, by sixteen, of the amounts of advices the host refuses.
const unwanted = 7

// mayBeBusy reports whether a switch may answer for the host that it cannot. It does so
// to nothing that charges or gives back, unless that is asked again until it is
// answered: what arrived twice could be done and refused.
func (w *World) mayBeBusy(c *call) bool {
	q := &c.request
	if q.Op == txn.OpRefund {
		return w.terms[c.from].disk.status(txn.Key{Batch: q.Batch, STAN: q.STAN}) == txn.Asking
	}
	return !q.Op.Reversible()
}

// cutHost takes the host's power. It starts again from its disk.
func (w *World) cutHost() {
	w.Stats.Cuts++
	w.Stats.HostCuts++
	if err := w.host.ledger.Reload(w.plan.byAmount, w.host.rows); err != nil {
		w.violation(proof.RuleHost, w.terms[0], txn.Key{}, "%v", err)
		return
	}
	w.host.upAt = w.now
	if w.rng.odds(half) {
		w.host.upAt += time.Duration(w.rng.n(60)) * time.Second
	}
	if w.trace != nil {
		w.tell(nil, "-- host power cut, back at %s", w.host.upAt)
	}
}

// deliver puts a reply on its way back.
func (w *World) deliver(c *call, v *sim.Verdict) {
	t := w.terms[c.from]
	if v.Delivery == sim.Never && w.faulted {
		return
	}
	if w.rng.odds(w.plan.garble) {
		w.garble(t, c, v)
		if w.rng.odds(half) {
			return
		}
	}
	due, times := w.travel()
	for _, at := range due[:times] {
		if v.Delivery == sim.Late {
			at += lateAfter
		}
		t.inbox = append(t.inbox, answer{due: at, conn: c.conn, reply: v.Reply})
	}
}

// strange is a trace number no scenario reaches.
const strange txn.STAN = 777_777

// garble sends an answer to a question nobody asked, with an outcome that is not
// the one of the question that was.
func (w *World) garble(t *terminal, c *call, v *sim.Verdict) {
	a := answer{due: w.now, conn: c.conn, reply: v.Reply}
	switch {
	case c.request.Op == txn.OpReversal: // an acknowledgement stays one: it would be accepted
	case v.Reply.Code == sim.CodeApproved:
		a.reply.Code = "05"
	default:
		a.reply.Code = sim.CodeApproved
	}
	wrong := w.rng.n(7)
	if amount := wrong == 3 || wrong == 4; amount && !c.request.Op.Financial() && (wrong == 4 || !w.plan.macs) {
		wrong = 0 // the amount of what has none tells nothing
	}
	switch wrong {
	case 0:
		a.reply.STAN = strange
	case 1:
		a.reply.Terminal = "99999999"
	case 2:
		a.reply.Merchant = "999999999999999"
	case 3:
		if w.plan.macs {
			a.reply.BadMAC = true // it ends the wait, and nothing in it is true
			break
		}
		a.reply.Amount.Minor++
	case 4:
		a.reply.Amount.Currency = txn.CurrencyNumbered("840")
	case 5:
		a.reply.Op = txn.OpEcho
		if c.request.Op == txn.OpReversal {
			a.reply.Op = txn.OpSale
		}
	default:
		a.reply, a.lost = txn.Reply{}, txn.HostGarbage
	}
	t.inbox = append(t.inbox, a)
}

// audit holds the real ledger's memory against the rows the disk has.
func (w *World) audit() {
	entries := w.host.ledger.Entries(sim.Filter{})
	if len(entries) != len(w.host.rows) {
		w.violation(proof.RuleHost, w.terms[0], txn.Key{}, "%d rows in memory, %d on disk", len(entries), len(w.host.rows))
		return
	}
	for i := range entries {
		e := &entries[i]
		if r := w.host.row(e); r == nil || r.State != e.State || r.Amount != e.Amount || r.Seq != e.Seq {
			w.violation(proof.RuleHost, w.terms[0], txn.Key{Batch: e.Batch, STAN: e.STAN}, "%s in memory, and the disk has another row", e.State)
		}
	}
}
