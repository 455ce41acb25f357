package words

import "vpos/txn"

// Outcome is what became of a transaction, in the words of a result screen.
// Any part but the headline and the money may be empty.
type Outcome struct {
	Headline Text
	Money    Text // nothing charged, charged, or unknown: will be reversed
	Cause    Text
	Say      Text // what to tell the customer
	Do       Text // the next step
}

// OutcomeOf finds the words for a transaction as it stands. Only a response
// that was stored and shown speaks of money that moved; what is unknown is
// never called declined.
func OutcomeOf(t txn.Transaction) Outcome {
	if t.Kind == txn.Settlement {
		return settled(t)
	}
	switch t.Status {
	case txn.Approved, txn.Declined:
		return answered(t)
	case txn.ReversalPending, txn.Reversed, txn.Asking:
		return takenBack(t)
	case txn.Voided:
		return Outcome{Headline: labels[VoidedLabel], Money: labels[TakenBack]}
	case txn.Refused:
		return refused(t)
	case txn.Drafted, txn.Open, txn.Failed:
	}
	cause := ForCode(t.Cause)
	o := Outcome{Headline: cause.Headline, Money: moveOf(t.Kind).not, Do: cause.Next}
	if t.Status == txn.Failed && unheard(t.Cause) {
		o.Do = doRetry // nothing was moved that would be reversed
	}
	return o
}

// unheard says that a request left and no answer came.
func unheard(c txn.Code) bool {
	return c == txn.HostTimeout || c == txn.HostLost || c == txn.HostGarbage || c == txn.HostMAC || c == txn.Restarted
}

// takenBack is a transaction that is unknown or was: being reversed, asked again, or
// reversed.
func takenBack(t txn.Transaction) Outcome {
	m := moveOf(t.Kind)
	o := Outcome{Headline: titleUnknown, Money: m.undoing, Cause: ForCode(t.Cause).Headline, Do: m.wait}
	buys := t.Kind == "" || t.Kind == txn.Sale || t.Kind == txn.Phone || t.Kind.QR()
	if t.Status == txn.Reversed {
		o.Headline, o.Money, o.Do = m.head, m.undone, m.again
	}
	switch {
	case buys && t.Status == txn.Reversed:
		o.Say = sayReversed
	case buys:
		o.Say = sayUnknown
	case t.Status == txn.Asking:
		o.Say = sayAsking
	}
	return o
}

// refused is what was taken without the bank, which will not have it.
func refused(t txn.Transaction) Outcome {
	advice := ForCode(txn.AdviceRefused)
	o := Outcome{Headline: advice.Headline, Money: notPaid, Do: advice.Next}
	if t.Kind == txn.Tip {
		o.Money = tipNotPaid
	}
	if t.Result.Code != "" {
		o.Cause = ForResponse(t.Result.Code).Cause
	}
	return o
}

func answered(t txn.Transaction) Outcome {
	m, r := moveOf(t.Kind), ForResponse(t.Result.Code)
	if t.Status != txn.Approved {
		o := Outcome{Headline: r.Headline, Money: m.not, Cause: r.Cause, Say: r.Say, Do: r.Do}
		if txn.Meaning(t.Result.Code) == originalUnknown && !m.check.Empty() {
			o.Say, o.Do = Text{}, m.check // most often it was keyed wrong: nothing to tell the customer
		}
		return o
	}
	o := Outcome{Headline: r.Headline, Money: m.done, Cause: r.Cause, Say: r.Say, Do: r.Do}
	if plain := t.Result.Code == "00" || t.Kind.Told(); plain && t.Kind != "" && t.Kind != txn.Sale {
		o.Say, o.Do = m.say, m.do
		if own, ok := flows[t.Kind][txn.ApprovedShown]; ok {
			o.Headline = own.Title
		}
		if !m.why.Empty() {
			o.Cause = m.why
		}
	}
	return o
}

// originalUnknown is the response code of a bank that does not find what is refunded,
// taken back or completed.
const originalUnknown = "25"

var (
	sayUnknown  = Text{"I wait for the bank; please do not pay again yet.", "正在等银行确认，请先不要重复付款。"}
	sayAsking   = Text{"I wait for the bank; the money comes once.", "正在等银行确认，只会退款一次。"}
	sayReversed = Text{"Nothing was charged. May I try again?", "没有扣款，我再试一次好吗？"}
	doReversed  = Text{"Enter, then start the sale again.", "按确认键后重新收款。"}

	notPaid    = Text{"Not paid: no money comes for it", "未入账：商户收不到此款"}
	tipNotPaid = Text{"The tip is not paid; the sale stands", "小费未入账，原消费不变"}
)

// StatusText is a transaction's status in a word, for lists.
func StatusText(s txn.Status) Text {
	switch s {
	case txn.Approved:
		return labels[Approved]
	case txn.Declined:
		return labels[DeclinedLabel]
	case txn.Failed:
		return labels[FailedLabel]
	case txn.ReversalPending:
		return labels[PendingLabel]
	case txn.Reversed:
		return labels[ReversedLabel]
	case txn.Voided:
		return labels[VoidedLabel]
	case txn.Asking:
		return labels[AskingLabel]
	case txn.Refused:
		return labels[RefusedLabel]
	case txn.Drafted, txn.Open:
	}
	return labels[OpenLabel]
}
