package tlv

const (
	bookA = "EMV Contactless Book A, 5.7"
	bookB = "EMV Contactless Book B, 3.3"
	c3ref = "EMV Contactless Book C-3, A"
	c7ref = "EMV Contactless Book C-7, A"
)

// contactless is what the entry point shares with every kernel.
var contactless = []Info{
	{0x9F29, "Extended Selection", "扩展选择", Binary, 0, 0, Card, Contactless, Open, "61", bookB},
	{0x9F2A, "Kernel Identifier", "内核标识符", Binary, 1, 8, Card, Contactless, Open, "61", bookB},
	{0x9F66, "Terminal Transaction Qualifiers (TTQ)", "终端交易属性", Binary, 4, 4, Terminal, Contactless, Open, "", bookA},
}

// kernelC3 is Visa's.
var kernelC3 = []Info{
	{0x9F5A, "Application Program Identifier (Program ID)", "应用计划标识", Binary, 1, 16, Card, C3, Open, "A5", c3ref},
	{0x9F5B, "Issuer Script Results", "发卡行脚本结果", Binary, 5, 0, Terminal, C3, Open, "", c3ref},
	{0x9F5D, "Available Offline Spending Amount (AOSA)", "可用脱机消费金额", Numeric, 6, 6, Card, C3, Open, "77", c3ref},
	{0x9F68, "Card Additional Processes", "卡片附加处理", Binary, 4, 4, Card, C3, Open, "", c3ref},
	{0x9F69, "Card Authentication Related Data", "卡片认证相关数据", Binary, 5, 16, Card, C3, Open, "70/77", c3ref},
	{0x9F6B, "Card CVM Limit", "卡片持卡人验证限额", Numeric, 6, 6, Card, C3, Open, "", c3ref},
	{0x9F6C, "Card Transaction Qualifiers (CTQ)", "卡片交易属性", Binary, 2, 2, Card, C3, Open, "77", c3ref},
	{0x9F6E, "Form Factor Indicator (FFI)", "产品形态指示器", Binary, 4, 4, Card, C3, Open, "77", c3ref},
	{0x9F7C, "Customer Exclusive Data (CED)", "客户专有数据", Binary, 0, 32, Card, C3, Hidden, "77", c3ref},
}

// kernelC7 is UnionPay's contactless kernel.
var kernelC7 = []Info{
	{0x9F5D, "Available Offline Spending Amount (AOSA)", "可用脱机消费金额", Numeric, 6, 6, Card, C7, Open, "77", c7ref},
	{0x9F68, "Card Additional Processes", "卡片附加处理", Binary, 4, 4, Card, C7, Open, "", c7ref},
	{0x9F69, "Card Authentication Related Data", "卡片认证相关数据", Binary, 8, 16, Card, C7, Open, "70/77", c7ref},
	{0x9F6B, "Card CVM Limit", "卡片持卡人验证限额", Numeric, 6, 6, Card, C7, Open, "", c7ref},
	{0x9F6C, "Card Transaction Qualifiers (CTQ)", "卡片交易属性", Binary, 2, 2, Card, C7, Open, "77", c7ref},
}
