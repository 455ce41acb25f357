package words

import (
	"fmt"

	"vpos/txn"
)

// The words of a confirmation that Enter alone does not give: what happens, and the digits
// to type.

// figures say of a kind what is to be typed; %s is the digits.
var figures = map[txn.Kind]Text{
	txn.Void:           {"Money goes back: type the amount, %s, then Enter", "款项将退回：请输入金额 %s，按确认键"},
	txn.CompletionVoid: {"Money goes back: type the amount, %s, then Enter", "款项将退回：请输入金额 %s，按确认键"},
	txn.Refund:         {"Money goes back: type the amount again, %s, then Enter", "款项将退回：请再次输入金额 %s，按确认键"},
	txn.PreAuthVoid:    {"The hold ends: type the amount, %s, then Enter", "冻结将解除：请输入金额 %s，按确认键"},
	txn.Settlement:     {"The batch is closed for good: type the net total, %s, then Enter", "结算后不可恢复：请输入净额 %s，按确认键"},
}

// emptyNet is a batch in which as much was given back as was sold.
var emptyNet = Text{
	"The batch is closed for good: type its number, %s, then Enter", "结算后不可恢复：请输入批次号 %s，按确认键",
}

// figurePrompt asks for the digits of a confirmation; empty where Enter alone gives it.
func figurePrompt(s txn.State) Text {
	digits := s.Figure()
	if digits == "" {
		return Text{}
	}
	prompt := figures[s.Draft.Kind]
	if s.ByBatch() {
		prompt = emptyNet
	}
	return Text{fmt.Sprintf(prompt.EN, digits), fmt.Sprintf(prompt.ZH, digits)}
}

// counting is the cash at the end of a shift, and once more.
var (
	counting = Screen{
		Text{"Hand-over", "交班点钞"},
		Text{"Count the drawer; 0 where it is empty", "请清点并输入现金，没有请输入 0"},
	}
	countingAgain = Text{"It ends the shift: key the count once more", "将结束当班：请再输入一遍现金金额"}
)

// confirmCodes are what is wrong at a confirmation.
var confirmCodes = map[txn.Code]Advice{
	txn.ConfirmDigits:  {Text{"Enter alone does not do it", "仅按确认键无效"}, Text{"Type the digits shown, then Enter. Esc leaves.", "请输入所示数字再按确认键，按取消键退出。"}},
	txn.ConfirmDiffers: {Text{"Not the digits shown", "输入的数字不符"}, Text{"Nothing was moved. Type them again; Esc leaves.", "未作任何处理。请重新输入，按取消键退出。"}},
	txn.CountEmpty:     {Text{"Count the drawer first", "请先清点现金"}, Text{"Type what is in it, 0 where it is empty.", "请输入现金金额，没有请输入 0。"}},
	txn.CountDiffers:   {Text{"The two counts differ", "两次输入的金额不一致"}, Text{"Nothing is written yet. Key it twice alike.", "尚未保存，请重新清点并输入两遍。"}},
}
