package samples

import (
	"vpos/reader"
	"vpos/receipts"
	"vpos/txn"
)

// outcomes are the papers that go with no charge.
func outcomes() []Sample {
	declined := with(Sale(), func(t *txn.Transaction) {
		t.Card, t.Status, t.Result = chip(true).Card, txn.Declined, txn.Result{Code: "51", RRN: "606315012345", HostAt: t.Result.HostAt}
	})
	balance := with(plain(txn.Balance), func(t *txn.Transaction) { t.Card, t.Amount = Card(reader.Swipe), txn.Money{Currency: cny} })
	at := Sale().At
	return []Sample{
		{Name: "declined", render: func(o receipts.Options) (receipts.Page, error) {
			return receipts.RenderDeclined(&declined, receipts.Declined{
				Why:  receipts.Words{Zh: "余额不足。", En: "Insufficient funds."},
				Next: receipts.Words{Zh: "请减少金额，或换一张卡。", En: "Try a smaller amount, or another card."},
			}, o)
		}},
		{Name: "balance", render: func(o receipts.Options) (receipts.Page, error) {
			return receipts.RenderBalance(&balance, txn.Money{Minor: 8_888_888, Currency: cny}, o)
		}},
		{Name: "sign-on", render: func(o receipts.Options) (receipts.Page, error) {
			return receipts.RenderSignOn(receipts.SignOn{At: at, Terminal: "10020030", Merchant: "898110058120001", Batch: "000017", Operator: "01"}, o)
		}},
		{Name: "device-check", render: func(o receipts.Options) (receipts.Page, error) {
			good := receipts.Words{Zh: "正常", En: "good"}
			return receipts.RenderDeviceCheck(receipts.DeviceCheck{At: at, Terminal: "10020030", Rows: []receipts.DeviceRow{
				{Subject: receipts.Words{Zh: "读卡器", En: "Reader"}, Outcome: good, Headline: receipts.Words{Zh: "就绪", En: "Ready"}},
				{
					Subject: receipts.Words{Zh: "打印机", En: "Printer"}, Outcome: receipts.Words{Zh: "故障", En: "fault"},
					Headline: receipts.Words{Zh: "缺纸", En: "Out of paper"}, Next: receipts.Words{Zh: "请装入纸卷后重新检查。", En: "Put a roll in, then check again."},
				},
				{
					Subject: receipts.Words{Zh: "时钟", En: "Clock"}, Outcome: receipts.Words{Zh: "注意", En: "warning"},
					Headline: receipts.Words{Zh: "与主机相差两分钟", En: "Two minutes off the host's"}, Next: receipts.Words{Zh: "请校准时间。", En: "Set the clock."},
				},
			}}, o)
		}},
	}
}
