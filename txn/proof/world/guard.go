package world

import (
	"slices"
	"time"

	"vpos/reader"
	"vpos/txn"
	"vpos/txn/proof"
)

// The guards in worlds that have them: every sale is one more on one of two cards, so
// that the same amount comes again soon enough.

// guards are those of a guarded world.
var guards = &txn.Guards{Window: 10 * time.Minute, Duplicate: true, Declines: 6, RefundDay: 5_000}

// weigh is what bears on a transaction. There are two cards, told by where they come
// from.
func (d *disk) weigh(f *txn.Weigh) txn.Weighed {
	e := txn.Weighed{Serial: f.Serial}
	for n := range d.items {
		x := &d.items[n].txn
		p := txn.Prior{
			Key: x.Key(), Kind: x.Kind, Status: x.Status, At: x.At, Amount: x.Amount, Entry: x.Card.Entry,
			SameCard: sameCard(&d.items[n], f.Card),
		}
		e.Priors = append(e.Priors, p)
		switch of := f.Of; {
		case of == nil || of.RRN == "":
		case x.Kind.Side() == txn.Debit && x.Result.RRN == of.RRN && sameDay(x.At, of.At):
			e.Original, e.Returned = &p, 0
		case x.Kind == txn.Refund && x.Of.RRN == of.RRN && (x.Status == txn.Approved || x.Status == txn.Asking):
			e.Returned += x.Amount.Minor
		}
	}
	return e
}

func sameCard(i *item, card reader.PAN) bool {
	return i.txn.Card.Entry != reader.NoEntry && i.txn.Card.Entry != reader.QR && i.foreign == txn.Foreign(card.Brand())
}

// atWarning is a person who is warned: some give up, some press Enter first.
func (w *World) atWarning(t *terminal) {
	s := &t.state
	switch n := w.rng.n(8); {
	case n == 0 || t.left == 0:
		w.step(t, cancel)
	case n == 1 || s.Overrules():
		w.step(t, enter)
	default:
		w.step(t, typing(s.Draft.Amount.Minor))
	}
}

// watchGuard holds that nobody pays the same twice within minutes unless somebody was
// warned of it, and that no more is given back of a sale than it was for.
func (w *World) watchGuard(t *terminal, x *txn.Transaction) {
	if t.setup.Guards == nil || w.plan.clock > 0 || !x.Kind.Weighed() {
		return
	}
	warned := slices.Contains(x.PassedCodes(), txn.GuardDuplicate)
	if w.plan.staffed && warned && x.Approver == "" {
		w.violation(proof.RuleStaff, t, x.Key(), "a supervisor should have let it pass: %s", x.Passed)
	}
	if x.Kind == txn.Refund {
		w.watchReturned(t, x)
		return
	}
	for n := range t.disk.items {
		p := &t.disk.items[n]
		charged := p.txn.Status == txn.Approved && (p.txn.Kind.Side() == txn.Debit || p.txn.Kind == txn.PreAuth)
		if !charged || p.txn.Key() == x.Key() || p.txn.Amount != x.Amount || !sameCard(p, x.Card.PAN) {
			continue
		}
		if since := x.At.Sub(p.txn.At); !warned && since >= 0 && since < guards.Window-2*time.Minute {
			w.violation(proof.RuleGuard, t, x.Key(), "%s paid by %s a moment ago, and nobody was warned", x.Amount, p.txn.STAN)
		}
	}
}

func (w *World) watchReturned(t *terminal, x *txn.Transaction) {
	was, returned := int64(-1), int64(0)
	for n := range t.disk.items {
		switch p := &t.disk.items[n].txn; {
		case p.Key() == x.Key() || x.Of.RRN == "":
		case p.Kind.Side() == txn.Debit && p.Result.RRN == x.Of.RRN && sameDay(p.At, x.Of.At):
			was, returned = p.Amount.Minor, 0
		case p.Kind == txn.Refund && p.Of.RRN == x.Of.RRN && (p.Status == txn.Approved || p.Status == txn.Asking):
			returned += p.Amount.Minor
		}
	}
	if was >= 0 && returned+x.Amount.Minor > was {
		w.violation(proof.RuleGuard, t, x.Key(), "%d given back of %d, of which %d was already", x.Amount.Minor, was, returned)
	}
}

func sameDay(a, b time.Time) bool { return txn.DayOf(a) == txn.DayOf(b) }
