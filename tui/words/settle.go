package words

import "vpos/txn"

// The words of a settlement: it moves no card's money, so nothing here speaks of
// charging.

var settling = map[txn.Name]Screen{
	txn.ApprovedShown: {
		Text{"Settled", "结算成功"},
		Text{"Tear off the slip, then Enter", "请撕下结算单，按确认键完成"},
	},
	txn.DeclinedShown: {
		Text{"Not settled", "结算失败"},
		Text{"Enter goes back; the batch stays open", "按确认键返回，批次保持未结"},
	},
	txn.UnknownShown: {
		Text{"Settlement unknown", "结算结果未知"},
		Text{"Enter goes back; settle again", "按确认键返回，请再次结算"},
	},
	txn.Processing: {
		Text{"Settling", "结算处理中"},
		Text{"Please wait", "请稍候"},
	},
}

var (
	batchOpen   = Text{"The batch stays open, nothing is lost", "批次未结，交易数据完整"}
	batchFrozen = Text{"Frozen until it is settled again", "批次已冻结，须再次结算"}
	batchClosed = Text{"The batch is closed; a new one is open", "本批次已结，已开新批次"}
	doSettle    = Text{"Settle again; until then nothing is sold.", "请再次结算，完成前不能交易。"}
	doLater     = Text{"Settle again later.", "请稍后再次结算。"}
)

// settled is what became of a settlement.
func settled(t txn.Transaction) Outcome {
	switch t.Status {
	case txn.Approved:
		return Outcome{Headline: settling[txn.ApprovedShown].Title, Money: batchClosed}
	case txn.Open:
		return Outcome{
			Headline: settling[txn.UnknownShown].Title, Money: batchFrozen, Cause: ForCode(t.Cause).Headline, Do: doSettle,
		}
	default:
	}
	o := Outcome{Headline: settling[txn.DeclinedShown].Title, Money: batchOpen, Do: doLater}
	switch {
	case t.Cause != txn.NoProblem:
		advice := ForCode(t.Cause)
		o.Cause = advice.Headline
		if t.Cause == txn.BatchDiffers || t.Cause == txn.AdviceFirst || t.Cause == txn.ReversalFirst {
			o.Do = advice.Next
		}
	case t.Result.Code != "":
		o.Cause = ForResponse(t.Result.Code).Cause
	}
	return o
}
