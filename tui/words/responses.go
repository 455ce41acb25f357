package words

import (
	"maps"
	"slices"

	"vpos/txn"
)

// Response is what a response code of the host (ISO 8583 field 39) means to
// the person at the till.
type Response struct {
	Headline Text // UnionPay's own words in Chinese, where it has some
	Cause    Text // why
	Say      Text // what to tell the customer
	Do       Text // what to do now
}

// ForResponse finds the words of a response code of the host, of two characters
// or an action code of ISO 8583:1993; a general entry for a code that is in no
// table. The code itself is shown beside them.
func ForResponse(code string) Response {
	if r, ok := responses[txn.Meaning(code)]; ok {
		return r
	}
	return Response{
		Text{"Declined", "交易失败"},
		Text{"The bank declined with a code of its own.", "银行拒绝了交易，返回的是自定义代码。"},
		sayOther, Text{"Another card or cash; tell the help line.", "请换卡或换方式付款，并将代码告知客服。"},
	}
}

// ResponseCodes lists every code of the table, in order.
func ResponseCodes() []string { return slices.Sorted(maps.Keys(responses)) }

// What many codes share.
var (
	doneSay = Text{"Thank you, it went through.", "交易成功，谢谢。"}
	doneDo  = Text{"Hand over the goods and the slip.", "请交付商品和签购单。"}

	sayOther  = Text{"The bank declined this card. Have you another?", "银行未通过这张卡，您有别的卡吗？"}
	doOther   = Text{"Ask for another card or cash.", "请换卡，或用其他方式付款。"}
	doAgain   = Text{"Wait a minute, then try once more.", "请稍等一分钟后重试一次。"}
	sayAgain  = Text{"The bank is busy; may I try again?", "银行系统繁忙，我再试一次好吗？"}
	doSetup   = Text{"Call the help line with this code.", "请将此代码告知客服。"}
	saySetup  = Text{"Our terminal has a problem, not your card.", "是终端的问题，与您的卡无关。"}
	doPickUp  = Text{"Keep the card only if it is safe. Call the bank.", "确保安全时留下卡片，并致电银行。"}
	sayPickUp = Text{"I have to call the bank about this card.", "这张卡我需要致电银行确认。"}
	doSignOn  = Text{"Try again: the terminal signs on first.", "请重试，终端会先自动签到。"}
)
