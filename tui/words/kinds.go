package words

import "vpos/txn"

// kindNames are what a kind is called, and in six cells at most for narrow lists.
var kindNames = map[txn.Kind]struct{ name, short Text }{
	txn.Sale:           {Text{"Sale", "消费"}, Text{"sale", "消费"}},
	txn.Phone:          {Text{"Phone order", "电话订购"}, Text{"phone", "电话"}},
	txn.Void:           {Text{"Void", "消费撤销"}, Text{"void", "撤销"}},
	txn.Refund:         {Text{"Refund", "退货"}, Text{"refund", "退货"}},
	txn.PreAuth:        {Text{"Pre-auth", "预授权"}, Text{"hold", "预授权"}},
	txn.Increment:      {Text{"Increment", "预授权追加"}, Text{"hold+", "追加"}},
	txn.PreAuthVoid:    {Text{"Pre-auth void", "预授权撤销"}, Text{"unhold", "授权撤"}},
	txn.Completion:     {Text{"Completion", "预授权完成"}, Text{"compl", "完成"}},
	txn.CompletionVoid: {Text{"Compl. void", "完成撤销"}, Text{"uncomp", "完成撤"}},
	txn.Balance:        {Text{"Balance", "余额查询"}, Text{"bal", "余额"}},
	txn.Offline:        {Text{"Offline sale", "离线消费"}, Text{"offl", "离线"}},
	txn.Tip:            {Text{"Tip", "小费调整"}, Text{"tip", "小费"}},
	txn.Scan:           {Text{"Scan to pay", "扫码付款"}, Text{"scan", "扫码"}},
	txn.Show:           {Text{"QR shown", "出示二维码"}, Text{"QR", "二维码"}},
	txn.Settlement:     {Text{"Settlement", "结算"}, Text{"settle", "结算"}},
	txn.SignOn:         {Text{"Sign-on", "签到"}, Text{"on", "签到"}},
	txn.SignOff:        {Text{"Sign-off", "签退"}, Text{"off", "签退"}},
}

// KindWidth is the most cells that the name of a kind takes.
const KindWidth = 13

// ShortKindWidth is the most cells that the short name of a kind takes.
const ShortKindWidth = 6

// Kind is what a transaction does, in a word or two; the word of the journal for one
// that the catalogue does not know.
func Kind(k txn.Kind) Text {
	if names, ok := kindNames[k]; ok {
		return names.name
	}
	return Text{string(k), string(k)}
}

// ShortKind is Kind for narrow lists.
func ShortKind(k txn.Kind) Text {
	if names, ok := kindNames[k]; ok {
		return names.short
	}
	return Text{string(k), string(k)}
}
