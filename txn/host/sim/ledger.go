package sim

import (
	"cmp"
	"fmt"
	"slices"
	"time"

	"vpos/txn"
)

// Ledger is the host's state: every transaction of every terminal and batch, and
// what follows from them: accounts, totals, settled batches. It is not safe for
// concurrent use. The zero value is not ready; use [NewLedger].
type Ledger struct {
	byAmount  bool
	bank      *bank
	order     Order // what a fault wants of the request being decided
	rows      []row // ascending by seq
	index     map[key]int32
	terminals map[string]uint32 // field 41 to its place in names
	names     []string
	home      txn.Currency // the first met
	last      uint64

	// What follows from the rows; see reckon and remember.
	pockets  map[pocketKey]*pocket
	attempts map[Account]attempts
	refunded map[uint64]int64 // of each row refunds name, minor units
	batches  map[batchKey]*book
	newest   *book // of the last row: the next is mostly of the same batch

	scratch [32]byte // of account
}

// NewLedger is an empty ledger. byAmount lets the last two digits of an amount
// choose the outcome; without it the cards alone do.
func NewLedger(byAmount bool) *Ledger { return newLedger(byAmount, plain()) }

func newLedger(byAmount bool, b *bank) *Ledger {
	return &Ledger{byAmount: byAmount, bank: b, index: map[key]int32{}, terminals: map[string]uint32{}}
}

// Reload is [Restore] into the memory of a ledger that is needed no more, for whoever
// needs very many, one after the other.
func (l *Ledger) Reload(byAmount bool, entries []Entry) error {
	l.byAmount, l.order, l.rows, l.names = byAmount, Order{}, l.rows[:0], l.names[:0]
	l.home, l.last, l.newest = 0, 0, nil
	clear(l.index)
	clear(l.terminals)
	clear(l.pockets)
	clear(l.attempts)
	clear(l.refunded)
	clear(l.batches)
	_, err := restore(l, entries)
	return err
}

// Apply is the host's whole behaviour: it answers r at now and takes the
// consequence into the ledger.
//
// A request whose terminal, batch and STAN were used before is refused with 94,
// whatever became of the first; an advice and a refund, which are told until they
// are acknowledged, get the answer they got. A reversal of something that stands
// takes it back; its repeats get the same acknowledgement. A reversal of
// something never heard of is acknowledged with 25 and leaves a tombstone, and
// its repeats get 25 too; the original, if it arrives after that, is refused with
// 12. So is acknowledged a reversal whose original was sent at another time
// (field 90) than the row's, without touching the row. A reversal of what was
// refused is acknowledged with 00 and changes nothing. A void takes back a
// charged sale of its terminal and batch, whole; its reversal charges it again.
// What would change a settled batch is refused. Nothing is believed of a message
// whose MAC is wrong. Management is approved.
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
	switch {
	case r.BadMAC:
		v.Reply.Code, v.Reply.Want = CodeMAC, txn.WantSignOn
		return v
	case l.order.Code != "" && !asks(r.Op):
		v.Reply.Code = l.order.Code
		return v
	}
	switch r.Op {
	case txn.OpSale, txn.OpAuth, txn.OpQR:
		l.sale(now, r, &v)
	case txn.OpVoid:
		l.void(now, r, &v)
	case txn.OpReversal:
		l.reversal(now, r, &v)
	case txn.OpIncrement, txn.OpAuthVoid, txn.OpComplete, txn.OpCompleteAdvice, txn.OpCompleteVoid:
		l.held(now, r, &v)
	case txn.OpRefund, txn.OpBalance, txn.OpOffline, txn.OpAdjust, txn.OpTip, txn.OpChipOffline:
		l.told(now, r, &v)
	case txn.OpSettle, txn.OpUpload, txn.OpUploadEnd:
		l.settlement(now, r, &v)
	default:
		l.manage(r, &v)
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
	for i := range v.More {
		l.put(&v.More[i])
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

// sale asks for money, or for it to be held.
func (l *Ledger) sale(now time.Time, r *txn.Request, v *Verdict) {
	if l.used(r, v) || l.shut(r, v) {
		return
	}
	account := l.account(r.Card.PAN)
	if l.sound(r, v) {
		l.judge(now, r, account, v)
	}
	l.enter(now, r, v)
	if v.Entry.Account = account; r.Op == txn.OpAuth && v.Entry.State == Charged {
		v.Entry.State = Held
	}
	if r.Op == txn.OpQR && v.Entry.State == Charged {
		v.Reply.Wallet = payer(r)
	}
	answerCard(v)
}

// enter puts down the row of a request by the code of its reply.
func (l *Ledger) enter(now time.Time, r *txn.Request, v *Verdict) {
	seq := l.last + 1
	state := Declined
	v.Reply.RRN, v.Reply.AuthCode = references(now, seq)
	if v.Reply.Code == CodeApproved || txn.Approves(v.Reply.Code) {
		state = Charged
	} else {
		v.Reply.AuthCode = ""
	}
	if scheme := r.Card.PAN.Brand(); scheme != "" {
		v.Reply.Notes = notes(scheme)
		if abroad(scheme) {
			v.marks |= MarkForeign
		}
	}
	v.change(Entry{
		Seq: seq, Terminal: r.Terminal, Merchant: r.Merchant, Batch: r.Batch, STAN: r.STAN, Op: r.Op,
		Amount: v.Reply.Amount, Asked: v.asked, State: state, Marks: v.marks, Code: v.Reply.Code,
		AuthCode: v.Reply.AuthCode, RRN: v.Reply.RRN, At: now, Sent: unix(r.At),
	})
}

// void takes back a charged sale. It is refused with 25 where there is none that
// field 90 names, 22 where its batch is settled, 12 where it is charged no more,
// and 64 where the two differ.
func (l *Ledger) void(now time.Time, r *txn.Request, v *Verdict) {
	if l.used(r, v) || l.shut(r, v) {
		return
	}
	account := l.account(r.Card.PAN)
	var sale *row
	if r.Original != nil {
		sale = l.find(r.Terminal, cmp.Or(r.Original.Batch, r.Batch), r.Original.STAN)
	}
	switch {
	case l.order.Code != "":
		v.Reply.Code = l.order.Code
	case sale == nil || !voidable(sale.op) || !sale.sentAt(r.Original.At):
		v.Reply.Code = CodeNoOriginal
	case (account == 0) != (sale.op == txn.OpQR): // what no card paid, and only that, is taken back without one
		v.Reply.Code = CodeNoCard
	case l.settled(sale.key.batch()):
		v.Reply.Code = CodeTooLate
	case sale.state != Charged, l.refunded[sale.seq] > 0: // the cardholder would get both
		v.Reply.Code = CodeInvalid
	case sale.minor != r.Amount.Minor || l.differs(sale, r, account):
		v.Reply.Code = CodeMismatch
	default:
		v.Reply.Code = CodeApproved
	}
	l.enter(now, r, v)
	v.Entry.Account = account
	if v.Reply.Code == CodeApproved {
		v.Entry.Of, v.Entry.Parent = r.Original.STAN, sale.seq
		e := l.entry(sale)
		e.State = Voided
		v.Sale = &e
	}
}

// voidable reports whether a void takes back what an operation charged.
func voidable(op txn.Op) bool { return op == txn.OpSale || op == txn.OpOffline || op == txn.OpQR }

// differs reports whether a row is in another currency, of another merchant or
// of another card than the request that names it.
func (l *Ledger) differs(old *row, r *txn.Request, a Account) bool {
	return old.currency != r.Amount.Currency || old.merchant != r.Merchant ||
		a != 0 && old.account != 0 && a != old.account
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
	case old.state == Tombstone, r.Original != nil && !old.sentAt(r.Original.At):
		// The second: a number used again by a terminal that lost its memory. The
		// row belongs to another sale and stays as it is.
		v.Reply.Code = CodeNoOriginal
	case old.minor != r.Amount.Minor && (old.asked == 0 || old.asked != r.Amount.Minor),
		old.currency != r.Amount.Currency, old.merchant != r.Merchant:
		v.Reply.Code = CodeMismatch
	case old.state == Charged || old.state == Held:
		if !old.op.Reversible() {
			v.Reply.Code = CodeInvalid
			return
		}
		if l.settled(old.key.batch()) {
			v.Reply.Code = CodeTooLate // the terminal may not settle with a reversal pending
			return
		}
		v.Reply.Code = CodeApproved
		e := l.entry(old)
		e.State = Reversed
		v.change(e)
		l.restore(old, v)
	default: // reversed before, or never charged
		v.Reply.Code = CodeApproved
	}
}

func (v *Verdict) change(e Entry) { v.Changed, v.Entry = true, e }

// Restore is the ledger a store kept: its rows in any order. It fails on two
// rows of one name.
func Restore(byAmount bool, entries []Entry) (*Ledger, error) {
	return restore(NewLedger(byAmount), entries)
}

// Open is [Restore] with a key of the ledger's own.
func Open(s Setup, entries []Entry) (*Ledger, error) {
	return restore(newLedger(s.ByAmount, newBank(s.Key)), entries)
}

func restore(l *Ledger, entries []Entry) (*Ledger, error) {
	older := func(a, b Entry) int { return cmp.Compare(a.Seq, b.Seq) }
	if !slices.IsSortedFunc(entries, older) {
		entries = slices.SortedStableFunc(slices.Values(entries), older)
	}
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
