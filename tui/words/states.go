package words

import "vpos/txn"

// Screen is what a state is called and what it asks for.
type Screen struct {
	Title  Text // a few words
	Prompt Text // what to do now, one sentence
}

// ForState finds the words of a state; for an unknown one, its own name.
func ForState(name txn.Name) Screen {
	if s, ok := states[name]; ok {
		return s
	}
	return Screen{Title: Text{string(name), string(name)}}
}

// Of finds the words of a state as it stands: those of the transaction under way
// where it has its own, and at the reprint the slip that is missing first.
func Of(s txn.State) Screen {
	screen := ForState(s.Name)
	if own, ok := flows[s.Draft.Kind][s.Name]; ok {
		screen = own
	}
	if prompt := chipPrompt(s); !prompt.Empty() {
		screen.Prompt = prompt
	}
	if prompt := warningPrompt(s); !prompt.Empty() {
		screen.Prompt = prompt
	} else if prompt := figurePrompt(s); !prompt.Empty() {
		screen.Prompt = prompt
	}
	switch {
	case s.Name == txn.CashEntry && s.Leaving:
		screen = counting
		if s.Repeat {
			screen.Prompt = countingAgain
		}
	case s.Name == txn.Passcode && s.Supervised():
		screen = supervising
	case s.Name == txn.NewPasscode && s.Repeat:
		screen.Prompt = Text{"Key the new PIN once more", "请再输入一遍新密码"}
	case s.CardFirst():
		screen.Prompt = promptVoidCard
	case s.Name == txn.TraceEntry && s.Draft.Kind == "" && len(s.Owed) > 0:
		number := s.Owed[0].STAN
		screen.Prompt = Text{MissingFirst.Fill(EN, number), MissingFirst.Fill(ZH, number)}
	}
	return screen
}

// supervising is the PIN of whoever lets something pass.
var supervising = Screen{
	Text{"Supervisor's PIN", "主管密码"},
	Text{"The supervisor keys the PIN, then Enter", "请主管输入密码，按确认键"},
}

var states = map[txn.Name]Screen{
	txn.Idle: {
		Text{"Ready", "欢迎使用"},
		Text{"Type the amount, or swipe a card", "请输入金额，或直接刷卡"},
	},
	txn.AmountEntry: {
		Text{"Sale", "消费"},
		Text{"Type the amount, then Enter", "请输入金额，按确认键"},
	},
	txn.Present: {
		Text{"Card, please", "请出示卡片"},
		Text{"Insert or swipe the card, or key it", "请插卡、刷卡，或手工输入卡号"},
	},
	txn.Choose: {
		Text{"Which application?", "请选择应用"},
		Text{"The customer chooses; key its number", "请持卡人选择，输入编号"},
	},
	txn.PINEntry: {
		Text{"PIN, please", "请输入密码"},
		Text{"The customer keys the PIN, then Enter", "请持卡人输入密码，按确认键"},
	},
	txn.PANEntry: {
		Text{"Card number", "输入卡号"},
		Text{"Key the long number on the card", "请输入卡面上的卡号"},
	},
	txn.ExpiryEntry: {
		Text{"Expiry date", "有效期"},
		Text{"Month first, as on the card: MMYY", "请按卡面输入：月月年年 (MMYY)"},
	},
	txn.CVVEntry: {
		Text{"Security code", "安全码 (CVV)"},
		Text{"Key the code. None on the card: 9. Unreadable: 2.", "请输入安全码。卡上没有按 9，看不清按 2。"},
	},
	txn.OTPEntry: {
		Text{"One-time code", "动态验证码"},
		Text{"The bank has sent the customer a code. Key it, then Enter", "银行已向持卡人发送验证码，请输入后按确认键"},
	},
	txn.Confirm: {
		Text{"Check and confirm", "请核对并确认"},
		Text{"Enter charges this amount", "按确认键扣款"},
	},
	txn.Processing: {
		Text{"Processing", "交易处理中"},
		Text{"Please wait. Keep the card at hand.", "请稍候，请勿收起卡片。"},
	},
	txn.ApprovedShown: {
		Text{"Approved", "交易成功"},
		Text{"Tear off, then Enter for the customer's copy", "请撕下商户联，按确认键打印持卡人联"},
	},
	txn.DeclinedShown: {
		Text{"Declined", "交易失败"},
		Text{"Enter tries another card, same amount", "按确认键换卡重试，金额保留"},
	},
	txn.UnknownShown: {
		Text{"Outcome unknown", "结果未知"},
		Text{"Do not hand over the goods yet", "请暂勿交付商品"},
	},
	txn.Printing: {
		Text{"Printing", "打印签购单"},
		Text{"Tear off the slip", "请撕下签购单"},
	},
	txn.PaperEntry: {
		Text{"Look at the paper", "请查看打印纸"},
		Text{"Is the slip there, whole and legible?", "签购单是否已完整打出？"},
	},
	txn.Menu: {
		Text{"Menu", "功能菜单"},
		Text{"Choose with the arrows or a number", "请用方向键或数字选择"},
	},
	txn.Journal: {
		Text{"Transactions", "交易记录"},
		Text{"Newest first", "最近的在最前"},
	},
	txn.ReportShown: {
		Text{"Report of this batch", "当前批次报表"},
		Text{"Enter prints it; the batch stays open", "按确认键打印，批次不结"},
	},
	txn.WarningShown: warningScreen,
	txn.ReasonEntry:  reasonScreen,
	txn.DoctorShown: {
		Text{"Device check", "设备检查"},
		Text{"Enter checks again", "按确认键重新检查"},
	},
	txn.Settle: {
		Text{"Settlement", "结算"},
		Text{"Enter looks at the batch again", "按确认键重新汇总本批次"},
	},
	txn.TraceEntry: {
		Text{"Reprint a slip", "重打印签购单"},
		Text{"Trace number; empty prints the last one", "请输入凭证号，直接确认则打印最后一笔"},
	},
	txn.Lock: {
		Text{"Locked", "已锁定"},
		Text{"Operator number, two digits", "请输入两位操作员号"},
	},
	txn.Passcode: {
		Text{"Operator's PIN", "操作员密码"},
		Text{"Key your PIN, then Enter", "请输入操作员密码，按确认键"},
	},
	txn.NewPasscode: {
		Text{"Choose a PIN", "设置新密码"},
		Text{"The one you were given works once: choose your own, four to six digits", "初始密码只能用一次，请设置四至六位新密码，勿用易猜的数字"},
	},
	txn.SupervisorEntry: {
		Text{"Supervisor, please", "请主管授权"},
		Text{"The supervisor's number, two digits", "请输入两位主管号"},
	},
	txn.CashEntry: {
		Text{"Shift begins", "上班备用金"},
		Text{"Cash in the drawer; none: Enter alone", "请输入备用金，没有则直接按确认键"},
	},
	txn.ShiftShown: {
		Text{"Shift ended", "交班"},
		Text{"Enter leaves the terminal to the next operator", "按确认键，交给下一位操作员"},
	},
	txn.Settings: {
		Text{"Settings", "设置"},
		Text{"Choose with the arrows or a number", "请用方向键或数字选择"},
	},
	txn.GoodsEntry: {
		Text{"Goods", "商品"},
		Text{"Code, 3*code or a name; Enter alone: the total", "输入编码、3*编码或名称；直接确认即收合计"},
	},
	txn.Stock: {
		Text{"Goods list", "商品管理"},
		Text{"code price name, as 1001 4.50 Tea; code - takes it out", "编码 单价 名称，如 1001 4.50 茶；编码 - 即删除"},
	},
	txn.TipEntry: {
		Text{"Tip", "小费"},
		Text{"Type the tip; none: Enter alone", "请输入小费，不加则直接按确认键"},
	},
	txn.AuthEntry: {
		Text{"Authorisation code", "原授权码"},
		Text{"Six letters or digits, from the slip of the pre-authorisation", "请输入预授权签购单上的六位授权码"},
	},
	txn.ReferenceEntry: {
		Text{"Reference number", "原参考号"},
		Text{"Twelve digits, from the slip of the sale", "请输入原签购单上的十二位参考号"},
	},
	txn.PayCodeEntry: {
		Text{"Payment code", "付款码"},
		Text{"Scan the customer's code, or key its 16 to 24 digits", "请扫描顾客的付款码，或输入 16 至 24 位数字"},
	},
	txn.DateEntry: {
		Text{"Date of the original", "原交易日期"},
		Text{"Month first, from its slip: MMDD", "请按签购单输入：月月日日 (MMDD)"},
	},
}
