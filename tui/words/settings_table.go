package words

// settings is every row, in the order of its digits. The screen, the plain dialogue and
// the tests go by it alone.
var settings = []Setting{
	{Item: "1", Name: Text{"Screen", "屏幕"}, Help: Text{"language, colours, mouse, beeps", "语言、配色、鼠标、蜂鸣"}},
	{
		Item: "11", Key: "terminal.language", Name: Text{"Language", "屏幕语言"}, Now: true,
		Help:    Text{"The language of the screens. Automatic is the computer's.", "屏幕显示的语言。自动：与电脑系统相同。"},
		Choices: []Choice{{"auto", auto}, {"zh", zh}, {"en", en}},
	},
	{
		Item: "12", Key: "screen.theme", Name: Text{"Colours", "配色"}, Now: true,
		Help: Text{"Automatic goes by the background of the window.", "自动：随窗口背景选择深色或浅色。"},
		Choices: []Choice{
			{"auto", auto}, {"dark", Text{"dark", "深色"}}, {"light", Text{"light", "浅色"}}, {"contrast", Text{"high contrast", "高对比度"}},
			{"colourblind", Text{"colour-blind", "色觉障碍"}}, {"mono", Text{"no colours", "无色"}},
		},
	},
	{
		Item: "13", Key: "screen.borders", Name: Text{"Borders", "边框"}, Now: true,
		Help:    Text{"Choose ASCII where lines are crooked or come out as question marks.", "边框错位或显示为问号时，请选 ASCII。"},
		Choices: []Choice{{"auto", auto}, {"unicode", Text{"drawn", "线条"}}, {"ascii", Text{"ASCII", "ASCII 字符"}}},
	},
	{
		Item: "14", Key: "screen.mouse", Name: Text{"Mouse", "鼠标"}, Now: true,
		Help:    Text{"The mouse may point at keys and the menu. Money always wants the key.", "可用鼠标点按键和菜单。确认收款始终要按键。"},
		Choices: onOff(yes, no),
	},
	{
		Item: "15", Key: "screen.beep", Name: Text{"Beeps", "蜂鸣"}, Now: true,
		Help:    Text{"One for approved, two for declined, three for anything else; the title shows as many notes.", "成功一声，失败两声，其他三声；标题旁以音符同示。"},
		Choices: onOff(yes, no),
	},

	{Item: "2", Name: Text{"Slips", "签购单"}, Help: Text{"languages, paper, reports", "语言、纸宽、报表"}},
	{
		Item: "21", Key: "receipts.language", Name: Text{"Slips in", "签购单语言"},
		Help:    Text{"The language of the merchant's copy and of reports.", "商户联和报表的语言。"},
		Choices: []Choice{{"both", both}, {"zh", zh}, {"en", en}},
	},
	{
		Item: "22", Key: "terminal.cardholder_language", Name: Text{"Customers in", "持卡人语言"},
		Help: Text{"The language of the customer's copy and PIN prompt. Automatic is the card's.", "持卡人联和密码提示的语言。自动：随芯片卡。"},
		Choices: []Choice{
			{"auto", auto}, {"zh", zh}, {"en", en}, {"both", both}, {"same", Text{"as the screen", "与屏幕相同"}},
		},
	},
	{
		Item: "23", Key: "receipts.columns", Name: Text{"Paper", "纸宽"},
		Help: Text{"Cells a line: 32 on paper of 58 mm, 42 or 48 on 80 mm.", "每行列数：58 毫米纸为 32，80 毫米纸为 42 或 48。"},
		Choices: []Choice{
			{"32", Text{"32 (58 mm)", "32（58 毫米）"}}, {"42", Text{"42 (80 mm)", "42（80 毫米）"}}, {"48", Text{"48 (80 mm)", "48（80 毫米）"}},
		},
	},
	{
		Item: "24", Key: "fees.days", Name: Text{"Money arrives", "到账"},
		Help: Text{"Working days from the settlement until the money may arrive.", "结算后几个工作日到账，印在报表上。"},
		Choices: []Choice{
			{"0", Text{"same day", "当日 (T+0)"}}, {"1", Text{"next day", "次日 (T+1)"}}, {"2", Text{"2 days", "T+2"}}, {"3", Text{"3 days", "T+3"}},
			{"5", Text{"5 days", "T+5"}}, {"7", Text{"7 days", "T+7"}},
		},
	},
	{
		Item: "25", Key: "receipts.template", Name: Text{"Layout", "版式"},
		Help:    Text{"Of card slips; a template of your own is named in the file.", "签购单的版式；自备模板请在配置文件中填写。"},
		Choices: []Choice{{"standard", Text{"standard", "标准"}}, {"compact", Text{"compact", "紧凑"}}},
	},
	{
		Item: "26", Key: "receipts.cut", Name: Text{"Cut", "切纸"},
		Help:    Text{"What the printer's cutter does after a slip, where it has one.", "打印后切刀的动作（有切刀的打印机）。"},
		Choices: []Choice{{"partial", Text{"partly", "半切"}}, {"full", Text{"through", "全切"}}, {"none", Text{"not", "不切"}}},
	},
	{
		Item: "27", Key: "receipts.drawer", Name: Text{"Cash drawer", "钱箱"},
		Help: Text{"It opens with each merchant's copy.", "打印商户联时弹开钱箱。"}, Choices: onOff(yes, no),
	},
	{
		Item: "28", Key: "receipts.beep", Name: Text{"Printer beeps", "打印蜂鸣"},
		Help: Text{"With each slip, where it can.", "每张单据响一声（支持的打印机）。"}, Choices: onOff(yes, no),
	},
	shownOnly("29", "receipts.printer", Text{"Printer", "打印机"}),

	{Item: "3", Name: Text{"Sales", "消费"}, Help: Text{"limits, tips, fallback", "限额、小费、降级"}},
	{
		Item: "31", Key: "terminal.max_amount", Name: Text{"Most a sale", "单笔限额"},
		Help:    Text{"The most one transaction may take; other sums in the file.", "单笔交易的最高金额；其他数额请改配置文件。"},
		Choices: values(limit, "0", "500", "1000", "2000", "5000", "10000", "20000", "50000"),
	},
	{
		Item: "32", Key: "rules.tips", Name: Text{"Tips", "小费"},
		Help: Text{"A sale asks for a tip.", "消费时询问小费。"}, Choices: onOff(yes, no),
	},
	{
		Item: "33", Key: "rules.max_tip", Name: Text{"Most a tip", "小费上限"},
		Help: Text{"The most a tip may be, in per cent of the sale.", "小费最多为消费金额的百分之几。"},
		Choices: append(values(limit, "0"), percent("10"), percent("15"), percent("20"),
			percent("30"), percent("50"), percent("100")),
	},
	{
		Item: "34", Key: "reader.fallback", Name: Text{"Fallback", "降级刷卡"},
		Help:    Text{"A stripe may be swiped after three chips that could not be read. The shop bears the risk.", "芯片三次读不出后允许刷磁条，风险由商户承担。"},
		Choices: onOff(yes, no),
	},

	{Item: "4", Name: Text{"Refunds and batch", "退货与批次"}, Help: Text{"refunds, voids, settlement", "退货、撤销、结算"}},
	{
		Item: "41", Key: "rules.max_refund", Name: Text{"Most a refund", "退货限额"},
		Help:    Text{"The most one refund may give back; other sums in the file.", "单笔退货的最高金额；其他数额请改配置文件。"},
		Choices: values(limit, "0", "100", "200", "500", "1000", "2000", "5000", "10000"),
	},
	{
		Item: "42", Key: "rules.void_card", Name: Text{"Void wants card", "撤销须出卡"},
		Help: Text{"A void wants the card again.", "撤销时须再次出示原卡。"}, Choices: onOff(yes, no),
	},
	{
		Item: "43", Key: "rules.batch_max", Name: Text{"Batch holds", "批次笔数"},
		Help:    Text{"So many transactions fill a batch, which must be settled then.", "每批次最多多少笔，满后须先结算。"},
		Choices: values(limit, "0", "50", "100", "200", "300", "500", "999"),
	},
	{
		Item: "44", Key: "rules.sign_off_after", Name: Text{"Sign off after", "结算后签退"},
		Help: Text{"The terminal signs off once a batch is settled.", "结算成功后自动签退。"}, Choices: onOff(yes, no),
	},

	{Item: "5", Name: Text{"Safety", "安全"}, Help: Text{"lock, supervisor", "锁定、主管授权"}},
	{
		Item: "51", Key: "rules.lock_after", Name: Text{"Locks after", "自动锁定"},
		Help:    Text{"Untouched for so long, the terminal locks itself. Only where there are operators.", "无人操作多久后自动锁定（设有操作员时有效）。"},
		Choices: values(no, "1m", "2m", "5m", "10m", "15m", "30m", "1h"),
	},
	{
		Item: "52", Key: "rules.keyed_supervisor", Name: Text{"Keyed cards", "手输卡号"},
		Help:    Text{"A supervisor lets keyed cards pass. Only where there are operators.", "手输卡号是否须主管授权（设有操作员时有效）。"},
		Choices: onOff(Text{"supervisor", "须主管授权"}, Text{"free", "不须授权"}),
	},

	{
		Item: "53", Key: "rules.keep_cards", Name: Text{"Card numbers", "保留卡号"},
		Help:    Text{"Days after the settlement until a batch's card numbers are shredded.", "结算多少天后销毁该批次的卡号。"},
		Choices: values(Text{"until settled", "结算即销毁"}, "0", "7", "30", "90", "180", "365"),
	},

	{Item: "6", Name: Text{"Guards", "风险提示"}, Help: Text{"warnings before money moves", "交易前的核实与提示"}},
	{
		Item: "61", Key: "guards.use", Name: Text{"Warnings", "风险提示"},
		Help:    Text{"Whether doubtful sales are asked about. Automatic: in live mode only.", "可疑交易是否提示核实。自动：仅实时收款启用。"},
		Choices: useChoices,
	},
	{
		Item: "62", Key: "guards.window", Name: Text{"Looks back", "回看时间"},
		Help: Text{"How far back a card's sales are looked at.", "查看同卡多长时间内的交易。"}, Choices: values(no, "5m", "10m", "15m", "30m", "1h"),
	},
	{
		Item: "63", Key: "guards.duplicate", Name: Text{"Same sale twice", "同卡同金额"},
		Help: Text{"Asks where a card pays the same amount again.", "同一张卡再付相同金额时提示。"}, Choices: onOff(yes, no),
	},
	{
		Item: "64", Key: "guards.per_card", Name: Text{"Sales a card", "同卡笔数"},
		Help: Text{"So many sales on one card pass without a word.", "同卡交易不超过此笔数时不提示。"}, Choices: values(limit, "0", "1", "2", "3", "5", "10"),
	},
	{
		Item: "65", Key: "guards.split", Name: Text{"Split sales over", "拆单限额"},
		Help:    Text{"What one card's sales may come to together; other sums in the file.", "同卡多笔合计的上限；其他数额请改配置文件。"},
		Choices: values(limit, "0", "500", "1000", "2000", "5000", "10000", "20000", "50000"),
	},
	{
		Item: "66", Key: "guards.keyed_share", Name: Text{"Keyed at most", "手输占比"},
		Help:    Text{"How many of a day's cards may be keyed, in per cent.", "当日手输卡号最多占百分之几。"},
		Choices: append(values(limit, "0"), percent("10"), percent("20"), percent("30"), percent("50")),
	},
	{
		Item: "67", Key: "guards.refund_day", Name: Text{"Refunds a day", "每日退货"},
		Help:    Text{"What a day may give back; other sums in the file.", "每日退货合计上限；其他数额请改配置文件。"},
		Choices: values(limit, "0", "500", "1000", "2000", "5000", "10000", "20000"),
	},
	{
		Item: "68", Key: "guards.keying", Name: Text{"Keyed numbers", "受理手输"},
		Help: Text{"Whether card numbers are keyed at all, phone orders aside.", "是否受理手输卡号（电话订购除外）。"}, Choices: onOff(yes, no),
	},
	{
		Item: "69", Key: "guards.keyed_reason", Name: Text{"Reason if keyed", "手输原因"},
		Help:    Text{"Whoever keys a card says why. Automatic: in live mode only.", "手输卡号时须选择原因。自动：仅实时收款启用。"},
		Choices: useChoices,
	},

	{Item: "7", Name: Text{"Fixed", "固定项"}, Help: Text{"what is never changed here", "此处不可更改的设置"}},
	shownOnly("71", "mode.live", Text{"Real money", "实时收款"}),
	shownOnly("72", "terminal.id", Text{"Terminal", "终端编号"}),
	shownOnly("73", "terminal.merchant", Text{"Merchant", "商户编号"}),
	shownOnly("74", "terminal.currency", Text{"Currency", "币种"}),
	shownOnly("75", "merchant.name_zh", Text{"Name, Chinese", "中文名称"}),
	shownOnly("76", "merchant.name_en", Text{"Name, English", "英文名称"}),
	shownOnly("77", "host.address", Text{"Host", "收单主机"}),
	shownOnly("78", "host.profile", Text{"Dialect", "报文规范"}),
	shownOnly("79", "host.tls.ca", Text{"Host's CA", "主机证书机构"}),
}

var useChoices = []Choice{{"auto", auto}, {"on", yes}, {"off", no}}

func shownOnly(item, key string, name Text) Setting { return Setting{Item: item, Key: key, Name: name} }

func percent(n string) Choice { return Choice{n, Text{n + " %", n + " %"}} }
