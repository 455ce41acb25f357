package host_test

import (
	"encoding/hex"
	"testing"
	"time"

	"vpos/reader"
	"vpos/txn"
	"vpos/txn/host"
	"vpos/txn/host/keys"
)

// profileCodec is the codec of a shipped profile.
func profileCodec(t testing.TB, name string, change ...func(*host.Profile)) *host.Codec {
	t.Helper()
	p, err := host.LoadProfile(name)
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range change {
		f(&p)
	}
	c, err := host.NewCodec(p)
	if err != nil {
		t.Fatal(err)
	}
	return c
}

// pair is both sides of a terminal's keys, with keys that never change.
func pair(t testing.TB, rules keys.Rules) (terminal, acquirer *keys.Session) {
	t.Helper()
	fixed := func(digits string, size int) keys.Key {
		b, err := hex.DecodeString(digits)
		if err != nil {
			t.Fatal(err)
		}
		k, err := keys.NewKey(b[:size])
		if err != nil {
			t.Fatal(err)
		}
		return k
	}
	size := 8
	if rules.MAC == "x9.19" || rules.MAC == "cmac-tdes" || rules.MAC == "cmac-aes" {
		size = 16
	}
	terminal, acquirer = keys.NewSession(rules, keys.TestTMK), keys.NewSession(rules, keys.TestTMK)
	for _, s := range []*keys.Session{terminal, acquirer} {
		err := s.Install(fixed("1123456789ABCDEFFEDCBA9876543211", 16), fixed("2123456789ABCDEFFEDCBA9876543212", size),
			fixed("3123456789ABCDEFFEDCBA9876543213", 16))
		if err != nil {
			t.Fatal(err)
		}
	}
	return terminal, acquirer
}

// exchange is a request and its reply.
type exchange struct {
	name string
	r    txn.Request
	rep  txn.Reply
}

// everything is every operation there is, each with all it can say. Profiles
// lack some.
func everything(t testing.TB) []exchange {
	t.Helper()
	cny := func(minor int64) txn.Money { return money(t, "CNY", minor) }
	day := time.Date(2026, 12, 30, 0, 0, 0, 0, shanghai)
	before := func(op txn.Op) *txn.Original {
		return &txn.Original{Op: op, STAN: 5, Batch: 7, At: day, AuthCode: "004711", RRN: "636400000005"}
	}
	base := func(op txn.Op) txn.Request {
		r := sale(t)
		r.Op, r.STAN, r.Card = op, 321, swipedCard(t)
		return r
	}
	after := func(op, of txn.Op) txn.Request {
		r := base(op)
		r.Original = before(of)
		return r
	}
	withPIN := base(txn.OpSale)
	withPIN.PIN = reader.NewSecret("1234")
	keyed := sale(t)
	keyed.OTP = reader.NewSecret("87654321")
	phoned := keyedSale(t)
	phoned.Phone = true
	byVoice := base(txn.OpOffline)
	byVoice.Original = &txn.Original{Op: txn.OpSale, AuthCode: "ABC123"}
	tip := after(txn.OpTip, txn.OpSale)
	tip.Amount, tip.Tip = cny(1400), cny(166)
	chip := chipSale(t)
	tap := chipSale(t)
	tap.Card.Entry = reader.Contactless
	fallback := base(txn.OpSale)
	fallback.Card.Entry = reader.Fallback
	balance := base(txn.OpBalance)
	balance.Amount = cny(0)
	script := chipSale(t)
	script.Op, script.Card.Track2, script.Card.Service = txn.OpScript, reader.Track2{}, ""
	script.Card.Expiry = reader.Expiry{}
	script.Original = &txn.Original{Op: txn.OpSale, STAN: 3, Batch: 7, At: evening, AuthCode: "004711", RRN: "636523000003"}
	chipOffline := chipSale(t)
	chipOffline.Op = txn.OpChipOffline
	scan, show := base(txn.OpQR), base(txn.OpQR)
	scan.Card, show.Card = reader.Card{Entry: reader.QR}, reader.Card{Entry: reader.QR}
	scan.PayCode = payCode(t)
	show.Order = (&txn.Transaction{Terminal: show.Terminal, Batch: show.Batch, STAN: show.STAN, Amount: show.Amount}).Order()
	unpaid := after(txn.OpVoid, txn.OpSale)
	unpaid.Card = reader.Card{Entry: reader.QR}
	showReversal := reversalOf(show)
	showReversal.Order = ""
	voidReversal := reversalOf(after(txn.OpVoid, txn.OpSale))
	voidReversal.Card.Service = ""
	voidReversal.Original.Of = &txn.Original{Op: txn.OpSale, STAN: 5, Batch: 7, At: day}
	manageBy := func(op txn.Op) txn.Request { return manage(op) }
	signOn := manage(txn.OpSignOn)
	signOn.Operator = "01"
	settle := manage(txn.OpSettle)
	settle.Amount, settle.Operator = cny(0), ""
	settle.Totals = &txn.Totals{
		Domestic: txn.Sides{Debits: txn.Tally{Count: 12, Minor: 345600}, Credits: txn.Tally{Count: 1, Minor: 100}},
		Foreign:  txn.Sides{Debits: txn.Tally{Count: 2, Minor: 9900}},
	}
	end := settle
	end.Op = txn.OpUploadEnd
	ask := func(op txn.Op) txn.Request {
		r := manage(op)
		r.Ask = []byte("\x9f\x06\x05\xa0\x00\x00\x03\x33\x9f\x22\x01\x02")
		return r
	}
	upload := manage(txn.OpUpload)
	upload.Details = []txn.Detail{
		{Op: txn.OpSale, STAN: 1, At: evening, Amount: cny(1234), PAN: keyedCard(t).PAN, AuthCode: "004711", RRN: "636523000001"},
	}
	list := []txn.Request{
		withPIN, after(txn.OpVoid, txn.OpSale), after(txn.OpRefund, txn.OpSale), base(txn.OpAuth),
		after(txn.OpIncrement, txn.OpAuth), after(txn.OpAuthVoid, txn.OpAuth), after(txn.OpComplete, txn.OpAuth),
		after(txn.OpCompleteAdvice, txn.OpAuth), after(txn.OpCompleteVoid, txn.OpComplete), balance,
		base(txn.OpOffline), after(txn.OpAdjust, txn.OpOffline), tip, chipOffline, script, reversalOf(keyedSale(t)),
		settle, upload, end, signOn, manageBy(txn.OpSignOff), manageBy(txn.OpEcho), manageBy(txn.OpKeys),
		ask(txn.OpCAPKQuery), ask(txn.OpCAPKGet), manageBy(txn.OpCAPKEnd), ask(txn.OpAIDQuery), ask(txn.OpAIDGet),
		manageBy(txn.OpAIDEnd), ask(txn.OpParamQuery), ask(txn.OpParamGet), manageBy(txn.OpParamEnd),
	}
	walletUpload := manage(txn.OpUpload)
	walletUpload.Details = []txn.Detail{
		{Op: txn.OpQR, STAN: 1, At: evening, Amount: cny(1234), AuthCode: "004711", RRN: "636523000001"},
	}
	var out []exchange
	for _, r := range list {
		out = append(out, exchange{string(r.Op), r, answerTo(t, r)})
	}
	for name, r := range map[string]txn.Request{
		"sale-keyed": keyed, "sale-moto": phoned, "offline-voice": byVoice, "sale-chip": chip, "sale-tap": tap, "sale-fallback": fallback,
		"reversal-chip": chipReversal(t), "reversal-of-void": voidReversal,
		"qr-scan": scan, "qr-show": show, "qr-void": unpaid, "qr-reversal": showReversal, "qr-upload": walletUpload,
	} {
		out = append(out, exchange{name, r, answerTo(t, r)})
	}
	return out
}

func payCode(t testing.TB) reader.PayCode {
	t.Helper()
	code, err := reader.ParsePayCode([]byte("289876543210987654321098"))
	if err != nil {
		t.Fatal(err)
	}
	return code
}

func keyedSale(t testing.TB) txn.Request {
	t.Helper()
	r := sale(t)
	r.Card.CVV, r.Card.CVVStatus = reader.CVV{}, reader.CVVNotAsked
	return r
}

// answerTo is a reply with all it can say.
func answerTo(t testing.TB, r txn.Request) txn.Reply {
	t.Helper()
	rep := approval(r)
	switch r.Op {
	case txn.OpBalance:
		left := money(t, "CNY", -1234567)
		rep.Balance = &left
	case txn.OpSale, txn.OpVoid, txn.OpRefund:
		rep.Notes = txn.Notes{Issuer: "01020000", Acquirer: "48212900"}
		rep.Notes.Organisation, rep.Notes.Text = "CUP", "中国工商银行\n请保管好您的卡"
	case txn.OpQR:
		rep.Wallet = reader.Alipay
	case txn.OpSignOn:
		rep.Batch = 8
		rep.Keys = []byte("0123456789abcdefghijklmnopqrstuvwxyz\x00\x01\x02\xff")
		rep.Want = txn.WantCAPK
	case txn.OpKeys:
		rep.Keys = []byte("0123456789abcdefghijklmnopqrstuvwxyz\x00\x01\x02\xff")
	case txn.OpSettle:
		rep.Domestic, rep.Foreign = txn.BatchUnequal, txn.BatchBalanced
		rep.Code = ""
	case txn.OpUploadEnd:
		rep.Domestic = txn.BatchBalanced
	case txn.OpCAPKQuery, txn.OpCAPKGet, txn.OpAIDQuery, txn.OpAIDGet, txn.OpParamQuery, txn.OpParamGet:
		rep.Data = []byte("1\x9f\x06\x05\xa0\x00\x00\x03\x33\x9f\x22\x01\x02\xdf\x05\x0420301231")
	default:
	}
	return rep
}

// session is what a host knows that has one terminal.
func session(s *keys.Session) func(string) *keys.Session {
	return func(string) *keys.Session { return s }
}
