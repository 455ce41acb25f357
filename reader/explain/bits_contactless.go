package explain

// ttq is EMV Contactless Book A, 5.7, with the bits Visa's and UnionPay's kernels
// give a meaning to.
var ttq = layout{size: 4, bits: []bit{
	{1, 8, "Magnetic stripe mode supported", "支持磁条模式"},
	{1, 7, "Contactless debit/credit application supported (UnionPay)", "支持非接触借贷记应用（银联）"},
	{1, 6, "Contactless chip mode supported (qVSDC, qPBOC)", "支持非接触芯片模式（qVSDC、qPBOC）"},
	{1, 5, "Contact chip supported", "支持接触式芯片"},
	{1, 4, "Reader works offline only", "读卡器仅支持脱机"},
	{1, 3, "Online PIN supported", "支持联机PIN"},
	{1, 2, "Signature supported", "支持签名"},
	{1, 1, "Offline data authentication for online authorisations supported", "支持联机授权时的脱机数据认证"},
	{2, 8, "Online cryptogram required", "要求联机应用密文"},
	{2, 7, "Cardholder verification required", "要求持卡人验证"},
	{2, 6, "Offline PIN supported (contact chip)", "支持脱机PIN（接触式芯片）"},
	{3, 8, "Issuer update processing supported", "支持发卡行更新处理"},
	{3, 7, "Verification on the cardholder's device supported", "支持持卡人设备验证"},
	{4, 8, "fDDA version 01 supported", "支持01版本的fDDA"},
}}

// ctq is EMV Contactless Book C-3, A.2; UnionPay's are the same.
var ctq = layout{size: 2, bits: []bit{
	{1, 8, "Online PIN required", "要求联机PIN"},
	{1, 7, "Signature required", "要求签名"},
	{1, 6, "Go online if data authentication fails and the reader can", "脱机数据认证失败且读卡器可联机时，联机"},
	{1, 5, "Use the contact chip if data authentication fails and the reader can", "脱机数据认证失败且支持接触式时，改用接触式"},
	{1, 4, "Go online if the application has expired", "应用过期时联机"},
	{1, 3, "Use another interface for cash", "取现时改用其他界面"},
	{1, 2, "Use another interface for cashback", "返现时改用其他界面"},
	{1, 1, "Not valid for contactless ATM transactions", "不适用于非接触ATM交易"},
	{2, 8, "Verified on the cardholder's device", "已在持卡人设备上验证"},
	{2, 7, "Issuer update processing at the terminal supported", "支持终端上的发卡行更新处理"},
}}
