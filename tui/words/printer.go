package words

import "vpos/txn"

// PaperAnswers are what can be said of a slip that nobody knows of, in the order of their
// numbers.
func PaperAnswers() []Text {
	return []Text{
		{"It is there", "已打出"},
		{"It is not: print again", "没有打出，重新打印"},
	}
}

// SheetTrouble says of a paper that somebody wanted of a screen that it is not out, or may not
// be, and why; why is empty where nobody can say.
func SheetTrouble(why txn.Code, doubted bool) Advice {
	said := ForCode(why).Headline
	switch {
	case doubted:
		return Advice{labels[SheetDoubted], said}
	case why == txn.NoProblem:
		return Advice{labels[SheetUnprinted], labels[SheetCheck]}
	}
	return Advice{labels[SheetUnprinted], said}
}

// printerCodes say why a slip is not on paper, or may not be. Whatever it is, the money
// stands.
var printerCodes = map[txn.Code]Advice{
	txn.PrinterFault:     {Text{"Printer trouble", "打印机故障"}, Text{"Check paper and cover. The money is not affected.", "请检查纸张和盖子，交易不受影响。"}},
	txn.PrinterOffline:   {Text{"The printer is offline", "打印机离线"}, Text{"Press its FEED or ONLINE key, then Enter.", "请按打印机的走纸或联机键，再按确认键。"}},
	txn.PrinterCover:     {Text{"The printer's cover is open", "打印机盖子未关"}, Text{"Close it until it clicks, then Enter.", "请合上盖子，再按确认键。"}},
	txn.PrinterPaperOut:  {Text{"The printer is out of paper", "打印机缺纸"}, Text{"Put a roll in, then Enter.", "请装入纸卷，再按确认键。"}},
	txn.PrinterCutter:    {Text{"The printer's cutter is jammed", "打印机切刀卡住"}, Text{"Switch it off, free the cutter, then Enter.", "请关机并排除卡纸，再按确认键。"}},
	txn.PrinterHardware:  {Text{"The printer reports a fault", "打印机报告故障"}, Text{"Switch it off and on, then Enter.", "请关闭再打开打印机，然后按确认键。"}},
	txn.PrinterSilent:    {Text{"The printer does not confirm", "打印机没有确认"}, Text{"Look at the paper. The money is not affected.", "请查看打印纸，交易不受影响。"}},
	txn.PrinterNoStatus:  {Text{"The printer does not answer", "打印机没有应答"}, Text{"Check that it is on and connected, then Enter.", "请检查电源和连接，再按确认键。"}},
	txn.PrinterWrongID:   {Text{"It confirmed another slip", "打印机确认的不是本单"}, Text{"Look at the paper. The money is not affected.", "请查看打印纸，交易不受影响。"}},
	txn.PrinterGarbled:   {Text{"The printer's answer is garbled", "打印机应答无法识别"}, Text{"Check the setting: vpos receipts detect.", "请检查设置：vpos receipts detect。"}},
	txn.PrinterMissing:   {Text{"The printer is not there", "找不到打印机"}, Text{"Check the cable; vpos receipts detect lists all.", "请检查连线；vpos receipts detect 可列出。"}},
	txn.PrinterDenied:    {Text{"The printer may not be used", "无权使用打印机"}, Text{"Join its group (lp or dialout), sign in anew.", "请加入 lp 或 dialout 组并重新登录。"}},
	txn.PrinterBusy:      {Text{"The printer is in use", "打印机被占用"}, Text{"Close the other program, then Enter.", "请关闭其他程序，再按确认键。"}},
	txn.PrinterUnreached: {Text{"The printer is not reached", "无法连接打印机"}, Text{"Check network and address, then Enter.", "请检查网络和地址，再按确认键。"}},
	txn.PrinterBroken:    {Text{"The printer was cut off", "与打印机的连接中断"}, Text{"Look at the paper. The money is not affected.", "请查看打印纸，交易不受影响。"}},
	txn.PrinterSlow:      {Text{"The printer takes too long", "打印机超时"}, Text{"Look at the paper. The money is not affected.", "请查看打印纸，交易不受影响。"}},
	txn.PrinterDisk:      {Text{"The print list is not written", "打印记录无法写入"}, Text{"Free some disk space, then Enter.", "请清理磁盘空间，再按确认键。"}},
	txn.PrinterUnfit:     {Text{"The slip cannot be drawn", "签购单无法排版"}, Text{"Check template and paper: vpos receipts preview.", "请检查模板和纸宽：vpos receipts preview。"}},
}
