package world

import (
	"fmt"

	"vpos/reader"
	"vpos/txn"
	"vpos/txn/proof"
)

// What people do beside selling and voiding: everything else there is, from the slips
// they have in their hands.

// hand is what the cashier reads off a slip, or has been told.
type hand struct {
	stan   txn.STAN
	auth   string
	rrn    string
	day    string // month first
	amount int64  // what it was for, or is held
	other  bool   // its card is the second one
}

var (
	byVoice txn.Event = txn.Opened{Kind: txn.Offline}
	signOn  txn.Event = txn.Opened{Kind: txn.SignOn}
)

// flows are what is begun, the more frequent ones more than once.
var flows = [...]txn.Kind{
	txn.Refund, txn.Refund, txn.Refund, txn.Refund, txn.Refund, txn.Phone, txn.PreAuth, txn.PreAuth, txn.PreAuth, txn.PreAuth,
	txn.Increment, txn.Increment, txn.PreAuthVoid, txn.Completion, txn.Completion, txn.Completion,
	txn.CompletionVoid, txn.CompletionVoid, txn.CompletionVoid, txn.Balance, txn.Offline, txn.Offline, txn.Tip, txn.Tip, txn.Tip,
	txn.Scan, txn.Show, txn.SignOn, txn.SignOff,
}

// pays reports whether a card that is put in for a kind does the whole of it, so that
// nothing is left to confirm.
func pays(k txn.Kind) bool { return k == txn.Sale || k == txn.PreAuth || k == txn.Balance }

// back reports whether somebody signed off who must come back: something is to be
// reversed or told, and nothing is sent in between.
func (w *World) back(t *terminal) bool {
	return (t.away || t.setup.SignOffAfter) && !t.state.Signed && len(t.state.Pending)+len(t.state.Untold) > 0
}

// begin is the first key of something else than a sale, with the slip it is about in
// the cashier's hand.
func (w *World) begin(t *terminal) {
	k := flows[w.rng.n(len(flows))]
	if len(t.state.Untold) > 0 && w.rng.n(6) == 0 {
		k = txn.Tip
	}
	t.hand = hand{auth: "V12345", other: w.rng.n(4) == 0}
	if about, yes := subject(k); yes {
		i := w.slip(t, about)
		if i == nil {
			k = txn.Sale // there is nothing yet that it could be about
			if about == ofHold {
				k = txn.PreAuth
			}
		} else {
			w.hold(t, i)
		}
	}
	if p := t.state.Pending; k == txn.Tip && len(p) > 0 && w.rng.odds(half) {
		t.hand.stan = p[0].STAN // nobody has told the cashier yet that it is taken back
	}
	if u := t.state.Untold; k == txn.Tip && len(u) > 0 && w.rng.odds(half) {
		t.hand.stan = u[0].STAN // nor that the host has not heard of it
	}
	if k == txn.Tip && w.rng.n(6) == 0 {
		w.holdVoided(t) // nor that it was voided
	}
	t.away = t.away || k == txn.SignOff
	w.step(t, txn.Opened{Kind: k})
}

// about chooses slips.
type about uint8

const (
	ofCharge     about = iota // whatever was charged
	ofHold                    // a pre-authorisation
	ofCompletion              // what was charged of one
	ofSale                    // what a tip can be added to
)

// subject is what a kind is about, if it is about anything.
func subject(k txn.Kind) (about, bool) {
	switch k {
	case txn.Refund:
		return ofCharge, true
	case txn.Increment, txn.PreAuthVoid, txn.Completion:
		return ofHold, true
	case txn.CompletionVoid:
		return ofCompletion, true
	case txn.Tip:
		return ofSale, true
	default:
		return 0, false
	}
}

// fits reports whether a slip is of that sort. Whether what it says still stands the
// cashier does not know.
func (a about) fits(x *txn.Transaction) bool {
	switch a {
	case ofCharge:
		return x.Kind.Side() == txn.Debit && x.Result.RRN != ""
	case ofHold:
		return x.Kind == txn.PreAuth && x.Result.AuthCode != ""
	case ofCompletion:
		return x.Kind == txn.Completion || x.Kind == txn.CompletionVoid // the wrong slip
	default:
		return proof.Takes(txn.Void, x.Kind) || x.Kind == txn.PreAuth // the same
	}
}

// slip is one of the last slips of a sort: mostly of what was approved; nil for none.
func (w *World) slip(t *terminal, a about) (found *item) {
	for n := len(t.disk.items) - 1; n >= 0; n-- {
		i := &t.disk.items[n]
		if !a.fits(&i.txn) || i.txn.Status != txn.Approved && w.rng.n(4) > 0 {
			continue
		}
		if found = i; w.rng.odds(half) {
			break
		}
	}
	return found
}

// holdOf takes the trace number of a slip of a sort in the hand, if there is one.
func (w *World) holdOf(t *terminal, a about) {
	if i := w.slip(t, a); i != nil {
		t.hand.stan = i.txn.STAN
	}
}

// holdVoided takes the slip of what was voided last in the hand, if anything was.
func (w *World) holdVoided(t *terminal) {
	for n := len(t.disk.items) - 1; n >= 0; n-- {
		if x := &t.disk.items[n].txn; x.Status == txn.Voided {
			t.hand.stan = x.STAN
			return
		}
	}
}

// hold takes a slip in the hand.
func (w *World) hold(t *terminal, i *item) {
	x := &i.txn
	t.hand = hand{
		stan: x.STAN, auth: x.Result.AuthCode, rrn: x.Result.RRN, day: x.At.Format("0102"), amount: x.Amount.Minor,
		other: !i.foreign,
	}
	if x.Kind == txn.PreAuth {
		t.hand.amount = t.disk.held(i).Minor
	}
	switch w.rng.n(24) { // misread
	case 0:
		t.hand.other = !t.hand.other
	case 1:
		t.hand.day = "1121"
	case 2:
		t.hand.auth, t.hand.rrn = "123456", "636512000099"
	case 3:
		t.hand.stan++
	}
}

// facts keys what a state asks for beside the card, or gives up what was refused.
func (w *World) facts(t *terminal) {
	s, h := &t.state, &t.hand
	if s.Problem != txn.NoProblem && w.rng.odds(half) {
		w.step(t, cancel)
		return
	}
	text := ""
	switch s.Name {
	case txn.AmountEntry:
		if amount := w.amount(s.Draft.Kind, h.amount); amount > 0 {
			text = fmt.Sprint(amount)
			break
		}
		w.step(t, amounts[w.rng.n(len(amounts))])
		return
	case txn.TipEntry:
		if n := w.rng.n(3000); s.Draft.Kind == txn.Tip || n < 1500 {
			text = fmt.Sprint(n)
		}
	case txn.AuthEntry:
		text = h.auth
	case txn.DateEntry:
		text = h.day
	case txn.ReferenceEntry:
		text = h.rrn
	default:
	}
	w.step(t, entry(text))
}

// amount is what is keyed of something that was for so much; zero for any amount.
func (w *World) amount(k txn.Kind, was int64) int64 {
	if was <= 0 {
		return 0
	}
	switch k {
	case txn.Refund:
		switch w.rng.n(8) {
		case 0:
			return was + 1
		case 1, 2, 3:
			return 1 + int64(w.rng.n(int(was)))
		}
		return was
	case txn.Completion:
		switch w.rng.n(8) {
		case 0:
			return was * 115 / 100
		case 1:
			return was*115/100 + 1
		case 2, 3:
			return 1 + int64(w.rng.n(int(was)))
		}
		return was
	case txn.PreAuthVoid:
		return was
	default:
		return 0
	}
}

// oldNumber is a trace number somebody keys: off the slip in the hand, or to void, one
// of the last few.
func (w *World) oldNumber(t *terminal) txn.Event {
	if t.hand.stan > 0 {
		return entry(fmt.Sprint(t.hand.stan))
	}
	next := int(t.state.NextSTAN)
	n := 1 + w.rng.n(next)
	if t.state.Draft.Kind == txn.Void {
		n = max(1, next-1-w.rng.n(4))
	}
	return entry(fmt.Sprint(n))
}

// cardOf is the card that is presented: that of the slip in the hand.
func (w *World) cardOf(t *terminal) reader.Card {
	if w.plan.kinds > 0 && t.hand.other {
		return makeOther()
	}
	return makeCard()
}
