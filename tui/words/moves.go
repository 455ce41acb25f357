package words

import "vpos/txn"

// What a kind of transaction does with money, in the words of its results. A result
// names what became of this money and of no other: a hold is not a charge, and what
// was not voided stays charged.

// move is one kind's words.
type move struct {
	done    Text // it happened; the amount follows
	not     Text // it did not
	undoing Text // unknown, and being taken back
	undone  Text // taken back
	head    Text // the headline of that
	wait    Text // the next step while it is unknown
	again   Text // and once it is taken back
	why     Text // of one that the bank has simply approved
	say     Text
	do      Text
	check   Text // what to compare where the bank does not find the original; empty for the trace number
}

func moveOf(k txn.Kind) move {
	if m, ok := moves[k]; ok {
		return m
	}
	return moves[txn.Sale]
}

var moves = map[txn.Kind]move{
	txn.Sale:  charging,
	txn.Phone: ordered,
	txn.Void: {
		done: labels[TakenBack], not: labels[StaysCharged], undoing: labels[VoidUndone], undone: labels[StaysCharged],
		head: labels[VoidReversedHeadline], wait: doVoidLater, again: doVoidAgain, why: whyAgreed, do: doTakeBack,
	},
	txn.Refund: {
		done: Text{"Refunded", "已退款"}, not: Text{"Nothing refunded", "未退款"},
		undoing: Text{"Unknown: the bank is asked until it answers", "结果未知：将继续查询直到银行答复"},
		wait:    Text{"Do not refund again. Look in the list later.", "请勿再次退货，稍后查看交易记录。"},
		why:     whyAgreed, say: Text{"The money goes back to your card.", "款项将退回您的卡。"}, do: doTakeBack,
		check: Text{"Check reference number and date.", "请核对参考号和日期。"},
	},
	txn.PreAuth: {
		done: Text{"Held", "已冻结"}, not: Text{"Nothing held", "未冻结"},
		undoing: Text{"Unknown: will be released", "结果未知：将自动冲正"}, undone: Text{"Nothing held: reversed", "未冻结：已冲正"},
		head: headReversed, wait: doWait, again: doBeginAgain,
		why: whyAgreed, say: Text{"The amount is held, not charged.", "金额已冻结，尚未扣款。"},
		do: Text{"Keep the slip: its code and date complete it.", "请保存签购单，完成时须用授权码和日期。"},
	},
	txn.Increment: {
		done: Text{"Added to the hold", "已追加冻结"}, not: Text{"Nothing added; the hold stays", "未追加，原预授权不变"},
		undoing: Text{"Unknown: will be taken off again", "结果未知：将自动冲正"}, undone: Text{"Nothing added: reversed", "未追加：已冲正"},
		head: headReversed, wait: doWait, again: doBeginAgain,
		why: whyAgreed, do: Text{"Keep this slip with the first one.", "请与原预授权签购单一并保存。"}, check: doCheckHold,
	},
	txn.PreAuthVoid: {
		done: Text{"Released", "已解除冻结"}, not: Text{"The hold stays", "冻结仍然有效"},
		undoing: Text{"Unknown: the hold will stand again", "结果未知：将恢复冻结"}, undone: Text{"The hold stays", "冻结仍然有效"},
		head: headReversed, wait: doWait, again: doBeginAgain,
		why: whyAgreed, do: Text{"Give the slip; nothing is held any more.", "请交付签购单，金额已解冻。"}, check: doCheckHold,
	},
	txn.Completion: {
		done: labels[Charged], not: Text{"Nothing charged; the hold is as it was", "未扣款，预授权不变"},
		undoing: labels[WillBeReversed], undone: Text{"Nothing charged: reversed", "未扣款：已冲正"},
		head: headReversed, wait: doWait, again: doBeginAgain,
		why: whyAgreed, say: doneSay, do: Text{"Give the customer the slip.", "请交付签购单。"},
		check: doCheckHold,
	},
	txn.CompletionVoid: {
		done: labels[TakenBack], not: Text{"The completion stays charged", "原预授权完成仍为已扣款"},
		undoing: labels[VoidUndone], undone: Text{"The completion stays charged", "原预授权完成仍为已扣款"},
		head: labels[VoidReversedHeadline], wait: doVoidLater, again: doVoidAgain, why: whyAgreed,
		do: Text{"Give the slip; the hold stands again.", "请交付签购单，预授权已恢复。"},
	},
	txn.Balance: {
		done: labels[NothingCharged], not: labels[NothingCharged],
		why: whyAgreed, do: Text{"Let the customer see it, then Enter.", "请持卡人查看后按确认键。"},
	},
	txn.Offline: {
		done: labels[Charged], not: labels[NothingCharged],
		why: Text{"Taken at the till; the bank will be told.", "已在本机受理，随后通知银行。"}, say: doneSay,
		do: Text{"Hand over. The bank is told by itself.", "请交付商品，系统会自动通知银行。"},
	},
	txn.Tip: {
		done: Text{"In all", "合计扣款"}, not: Text{"No tip; the sale stays as it was", "未加小费，原消费不变"},
		why: Text{"Added at the till; the bank will be told.", "已在本机计入，随后通知银行。"}, say: doneSay,
		do: Text{"Give the new slip. The bank is told by itself.", "请交付新签购单，系统会自动通知银行。"},
	},
	txn.Scan: byCode, txn.Show: byCode,
	txn.SignOn: {
		done: Text{"The terminal may sell", "可以开始交易"}, not: Text{"Not signed on", "未签到"},
		why: whyAgreed, do: Text{"Enter, then sell.", "按确认键后即可收款。"},
	},
	txn.SignOff: {
		done: Text{"The terminal is signed off", "终端已签退"}, not: Text{"Still signed on", "仍为签到状态"},
		why: whyAgreed, do: Text{"The next transaction signs on again.", "下次交易前将自动签到。"},
	},
}

var charging = move{
	done: labels[Charged], not: labels[NothingCharged], undoing: labels[WillBeReversed], undone: labels[WasReversed],
	head: labels[ReversedHeadline], wait: labels[ToldNothing], again: doReversed,
}

var byCode = move{
	done: labels[Charged], not: labels[NothingCharged], undoing: labels[WillBeReversed], undone: labels[WasReversed],
	head: labels[ReversedHeadline], wait: labels[ToldNothing], again: doReversed,
	why: Text{"The simulated wallet has paid.", "模拟钱包已支付。"}, say: doneSay, do: Text{"Simulated: no wallet was charged.", "模拟交易，未真正扣款。"},
}

var ordered = move{
	done: labels[Charged], not: labels[NothingCharged], undoing: labels[WillBeReversed], undone: labels[WasReversed],
	head: labels[ReversedHeadline], wait: labels[ToldNothing], again: doReversed,
	why: whyAgreed, say: doneSay, do: Text{"Keep the slip, then send the goods.", "请保存签购单，再发货。"},
}

var (
	headReversed = Text{"It was reversed", "交易已冲正"}
	whyAgreed    = Text{"The bank approved it.", "银行已批准。"}

	doWait       = Text{"Wait for the reversal, then begin it again.", "请等待冲正完成后重新办理。"}
	doBeginAgain = Text{"Enter, then begin it again.", "按确认键后重新办理。"}
	doCheckHold  = Text{"Check authorisation code and date.", "请核对授权码和日期。"}
	doTakeBack   = Text{"Take the goods back; give the slip.", "请收回商品，并交付签购单。"}
	doVoidLater  = Text{"Wait, then void it again.", "请稍候，之后再次撤销。"}
	doVoidAgain  = Text{"Enter, then void it again.", "按确认键后再次撤销。"}
	doRetry      = Text{"Check the network, then try again.", "请检查网络后重试。"}
)
