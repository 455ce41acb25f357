package sim

import (
	"cmp"
	"slices"
	"sort"
	"time"

	"vpos/txn"
)

// Pre-authorisations: what is held, and what becomes of it.

// most is the most a completion may charge, in per cent of the hold.
const most = 115

// held answers what names a pre-authorisation or its completion.
func (l *Ledger) held(now time.Time, r *txn.Request, v *Verdict) {
	if r.Op.Advice() && l.again(r, v) || l.used(r, v) || l.shut(r, v) {
		return
	}
	account := l.account(r.Card.PAN)
	parent, fits := l.named(r, heldBy(r.Op)...)
	want := Held
	if r.Op == txn.OpCompleteVoid {
		want = Charged
	}
	switch {
	case r.Amount.Currency.Code() == "":
		v.Reply.Code = CodeInvalid
	case r.Amount.Minor <= 0:
		v.Reply.Code = CodeAmount
	case l.order.Code != "":
		v.Reply.Code = l.order.Code
	case parent == nil || !fits:
		v.Reply.Code = CodeNoOriginal
	case parent.state != want:
		v.Reply.Code = CodeInvalid
	case l.differs(parent, r, account):
		v.Reply.Code = CodeMismatch
	default:
		l.change(now, r, parent, cmp.Or(account, parent.account), v)
	}
	l.enter(now, r, v)
	v.Entry.Account = account
	if parent != nil && v.Entry.State == Charged {
		l.changed(r, parent, v)
	}
	answerCard(v)
}

// heldBy is what an operation changes.
func heldBy(op txn.Op) []txn.Op {
	if op == txn.OpCompleteVoid {
		return []txn.Op{txn.OpComplete, txn.OpCompleteAdvice}
	}
	return []txn.Op{txn.OpAuth}
}

// change decides about a request whose parent is found.
func (l *Ledger) change(now time.Time, r *txn.Request, parent *row, a Account, v *Verdict) {
	v.Reply.Code = CodeApproved
	switch r.Op {
	case txn.OpIncrement:
		l.judge(now, r, a, v)
	case txn.OpAuthVoid:
		if r.Amount.Minor != parent.minor {
			v.Reply.Code = CodeMismatch
		}
	case txn.OpCompleteVoid:
		switch {
		case l.settled(parent.key.batch()):
			v.Reply.Code = CodeTooLate
		case l.refunded[parent.seq] > 0:
			v.Reply.Code = CodeInvalid
		case r.Amount.Minor != parent.minor:
			v.Reply.Code = CodeMismatch
		}
	default:
		if r.Amount.Minor > parent.minor*most/100 {
			v.Reply.Code = CodeLimit
			return
		}
		if r.Op == txn.OpComplete && l.byAmount {
			v.Reply.Code, v.Delivery = outcome(r.Amount)
		}
	}
}

// changed puts down what an approval does to its parent.
func (l *Ledger) changed(r *txn.Request, parent *row, v *Verdict) {
	v.Entry.Of, v.Entry.Parent, v.Entry.Account = parent.key.stan(), parent.seq, parent.account
	v.Entry.Marks |= parent.marks & MarkForeign
	e := l.entry(parent)
	switch r.Op {
	case txn.OpIncrement:
		v.Entry.State = Held
		e.Asked = cmp.Or(e.Asked, e.Amount.Minor)
		e.Amount.Minor += r.Amount.Minor
	case txn.OpAuthVoid:
		e.State = Voided
	case txn.OpCompleteVoid:
		e.State = Voided
		if hold := l.bySeq(parent.parent); hold != nil && hold.state == Completed {
			h := l.entry(hold)
			h.State = Held
			v.More = append(v.More, h)
		}
	default:
		e.State = Completed
	}
	v.Sale = &e
}

// restore undoes, with a reversal, what the reversed row did to its parent.
func (l *Ledger) restore(old *row, v *Verdict) {
	parent := l.bySeq(old.parent)
	if parent == nil {
		return
	}
	e := l.entry(parent)
	switch {
	case old.op == txn.OpVoid && parent.state == Voided:
		e.State = Charged
		v.Sale = &e
	case old.op == txn.OpIncrement && parent.state == Held:
		e.Amount.Minor -= old.minor
		v.Sale = &e
	case old.op == txn.OpAuthVoid && parent.state == Voided, old.op == txn.OpComplete && parent.state == Completed:
		e.State = Held
		v.Sale = &e
	case old.op == txn.OpCompleteVoid && parent.state == Voided:
		e.State = Charged
		v.Sale = &e
		if hold := l.bySeq(parent.parent); hold != nil && hold.state == Held {
			h := l.entry(hold)
			h.State = Completed
			v.More = append(v.More, h)
		}
	}
}

// named is the row that a request's original names: by its approval code or its
// reference number where it gives one, else by its trace number. fits is whether
// the day it gives is the row's, or it gives none.
func (l *Ledger) named(r *txn.Request, ops ...txn.Op) (found *row, fits bool) {
	o := r.Original
	if o == nil {
		return nil, false
	}
	fit := func(w *row) bool {
		return slices.Contains(ops, w.op) && w.merchant == r.Merchant && sameDay(w, o.At)
	}
	switch {
	case o.AuthCode != "":
		found = l.behind(unscramble(o.AuthCode), func(w *row) bool {
			_, auth := references(w.at, w.seq)
			return fit(w) && auth == o.AuthCode
		})
	case o.RRN != "":
		found = l.behind(sequence(o.RRN), func(w *row) bool {
			rrn, _ := references(w.at, w.seq)
			return fit(w) && rrn == o.RRN
		})
	default:
		if found = l.find(r.Terminal, cmp.Or(o.Batch, r.Batch), o.STAN); found != nil && !fit(found) {
			found = nil
		}
	}
	return found, found != nil
}

// sameDay reports whether a row was sent, or heard of, on the day of t. A day
// comes over the wire without its year.
func sameDay(w *row, t time.Time) bool {
	if t.IsZero() {
		return true
	}
	day := func(u time.Time) bool { return u.Month() == t.Month() && u.Day() == t.Day() }
	return day(w.at) || w.sent != 0 && day(time.Unix(w.sent, 0).In(t.Location()))
}

// bySeq is the row of a number, nil for none.
func (l *Ledger) bySeq(seq uint64) *row {
	if seq == 0 || seq > l.last {
		return nil
	}
	i := sort.Search(len(l.rows), func(i int) bool { return l.rows[i].seq >= seq })
	if i == len(l.rows) || l.rows[i].seq != seq {
		return nil
	}
	return &l.rows[i]
}

// behind is the newest row that fits among those whose number ends in six digits.
func (l *Ledger) behind(digits uint64, fits func(*row) bool) *row {
	if digits >= million {
		return nil
	}
	newest := l.last/million*million + digits
	if newest > l.last {
		if newest < million {
			return nil
		}
		newest -= million
	}
	for seq := newest; ; seq -= million {
		if w := l.bySeq(seq); w != nil && fits(w) {
			return w
		}
		if seq < million {
			return nil
		}
	}
}
