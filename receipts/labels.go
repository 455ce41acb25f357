package receipts

import (
	"vpos/reader"
	"vpos/txn"
)

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
	FieldAcquirer       Field = "acquirer"
	FieldBrand          Field = "card brand"
	FieldPAN            Field = "pan"
	FieldKind           Field = "type"
	FieldBatch          Field = "batch"
	FieldTrace          Field = "trace"
	FieldOriginal       Field = "original trace"
	FieldAuthCode       Field = "auth code"
	FieldReference      Field = "reference"
	FieldDateTime       Field = "date/time"
	FieldAsked          Field = "requested amount"
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
	FieldSignature      Field = "signature"
	FieldAgreement      Field = "agreement"
	FieldAct            Field = "what to do"
	FieldRefused        Field = "refused with"
	FieldPhone          Field = "service phone"
	FieldLicence        Field = "licence"
	FieldKeep           Field = "keep"
)

// labels are the words of the slip, by field.
var labels = map[Field]Words{
	FieldTitle:          {"银联POS签购单", "POS SALES SLIP"},
	FieldMerchantName:   {"商户名称", "MERCHANT"},
	FieldAddress:        {"地址", "ADDRESS"},
	FieldMerchantNo:     {"商户编号", "MERCHANT NO."},
	FieldTerminalNo:     {"终端编号", "TERMINAL NO."},
	FieldOperator:       {"操作员号", "OPERATOR NO."},
	FieldAcquirer:       {"收单行", "ACQUIRER"},
	FieldBrand:          {"卡组织", "CARD BRAND"},
	FieldPAN:            {"卡号", "CARD NO."},
	FieldKind:           {"交易类型", "TYPE"},
	FieldBatch:          {"批次号", "BATCH NO."},
	FieldTrace:          {"凭证号", "TRACE NO."},
	FieldOriginal:       {"原凭证号", "ORIG. TRACE"},
	FieldRefused:        {"银行应答码", "BANK ANSWERED"},
	FieldAuthCode:       {"授权码", "AUTH CODE"},
	FieldReference:      {"参考号", "REF NO."},
	FieldDateTime:       {"日期时间", "DATE/TIME"},
	FieldAsked:          {"请求金额", "REQUESTED"},
	FieldAmount:         {"金额", "AMOUNT"},
	FieldDebits:         {"消费", "SALES"},
	FieldCredits:        {"退货", "REFUNDS"},
	FieldForeignDebits:  {"外卡消费", "FGN SALES"},
	FieldForeignCredits: {"外卡退货", "FGN REFUNDS"},
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
	FieldSignature:      {"持卡人签名", "CARDHOLDER SIGNATURE"},
	FieldPhone:          {"客服电话", "SERVICE"},
	FieldLicence:        {"许可证号", "LICENCE"},
	FieldKeep:           {"请妥善保管此凭证", "PLEASE KEEP THIS SLIP"},
}

// kind is what a slip says of one kind of transaction.
type kind struct {
	name      Words
	agreement Words // what the cardholder signs
	act       Words // on a fault slip: what may have happened, and what to do
	takesBack bool  // the amount goes back to the card, and is printed negative
}

// kinds are the transactions a slip is printed of.
var kinds = map[txn.Kind]kind{
	txn.Sale: {
		name: Words{"消费", "SALE"},
		agreement: Words{
			"本人确认以上交易，同意将其记入本卡账户",
			"I confirm the transaction above and agree to have it charged to this card.",
		},
		act: Words{
			"冲正不成功，请人工处理：此笔交易银行可能已扣款，终端未能撤销。请持此单联系收单行。",
			"The bank may have charged this card and could not be told to take it back. Take this slip to the acquirer.",
		},
	},
	txn.Void: {
		name: Words{"消费撤销", "VOID"}, takesBack: true,
		agreement: Words{
			"本人确认撤销原交易，同意将款项退回本卡账户",
			"I confirm that the original sale is voided and its amount given back to this card.",
		},
		act: Words{
			"冲正不成功，请人工处理：银行可能已撤销原交易，而终端按未撤销入账。请持此单联系收单行。",
			"The bank may have voided the original sale, which stands on this terminal. Take this slip to the acquirer.",
		},
	},
}

// settlement is what the slip of a closed batch says of itself; nobody signs it.
var (
	settlement      = kind{name: Words{"结算", "SETTLEMENT"}}
	settlementTitle = Words{"POS结算单", "POS SETTLEMENT SLIP"}
)

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
