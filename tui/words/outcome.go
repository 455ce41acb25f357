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
	case txn.ReversalPending, txn.Reversed:
		return takenBack(t)
	case txn.Voided:
		return Outcome{Headline: labels[VoidedLabel], Money: labels[TakenBack]}
	case txn.Drafted, txn.Open, txn.Failed:
	}
	cause := ForCode(t.Cause)
	return Outcome{Headline: cause.Headline, Money: unmoved(t), Do: cause.Next}
}

// takenBack is a transaction that is being reversed, or was.
func takenBack(t txn.Transaction) Outcome {
	cause := ForCode(t.Cause)
	switch {
	case t.Status == txn.ReversalPending && t.Kind == txn.Void:
		return Outcome{
			Headline: states[txn.UnknownShown].Title, Money: labels[VoidUndone], Cause: cause.Headline, Do: doVoidLater,
		}
	case t.Kind == txn.Void:
		return Outcome{
			Headline: labels[VoidReversedHeadline], Money: labels[StaysCharged], Cause: cause.Headline, Do: doVoidAgain,
		}
	case t.Status == txn.ReversalPending:
		return Outcome{
			Headline: states[txn.UnknownShown].Title, Money: labels[WillBeReversed],
			Cause: cause.Headline, Say: sayUnknown, Do: labels[ToldNothing],
		}
	}
	return Outcome{
		Headline: labels[ReversedHeadline], Money: labels[WasReversed], Cause: cause.Headline, Say: sayReversed, Do: doReversed,
	}
}

// unmoved is the money of a transaction that did not happen: nothing charged, or,
// of a void, the sale as it was.
func unmoved(t txn.Transaction) Text {
	if t.Kind == txn.Void {
		return labels[StaysCharged]
	}
	return labels[NothingCharged]
}

func answered(t txn.Transaction) Outcome {
	r := ForResponse(t.Result.Code)
	money := unmoved(t)
	switch {
	case t.Status == txn.Approved && t.Kind == txn.Void:
		return Outcome{Headline: flows[txn.Void][txn.ApprovedShown].Title, Money: labels[TakenBack], Cause: r.Cause, Do: doVoided}
	case t.Status == txn.Approved:
		money = labels[Charged]
	}
	return Outcome{Headline: r.Headline, Money: money, Cause: r.Cause, Say: r.Say, Do: r.Do}
}

var (
	sayUnknown  = Text{"I wait for the bank; please do not pay again yet.", "正在等银行确认，请先不要重复付款。"}
	sayReversed = Text{"Nothing was charged. May I try again?", "没有扣款，我再试一次好吗？"}
	doReversed  = Text{"Enter, then start the sale again.", "按确认键后重新收款。"}
	doVoided    = Text{"Take the goods back; give the slip.", "请收回商品，并交付签购单。"}
	doVoidLater = Text{"Wait, then void it again.", "请稍候，之后再次撤销。"}
	doVoidAgain = Text{"Enter, then void it again.", "按确认键后再次撤销。"}
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
	case txn.Drafted, txn.Open:
	}
	return labels[OpenLabel]
}

// Kind is what a transaction does, in a word.
func Kind(k txn.Kind) Text {
	switch k {
	case txn.Sale:
		return labels[SaleLabel]
	case txn.Void:
		return labels[VoidLabel]
	case txn.Settlement:
		return labels[SettlementLabel]
	}
	return Text{string(k), string(k)}
}
