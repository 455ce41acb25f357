package world

import (
	"fmt"
	"time"

	"vpos/reader"
	"vpos/txn"
)

// The people: a cashier who wants to sell, and keys nobody expects.

// The entries, made once: an event is the same whoever gets it.
var (
	enter     txn.Event = txn.Entered{}
	cancel    txn.Event = txn.Cancelled{}
	seekSlip  txn.Event = txn.Opened{Name: txn.TraceEntry}
	seekSale  txn.Event = txn.Opened{Kind: txn.Void}
	dayEnd    txn.Event = txn.Opened{Kind: txn.Settlement}
	amounts             = makeAmounts()
	keyed               = entry("4111111111111111")
	expiry              = entry("1230")
	code                = entry("123")
	paperOut            = entry("1")
	paperLost           = entry("2")
	paycodes            = [...]txn.Event{entry("134567890123456789"), entry("287654321098765432109876"), entry("6212345678901234567")}
	swipes              = txn.Event(txn.Swiped{Card: makeCard()})
	others              = txn.Event(txn.Swiped{Card: makeOther()})
)

func entry(text string) txn.Event { return txn.Entered{Text: reader.NewSecret(text)} }

// makeAmounts are amounts of all endings, those with a meaning at the host too.
func makeAmounts() (list [256]txn.Event) {
	for i := range list {
		ending := i * 37 % 128
		if ending >= 100 {
			ending = 0 // the ordinary ones are more frequent
		}
		list[i] = entry(fmt.Sprint((1+i%97)*100 + ending))
	}
	return list
}

func makeCard() reader.Card {
	pan, err := reader.RestorePAN([]byte("4111111111111111"))
	if err != nil {
		panic(err)
	}
	return reader.Card{Entry: reader.Swipe, PAN: pan, Expiry: reader.Expiry{Year: 2030, Month: 12}}
}

// makeOther is a card of another scheme, which counts apart.
func makeOther() reader.Card {
	pan, err := reader.RestorePAN([]byte("6200000000000005"))
	if err != nil {
		panic(err)
	}
	return reader.Card{Entry: reader.Swipe, PAN: pan, Expiry: reader.Expiry{Year: 2030, Month: 12}}
}

// swipe is a card through the slot: the same one again and again, unless cards
// are wiped in this world.
func (w *World) swipe(t *terminal) {
	switch other := w.plan.kinds > 0 && t.hand.other; {
	case w.plan.wipes:
		w.step(t, txn.Swiped{Card: w.cardOf(t)})
	case other:
		w.step(t, others)
	default:
		w.step(t, swipes)
	}
}

// person lets the cashier do the next thing, if there is one to do.
func (w *World) person(t *terminal) bool {
	s := &t.state
	if w.rng.odds(w.plan.odd >> 4) {
		w.fumble(t)
		return true
	}
	if !t.settled() || t.atRest() && t.left == 0 && s.Frozen == nil && !w.back(t) {
		return false
	}
	if w.boundary() != noCut {
		w.cut(t)
		return true
	}
	if w.rng.odds(w.plan.pause) {
		w.now += time.Duration(1+w.rng.n(20)) * time.Second
		w.setClock(t)
	}
	if w.plan.staffed && w.rng.n(32) == 0 {
		w.now += lockAfter // called away
	}
	if w.atLock(t) {
		return true
	}
	switch s.Name {
	case txn.Idle:
		if t.left == 0 && w.back(t) {
			w.step(t, signOn)
			return true
		}
		if s.Frozen != nil && (t.left == 0 || w.rng.odds(half)) || w.plan.settle > 0 && w.rng.odds(w.plan.settle) {
			w.step(t, dayEnd)
			return true
		}
		if w.rng.odds(w.plan.seek) {
			w.step(t, seekSlip)
			return true
		}
		if w.rng.odds(w.plan.void) {
			t.hand = hand{}
			if w.plan.kinds > 0 && w.rng.n(8) == 0 {
				w.holdOf(t, ofCompletion) // the wrong slip
			}
			w.step(t, seekSale)
			return true
		}
		if w.rng.odds(w.plan.kinds) {
			w.begin(t)
			return true
		}
		t.hand = hand{}
		if w.rng.odds(w.plan.chip) {
			w.step(t, amounts[w.rng.n(len(amounts))])
			return true
		}
		w.swipe(t)
	case txn.ApprovedShown, txn.Printing:
		w.tearOff(t)
	case txn.PaperEntry:
		w.look(t)
	case txn.UnknownShown:
		w.step(t, enter)
	case txn.DeclinedShown:
		if w.plan.kinds > 0 && t.left > 0 && s.Referred() && w.rng.odds(half) {
			t.hand = hand{auth: "V12345"}
			w.step(t, byVoice)
			return true
		}
		if t.left > 0 && w.rng.odds(8192) {
			w.step(t, enter)
			return true
		}
		w.step(t, cancel)
	case txn.Settle:
		if s.Draft.Totals == nil || w.rng.odds(4096) {
			w.step(t, cancel)
			return true
		}
		w.confirm(t)
	case txn.WarningShown:
		w.atWarning(t)
	case txn.TraceEntry:
		if s.Problem != txn.NoProblem || s.Draft.Kind == "" && w.rng.odds(half) {
			w.step(t, cancel)
			return true
		}
		w.step(t, w.oldNumber(t))
	default:
		w.draft(t)
	}
	return true
}

// draft puts a sale together.
func (w *World) draft(t *terminal) {
	if t.left == 0 {
		w.step(t, cancel)
		return
	}
	switch t.state.Name {
	case txn.AmountEntry, txn.TipEntry, txn.AuthEntry, txn.DateEntry, txn.ReferenceEntry:
		w.facts(t)
	case txn.Present:
		if w.rng.odds(w.plan.chip) {
			if pays(t.state.Draft.Kind) {
				t.left-- // nothing is left to confirm
			}
			w.step(t, insert)
			return
		}
		if w.rng.odds(w.plan.manual) {
			w.step(t, keyed)
			return
		}
		w.swipe(t)
	case txn.PANEntry:
		w.step(t, keyed)
	case txn.PayCodeEntry:
		w.step(t, paycodes[w.rng.n(len(paycodes))])
	case txn.ExpiryEntry:
		w.step(t, expiry)
	case txn.CVVEntry:
		w.step(t, code)
	case txn.Confirm:
		if t.state.Draft.Kind.Held() && w.rng.n(16) == 0 {
			t.hand.other = !t.hand.other // the wrong card, at the last moment
			w.swipe(t)
			return
		}
		if t.state.Draft.Kind != txn.Void {
			t.left--
		}
		w.confirm(t)
	default:
		w.step(t, cancel)
	}
}

// tearOff is what people do about paper: mostly take it, sometimes not want it,
// sometimes give up on the printer.
func (w *World) tearOff(t *terminal) {
	switch {
	case !w.faulted && t.state.Name == txn.Printing: // it works again
		w.step(t, enter)
	case w.rng.odds(half):
		w.step(t, enter)
	default:
		w.step(t, cancel)
	}
}

// look is what somebody says who was asked whether the slip is there: what they see, or
// nothing; and some who see it want another.
func (w *World) look(t *terminal) {
	switch n := w.rng.n(8); {
	case n == 0:
		w.step(t, cancel)
	case n == 1:
		w.step(t, enter)
	case n > 2 && t.lies:
		w.step(t, paperOut)
	default:
		w.step(t, paperLost)
	}
}

// fumble is a key nobody expects, at any moment.
func (w *World) fumble(t *terminal) {
	switch w.rng.n(6) {
	case 0, 1:
		w.step(t, enter)
	case 2, 3:
		w.step(t, cancel)
	case 4:
		w.swipe(t)
	default:
		w.step(t, amounts[w.rng.n(len(amounts))])
	}
}
