package journal

import (
	"bytes"
	"crypto/sha256"
	"encoding/binary"
	"fmt"
	"math"

	"github.com/ncruces/go-sqlite3"

	"vpos/txn"
)

// Fault says what kind of damage was found. The words are stable.
type Fault string

// The faults.
const (
	FaultRow     Fault = "row"     // the row is not what was written, or not in its place
	FaultMissing Fault = "missing" // rows are gone from here on
	FaultExtra   Fault = "extra"   // a row that no commit acknowledged
	FaultHead    Fault = "head"    // the table head disagrees with the chain
	FaultItem    Fault = "item"    // the table item disagrees with the rows
	FaultSchema  Fault = "schema"  // a trigger that guards the rows is gone
	FaultAudit   Fault = "audit"   // the same of the audit: a row of it is altered, gone or extra
	FaultFile    Fault = "file"    // SQLite cannot read the file
)

// Break is the first thing found wrong. It is an error for errors.As.
type Break struct {
	Seq    int64 // the first row it is about; 0 when it is about no row
	Fault  Fault
	Detail string
}

func (b *Break) Error() string {
	if b.Seq == 0 {
		return fmt.Sprintf("%s: %s", b.Fault, b.Detail)
	}
	return fmt.Sprintf("%s at row %d: %s", b.Fault, b.Seq, b.Detail)
}

// chunk is some rows in canonical form, each with room before it for the hash of
// the row before, so that the two are hashed in one piece without a copy.
type chunk struct {
	buf    []byte
	ends   []int
	hashes []Hash
}

// chunkRows is how many rows are read under one lock: enough to make the lock
// cheap, few enough that an Append waits a few milliseconds at most.
const chunkRows = 4096

var selectChunk = "SELECT " + columnList("") + " FROM journal WHERE seq > ? ORDER BY seq LIMIT ?"

// readChunk reads the rows after a sequence number. A stored hash of the wrong
// length becomes zeros, which no row has.
func (d *db) readChunk(after int64, c *chunk) error {
	c.buf, c.ends, c.hashes = c.buf[:0], c.ends[:0], c.hashes[:0]
	return d.query(selectChunk, func(s *sqlite3.Stmt) (bool, error) {
		c.buf = append(c.buf, make([]byte, sha256.Size)...)
		c.buf = canonicalStmt(c.buf, s)
		var h Hash
		if b := s.ColumnRawBlob(len(columns)); len(b) == len(h) {
			copy(h[:], b)
		}
		c.ends, c.hashes = append(c.ends, len(c.buf)), append(c.hashes, h)
		return true, nil
	}, after, int64(chunkRows))
}

// last is the sequence number of the chunk's newest row.
func (c *chunk) last() int64 {
	start := 0
	if n := len(c.ends); n > 1 {
		start = c.ends[n-2]
	}
	return numberAt(c.buf[start+sha256.Size:])
}

// walk follows the chain and folds what it passes.
type walk struct {
	next      int64 // the sequence number that must come
	skipFirst bool  // take the first row's hash as given: its predecessor was not read
	rows      int64
	end       head
	items     map[txn.Key]item // nil to fold nothing
	broken    *Break
}

func newWalk(mode Mode, terminal string) *walk {
	return &walk{next: 1, end: head{hash: origin(mode, terminal), batch: 1}}
}

// take checks a chunk. It stops at the first break.
func (w *walk) take(c *chunk) {
	start := 0
	for i, end := range c.ends {
		w.row(c.buf[start:end], c.hashes[i])
		if w.broken != nil {
			return
		}
		start = end
	}
}

// row checks one row: form is 32 bytes of room and the canonical form.
func (w *walk) row(form []byte, stored Hash) {
	f := parseFold(form[sha256.Size:])
	switch {
	case f.seq < w.next:
		w.fail(f.seq, FaultExtra, "a row before the first")
		return
	case f.seq > w.next:
		w.fail(w.next, FaultMissing, fmt.Sprintf("the next row is %d", f.seq))
		return
	}
	copy(form, w.end.hash[:])
	if !w.skipFirst && Hash(sha256.Sum256(form)) != stored {
		w.fail(f.seq, FaultRow, "it does not match its hash")
		return
	}
	w.skipFirst = false
	w.next++
	w.rows++
	known := true
	if w.items != nil {
		var i item
		i, known = w.items[f.key]
		w.items[f.key] = i.fold(known, f)
	}
	w.end = w.end.fold(known, f.seq, stored, f.key)
}

func (w *walk) fail(seq int64, fault Fault, detail string) {
	if w.broken == nil {
		w.broken = &Break{Seq: seq, Fault: fault, Detail: detail}
	}
}

// compareHead holds the walked chain against the head on disk.
func (w *walk) compareHead(h head) {
	switch {
	case w.broken != nil:
	case h.seq > w.end.seq:
		w.fail(w.next, FaultMissing, fmt.Sprintf("the newest acknowledged row is %d", h.seq))
	case h.seq < w.end.seq:
		w.fail(h.seq+1, FaultExtra, "rows after the newest acknowledged one")
	case h.hash != w.end.hash:
		w.fail(h.seq, FaultHead, "it has another hash")
	case w.items != nil && (h.batch != w.end.batch || h.stan != w.end.stan):
		w.fail(h.seq, FaultHead, "it has another batch or trace number")
	}
}

// foldFacts is what folding needs of a row.
type foldFacts struct {
	seq    int64
	typ    txn.RecordType
	kind   txn.Kind
	status string
	key    txn.Key
	copies int64

	at, zone, amount int64

	last4, operator, body []byte // of the form, which is used again
}

// end is what a transaction is known by: the last digits of its card, or of the payment
// code.
func (f *foldFacts) end() string {
	if len(f.last4) > 0 {
		return string(f.last4)
	}
	return payerIn(f.body)
}

// facts are those of a row that is about to be written.
func (r *rec) facts() foldFacts {
	return foldFacts{
		seq: r.seq, typ: txn.RecordType(r.typ), kind: txn.Kind(r.kind), status: r.status, copies: r.copy,
		key: txn.Key{Batch: txn.Batch(r.batch), STAN: txn.STAN(r.stan)}, //nolint:gosec // checked before
		at:  r.at, zone: r.zone, amount: r.amount, last4: []byte(r.last4), operator: []byte(r.operator), body: []byte(r.body),
	}
}

// payerIn finds the end of a payment code in a body without parsing it: its key stands
// in no text, where a quote is escaped, and in nothing that a body holds within.
func payerIn(body []byte) string {
	_, rest, found := bytes.Cut(body, []byte(`"payer":"`))
	if !found {
		return ""
	}
	digits, _, _ := bytes.Cut(rest, []byte(`"`))
	return string(digits)
}

// parseFold picks the facts out of a canonical form, which canonicalStmt made.
func parseFold(form []byte) (f foldFacts) {
	for i, number := range isNumber {
		if number {
			n := numberAt(form)
			form = form[8:]
			switch i {
			case colSeq:
				f.seq = n
			case colBatch:
				f.key.Batch = txn.Batch(n) //nolint:gosec // compared, not computed with
			case colSTAN:
				f.key.STAN = txn.STAN(n) //nolint:gosec // compared, not computed with
			case colCopy:
				f.copies = n
			case colAt:
				f.at = n
			case colZone:
				f.zone = n
			case colAmount:
				f.amount = n
			}
			continue
		}
		n := binary.BigEndian.Uint32(form)
		switch i {
		case colLast4:
			f.last4 = form[4 : 4+n]
		case colOperator:
			f.operator = form[4 : 4+n]
		case colBody:
			f.body = form[4 : 4+n]
		case colType:
			f.typ = txn.RecordType(intern(form[4 : 4+n]))
		case colKind:
			f.kind = txn.Kind(intern(form[4 : 4+n]))
		case colStatus:
			f.status = intern(form[4 : 4+n])
		}
		form = form[4+n:]
	}
	return f
}

func numberAt(b []byte) int64 { return int64(binary.BigEndian.Uint64(b)) } //nolint:gosec // the bits are the number

// beforeAll is less than any sequence number a row can have.
const beforeAll = math.MinInt64
