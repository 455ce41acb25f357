package words

import "vpos/txn"

// The words of states in which a kind of transaction differs from a sale.

var flows = map[txn.Kind]map[txn.Name]Screen{
	txn.Settlement:     settling,
	txn.SignOn:         signingOn,
	txn.SignOff:        signingOff,
	txn.Phone:          ordering,
	txn.Void:           voiding,
	txn.Refund:         refunding,
	txn.PreAuth:        holding,
	txn.Increment:      adding,
	txn.PreAuthVoid:    releasing,
	txn.Completion:     completing,
	txn.CompletionVoid: uncompleting,
	txn.Balance:        asking,
	txn.Offline:        offline,
	txn.Tip:            tipping,
	txn.Scan:           scanning,
	txn.Show:           showing,
}

// What several of them share.
var (
	promptVoidCard = Text{"The same card first, please", "请先出示原卡"}
	promptRetype   = Text{"Type the amount, then Enter", "请输入金额，按确认键"}
	promptTearOff  = Text{"Tear off, then Enter for the customer's copy", "请撕下商户联，按确认键打印持卡人联"}
	promptTrace    = Text{"Enter asks for the trace number again", "按确认键重新输入凭证号"}
	promptAgain    = Text{"Enter begins again with the card", "按确认键重新出示卡片"}
	promptBack     = Text{"Enter goes back", "按确认键返回"}
	promptUndone   = Text{"It is taken back by itself", "系统将自动冲正"}

	titleUnknown = Text{"Outcome unknown", "结果未知"}
)

var ordering = map[txn.Name]Screen{
	txn.AmountEntry: {Text{"Phone order", "电话订购"}, Text{"Type the amount, then Enter", "请输入金额，按确认键"}},
	txn.PANEntry:    {Text{"Card number, by phone", "电话订购卡号"}, Text{"Key the long number the customer reads out", "请按顾客所报输入卡号"}},
	txn.Processing:  {Text{"Phone order", "电话订购处理中"}, Text{"Please wait. Keep the caller on the line.", "请稍候，请顾客勿挂电话。"}},
	txn.Confirm:     {Text{"Charge the order?", "确认电话订购"}, Text{"Card not seen here. Enter charges it", "卡不在场，按确认键扣款"}},
}

var voiding = map[txn.Name]Screen{
	txn.TraceEntry:    {Text{"Void a sale", "消费撤销"}, Text{"Trace number of the sale, from its slip", "请输入原签购单上的凭证号"}},
	txn.Confirm:       {Text{"Void this sale?", "确认撤销"}, promptRetype},
	txn.ApprovedShown: {Text{"Voided", "撤销成功"}, promptTearOff},
	txn.DeclinedShown: {Text{"Not voided", "撤销失败"}, promptTrace},
	txn.UnknownShown:  {titleUnknown, Text{"The sale stays charged until you void it again", "原交易仍为已扣款，可稍后再次撤销"}},
}

var refunding = map[txn.Name]Screen{
	txn.AmountEntry:   {Text{"Refund amount", "退货金额"}, Text{"Type what is given back, then Enter", "请输入退货金额，按确认键"}},
	txn.Confirm:       {Text{"Refund this?", "确认退货"}, promptRetype},
	txn.DateEntry:     {Text{"Date of the sale", "原交易日期"}, Text{"Month first, from its slip: MMDD", "请按签购单输入：月月日日 (MMDD)"}},
	txn.ApprovedShown: {Text{"Refunded", "退货成功"}, promptTearOff},
	txn.DeclinedShown: {Text{"Not refunded", "退货失败"}, promptAgain},
	txn.UnknownShown:  {titleUnknown, Text{"The bank is asked again until it answers", "系统将继续查询，直到银行答复"}},
}

var holding = map[txn.Name]Screen{
	txn.AmountEntry:   {Text{"Pre-authorisation", "预授权"}, Text{"Type what is to be held, then Enter", "请输入冻结金额，按确认键"}},
	txn.Confirm:       {Text{"Hold this amount?", "确认预授权"}, Text{"Enter holds it; nothing is charged", "按确认键冻结金额，暂不扣款"}},
	txn.ApprovedShown: {Text{"Held", "预授权成功"}, promptTearOff},
	txn.DeclinedShown: {Text{"Not held", "预授权失败"}, Text{"Enter tries another card, same amount", "按确认键换卡重试，金额保留"}},
	txn.UnknownShown:  {titleUnknown, promptUndone},
}

var adding = map[txn.Name]Screen{
	txn.AmountEntry:   {Text{"Increment", "预授权追加"}, Text{"Type what is to be added, then Enter", "请输入追加金额，按确认键"}},
	txn.DateEntry:     dateHeld,
	txn.Confirm:       {Text{"Add to the hold?", "确认预授权追加"}, Text{"Enter adds this to the hold", "按确认键追加冻结此金额"}},
	txn.ApprovedShown: {Text{"Hold increased", "预授权追加成功"}, promptTearOff},
	txn.DeclinedShown: {Text{"Not added", "预授权追加失败"}, promptAgain},
	txn.UnknownShown:  {titleUnknown, promptUndone},
}

var dateHeld = Screen{Text{"Date of the hold", "预授权日期"}, Text{"Month first, from its slip: MMDD", "请按签购单输入：月月日日 (MMDD)"}}

var releasing = map[txn.Name]Screen{
	txn.AmountEntry:   {Text{"Release a hold", "预授权撤销"}, Text{"Type the amount that is held, then Enter", "请输入原冻结金额，按确认键"}},
	txn.DateEntry:     dateHeld,
	txn.Confirm:       {Text{"Release the hold?", "确认预授权撤销"}, promptRetype},
	txn.ApprovedShown: {Text{"Hold released", "预授权撤销成功"}, promptTearOff},
	txn.DeclinedShown: {Text{"Not released", "预授权撤销失败"}, promptAgain},
	txn.UnknownShown:  {titleUnknown, promptUndone},
}

var completing = map[txn.Name]Screen{
	txn.AmountEntry:   {Text{"Completion", "预授权完成"}, Text{"Type what is to be charged, then Enter", "请输入实际扣款金额，按确认键"}},
	txn.DateEntry:     dateHeld,
	txn.Confirm:       {Text{"Charge the hold?", "确认预授权完成"}, Text{"Enter charges this against the hold", "按确认键从预授权中扣款"}},
	txn.ApprovedShown: {Text{"Completed", "预授权完成成功"}, promptTearOff},
	txn.DeclinedShown: {Text{"Not completed", "预授权完成失败"}, promptAgain},
	txn.UnknownShown:  {titleUnknown, promptUndone},
}

var uncompleting = map[txn.Name]Screen{
	txn.TraceEntry:    {Text{"Void a completion", "预授权完成撤销"}, Text{"Trace number of the completion, from its slip", "请输入预授权完成签购单上的凭证号"}},
	txn.Confirm:       {Text{"Void this completion?", "确认完成撤销"}, promptRetype},
	txn.ApprovedShown: {Text{"Completion voided", "完成撤销成功"}, promptTearOff},
	txn.DeclinedShown: {Text{"Not voided", "完成撤销失败"}, promptTrace},
	txn.UnknownShown:  {titleUnknown, Text{"The completion stays charged until it is voided again", "原预授权完成仍为已扣款，可再次撤销"}},
}

var asking = map[txn.Name]Screen{
	txn.Confirm:       {Text{"Ask for the balance?", "余额查询"}, Text{"Enter asks the bank; nothing is charged", "按确认键查询，不会扣款"}},
	txn.ApprovedShown: {Text{"Balance", "卡内余额"}, Text{"Enter ends; nothing is printed", "按确认键结束，不打印"}},
	txn.DeclinedShown: {Text{"No balance", "余额查询失败"}, promptAgain},
}

var offline = map[txn.Name]Screen{
	txn.AmountEntry:   {Text{"Offline sale", "离线消费"}, Text{"Type the amount, then Enter", "请输入金额，按确认键"}},
	txn.AuthEntry:     {Text{"Voice code", "电话授权码"}, Text{"Call the bank; key the six characters it gives", "请致电银行，输入其给出的六位授权码"}},
	txn.Confirm:       {Text{"Sell offline?", "确认离线消费"}, Text{"Enter charges; the bank is told afterwards", "按确认键扣款，随后通知银行"}},
	txn.ApprovedShown: {Text{"Sold offline", "离线消费成功"}, promptTearOff},
	txn.DeclinedShown: {Text{"Not sold", "离线消费失败"}, Text{"Enter tries another card, same amount", "按确认键换卡重试，金额保留"}},
}

var tipping = map[txn.Name]Screen{
	txn.TraceEntry:    {Text{"Tip on a sale", "小费调整"}, Text{"Trace number of the sale, from its slip", "请输入原签购单上的凭证号"}},
	txn.TipEntry:      {Text{"Tip", "小费"}, Text{"Type the tip, then Enter", "请输入小费，按确认键"}},
	txn.Confirm:       {Text{"Add this tip?", "确认小费"}, Text{"Enter charges it on top; the bank is told", "按确认键计入原消费，随后通知银行"}},
	txn.ApprovedShown: {Text{"Tip added", "小费调整成功"}, promptTearOff},
	txn.DeclinedShown: {Text{"No tip added", "小费调整失败"}, promptTrace},
}

var scanning = map[txn.Name]Screen{
	txn.AmountEntry:   {Text{"Scan to pay", "扫码付款"}, Text{"Type the amount, then Enter", "请输入金额，按确认键"}},
	txn.Confirm:       {Text{"Charge this wallet?", "确认扫码付款"}, Text{"Enter charges it; simulated", "按确认键扣款（模拟）"}},
	txn.Processing:    {Text{"Scan to pay", "扫码付款处理中"}, Text{"Please wait. The customer keeps the phone at hand.", "请稍候，请顾客勿关闭付款码。"}},
	txn.DeclinedShown: {Text{"Not paid", "扫码付款失败"}, Text{"Enter scans another code, same amount", "按确认键重新扫码，金额保留"}},
}

var showing = map[txn.Name]Screen{
	txn.AmountEntry:   {Text{"Show a QR code", "出示二维码"}, Text{"Type the amount, then Enter", "请输入金额，按确认键"}},
	txn.Confirm:       {Text{"Show the code?", "确认出示二维码"}, Text{"Enter shows it to the customer; simulated", "按确认键出示二维码（模拟）"}},
	txn.Processing:    {Text{"Scan to pay", "请扫码支付"}, Text{"The customer scans the code and pays", "请顾客扫描二维码支付"}},
	txn.DeclinedShown: {Text{"Not paid", "二维码支付失败"}, Text{"Enter shows a new code, same amount", "按确认键换新二维码，金额保留"}},
}

var signingOn = map[txn.Name]Screen{
	txn.Processing:    {Text{"Signing on", "正在签到"}, Text{"Please wait", "请稍候"}},
	txn.ApprovedShown: {Text{"Signed on", "签到成功"}, promptBack},
	txn.DeclinedShown: {Text{"Not signed on", "签到失败"}, promptBack},
}

var signingOff = map[txn.Name]Screen{
	txn.Processing:    {Text{"Signing off", "正在签退"}, Text{"Please wait", "请稍候"}},
	txn.ApprovedShown: {Text{"Signed off", "签退成功"}, promptBack},
	txn.DeclinedShown: {Text{"Not signed off", "签退失败"}, promptBack},
}
