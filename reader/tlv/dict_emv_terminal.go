package tlv

// emvTerminal is what a terminal knows or finds out.
var emvTerminal = []Info{
	{0x5F2A, "Transaction Currency Code", "交易货币代码", Numeric, 2, 2, Terminal, EMV, Open, "", book3},
	{0x5F36, "Transaction Currency Exponent", "交易货币指数", Numeric, 1, 1, Terminal, EMV, Open, "", book3},
	{0x5F57, "Account Type", "账户类型", Numeric, 1, 1, Terminal, EMV, Open, "", book3},
	{0x81, "Amount, Authorised (Binary)", "授权金额（二进制）", Binary, 4, 4, Terminal, EMV, Open, "", book3},
	{0x83, "Command Template", "命令模板", Binary, 0, 0, Terminal, EMV, Open, "", book3},
	{0x95, "Terminal Verification Results (TVR)", "终端验证结果", Binary, 5, 5, Terminal, EMV, Open, "", book3},
	{0x98, "Transaction Certificate (TC) Hash Value", "交易证书哈希值", Binary, 20, 20, Terminal, EMV, Open, "", book3},
	{0x99, "Transaction Personal Identification Number (PIN) Data", "交易PIN数据", Binary, 0, 0, Terminal, EMV, Hidden, "", book3},
	{0x9A, "Transaction Date", "交易日期", Numeric, 3, 3, Terminal, EMV, Open, "", book3},
	{0x9B, "Transaction Status Information (TSI)", "交易状态信息", Binary, 2, 2, Terminal, EMV, Open, "", book3},
	{0x9C, "Transaction Type", "交易类型", Numeric, 1, 1, Terminal, EMV, Open, "", book3},
	{0x9F01, "Acquirer Identifier", "收单行标识", Numeric, 6, 6, Terminal, EMV, Open, "", book3},
	{0x9F02, "Amount, Authorised (Numeric)", "授权金额（数值）", Numeric, 6, 6, Terminal, EMV, Open, "", book3},
	{0x9F03, "Amount, Other (Numeric)", "其他金额（数值）", Numeric, 6, 6, Terminal, EMV, Open, "", book3},
	{0x9F04, "Amount, Other (Binary)", "其他金额（二进制）", Binary, 4, 4, Terminal, EMV, Open, "", book3},
	{0x9F06, "Application Identifier (AID) – terminal", "应用标识符（终端）", Binary, 5, 16, Terminal, EMV, Open, "", book3},
	{0x9F09, "Application Version Number (terminal)", "应用版本号（终端）", Binary, 2, 2, Terminal, EMV, Open, "", book3},
	{0x9F15, "Merchant Category Code", "商户类别码", Numeric, 2, 2, Terminal, EMV, Open, "", book3},
	{0x9F16, "Merchant Identifier", "商户号", Special, 15, 15, Terminal, EMV, Open, "", book3},
	{0x9F1A, "Terminal Country Code", "终端国家代码", Numeric, 2, 2, Terminal, EMV, Open, "", book3},
	{0x9F1B, "Terminal Floor Limit", "终端最低限额", Binary, 4, 4, Terminal, EMV, Open, "", book3},
	{0x9F1C, "Terminal Identification", "终端号", Alphanumeric, 8, 8, Terminal, EMV, Open, "", book3},
	{0x9F1D, "Terminal Risk Management Data", "终端风险管理数据", Binary, 1, 8, Terminal, EMV, Open, "", book3},
	{0x9F1E, "Interface Device (IFD) Serial Number", "接口设备序列号", Alphanumeric, 8, 8, Terminal, EMV, Open, "", book3},
	{0x9F21, "Transaction Time", "交易时间", Numeric, 3, 3, Terminal, EMV, Open, "", book3},
	{0x9F22, "Certification Authority Public Key Index (terminal)", "认证中心公钥索引（终端）", Binary, 1, 1, Terminal, EMV, Open, "", book3},
	{0x9F33, "Terminal Capabilities", "终端性能", Binary, 3, 3, Terminal, EMV, Open, "", book3},
	{0x9F34, "Cardholder Verification Method (CVM) Results", "持卡人验证方法结果", Binary, 3, 3, Terminal, EMV, Open, "", book3},
	{0x9F35, "Terminal Type", "终端类型", Numeric, 1, 1, Terminal, EMV, Open, "", book3},
	{0x9F37, "Unpredictable Number", "不可预知数", Binary, 4, 4, Terminal, EMV, Open, "", book3},
	{0x9F39, "Point-of-Service (POS) Entry Mode", "服务点输入方式", Numeric, 1, 1, Terminal, EMV, Open, "", book3},
	{0x9F3A, "Amount, Reference Currency", "参考货币金额", Binary, 4, 4, Terminal, EMV, Open, "", book3},
	{0x9F3C, "Transaction Reference Currency Code", "交易参考货币代码", Numeric, 2, 2, Terminal, EMV, Open, "", book3},
	{0x9F3D, "Transaction Reference Currency Exponent", "交易参考货币指数", Numeric, 1, 1, Terminal, EMV, Open, "", book3},
	{0x9F40, "Additional Terminal Capabilities", "附加终端性能", Binary, 5, 5, Terminal, EMV, Open, "", book3},
	{0x9F41, "Transaction Sequence Counter", "交易序列计数器", Numeric, 2, 4, Terminal, EMV, Open, "", book3},
	{0x9F4E, "Merchant Name and Location", "商户名称和地址", Special, 0, 0, Terminal, EMV, Open, "", book3},
}

// emvIssuer is what comes back with the answer of the host.
var emvIssuer = []Info{
	{0x71, "Issuer Script Template 1", "发卡行脚本模板1", Variable, 0, 0, Issuer, EMV, Open, "", book3},
	{0x72, "Issuer Script Template 2", "发卡行脚本模板2", Variable, 0, 0, Issuer, EMV, Open, "", book3},
	// A PIN change carries the new PIN, enciphered.
	{0x86, "Issuer Script Command", "发卡行脚本命令", Binary, 0, 261, Issuer, EMV, Hidden, "71/72", book3},
	{0x89, "Authorisation Code", "授权码", Special, 6, 6, Issuer, EMV, Open, "", book3},
	{0x8A, "Authorisation Response Code", "授权响应码", Alphanumeric, 2, 2, Issuer, EMV, Open, "", book3},
	{0x91, "Issuer Authentication Data", "发卡行认证数据", Binary, 8, 16, Issuer, EMV, Open, "", book3},
	{0x9F18, "Issuer Script Identifier", "发卡行脚本标识", Binary, 4, 4, Issuer, EMV, Open, "71/72", book3},
}
