package receipts

import "vpos/txn"

// The words of the reports.

// The fields of a report that no slip has.
const (
	FieldState    Field = "report state"
	FieldAgrees   Field = "agreement with the settlement"
	FieldFrom     Field = "first transaction"
	FieldTo       Field = "last transaction"
	FieldPrinted  Field = "printed at"
	FieldCurrency Field = "currency"
	FieldTally    Field = "tally"
	FieldListed   Field = "listed transaction"
	FieldEstimate Field = "estimate mark"
	FieldExpected Field = "expected day"
)

// EstimateMark stands over every figure that the acquirer has the last word on.
const EstimateMark = "预估 ESTIMATE"

// The titles and the state of a report.
var (
	xTitle     = Words{"X 报表", "X REPORT"}
	zTitle     = Words{"Z 报表", "Z REPORT"}
	shiftTitle = Words{"交班报表", "SHIFT REPORT"}
	shiftState = Words{"班次已结束", "SHIFT ENDED"}
	xState     = Words{"批次未结算", "BATCH STILL OPEN"}
	zState     = Words{"批次已结算", "BATCH CLOSED"}
	agreeWords = Words{"与结算核对：对账平", "AGREES WITH THE SETTLEMENT"}
	wrongWords = Words{"与结算核对：对账不平，请联系收单行", "DIFFERS FROM THE SETTLEMENT: CALL THE ACQUIRER"}
	holidays   = Words{"按工作日推算，未计节假日，以收单行为准", "Working days; public holidays not counted. The acquirer decides."}
	ifNow      = Words{"若现在结算；", "If the batch is closed now. "}
	noneWords  = Words{"本批次无交易", "NO TRANSACTIONS IN THIS BATCH"}
)

// The headings.
var (
	totalsTitle    = Words{"合计", "TOTALS"}
	kindsTitle     = Words{"按交易类型", "BY TYPE"}
	brandsTitle    = Words{"按卡组织", "BY CARD BRAND"}
	walletsTitle   = Words{"按二维码（模拟）", "BY QR CODE (SIMULATED)"}
	operatorsTitle = Words{"按操作员", "BY OPERATOR"}
	besideTitle    = Words{"不计入合计", "NOT IN THE TOTALS"}
	endedTitle     = Words{"未成交", "NOT CHARGED"}
	leftTitle      = Words{"待处理", "STILL TO DO"}
	feesTitle      = Words{"手续费", "FEES"}
	listTitle      = Words{"交易明细", "TRANSACTIONS"}
	drawerTitle    = Words{"现金", "CASH"}
)

// The rows.
var (
	debitWords    = Words{"借记", "DEBITS"}
	creditWords   = Words{"贷记", "CREDITS"}
	netWords      = Words{"净额", "NET"}
	floatWords    = Words{"备用金", "FLOAT"}
	countWords    = Words{"清点现金", "COUNTED"}
	differWords   = Words{"差额", "DIFFERENCE"}
	tipsWords     = Words{"其中小费", "OF IT TIPS"}
	otherBrand    = Words{"其他", "OTHER"}
	nobody        = Words{"未签到", "NOBODY"}
	feeWords      = Words{"手续费", "FEE"}
	netFeeWords   = Words{"扣费后净额", "NET OF FEE"}
	unpricedWords = Words{"无费率", "NO RATE"}
	openWords     = Words{"待定", "UNKNOWN"}
)

// ends are how a transaction charges nothing.
var ends = map[txn.Status]Words{
	txn.Voided:   {"已撤销", "VOIDED"},
	txn.Reversed: {"已冲正", "REVERSED"},
	txn.Refused:  {"上送被拒", "REFUSED"},
	txn.Declined: {"被拒", "DECLINED"},
	txn.Failed:   {"未发出", "NOT SENT"},
}

// leftWords are what may be left to do.
var leftWords = map[txn.Unsettled]Words{
	txn.ToReverse: {"待冲正", "REVERSALS"},
	txn.ToAsk:     {"待查询", "UNANSWERED"},
	txn.ToTell:    {"待上送", "ADVICES"},
	txn.ToPrint:   {"待打印", "SLIPS OWED"},
}

// foreignWords are those of cards from abroad.
func foreignWords(w Words) Words { return Words{"外卡" + w.Zh, "FGN " + w.En} }

// given names what a brand or an operator gave back.
func given(w Words) Words {
	if w.Zh == "" {
		return Words{w.En + " 贷记", w.En + " CREDITS"}
	}
	return Words{w.Zh + "贷记", w.En + " CREDITS"}
}
