package crash

import (
	"fmt"

	"vpos/reader"
	"vpos/txn"
)

// kinds are what a cashier does beside selling, the more frequent ones more than once.
var kinds = []txn.Kind{
	txn.Void, txn.Void, txn.Refund, txn.Refund, txn.Tip, txn.Tip, txn.Offline, txn.Offline, txn.PreAuth, txn.PreAuth,
	txn.Increment, txn.Completion, txn.Completion, txn.CompletionVoid, txn.PreAuthVoid, txn.Phone, txn.Balance,
	txn.Scan, txn.Scan, txn.Show, txn.Show,
}

// person presses the next key. Sales are keyed in, confirmed, and torn off or
// left; a third of the time it is something else.
func (t *till) person() {
	key := func(text string) { t.happened(txn.Entered{Text: reader.NewSecret(text)}) }
	if t.r.IntN(24) == 0 {
		t.happened(txn.Cancelled{})
		t.run()
		return
	}
	s := &t.state
	switch s.Name {
	case txn.Idle:
		switch n := t.r.IntN(12); {
		case n == 0:
			t.happened(txn.Opened{Name: txn.TraceEntry})
		case n < 5:
			t.happened(txn.Opened{Kind: kinds[t.r.IntN(len(kinds))]})
		default:
			key(t.amount())
		}
	case txn.AmountEntry, txn.TipEntry, txn.AuthEntry, txn.ReferenceEntry, txn.DateEntry:
		if s.Problem != txn.NoProblem {
			t.happened(txn.Cancelled{})
			break
		}
		key(t.fact())
	case txn.Present, txn.PANEntry:
		key("4111111111111111")
	case txn.PayCodeEntry:
		key("134567890123456789")
	case txn.ExpiryEntry:
		key("1230")
	case txn.CVVEntry:
		key("123")
	case txn.TraceEntry:
		switch next := int(s.NextSTAN); {
		case s.Problem != txn.NoProblem:
			t.happened(txn.Cancelled{})
		case s.Draft.Kind != "" && next > 1:
			key(fmt.Sprint(max(1, next-1-t.r.IntN(3))))
		default:
			key("")
		}
	case txn.Confirm:
		key(s.Figure()) // of most there is none: Enter alone
	case txn.DeclinedShown:
		t.happened(txn.Cancelled{})
	case txn.ApprovedShown:
		if k := s.Draft.Kind; k == txn.Sale || k == txn.PreAuth {
			t.hand = s.Draft // the newest slip: what comes next is mostly about it
		}
		key("")
	default:
		key("")
	}
	t.run()
}

// amount is one of a few, some of which the host never or late answers.
func (t *till) amount() string {
	return []string{"1234", "5600", "999", "4098", "4099", "151"}[t.r.IntN(6)]
}

// fact is what is keyed off the slip in the hand.
func (t *till) fact() string {
	h := &t.hand
	switch t.state.Name {
	case txn.TipEntry:
		return fmt.Sprint(1 + t.r.IntN(300))
	case txn.AuthEntry:
		if t.state.Draft.Kind == txn.Offline || h.Result.AuthCode == "" {
			return "V12345"
		}
		return h.Result.AuthCode
	case txn.ReferenceEntry:
		if h.Result.RRN == "" {
			return "636523000001"
		}
		return h.Result.RRN
	case txn.DateEntry:
		return t.now.Format("0102")
	default:
	}
	if k := t.state.Draft.Kind; h.Amount.Minor > 0 && (k == txn.Refund || k == txn.Completion || k == txn.PreAuthVoid) {
		return fmt.Sprint(h.Amount.Minor)
	}
	return t.amount()
}
