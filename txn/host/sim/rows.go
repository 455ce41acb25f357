package sim

import (
	"cmp"
	"slices"

	"vpos/txn"
)

// The rows and how they are found.

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

// put adds the row of an entry or replaces it.
func (l *Ledger) put(e *Entry) {
	place, known := l.terminals[e.Terminal]
	if !known {
		place = uint32(len(l.names)) //nolint:gosec // far fewer terminals
		l.terminals[e.Terminal] = place
		l.names = append(l.names, e.Terminal)
	}
	k := keyOf(place, e.Batch, e.STAN)
	r := row{
		seq: e.Seq, key: k, merchant: e.Merchant, op: e.Op, minor: e.Amount.Minor,
		currency: l.currency(e.Amount.Currency), state: e.State, code: e.Code, at: e.At, sent: e.Sent, of: e.Of,
	}
	l.last = max(l.last, e.Seq)
	if i, ok := l.index[k]; ok {
		l.rows[i] = r
		return
	}
	l.index[k] = int32(len(l.rows)) //nolint:gosec // memory ends first
	l.rows = append(l.rows, r)
}

// currency is the place of a currency in the list of those met.
func (l *Ledger) currency(c txn.Currency) int32 {
	i := slices.Index(l.currencies, c)
	if i < 0 {
		i = len(l.currencies)
		l.currencies = append(l.currencies, c)
	}
	return int32(i) //nolint:gosec // at most a thousand
}

// entry is the public form of a row.
func (l *Ledger) entry(r *row) Entry {
	e := Entry{
		Seq: r.seq, Terminal: l.names[r.key>>40], Merchant: r.merchant,
		Batch: txn.Batch(r.key >> 20 & 0xFFFFF), STAN: txn.STAN(r.key & 0xFFFFF),
		Op: r.op, Of: r.of, Amount: txn.Money{Minor: r.minor, Currency: l.currencies[r.currency]},
		State: r.state, Code: r.code, At: r.at, Sent: r.sent,
	}
	e.RRN, e.AuthCode = references(r.at, r.seq)
	if r.state != Charged && r.state != Reversed && r.state != Voided {
		e.AuthCode = ""
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
