package journal

import (
	"fmt"
	"strings"
	"time"

	"github.com/ncruces/go-sqlite3"

	"vpos/txn"
)

// item is what the rows of one transaction come to: a row of table item. Append,
// Rebuild and Verify all fold with the same function, so that what is derived
// can be held against what is written.
type item struct {
	first, last   int64
	status        string
	printed, late int64
	untold        int64
	due           int64 // copies its kind owes once it is approved
	counts        int64 // the side of a batch's totals that its kind is on
	amount        int64 // of its newest money row
	sought              // of its first row
}

// sought is what a transaction is looked up by, beside its number and its amount.
type sought struct {
	kind     string
	last4    string // of the card, or of a payment code
	operator string
	day      int64 // 20260314; by the terminal's wall clock
}

// fold adds a row to its transaction. Rows about paper and late replies say
// nothing about the money, nor do advices: they leave the status and the newest money row alone.
func (i item) fold(known bool, f foldFacts) item {
	if !known {
		i = item{
			first: f.seq, last: f.seq, status: f.status, due: int64(f.kind.Copies()), counts: int64(f.kind.Side()), amount: f.amount,
			sought: sought{kind: string(f.kind), last4: f.end(), operator: string(f.operator), day: dayOf(f.at, f.zone)},
		}
	}
	switch f.typ {
	case txn.RecLate:
		i.late = 1
	case txn.RecAdvice:
		i.untold = 1
	case txn.RecTold:
		i.untold = 0
	case txn.RecPrinted, txn.RecWaived, txn.RecReprinted: // a duplicate pays what was owed
		i.printed |= f.copies
	case txn.RecRefused:
		i.last, i.status, i.amount, i.untold = f.seq, f.status, f.amount, 0
	default:
		i.last, i.status, i.amount = f.seq, f.status, f.amount
	}
	return i
}

// dayOf is the date by the wall clock of a moment, as [Day].
func dayOf(ms, zone int64) int64 {
	y, m, d := time.Unix(ms/1000+zone, 0).UTC().Date()
	return int64(y)*10_000 + int64(m)*100 + int64(d)
}

// statusAfter is the status a row leaves its transaction in. The row's type
// decides where it can, so that a record whose transaction is a stale copy (a
// slip printed late) cannot turn anything back.
func statusAfter(t txn.RecordType, before item, known bool, stated txn.Status) txn.Status {
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
	case txn.RecAdjusted, txn.RecAdvice, txn.RecTold, txn.RecLate, txn.RecPrinted, txn.RecWaived, txn.RecReprinted:
		if known {
			return txn.Status(before.status)
		}
	}
	return stated
}

// item reads a transaction's folded row.
func (j *Journal) item(k txn.Key) (i item, known bool, err error) {
	err = j.db.query("SELECT "+itemList("")+" FROM item WHERE batch = ? AND stan = ?",
		func(s *sqlite3.Stmt) (bool, error) {
			i, known = scanItem(s, 0), true
			return false, nil
		}, int64(k.Batch), int64(k.STAN))
	if err != nil {
		return item{}, false, fmt.Errorf("read item: %w", err)
	}
	return i, known, nil
}

// itemColumns are those of table item beside its key, in the order of scanItem and of
// item.values.
var itemColumns = []string{
	"first", "last", "status", "printed", "late", "untold", "due", "counts", "amount", "kind", "last4", "operator", "day",
}

// itemList is the item's columns for a SELECT; table is the prefix they are asked with,
// or empty.
func itemList(table string) string { return table + strings.Join(itemColumns, ", "+table) }

func scanItem(s *sqlite3.Stmt, from int) item {
	return item{
		first: s.ColumnInt64(from), last: s.ColumnInt64(from + 1), status: intern(s.ColumnRawText(from + 2)),
		printed: s.ColumnInt64(from + 3), late: s.ColumnInt64(from + 4), untold: s.ColumnInt64(from + 5),
		due: s.ColumnInt64(from + 6), counts: s.ColumnInt64(from + 7), amount: s.ColumnInt64(from + 8),
		sought: sought{
			kind: intern(s.ColumnRawText(from + 9)), last4: s.ColumnText(from + 10), operator: s.ColumnText(from + 11),
			day: s.ColumnInt64(from + 12),
		},
	}
}

// values are the columns of an item, behind its key.
func (i item) values(k txn.Key) []any {
	return []any{
		int64(k.Batch), int64(k.STAN), i.first, i.last, i.status, i.printed, i.late, i.untold, i.due, i.counts, i.amount,
		i.kind, i.last4, i.operator, i.day,
	}
}

// upsertItem writes an item; of one that is there, only what a later row can change, so
// that no other index is touched.
var upsertItem = "INSERT INTO item (batch, stan, " + itemList("") + ") VALUES (?, ?" + strings.Repeat(", ?", len(itemColumns)) + `)
	ON CONFLICT DO UPDATE SET last = excluded.last, status = excluded.status, amount = excluded.amount,
		printed = excluded.printed, late = excluded.late, untold = excluded.untold`

func (j *Journal) writeItem(k txn.Key, i item) error {
	if err := j.db.exec(upsertItem, i.values(k)...); err != nil {
		return fmt.Errorf("write item: %w", err)
	}
	return nil
}

func (j *Journal) writeHead(h head) error {
	err := j.db.exec("UPDATE head SET seq = ?, hash = ?, batch = ?, stan = ?", h.seq, h.hash[:], h.batch, h.stan)
	if err != nil {
		return fmt.Errorf("write head: %w", err)
	}
	return nil
}

// fold moves the end of the chain over a row. A transaction's first row shows
// which batch is open and which trace number went out last.
func (h head) fold(known bool, seq int64, hash Hash, k txn.Key) head {
	h.seq, h.hash = seq, hash
	if !known {
		h.batch, h.stan = int64(k.Batch), int64(k.STAN)
	}
	return h
}

// words are the texts that come in every row, kept once.
var words = func() map[string]string {
	m := map[string]string{}
	for _, t := range txn.RecordTypes() {
		m[string(t)] = string(t)
	}
	for _, k := range txn.Kinds() {
		m[string(k)] = string(k)
	}
	for _, s := range []txn.Status{txn.Open, txn.Approved, txn.Declined, txn.Failed, txn.ReversalPending, txn.Reversed, txn.Voided,
		txn.Asking, txn.Refused} {
		m[string(s)] = string(s)
	}
	return m
}()

// intern is string(b) without an allocation for the words that come in every row.
func intern(b []byte) string {
	if w, ok := words[string(b)]; ok {
		return w
	}
	return string(b)
}
