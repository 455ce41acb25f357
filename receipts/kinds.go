package receipts

import "vpos/txn"

// kind is what a slip says of one kind of transaction.
type kind struct {
	name      Words
	agreement Words   // what the cardholder signs
	act       Words   // on the fault slip of its reversal: what may have happened, and what to do
	refused   Words   // on the fault slip of an advice the host refused: the same
	needs     []Field // facts without which there is no such slip, whatever the host said
	takesBack bool    // the amount goes back to the card, and is printed negative
	unseen    bool    // nobody has seen the card or its holder: nobody signs
	sold      bool    // its card is an earlier sale's: that card's chip says nothing of this
}

// aboutHold are the facts that name an earlier pre-authorisation.
var aboutHold = []Field{FieldOriginalAuth, FieldOriginalDate}

// What an act ends with: whom to turn to.
const (
	callZh = "请持此单联系收单行。"
	callEn = " Take this slip to the acquirer."
)

// fault is what to do about a reversal that cannot be delivered.
func fault(zh, en string) Words {
	return Words{"冲正不成功，请人工处理：" + zh + callZh, en + callEn}
}

// unheard is what to do about an advice that the host will not have.
func unheard(zh, en string) Words {
	return Words{"联机上送被拒，请人工处理：" + zh + callZh, en + callEn}
}

// charged is what is signed of a transaction that the card is charged with.
var charged = Words{
	"本人确认以上交易，同意将其记入本卡账户",
	"I confirm the transaction above and agree to have it charged to this card.",
}

// paid is what there is to say of a payment by a wallet's code.
var paid = Words{
	"本人确认以上交易，同意从所用钱包支付",
	"I confirm the transaction above and agree to have it paid from my wallet.",
}

// chargedTwice is the fault slip of one.
var chargedTwice = fault(
	"此笔交易银行可能已扣款，终端未能撤销。",
	"The bank may have charged this card and could not be told to take it back.",
)

// givenBack is what is signed of a void of one.
var givenBack = Words{
	"本人确认撤销原交易，同意将款项退回付款钱包",
	"I confirm that the original sale is voided and its amount given back to the wallet that paid.",
}

// paidTwice is the fault slip of a payment by code.
var paidTwice = fault(
	"此笔交易钱包可能已扣款，终端未能撤销。",
	"The wallet may have paid this and could not be told to take it back.",
)

// kinds are the transactions a slip is printed of.
var kinds = map[txn.Kind]kind{
	txn.Sale: {name: Words{"消费", "SALE"}, agreement: charged, act: chargedTwice},
	txn.Phone: {
		name: Words{"消费（电话/邮购）", "SALE (MOTO)"}, agreement: charged, act: chargedTwice, unseen: true,
	},
	txn.Void: {
		name: Words{"消费撤销", "VOID"}, takesBack: true, sold: true, needs: []Field{FieldOriginal},
		agreement: Words{
			"本人确认撤销原交易，同意将款项退回本卡账户",
			"I confirm that the original sale is voided and its amount given back to this card.",
		},
		act: fault(
			"银行可能已撤销原交易，而终端按未撤销入账。",
			"The bank may have voided the original sale, which stands on this terminal.",
		),
	},
	txn.Refund: {
		name: Words{"退货", "REFUND"}, takesBack: true, needs: []Field{FieldOriginalRef, FieldOriginalDate},
		agreement: Words{
			"本人确认以上退货，同意将款项退回本卡账户",
			"I confirm the refund above and agree to have its amount given back to this card.",
		},
		act: fault(
			"银行可能已将此款退回持卡人，终端未能撤销。",
			"The bank may have paid this refund and could not be told to take it back.",
		),
	},
	txn.PreAuth: {
		name: Words{"预授权", "PRE-AUTH"},
		agreement: Words{
			"本人同意冻结以上金额，最终以预授权完成的金额为准",
			"I agree to have the amount above held on this card. What is charged is the amount of the completion.",
		},
		act: holdFault,
	},
	txn.Increment: {
		name: Words{"追加预授权", "PRE-AUTH INCREMENT"}, needs: aboutHold,
		agreement: Words{
			"本人同意追加冻结以上金额，最终以预授权完成的金额为准",
			"I agree to have the amount above held as well. What is charged is the amount of the completion.",
		},
		act: holdFault,
	},
	txn.PreAuthVoid: {
		name: Words{"预授权撤销", "PRE-AUTH VOID"}, takesBack: true, needs: aboutHold,
		agreement: Words{
			"本人确认撤销原预授权，冻结金额解冻",
			"I confirm that the original pre-authorisation is voided and its hold released.",
		},
		act: fault(
			"银行可能已撤销原预授权，而终端按未撤销处理。",
			"The bank may have released the original hold, which stands on this terminal.",
		),
	},
	txn.Completion: {
		name: Words{"预授权完成", "PRE-AUTH COMPLETION"}, needs: aboutHold, agreement: charged, act: chargedTwice,
	},
	txn.CompletionVoid: {
		name: Words{"预授权完成撤销", "COMPLETION VOID"}, takesBack: true, sold: true, needs: []Field{FieldOriginal},
		agreement: Words{
			"本人确认撤销原预授权完成，同意将款项退回本卡账户",
			"I confirm that the original completion is voided and its amount given back to this card.",
		},
		act: fault(
			"银行可能已撤销原预授权完成，而终端按未撤销入账。",
			"The bank may have voided the original completion, which stands on this terminal.",
		),
	},
	txn.Offline: {
		name: Words{"离线消费", "OFFLINE SALE"}, needs: []Field{FieldVoice}, agreement: charged,
		refused: unheard(
			"银行未接受此笔离线消费，货款不会到账。",
			"The bank has not accepted this offline sale: its amount will not be paid.",
		),
	},
	txn.Scan: {name: Words{"扫码付款", "QR SCAN PAY"}, agreement: paid, act: paidTwice},
	txn.Show: {name: Words{"出示二维码", "QR CODE PAY"}, agreement: paid, act: paidTwice},
	txn.Tip: {
		name: Words{"小费", "TIP"}, sold: true, needs: []Field{FieldOriginal, FieldBase, FieldTip},
		agreement: Words{
			"本人同意在原交易上加付以上小费，将总金额记入本卡账户",
			"I agree to have the tip added to the original sale and the total charged to this card.",
		},
		refused: unheard(
			"银行未接受此笔小费，原交易按原金额入账。",
			"The bank has not accepted this tip: the original sale is charged without it.",
		),
	},
}

// holdFault is the fault slip of what the bank may be holding.
var holdFault = fault(
	"银行可能已冻结此金额，终端未能撤销。",
	"The bank may be holding this amount and could not be told to release it.",
)

// settlement is what the slip of a closed batch says of itself; nobody signs it.
var (
	settlement      = kind{name: Words{"结算", "SETTLEMENT"}}
	settlementTitle = Words{"POS结算单", "POS SETTLEMENT SLIP"}
)

// kindName is the name of a kind where there is little room: on reports, which list
// some that have no slip, and of an earlier transaction.
func kindName(k txn.Kind) Words {
	if k == txn.Phone {
		return Words{"电话/邮购", "MOTO"}
	}
	if known, ok := kinds[k]; ok {
		return known.name
	}
	switch k {
	case txn.Balance:
		return Words{"余额查询", "BALANCE"}
	case txn.Settlement:
		return settlement.name
	default:
		return Words{"", tidy(string(k))}
	}
}

// KindName is what a slip calls a kind of transaction; no words for one nobody prints.
func KindName(k txn.Kind) Words {
	if k == txn.Settlement {
		return settlement.name
	}
	return kinds[k].name
}
