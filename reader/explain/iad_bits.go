package explain

// acOne and acTwo are what the card answered to the first and the second
// GENERATE AC.
var (
	acOne = []Words{
		{"First answer: AAC, declined", "第一次应用密文：AAC（拒绝）"},
		{"First answer: TC, approved", "第一次应用密文：TC（批准）"},
		{"First answer: ARQC, online", "第一次应用密文：ARQC（联机）"},
	}
	acTwo = []Words{
		{"Second answer: AAC, declined", "第二次应用密文：AAC（拒绝）"},
		{"Second answer: TC, approved", "第二次应用密文：TC（批准）"},
		{"A second answer was not asked for", "未请求第二次应用密文"},
	}
)

// visaCVR is four bytes: a length of 3, then the results as Visa and UnionPay
// publish them (JR/T 0025.5, A).
var visaCVR = layout{
	size: 4,
	bits: []bit{
		{2, 4, "Issuer authentication was performed and failed", "发卡行认证执行但失败"},
		{2, 3, "Offline PIN verification was performed", "已执行脱机PIN验证"},
		{2, 2, "Offline PIN verification failed", "脱机PIN验证失败"},
		{2, 1, "Unable to go online", "无法联机"},
		{3, 8, "The last online transaction was not completed", "上次联机交易未完成"},
		{3, 7, "PIN try limit exceeded", "PIN重试次数超限"},
		{3, 6, "Velocity counters exceeded", "超过频度检查限制"},
		{3, 5, "New card", "新卡"},
		{3, 4, "Issuer authentication failed on the last online transaction", "上次联机交易发卡行认证失败"},
		{3, 3, "Issuer authentication was not performed after online authorisation", "联机授权后未执行发卡行认证"},
		{3, 2, "The application is blocked because the PIN try limit was exceeded", "PIN重试超限，应用已锁定"},
		{3, 1, "Static data authentication failed last time and the card declined offline", "上次交易静态数据认证失败且脱机拒绝"},
		{4, 4, "Issuer script failed on the last transaction", "上次交易脚本处理失败"},
		{4, 3, "Dynamic data authentication failed last time and the card declined offline", "上次交易动态数据认证失败且脱机拒绝"},
		{4, 2, "Dynamic data authentication was performed", "已执行动态数据认证"},
		{4, 1, "A PIN was expected and none was presented", "要求PIN验证但未收到验证命令"},
	},
	choices: []choice{
		{at: 1, high: 8, low: 1, count: Words{"Bytes of results: %d", "结果共%d字节"}},
		{at: 2, high: 8, low: 7, values: acTwo},
		{at: 2, high: 6, low: 5, values: acOne},
		{at: 4, high: 8, low: 5, count: Words{"Script commands after the last transaction: %d", "上次交易后处理了%d条脚本命令"}},
	},
}

// mChipCVR is M/Chip 4 and Advance, as far as it is public.
var mChipCVR = layout{
	size: 6,
	bits: []bit{
		{1, 3, "Offline PIN verification was performed", "已执行脱机PIN验证"},
		{1, 2, "The offline PIN was enciphered", "脱机PIN为加密PIN"},
		{1, 1, "Offline PIN verification was successful", "脱机PIN验证成功"},
		{2, 8, "DDA was returned", "已返回DDA"},
		{2, 7, "CDA was returned with the first answer", "第一次应用密文返回CDA"},
		{2, 6, "CDA was returned with the second answer", "第二次应用密文返回CDA"},
		{2, 5, "Issuer authentication was performed", "已执行发卡行认证"},
		{2, 4, "Default check skipped on an unattended terminal (CAT3)", "CAT3终端跳过缺省检查"},
		{4, 7, "Unable to go online", "无法联机"},
		{4, 6, "Offline PIN verification was not performed", "未执行脱机PIN验证"},
		{4, 5, "Offline PIN verification failed", "脱机PIN验证失败"},
		{4, 4, "PIN try limit exceeded", "PIN重试次数超限"},
		{4, 3, "International transaction", "国际交易"},
		{4, 2, "Domestic transaction", "国内交易"},
		{4, 1, "The terminal wrongly takes the offline PIN for verified", "终端误认为脱机PIN验证成功"},
		{5, 8, "Lower consecutive offline limit exceeded", "超过连续脱机交易下限"},
		{5, 7, "Upper consecutive offline limit exceeded", "超过连续脱机交易上限"},
		{5, 6, "Lower cumulative offline amount exceeded", "超过累计脱机金额下限"},
		{5, 5, "Upper cumulative offline amount exceeded", "超过累计脱机金额上限"},
		{5, 4, "The issuer wanted this transaction online", "发卡行要求本次联机"},
		{5, 3, "Issuer authentication failed", "发卡行认证失败"},
		{5, 2, "Issuer script received", "已收到脚本"},
		{5, 1, "Issuer script failed", "脚本处理失败"},
		{6, 2, "Match found in the card's additional check table", "在附加检查表中找到匹配"},
		{6, 1, "No match found in the card's additional check table", "在附加检查表中未找到匹配"},
	},
	choices: []choice{
		{at: 1, high: 8, low: 7, values: acTwo},
		{at: 1, high: 6, low: 5, values: acOne},
		{at: 3, high: 8, low: 5, count: Words{"Script counter %d", "脚本计数器%d"}},
		{at: 3, high: 4, low: 1, count: Words{"PIN tries left: %d", "PIN剩余次数：%d"}},
	},
}

// coreCVR is EMV Book 3, C9.3.
var coreCVR = layout{
	size: 5,
	bits: []bit{
		{1, 4, "CDA was performed", "已执行CDA"},
		{1, 3, "DDA was performed", "已执行DDA"},
		{1, 2, "Issuer authentication was not performed", "未执行发卡行认证"},
		{1, 1, "Issuer authentication failed", "发卡行认证失败"},
		{2, 4, "Offline PIN verification was performed", "已执行脱机PIN验证"},
		{2, 3, "Offline PIN verification was performed and failed", "脱机PIN验证失败"},
		{2, 2, "PIN try limit exceeded", "PIN重试次数超限"},
		{2, 1, "The last online transaction was not completed", "上次联机交易未完成"},
		{3, 8, "Lower offline count limit exceeded", "超过脱机交易次数下限"},
		{3, 7, "Upper offline count limit exceeded", "超过脱机交易次数上限"},
		{3, 6, "Lower cumulative offline amount exceeded", "超过累计脱机金额下限"},
		{3, 5, "Upper cumulative offline amount exceeded", "超过累计脱机金额上限"},
		{3, 4, "Issuer's own bit", "发卡行自定义位"},
		{3, 3, "Issuer's own bit", "发卡行自定义位"},
		{3, 2, "Issuer's own bit", "发卡行自定义位"},
		{3, 1, "Issuer's own bit", "发卡行自定义位"},
		{4, 4, "Issuer script failed", "脚本处理失败"},
		{4, 3, "Data authentication failed on the previous transaction", "上次交易脱机数据认证失败"},
		{4, 2, "The issuer wanted this transaction online", "发卡行要求本次联机"},
		{4, 1, "Unable to go online", "无法联机"},
	},
	choices: []choice{
		{at: 1, high: 8, low: 7, values: acTwo},
		{at: 1, high: 6, low: 5, values: acOne},
		{at: 2, high: 8, low: 5, count: Words{"PIN tries left: %d", "PIN剩余次数：%d"}},
		{at: 4, high: 8, low: 5, count: Words{"Script commands processed: %d", "已处理%d条脚本命令"}},
	},
}
