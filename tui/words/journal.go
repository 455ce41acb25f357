package words

import (
	"fmt"
	"strings"

	"vpos/txn"
)

// What the commands about the journal say when they fail.
var (
	LimitWrong       = Failure{"journal.limit", false, Advice{Text{"The limit is below zero", "上限不能小于零"}, Text{"Say how many, or 0 for all: --limit 50", "请给出笔数，0 表示全部：--limit 50"}}}
	ExportFormat     = Failure{"export.format", false, Advice{Text{"There is no such format", "没有这种导出格式"}, Text{"Choose one: --format csv or --format json", "请选择：--format csv 或 --format json"}}}
	ExportExists     = Failure{"export.exists", false, Advice{Text{"The file is there already", "文件已存在"}, Text{"Name another, or say --overwrite to replace it.", "请换一个文件名，或用 --overwrite 覆盖。"}}}
	ExportUnwritable = Failure{"export.unwritable", false, Advice{Text{"The export cannot be written", "无法写入导出文件"}, Text{"Check the disk and the folder, or name another file.", "请检查磁盘和文件夹，或换一个文件名。"}}}
)

// The words of the journal's screens.
var (
	SearchTitle   = Text{"Search the transactions", "查找交易"}
	SearchShort   = Text{"Search", "查找"}
	SearchHint    = Text{"A number chooses what to search by", "请按编号选择查找项目"}
	SearchEmpty   = Text{"Nothing was found", "没有找到交易"}
	SearchAll     = Text{"all of them", "全部交易"}
	SearchClear   = Text{"An empty entry takes it out again", "留空确认则取消此条件"}
	SearchKeys    = Text{"1 search  2 totals  ⏎ details", "1 查找  2 统计  ⏎ 明细"}
	AskedFor      = Text{"Asked for", "请求金额"}
	FoundBy       = Text{"Found by", "条件"}
	DetailTitle   = Text{"Transaction %s", "交易 %s"}
	TotalsTitle   = Text{"Totals of %s", "%s 统计"}
	HoursTitle    = Text{"By the hour", "按小时"}
	KindsTitle    = Text{"By kind", "按交易类型"}
	WeekTitle     = Text{"The week", "最近一周"}
	TotalsNone    = Text{"Nothing sold that day", "当日无交易"}
	TotalsSum     = Text{"The day: %d, %s", "当日 %d 笔，%s"}
	MoreWord      = Text{"There are older ones: more", "还有更早的交易：more"}
	JournalPlain  = Text{"Words: find FIELD VALUE · all · more · show TRACE · again TRACE · totals [DAY]", "可用：find 项目 内容 · all · more · show 凭证号 · again 凭证号 · totals [日期]"}
	SlipsOut      = Text{"Slips out", "已打印"}
	SlipsOwed     = Text{"Slips owed", "待打印"}
	DetailHistory = Text{"What happened", "经过"}
)

// recordTexts says what a row of the journal tells of.
var recordTexts = map[txn.RecordType]Text{
	txn.RecIntent:          {"Written down, to be sent", "已记录，待发送"},
	txn.RecApproved:        {"Approved", "已批准"},
	txn.RecDeclined:        {"Declined", "已拒绝"},
	txn.RecFailed:          {"Not sent", "未能发送"},
	txn.RecReversalPending: {"Unknown, to be reversed", "结果未知，待冲正"},
	txn.RecReversed:        {"Reversed", "已冲正"},
	txn.RecVoided:          {"Taken back by a void", "已被撤销"},
	txn.RecAsking:          {"Unknown, asked again", "结果未知，继续查询"},
	txn.RecRefused:         {"Refused afterwards", "事后被拒绝"},
	txn.RecAdjusted:        {"Another amount: a tip", "小费调整金额"},
	txn.RecAdvice:          {"The bank is to be told", "待通知银行"},
	txn.RecTold:            {"The bank was told", "已通知银行"},
	txn.RecLate:            {"A late answer, no change", "迟到应答，未改变结果"},
	txn.RecPrinted:         {"Slip printed", "已打印"},
	txn.RecWaived:          {"No copy wanted", "持卡人不要签购单"},
	txn.RecReprinted:       {"Printed again", "已重打印"},
}

// RecordText is what a row of the journal tells of; its own word for one that the
// catalogue does not know.
func RecordText(t txn.RecordType) Text {
	if text, ok := recordTexts[t]; ok {
		return text
	}
	return Text{string(t), string(t)}
}

// CopiesText names the slips of a set; a dash for none.
func CopiesText(c txn.Copies, l Lang) string {
	var parts []string
	if c.Has(txn.MerchantCopy) {
		parts = append(parts, MerchantSlip.In(l))
	}
	if c.Has(txn.CardholderCopy) {
		parts = append(parts, CustomerSlip.In(l))
	}
	if len(parts) == 0 {
		return "–"
	}
	return strings.Join(parts, Comma.In(l))
}

// FillText puts arguments into a text.
func FillText(t Text, l Lang, args ...any) string { return fmt.Sprintf(t.In(l), args...) }

// Weekday is a day of the week in short: three letters, or 周 and its number.
func Weekday(d txn.Day) Text {
	i := int(d.Time().Weekday())
	return Text{[]string{"Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"}[i], "周" + []string{"日", "一", "二", "三", "四", "五", "六"}[i]}
}
