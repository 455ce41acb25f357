package world

import (
	"strconv"

	"vpos/txn"
	"vpos/txn/proof"
)

// The confirmation of what takes money back or closes the batch: nothing of it happens
// before the digits of its amount, or of the batch's net total, were typed.

// retyped is what must be typed at the screen of a terminal: the rule once more, since a
// proof believes nothing of the machine's. False where Enter alone is enough.
func retyped(s *txn.State) (int64, bool) {
	d := &s.Draft
	if s.Name == txn.WarningShown {
		return d.Amount.Minor, !s.Staffed || d.Approver != ""
	}
	switch d.Kind {
	case txn.Void, txn.CompletionVoid, txn.PreAuthVoid, txn.Refund:
		return d.Amount.Minor, s.Name == txn.Confirm
	case txn.Settlement:
		shown := s.Name == txn.Settle && d.Totals != nil
		switch n := d.Amount.Minor; {
		case n < 0:
			return -n, shown
		case n > 0:
			return n, shown
		case d.Batch > 0:
			return int64(d.Batch), shown
		}
		return int64(s.Batch), shown
	default:
		return 0, false
	}
}

// confirm is a cashier at the confirmation, now and then with an Enter too early or a
// wrong digit first. Nothing is drawn for it, so that older seeds are as they were.
func (w *World) confirm(t *terminal) {
	figure, wanted := retyped(&t.state)
	if !wanted {
		w.step(t, enter)
		return
	}
	switch t.fed % 8 {
	case 0:
		w.step(t, enter)
	case 1:
		w.step(t, typing(figure+1))
	case 2:
		w.step(t, typing(figure/10))
	}
	if t.name == txn.Confirm || t.name == txn.Settle {
		w.step(t, typing(figure))
	}
}

// atFigure is what must be typed where an event is an entry at such a confirmation; false
// for anything else.
func (t *terminal) atFigure(e txn.Event) (int64, bool) {
	if t.name != txn.Confirm && t.name != txn.Settle && t.name != txn.WarningShown {
		return 0, false
	}
	if _, ok := e.(txn.Entered); !ok {
		return 0, false
	}
	return retyped(&t.state)
}

// watchConfirmed holds an entry that was taken against what should have been typed.
func (w *World) watchConfirmed(t *terminal, e txn.Event, figure int64) {
	entered, _ := e.(txn.Entered)
	typed := string(entered.Text.Reveal())
	if n, err := strconv.ParseInt(typed, 10, 64); err != nil || n != figure {
		w.violation(proof.RuleConfirm, t, t.state.Draft.Key(), "%s on %q, and %d had to be typed", t.state.Draft.Kind, typed, figure)
	}
}

func typing(figure int64) txn.Event { return entry(strconv.FormatInt(figure, 10)) }
