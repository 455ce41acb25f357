package keypad

import (
	"vpos/tui/words"
	"vpos/txn"
)

// enterRows are what Enter does.
var enterRows = []Binding{
	enter(in(txn.AmountEntry), words.Text{EN: "OK", ZH: "确认金额"}, words.Text{EN: "takes the amount, as does =", ZH: "确认金额，= 键同效"}),
	enter(in(txn.GoodsEntry), words.Text{EN: "add", ZH: "加入"}, words.Text{EN: "adds it; empty: the total", ZH: "加入商品，空白则收取合计"}),
	enter(at(txn.TipEntry, txn.Tip), words.Text{EN: "OK", ZH: "确认小费"}, words.Text{EN: "takes the tip, as does =", ZH: "确认小费，= 键同效"}),
	enter(in(txn.TipEntry), words.Text{EN: "OK", ZH: "确认小费"}, words.Text{EN: "takes the tip; empty: none", ZH: "确认小费，空白即不加"}),
	{Action: KeyIn, Keys: keysEnter, Cap: capEnter, Short: words.Text{EN: "key number", ZH: "手输卡号"}, Help: words.Text{EN: "keys the card number by hand", ZH: "手工输入卡号"}, Foot: 1, When: in(txn.Present)},
	enter(offered, words.Text{EN: "take it", ZH: "采用"}, words.Text{EN: "takes the date on offer", ZH: "采用提示的日期"}),
	enter(in(txn.PANEntry, txn.ExpiryEntry, txn.CVVEntry, txn.AuthEntry, txn.ReferenceEntry, txn.DateEntry, txn.PayCodeEntry),
		words.Text{EN: "OK", ZH: "确认"}, words.Text{EN: "takes what was keyed", ZH: "确认输入内容"}),
	enter(in(txn.Choose), words.Text{EN: "choose", ZH: "选择"}, words.Text{EN: "takes the application marked", ZH: "使用所选应用"}),
	enter(in(txn.ReasonEntry), words.Text{EN: "OK", ZH: "确认"}, words.Text{EN: "takes the reason", ZH: "确认原因"}),
	enter(overruled, words.Text{EN: "supervisor", ZH: "主管授权"}, words.Text{EN: "asks a supervisor", ZH: "请主管授权"}),
	enter(in(txn.WarningShown), words.Text{EN: "go on", ZH: "继续"}, words.Text{EN: "goes on, the amount typed", ZH: "再次输入金额后继续"}),
	enter(in(txn.OTPEntry), words.Text{EN: "OK", ZH: "确认"}, words.Text{EN: "asks the bank with the code", ZH: "凭验证码再次提交"}),
	enter(typesPIN, words.Text{EN: "OK", ZH: "确认"}, words.Text{EN: "takes it; twice none: past it", ZH: "确认密码，空白两次则跳过"}),

	enter(at(txn.Confirm, txn.Void), words.Text{EN: "void", ZH: "撤销"}, words.Text{EN: "voids it, its amount typed", ZH: "输入金额后全额撤销该笔消费"}),
	enter(at(txn.Confirm, txn.CompletionVoid), words.Text{EN: "void", ZH: "撤销"}, words.Text{EN: "voids it, its amount typed", ZH: "输入金额后全额撤销该笔完成"}),
	enter(at(txn.Confirm, txn.Refund), words.Text{EN: "refund", ZH: "退货"}, words.Text{EN: "refunds it, its amount typed", ZH: "再次输入金额后退货"}),
	enter(at(txn.Confirm, txn.PreAuth), words.Text{EN: "hold", ZH: "预授权"}, words.Text{EN: "holds the amount on the card", ZH: "冻结此金额"}),
	enter(at(txn.Confirm, txn.Increment), words.Text{EN: "add", ZH: "追加"}, words.Text{EN: "adds the amount to the hold", ZH: "追加冻结此金额"}),
	enter(at(txn.Confirm, txn.PreAuthVoid), words.Text{EN: "release", ZH: "撤销"}, words.Text{EN: "releases it, its amount typed", ZH: "输入金额后解除冻结"}),
	enter(at(txn.Confirm, txn.Balance), words.Text{EN: "ask", ZH: "查询"}, words.Text{EN: "asks the bank for the balance", ZH: "向银行查询余额"}),
	enter(at(txn.Confirm, txn.Tip), words.Text{EN: "add tip", ZH: "加小费"}, words.Text{EN: "adds the tip to the sale", ZH: "将小费计入原消费"}),
	enter(at(txn.Confirm, txn.Show), words.Text{EN: "show QR", ZH: "出示二维码"}, words.Text{EN: "shows the code to be paid", ZH: "出示二维码供顾客支付"}),
	enter(in(txn.Confirm), words.Text{EN: "charge", ZH: "扣款"}, words.Text{EN: "charges the amount", ZH: "确认扣款"}),

	enter(slipLeft, words.Text{EN: "print slips", ZH: "打印签购单"}, words.Text{EN: "prints the slips", ZH: "打印签购单"}),
	enter(copyLeft, words.Text{EN: "next copy", ZH: "打印持卡人联"}, words.Text{EN: "prints the customer's copy", ZH: "打印持卡人联"}),
	enter(in(txn.ApprovedShown), words.Text{EN: "done", ZH: "完成"}, words.Text{EN: "ends the transaction", ZH: "结束交易"}),
	enter(at(txn.DeclinedShown, txn.Settlement), words.Text{EN: "back", ZH: "返回"}, words.Text{EN: "goes back; the batch is open", ZH: "返回，批次未结"}),
	enter(at(txn.DeclinedShown, txn.SignOn, txn.SignOff), words.Text{EN: "back", ZH: "返回"}, words.Text{EN: "goes back", ZH: "返回"}),
	enter(byTrace(txn.DeclinedShown), words.Text{EN: "another number", ZH: "重新输入"}, words.Text{EN: "asks the trace number again", ZH: "重新输入凭证号"}),
	enter(at(txn.DeclinedShown, txn.Phone), words.Text{EN: "another card", ZH: "换卡重试"}, words.Text{EN: "another number, same amount", ZH: "换卡号重试，金额保留"}),
	enter(at(txn.DeclinedShown, txn.Scan), words.Text{EN: "scan again", ZH: "重新扫码"}, words.Text{EN: "another code, same amount", ZH: "重新扫码，金额保留"}),
	enter(at(txn.DeclinedShown, txn.Show), words.Text{EN: "new QR", ZH: "换二维码"}, words.Text{EN: "a new code, same amount", ZH: "换新二维码，金额保留"}),
	enter(keepsAmount, words.Text{EN: "another card", ZH: "换卡重试"}, words.Text{EN: "another card, same amount", ZH: "换卡重试，金额保留"}),
	enter(in(txn.DeclinedShown), words.Text{EN: "again", ZH: "重试"}, words.Text{EN: "begins again with the card", ZH: "重新出示卡片"}),
	enter(asking, words.Text{EN: "done", ZH: "知道了"}, words.Text{EN: "goes back; bank is asked again", ZH: "返回，继续向银行查询"}),
	enter(at(txn.UnknownShown, txn.Settlement), words.Text{EN: "back", ZH: "返回"}, words.Text{EN: "goes back; settle again", ZH: "返回，须再次结算"}),
	enter(in(txn.UnknownShown), words.Text{EN: "done", ZH: "知道了"}, words.Text{EN: "goes back; reversal goes on", ZH: "返回，冲正继续进行"}),
	enter(in(txn.Printing), words.Text{EN: "next slip", ZH: "继续打印"}, words.Text{EN: "prints the next, or once more", ZH: "打印下一联，或重试"}),
	enter(in(txn.PaperEntry), words.Text{EN: "OK", ZH: "确认"}, words.Text{EN: "takes what you saw", ZH: "确认所见情况"}),
	enter(in(txn.Lock, txn.SupervisorEntry), words.Text{EN: "OK", ZH: "确认"}, words.Text{EN: "takes the number", ZH: "确认编号"}),
	enter(in(txn.Passcode, txn.NewPasscode), words.Text{EN: "OK", ZH: "确认"}, words.Text{EN: "takes the PIN", ZH: "确认密码"}),
	enter(countsCash, words.Text{EN: "OK", ZH: "确认"}, words.Text{EN: "takes the count, keyed twice", ZH: "确认现金，须输入两遍"}),
	enter(in(txn.CashEntry), words.Text{EN: "OK", ZH: "确认"}, words.Text{EN: "takes the cash; empty: none", ZH: "确认现金，空白即为零"}),
	enter(in(txn.ShiftShown), words.Text{EN: "leave", ZH: "交班"}, words.Text{EN: "locks for the next operator", ZH: "锁定，等待下一位操作员"}),
	enter(in(txn.Menu), words.Text{EN: "open", ZH: "进入"}, words.Text{EN: "opens the item marked", ZH: "进入所选项目"}),
	enter(unreckoned, words.Text{EN: "look again", ZH: "重新汇总"}, words.Text{EN: "looks at the batch again", ZH: "重新汇总本批次"}),
	enter(in(txn.Settle), words.Text{EN: "settle", ZH: "结算"}, words.Text{EN: "closes it, its net total typed", ZH: "输入净额后与银行结算本批次"}),
	enter(in(txn.ReportShown), words.Text{EN: "print", ZH: "打印"}, words.Text{EN: "prints the report", ZH: "打印报表"}),
	enter(in(txn.DoctorShown), words.Text{EN: "again", ZH: "重新检查"}, words.Text{EN: "checks the devices again", ZH: "重新检查设备"}),
	enter(byTrace(txn.TraceEntry), words.Text{EN: "look up", ZH: "查询"}, words.Text{EN: "looks the transaction up", ZH: "查询原交易"}),
	enter(slipMissing, words.Text{EN: "print", ZH: "打印"}, words.Text{EN: "prints it; empty: the missing", ZH: "打印该笔，空白则补打缺单"}),
	enter(in(txn.TraceEntry), words.Text{EN: "print", ZH: "打印"}, words.Text{EN: "prints it; empty: the last one", ZH: "打印该笔，空白则打印最后一笔"}),
}

// cancelRows are what Esc does.
var cancelRows = []Binding{
	cancel(in(txn.GoodsEntry), words.Text{EN: "cancel", ZH: "取消交易"}, words.Text{EN: "cancels; pressed twice", ZH: "按两次取消，不会扣款"}),
	cancel(txn.State.Basketed, words.Text{EN: "goods", ZH: "返回商品"}, words.Text{EN: "goes back to the goods", ZH: "返回商品，不会扣款"}),
	cancel(in(txn.AmountEntry, txn.TipEntry, txn.Present, txn.Choose, txn.PANEntry, txn.ExpiryEntry, txn.CVVEntry, txn.PINEntry,
		txn.OTPEntry, txn.AuthEntry, txn.ReferenceEntry, txn.DateEntry, txn.PayCodeEntry, txn.ReasonEntry, txn.WarningShown, txn.Confirm),
		words.Text{EN: "cancel", ZH: "取消交易"}, words.Text{EN: "cancels; nothing is charged", ZH: "取消交易，不会扣款"}),
	cancel(unsent, words.Text{EN: "cancel", ZH: "取消"}, words.Text{EN: "cancels while nothing is sent", ZH: "尚未送出时可取消"}),
	cancel(noCopy, words.Text{EN: "done", ZH: "完成"}, words.Text{EN: "ends it", ZH: "完成并返回"}),
	cancel(slipLeft, words.Text{EN: "later", ZH: "稍后"}, words.Text{EN: "prints the missing slip later", ZH: "缺少的签购单稍后再打"}),
	cancel(in(txn.ApprovedShown), words.Text{EN: "no copy", ZH: "不打印"}, words.Text{EN: "ends; no customer's copy", ZH: "不打印持卡人联，结束"}),
	cancel(reprinting, words.Text{EN: "stop", ZH: "停止"}, words.Text{EN: "stops the reprint", ZH: "停止重打印"}),
	cancel(in(txn.Printing, txn.PaperEntry), words.Text{EN: "later", ZH: "稍后"}, words.Text{EN: "prints the missing slip later", ZH: "缺少的签购单稍后再打"}),
	cancel(in(txn.DeclinedShown, txn.UnknownShown), words.Text{EN: "end", ZH: "结束"}, words.Text{EN: "ends the transaction", ZH: "结束交易"}),
	cancel(signsIn, words.Text{EN: "back", ZH: "返回"}, words.Text{EN: "another operator", ZH: "换操作员"}),
	cancel(opening, words.Text{EN: "back", ZH: "返回"}, words.Text{EN: "goes back", ZH: "返回"}),
	cancel(in(txn.SupervisorEntry, txn.Passcode), words.Text{EN: "cancel", ZH: "取消交易"}, words.Text{EN: "cancels; nothing is charged", ZH: "取消交易，不会扣款"}),
	cancel(in(txn.NewPasscode), words.Text{EN: "back", ZH: "返回"}, words.Text{EN: "another operator", ZH: "换操作员"}),
	cancel(countsCash, words.Text{EN: "back", ZH: "返回"}, words.Text{EN: "goes back; the shift goes on", ZH: "返回，继续当班"}),
	cancel(in(txn.CashEntry), words.Text{EN: "sign out", ZH: "退出登录"}, words.Text{EN: "signs out; no shift began", ZH: "退出登录，未上班"}),
	cancel(in(txn.ShiftShown), words.Text{EN: "leave", ZH: "交班"}, words.Text{EN: "locks for the next operator", ZH: "锁定，等待下一位操作员"}),
	cancel(in(txn.Menu, txn.Journal, txn.ReportShown, txn.DoctorShown, txn.TraceEntry, txn.Settle), words.Text{EN: "back", ZH: "返回"}, words.Text{EN: "goes back", ZH: "返回"}),
}

// fieldRows are the keys of an entry or a list.
var fieldRows = []Binding{
	{Action: Clear, Keys: []string{"backspace"}, Cap: capClear, Short: words.Text{EN: "erase", ZH: "更正"}, Help: words.Text{EN: "erases; empty: the last line", ZH: "删除一位，空白则删除末行"}, Plain: "less", Foot: 5, When: in(txn.GoodsEntry)},
	{Action: Clear, Keys: []string{"backspace"}, Cap: capClear, Short: words.Text{EN: "erase", ZH: "更正"}, Help: words.Text{EN: "erases the last digit", ZH: "删除最后一位"}, Foot: 5, When: hasField},
	{Action: ClearAll, Keys: []string{"delete", "ctrl+u"}, Cap: letter("Del"), Short: words.Text{EN: "erase all", ZH: "清空"}, Help: words.Text{EN: "erases the whole field", ZH: "清空整个输入"}, Plain: "clear", When: hasField},

	{Action: Up, Keys: []string{"up", "kpup"}, Cap: letter("↑"), Short: words.Text{EN: "up", ZH: "上移"}, Help: words.Text{EN: "moves up", ZH: "向上移动"}, Foot: 4, When: in(txn.Menu, txn.Journal, txn.ReportShown, txn.DoctorShown, txn.Choose, txn.GoodsEntry, txn.Stock)},
	{Action: Down, Keys: []string{"down", "kpdown"}, Cap: letter("↓"), Short: words.Text{EN: "down", ZH: "下移"}, Help: words.Text{EN: "moves down", ZH: "向下移动"}, Foot: 3, When: in(txn.Menu, txn.Journal, txn.ReportShown, txn.DoctorShown, txn.Choose, txn.GoodsEntry, txn.Stock)},
	{Action: PageUp, Keys: []string{"pgup", "left", "kppgup", "kpleft"}, Cap: letter("←"), Short: words.Text{EN: "page up", ZH: "上页"}, Help: words.Text{EN: "a page up", ZH: "上一页"}, When: in(txn.Journal, txn.ReportShown, txn.DoctorShown, txn.GoodsEntry, txn.Stock)},
	{Action: PageDown, Keys: []string{"pgdown", "right", "kppgdown", "kpright"}, Cap: letter("→"), Short: words.Text{EN: "page down", ZH: "下页"}, Help: words.Text{EN: "a page down", ZH: "下一页"}, When: in(txn.Journal, txn.ReportShown, txn.DoctorShown, txn.GoodsEntry, txn.Stock)},
}

// cardRows are the keys of the virtual cards.
var cardRows = []Binding{
	cardsRow(Cards, "c", 3, wantsCard),
	cardsRow(TakeOut, "x", 3, done),
	cardsRow(TakeOut, "x", 0, cardIn), // while it is at work: a card torn out
	{Action: TakeOut, Cap: letter("X"), Short: takeOut, Help: takesOut, Plain: "remove", Deck: true, When: cardBehindAmount},
	{Action: TakeOut, Cap: letter("X"), Help: takesOut, Plain: "remove", Deck: true, When: always}, // nothing is in: no harm
}

// quietRows are keys that do no harm where they have nothing to do; nobody need be told.
var quietRows = []Binding{
	{Action: Enter, Keys: keysEnter, Cap: capEnter, Help: words.Text{EN: "nothing to confirm here", ZH: "此处无需确认"}, When: in(txn.Idle, txn.Processing)},
	{Action: Enter, Keys: keysEnter, Cap: capEnter, Help: words.Text{EN: "nothing to confirm here", ZH: "此处无需确认"}, When: keyedOnReader},
	{Action: Cancel, Keys: keysCancel, Cap: capCancel, Help: words.Text{EN: "too late to cancel", ZH: "已无法取消"}, Plain: "cancel", When: in(txn.Processing)},
	{Action: Cancel, Keys: keysCancel, Cap: capCancel, Help: words.Text{EN: "clears the message", ZH: "清除提示"}, Plain: "cancel", When: in(txn.Idle, txn.Lock)},
}
