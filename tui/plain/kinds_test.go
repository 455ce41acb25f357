package plain

import (
	"context"
	"io"
	"slices"
	"strings"
	"testing"

	"vpos/reader"
	"vpos/tui/words"
	"vpos/txn"
	"vpos/txn/health"
)

const visa = "4111111111111111"

// approving is a host that agrees to everything.
func approving(r txn.Request) txn.Event {
	reply := txn.Reply{Op: r.Op, STAN: r.STAN, Amount: r.Amount, Terminal: r.Terminal, Merchant: r.Merchant}
	reply.Code = "00"
	if r.Op.Financial() {
		reply.AuthCode, reply.RRN = "831000", "326140300001"
	}
	if r.Op == txn.OpBalance {
		reply.Balance = &txn.Money{Minor: 88_800, Currency: r.Amount.Currency}
	}
	return txn.Replied{Reply: reply}
}

// but is a host that answers one kind of message with a code, or not at all.
func but(op txn.Op, code string) func(txn.Request) txn.Event {
	return func(r txn.Request) txn.Event {
		if r.Op != op {
			return approving(r)
		}
		if code == "" {
			return txn.SendFailed{Op: r.Op, STAN: r.STAN, Written: true}
		}
		reply := approving(r).(txn.Replied)
		reply.Reply.Code = code
		return reply
	}
}

// look answers for the journal.
func (c *counter) look(effect txn.Effect) txn.Event {
	whole := func(t txn.Transaction) *txn.Transaction {
		t.Card.PAN, _ = reader.RestorePAN([]byte(visa)) // what was sealed
		return &t
	}
	switch e := effect.(type) {
	case txn.Lookup:
		for _, t := range c.book {
			if t.STAN == e.STAN {
				return txn.Found{Txn: whole(t)}
			}
		}
		return txn.Found{}
	case txn.LookupHold:
		for _, t := range c.book {
			if t.Kind == txn.PreAuth && t.Status == txn.Approved && t.Result.AuthCode == e.AuthCode {
				return txn.FoundHold{Txn: whole(t), Held: t.Amount}
			}
		}
		return txn.FoundHold{}
	}
	return txn.Reckoned{Totals: txn.Totals{Domestic: txn.Sides{Debits: txn.Tally{Count: 1, Minor: 1234}}}}
}

// Every kind runs by lines alone, in both languages: what is keyed, and what is said.
func TestEveryKindInLines(t *testing.T) {
	const (
		sale = "1234\n" + visa + "\n1230\n123\n\n\n\n"
		hold = "pre-auth\n10000\n" + visa + "\n1230\n123\n\n\n\n"
		of   = visa + "\n1230\n831000\n1122\n"
	)
	for name, c := range map[string]struct {
		kind   txn.Kind
		lines  string
		en, zh []string
	}{
		"moto": {
			txn.Phone, "moto\n1234\n" + visa + "\n1230\n123\n\n\n",
			[]string{"amount: Phone order", "pan: Card number, by phone", "cvv: Phone order · Security code", "confirm: Charge the order?", "approved: Phone order · Approved · CNY 12.34", "Charged"},
			[]string{"amount: 电话订购", "pan: 电话订购卡号", "confirm: 确认电话订购", "approved: 电话订购 · 交易成功", "已扣款"},
		},
		"void": {
			txn.Void, sale + "void\n1\n1234\n\n",
			[]string{"trace: Void a sale", "confirm: Void this sale?", "Sale 000001", "approved: Void · Voided · CNY 12.34", "Taken back"},
			[]string{"trace: 消费撤销", "confirm: 确认撤销", "原凭证号 000001", "approved: 消费撤销 · 撤销成功", "已退回"},
		},
		"refund": {
			txn.Refund, "refund\n" + visa + "\n1230\n326140300001\n1121\n5000\n5000\n\n",
			[]string{"present: Refund · Card, please", "reference: Refund · Reference number", "date: Date of the sale", "amount: Refund amount", "confirm: Refund this? · CNY 50.00", "Reference 326140300001 · Day of the sale 2026/11/21", "approved: Refund · Refunded · CNY 50.00", "Refunded"},
			[]string{"present: 退货 · 请出示卡片", "reference: 退货 · 原参考号", "date: 原交易日期", "amount: 退货金额", "confirm: 确认退货", "原参考号 326140300001", "approved: 退货 · 退货成功", "已退款"},
		},
		"pre-auth": {
			txn.PreAuth, hold,
			[]string{"amount: Pre-authorisation", "confirm: Hold this amount? · CNY 100.00", "approved: Pre-auth · Held", "Auth code 831000", "Held", "Keep the slip"},
			[]string{"amount: 预授权", "confirm: 确认预授权", "approved: 预授权 · 预授权成功", "已冻结", "请保存签购单"},
		},
		"increment": {
			txn.Increment, hold + "increment\n" + of + "2500\n\n\n",
			[]string{"authcode: Increment · Authorisation code", "date: Date of the hold", "amount: Increment", "Held CNY 100.00", "confirm: Add to the hold? · CNY 25.00", "approved: Increment · Hold increased", "Added to the hold"},
			[]string{"authcode: 预授权追加 · 原授权码", "amount: 预授权追加", "已冻结 CNY 100.00", "approved: 预授权追加 · 预授权追加成功", "已追加冻结"},
		},
		"pre-auth-void": {
			txn.PreAuthVoid, hold + "pre-auth-void\n" + of + "10000\n\n",
			[]string{"confirm: Release the hold? · CNY 100.00", "approved: Pre-auth void · Hold released", "Released"},
			[]string{"confirm: 确认预授权撤销", "approved: 预授权撤销 · 预授权撤销成功", "已解除冻结"},
		},
		"completion": {
			txn.Completion, hold + "completion\n" + of + "11501\n11500\n\n\n",
			[]string{"amount: Completion", "Held CNY 100.00 · At most (115 %) CNY 115.00", "amount: ✗ More than 115% of the hold", "confirm: Charge the hold? · CNY 115.00", "approved: Completion · Completed", "Charged"},
			[]string{"amount: 预授权完成", "最多 (115%) CNY 115.00", "amount: ✗ 超出预授权金额的 115%", "confirm: 确认预授权完成", "approved: 预授权完成 · 预授权完成成功", "已扣款"},
		},
		"completion-void": {
			txn.CompletionVoid, hold + "completion\n" + of + "9000\n\n\n" + "completion-void\n1\n2\n9000\n\n",
			[]string{"trace: Void a completion", "trace: ✗ Not a completion", "confirm: Void this completion? · CNY 90.00", "approved: Compl. void · Completion voided", "Taken back"},
			[]string{"trace: 预授权完成撤销", "trace: ✗ 该笔不是预授权完成", "confirm: 确认完成撤销", "approved: 完成撤销 · 完成撤销成功", "已退回"},
		},
		"balance": {
			txn.Balance, "balance\n" + visa + "\n1230\n\n",
			[]string{"confirm: Ask for the balance?", "approved: Balance · Balance", "Left on the card CNY 888.00", "Not kept, unless you print it"},
			[]string{"confirm: 余额查询", "approved: 余额查询 · 卡内余额", "可用余额 CNY 888.00", "余额不作保存，需要时可打印"},
		},
		"offline": {
			txn.Offline, "offline\n1234\n" + visa + "\n1230\n8a31zl\n\n\n",
			[]string{"authcode: Voice code", "confirm: Sell offline? · CNY 12.34", "Voice code 8A31ZL", "approved: Offline sale · Sold offline", "Charged", "the bank will be told"},
			[]string{"authcode: 电话授权码", "confirm: 确认离线消费", "电话授权码 8A31ZL", "approved: 离线消费 · 离线消费成功", "已扣款", "通知银行"},
		},
		"tip": {
			txn.Tip, sale + "tip\n1\n150\n\n\n",
			[]string{"trace: Tip on a sale", "tip: Tip", "Sale 000001 · Sale CNY 12.34", "confirm: Add this tip? · CNY 13.84", "Tip CNY 1.50", "approved: Tip · Tip added · CNY 13.84", "In all"},
			[]string{"trace: 小费调整", "tip: 小费", "原凭证号 000001 · 消费金额 CNY 12.34", "confirm: 确认小费", "approved: 小费调整 · 小费调整成功", "合计扣款"},
		},
		"scan": {
			txn.Scan, "scan\n1234\n12345\n" + payCode + "\n\n\n\n",
			[]string{"amount: Scan to pay", "paycode: Scan to pay · Payment code · CNY 12.34", "paycode: ✗ Wrong number of digits", "confirm: Charge this wallet? · CNY 12.34 WeChat Pay •••• 6789, 模拟 / SIMULATED", "approved: Scan to pay · Approved · CNY 12.34 WeChat Pay •••• 6789, 模拟 / SIMULATED", "Charged", "no wallet was charged"},
			[]string{"paycode: 扫码付款 · 付款码 · CNY 12.34", "confirm: 确认扫码付款 · CNY 12.34 微信支付 •••• 6789，模拟 / SIMULATED", "approved: 扫码付款 · 交易成功", "已扣款", "模拟交易，未真正扣款"},
		},
		"show": {
			txn.Show, "show\n1234\n\n\n\n",
			[]string{"amount: Show a QR code", "confirm: Show the code? · CNY 12.34 QR code, 模拟 / SIMULATED", "approved: QR shown · Approved", "Charged"},
			[]string{"confirm: 确认出示二维码", "approved: 出示二维码 · 交易成功", "已扣款"},
		},
		"settlement": {
			txn.Settlement, "settle\n1234\n\n",
			[]string{"settle: Settlement", "Sales 1: 12.34", "approved: Settled"},
			[]string{"settle: 结算", "消费 1: 12.34", "approved: 结算成功"},
		},
		"sign-on":  {txn.SignOn, "sign-on\n\n", []string{"approved: Sign-on · Signed on"}, []string{"approved: 签到 · 签到成功"}},
		"sign-off": {txn.SignOff, "sign-off\n\n", []string{"approved: Sign-off · Signed off"}, []string{"approved: 签退 · 签退成功"}},
	} {
		t.Run(name, func(t *testing.T) {
			for lang, wants := range map[words.Lang][]string{words.EN: c.en, words.ZH: c.zh} {
				counter := newCounter()
				out, in := talk(t, counter, nil, lang, strings.Split(strings.TrimSuffix(c.lines, "\n"), "\n")...)
				holds(t, out, append(wants, "idle: ")...)
				if strings.Contains(out, visa) || strings.Contains(out, payCode) {
					t.Error("a whole card number or payment code came out")
				}
				if c.kind == txn.Scan && !slices.Contains(in.hidden, payCode) {
					t.Error("the payment code was echoed")
				}
				if n := len(sentOf(counter, c.kind)); n == 0 {
					t.Errorf("the bank never heard of a %s:\n%s", c.kind, out)
				}
			}
		})
	}
}

// The report of the open batch comes as lines, and Enter alone puts it on paper.
func TestReportInLines(t *testing.T) {
	for _, lang := range words.Langs() {
		prints, jam := 0, error(nil)
		o := Options{
			Report: func(_ context.Context, l words.Lang) ([]string, error) {
				return []string{"X " + l.String(), "12.34"}, nil
			},
			Print: func(context.Context, txn.State, []health.Finding) error { prints++; return jam },
		}
		out, _ := talkWith(t, newCounter(), o, lang, "report", "", "5", "cancel")
		holds(t, out, "report: "+words.ForState(txn.ReportShown).Title.In(lang), "report: X "+lang.String(), "report: 12.34",
			"report: "+words.SheetPrinted.In(lang), "report: ✗ "+words.ForCode(txn.NotHere).Headline.In(lang), "idle: ")
		if prints != 1 {
			t.Errorf("%d prints", prints)
		}
		jam = io.ErrShortWrite
		out, _ = talkWith(t, newCounter(), o, lang, "menu", "74", "", "cancel")
		holds(t, out, "report: 12.34", "report: "+words.SheetUnprinted.In(lang))
		o.Report = func(context.Context, words.Lang) ([]string, error) { return nil, io.ErrUnexpectedEOF }
		out, _ = talkWith(t, newCounter(), o, lang, "report", "cancel")
		holds(t, out, "report: "+words.ReportFailed.In(lang))
	}
}

// payCode is what a wallet shows, of WeChat's.
const payCode = "134567890123456789"

// sentOf are the requests of a kind that were sent.
func sentOf(c *counter, k txn.Kind) []txn.Request {
	var sent []txn.Request
	for _, e := range c.effects {
		if send, ok := e.(txn.Send); ok && send.Request.Op == k.Op() {
			sent = append(sent, send.Request)
		}
	}
	return sent
}

// A tip in a sale: none by an empty line, or what is keyed.
func TestTipInASale(t *testing.T) {
	for tip, want := range map[string]string{"": "confirm: Check and confirm · CNY 100.00", "1500": "confirm: Check and confirm · CNY 115.00 Visa ************1111 · Sale CNY 100.00 · Tip CNY 15.00"} {
		c := newCounter()
		c.state.Setup.Tips = true
		out, _ := talk(t, c, nil, words.EN, "10000", tip, visa, "1230", "123", "", "")
		holds(t, out, "tip: Tip", want, "approved: ")
	}
}

// What ends otherwise: unknown, refused afterwards, wanted by voice.
func TestOtherEnds(t *testing.T) {
	refund := []string{"refund", visa, "1230", "326140300001", "1121", "5000", "50.00", ""}
	tell := []string{"offline", "1234", visa, "1230", "8a31zl", "", ""}
	for name, c := range map[string]struct {
		host  func(txn.Request) txn.Event
		lines []string
		wants []string
	}{
		"a refund is asked for again": {
			but(txn.OpRefund, ""), refund,
			[]string{"unknown: Refund · Outcome unknown · CNY 50.00", "the bank is asked until it answers", "Do not refund again", "idle: ", "Waiting for the bank: 1"},
		},
		"an offline sale is refused": {
			but(txn.OpOffline, "57"), tell,
			[]string{"declined: Offline sale · The bank refused it afterwards · CNY 12.34", "Code 57", "Not paid"},
		},
		"a referral": {
			but(txn.OpSale, "02"), []string{"1234", visa, "1230", "123", "", "offline", "8a31zl", "", ""},
			[]string{"declined: Call the bank", "The word offline takes the code the bank gives", "authcode: Voice code · CNY 12.34", "confirm: Sell offline?", "Voice code 8A31ZL", "approved: Offline sale · Sold offline"},
		},
		"no voice code for other declines": {
			but(txn.OpSale, "51"), []string{"1234", visa, "1230", "123", "", "offline"},
			[]string{"declined: Not enough funds", "present: "},
		},
		"a balance that is lost": {
			but(txn.OpBalance, ""), []string{"balance", visa, "1230", "", "cancel"},
			[]string{"declined: Balance · Connection lost", "Nothing charged", "Check the network, then try again"},
		},
		"a sign-on that is refused": {
			but(txn.OpSignOn, "97"), []string{"sign-on", ""},
			[]string{"declined: Sign-on · Terminal not registered", "Not signed on", "idle: "},
		},
	} {
		t.Run(name, func(t *testing.T) {
			counter := newCounter()
			counter.host = c.host
			out, _ := talk(t, counter, nil, words.EN, c.lines...)
			holds(t, out, c.wants...)
			if strings.Contains(name, "balance") && strings.Contains(out, "reversed") {
				t.Errorf("an enquiry speaks of a reversal:\n%s", out)
			}
		})
	}
}

// The menu's numbers are told and taken, a page's number lists the page, and nothing
// else is an item.
func TestMenuInLines(t *testing.T) {
	c := newCounter()
	out, _ := talk(t, c, nil, words.EN, "menu", "4", "46", "x", "41", "cancel", "menu", "83", "")
	holds(t, out, "menu: 1 sale (sale) · 2 void (void) · 3 refund (refund) · 41 pre-auth (pre-auth)", "93 quit (quit)",
		"menu: 41 pre-auth (pre-auth) · 42 increment (increment)", "45 void compl. (completion-void)\n", "menu: ✗ That does nothing here", "menu: ✗ That does nothing here",
		"amount: Pre-authorisation", "idle: ", "approved: Sign-off")
}
