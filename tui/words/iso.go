package words

import "vpos/txn"

// FieldName is the name a profile gives a field or a part, in both languages. One
// the catalogue does not know, of somebody's own profile, stays as it is.
func FieldName(name string) Text {
	if zh, ok := fieldNames[name]; ok {
		return Text{name, zh}
	}
	return Text{name, name}
}

// fieldNames is the Chinese of every name in the shipped profiles.
var fieldNames = map[string]string{
	// Header and beginning.
	"length": "长度", "TPDU": "TPDU 传输头", "header": "报文头", "MTI": "消息类型", "bitmap": "位图", "packet": "网络包头",
	"application class": "应用类别", "software major version": "软件总版本号", "terminal state": "终端状态",
	"processing request": "处理要求", "software minor version": "软件分版本号",

	// Fields.
	"PAN": "主账号", "processing code": "交易处理码", "amount": "交易金额", "transmission date and time": "传输日期时间",
	"STAN": "系统跟踪号", "local time": "交易时间", "local date": "交易日期", "local date and time": "交易日期时间",
	"expiry": "卡有效期", "settlement date": "清算日期", "effective date": "生效日期", "entry mode": "服务点输入方式码",
	"point of service data": "服务点数据", "card sequence": "卡序列号", "NII": "网络国际标识", "function code": "功能码",
	"condition code": "服务点条件码", "message reason": "报文原因代码", "longest PIN": "服务点 PIN 获取码",
	"acquirer": "受理方标识码", "track 2": "第二磁道数据", "track 3": "第三磁道数据", "reference number": "检索参考号",
	"authorisation code": "授权标识应答码", "response code": "应答码", "action code": "应答码", "terminal": "终端标识码",
	"merchant": "商户标识码", "additional response": "附加响应数据", "additional data": "附加数据", "private data": "自定义域",
	"currency": "交易货币代码", "PIN block": "个人标识码数据", "security control": "安全控制信息", "additional amounts": "附加金额",
	"balance": "余额", "chip data": "IC 卡数据域", "wallet data": "电子钱包数据", "terminal hardware": "终端硬件信息",
	"original data": "原始信息域", "keys and parameters": "密钥与参数", "session keys": "工作密钥", "download": "下载内容",
	"what is wanted": "下载请求", "network code": "网络管理码", "MAC": "报文鉴别码", "invoice": "票据号", "totals": "合计",

	// Parts.
	"issuer": "发卡方标识码", "rest": "其余部分", "zeros": "补零", "tip": "小费金额", "transactions": "交易笔数",
	"transaction": "单笔交易", "organisation": "卡组织", "operator": "操作员代码", "debit amount": "借记金额", "debits": "借记笔数",
	"credit amount": "贷记金额", "credits": "贷记笔数", "result": "对账应答", "foreign debit amount": "外卡借记金额",
	"foreign debits": "外卡借记笔数", "foreign credit amount": "外卡贷记金额", "foreign credits": "外卡贷记笔数",
	"foreign result": "外卡对账应答", "PIN format": "PIN 格式", "key length": "密钥长度", "track encrypted": "磁道加密标志",
	"account type": "账户类型", "amount type": "余额类型", "sign": "余额符号", "security code presence": "安全码标志",
	"security code": "安全码", "one-time code": "短信验证码", "payment code": "付款码", "order": "订单号", "wallet": "付款钱包", "PIN key serial number": "PIN 密钥序列号",
	"message type": "交易类型码", "batch": "批次号", "management code": "网络管理信息码", "reader": "终端读取能力",
	"fallback": "IC 卡条件代码", "partial approval": "部分扣款标志", "date": "原交易日期", "authorisation mode": "原授权方式",
	"authorising institution": "原授权机构代码", "issuer's text": "发卡方信息", "UnionPay's text": "银联信息",
	"acquirer's text": "受理方信息", "original function code": "原功能码", "forwarder": "转发方标识码",
}

// Operation is what a message does, in a word or two.
func Operation(op txn.Op) Text {
	if text, ok := operations[op]; ok {
		return text
	}
	return Text{string(op), string(op)}
}

var operations = map[txn.Op]Text{
	txn.OpSale: {"sale", "消费"}, txn.OpVoid: {"void", "消费撤销"}, txn.OpRefund: {"refund", "退货"},
	txn.OpAuth: {"pre-authorisation", "预授权"}, txn.OpIncrement: {"pre-authorisation increment", "预授权追加"},
	txn.OpAuthVoid: {"pre-authorisation void", "预授权撤销"}, txn.OpComplete: {"completion", "预授权完成"},
	txn.OpCompleteAdvice: {"completion advice", "预授权完成通知"}, txn.OpCompleteVoid: {"completion void", "预授权完成撤销"},
	txn.OpBalance: {"balance enquiry", "余额查询"}, txn.OpOffline: {"offline sale", "离线消费"},
	txn.OpAdjust: {"adjustment", "结算调整"}, txn.OpTip: {"tip adjustment", "小费调整"}, txn.OpQR: {"QR payment (simulated)", "二维码支付（模拟）"},
	txn.OpChipOffline: {"chip offline sale", "IC 卡脱机消费"}, txn.OpScript: {"script result", "脚本结果通知"},
	txn.OpReversal: {"reversal", "冲正"}, txn.OpSettle: {"settlement", "批结算"}, txn.OpUpload: {"batch upload", "批上送"},
	txn.OpUploadEnd: {"end of the upload", "批上送结束"}, txn.OpSignOn: {"sign-on", "签到"}, txn.OpSignOff: {"sign-off", "签退"},
	txn.OpEcho: {"echo test", "回响测试"}, txn.OpKeys: {"key change", "密钥更换"},
	txn.OpCAPKQuery: {"CA key query", "公钥查询"}, txn.OpCAPKGet: {"CA key download", "公钥下载"},
	txn.OpCAPKEnd: {"end of the CA keys", "公钥下载结束"}, txn.OpAIDQuery: {"AID query", "IC 卡参数查询"},
	txn.OpAIDGet: {"AID download", "IC 卡参数下载"}, txn.OpAIDEnd: {"end of the AIDs", "IC 卡参数下载结束"},
	txn.OpParamQuery: {"parameter query", "终端参数查询"}, txn.OpParamGet: {"parameter download", "终端参数下载"},
	txn.OpParamEnd: {"end of the parameters", "终端参数下载结束"},
}

// FieldMeaning is what a value says where a profile's field holds that; empty
// where the value says all by itself.
func FieldMeaning(holds, value string) Text { return meanings[holds][value] }

// meanings, by what a field holds and its value. The values are UnionPay's.
var meanings = map[string]map[string]Text{
	"reader":   {"0": {"not known", "未知"}, "2": {"stripe only", "仅磁条"}, "5": {"reads chips", "可读 IC 卡"}, "6": {"reads contactless chips", "可读非接 IC 卡"}},
	"fallback": {"0": {"not used, or not a chip", "未使用或非 IC 卡"}, "1": {"the last chip was read", "上次成功读取 IC 卡"}, "2": {"the last chip could not be read", "上次读取 IC 卡失败"}},
	"pin-format": {
		"0": {"no PIN", "无 PIN"}, "1": {"without the card number", "不带主账号"}, "2": {"with the card number", "带主账号"},
	},
	"key-length":      {"0": {"single length", "单倍长"}, "6": {"double length", "双倍长"}},
	"track-key":       {"0": {"in clear", "不加密"}, "1": {"encrypted", "加密"}},
	"domestic-result": results,
	"foreign-result":  results,
	"cvv-status": {
		"0": {"left out on purpose", "未输入"}, "1": {"entered", "已输入"}, "2": {"cannot be read", "无法辨认"}, "9": {"there is none", "卡上没有"},
	},
	"balance-sign": {"C": {"in credit", "余额为正"}, "D": {"overdrawn", "余额为负"}},
	"request": { // of UnionPay's header
		"1": {"download parameters", "下传终端参数"}, "2": {"upload the status", "上传终端状态"}, "3": {"sign on again", "重新签到"},
		"4": {"update the CA keys", "更新公钥"}, "5": {"update the chip parameters", "更新 IC 卡参数"},
		"6": {"call the terminal manager", "TMS 参数下载"}, "7": {"update the blacklist", "下载黑名单"},
	},
	"reversal": {
		txn.ReasonNoReply:     {"no reply came", "未收到应答"},
		txn.ReasonBadMAC:      {"the reply's MAC was wrong", "应答 MAC 校验错"},
		txn.ReasonCardRefused: {"the card refused", "卡片拒绝"},
	},
}

var results = map[string]Text{
	"1": {"totals agree", "对账平"}, "2": {"totals differ", "对账不平"}, "3": {"could not be compared", "对账出错"},
}

// What can be wrong with a message.
var (
	FaultShort     = Text{"ends too early", "提前结束"}
	FaultTrailing  = Text{"bytes after the last field", "末域之后还有数据"}
	FaultLength    = Text{"length not allowed", "长度不符"}
	FaultCharacter = Text{"character not allowed", "字符不符"}
	FaultUndefined = Text{"no such field in the profile", "规范中没有此域"}
	FaultMissing   = Text{"missing", "缺少此域"}
	FaultRange     = Text{"value out of range", "数值超出范围"}
	FaultDate      = Text{"no such date or time", "日期或时间无效"}
	FaultOperation = Text{"no operation of the profile", "规范中没有此交易"}
	FaultBitmap    = Text{"bitmap malformed", "位图格式错"}
	FaultTLV       = Text{"chip data malformed", "IC 卡数据格式错"}
	FaultOther     = Text{"not readable", "无法解析"}
)

// What vpos decode iso says.
var (
	ISOTitle    = Text{"ISO 8583 message, field by field", "ISO 8583 报文，逐域解析"}
	ISOColumns  = Text{"byte  size  field", "偏移  长度  域"}
	ISOProfile  = Sentence{Text{"profile: %s", "规范：%s"}}
	ISOFound    = Sentence{Text{"profile: %s (found)", "规范：%s（自动识别）"}}
	ISOChanged  = Sentence{Text{"profile: %s with %s (found)", "规范：%s，并改 %s（自动识别）"}}
	ISORequest  = Text{"request", "请求"}
	ISOReply    = Text{"reply", "应答"}
	ISONotShown = Sentence{Text{"not shown, %s long", "不显示，长 %s"}}
	ISOSuspect  = Text{"may be part of a card number, not shown", "可能含卡号，不显示"}
	ISOBreaks   = Sentence{Text{"it breaks at byte %d, %s: %s", "报文在第 %d 字节处断开，%s：%s"}}
	ISORemains  = Sentence{Text{"what remains, %d bytes: %s", "其余 %d 字节：%s"}}
	ISOField    = Sentence{Text{"field %s", "域 %s"}}
	ISOEnd      = Text{"the end", "报文末尾"}
	ISOMissing  = Sentence{Text{"the length promises %d bytes more", "长度表示还应有 %d 字节"}}
	ISOFollows  = Sentence{Text{"%d bytes follow, perhaps the next message", "其后还有 %d 字节，可能是下一条报文"}}
	ISOWithPIN  = Text{"with PIN", "含 PIN"}
	ISONoPIN    = Text{"without PIN", "不含 PIN"}
)

// What vpos host check says.
var (
	CheckTitle     = Text{"Finds out how a captured message is written and which profile reads it", "判断捕获的报文如何编码，并找出适用的规范"}
	CheckCapture   = Text{"capture", "报文"}
	CheckBytes     = Sentence{Text{"%d bytes", "%d 字节"}}
	CheckPacket    = Sentence{Text{"%d bytes, of which %d are network headers", "%d 字节，其中 %d 字节为网络包头"}}
	CheckLength    = Text{"length", "长度头"}
	CheckNoLength  = Text{"none", "无"}
	CheckIncluding = Text{"counts itself too", "含长度头自身"}
	CheckExcluding = Text{"does not count itself", "不含长度头自身"}
	CheckBE2       = Text{"be2: two bytes, big endian", "be2：两字节，大端"}
	CheckBCD2      = Text{"bcd2: two bytes of BCD", "bcd2：两字节 BCD"}
	CheckASCII4    = Text{"ascii4: four digits", "ascii4：四位 ASCII 数字"}
	CheckAbsent    = Text{"none", "无"}
	CheckHeader    = Sentence{Text{"UnionPay's, class %s, software %s", "银联报文头，应用类别 %s，软件版本 %s"}}
	CheckBitmap    = Text{"bitmap", "位图"}
	CheckBinary    = Text{"binary", "二进制"}
	CheckHex       = Text{"hexadecimal digits", "十六进制字符"}
	CheckSecond    = Text{"with a second", "含扩展位图"}
	CheckNoSecond  = Text{"no second", "无扩展位图"}
	CheckFields    = Text{"fields", "出现的域"}
	CheckProfiles  = Text{"Profiles, the best first:", "规范，按吻合程度排列："}
	CheckReads     = Sentence{Text{"reads it: %s", "可解析：%s"}}
	CheckReadsWith = Sentence{Text{"reads it with %s: %s", "改动 %s 后可解析：%s"}}
	CheckFails     = Sentence{Text{"%s: %s; %d of %d bytes make sense", "%s：%s；%d / %d 字节可解析"}}
	CheckFailsWith = Sentence{Text{"not even with other framing and encodings: %s: %s; %d of %d bytes make sense", "换用其他长度头和编码也不行：%s：%s；%d / %d 字节可解析"}}
	CheckAsIs      = Sentence{Text{"as it is: %s: %s", "不改动时：%s：%s"}}
	CheckUse       = Text{"In the configuration:", "配置文件中写："}
	CheckFile      = Text{"A profile file, bank.toml:", "规范文件 bank.toml："}
	CheckOwn       = Sentence{Text{"To be changed in %s:", "需在 %s 中改："}}
	CheckNearest   = Text{"None reads it. The nearest, to be mended at the field named above:", "没有规范可完整解析。最接近的如下，请按上面所列的域修改："}
	CheckEBCDIC    = Text{"It seems to be written in EBCDIC, which no profile has.", "报文似为 EBCDIC 编码，现有规范均不支持。"}
	CheckEncrypted = Text{"No message type was found: it may be encrypted (TLS), or begin elsewhere.", "未找到消息类型：内容可能已加密（TLS），或起点不对。"}
	CheckUnread    = Failure{"profile.none", false, Advice{Text{"No profile reads this message", "没有规范能解析此报文"}, Text{"Start from the nearest: a file with base = \"…\" and the lines above.", "请以最接近的规范为基础：写一个含 base = \"…\" 和上述各行的文件。"}}}
	CheckNoFile    = Failure{"capture.failed", false, Advice{Text{"The capture cannot be read", "无法读取报文文件"}, Text{"Name a file of hexadecimal digits or a dump, or - for standard input.", "请给出十六进制或转储文件，或用 - 表示标准输入。"}}}
)
