package tlv

const (
	pboc5  = "JR/T 0025.5, A"  // debit and credit cards
	pboc13 = "JR/T 0025.13, A" // electronic cash
	pboc14 = "JR/T 0025.14, A" // extended small payments
	pboc17 = "JR/T 0025.17, A" // security of the national algorithms
	upPOS  = "Q/CUP 009, 55"   // field 55 and the parameters of UnionPay's terminals
)

// pboc is what UnionPay's cards and terminals in China add.
var pboc = []Info{
	{0x9F51, "Application Currency Code (card risk management)", "应用货币代码（卡片风险管理）", Numeric, 2, 2, Card, PBOC, Open, "", pboc5},
	{0x9F52, "Application Default Action (ADA)", "应用缺省行为", Binary, 2, 6, Card, PBOC, Open, "", pboc5},
	{0x9F53, "Consecutive Transaction Limit (International)", "连续脱机交易限制数（国际-货币）", Binary, 1, 1, Card, PBOC, Open, "", pboc5},
	{0x9F54, "Cumulative Total Transaction Amount Limit", "累计脱机交易金额限制数", Numeric, 6, 6, Card, PBOC, Open, "", pboc5},
	{0x9F56, "Issuer Authentication Indicator", "发卡行认证指示位", Binary, 1, 1, Card, PBOC, Open, "", pboc5},
	{0x9F57, "Issuer Country Code (card risk management)", "发卡行国家代码（卡片风险管理）", Numeric, 2, 2, Card, PBOC, Open, "", pboc5},
	{0x9F58, "Lower Consecutive Offline Limit (card risk management)", "连续脱机交易下限（卡片风险管理）", Binary, 1, 1, Card, PBOC, Open, "", pboc5},
	{0x9F59, "Upper Consecutive Offline Limit (card risk management)", "连续脱机交易上限（卡片风险管理）", Binary, 1, 1, Card, PBOC, Open, "", pboc5},
	{0x9F5C, "Cumulative Total Transaction Amount Upper Limit", "累计脱机交易金额上限", Numeric, 6, 6, Card, PBOC, Open, "", pboc5},
	{0x9F61, "Cardholder Identification Number", "持卡人证件号", Special, 0, 40, Card, PBOC, Hidden, "70/77", pboc5},
	{0x9F62, "Cardholder Identification Type", "持卡人证件类型", Compressed, 1, 1, Card, PBOC, Open, "70/77", pboc5},
	{0x9F63, "Product Identification Information", "产品标识信息", Binary, 16, 16, Card, PBOC, Open, "70/77", pboc5},
	{0x9F6D, "Electronic Cash Reset Threshold", "电子现金重置阈值", Numeric, 6, 6, Card, PBOC, Open, "", pboc13},
	{0x9F72, "Consecutive Transaction Limit (International – Country)", "连续脱机交易限制数（国际-国家）", Binary, 1, 1, Card, PBOC, Open, "", pboc5},
	{0x9F73, "Currency Conversion Factor", "货币转换因子", Numeric, 4, 4, Card, PBOC, Open, "", pboc5},
	{0x9F74, "Electronic Cash Issuer Authorisation Code", "电子现金发卡行授权码", Special, 6, 6, Card, PBOC, Open, "70/77", pboc13},
	{0x9F75, "Cumulative Total Transaction Amount Limit (Dual Currency)", "累计脱机交易金额限制数（双货币）", Numeric, 6, 6, Card, PBOC, Open, "", pboc5},
	{0x9F76, "Secondary Application Currency Code", "第二应用货币代码", Numeric, 2, 2, Card, PBOC, Open, "", pboc5},
	{0x9F77, "Electronic Cash Balance Limit", "电子现金余额上限", Numeric, 6, 6, Card, PBOC, Open, "", pboc13},
	{0x9F78, "Electronic Cash Single Transaction Limit", "电子现金单笔交易限额", Numeric, 6, 6, Card, PBOC, Open, "", pboc13},
	{0x9F79, "Electronic Cash Balance", "电子现金余额", Numeric, 6, 6, Card, PBOC, Open, "", pboc13},
	{0x9F7A, "Electronic Cash Terminal Support Indicator", "电子现金终端支持指示器", Binary, 1, 1, Terminal, PBOC, Open, "", pboc13},
	{0x9F7B, "Electronic Cash Terminal Transaction Limit", "电子现金终端交易限额", Numeric, 6, 6, Terminal, PBOC, Open, "", pboc13},
	{0xDF31, "Issuer Script Results", "发卡行脚本结果", Binary, 5, 0, Terminal, PBOC, Open, "", upPOS},
	{0xDF32, "Chip Serial Number", "芯片序列号", Special, 0, 0, Card, PBOC, Hidden, "", upPOS},
	{0xDF33, "Session Key Data", "过程密钥数据", Special, 0, 0, Card, PBOC, Hidden, "", upPOS},
	{0xDF34, "Card Reading Time", "终端读取时间", Special, 0, 0, Terminal, PBOC, Open, "", upPOS},
	{0xDF60, "Extended Application (CAPP) Transaction Indicator", "扩展应用交易指示位", Binary, 1, 1, Terminal, PBOC, Open, "", pboc14},
	{0xDF61, "Segmented Deduction Application Identifier", "分段扣费应用标识", Binary, 1, 1, Card, PBOC, Open, "BF0C", pboc14},
	{0xDF62, "Segmented Deduction Credit Limit", "分段扣费抵扣限额", Numeric, 6, 6, Card, PBOC, Open, "", pboc14},
	{0xDF63, "Segmented Deduction Credit Used", "分段扣费已抵扣额", Numeric, 6, 6, Card, PBOC, Open, "", pboc14},
	{0xDF69, "SM2 Algorithm Support Indicator", "SM2算法支持指示器", Binary, 1, 1, Terminal, PBOC, Open, "", pboc17},
	{0xDF71, "Electronic Cash Second Currency Code", "电子现金第二货币代码", Numeric, 2, 2, Card, PBOC, Open, "", pboc13},
	{0xDF72, "Electronic Cash Second Currency Card CVM Limit", "电子现金第二货币卡片验证限额", Numeric, 6, 6, Card, PBOC, Open, "", pboc13},
	{0xDF76, "Electronic Cash Second Currency Reset Threshold", "电子现金第二货币重置阈值", Numeric, 6, 6, Card, PBOC, Open, "", pboc13},
	{0xDF77, "Electronic Cash Second Currency Balance Limit", "电子现金第二货币余额上限", Numeric, 6, 6, Card, PBOC, Open, "", pboc13},
	{0xDF78, "Electronic Cash Second Currency Single Transaction Limit", "电子现金第二货币单笔交易限额", Numeric, 6, 6, Card, PBOC, Open, "", pboc13},
	{0xDF79, "Electronic Cash Second Currency Balance", "电子现金第二货币余额", Numeric, 6, 6, Card, PBOC, Open, "", pboc13},

	// The parameters a UnionPay terminal downloads.
	{0xDF01, "Application Selection Indicator (ASI)", "应用选择指示符", Binary, 1, 1, Terminal, PBOC, Open, "", upPOS},
	{0xDF02, "Certification Authority Public Key Modulus", "认证中心公钥模", Binary, 0, 248, Terminal, PBOC, Open, "", upPOS},
	{0xDF03, "Certification Authority Public Key Check Sum", "认证中心公钥校验值", Binary, 20, 20, Terminal, PBOC, Open, "", upPOS},
	{0xDF04, "Certification Authority Public Key Exponent", "认证中心公钥指数", Binary, 1, 3, Terminal, PBOC, Open, "", upPOS},
	{0xDF05, "Certification Authority Public Key Expiration Date", "认证中心公钥有效期", Special, 4, 8, Terminal, PBOC, Open, "", upPOS},
	{0xDF06, "Certification Authority Hash Algorithm Indicator", "认证中心哈希算法标识", Binary, 1, 1, Terminal, PBOC, Open, "", upPOS},
	{0xDF07, "Certification Authority Public Key Algorithm Indicator", "认证中心公钥算法标识", Binary, 1, 1, Terminal, PBOC, Open, "", upPOS},
	{0xDF11, "Terminal Action Code – Default", "终端行为代码-缺省", Binary, 5, 5, Terminal, PBOC, Open, "", upPOS},
	{0xDF12, "Terminal Action Code – Online", "终端行为代码-联机", Binary, 5, 5, Terminal, PBOC, Open, "", upPOS},
	{0xDF13, "Terminal Action Code – Denial", "终端行为代码-拒绝", Binary, 5, 5, Terminal, PBOC, Open, "", upPOS},
	{0xDF14, "Default Dynamic Data Authentication Data Object List (DDOL)", "缺省动态数据认证数据对象列表", Binary, 0, 252, Terminal, PBOC, Open, "", upPOS},
	{0xDF15, "Threshold Value for Biased Random Selection", "偏置随机选择阈值", Binary, 4, 4, Terminal, PBOC, Open, "", upPOS},
	{0xDF16, "Maximum Target Percentage for Biased Random Selection", "偏置随机选择最大目标百分数", Numeric, 1, 1, Terminal, PBOC, Open, "", upPOS},
	{0xDF17, "Target Percentage for Random Selection", "随机选择目标百分数", Numeric, 1, 1, Terminal, PBOC, Open, "", upPOS},
	{0xDF18, "Online PIN Capability", "终端联机PIN支持能力", Binary, 1, 1, Terminal, PBOC, Open, "", upPOS},
	{0xDF19, "Contactless Floor Limit", "非接触脱机最低限额", Numeric, 6, 6, Terminal, PBOC, Open, "", upPOS},
	{0xDF20, "Contactless Transaction Limit", "非接触交易限额", Numeric, 6, 6, Terminal, PBOC, Open, "", upPOS},
	{0xDF21, "Contactless CVM Required Limit", "非接触持卡人验证限额", Numeric, 6, 6, Terminal, PBOC, Open, "", upPOS},
}
