package words

import "fmt"

// Label is a short piece of text of the screens: a field's name, a sign, a
// count. Those with a verb in them are filled by [Label.Fill].
type Label int

// The labels.
const (
	Live Label = iota
	Training
	TrainingLong
	HostWord
	ReaderWord
	ReaderDisabled
	ReaderNoService
	ReaderNone
	PrinterWord
	PrinterFile
	Amount
	CardLabel
	TraceLabel
	BatchLabel
	AuthLabel
	ReferenceLabel
	CodeLabel
	TimeLabel
	Charged
	NothingCharged
	WillBeReversed
	WasReversed
	ToldNothing
	Say
	Do
	Why
	Digits
	CheckGood
	CheckBad
	Offer
	ValidUntil
	Elapsed
	TimeOutIn
	StepSignOn
	StepReversal
	StepRequest
	StepStoring
	PendingReversals
	OwedSlips
	MerchantSlip
	CustomerSlip
	Duplicate
	SlipPrinting
	SlipDone
	SlipMissing
	Recent
	NoRecent
	RecentFailed
	Loading
	Keys
	HelpTitle
	WhyTitle
	HelpFoot
	TooSmall
	TooSmallNext
	KeepsState
	HelpLine
	CVVBack
	CVVFront
	Approved
	DeclinedLabel
	FailedLabel
	OpenLabel
	PendingLabel
	ReversedLabel
	SaleLabel
	ReversedHeadline
	Attempts
	KeyEnter
	KeyCancel
	KeyClear
	CVVNone
	CVVUnreadable
	Comma
	RestDue
	ReversalLabel
	SlipWaiting
	TypeDigits
	SwipeAny
	SwipeAnyText
	NoSlip
	NoSlipShort
	VoidLabel
	SettlementLabel
	SalesTotal
	RefundsTotal
	ForeignSales
	ForeignRefunds
	NetTotal
	Reckoning
	VoidedLabel
	MissingFirst
	CanBePrinted
	CanBeVoided
	MoreBelow
	DigitsBegin
	DigitsChoose
	TakenBack
	StaysCharged
	VoidUndone
	VoidOf
	VoidReversedHeadline
	OriginalLabel
	SoldAt
	PlainHelp
	PlainBack
	ReaderCardIn
	ReaderMute
	ReaderBusy
	CardOut
	NoReaderPrompt
	StepReading
	StepCompleting
	ChoiceRetry
	ChoiceNameless
	PINWrong
	PINTries
	PINLastTry
	PINBypass
	OTPNote
	PINPadOnly
	ApplicationLabel
	SignatureLabel
	PINVerified
	SignSlip
	DeckTitle
	DeckHint
	DeckOutHint
	DeckPage
	DeckFault
	labelCount
)

// In is the label in one language.
func (b Label) In(l Lang) string { return labels[b].In(l) }

// Fill is the label with its verbs filled.
func (b Label) Fill(l Lang, args ...any) string { return fmt.Sprintf(labels[b].In(l), args...) }

var labels = [labelCount]Text{
	Live:                 {"LIVE", "正式"},
	Training:             {"TRAINING", "培训"},
	TrainingLong:         {"TRAINING – no real money", "培训模式 – 非真实交易"},
	HostWord:             {"Bank", "银行"},
	ReaderWord:           {"Reader", "读卡器"},
	ReaderDisabled:       {"reader disabled", "读卡器已停用"},
	ReaderNoService:      {"no reader service", "无读卡服务"},
	ReaderNone:           {"no reader", "未接读卡器"},
	PrinterFile:          {"Print to file", "打印到文件"},
	PrinterWord:          {"Print", "打印"},
	Amount:               {"Amount", "金额"},
	CardLabel:            {"Card", "卡号"},
	TraceLabel:           {"Trace", "凭证号"},
	BatchLabel:           {"Batch", "批次号"},
	AuthLabel:            {"Auth code", "授权码"},
	ReferenceLabel:       {"Reference", "参考号"},
	CodeLabel:            {"Code", "应答码"},
	TimeLabel:            {"Time", "时间"},
	Charged:              {"Charged", "已扣款"},
	NothingCharged:       {"Nothing charged", "未扣款"},
	WillBeReversed:       {"Unknown: will be reversed", "结果未知：将自动冲正"},
	WasReversed:          {"Nothing charged: reversed", "未扣款：已冲正"},
	ToldNothing:          {"Do not charge again until it is reversed", "冲正完成前请勿重复收款"},
	Say:                  {"Say", "告知顾客"},
	Do:                   {"Do", "下一步"},
	Why:                  {"Why", "原因"},
	Digits:               {"%d of %s digits", "%d / %s 位"},
	CheckGood:            {"number fits", "校验通过"},
	CheckBad:             {"a digit is wrong", "校验不符"},
	Offer:                {"Enter takes %s: %s", "按确认键采用 %s：%s"},
	ValidUntil:           {"valid until the end of %s", "有效至 %s底"},
	Elapsed:              {"%d s", "%d 秒"},
	TimeOutIn:            {"gives up in %d s", "%d 秒后超时"},
	StepSignOn:           {"Signing on at the bank", "正在签到"},
	StepReversal:         {"Reversing an earlier sale first", "先冲正上一笔交易"},
	StepRequest:          {"Waiting for the bank's answer", "等待银行应答"},
	StepStoring:          {"Writing it down", "正在保存记录"},
	PendingReversals:     {"Reversals waiting: %d", "待冲正 %d 笔"},
	OwedSlips:            {"Slips missing: %d", "待补打签购单 %d 笔"},
	MerchantSlip:         {"Merchant's copy", "商户联"},
	CustomerSlip:         {"Customer's copy", "持卡人联"},
	Duplicate:            {"DUPLICATE", "重打印"},
	SlipPrinting:         {"printing", "打印中"},
	SlipDone:             {"printed", "已打印"},
	SlipMissing:          {"not printed", "未打印"},
	Recent:               {"Recent", "最近交易"},
	NoRecent:             {"No transactions yet", "暂无交易记录"},
	RecentFailed:         {"The list cannot be read now", "暂时无法读取记录"},
	Loading:              {"Reading…", "读取中…"},
	Keys:                 {"Keys", "按键"},
	HelpTitle:            {"Help", "帮助"},
	WhyTitle:             {"Why: the card read last", "说明：最近一张卡"},
	HelpFoot:             {"Any key goes back", "按任意键返回"},
	TooSmall:             {"Please enlarge the window", "请放大窗口"},
	TooSmallNext:         {"%d×%d wanted, this is %d×%d", "需要 %d×%d，现为 %d×%d"},
	KeepsState:           {"Nothing is lost", "交易状态已保留"},
	HelpLine:             {"Help line %s", "客服 %s"},
	CVVBack:              {"The last 3 digits on the back", "卡背面签名条上的末三位"},
	CVVFront:             {"The 4 digits on the front", "卡正面的四位数字"},
	Approved:             {"approved", "成功"},
	DeclinedLabel:        {"declined", "失败"},
	FailedLabel:          {"not sent", "未发送"},
	OpenLabel:            {"open", "处理中"},
	PendingLabel:         {"to reverse", "待冲正"},
	ReversedLabel:        {"reversed", "已冲正"},
	SaleLabel:            {"Sale", "消费"},
	ReversedHeadline:     {"Sale was reversed", "交易已冲正"},
	Attempts:             {"attempt %d", "第 %d 次"},
	CVVNone:              {"none on the card", "卡上没有"},
	CVVUnreadable:        {"unreadable", "看不清"},
	Comma:                {", ", "，"},
	RestDue:              {"Collect the rest: %s of %s", "还需收取 %s（应收 %s）"},
	ReversalLabel:        {"Reversal", "冲正"},
	SlipWaiting:          {"to come", "待打印"},
	TypeDigits:           {"type the entry of this screen", "输入本屏内容"},
	SwipeAny:             {"Swipe", "刷卡"},
	SwipeAnyText:         {"A card can be swiped on any screen of a sale.", "收款过程中任何一屏都可直接刷卡。"},
	KeyEnter:             {"ENTER", "确认"},
	KeyCancel:            {"CANCEL", "取消"},
	NoSlip:               {"no slip", "缺签购单"},
	NoSlipShort:          {"slip", "缺单"},
	SettlementLabel:      {"settlement", "结算"},
	SalesTotal:           {"Sales", "消费"},
	RefundsTotal:         {"Refunds", "退货"},
	ForeignSales:         {"Foreign sales", "外卡消费"},
	ForeignRefunds:       {"Foreign refunds", "外卡退货"},
	NetTotal:             {"Net", "净额"},
	Reckoning:            {"Adding up …", "正在汇总…"},
	VoidLabel:            {"Void", "撤销"},
	VoidedLabel:          {"voided", "已撤销"},
	MissingFirst:         {"Trace number; empty prints the missing slip %s", "请输入凭证号，直接确认则补打 %s"},
	CanBePrinted:         {"Can be printed", "可打印"},
	CanBeVoided:          {"Can be voided", "可撤销的交易"},
	MoreBelow:            {"↓ more below", "↓ 下面还有"},
	DigitsBegin:          {"a digit begins a sale", "输入数字即开始消费"},
	DigitsChoose:         {"opens the item of that number", "进入该编号的项目"},
	TakenBack:            {"Taken back", "已退回"},
	StaysCharged:         {"The sale stays charged", "原交易仍为已扣款"},
	VoidUndone:           {"The void is being undone", "正在取消该笔撤销"},
	VoidOf:               {"Void of %s", "撤销 %s"},
	VoidReversedHeadline: {"Void undone", "撤销已取消"},
	OriginalLabel:        {"Sale", "原凭证号"},
	SoldAt:               {"Sold at", "交易时间"},
	PlainHelp:            {"The word help lists what works here.", "输入 help 查看此处可用的词。"},
	PlainBack:            {"Enter alone, or the word cancel, goes back.", "直接按确认键，或输入 cancel 返回。"},
	KeyClear:             {"CLEAR", "更正"},
	ReaderCardIn:         {"card in", "已插卡"},
	ReaderMute:           {"card mute", "卡无应答"},
	ReaderBusy:           {"reader busy", "读卡器占用"},
	CardOut:              {"Take the card out", "请取出卡片"},
	NoReaderPrompt:       {"Swipe the card, or key its number", "请刷卡，或手工输入卡号"},
	StepReading:          {"Reading the chip", "正在读取芯片"},
	StepCompleting:       {"The card completes the sale", "卡片正在完成交易"},
	ChoiceRetry:          {"That one did not work. Choose another.", "该应用不可用，请另选一个。"},
	ChoiceNameless:       {"without a name", "未命名应用"},
	PINWrong:             {"Wrong PIN", "密码错误"},
	PINTries:             {"Tries left: %d", "剩余次数：%d"},
	PINLastTry:           {"Last try: then the PIN is blocked", "最后一次：再错密码将被锁定"},
	OTPNote:              {"No code arrived? Esc ends; nothing is charged.", "没有收到验证码？按取消键结束，不会扣款。"},
	PINBypass:            {"No PIN? Enter twice goes past it.", "没有密码？连按两次确认键跳过。"},
	PINPadOnly:           {"Nothing is to be typed here.", "此处无需输入。"},
	ApplicationLabel:     {"Application", "应用"},
	SignatureLabel:       {"Cardholder", "持卡人验证"},
	PINVerified:          {"PIN verified", "密码已验证"},
	SignSlip:             {"signs the slip", "请在签购单上签名"},
	DeckTitle:            {"Virtual cards", "虚拟卡"},
	DeckHint:             {"C puts a virtual card in", "按 C 键插入虚拟卡"},
	DeckOutHint:          {"X takes it out", "按 X 键取出"},
	DeckPage:             {"page %d of %d", "第 %d / %d 页"},
	DeckFault:            {"That card cannot be put in", "无法插入这张卡"},
}
