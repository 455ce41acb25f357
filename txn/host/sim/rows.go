package sim

import (
	"cmp"
	"slices"
	"time"

	"vpos/txn"
)

// The rows, how they are found, and what follows from them.

// key is terminal, batch and STAN in one number: 24, 20 and 20 bits.
type key uint64

// row is an [Entry] without what can be worked out again.
type row struct {
	seq      uint64
	key      key
	merchant string
	op       txn.Op
	parent   uint64
	of       txn.STAN
	account  Account
	minor    int64
	asked    int64
	currency txn.Currency
	marks    Marks
	state    State
	code     string
	at       time.Time
	sent     int64 // field 7 of the original, Unix seconds
}

// unix is a moment as a row keeps it; 0 for none.
func unix(t time.Time) int64 {
	if t.IsZero() {
		return 0
	}
	return t.Unix()
}

// sentAt reports whether a row's request left the terminal at a moment. A dialect
// that does not say when a request left gives the day of an original at most, by
// either side's midnight.
func (r *row) sentAt(t time.Time) bool {
	if r.sent != 0 {
		return r.sent == t.Unix()
	}
	after := r.at.Sub(t)
	return t.IsZero() || after >= -24*time.Hour && after < 48*time.Hour
}

// find is the row of a terminal's batch and STAN, nil for none.
func (l *Ledger) find(terminal string, batch txn.Batch, stan txn.STAN) *row {
	place, known := l.terminals[terminal]
	if !known {
		return nil
	}
	i, ok := l.index[keyOf(place, batch, stan)]
	if !ok {
		return nil
	}
	return &l.rows[i]
}

func keyOf(terminal uint32, batch txn.Batch, stan txn.STAN) key {
	return key(terminal)<<40 | key(batch&0xFFFFF)<<20 | key(stan&0xFFFFF)
}

// put adds the row of an entry or replaces it, with all that follows.
func (l *Ledger) put(e *Entry) {
	place, known := l.terminals[e.Terminal]
	if !known {
		place = uint32(len(l.names)) //nolint:gosec // far fewer terminals
		l.terminals[e.Terminal] = place
		l.names = append(l.names, e.Terminal)
	}
	k := keyOf(place, e.Batch, e.STAN)
	r := row{
		seq: e.Seq, key: k, merchant: e.Merchant, op: e.Op, minor: e.Amount.Minor, asked: e.Asked,
		currency: e.Amount.Currency, state: e.State, marks: e.Marks, code: e.Code, at: e.At, sent: e.Sent,
		of: e.Of, parent: e.Parent, account: e.Account,
	}
	l.last = max(l.last, e.Seq)
	i, ok := l.index[k]
	if !ok {
		l.index[k] = int32(len(l.rows)) //nolint:gosec // memory ends first
		l.rows = append(l.rows, r)
		l.remember(&r)
		if l.home == 0 {
			l.home = e.Amount.Currency
		}
	} else {
		l.reckon(&l.rows[i], -1)
		l.rows[i] = r
	}
	if e.State == Closed {
		l.book(k.batch()).closed = e.Seq
	}
	l.reckon(&r, 1)
}

// side is what a row does to its account and its batch.
type side uint8

const (
	nothing side = iota
	debit
	credit
	hold
)

// sideOf is a row's.
func sideOf(r *row) side {
	switch r.state {
	case Charged:
		switch r.op {
		case txn.OpSale, txn.OpQR, txn.OpOffline, txn.OpChipOffline, txn.OpComplete, txn.OpCompleteAdvice:
			return debit
		case txn.OpRefund:
			return credit
		default: // what takes back or changes another row: that one says
		}
	case Held:
		if r.op == txn.OpAuth {
			return hold
		}
	default:
	}
	return nothing
}

// reckon adds a row to its account and its batch, or with -1 takes it out again.
func (l *Ledger) reckon(r *row, sign int64) {
	side := sideOf(r)
	if side == nothing {
		return
	}
	if side != hold {
		count(&l.book(r.key.batch()).totals, r, side, sign)
	}
	if side == credit && r.parent != 0 {
		if l.refunded == nil {
			l.refunded = map[uint64]int64{}
		}
		l.refunded[r.parent] += sign * r.minor
	}
	if r.account == 0 {
		return
	}
	k := keyOfPocket(r.account, r.currency)
	p := l.pockets[k]
	if p == nil {
		if l.pockets == nil {
			l.pockets = map[pocketKey]*pocket{}
		}
		p = &pocket{}
		l.pockets[k] = p
	}
	switch side {
	case debit:
		p.spent += sign * r.minor
	case credit:
		p.spent -= sign * r.minor
	default:
		p.held += sign * r.minor
	}
}

// count adds a row to totals, or with -1 takes it out.
func count(t *txn.Totals, r *row, side side, sign int64) {
	of := &t.Domestic
	if r.marks&MarkForeign != 0 {
		of = &t.Foreign
	}
	tally := &of.Debits
	if side == credit {
		tally = &of.Credits
	}
	tally.Count += int(sign)
	tally.Minor += sign * r.minor
}

// entry is the public form of a row.
func (l *Ledger) entry(r *row) Entry {
	e := Entry{
		Seq: r.seq, Terminal: l.names[r.key>>40], Merchant: r.merchant,
		Batch: txn.Batch(r.key >> 20 & 0xFFFFF), STAN: r.key.stan(),
		Op: r.op, Of: r.of, Parent: r.parent, Account: r.account,
		Amount: txn.Money{Minor: r.minor, Currency: r.currency}, Asked: r.asked,
		State: r.state, Marks: r.marks, Code: r.code, At: r.at, Sent: r.sent,
	}
	e.RRN, e.AuthCode = references(r.at, r.seq)
	switch r.state {
	case Declined, Tombstone, Unequal, Closed:
		e.AuthCode = ""
	default:
	}
	return e
}

// Entries lists the rows a filter chooses, oldest first.
func (l *Ledger) Entries(f Filter) []Entry {
	var out []Entry
	for i := range l.rows {
		if e := l.entry(&l.rows[i]); f.fits(&e) {
			out = append(out, e)
		}
	}
	slices.SortFunc(out, func(a, b Entry) int { return cmp.Compare(a.Seq, b.Seq) })
	return out
}
