package words

import (
	"fmt"
	"slices"
	"strings"

	"vpos/txn"
)

// The words of the guards: what a warning is about, with its figures, why a card was
// keyed, and what is refused.

// guardCodes are what the guards say.
var guardCodes = map[txn.Code]Advice{
	txn.GuardDuplicate: {Text{"Paid just now: same card, amount", "同卡同金额刚刚已付款"}, Text{"Ask the customer. Esc stops; nothing is charged.", "请向顾客核实。按取消键停止，不会扣款。"}},
	txn.GuardVelocity:  {Text{"This card pays again and again", "同一张卡频繁交易"}, Text{"Check who holds the card. Esc stops.", "请核实持卡人。按取消键停止，不会扣款。"}},
	txn.GuardSplit:     {Text{"Split: together over the limit", "疑似拆单：合计超过限额"}, Text{"A sale is not split to pass a limit. Esc stops.", "不得拆分交易规避限额。按取消键停止。"}},
	txn.GuardDeclines:  {Text{"Keyed cards were declined", "手输卡号多次被拒"}, Text{"Somebody may be trying numbers out. Esc stops.", "可能有人在试卡号。按取消键停止，不会扣款。"}},
	txn.GuardKeyed:     {Text{"Many cards are keyed today", "今日手输卡号过多"}, Text{"Use chip or stripe where you can. Esc stops.", "请尽量插卡或刷卡。按取消键停止，不会扣款。"}},
	txn.GuardRefunds:   {Text{"Much was refunded today", "今日退货金额过大"}, Text{"Check the sale and its slip. Esc stops.", "请核对原交易与签购单。按取消键停止。"}},
	txn.GuardBlind:     {Text{"The journal cannot be read", "交易记录无法读取"}, Text{"Nothing is charged. Check the disk, then try again.", "未扣款。请检查磁盘后重试。"}},
	txn.RefundOver:     {Text{"More than is left of the sale", "退货金额超过原消费余额"}, Text{"Look the sale up in the journal: part was refunded.", "请在记录中查看原消费，部分款项已退。"}},
	txn.RefundCard:     {Text{"Not the card of that sale", "不是原消费的卡"}, Text{"A refund goes back to the card that paid.", "退货须退回原付款卡。"}},
	txn.RefundUndone:   {Text{"That sale stands no more", "原消费已撤销或未成功"}, Text{"Nothing is owed back of it. See the journal.", "无款可退。请查看交易记录。"}},
	txn.KeyedDamaged:   {Text{"The card cannot be read", "卡片损坏无法读取"}, keyedNext},
	txn.KeyedReader:    {Text{"The reader is broken or missing", "读卡器故障或未接"}, keyedNext},
	txn.KeyedLetter:    {Text{"Ordered by letter or message", "邮购或网络留言订购"}, keyedNext},
	txn.KeyedOther:     {Text{"Another reason", "其他原因"}, keyedNext},
	txn.KeyedOff:       {Text{"This shop keys no card numbers", "本店不受理手输卡号"}, Text{"Use the chip or the stripe, or another card.", "请插卡或刷卡，或换一张卡。"}},
	txn.ReasonFormat:   {Text{"Not the number of a reason", "没有这个原因编号"}, Text{"Type one of the numbers shown, then Enter.", "请输入所列编号，按确认键。"}},
}

var keyedNext = Text{"It is noted with the sale.", "已随交易记录。"}

// What stands on the screen of a warning.
var (
	warningScreen = Screen{
		Text{"Wait", "请核实"},
		Text{"Sure? Type the amount once more, then Enter", "确认无误，请再次输入金额，按确认键"},
	}
	warningFigure = Text{"Sure? Type the amount once more, %s, then Enter", "确认无误，请再次输入金额 %s，按确认键"}
	overrule      = Text{"A supervisor can let it pass: Enter. Esc stops", "须主管授权：按确认键，停止按取消键"}
	reasonScreen  = Screen{
		Text{"Why is it keyed?", "手输卡号原因"},
		Text{"Number of the reason, then Enter", "请输入原因编号，按确认键"},
	}
)

// warningPrompt asks for what lets a warning pass; empty at any other state.
func warningPrompt(s txn.State) Text {
	switch {
	case s.Name != txn.WarningShown:
		return Text{}
	case s.Overrules():
		return overrule
	}
	digits := s.Figure()
	return Text{fmt.Sprintf(warningFigure.EN, digits), fmt.Sprintf(warningFigure.ZH, digits)}
}

// The figures of a warning: how many, what they come to, of how much, in how long, and
// the newest of them.
var (
	guardShare   = Sentence{Text{"%d %% of today's", "占今日 %d%%"}}
	guardCount   = Sentence{Text{"%d before", "此前 %d 笔"}}
	guardSum     = Sentence{Text{"%s in all", "合计 %s"}}
	guardLimit   = Sentence{Text{"limit %s", "限额 %s"}}
	guardMinutes = Sentence{Text{"in %d min", "%d 分钟内"}}
	guardLast    = Sentence{Text{"last %s %s", "上笔 %s %s"}}
)

// WarningFigures are what a rule saw, in one line or two: 2 before · 74.04 in all · in 10
// min · last 000012 14:03.
func WarningFigures(w txn.Warning, l Lang) string {
	var parts []string
	if w.Rule == txn.GuardKeyed {
		parts = append(parts, guardShare.Fill(l, w.Count))
	} else {
		parts = append(parts, guardCount.Fill(l, w.Count))
	}
	if w.Amount.Minor > 0 {
		parts = append(parts, guardSum.Fill(l, w.Amount.Grouped()))
	}
	if w.Limit.Minor > 0 {
		parts = append(parts, guardLimit.Fill(l, w.Limit.Grouped()))
	}
	if minutes := int(w.Within.Minutes()); minutes > 0 {
		parts = append(parts, guardMinutes.Fill(l, minutes))
	}
	if w.Of.STAN != 0 {
		parts = append(parts, guardLast.Fill(l, w.Of.STAN, w.At.Format("15:04")))
	}
	return strings.Join(parts, " · ")
}

// Warnings are what the guards say, a headline with its figures each, for the dialogue of
// lines.
func Warnings(s txn.State, l Lang) []string {
	var lines []string
	switch s.Name {
	case txn.WarningShown:
		for _, w := range s.Warnings {
			lines = append(lines, "! "+ForCode(w.Rule).Headline.In(l)+" ("+WarningFigures(w, l)+")")
		}
	case txn.ReasonEntry:
		for i, c := range txn.KeyedReasons() {
			lines = append(lines, fmt.Sprintf("%d %s", i+1, ForCode(c).Headline.In(l)))
		}
	case txn.PaperEntry:
		for i, answer := range PaperAnswers() {
			lines = append(lines, fmt.Sprintf("%d %s", i+1, answer.In(l)))
		}
	default:
	}
	return lines
}

// What a transaction in full says of its guards.
var (
	KeyedWhy = Text{"Keyed because", "手输原因"}
	LetPass  = Text{"Let pass", "授权事由"}
)

// Passed are the words of the warnings that were let pass with a transaction; empty for
// none.
func Passed(codes []txn.Code, l Lang) string {
	var parts []string
	for _, c := range codes {
		if !slices.Contains(txn.KeyedReasons(), c) {
			parts = append(parts, ForCode(c).Headline.In(l))
		}
	}
	return strings.Join(parts, "; ")
}

// KeyedBecause says why a card was keyed; empty where nobody said.
func KeyedBecause(codes []txn.Code) Text {
	for _, c := range codes {
		if slices.Contains(txn.KeyedReasons(), c) {
			return ForCode(c).Headline
		}
	}
	return Text{}
}
