package sim

import (
	"cmp"
	"slices"
	"time"

	"vpos/txn"
)

// Batches: what they come to, and how they are closed.

// batchKey is terminal and batch in one number.
type batchKey uint64

func (k key) batch() batchKey { return batchKey(k >> 20) }

func (k key) stan() txn.STAN { return txn.STAN(k & 0xFFFFF) }

// book is what the rows of a batch come to.
type book struct {
	key    batchKey
	totals txn.Totals
	closed uint64 // the row that closed it; 0 while it is open
}

// book is a batch's, made where there is none.
func (l *Ledger) book(k batchKey) *book {
	if l.newest != nil && l.newest.key == k {
		return l.newest
	}
	b := l.batches[k]
	if b == nil {
		if l.batches == nil {
			l.batches = map[batchKey]*book{}
		}
		b = &book{key: k}
		l.batches[k] = b
	}
	l.newest = b
	return b
}

// settled reports whether a batch is closed.
func (l *Ledger) settled(k batchKey) bool {
	if l.newest != nil && l.newest.key == k {
		return l.newest.closed != 0
	}
	b := l.batches[k]
	return b != nil && b.closed != 0
}

// shut refuses what comes to a batch that is closed, and reports whether it is.
func (l *Ledger) shut(r *txn.Request, v *Verdict) bool {
	place, known := l.terminals[r.Terminal]
	if !known || !l.settled(keyOf(place, r.Batch, 0).batch()) {
		return false
	}
	v.Reply.Code, v.Reply.Want = CodeBatch, txn.WantSignOn
	return true
}

// next is the batch after one: after 999999 comes 1.
func next(b txn.Batch) txn.Batch { return b%999_999 + 1 }

// Totals is what a terminal's batch comes to, and whether it is closed.
func (l *Ledger) Totals(terminal string, batch txn.Batch) (totals txn.Totals, closed bool) {
	if place, known := l.terminals[terminal]; known {
		if b := l.batches[keyOf(place, batch, 0).batch()]; b != nil {
			return b.totals, b.closed != 0
		}
	}
	return txn.Totals{}, false
}

// Open is the batch a terminal has open: that of its newest row in a batch that is
// not closed, or the one after the last it closed. 0 where nothing is known of it.
func (l *Ledger) Open(terminal string) txn.Batch {
	place, known := l.terminals[terminal]
	if !known {
		return 0
	}
	last := txn.Batch(0)
	for i := len(l.rows) - 1; i >= 0; i-- {
		w := &l.rows[i]
		switch {
		case uint32(w.key>>40) != place:
		case !l.settled(w.key.batch()):
			return txn.Batch(w.key >> 20 & 0xFFFFF)
		case last == 0 && w.state == Closed:
			last = txn.Batch(w.key >> 20 & 0xFFFFF)
		}
	}
	return next(last)
}

// settlement answers what closes a batch. One that is closed is answered as it
// was when it was closed: the answer may have been lost.
func (l *Ledger) settlement(now time.Time, r *txn.Request, v *Verdict) {
	if place, known := l.terminals[r.Terminal]; known {
		if b := l.batches[keyOf(place, r.Batch, 0).batch()]; b != nil && b.closed != 0 {
			w := l.bySeq(b.closed)
			v.Reply.RRN, _ = references(w.at, w.seq)
			v.balanced(txn.BatchBalanced, w.marks&MarkSummed != 0)
			return
		}
	}
	if old := l.find(r.Terminal, r.Batch, r.STAN); old != nil && old.state != Unequal && r.Op != txn.OpUpload {
		l.used(r, v)
		return
	}
	switch r.Op {
	case txn.OpUpload:
		l.upload(now, r, v)
	case txn.OpSettle:
		ours, _ := l.Totals(r.Terminal, r.Batch)
		l.compare(now, r, ours, v)
		if v.Entry.State == Unequal {
			l.unlist(r, v) // what is uploaded now is a new list
		}
	default:
		l.uploaded(now, r, v)
	}
}

// balanced answers a comparison.
func (v *Verdict) balanced(b txn.Balanced, summed bool) {
	v.Reply.Code, v.Reply.Domestic, v.Reply.Foreign = CodeApproved, b, b
	if b != txn.BatchBalanced {
		v.Reply.Code = CodeUnequal
	}
	if summed {
		v.Reply.Foreign = txn.NotCompared
	}
}

// compare holds the terminal's totals against ours, and closes the batch where
// they agree. Where the terminal does not tell foreign cards apart, neither do we.
func (l *Ledger) compare(now time.Time, r *txn.Request, ours txn.Totals, v *Verdict) {
	state, marks := Unequal, Marks(0)
	if r.Totals == nil {
		v.balanced(txn.BatchCompareErr, true)
		v.Reply.Code = CodeFormat
		return
	}
	theirs := *r.Totals
	verdict := func(same bool) txn.Balanced {
		if same {
			return txn.BatchBalanced
		}
		return txn.BatchUnequal
	}
	domestic, foreign := verdict(theirs.Domestic == ours.Domestic), verdict(theirs.Foreign == ours.Foreign)
	summed := theirs.Foreign == (txn.Sides{}) && ours.Foreign != (txn.Sides{})
	if summed {
		domestic, foreign = verdict(theirs.Domestic == ours.Sum()), txn.BatchBalanced
		marks |= MarkSummed
	}
	if domestic == foreign {
		v.balanced(domestic, summed)
	} else {
		v.balanced(txn.BatchUnequal, summed)
		v.Reply.Domestic = domestic
		if !summed {
			v.Reply.Foreign = foreign
		}
	}
	if v.Reply.Code == CodeApproved {
		state = Closed
	}
	l.conclude(now, r, state, marks, v)
}

// conclude puts down the row of a settlement, in place of one under its number
// that came to nothing.
func (l *Ledger) conclude(now time.Time, r *txn.Request, state State, marks Marks, v *Verdict) {
	seq := l.last + 1
	old := l.find(r.Terminal, r.Batch, r.STAN)
	if old != nil {
		seq, now = old.seq, old.at
	}
	v.Reply.RRN, _ = references(now, seq)
	v.change(Entry{
		Seq: seq, Terminal: r.Terminal, Merchant: r.Merchant, Batch: r.Batch, STAN: r.STAN, Op: r.Op, Amount: r.Amount,
		State: state, Marks: marks, Code: v.Reply.Code, RRN: v.Reply.RRN, At: now, Sent: unix(r.At),
	})
	v.Changed = old == nil || old.state != state // a repeat that says nothing new
}

// upload takes a part of the terminal's batch: what we do not know is put down,
// and what we know with another amount is put right. What was refused, reversed
// or voided stays so: the totals will tell.
func (l *Ledger) upload(now time.Time, r *txn.Request, v *Verdict) {
	v.Reply.Code = CodeApproved
	for i := range r.Details {
		d := &r.Details[i]
		if slices.ContainsFunc(v.More, func(e Entry) bool { return e.STAN == d.STAN }) {
			continue
		}
		w := l.find(r.Terminal, r.Batch, d.STAN)
		switch {
		case w == nil:
			v.More = append(v.More, l.unheard(now, r, d, uint64(len(v.More))))
		case sideOf(w) != debit && sideOf(w) != credit, w.marks&MarkListed != 0 && w.minor == d.Amount.Minor:
		default:
			e := l.entry(w)
			e.Marks |= MarkListed
			if e.Amount.Minor != d.Amount.Minor {
				e.Asked, e.Amount.Minor = cmp.Or(e.Asked, e.Amount.Minor), d.Amount.Minor
			}
			v.More = append(v.More, e)
		}
	}
}

// unheard is the row of a transaction that we learn of by its upload.
func (l *Ledger) unheard(now time.Time, r *txn.Request, d *txn.Detail, nth uint64) Entry {
	e := Entry{
		Seq: l.last + 1 + nth, Terminal: r.Terminal, Merchant: r.Merchant, Batch: r.Batch, STAN: d.STAN, Op: d.Op,
		Account: l.account(d.PAN), Amount: d.Amount, State: Charged, Marks: MarkListed, Code: CodeApproved,
		At: now, Sent: unix(d.At),
	}
	if d.Op != txn.OpRefund && d.Op != txn.OpQR && !slices.Contains(charges, d.Op) {
		e.Op = txn.OpSale
	}
	if abroad(d.PAN.Brand()) {
		e.Marks |= MarkForeign
	}
	if e.Amount.Currency == 0 {
		e.Amount.Currency = l.home // an upload does not say
	}
	e.RRN, e.AuthCode = references(now, e.Seq)
	return e
}

// uploaded ends an upload: what was listed counts, and where that agrees with the
// terminal's totals the batch is closed without the rest.
func (l *Ledger) uploaded(now time.Time, r *txn.Request, v *Verdict) {
	var listed txn.Totals
	var rest []Entry
	listing := false
	l.each(r, func(w *row) {
		switch side := sideOf(w); {
		case side != debit && side != credit:
		case w.marks&MarkListed != 0:
			listing = true
			count(&listed, w, side, 1)
		default:
			e := l.entry(w)
			e.State = Dropped
			rest = append(rest, e)
		}
	})
	if !listing {
		listed, _ = l.Totals(r.Terminal, r.Batch)
		rest = nil
	}
	if r.Totals == nil { // the end of an upload need not repeat them
		v.balanced(txn.BatchBalanced, false)
		l.conclude(now, r, Closed, 0, v)
	} else {
		l.compare(now, r, listed, v)
	}
	if v.Entry.State == Closed {
		v.More = rest
	}
}

// unlist forgets an upload that came to nothing.
func (l *Ledger) unlist(r *txn.Request, v *Verdict) {
	l.each(r, func(w *row) {
		if w.marks&MarkListed != 0 {
			e := l.entry(w)
			e.Marks &^= MarkListed
			v.More = append(v.More, e)
		}
	})
}

// each visits the rows of a request's terminal and batch.
func (l *Ledger) each(r *txn.Request, visit func(*row)) {
	place, known := l.terminals[r.Terminal]
	if !known {
		return
	}
	k := keyOf(place, r.Batch, 0).batch()
	for i := range l.rows {
		if l.rows[i].key.batch() == k {
			visit(&l.rows[i])
		}
	}
}
