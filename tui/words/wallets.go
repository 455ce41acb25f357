package words

import (
	"vpos/reader"
	"vpos/txn"
)

// Simulated is the mark of every payment by code, in both languages at once: nobody may
// take it for money.
const Simulated = "模拟 / SIMULATED"

// Wallet is who pays by a code; empty for nobody.
func Wallet(w reader.Wallet) Text {
	switch w {
	case reader.WeChat:
		return Text{"WeChat Pay", "微信支付"}
	case reader.Alipay:
		return Text{"Alipay", "支付宝"}
	case reader.UnionPayQR:
		return Text{"UnionPay QR", "银联二维码"}
	case reader.NoWallet:
	}
	return Text{}
}

// Tender is what paid in a list: a card's brand, or a wallet; of a code on the screen that
// nobody has paid, that it was one.
func Tender(b reader.Brand, e reader.EntryMode, w reader.Wallet) Text {
	if e != reader.QR {
		return Brand(b)
	}
	if text := Wallet(w); !text.Empty() {
		return text
	}
	return Entry(reader.QR)
}

// PaidBy is by what a transaction is paid where no card pays it: the wallet, the last
// digits of its payment code, and that it is simulated. Empty for a card's.
func PaidBy(t *txn.Transaction) Text {
	if !t.ByCode() {
		return Text{}
	}
	text := Wallet(t.Wallet)
	if text.Empty() {
		text = Text{"QR code", "二维码"}
	}
	if t.Payer != "" {
		text = Text{text.EN + " •••• " + t.Payer, text.ZH + " •••• " + t.Payer}
	}
	return Text{text.EN + ", " + Simulated, text.ZH + "，" + Simulated}
}
