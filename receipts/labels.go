package receipts

import "vpos/reader"

// Field names a fact of a slip. The words are stable: errors name a missing
// field by them, and a run of a page carries the one it shows.
type Field string

// The fields of a card slip, in the order they are printed.
const (
	NoField             Field = ""
	FieldTraining       Field = "training mark"
	FieldTitle          Field = "title"
	FieldCopy           Field = "copy mark"
	FieldDuplicate      Field = "duplicate mark"
	FieldMerchantName   Field = "merchant name"
	FieldAddress        Field = "address"
	FieldMerchantNo     Field = "merchant no"
	FieldTerminalNo     Field = "terminal no"
	FieldOperator       Field = "operator"
	FieldApprover       Field = "supervisor"
	FieldKeyedWhy       Field = "reason keyed"
	FieldWarned         Field = "warned of"
	FieldAcquirer       Field = "acquirer"
	FieldBrand          Field = "card brand"
	FieldPAN            Field = "pan"
	FieldWallet         Field = "wallet"
	FieldPayer          Field = "payment code"
	FieldSimulated      Field = "simulated mark"
	FieldKind           Field = "type"
	FieldBatch          Field = "batch"
	FieldTrace          Field = "trace"
	FieldOriginal       Field = "original trace"
	FieldOriginalKind   Field = "original type"
	FieldOriginalAuth   Field = "original auth code"
	FieldOriginalRef    Field = "original reference"
	FieldOriginalDate   Field = "original date"
	FieldVoice          Field = "voice code"
	FieldAuthCode       Field = "auth code"
	FieldReference      Field = "reference"
	FieldChain          Field = "chain head"
	FieldDateTime       Field = "date/time"
	FieldAsked          Field = "requested amount"
	FieldHeld           Field = "held amount"
	FieldBase           Field = "base amount"
	FieldTip            Field = "tip"
	FieldGoods          Field = "goods"
	FieldAmount         Field = "amount"
	FieldDebits         Field = "debits"
	FieldCredits        Field = "credits"
	FieldForeignDebits  Field = "foreign debits"
	FieldForeignCredits Field = "foreign credits"
	FieldAppLabel       Field = "application label"
	FieldAID            Field = "aid"
	FieldARQC           Field = "arqc"
	FieldTC             Field = "tc"
	FieldAAC            Field = "aac"
	FieldTVR            Field = "tvr"
	FieldTSI            Field = "tsi"
	FieldATC            Field = "atc"
	FieldPIN            Field = "pin verified"
	FieldNoSignature    Field = "no signature"
	FieldUnseen         Field = "card not present"
	FieldByCode         Field = "paid by code"
	FieldSignature      Field = "signature"
	FieldAgreement      Field = "agreement"
	FieldAct            Field = "what to do"
	FieldRefused        Field = "refused with"
	FieldPhone          Field = "service phone"
	FieldLicence        Field = "licence"
	FieldKeep           Field = "keep"
	FieldOutcome        Field = "outcome mark"
	FieldCode           Field = "response code"
	FieldWhy            Field = "why"
	FieldNext           Field = "next step"
	FieldAvailable      Field = "available balance"
	FieldDevice         Field = "device"
	FieldBalanced       Field = "balanced mark"
)

// labels are the words of the slip, by field.
var labels = map[Field]Words{
	FieldTitle:          {"银联POS签购单", "POS SALES SLIP"},
	FieldMerchantName:   {"商户名称", "MERCHANT"},
	FieldAddress:        {"地址", "ADDRESS"},
	FieldMerchantNo:     {"商户编号", "MERCHANT NO."},
	FieldTerminalNo:     {"终端编号", "TERMINAL NO."},
	FieldOperator:       {"操作员号", "OPERATOR NO."},
	FieldApprover:       {"主管号", "SUPERVISOR NO."},
	FieldKeyedWhy:       {"手输原因", "KEYED"},
	FieldWarned:         {"授权事由", "LET PASS"},
	FieldAcquirer:       {"收单行", "ACQUIRER"},
	FieldBrand:          {"卡组织", "CARD BRAND"},
	FieldPAN:            {"卡号", "CARD NO."},
	FieldWallet:         {"支付方式", "PAID BY"},
	FieldPayer:          {"付款码", "PAYMENT CODE"},
	FieldKind:           {"交易类型", "TYPE"},
	FieldBatch:          {"批次号", "BATCH NO."},
	FieldTrace:          {"凭证号", "TRACE NO."},
	FieldOriginal:       {"原凭证号", "ORIG. TRACE"},
	FieldRefused:        {"银行应答码", "BANK ANSWERED"},
	FieldOriginalKind:   {"原交易类型", "ORIG. TYPE"},
	FieldOriginalAuth:   {"原授权码", "ORIG. AUTH"},
	FieldOriginalRef:    {"原参考号", "ORIG. REF"},
	FieldOriginalDate:   {"原交易日期", "ORIG. DATE"},
	FieldVoice:          {"电话授权码", "VOICE CODE"},
	FieldAuthCode:       {"授权码", "AUTH CODE"},
	FieldReference:      {"参考号", "REF NO."},
	FieldChain:          {"记录链首", "CHAIN HEAD"},
	FieldDateTime:       {"日期时间", "DATE/TIME"},
	FieldAsked:          {"请求金额", "REQUESTED"},
	FieldHeld:           {"预授权总额", "TOTAL HELD"},
	FieldBase:           {"消费金额", "BASE"},
	FieldTip:            {"小费", "TIP"},
	FieldAmount:         {"金额", "AMOUNT"},
	FieldDebits:         {"消费", "SALES"},
	FieldCredits:        {"退货", "REFUNDS"},
	FieldForeignDebits:  {"外卡消费", "FGN SALES"},
	FieldForeignCredits: {"外卡退货", "FGN REFUNDS"},
	FieldFrom:           {"首笔", "FROM"},
	FieldTo:             {"末笔", "TO"},
	FieldPrinted:        {"打印时间", "PRINTED"},
	FieldCurrency:       {"币种", "CURRENCY"},
	FieldExpected:       {"预计到账日", "EXPECTED ON"},
	FieldAppLabel:       {"应用标签", "APP LABEL"},
	FieldAID:            {"AID", "AID"},
	FieldARQC:           {"ARQC", "ARQC"},
	FieldTC:             {"交易证书", "TC"},
	FieldAAC:            {"AAC", "AAC"},
	FieldTVR:            {"TVR", "TVR"},
	FieldTSI:            {"TSI", "TSI"},
	FieldATC:            {"ATC", "ATC"},
	FieldPIN:            {"密码已验证", "PIN VERIFIED"},
	FieldNoSignature:    {"密码交易 无需签名", "PIN VERIFIED, NO SIGNATURE REQUIRED"},
	FieldUnseen:         {"持卡人未到场 无需签名", "CARD NOT PRESENT, NO SIGNATURE"},
	FieldByCode:         {"二维码交易 无需签名", "PAID BY QR CODE, NO SIGNATURE"},
	FieldSignature:      {"持卡人签名", "CARDHOLDER SIGNATURE"},
	FieldPhone:          {"客服电话", "SERVICE"},
	FieldLicence:        {"许可证号", "LICENCE"},
	FieldCode:           {"应答码", "RESPONSE CODE"},
	FieldAvailable:      {"可用余额", "AVAILABLE"},
	FieldKeep:           {"请妥善保管此凭证", "PLEASE KEEP THIS SLIP"},
}

// brands are the names of the card networks.
var brands = map[reader.Brand]Words{
	reader.Visa:       {"", "VISA"},
	reader.Mastercard: {"万事达", "MASTERCARD"},
	reader.Amex:       {"美国运通", "AMERICAN EXPRESS"},
	reader.Diners:     {"大来", "DINERS CLUB"},
	reader.Discover:   {"", "DISCOVER"},
	reader.JCB:        {"", "JCB"},
	reader.UnionPay:   {"银联", "UNIONPAY"},
	reader.Mir:        {"", "MIR"},
	reader.Maestro:    {"", "MAESTRO"},
	reader.RuPay:      {"", "RUPAY"},
}

// wallets are the names of those who pay by a code.
var wallets = map[reader.Wallet]Words{
	reader.WeChat:     {"微信支付", "WECHAT PAY"},
	reader.Alipay:     {"支付宝", "ALIPAY"},
	reader.UnionPayQR: {"银联二维码", "UNIONPAY QR"},
}

// SimulatedMark is on every slip of a payment by code: it was simulated, and no wallet
// has paid anything.
const SimulatedMark = "模拟二维码 SIMULATED QR"

// total is the label of the amount where it has parts.
var total = Words{"总金额", "TOTAL"}
