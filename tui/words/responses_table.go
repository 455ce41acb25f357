package words

// responses is every code of [txn.ResponseCodes] in words: UnionPay's own, where
// it has some.
var responses = map[string]Response{
	// Approved.
	"00": {Text{"Approved", "交易成功"}, Text{"The bank approved it.", "银行已批准交易。"}, doneSay, doneDo},
	"08": {Text{"Approved, check identity", "交易成功，请核对身份"}, Text{"The bank asks to see who holds the card.", "银行要求核对持卡人身份。"}, Text{"May I see an identity card, please?", "请出示您的身份证件。"}, Text{"Compare name and signature, then hand over.", "核对姓名和签名后交付商品。"}},
	"10": {Text{"Approved in part", "部分金额批准"}, Text{"The card covers only part of the amount.", "卡内余额只够支付一部分。"}, Text{"Part is paid. How will you pay the rest?", "已付一部分，余下的怎么支付？"}, Text{"Collect the rest before handing over.", "收齐余款后再交付商品。"}},
	"11": {Text{"Approved (VIP)", "交易成功（VIP）"}, Text{"The bank approved a preferred customer.", "银行已批准贵宾客户交易。"}, doneSay, doneDo},
	"A2": issuerLater, "A4": issuerLater, "A5": issuerLater, "A6": issuerLater,

	// Call the bank.
	"01": {Text{"Call the bank", "请持卡人与发卡银行联系"}, Text{"The bank wants to speak first.", "发卡银行要求先联系。"}, Text{"Please call the number on your card.", "请拨打卡背面的银行电话。"}, doOther},
	"02": {Text{"Call the bank", "请持卡人与发卡银行联系"}, Text{"The bank wants to speak first (special case).", "发卡银行要求先联系（特殊情况）。"}, Text{"Please call the number on your card.", "请拨打卡背面的银行电话。"}, doOther},

	"60": {Text{"Call the acquirer", "请联系收单行"}, Text{"The acquirer wants to speak first.", "收单行要求先联系。"}, Text{"I have to call our bank; one moment.", "我需要联系收单行，请稍等。"}, Text{"Call the help line with this code.", "请将此代码告知客服。"}},
	"66": {Text{"Call the acquirer's security", "请联系收单行安全部门"}, Text{"The acquirer's security wants a call.", "收单行安全部门要求致电。"}, Text{"I have to call our bank; one moment.", "我需要联系收单行，请稍等。"}, Text{"Call the help line with this code.", "请将此代码告知客服。"}},

	// Keep the card, stay safe.
	"04": {Text{"Keep the card", "此卡被没收"}, Text{"The bank wants the card withdrawn.", "发卡银行要求没收此卡。"}, sayPickUp, doPickUp},
	"07": {Text{"Keep the card", "此卡被没收"}, Text{"The bank suspects something is wrong.", "发卡银行认为情况可疑。"}, sayPickUp, doPickUp},
	"33": {Text{"Expired, keep the card", "过期卡，请没收"}, Text{"An expired card that the bank wants back.", "卡已过期，银行要求收回。"}, sayPickUp, doPickUp},
	"34": {Text{"Suspected fraud", "作弊卡"}, Text{"The bank suspects fraud.", "发卡银行怀疑欺诈。"}, sayPickUp, doPickUp},
	"35": {Text{"Keep the card, call", "请没收并联系收单行"}, Text{"The bank wants the card and a call.", "银行要求留卡并致电。"}, sayPickUp, doPickUp},
	"36": {Text{"Restricted, keep the card", "受限制的卡，请没收"}, Text{"The card is restricted.", "此卡被限制使用。"}, sayPickUp, doPickUp},
	"37": {Text{"Keep the card, call", "请没收并联系收单行"}, Text{"The acquirer's security wants a call.", "收单行安全部门要求致电。"}, sayPickUp, doPickUp},
	"38": {Text{"PIN tries used up", "密码次数超限"}, Text{"The PIN was wrong too often.", "密码错误次数过多。"}, sayPickUp, doPickUp},
	"41": {Text{"Lost card", "挂失卡"}, Text{"The card was reported lost.", "此卡已挂失。"}, sayPickUp, doPickUp},
	"43": {Text{"Stolen card", "被窃卡"}, Text{"The card was reported stolen.", "此卡已报失窃。"}, sayPickUp, doPickUp},
	"67": {Text{"Keep the card", "此卡被没收"}, Text{"The bank wants the card withdrawn.", "发卡银行要求没收此卡。"}, sayPickUp, doPickUp},

	// Another card.
	"05": {Text{"Declined by the bank", "持卡人认证失败"}, Text{"The bank declined; it need not say why.", "发卡银行拒绝，未说明原因。"}, sayOther, doOther},
	"14": {Text{"Card number not valid", "无效卡号"}, Text{"The bank does not know this number.", "银行查不到这个卡号。"}, Text{"May I check the number once more?", "我再核对一下卡号好吗？"}, Text{"Check the number, or take another card.", "请核对卡号，或换一张卡。"}},
	"15": {Text{"No such card issuer", "此卡无对应发卡方"}, Text{"No bank answers for this card.", "找不到此卡的发卡银行。"}, sayOther, doOther},
	"21": {Text{"Card not activated", "该卡未初始化或睡眠卡"}, Text{"The card is new or has been asleep.", "新卡未启用，或长期未用。"}, Text{"Please activate the card with your bank.", "请先在银行激活此卡。"}, doOther},
	"40": {Text{"Not supported by the bank", "发卡方不支持"}, Text{"The bank does not offer this service.", "发卡银行不支持此类交易。"}, sayOther, doOther},
	"54": {Text{"Card has expired", "该卡已过期"}, Text{"The card is past its last month.", "此卡已超过有效期。"}, Text{"This card has expired. Have you another?", "这张卡过期了，您有别的卡吗？"}, doOther},
	"57": {Text{"Not allowed for this card", "不允许此卡交易"}, Text{"The card may not be used for this.", "此卡不能做这类交易。"}, sayOther, doOther},
	"59": {Text{"Card check failed", "卡片校验错"}, Text{"The card data failed the bank's check.", "卡片数据未通过银行校验。"}, sayOther, Text{"Check the card for tampering; take another.", "检查卡片是否异常，并换一张卡。"}},
	"62": {Text{"Restricted card", "受限制的卡"}, Text{"The bank has limited where it works.", "银行限制了此卡的使用范围。"}, sayOther, doOther},
	"78": {Text{"Card not in use yet", "该卡未启用"}, Text{"The card was never activated, or is blocked.", "此卡未激活或已被冻结。"}, Text{"Please ask your bank to activate the card.", "请联系银行激活此卡。"}, doOther},

	// Funds and limits.
	"51": {Text{"Not enough funds", "可用余额不足"}, Text{"The account does not cover the amount.", "账户余额不够支付。"}, Text{"The card does not cover it. Another one?", "这张卡余额不足，换一张好吗？"}, Text{"Another card, or a smaller amount.", "请换卡，或减少金额。"}},
	"61": {Text{"Amount over the card's limit", "交易金额超限"}, Text{"The amount is over the card's limit.", "金额超过此卡的限额。"}, Text{"It is over the card's limit. Another one?", "超过了这张卡的限额，换一张好吗？"}, Text{"Another card, or a smaller amount.", "请换卡，或减少金额。"}},
	"65": {Text{"Used too often", "超出消费次数限制"}, Text{"The card was used too many times today.", "此卡今日交易次数已满。"}, sayOther, Text{"Another card. If it has a chip, insert it.", "请换卡；如有芯片请插卡。"}},

	// PIN and chip.
	"55": {Text{"Wrong PIN", "密码错误"}, Text{"The PIN did not match.", "密码不正确。"}, Text{"The PIN was wrong; please try again.", "密码不对，请再输入一次。"}, Text{"Try again. Do not guess a third time.", "请重试，切勿多次猜测。"}},
	"75": {Text{"PIN tries used up", "密码错误次数超限"}, Text{"The PIN was wrong too often.", "密码错误次数过多。"}, Text{"The PIN is blocked. Please ask your bank.", "密码已锁定，请联系您的银行。"}, doOther},
	"45": {Text{"Use the chip", "使用芯片方式读卡"}, Text{"The bank wants the chip read.", "银行要求使用芯片。"}, Text{"I will insert your card instead.", "我改为插卡试一下。"}, Text{"Insert the chip instead of swiping.", "请插卡，不要刷卡。"}},
	"1A": {Text{"One-time code wanted", "需要短信验证码"}, Text{"The bank wants the code it sent the customer.", "银行要求核对发给持卡人的验证码。"}, Text{"The bank wants a code; may I key the card?", "银行要求验证码，我改为手输卡号好吗？"}, Text{"Key the number; the code is asked for then.", "请手输卡号，随后会要求输入验证码。"}},

	// Try again later.
	"09": {Text{"In progress", "交易处理中"}, Text{"The bank is still working on it.", "银行仍在处理。"}, sayAgain, Text{"Wait, then check the transaction list.", "请稍候，再查看交易记录。"}},
	"19": {Text{"Try again", "请重新交易"}, Text{"The bank asks to send it once more.", "银行要求重新发送。"}, sayAgain, doAgain},
	"68": {Text{"Answer came too late", "交易超时，请重试"}, Text{"The bank did not answer in time.", "银行未及时应答。"}, sayAgain, doAgain},
	"90": {Text{"Bank's day change", "系统日切"}, Text{"The bank is closing its day.", "银行正在日终处理。"}, sayAgain, Text{"Try again in a few minutes.", "请几分钟后重试。"}},
	"91": {Text{"Issuer not available", "发卡方状态不正常"}, Text{"The card's bank cannot be reached.", "暂时联系不上发卡银行。"}, sayAgain, doAgain},
	"92": {Text{"No route to the bank", "线路异常"}, Text{"The network has no path to the card's bank.", "到发卡银行的线路不通。"}, sayAgain, doAgain},
	"96": {Text{"Network trouble", "交换中心异常"}, Text{"The card network has a fault.", "交换中心系统故障。"}, sayAgain, doAgain},
	"98": {Text{"Issuer did not answer", "发卡方超时"}, Text{"The card's bank did not answer in time.", "发卡银行未及时应答。"}, sayAgain, doAgain},

	// The terminal's or the merchant's own set-up.
	"03": {Text{"Merchant not known", "无效商户"}, Text{"The bank does not know this merchant number.", "银行没有这个商户号。"}, saySetup, doSetup},
	"12": {Text{"Transaction not valid", "无效交易"}, Text{"The bank does not take this transaction.", "银行不受理这种交易。"}, saySetup, doSetup},
	"13": {Text{"Amount not valid", "无效金额"}, Text{"The bank does not take this amount.", "银行不受理这个金额。"}, Text{"I have to type the amount again.", "我需要重新输入金额。"}, Text{"Check the amount, then call the help line.", "请核对金额；仍失败请联系客服。"}},
	"22": {Text{"Not allowed any more", "操作有误或超出交易允许天数"}, Text{"Wrong step, or too many days have passed.", "操作有误，或已超过允许天数。"}, saySetup, doSetup},
	"25": {Text{"Original not found", "没有原始交易"}, Text{"The bank has no such transaction.", "银行查不到原交易。"}, saySetup, Text{"Check trace number and date.", "请核对凭证号和日期。"}},
	"30": {Text{"Message not understood", "请重试"}, Text{"The bank could not read the request.", "银行无法识别请求。"}, saySetup, doSetup},
	"58": {Text{"Not allowed here", "不允许本终端"}, Text{"This terminal may not do this.", "本终端没有此交易权限。"}, saySetup, doSetup},
	"64": {Text{"Differs from the original", "与原交易不匹配"}, Text{"Amount or card is not the original's.", "金额或卡号与原交易不同。"}, saySetup, Text{"Compare with the original slip.", "请与原签购单核对。"}},
	"76": {Text{"Product not valid", "无效产品代码"}, Text{"The bank does not know this product.", "银行没有这种产品代码。"}, saySetup, doSetup},
	"89": {Text{"Terminal not valid", "终端无效"}, Text{"The bank does not accept this terminal.", "银行不接受本终端。"}, saySetup, doSetup},
	"97": {Text{"Terminal not registered", "终端未登记"}, Text{"The bank does not know this terminal number.", "银行没有这个终端号。"}, saySetup, doSetup},

	// Batch, duplicate, keys.
	"77": {Text{"Batch differs, sign on", "批次不一致，请重新签到"}, Text{"Terminal and bank count different batches.", "终端与银行的批次号不同。"}, sayAgain, doSignOn},
	"94": {Text{"Sent twice", "重复交易"}, Text{"The bank has seen this one already.", "银行已收到过这笔交易。"}, Text{"One moment, I check whether it went through.", "请稍等，我查一下是否已成功。"}, Text{"Look in the transaction list before retrying.", "重试前请先查看交易记录。"}},
	"95": {Text{"Totals differ", "对账不平"}, Text{"Terminal and bank have different totals.", "终端与银行的合计不一致。"}, saySetup, Text{"Settle the batch, then try again.", "请先结算，再重试。"}},
	"63": badMAC, "88": badMAC,
	"99": {Text{"PIN format, sign on", "PIN格式错，请重新签到"}, Text{"The PIN key is out of step.", "PIN 密钥不同步。"}, sayAgain, doSignOn},
	"A0": {Text{"Bad check code, sign on", "MAC校验错，请重新签到"}, Text{"The message key is out of step.", "MAC 密钥不同步。"}, sayAgain, doSignOn},
}

var (
	issuerLater = Response{Text{"Approved, confirm later", "交易成功，请向发卡行确认"}, Text{"Approved; the bank wants it confirmed later.", "交易成功，需稍后向发卡行确认。"}, doneSay, Text{"Hand over, and keep the slip for the bank.", "可交付商品，并保留签购单备查。"}}
	badMAC      = Response{Text{"Security check failed", "安全校验失败"}, Text{"The bank could not verify the message.", "银行无法验证报文。"}, sayAgain, doSignOn}
)
