package sim

import (
	"fmt"
	"time"

	"vpos/reader/deck/issuer"
	"vpos/txn"
)

// Ledger is the host's state: every transaction of every terminal and batch.
// It is not safe for concurrent use. The zero value is not ready; use
// [NewLedger].
type Ledger struct {
	byAmount   bool
	rows       []row
	index      map[key]int32
	terminals  map[string]uint32 // field 41 to its place in names
	names      []string
	currencies []txn.Currency // those met, in the order met
	last       uint64
}

// key is terminal, batch and STAN in one number: 24, 20 and 20 bits.
type key uint64

// row is an [Entry] without what can be worked out again.
type row struct {
	seq      uint64
	key      key
	merchant string
	op       txn.Op
	of       txn.STAN
	minor    int64
	currency int32 // place in currencies
	state    State
	code     string
	at       time.Time
	sent     int64 // field 7 of the original, Unix seconds
}

// Verdict is what the host makes of a request: the reply, how it is to be
// delivered, and the rows to put down first, together.
type Verdict struct {
	Reply    txn.Reply
	Delivery Delivery
	Changed  bool         // Entry is to be stored before the reply is sent
	Entry    Entry        // the row as it stands after; only when Changed
	Sale     *Entry       // the row of the sale a void changes along with its own; nil for none
	Fault    issuer.Fault // why a chip card is not believed; empty for one that is

	issuer *issuer.Session // of a chip card that is believed
}

// Rows is what is to be stored, in one commit.
func (v *Verdict) Rows() []Entry {
	switch {
	case !v.Changed:
		return nil
	case v.Sale != nil:
		return []Entry{v.Entry, *v.Sale}
	}
	return []Entry{v.Entry}
}

// NewLedger is an empty ledger. byAmount lets the last two digits of an amount
// choose the outcome; without it every sale is approved.
func NewLedger(byAmount bool) *Ledger {
	return &Ledger{byAmount: byAmount, index: map[key]int32{}, terminals: map[string]uint32{}}
}

// Apply is the host's whole behaviour: it answers r at now and takes the
// consequence into the ledger.
//
// A sale whose terminal, batch and STAN were used before is refused with 94,
// whatever became of the first. A reversal of a charged sale takes it back; its
// repeats get the same acknowledgement. A reversal of something never heard of
// is acknowledged with 25 and leaves a tombstone, and its repeats get 25 too;
// the original, if it arrives after that, is refused with 12. So is acknowledged
// a reversal whose original was sent at another time (field 90) than the row's,
// without touching the row. A reversal of a
// refused sale is acknowledged with 00 and changes nothing. A void takes back a
// charged sale of its terminal and batch, whole; its reversal charges it again.
// Management is approved.
func (l *Ledger) Apply(now time.Time, r *txn.Request) Verdict {
	v := l.Decide(now, r)
	l.Commit(&v)
	return v
}

// Decide is Apply without its consequence, for a caller that must store the row
// first.
func (l *Ledger) Decide(now time.Time, r *txn.Request) Verdict {
	v := Verdict{Reply: txn.Reply{
		Op: r.Op, STAN: r.STAN, Amount: r.Amount, Terminal: r.Terminal, Merchant: r.Merchant,
		Result: txn.Result{HostAt: now},
	}}
	switch r.Op {
	case txn.OpSale:
		l.sale(now, r, &v)
	case txn.OpVoid:
		l.void(now, r, &v)
	case txn.OpReversal:
		l.reversal(now, r, &v)
	case txn.OpSignOn, txn.OpSignOff, txn.OpEcho:
		v.Reply.Code = CodeApproved
	default:
		v.Reply.Code = CodeInvalid
	}
	return v
}

// Commit takes the consequence of a verdict into the ledger.
func (l *Ledger) Commit(v *Verdict) {
	if v.Changed {
		l.put(&v.Entry)
	}
	if v.Sale != nil {
		l.put(v.Sale)
	}
}

// used answers a trace number that has a row, and reports whether it has one.
func (l *Ledger) used(r *txn.Request, v *Verdict) bool {
	old := l.find(r.Terminal, r.Batch, r.STAN)
	if old == nil {
		return false
	}
	v.Reply.Code = CodeDuplicate
	if old.state == Tombstone {
		v.Reply.Code = CodeInvalid
	}
	return true
}

func (l *Ledger) sale(now time.Time, r *txn.Request, v *Verdict) {
	if l.used(r, v) {
		return
	}
	switch {
	case r.Amount.Currency.Code == "":
		v.Reply.Code = CodeInvalid
	case r.Amount.Minor <= 0:
		v.Reply.Code = CodeAmount
	case r.Card.PAN.Empty():
		v.Reply.Code = CodeNoCard
	case !genuine(r, v):
		v.Reply.Code = CodeNotHonoured
	case l.byAmount:
		v.Reply.Code, v.Delivery = outcome(r.Amount)
	default:
		v.Reply.Code = CodeApproved
	}
	l.enter(now, r, v)
	answerCard(v)
}

// enter puts down the row of a request by the code of its reply.
func (l *Ledger) enter(now time.Time, r *txn.Request, v *Verdict) {
	seq := l.last + 1
	state := Declined
	v.Reply.RRN, v.Reply.AuthCode = references(now, seq)
	if v.Reply.Code == CodeApproved {
		state = Charged
	} else {
		v.Reply.AuthCode = ""
	}
	v.change(Entry{
		Seq: seq, Terminal: r.Terminal, Merchant: r.Merchant, Batch: r.Batch, STAN: r.STAN, Op: r.Op,
		Amount: r.Amount, State: state, Code: v.Reply.Code,
		AuthCode: v.Reply.AuthCode, RRN: v.Reply.RRN, At: now, Sent: r.At.Unix(),
	})
}

// void takes back a charged sale. It is refused with 25 where there is none that
// field 90 names, 12 where it is charged no more, and 64 where the two differ.
func (l *Ledger) void(now time.Time, r *txn.Request, v *Verdict) {
	if l.used(r, v) {
		return
	}
	var sale *row
	if r.Original != nil {
		sale = l.find(r.Terminal, r.Batch, r.Original.STAN)
	}
	switch {
	case sale == nil || sale.op != txn.OpSale || r.Original.At.Unix() != sale.sent:
		v.Reply.Code = CodeNoOriginal
	case sale.state != Charged:
		v.Reply.Code = CodeInvalid
	case sale.minor != r.Amount.Minor || l.currencies[sale.currency] != r.Amount.Currency || sale.merchant != r.Merchant:
		v.Reply.Code = CodeMismatch
	default:
		v.Reply.Code = CodeApproved
	}
	l.enter(now, r, v)
	if v.Reply.Code == CodeApproved {
		v.Entry.Of = r.Original.STAN
		e := l.entry(sale)
		e.State = Voided
		v.Sale = &e
	}
}

func (l *Ledger) reversal(now time.Time, r *txn.Request, v *Verdict) {
	stan := r.STAN
	op := txn.Op("")
	if r.Original != nil {
		stan, op = r.Original.STAN, r.Original.Op
	}
	old := l.find(r.Terminal, r.Batch, stan)
	if old == nil {
		seq := l.last + 1
		v.Reply.Code = CodeNoOriginal
		v.Reply.RRN, _ = references(now, seq)
		v.change(Entry{
			Seq: seq, Terminal: r.Terminal, Merchant: r.Merchant, Batch: r.Batch, STAN: stan, Op: op,
			Amount: r.Amount, State: Tombstone, Code: CodeNoOriginal, RRN: v.Reply.RRN, At: now,
		})
		return
	}
	v.Reply.RRN, _ = references(old.at, old.seq)
	switch {
	case old.state == Tombstone, r.Original != nil && r.Original.At.Unix() != old.sent:
		// The second: a number used again by a terminal that lost its memory. The
		// row belongs to another sale and stays as it is.
		v.Reply.Code = CodeNoOriginal
	case old.minor != r.Amount.Minor || l.currencies[old.currency] != r.Amount.Currency || old.merchant != r.Merchant:
		v.Reply.Code = CodeMismatch
	case old.state == Charged:
		v.Reply.Code = CodeApproved
		e := l.entry(old)
		e.State = Reversed
		v.change(e)
		if sale := l.find(r.Terminal, r.Batch, old.of); old.op == txn.OpVoid && sale != nil {
			e := l.entry(sale)
			e.State = Charged
			v.Sale = &e
		}
	default: // reversed before, or never charged
		v.Reply.Code = CodeApproved
	}
}

func (v *Verdict) change(e Entry) { v.Changed, v.Entry = true, e }

// references makes the reference number (field 37: last digit of the year, day
// of the year, hour, six digits of the row's number) and the approval code
// (field 38) of a row. Both follow from the row alone, and the approval codes
// of a million rows in a row all differ.
func references(at time.Time, seq uint64) (rrn, auth string) {
	var b [18]byte
	fill(b[0:1], uint64(at.Year())%10) //nolint:gosec // no year is negative
	fill(b[1:4], uint64(at.YearDay())) //nolint:gosec // 1 to 366
	fill(b[4:6], uint64(at.Hour()))    //nolint:gosec // 0 to 23
	fill(b[6:12], seq%1_000_000)
	fill(b[12:18], (seq%1_000_000*7919+271_828)%1_000_000) // 7919 is prime to a million
	s := string(b[:])
	return s[:12], s[12:]
}

// fill writes n in decimal into all of b.
func fill(b []byte, n uint64) {
	for i := len(b) - 1; i >= 0; i-- {
		b[i] = byte('0' + n%10)
		n /= 10
	}
}

// Restore is the ledger a store kept: its rows in any order. It fails on two
// rows of one name.
func Restore(byAmount bool, entries []Entry) (*Ledger, error) {
	l := NewLedger(byAmount)
	for i := range entries {
		e := &entries[i]
		if l.find(e.Terminal, e.Batch, e.STAN) != nil {
			return nil, fmt.Errorf("ledger row %d: second row for terminal %s batch %s STAN %s",
				e.Seq, e.Terminal, e.Batch, e.STAN)
		}
		l.put(e)
	}
	return l, nil
}
