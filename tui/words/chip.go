package words

import (
	"strings"
	"unicode"

	"vpos/reader/emv"
	"vpos/txn"
)

// What a card with a chip adds: its prompts, the machine's codes for it, and the
// kernel's reasons.

// chipPrompt is what a state asks for because of the card in the reader; empty
// where that changes nothing.
func chipPrompt(s txn.State) Text {
	switch {
	case s.Name == txn.Idle && s.CardIn != "" && !s.Spent:
		return Text{"The card is in. Type the amount", "已插卡，请输入金额"}
	case s.Name == txn.Present && s.CardIn != "" && s.Spent && s.Problem != txn.NoProblem:
		return labels[CardOut] // what is wrong is wrong with this one
	case s.Name == txn.Present && s.CardIn != "" && s.Spent:
		return Text{"Take the card out first", "请先取出上一张卡"}
	case s.Name == txn.Processing && s.Reading():
		return Text{"Do not take the card out", "请勿拔卡"}
	case s.Name == txn.PINEntry && s.PIN.Pad:
		return Text{"The customer keys the PIN on the reader", "请持卡人在读卡器键盘上输入密码"}
	}
	return Text{}
}

// CardForgotten reports whether a card that has been used is still in the reader
// and nothing needs it there: people are told to take it out.
func CardForgotten(s txn.State) bool {
	if s.CardIn == "" || !s.Spent || s.Reading() {
		return false
	}
	return s.Name != txn.Present && s.Name != txn.Processing // one's prompt says so, and one is not done yet
}

// Outside makes text from outside (the name of an application, of a reader) fit
// to be shown: what is no printable character becomes a space, and spaces in a
// row become one.
func Outside(text string) string {
	visible := strings.Map(func(r rune) rune {
		if r == unicode.ReplacementChar || !unicode.IsPrint(r) {
			return ' '
		}
		return r
	}, text)
	return strings.Join(strings.Fields(visible), " ")
}

var chipCodes = map[txn.Code]Advice{
	txn.ChoiceFormat:  {Text{"Not one of the list", "没有这个选项"}, Text{"Key one of the numbers shown.", "请输入列表中的编号。"}},
	txn.PINFormat:     {Text{"A PIN has 4 to 12 digits", "密码应为 4 至 12 位数字"}, Text{"The customer keys it again.", "请持卡人重新输入。"}},
	txn.PINBypass:     {Text{"No PIN?", "不输入密码？"}, Text{"Enter once more goes past it, if the bank allows.", "再按一次确认键即跳过密码（须发卡行允许）。"}},
	txn.CardGone:      {Text{"The card left too early", "卡片未完成交易"}, Text{"The sale is being reversed. Try again after that.", "系统正在冲正，完成后请重试。"}},
	txn.CardCancelled: {Text{"Card reading was cancelled", "读卡已取消"}, Text{"Nothing was charged. Start the sale again.", "没有扣款，请重新收款。"}},
	txn.CardTorn:      {Text{"The card was taken out too early", "卡片拔出过早"}, Text{"Nothing was charged. Insert it and leave it in.", "没有扣款。请重新插卡，完成前请勿拔卡。"}},
	txn.CardMute:      {Text{"The chip does not answer", "芯片无应答"}, Text{"Take it out; insert it chip up, chip first.", "请取出，芯片朝上、朝前重新插卡。"}},
	txn.CardBusy:      {Text{"Another program holds the card", "卡片被其他程序占用"}, Text{"Close that program, then insert the card again.", "请关闭该程序，然后重新插卡。"}},
	txn.CardReal:      {Text{"A real card: not for training", "真实银行卡，不能用于培训"}, Text{"Nothing was charged; only its number was read.", "没有扣款，只读取了卡号。"}},
	txn.CardOffline:   {Text{"The card would skip the bank", "卡片要求脱机交易"}, Text{"Nothing was charged. Ask for another card.", "没有扣款，请换一张卡。"}},
	txn.ReaderFailed:  {Text{"Reader trouble", "读卡器故障"}, Text{"Check its cable, then insert the card again.", "请检查连接线，然后重新插卡。"}},
	txn.PINDevice:     {Text{"The card wants a PIN pad", "此卡需要密码键盘"}, Text{"There is none here. Ask for another card.", "本机没有密码键盘，请换一张卡。"}},
	txn.SwipeInstead:  {Text{"The chip cannot be read", "芯片无法读取"}, Text{"This time the stripe may be swiped.", "本次可以改刷磁条。"}},
}

var (
	otherCard = Text{"Ask for another card or cash.", "请换卡，或用其他方式付款。"}
	cleanCard = Text{"Take it out, wipe the chip, insert it again.", "请取出卡片，擦拭芯片后重新插卡。"}
)

var reasons = map[emv.Reason]Advice{
	emv.ReasonOffline:     {Text{"The card declined", "卡片拒绝交易"}, otherCard},
	emv.ReasonHost:        {Text{"The bank declined", "银行拒绝交易"}, otherCard},
	emv.ReasonUnable:      {Text{"No bank, and the card declined", "银行未应答，卡片拒绝交易"}, Text{"Try again shortly, or ask for another card.", "请稍后重试，或换一张卡。"}},
	emv.ReasonCardRefused: {Text{"The card refused at the end", "卡片最后拒绝了交易"}, Text{"It is being reversed. Then ask for another card.", "系统正在冲正，完成后请换一张卡。"}},
	emv.ReasonSignature:   {Text{"The card's proof is wrong", "卡片签名验证失败"}, Text{"It may be forged. Do not take this card.", "可能是伪卡，请勿受理此卡。"}},
	emv.ReasonCardBlocked: {Text{"The card is blocked", "此卡已被锁定"}, Text{"Ask for another card; its bank can say why.", "请换一张卡，原因请持卡人询问发卡行。"}},
	emv.ReasonAppBlocked:  {Text{"The card's application is blocked", "卡内应用已被锁定"}, Text{"Ask for another card; its bank can say why.", "请换一张卡，原因请持卡人询问发卡行。"}},
	emv.ReasonNoApp:       {Text{"This card is not taken here", "本机不受理此卡"}, otherCard},
	emv.ReasonCancelled:   {Text{"No application was chosen", "未选择应用"}, Text{"Nothing was charged. Insert the card again.", "没有扣款，请重新插卡。"}},
	emv.ReasonService:     {Text{"The card does not allow this", "此卡不支持本交易"}, otherCard},
	emv.ReasonCardData:    {Text{"The chip's data is faulty", "芯片数据有误"}, cleanCard},
	emv.ReasonCardStatus:  {Text{"The chip gives a strange answer", "芯片应答异常"}, cleanCard},
	emv.ReasonTorn:        chipCodes[txn.CardTorn],
	emv.ReasonInput:       {Text{"The terminal's setup is wrong", "终端设置有误"}, Text{"Nothing was charged. Call the help line.", "没有扣款，请联系客服。"}},
	emv.ReasonMisuse:      {Text{"The terminal lost its place", "终端处理出错"}, Text{"Try again. If it happens again, call the help line.", "请重试。如再次出现，请联系客服。"}},
}

// Cardholder is the language of the person a state speaks to, where that is the
// cardholder and the card or the shop says which it is: its questions are not the cashier's.
func Cardholder(s txn.State) (Lang, bool) {
	if lang, fixed := ParseLang(s.Setup.Holder); fixed && (s.Name == txn.Choose || s.Name == txn.PINEntry) {
		return lang, true
	}
	switch s.Name {
	case txn.Choose:
		return ParseLang(s.Choice.Lang)
	case txn.PINEntry:
		return ParseLang(s.PIN.Lang)
	default:
		return EN, false
	}
}
