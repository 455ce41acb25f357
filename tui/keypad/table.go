package keypad

import (
	"slices"

	"vpos/tui/words"
	"vpos/txn"
)

// in enables a binding in the states named.
func in(names ...txn.Name) func(txn.State) bool {
	return func(s txn.State) bool { return slices.Contains(names, s.Name) }
}

func always(txn.State) bool { return true }

// slipLeft says that not even the merchant's copy has come out.
func slipLeft(s txn.State) bool {
	return s.Name == txn.ApprovedShown && !s.Draft.Printed.Has(txn.MerchantCopy)
}

// copyLeft says that the cardholder's copy can still be printed.
func copyLeft(s txn.State) bool {
	return s.Name == txn.ApprovedShown && !s.Draft.Printed.Has(txn.CardholderCopy)
}

// unsent says that nothing is on its way to the bank yet: Esc still stops it.
func unsent(s txn.State) bool { return s.Name == txn.Processing && s.Draft.Status == txn.Drafted }

// typesPIN says that the PIN is typed here, and keyedOnReader that it is not.
func typesPIN(s txn.State) bool      { return s.Name == txn.PINEntry && !s.PIN.Pad }
func keyedOnReader(s txn.State) bool { return s.Name == txn.PINEntry && s.PIN.Pad }

// offered says that an empty Enter takes the date on offer.
func offered(s txn.State) bool { return s.Name == txn.ExpiryEntry && s.Offer != "" }

// voiding says that a sale is being voided.
func voiding(names ...txn.Name) func(txn.State) bool {
	return func(s txn.State) bool { return s.Draft.Kind == txn.Void && slices.Contains(names, s.Name) }
}

// settlingAt says that a batch is being settled.
func settlingAt(names ...txn.Name) func(txn.State) bool {
	return func(s txn.State) bool { return s.Draft.Kind == txn.Settlement && slices.Contains(names, s.Name) }
}

// slipMissing says that an empty Enter prints what is owed.
func slipMissing(s txn.State) bool {
	return s.Name == txn.TraceEntry && s.Draft.Kind != txn.Void && len(s.Owed) > 0
}

// slipWaits says that a slip is missing and nothing else is being done.
func slipWaits(s txn.State) bool { return s.Name == txn.Idle && len(s.Owed) > 0 }

// reprinting tells the paper of an old sale from that of a new one.
func reprinting(s txn.State) bool { return s.Name == txn.Printing && s.Slip.Duplicate }

// The keys as they are printed on a keyboard.
var (
	capEnter  = letter("Enter")
	capCancel = letter("Esc")
	capClear  = letter("Bksp")
)

func letter(s string) words.Text { return words.Text{EN: s, ZH: s} }

var (
	keysEnter  = []string{"enter", "kpenter", "ctrl+j"}
	keysCancel = []string{"esc", "ctrl+c"}
)

func enter(when func(txn.State) bool, short, help words.Text) Binding {
	return Binding{Action: Enter, Keys: keysEnter, Cap: capEnter, Short: short, Help: help, Foot: 1, When: when}
}

func cancel(when func(txn.State) bool, short, help words.Text) Binding {
	return Binding{Action: Cancel, Keys: keysCancel, Cap: capCancel, Short: short, Help: help, Plain: "cancel", Foot: 2, When: when}
}

// table is in the order of the help screen. Where two rows share a key in a
// state, the first enabled one counts.
var table = []Binding{
	enter(in(txn.AmountEntry), words.Text{EN: "OK", ZH: "确认金额"}, words.Text{EN: "takes the amount, as does =", ZH: "确认金额，= 键同效"}),
	{Action: KeyIn, Keys: keysEnter, Cap: capEnter, Short: words.Text{EN: "key number", ZH: "手输卡号"}, Help: words.Text{EN: "keys the card number by hand", ZH: "手工输入卡号"}, Foot: 1, When: in(txn.Present)},
	enter(offered, words.Text{EN: "take it", ZH: "采用"}, words.Text{EN: "takes the date on offer", ZH: "采用提示的日期"}),
	enter(in(txn.PANEntry, txn.ExpiryEntry, txn.CVVEntry), words.Text{EN: "OK", ZH: "确认"}, words.Text{EN: "takes what was keyed", ZH: "确认输入内容"}),
	enter(in(txn.Choose), words.Text{EN: "choose", ZH: "选择"}, words.Text{EN: "takes the application marked", ZH: "使用所选应用"}),
	enter(in(txn.OTPEntry), words.Text{EN: "OK", ZH: "确认"}, words.Text{EN: "asks the bank with the code", ZH: "凭验证码再次提交"}),
	enter(typesPIN, words.Text{EN: "OK", ZH: "确认"}, words.Text{EN: "takes the PIN; twice none: past", ZH: "确认密码，空白两次则跳过"}),
	enter(voiding(txn.Confirm), words.Text{EN: "void", ZH: "撤销"}, words.Text{EN: "voids the sale, whole", ZH: "全额撤销该笔消费"}),
	enter(voiding(txn.DeclinedShown), words.Text{EN: "another number", ZH: "重新输入"}, words.Text{EN: "asks for the trace number again", ZH: "重新输入凭证号"}),
	enter(voiding(txn.TraceEntry), words.Text{EN: "look up", ZH: "查询"}, words.Text{EN: "looks the sale up", ZH: "查询原交易"}),
	enter(in(txn.Confirm), words.Text{EN: "charge", ZH: "扣款"}, words.Text{EN: "charges the amount", ZH: "确认扣款"}),
	enter(slipLeft, words.Text{EN: "print slips", ZH: "打印签购单"}, words.Text{EN: "prints the slips", ZH: "打印签购单"}),
	enter(copyLeft, words.Text{EN: "next copy", ZH: "打印持卡人联"}, words.Text{EN: "prints the customer's copy", ZH: "打印持卡人联"}),
	enter(in(txn.ApprovedShown), words.Text{EN: "done", ZH: "完成"}, words.Text{EN: "ends the sale", ZH: "结束交易"}),
	enter(settlingAt(txn.DeclinedShown), words.Text{EN: "back", ZH: "返回"}, words.Text{EN: "goes back; the batch is open", ZH: "返回，批次未结"}),
	enter(in(txn.DeclinedShown), words.Text{EN: "another card", ZH: "换卡重试"}, words.Text{EN: "another card, same amount", ZH: "换卡重试，金额保留"}),
	enter(in(txn.UnknownShown), words.Text{EN: "done", ZH: "知道了"}, words.Text{EN: "goes back; reversal goes on", ZH: "返回，冲正继续进行"}),
	enter(in(txn.Printing), words.Text{EN: "next slip", ZH: "继续打印"}, words.Text{EN: "prints the next, or tries again", ZH: "打印下一联，或重试"}),
	enter(in(txn.Menu), words.Text{EN: "open", ZH: "进入"}, words.Text{EN: "opens the item marked", ZH: "进入所选项目"}),
	enter(in(txn.Settle), words.Text{EN: "settle", ZH: "结算"}, words.Text{EN: "closes the batch with the bank", ZH: "与银行结算本批次"}),
	enter(slipMissing, words.Text{EN: "print", ZH: "打印"}, words.Text{EN: "prints it; empty: the missing", ZH: "打印该笔，空白则补打缺单"}),
	enter(in(txn.TraceEntry), words.Text{EN: "print", ZH: "打印"}, words.Text{EN: "prints it; empty: the last one", ZH: "打印该笔，空白则打印最后一笔"}),

	cancel(in(txn.AmountEntry, txn.Present, txn.Choose, txn.PANEntry, txn.ExpiryEntry, txn.CVVEntry, txn.PINEntry, txn.OTPEntry, txn.Confirm),
		words.Text{EN: "cancel", ZH: "取消交易"}, words.Text{EN: "cancels; nothing is charged", ZH: "取消交易，不会扣款"}),
	cancel(unsent, words.Text{EN: "cancel", ZH: "取消"}, words.Text{EN: "cancels while nothing is sent", ZH: "尚未送出时可取消"}),
	cancel(slipLeft, words.Text{EN: "later", ZH: "稍后"}, words.Text{EN: "prints the missing slip later", ZH: "缺少的签购单稍后再打"}),
	cancel(settlingAt(txn.ApprovedShown), words.Text{EN: "done", ZH: "完成"}, words.Text{EN: "ends the settlement", ZH: "结束结算"}),
	cancel(in(txn.ApprovedShown), words.Text{EN: "no copy", ZH: "不打印"}, words.Text{EN: "ends; no customer's copy", ZH: "不打印持卡人联，结束"}),
	cancel(reprinting, words.Text{EN: "stop", ZH: "停止"}, words.Text{EN: "stops the reprint", ZH: "停止重打印"}),
	cancel(in(txn.Printing), words.Text{EN: "later", ZH: "稍后"}, words.Text{EN: "prints the missing slip later", ZH: "缺少的签购单稍后再打"}),
	cancel(in(txn.DeclinedShown, txn.UnknownShown), words.Text{EN: "end", ZH: "结束"}, words.Text{EN: "ends the sale", ZH: "结束交易"}),
	cancel(in(txn.Menu, txn.Journal, txn.TraceEntry, txn.Settle), words.Text{EN: "back", ZH: "返回"}, words.Text{EN: "goes back", ZH: "返回"}),

	{Action: Clear, Keys: []string{"backspace"}, Cap: capClear, Short: words.Text{EN: "erase", ZH: "更正"}, Help: words.Text{EN: "erases the last digit", ZH: "删除最后一位"}, Foot: 5, When: hasField},
	{Action: ClearAll, Keys: []string{"delete", "ctrl+u"}, Cap: letter("Del"), Short: words.Text{EN: "erase all", ZH: "清空"}, Help: words.Text{EN: "erases the whole field", ZH: "清空整个输入"}, Plain: "clear", When: hasField},

	{Action: Up, Keys: []string{"up", "kpup"}, Cap: letter("↑"), Short: words.Text{EN: "up", ZH: "上移"}, Help: words.Text{EN: "moves up", ZH: "向上移动"}, Foot: 3, When: in(txn.Menu, txn.Journal, txn.Choose)},
	{Action: Down, Keys: []string{"down", "kpdown"}, Cap: letter("↓"), Short: words.Text{EN: "down", ZH: "下移"}, Help: words.Text{EN: "moves down", ZH: "向下移动"}, Foot: 3, When: in(txn.Menu, txn.Journal, txn.Choose)},
	{Action: PageUp, Keys: []string{"pgup", "left", "kppgup", "kpleft"}, Cap: letter("←"), Short: words.Text{EN: "page up", ZH: "上页"}, Help: words.Text{EN: "a page up", ZH: "上一页"}, When: in(txn.Journal)},
	{Action: PageDown, Keys: []string{"pgdown", "right", "kppgdown", "kpright"}, Cap: letter("→"), Short: words.Text{EN: "page down", ZH: "下页"}, Help: words.Text{EN: "a page down", ZH: "下一页"}, When: in(txn.Journal)},

	cardsRow(Cards, "c", 3, wantsCard),
	cardsRow(TakeOut, "x", 3, done),
	cardsRow(TakeOut, "x", 0, cardIn), // while it is at work: a card torn out
	{Action: TakeOut, Cap: letter("X"), Short: takeOut, Help: takesOut, Plain: "remove", Deck: true, When: cardBehindAmount},
	{Action: TakeOut, Cap: letter("X"), Help: takesOut, Plain: "remove", Deck: true, When: always}, // nothing is in: no harm

	{Action: Sale, Cap: letter("0-9"), Short: words.Text{EN: "sale", ZH: "消费"}, Help: words.Text{EN: "a digit begins a sale", ZH: "输入数字即开始消费"}, Plain: "sale", Item: 1, When: in(txn.Idle, txn.Menu)},
	{Action: Reprint, Keys: []string{"p"}, Cap: letter("P"), Short: words.Text{EN: "missing slip", ZH: "补打"}, Help: words.Text{EN: "prints the missing slip", ZH: "补打缺少的签购单"}, Plain: "reprint", Foot: 2, When: slipWaits},
	{Action: Menu, Keys: []string{"m"}, Cap: letter("M"), Short: words.Text{EN: "menu", ZH: "菜单"}, Help: words.Text{EN: "opens the menu", ZH: "打开功能菜单"}, Plain: "menu", Foot: 3, When: in(txn.Idle)},
	{Action: Journal, Keys: []string{"j"}, Cap: letter("J"), Short: words.Text{EN: "journal", ZH: "记录"}, Help: words.Text{EN: "lists the transactions", ZH: "查看交易记录"}, Plain: "journal", Foot: 5, Item: 2, When: in(txn.Idle, txn.Menu)},
	{Action: Reprint, Keys: []string{"p"}, Cap: letter("P"), Short: words.Text{EN: "reprint", ZH: "重打印"}, Help: words.Text{EN: "prints a slip again", ZH: "重打印签购单"}, Plain: "reprint", Foot: 6, Item: 3, When: in(txn.Idle, txn.Menu)},
	{Action: Void, Keys: []string{"v"}, Cap: letter("V"), Short: words.Text{EN: "void", ZH: "撤销"}, Help: words.Text{EN: "takes a sale of this batch back", ZH: "撤销本批次的一笔消费"}, Plain: "void", Item: 4, When: in(txn.Idle, txn.Menu)},
	{Action: Settle, Keys: []string{"s"}, Cap: letter("S"), Short: words.Text{EN: "settle", ZH: "结算"}, Help: words.Text{EN: "closes the batch of the day", ZH: "结算当日批次"}, Plain: "settle", Item: 5, When: in(txn.Idle, txn.Menu)},
	{Action: Explain, Keys: []string{"e"}, Cap: letter("E"), Short: words.Text{EN: "why", ZH: "说明"}, Help: words.Text{EN: "what the card decided, and why", ZH: "说明卡片的每个决定及原因"}, Plain: "explain", Foot: 6, Told: true, When: in(txn.Idle, txn.Present, txn.ApprovedShown, txn.DeclinedShown, txn.UnknownShown)},
	{Action: Language, Keys: []string{"l"}, Cap: letter("L"), Short: words.Text{EN: "中文", ZH: "English"}, Help: words.Text{EN: "switches to Chinese 中文", ZH: "切换到英文 English"}, Plain: "language", Foot: 4, Item: 6, When: always},
	{Action: Help, Keys: []string{"?", "f1"}, Cap: letter("?"), Short: words.Text{EN: "help", ZH: "帮助"}, Help: words.Text{EN: "shows the keys of this screen", ZH: "显示本屏可用按键"}, Plain: "help", Foot: 7, Item: 7, When: always},
	{Action: Quit, Keys: []string{"q", "ctrl+c"}, Cap: letter("Q"), Short: words.Text{EN: "quit", ZH: "退出"}, Help: words.Text{EN: "ends the program", ZH: "退出程序"}, Plain: "quit", Foot: 9, Item: 8, When: in(txn.Idle)},

	// Keys that do no harm where they have nothing to do; nobody need be told.
	{Action: Enter, Keys: keysEnter, Cap: capEnter, Help: words.Text{EN: "nothing to confirm here", ZH: "此处无需确认"}, When: in(txn.Idle, txn.Processing, txn.Journal)},
	{Action: Enter, Keys: keysEnter, Cap: capEnter, Help: words.Text{EN: "nothing to confirm here", ZH: "此处无需确认"}, When: keyedOnReader},
	{Action: Cancel, Keys: keysCancel, Cap: capCancel, Help: words.Text{EN: "too late to cancel", ZH: "已无法取消"}, Plain: "cancel", When: in(txn.Processing)},
	{Action: Cancel, Keys: keysCancel, Cap: capCancel, Help: words.Text{EN: "clears the message", ZH: "清除提示"}, Plain: "cancel", When: in(txn.Idle)},
}

func hasField(s txn.State) bool { return FieldAt(s) != NoField }
