package words

import (
	"vpos/reader"
	"vpos/reader/emv"
	"vpos/txn"
)

// Advice is what a code means and what to do about it.
type Advice struct {
	Headline Text // what is the matter, one line
	Next     Text // the next step, at most two short lines
}

// ForCode finds the words of a code of the machine, of a card fault or of the
// kernel's reason. A code
// the catalogue does not know gets a general entry, so a screen is never empty.
func ForCode(code txn.Code) Advice {
	if a, ok := codes[code]; ok {
		return a
	}
	if a, ok := faults[reader.Fault(code)]; ok {
		return a
	}
	if a, ok := confirmCodes[code]; ok {
		return a
	}
	if a, ok := printerCodes[code]; ok {
		return a
	}
	if a, ok := guardCodes[code]; ok {
		return a
	}
	if a, ok := chipCodes[code]; ok {
		return a
	}
	if a, ok := reasons[emv.Reason(code)]; ok {
		return a
	}
	return Advice{
		Text{"Something went wrong", "出现问题"},
		Text{"Try again. If it happens again, call the help line.", "请重试。如再次出现，请联系客服。"},
	}
}

var codes = map[txn.Code]Advice{
	txn.AmountFormat:   {Text{"Not an amount", "金额格式不对"}, Text{"Type digits, or a sum such as 3*4.50+2.", "请输入数字，或算式，如 3*4.50+2。"}},
	txn.AmountZero:     {Text{"No amount yet", "尚未输入金额"}, Text{"Type an amount above zero.", "请输入大于零的金额。"}},
	txn.AmountTooLarge: {Text{"Amount over the limit", "金额超出上限"}, Text{"Check it; more than this the terminal may not take.", "请核对；本终端单笔不得超过此限。"}},
	txn.AmountFraction: {Text{"Too many decimals", "小数位数过多"}, Text{"Use the decimals this currency has.", "请按本币种的小数位数输入。"}},
	txn.AmountNegative: {Text{"Amount below zero", "金额不能为负"}, Text{"Check the minus sign and type it again.", "请检查减号后重新输入。"}},

	txn.GoodsNone:      {Text{"There are no goods yet", "尚无商品"}, Text{"Add some in menu 97, or: vpos goods import FILE.", "请在菜单 97 中添加，或执行 vpos goods import FILE。"}},
	txn.GoodsUnknown:   {Text{"No good has this code", "无此商品"}, Text{"Check the code, or look for it with the arrows.", "请核对编码，或用方向键查找。"}},
	txn.GoodsFormat:    {Text{"Not a good's code", "编码格式不对"}, Text{"Type a code, or so many times one: 3*1001.", "请输入编码，或数量*编码，如 3*1001。"}},
	txn.BasketQuantity: {Text{"Not a quantity", "数量不对"}, Text{"One to 9999 of a good fit a line.", "每行数量为 1 至 9999。"}},
	txn.BasketFull:     {Text{"No room for another line", "行数已满"}, Text{"Take the total, and sell the rest as a second sale.", "请先收取合计，其余另作一笔。"}},
	txn.BasketTotal:    {Text{"Total over the limit", "合计超出上限"}, Text{"Take the total as it stands, and sell the rest later.", "请先收取当前合计，其余另作一笔。"}},
	txn.BasketEmpty:    {Text{"No goods keyed yet", "尚未输入商品"}, Text{"Key a good's code first.", "请先输入商品编码。"}},
	txn.BasketDiscard:  {Text{"Drop these goods?", "放弃这些商品？"}, Text{"Esc once more drops them; any other key goes on.", "再按取消键放弃，按其他键继续。"}},

	txn.PANKeyTwice:  {Text{"Check digit does not fit", "卡号校验未通过"}, Text{"It may still be right: key the number once more.", "卡号仍可能正确，请再输入一遍。"}},
	txn.PANDiffers:   {Text{"The two numbers differ", "两次卡号不一致"}, Text{"Start again with the number on the card.", "请对照卡面重新输入。"}},
	txn.SwipeIgnored: {Text{"No card wanted now", "当前不需要刷卡"}, Text{"The swipe was dropped. Finish this step first.", "本次刷卡已忽略，请先完成当前操作。"}},
	txn.CVVExpected:  {Text{"Security code wanted", "请输入安全码"}, Text{"Key it, or 9 if there is none, 2 if unreadable.", "请输入；卡上没有按 9，看不清按 2。"}},
	txn.NotHere:      {Text{"That does nothing here", "此处不能这样操作"}, Text{"The line below shows the keys that work.", "可用按键见屏幕底行。"}},
	txn.TooLate:      {Text{"Too late to cancel", "已无法取消"}, Text{"The request is on its way. Wait for the result.", "交易已送出，请等待结果。"}},
	txn.OTPFormat:    {Text{"The code has 4 to 8 digits", "验证码应为 4 至 8 位数字"}, Text{"The customer reads it out; key it again.", "请持卡人告知验证码，重新输入。"}},
	txn.OTPWrong:     {Text{"Not the code that was sent", "验证码有误"}, Text{"Compare with the customer's phone and key it again.", "请与持卡人手机核对后重新输入。"}},

	txn.TraceFormat:  {Text{"Not a trace number", "凭证号格式不对"}, Text{"It is the number of up to six digits on the slip.", "请输入签购单上最多六位的凭证号。"}},
	txn.TraceUnknown: {Text{"No such transaction", "未找到该笔交易"}, Text{"Check it in the list (J). A settled sale is refunded.", "请在交易记录 (J) 中核对；已结算的请办退货。"}},
	txn.NoSlip:       {Text{"There is no slip of it", "该笔没有签购单"}, Text{"Nothing was charged, or it was taken back.", "该笔未扣款，或款项已退回。"}},

	txn.VoidAlready:   {Text{"Voided already", "该笔已撤销"}, Text{"Nothing more to do; the sale is taken back.", "无需再撤，款项已退回。"}},
	txn.VoidNotSale:   {Text{"Nothing to void", "该笔不能撤销"}, Text{"Only a sale that was charged can be voided.", "只有已扣款的消费才能撤销。"}},
	txn.VoidPending:   {Text{"It is being reversed", "该笔正在冲正"}, Text{"No void is needed: it will be taken back.", "无需撤销，款项将自动退回。"}},
	txn.VoidOtherCard: {Text{"Not the card of that sale", "不是原交易的卡"}, Text{"Swipe the card the sale was paid with.", "请刷原交易所用的卡。"}},

	txn.VoidCardFirst: {Text{"The card of the sale is wanted", "请出示原交易的卡"}, Text{"Insert or swipe it; then type the amount.", "请先插卡或刷卡，再输入金额。"}},
	txn.VoidNotDone:   {Text{"Not a completion", "该笔不是预授权完成"}, Text{"A sale is voided under void (V).", "消费请用消费撤销 (V)。"}},

	txn.TipNotSale:  {Text{"No tip can go on that", "该笔不能加小费"}, Text{"Only a sale of this batch that was charged.", "只有本批次已扣款的消费才能加小费。"}},
	txn.TipTooLarge: {Text{"The tip is too large", "小费超出上限"}, Text{"Compare with the slip and type it again.", "请与签购单核对后重新输入。"}},

	txn.RefundLimit:     {Text{"Over the limit for refunds", "超出退货限额"}, Text{"Check the amount; above it ask the bank.", "请核对金额，超限退货请联系收单行。"}},
	txn.ReferenceFormat: {Text{"Not a reference number", "参考号格式不对"}, Text{"Twelve digits; they stand on the slip.", "应为十二位，见原签购单。"}},
	txn.SearchLast4:     {Text{"Not four digits", "不是四位数字"}, Text{"Key the last four digits of the card.", "请输入卡号的后四位。"}},
	txn.SearchKind:      {Text{"No such kind", "没有这种交易"}, Text{"Key the number that stands before a kind.", "请输入类型前的编号。"}},
	txn.SearchBatch:     {Text{"Not a batch number", "批次号不对"}, Text{"Key up to six digits, from a slip.", "请按签购单输入，最多六位。"}},
	txn.DateFormat:      {Text{"Not a day of the past year", "日期不对"}, Text{"Month, then day: 1122 is 22 November.", "先月后日：1122 为 11 月 22 日。"}},

	txn.HoldOverrun:   {Text{"More than 115% of the hold", "超出预授权金额的 115%"}, Text{"Charge less, or add to the hold first.", "请减少金额，或先做预授权追加。"}},
	txn.HoldOtherCard: {Text{"Not the card of that hold", "不是预授权所用的卡"}, Text{"Begin again with the card of the hold.", "请用原预授权的卡重新办理。"}},
	txn.AuthFormat:    {Text{"Not an authorisation code", "授权码格式不对"}, Text{"Six letters or digits, no more, no less.", "应为六位字母或数字。"}},

	txn.QRSimulated:   {Text{"QR payment is simulated only", "二维码支付仅供模拟"}, Text{"It works in training, never live. Take a card.", "仅培训模式可用，请使用银行卡。"}},
	txn.BatchFull:     {Text{"The batch is full", "批次已满"}, Text{"Settle it (S); then go on.", "请先结算 (S)，再继续交易。"}},
	txn.AdviceRefused: {Text{"The bank refused it afterwards", "银行事后拒绝该笔交易"}, Text{"Call the bank with the slip; it is not paid.", "该笔未入账，请持签购单联系银行。"}},

	txn.HostUnreachable: {Text{"Bank not reached", "无法连接银行"}, Text{"Check the network and try again.", "请检查网络后重试。"}},
	txn.HostLost:        {Text{"Connection lost", "连接中断"}, Text{"The sale is being reversed. Try again after that.", "系统正在冲正，完成后请重试。"}},
	txn.HostTimeout:     {Text{"No answer from the bank", "银行无应答"}, Text{"The sale is being reversed. Try again after that.", "系统正在冲正，完成后请重试。"}},
	txn.HostGarbage:     {Text{"Answer not understood", "银行应答异常"}, Text{"The sale is being reversed. Tell the help line.", "系统正在冲正，请联系客服。"}},
	txn.HostRefused:     {Text{"Sign-on refused", "签到失败"}, Text{"Check terminal and merchant number with the bank.", "请与银行核对终端号和商户号。"}},
	txn.HostDuplicate:   {Text{"The bank saw it twice", "银行收到重复交易"}, Text{"It is being reversed. Try again after that.", "系统正在冲正，完成后请重试。"}},
	txn.HostStray:       {Text{"Unexpected answer ignored", "已忽略多余应答"}, Text{"Nothing to do; it is in the log.", "无需处理，日志已记录。"}},
	txn.HostMAC:         {Text{"The answer's seal is wrong", "应答 MAC 校验错"}, Text{"The sale is being reversed, the keys renewed. Try again.", "系统正在冲正并重新签到，完成后请重试。"}},
	txn.HostKeys:        {Text{"The bank's keys do not check", "工作密钥校验错"}, Text{"Nothing was charged. Have the bank check the main key.", "没有扣款，请联系银行核对主密钥。"}},
	txn.SignOnLost:      {Text{"Sign-on not answered", "签到无应答"}, Text{"Nothing was charged. Try again shortly.", "没有扣款，请稍后重试。"}},
	txn.ReversalFirst:   {Text{"An old sale is still open", "有未完成的冲正"}, Text{"It must be reversed first. Try again shortly.", "须先完成冲正，请稍后重试。"}},
	txn.ReversalStuck:   {Text{"A reversal cannot be delivered", "冲正不成功"}, Text{"Call the bank with the fault slip. vpos keeps trying.", "请持故障单联系银行处理，系统会继续重发。"}},
	txn.ReversalRefused: {Text{"The bank refuses a reversal", "银行拒绝冲正"}, Text{"Call the bank with the fault slip; it may be charged.", "可能已扣款，请持故障单联系银行处理。"}},
	txn.RestoredCopy:    {Text{"Restored from a backup", "由备份恢复"}, Text{"The trace numbers in between are passed over.", "其间的凭证号不再使用。"}},
	txn.Restarted:       {Text{"Interrupted by a restart", "交易被重启中断"}, Text{"It is being reversed; nothing will be charged.", "系统正在冲正，不会扣款。"}},

	txn.BatchFrozen:  {Text{"The batch is not settled yet", "批次结算未完成"}, Text{"Settle it first (S); then sell.", "请先完成结算 (S)，再收款。"}},
	txn.BatchEmpty:   {Text{"Nothing to settle", "没有可结算的交易"}, Text{"The batch has no sales yet.", "本批次尚无交易。"}},
	txn.BatchDiffers: {Text{"The totals do not agree", "结算总账不平"}, Text{"Call the bank with the transaction list.", "请持交易明细联系收单机构对账。"}},
	txn.AdviceFirst:  {Text{"The bank must hear something first", "有通知未送达银行"}, Text{"It is sent by itself. Settle again shortly.", "系统自动补发，请稍后再次结算。"}},

	txn.StaffFormat:   {Text{"Not an operator number", "操作员号格式不对"}, Text{"Two digits, such as 01.", "应为两位数字，如 01。"}},
	txn.StaffPIN:      {Text{"A PIN here has 4 to 6 digits", "操作员密码为 4 至 6 位数字"}, Text{"Key it again; Esc goes back.", "请重新输入，按取消键返回。"}},
	txn.StaffUnknown:  {Text{"No such operator", "没有该操作员"}, Text{"Check the number; a supervisor can add one.", "请核对操作员号，主管可添加操作员。"}},
	txn.StaffWrong:    {Text{"Wrong PIN", "密码错误"}, Text{"Key it again. Five wrong ones lock for 30 minutes.", "请重新输入，连错五次将锁定 30 分钟。"}},
	txn.StaffLocked:   {Text{"Too many wrong PINs", "密码错误次数过多"}, Text{"Wait 30 minutes, or let a supervisor unlock: vpos operator unlock.", "请等待 30 分钟，或由主管解锁：vpos operator unlock。"}},
	txn.StaffFresh:    {Text{"That PIN must be changed first", "须先修改初始密码"}, Text{"Sign in with it once and choose your own.", "请先用该密码登录并设置新密码。"}},
	txn.StaffWeak:     {Text{"Too easy to guess, or the old one", "密码过于简单或与旧密码相同"}, Text{"No runs, no repeats, not your number.", "勿用连号、重复数字或操作员号。"}},
	txn.StaffDiffers:  {Text{"The two PINs differ", "两次密码不一致"}, Text{"Begin again with the new one.", "请重新设置新密码。"}},
	txn.StaffNotSuper: {Text{"That operator is no supervisor", "该操作员不是主管"}, Text{"Ask a supervisor, or cancel with Esc.", "请主管授权，或按取消键放弃。"}},
	txn.StaffNone:     {Text{"There are no operators", "尚未设置操作员"}, Text{"Quit, and add a supervisor: vpos operator add 01.", "请退出后添加主管：vpos operator add 01。"}},
	txn.StaffNoStore:  {Text{"The operators cannot be read now", "暂时无法验证操作员"}, Text{"Check the disk, then try again.", "请检查磁盘后重试。"}},

	txn.DiskFailed:      {Text{"The disk does not write", "磁盘无法写入"}, Text{"Free some space. Until then nothing is sold.", "请清理磁盘空间，恢复前不能收款。"}},
	txn.DiskRecover:     {Text{"Result could not be stored", "结果未能保存"}, Text{"The sale is being reversed. Check the disk.", "系统正在冲正，请检查磁盘。"}},
	txn.ImpossibleState: {Text{"Stopped: impossible state", "已停止收款：状态异常"}, Text{"Nothing is lost. Restart vpos, then call the help line.", "数据没有丢失。请重启 vpos 并联系客服。"}},
	txn.PaperAnswer:     {Text{"Not one of the two answers", "请选择其中一项"}, Text{"Type 1 or 2, then Enter.", "请输入 1 或 2，按确认键。"}},
	txn.PaperOwed:       {Text{"A slip is missing", "有签购单未打印"}, Text{"Reprint it (P) when the printer works.", "打印机恢复后请重打印 (P)。"}},
}

var faults = map[reader.Fault]Advice{
	reader.FaultPANFormat:        {Text{"Not a card number", "卡号格式不对"}, Text{"Use digits only.", "请只输入数字。"}},
	reader.FaultPANLength:        {Text{"Wrong number of digits", "卡号位数不对"}, Text{"Count the digits against the card.", "请对照卡面核对位数。"}},
	reader.FaultPANBrand:         {Text{"Card brand not known", "无法识别卡种"}, Text{"Check the first digits, or take another card.", "请核对前几位，或换一张卡。"}},
	reader.FaultPANCheckDigit:    {Text{"A digit is wrong", "卡号有误"}, Text{"Compare with the card and mend the digit.", "请对照卡面，更正错误的数字。"}},
	reader.FaultPANCheckUnionPay: {Text{"Check digit does not fit", "卡号校验未通过"}, Text{"It may still be right: compare with the card.", "卡号仍可能正确，请对照卡面核对。"}},

	reader.FaultExpiryFormat:  {Text{"Not an expiry date", "有效期格式不对"}, Text{"Four digits, month first: 0730 is July 2030.", "四位数字，月在前：0730 为 2030 年 7 月。"}},
	reader.FaultExpiryMonth:   {Text{"No such month", "月份不存在"}, Text{"The month is 01 to 12 and comes first.", "月份为 01 至 12，先月后年。"}},
	reader.FaultExpirySwapped: {Text{"Month and year swapped?", "月和年颠倒了？"}, Text{"Enter takes the date offered, or type it again.", "按确认键采用提示的日期，或重新输入。"}},
	reader.FaultExpiryPast:    {Text{"Card has expired", "此卡已过期"}, Text{"Check the date, or take another card.", "请核对日期，或换一张卡。"}},
	reader.FaultExpiryFar:     {Text{"Date too far ahead", "有效期过远"}, Text{"Compare it with the card and type it again.", "请对照卡面重新输入。"}},

	reader.FaultCVVFormat:     {Text{"Not a security code", "安全码格式不对"}, Text{"Use digits only.", "请只输入数字。"}},
	reader.FaultPayCodeFormat: {Text{"Not a payment code", "付款码格式不对"}, Text{"Digits only. Scan it again, or key it.", "应全为数字，请重新扫描或输入。"}},
	reader.FaultPayCodeLength: {Text{"Wrong number of digits", "付款码位数不对"}, Text{"16 to 24 digits. Scan it again.", "应为 16 至 24 位，请重新扫描。"}},
	reader.FaultPayCodeWallet: {Text{"No wallet we know", "无法识别的付款码"}, Text{"WeChat Pay, Alipay or UnionPay; or a card.", "请出示微信、支付宝或银联付款码，或刷卡。"}},
	reader.FaultCVVLength:     {Text{"Wrong number of digits", "安全码位数不对"}, Text{"Three digits; four on American Express.", "一般为三位，美国运通为四位。"}},

	reader.FaultSwipeMalformed:    {Text{"Swipe not readable", "刷卡数据不完整"}, Text{"Swipe again, evenly; a keyed number works too.", "请匀速重刷，也可手工输入卡号。"}},
	reader.FaultSwipeLRC:          {Text{"Bad read", "读卡出错"}, Text{"Swipe again, a little slower.", "请稍慢一些重刷。"}},
	reader.FaultSwipeMismatch:     {Text{"The stripes disagree", "磁道信息不一致"}, Text{"Do not take this card. Ask for another.", "请勿受理此卡，换一张卡。"}},
	reader.FaultSwipeKeyboard:     {Text{"Keyboard garbled the swipe", "键盘干扰了刷卡"}, Text{"Switch the keyboard to English, then swipe again.", "请切换英文输入法，然后重刷。"}},
	reader.FaultSwipeNoTrack:      {Text{"No card on the stripe", "磁条上没有卡号"}, Text{"Swipe a payment card, stripe to the reader.", "请刷银行卡，磁条朝向读卡器。"}},
	reader.FaultSwipeChipRequired: {Text{"This card has a chip", "此卡带有芯片"}, Text{"Insert the chip instead of swiping.", "请插卡，不要刷卡。"}},
}
