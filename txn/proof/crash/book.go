package crash

import (
	"fmt"
	"slices"
	"time"

	"vpos/txn"
	"vpos/txn/journal"
)

// The model: what the journal must hold, worked out from what was asked of it
// and what it answered, and from nothing it wrote.

// fact is a row as both sides tell it.
type fact struct {
	at, made, hostAt   int64 // Unix milliseconds
	typ                txn.RecordType
	kind               txn.Kind
	key                txn.Key
	minor, asked       int64
	currency           string
	last4              string
	entry              string
	status             txn.Status
	rc, auth, rrn      string
	cause              txn.Code
	terminal, operator string
	merchant           string
	attempts           int
	copied             txn.Copy
	of                 txn.Key // of a void
	pan                string  // of the model alone: rows give the last four
}

// String is a fact as a failure shows it.
func (f fact) String() string {
	return fmt.Sprintf("%s %s/%s %d %s rc=%q cause=%q attempts=%d copy=%d", f.typ, f.key.Batch, f.key.STAN, f.minor,
		f.status, f.rc, f.cause, f.attempts, f.copied)
}

// book is the model's state.
type book struct {
	rows []fact // on disk: acknowledged, or read back at a start
	// maybe is what else may be there, whole or not at all, and at most one of
	// them: the commit under way, and those whose fate the journal says it does
	// not know.
	maybe [][]fact
}

func (b *book) clone() book {
	return book{rows: slices.Clip(b.rows), maybe: slices.Clone(b.maybe)}
}

// facts is what an append of records would add.
func (b *book) facts(at time.Time, records []txn.Record) []fact {
	var out []fact
	for _, r := range records {
		out = append(out, factOf(at, r, slices.Concat(b.rows, out)))
	}
	return out
}

func factOf(at time.Time, r txn.Record, before []fact) fact {
	t := r.Txn
	f := fact{
		at: at.UnixMilli(), made: millis(t.At), hostAt: millis(t.Result.HostAt),
		typ: r.Type, kind: t.Kind, key: t.Key(), minor: t.Amount.Minor, asked: t.Asked.Minor,
		currency: t.Amount.Currency.Number(), entry: string(t.Card.Entry), status: t.Status,
		rc: t.Result.Code, auth: t.Result.AuthCode, rrn: t.Result.RRN, cause: t.Cause,
		terminal: t.Terminal, operator: t.Operator, merchant: t.Merchant, attempts: int(t.Attempts), copied: r.Copy,
		pan: string(t.Card.PAN.Reveal()), last4: t.Card.PAN.Last4(), of: keyOf(t.Of),
	}
	if i := newest(before, f.key); r.Type == txn.RecAdjusted && i >= 0 { // another amount, and nothing else
		was := before[i]
		was.at, was.typ, was.copied, was.minor, was.status = f.at, f.typ, 0, f.minor, statusOf(before, f.key)
		return was
	}
	for _, first := range before {
		if first.key != f.key {
			continue
		}
		f.status = statusAfter(r.Type, statusOf(before, f.key))
		if f.pan == "" {
			f.pan = first.pan // wiped by now, or not given again
		}
		if t.Card.PAN.Empty() {
			f.last4, f.entry = first.last4, first.entry
		}
		return f
	}
	f.status = statusAfter(r.Type, t.Status)
	return f
}

// newest is the place of the newest row about a transaction's money, -1 for none.
func newest(rows []fact, k txn.Key) int {
	for i, f := range slices.Backward(rows) {
		if f.key != k {
			continue
		}
		switch f.typ {
		case txn.RecLate, txn.RecAdvice, txn.RecTold, txn.RecPrinted, txn.RecWaived, txn.RecReprinted:
		default:
			return i
		}
	}
	return -1
}

func keyOf(p *txn.Past) txn.Key {
	if p == nil {
		return txn.Key{}
	}
	return p.Key
}

func millis(t time.Time) int64 {
	if t.IsZero() {
		return 0
	}
	return t.UnixMilli()
}

// statusAfter is where a row leaves its transaction, by the table of the money
// law: paper and late replies leave it where it was.
func statusAfter(t txn.RecordType, before txn.Status) txn.Status {
	switch t {
	case txn.RecIntent:
		return txn.Open
	case txn.RecApproved:
		return txn.Approved
	case txn.RecDeclined:
		return txn.Declined
	case txn.RecFailed:
		return txn.Failed
	case txn.RecReversalPending:
		return txn.ReversalPending
	case txn.RecReversed:
		return txn.Reversed
	case txn.RecVoided:
		return txn.Voided
	case txn.RecAsking:
		return txn.Asking
	case txn.RecRefused:
		return txn.Refused
	default:
		return before
	}
}

// statusOf is a transaction's status after its newest row; "" for none.
func statusOf(rows []fact, k txn.Key) txn.Status {
	for _, f := range slices.Backward(rows) {
		if f.key == k {
			return f.status
		}
	}
	return txn.Drafted
}

// found is a stored row as a fact; the full number is not in it.
func found(r journal.Row) fact {
	return fact{
		at: r.At.UnixMilli(), made: millis(r.Made), hostAt: millis(r.Result.HostAt),
		typ: r.Type, kind: r.Kind, key: txn.Key{Batch: r.Batch, STAN: r.STAN}, minor: r.Amount.Minor, asked: r.Asked.Minor,
		currency: r.Amount.Currency.Number(), entry: string(r.Entry), status: r.Status,
		rc: r.Result.Code, auth: r.Result.AuthCode, rrn: r.Result.RRN, cause: r.Cause,
		terminal: r.Terminal, operator: r.Operator, merchant: r.Merchant, attempts: r.Attempts, copied: r.Copy, last4: r.Last4,
		of: keyOf(r.Of),
	}
}

// same compares all that a stored row can tell.
func same(want, got fact) bool {
	want.pan = ""
	return want == got
}

// match holds the rows found against the book: it returns which of the maybes
// they end with (-1 for none), or what is wrong. list is oldest first.
func (b *book) match(list []journal.Row) (maybe int, f *Finding) {
	for i, r := range list {
		if r.Seq != int64(i+1) {
			return -1, doubled("row %d is where row %d should be", r.Seq, i+1)
		}
		if i < len(b.rows) && !same(b.rows[i], found(r)) {
			return -1, corrupt("row %d is %s, written was %s", i+1, found(r), b.rows[i])
		}
	}
	if len(list) < len(b.rows) {
		return -1, lost("%d rows of %d acknowledged: the first missing is %s", len(list), len(b.rows), b.rows[len(list)])
	}
	rest := list[len(b.rows):]
	if len(rest) == 0 {
		return -1, nil
	}
	for i, m := range b.maybe {
		if slices.EqualFunc(m, rest, func(w fact, r journal.Row) bool { return same(w, found(r)) }) {
			return i, nil
		}
	}
	return -1, doubled("%d rows more than the %d acknowledged: %s", len(rest), len(b.rows), found(rest[0]))
}

// adopt makes what was found the truth: a start reads it, and acts on it.
func (b *book) adopt(maybe int) {
	if maybe >= 0 {
		b.rows = append(slices.Clip(b.rows), b.maybe[maybe]...)
	}
	b.maybe = nil
}
