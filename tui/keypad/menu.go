package keypad

import (
	"vpos/tui/words"
	"vpos/txn"
)

// The menu, in pages of at most nine items: a digit chooses, and on a page behind an
// item the next digit does. What a shop does all day is on the first page.

// fromMenu is where a transaction begins: at idle by its letter or its word, in the
// menu by its number as well.
var fromMenu = in(txn.Idle, txn.Menu)

// begins is a transaction of a kind; key is its letter, empty for none.
func begins(k txn.Kind, item, key, plain string, short, help words.Text) Binding {
	b := Binding{Action: Begin, Kind: k, Short: short, Help: help, Plain: plain, Item: item, When: fromMenu}
	if key != "" {
		b.Keys, b.Cap = []string{key}, letter(capital(key))
	}
	return b
}

// capital is a letter as it is printed on its key.
func capital(key string) string { return string(key[0] - 'a' + 'A') }

// group is a page of the menu.
func group(item string, short, help words.Text) Binding {
	return Binding{Action: Group, Cap: letter("›"), Short: short, Help: help, Item: item, When: in(txn.Menu)}
}

// simulated is a binding of what only a simulated host does.
func simulated(b Binding) Binding {
	b.Sim = true
	return b
}

// voiceRow takes the code that the bank gives by voice, at a sale that it wants to
// speak about first.
var voiceRow = Binding{
	Action: Begin, Kind: txn.Offline, Keys: []string{"1", "o"}, Cap: letter("1"),
	Short: words.Text{EN: "voice code", ZH: "电话授权"}, Help: words.Text{EN: "takes the bank's code by voice", ZH: "输入银行电话给出的授权码"},
	Plain: "offline", Foot: 2, When: txn.State.Referred,
}

// printRow puts on paper what is on the screen. Beside the voice code it is the second.
var printRow = Binding{
	Action: Print, Keys: []string{"2", "p"}, Cap: letter("2"),
	Short: words.Text{EN: "print", ZH: "打印"}, Help: words.Text{EN: "prints what the screen says", ZH: "打印屏幕上的结果"},
	Plain: "print", Foot: 2, When: printable,
}

var menuRows = []Binding{
	voiceRow,
	printRow,
	{Action: Begin, Kind: txn.Sale, Cap: letter("0-9"), Short: words.Text{EN: "sale", ZH: "消费"}, Help: words.Text{EN: "a digit begins a sale", ZH: "输入数字即开始消费"}, Plain: "sale", Item: "1", When: fromMenu},
	{Action: Reprint, Keys: []string{"p"}, Cap: letter("P"), Short: words.Text{EN: "missing slip", ZH: "补打"}, Help: words.Text{EN: "prints the missing slip", ZH: "补打缺少的签购单"}, Plain: "reprint", Foot: 2, When: slipWaits},
	{Action: Menu, Keys: []string{"m", "down", "kpdown"}, Cap: letter("M ↓"), Short: words.Text{EN: "menu", ZH: "菜单"}, Help: words.Text{EN: "opens the menu", ZH: "打开功能菜单"}, Plain: "menu", Foot: 3, When: in(txn.Idle)},
	begins(txn.Void, "2", "v", "void", words.Text{EN: "void", ZH: "消费撤销"}, words.Text{EN: "takes back a sale of the batch", ZH: "撤销本批次的一笔消费"}),
	begins(txn.Refund, "3", "r", "refund", words.Text{EN: "refund", ZH: "退货"}, words.Text{EN: "gives back an earlier sale", ZH: "退还以前的消费"}),

	group("4", words.Text{EN: "pre-auth", ZH: "预授权类"}, words.Text{EN: "holds, and what they become", ZH: "预授权、追加、撤销、完成"}),
	begins(txn.PreAuth, "41", "a", "pre-auth", words.Text{EN: "pre-auth", ZH: "预授权"}, words.Text{EN: "holds an amount on a card", ZH: "冻结卡内金额"}),
	begins(txn.Increment, "42", "", "increment", words.Text{EN: "increment", ZH: "预授权追加"}, words.Text{EN: "adds to a hold", ZH: "追加冻结金额"}),
	begins(txn.PreAuthVoid, "43", "", "pre-auth-void", words.Text{EN: "release", ZH: "预授权撤销"}, words.Text{EN: "releases a hold, whole", ZH: "全额解除冻结"}),
	begins(txn.Completion, "44", "f", "completion", words.Text{EN: "completion", ZH: "预授权完成"}, words.Text{EN: "charges against a hold", ZH: "按预授权扣款"}),
	begins(txn.CompletionVoid, "45", "", "completion-void", words.Text{EN: "void compl.", ZH: "完成撤销"}, words.Text{EN: "takes a completion back", ZH: "撤销本批次的预授权完成"}),

	begins(txn.Balance, "5", "b", "balance", words.Text{EN: "balance", ZH: "余额查询"}, words.Text{EN: "what is left on a card", ZH: "查询卡内余额"}),

	group("6", words.Text{EN: "other sale", ZH: "其他消费"}, words.Text{EN: "by phone, voice, QR; tips", ZH: "电话、离线、小费、二维码"}),
	begins(txn.Phone, "61", "k", "moto", words.Text{EN: "phone order", ZH: "电话订购"}, words.Text{EN: "a keyed sale, no card here", ZH: "卡不在场，手输卡号消费"}),
	begins(txn.Offline, "62", "o", "offline", words.Text{EN: "offline sale", ZH: "离线消费"}, words.Text{EN: "a sale by the bank's voice", ZH: "凭银行电话授权码消费"}),
	begins(txn.Tip, "63", "t", "tip", words.Text{EN: "tip", ZH: "小费调整"}, words.Text{EN: "adds a tip to a sale", ZH: "给一笔消费加小费"}),
	simulated(begins(txn.Scan, "64", "w", "scan", words.Text{EN: "scan to pay", ZH: "扫码付款"}, words.Text{EN: "scans a wallet (simulated)", ZH: "扫顾客付款码（模拟）"})),
	simulated(begins(txn.Show, "65", "y", "show", words.Text{EN: "show QR", ZH: "出示二维码"}, words.Text{EN: "shows a QR code (simulated)", ZH: "顾客扫码支付（模拟）"})),
	{Action: Goods, Keys: []string{"u"}, Cap: letter("U"), Short: words.Text{EN: "goods", ZH: "按商品收款"}, Help: words.Text{EN: "a sale by the shop's goods", ZH: "选商品收款，数量×单价"}, Plain: "goods", Item: "66", When: fromMenu},

	group("7", words.Text{EN: "records", ZH: "查询打印"}, words.Text{EN: "the list, slips again, why", ZH: "交易记录、重打印、说明"}),
	{Action: Journal, Keys: []string{"j"}, Cap: letter("J"), Short: words.Text{EN: "journal", ZH: "记录"}, Help: words.Text{EN: "lists the transactions", ZH: "查看交易记录"}, Plain: "journal", Foot: 5, Item: "71", When: fromMenu},
	{Action: Reprint, Keys: []string{"p"}, Cap: letter("P"), Short: words.Text{EN: "reprint", ZH: "重打印"}, Help: words.Text{EN: "prints a slip again", ZH: "重打印签购单"}, Plain: "reprint", Foot: 6, Item: "72", When: fromMenu},

	{Action: Report, Keys: []string{"z"}, Cap: letter("Z"), Short: words.Text{EN: "report", ZH: "报表"}, Help: words.Text{EN: "what the batch came to so far", ZH: "查看当前批次报表"}, Plain: "report", Item: "74", When: fromMenu},

	totalsItem,

	group("8", words.Text{EN: "the day", ZH: "管理"}, words.Text{EN: "sign-on, settlement, shifts", ZH: "签到、结算、签退、交班"}),
	begins(txn.SignOn, "81", "n", "sign-on", words.Text{EN: "sign-on", ZH: "签到"}, words.Text{EN: "begins the day at the bank", ZH: "向银行签到"}),
	begins(txn.Settlement, "82", "s", "settle", words.Text{EN: "settle", ZH: "结算"}, words.Text{EN: "closes the batch of the day", ZH: "结算当日批次"}),
	begins(txn.SignOff, "83", "", "sign-off", words.Text{EN: "sign-off", ZH: "签退"}, words.Text{EN: "ends the day at the bank", ZH: "向银行签退"}),

	{Action: HandOver, Keys: []string{"h"}, Cap: letter("H"), Short: words.Text{EN: "hand-over", ZH: "交班"}, Help: words.Text{EN: "ends your shift, counts cash", ZH: "结束当班，清点现金"}, Plain: "handover", Item: "84", When: fromMenu},
	{Action: LockUp, Keys: []string{"g"}, Cap: letter("G"), Short: words.Text{EN: "lock", ZH: "锁定"}, Help: words.Text{EN: "locks until somebody signs in", ZH: "锁定终端，登录后继续"}, Plain: "lock", Item: "85", When: fromMenu},

	group("9", words.Text{EN: "terminal", ZH: "终端"}, words.Text{EN: "settings, language, quit", ZH: "设置、语言、退出"}),
	{Action: Explain, Keys: []string{"e"}, Cap: letter("E"), Short: words.Text{EN: "why", ZH: "说明"}, Help: words.Text{EN: "what the card decided, and why", ZH: "说明卡片的每个决定及原因"}, Plain: "explain", Foot: 6, Item: "73", Told: true, When: in(txn.Idle, txn.Menu, txn.Present, txn.ApprovedShown, txn.DeclinedShown, txn.UnknownShown)},
	{Action: Language, Keys: []string{"l", "f2"}, Cap: letter("L"), Short: otherLanguage, Help: switchesTo, Plain: "language", Foot: 4, Item: "91", When: unspelled},
	{Action: Language, Keys: []string{"f2"}, Cap: letter("F2"), Short: otherLanguage, Help: switchesTo, Plain: "language", Foot: 4, When: spelled},
	{Action: Help, Keys: []string{"?", "f1"}, Cap: letter("?"), Short: words.Text{EN: "help", ZH: "帮助"}, Help: words.Text{EN: "shows the keys of this screen", ZH: "显示本屏可用按键"}, Plain: "help", Foot: 7, Item: "92", When: always},
	{Action: Quit, Keys: []string{"q", "ctrl+c"}, Cap: letter("Q"), Short: words.Text{EN: "quit", ZH: "退出"}, Help: words.Text{EN: "ends the program", ZH: "退出程序"}, Plain: "quit", Foot: 9, Item: "93", When: in(txn.Idle, txn.Lock)},
	{Action: Doctor, Keys: []string{"d"}, Cap: letter("D"), Short: words.Text{EN: "device check", ZH: "设备检查"}, Help: words.Text{EN: "looks at every device", ZH: "检查各项设备"}, Plain: "doctor", Item: "94", When: fromMenu},
}

var (
	otherLanguage = words.Text{EN: "中文", ZH: "English"}
	switchesTo    = words.Text{EN: "switches to Chinese 中文", ZH: "切换到英文 English"}
)
