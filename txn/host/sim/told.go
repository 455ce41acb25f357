package sim

import (
	"cmp"
	"time"

	"vpos/reader/tlv"
	"vpos/txn"
)

// What a terminal repeats until it is acknowledged: advices, refunds, and the
// question for a balance. None of it is reversed.

// told answers them.
func (l *Ledger) told(now time.Time, r *txn.Request, v *Verdict) {
	if l.again(r, v) || l.used(r, v) || l.shut(r, v) {
		return
	}
	account := l.account(r.Card.PAN)
	var parent *row
	state := Charged
	switch r.Op {
	case txn.OpRefund:
		parent = l.refund(r, account, v)
	case txn.OpBalance:
		state = Noted
		l.balance(now, r, account, v)
	case txn.OpAdjust, txn.OpTip:
		state = Noted
		parent = l.adjust(r, account, v)
	default: // offline, of whatever kind: it has happened
		if l.sound(r, v) {
			v.Reply.Code = CodeApproved
			if r.Op == txn.OpChipOffline && !final(r, v) {
				v.Reply.Code = CodeNotHonoured
			}
		}
	}
	l.enter(now, r, v)
	v.Entry.Account = account
	if v.Entry.State == Charged {
		v.Entry.State = state
	}
	if parent != nil {
		v.Entry.Of, v.Entry.Parent = parent.key.stan(), parent.seq
	}
	if r.Op == txn.OpBalance {
		answerCard(v)
	}
}

// again gives the answer that was given, and reports whether it was. What is
// another transaction under the same number is none of its business.
func (l *Ledger) again(r *txn.Request, v *Verdict) bool {
	old := l.find(r.Terminal, r.Batch, r.STAN)
	if old == nil || old.op != r.Op || old.sent != unix(r.At) || old.minor != r.Amount.Minor && old.asked != r.Amount.Minor {
		return false
	}
	v.Reply.Code, v.Reply.Amount.Minor = old.code, old.minor
	v.Reply.RRN, v.Reply.AuthCode = references(old.at, old.seq)
	if old.state == Declined {
		v.Reply.AuthCode = ""
		if c := txn.ClassOf(old.code); c == txn.ClassLater || c == txn.ClassBatch {
			v.Reply.Code = CodeNotHonoured // it was of the moment then, and whoever asks wants to know now
		}
	} else if r.Op == txn.OpBalance {
		l.tell(r, old.account, v)
	}
	return true
}

// charges are the operations by which an account pays. A wallet's payment is none of
// them: what no card paid is not given back to a card.
var charges = []txn.Op{txn.OpSale, txn.OpOffline, txn.OpChipOffline, txn.OpComplete, txn.OpCompleteAdvice}

// refund gives money back: of a transaction it names, or of whatever the card
// has paid. It is never more than was charged.
func (l *Ledger) refund(r *txn.Request, a Account, v *Verdict) (parent *row) {
	if !l.sound(r, v) {
		return nil
	}
	named := r.Original != nil && (r.Original.RRN != "" || r.Original.AuthCode != "" || r.Original.STAN != 0)
	fits := false
	if named {
		parent, fits = l.named(r, charges...)
	}
	switch {
	case l.order.Code != "":
		v.Reply.Code = l.order.Code
	case named && !fits:
		v.Reply.Code = CodeNoOriginal
	case named && parent.state != Charged:
		v.Reply.Code = CodeInvalid
	case named && l.differs(parent, r, a):
		v.Reply.Code = CodeMismatch
	case named && r.Amount.Minor > parent.minor-l.refunded[parent.seq],
		!named && r.Amount.Minor > l.pocket(a, r.Amount.Currency).spent:
		v.Reply.Code = CodeLimit
	case l.byAmount:
		v.Reply.Code, v.Delivery = outcome(r.Amount)
	default:
		v.Reply.Code = CodeApproved
	}
	return parent
}

// balance says what is left on an account.
func (l *Ledger) balance(now time.Time, r *txn.Request, a Account, v *Verdict) {
	card := l.card(a)
	switch {
	case a == 0:
		v.Reply.Code = CodeNoCard
	case !genuine(r, v):
		v.Reply.Code = CodeNotHonoured
	case l.order.Code != "":
		v.Reply.Code = l.order.Code
	case card.Answer != "" && !txn.Approves(card.Answer):
		v.Reply.Code = card.Answer
	case l.identified(now, r, a, v):
		v.Reply.Code = CodeApproved
		l.tell(r, a, v)
	}
}

// tell puts the balance into a reply: what may be spent, which an overdraft may
// take below nothing.
func (l *Ledger) tell(r *txn.Request, a Account, v *Verdict) {
	c := r.Amount.Currency
	if c == 0 {
		c, _ = txn.CurrencyByCode("CNY")
	}
	p := l.pocket(a, c)
	v.Reply.Balance = &txn.Money{Minor: l.card(a).opening(c) - p.spent - p.held, Currency: c}
}

// adjust gives an offline sale another amount, or a sale a tip, as long as its
// batch is open. The amount of the request is the new one, tip and all.
func (l *Ledger) adjust(r *txn.Request, a Account, v *Verdict) (parent *row) {
	of := []txn.Op{txn.OpOffline}
	if r.Op == txn.OpTip {
		of = []txn.Op{txn.OpSale, txn.OpOffline}
	}
	parent, fits := l.named(ofBatch(r), of...)
	switch {
	case !fits:
		v.Reply.Code = CodeNoOriginal
	case l.settled(parent.key.batch()):
		v.Reply.Code = CodeTooLate
	case parent.state != Charged:
		v.Reply.Code = CodeInvalid
	case l.differs(parent, r, a):
		v.Reply.Code = CodeMismatch
	case r.Amount.Minor <= 0, r.Op == txn.OpTip && r.Amount.Minor < cmp.Or(parent.asked, parent.minor),
		r.Amount.Minor < l.refunded[parent.seq]:
		v.Reply.Code = CodeAmount
	default:
		v.Reply.Code = CodeApproved
		e := l.entry(parent)
		e.Asked = cmp.Or(e.Asked, e.Amount.Minor)
		e.Amount.Minor = r.Amount.Minor
		v.Sale = &e
	}
	return parent
}

// ofBatch is a request about a transaction of its own batch: the trace number names
// that, since the approval code may be one that was given by voice.
func ofBatch(r *txn.Request) *txn.Request {
	if r.Original == nil || r.Original.STAN == 0 {
		return r
	}
	o, q := *r.Original, *r
	o.AuthCode, o.RRN, q.Original = "", "", &o
	return &q
}

// tagCID is the kind of a cryptogram, and kindTC an approval's (EMV Book 3,
// table 14).
const (
	tagCID tlv.Tag = 0x9F27
	kindAC byte    = 0xC0
	kindTC byte    = 0x40
)

// final reports whether a chip has approved what an advice says it has: its TC
// verifies, and is over the amount.
func final(r *txn.Request, v *Verdict) bool {
	found, good := verify(r, v, ring.VerifyFinal)
	return r.Card.Chip != nil && good && found.Values[tagCID][0]&kindAC == kindTC
}
