package explain

// tvr is EMV Book 3, C5; byte 5 bits 4 to 1 are EMV Contactless Book C-2.
var tvr = layout{
	size: 5,
	bits: []bit{
		{1, 8, "Offline data authentication was not performed", "未进行脱机数据认证"},
		{1, 7, "Static data authentication (SDA) failed", "静态数据认证（SDA）失败"},
		{1, 6, "Card data is missing", "IC卡数据缺失"},
		{1, 5, "The card is on the terminal's exception list", "卡片出现在终端异常文件中"},
		{1, 4, "Dynamic data authentication (DDA) failed", "动态数据认证（DDA）失败"},
		{1, 3, "Combined data authentication (CDA) failed", "复合动态数据认证（CDA）失败"},
		{1, 2, "Static data authentication (SDA) was selected", "已选择静态数据认证（SDA）"},
		{2, 8, "Card and terminal have different application versions", "卡片与终端的应用版本不一致"},
		{2, 7, "The application has expired", "应用已过期"},
		{2, 6, "The application is not yet valid", "应用尚未生效"},
		{2, 5, "The requested service is not allowed for this card", "卡片不允许所请求的服务"},
		{2, 4, "New card", "新卡"},
		{3, 8, "Cardholder verification was not successful", "持卡人验证未成功"},
		{3, 7, "Unknown cardholder verification method", "未知的持卡人验证方法"},
		{3, 6, "PIN try limit exceeded", "PIN重试次数超限"},
		{3, 5, "PIN required, but the PIN pad is missing or does not work", "要求输入PIN，但无密码键盘或键盘故障"},
		{3, 4, "PIN required and PIN pad present, but no PIN was entered", "要求输入PIN，有密码键盘，但未输入PIN"},
		{3, 3, "A PIN for online verification was entered", "已输入联机PIN"},
		{4, 8, "The amount exceeds the floor limit", "交易金额超过最低限额"},
		{4, 7, "Lower consecutive offline limit exceeded", "超过连续脱机交易下限"},
		{4, 6, "Upper consecutive offline limit exceeded", "超过连续脱机交易上限"},
		{4, 5, "Selected at random for online processing", "被随机选中联机处理"},
		{4, 4, "The merchant forced the transaction online", "商户要求联机交易"},
		{5, 8, "The terminal's default TDOL was used", "使用了终端缺省TDOL"},
		{5, 7, "Issuer authentication failed", "发卡行认证失败"},
		{5, 6, "Issuer script failed before the last GENERATE AC", "最后一次生成应用密文之前脚本处理失败"},
		{5, 5, "Issuer script failed after the last GENERATE AC", "最后一次生成应用密文之后脚本处理失败"},
		{5, 4, "Relay resistance threshold exceeded (contactless, C-2)", "抗中继阈值超限（非接触，C-2）"},
		{5, 3, "Relay resistance time limits exceeded (contactless, C-2)", "抗中继时间超限（非接触，C-2）"},
	},
	choices: []choice{{at: 5, high: 2, low: 1, values: []Words{
		{},
		{"Relay resistance was not performed (contactless, C-2)", "未执行抗中继协议（非接触，C-2）"},
		{"Relay resistance was performed (contactless, C-2)", "已执行抗中继协议（非接触，C-2）"},
	}}},
}

// tsi is EMV Book 3, C6.
var tsi = layout{size: 2, bits: []bit{
	{1, 8, "Offline data authentication was performed", "已执行脱机数据认证"},
	{1, 7, "Cardholder verification was performed", "已执行持卡人验证"},
	{1, 6, "Card risk management was performed", "已执行卡片风险管理"},
	{1, 5, "Issuer authentication was performed", "已执行发卡行认证"},
	{1, 4, "Terminal risk management was performed", "已执行终端风险管理"},
	{1, 3, "Issuer scripts were processed", "已执行脚本处理"},
}}

// aip is EMV Book 3, C1; the contactless bits are C-2 and C-3.
var aip = layout{size: 2, bits: []bit{
	{1, 7, "Static data authentication (SDA) supported", "支持静态数据认证（SDA）"},
	{1, 6, "Dynamic data authentication (DDA) supported", "支持动态数据认证（DDA）"},
	{1, 5, "Cardholder verification supported", "支持持卡人验证"},
	{1, 4, "Terminal risk management is to be performed", "要求执行终端风险管理"},
	{1, 3, "Issuer authentication (EXTERNAL AUTHENTICATE) supported", "支持发卡行认证（外部认证）"},
	{1, 2, "Verification on the cardholder's device supported (contactless, C-2)", "支持持卡人设备验证（非接触，C-2）"},
	{1, 1, "Combined data authentication (CDA) supported", "支持复合动态数据认证（CDA）"},
	{2, 8, "Contactless: chip mode (C-2), magnetic stripe mode (C-3)", "非接触：芯片模式（C-2）或磁条模式（C-3）"},
	{2, 1, "Relay resistance protocol supported (contactless, C-2)", "支持抗中继协议（非接触，C-2）"},
}}

// auc is EMV Book 3, C2.
var auc = layout{size: 2, bits: []bit{
	{1, 8, "Valid for domestic cash", "国内取现有效"},
	{1, 7, "Valid for international cash", "国际取现有效"},
	{1, 6, "Valid for domestic goods", "国内商品消费有效"},
	{1, 5, "Valid for international goods", "国际商品消费有效"},
	{1, 4, "Valid for domestic services", "国内服务消费有效"},
	{1, 3, "Valid for international services", "国际服务消费有效"},
	{1, 2, "Valid at ATMs", "在ATM上有效"},
	{1, 1, "Valid at terminals other than ATMs", "在ATM以外的终端上有效"},
	{2, 8, "Domestic cashback allowed", "允许国内返现"},
	{2, 7, "International cashback allowed", "允许国际返现"},
}}

// capabilities is 9F33, EMV Book 4, A2.
var capabilities = layout{size: 3, bits: []bit{
	{1, 8, "Manual key entry", "手工键盘输入"},
	{1, 7, "Magnetic stripe", "磁条"},
	{1, 6, "Chip with contacts", "接触式IC卡"},
	{2, 8, "Plaintext PIN checked by the card", "IC卡明文PIN验证"},
	{2, 7, "Enciphered PIN checked online", "联机加密PIN验证"},
	{2, 6, "Signature on paper", "纸上签名"},
	{2, 5, "Enciphered PIN checked by the card", "IC卡加密PIN验证"},
	{2, 4, "No verification required", "无需持卡人验证"},
	{3, 8, "Static data authentication (SDA)", "静态数据认证（SDA）"},
	{3, 7, "Dynamic data authentication (DDA)", "动态数据认证（DDA）"},
	{3, 6, "Card capture", "吞卡"},
	{3, 4, "Combined data authentication (CDA)", "复合动态数据认证（CDA）"},
}}

// moreCapabilities is 9F40, EMV Book 4, A3.
var moreCapabilities = layout{size: 5, bits: []bit{
	{1, 8, "Cash", "现金"},
	{1, 7, "Goods", "商品"},
	{1, 6, "Services", "服务"},
	{1, 5, "Cashback", "返现"},
	{1, 4, "Inquiry", "查询"},
	{1, 3, "Transfer", "转账"},
	{1, 2, "Payment", "付款"},
	{1, 1, "Administrative", "管理"},
	{2, 8, "Cash deposit", "存款"},
	{3, 8, "Numeric keys", "数字键"},
	{3, 7, "Letter and special keys", "字母和特殊字符键"},
	{3, 6, "Command keys", "命令键"},
	{3, 5, "Function keys", "功能键"},
	{4, 8, "Prints for the attendant", "打印（服务员）"},
	{4, 7, "Prints for the cardholder", "打印（持卡人）"},
	{4, 6, "Displays for the attendant", "显示（服务员）"},
	{4, 5, "Displays for the cardholder", "显示（持卡人）"},
	{4, 2, "Code table 10", "代码表10"},
	{4, 1, "Code table 9", "代码表9"},
	{5, 8, "Code table 8", "代码表8"},
	{5, 7, "Code table 7", "代码表7"},
	{5, 6, "Code table 6", "代码表6"},
	{5, 5, "Code table 5", "代码表5"},
	{5, 4, "Code table 4", "代码表4"},
	{5, 3, "Code table 3", "代码表3"},
	{5, 2, "Code table 2", "代码表2"},
	{5, 1, "Code table 1", "代码表1"},
}}

// cid is EMV Book 3, 6.5.5.4.
var cid = layout{
	size: 1,
	bits: []bit{{1, 4, "The card asks for an advice", "卡片要求发送通知"}},
	choices: []choice{
		{at: 1, high: 8, low: 7, values: []Words{
			{"AAC: the card declines", "AAC：卡片拒绝交易"},
			{"TC: the card approves offline", "TC：卡片脱机批准"},
			{"ARQC: the card asks to go online", "ARQC：卡片请求联机授权"},
		}},
		{at: 1, high: 6, low: 5, values: []Words{
			{}, {"Cryptogram of the payment scheme's own", "支付系统专用密文"},
			{"Cryptogram of the payment scheme's own", "支付系统专用密文"},
			{"Cryptogram of the payment scheme's own", "支付系统专用密文"},
		}},
		{at: 1, high: 3, low: 1, values: []Words{
			{}, {"Reason: service not allowed", "原因：不允许的服务"},
			{"Reason: PIN try limit exceeded", "原因：PIN重试次数超限"},
			{"Reason: issuer authentication failed", "原因：发卡行认证失败"},
		}},
	},
}

var noBits = Words{"No bit is set.", "所有位均为0。"}
