package host_test

import (
	"testing"
	"time"

	"vpos/reader"
	"vpos/txn"
	"vpos/txn/host"
)

// The identities and times every test uses. 31 December 23:30 in Shanghai is
// 15:30 in UTC.
const (
	terminalID = "00000001"
	merchantID = "123456789012345"
)

var (
	shanghai = time.FixedZone("UTC+8", 8*3600)
	evening  = time.Date(2026, 12, 31, 23, 30, 45, 0, shanghai)
)

func money(t testing.TB, code string, minor int64) txn.Money {
	t.Helper()
	c, ok := txn.CurrencyByCode(code)
	if !ok {
		t.Fatalf("currency %s", code)
	}
	return txn.Money{Minor: minor, Currency: c}
}

func codec(t testing.TB, change ...func(*host.Profile)) *host.Codec {
	t.Helper()
	p := host.ISO87()
	for _, f := range change {
		f(&p)
	}
	c, err := host.NewCodec(p)
	if err != nil {
		t.Fatal(err)
	}
	return c
}

func hexBitmap(p *host.Profile) { p.Bitmap = host.BitmapHex }

func keyedCard(t testing.TB) reader.Card {
	t.Helper()
	pan, err := reader.ParsePAN([]byte("4111111111111111"))
	if err != nil {
		t.Fatal(err)
	}
	cvv, err := reader.ParseCVV([]byte("123"), pan.Brand())
	if err != nil {
		t.Fatal(err)
	}
	return reader.Card{
		Entry: reader.Manual, PAN: pan, Expiry: reader.Expiry{Year: 2030, Month: 12},
		CVV: cvv, CVVStatus: reader.CVVEntered,
	}
}

func swipedCard(t testing.TB) reader.Card {
	t.Helper()
	track, err := reader.ParseTrack2([]byte("5413330089020011=30121011234567890"))
	if err != nil {
		t.Fatal(err)
	}
	card, err := reader.CardFromTracks(reader.Track{}, track)
	if err != nil {
		t.Fatal(err)
	}
	return card
}

func sale(t testing.TB) txn.Request {
	t.Helper()
	return txn.Request{
		Op: txn.OpSale, STAN: 1, Batch: 7, At: evening, Amount: money(t, "CNY", 1234),
		Card: keyedCard(t), Terminal: terminalID, Merchant: merchantID,
	}
}

func swipedSale(t testing.TB) txn.Request {
	t.Helper()
	r := sale(t)
	r.STAN, r.Card = 2, swipedCard(t)
	return r
}

// chipData is what a UnionPay test card might say: field 55 as a request and as a
// reversal carry it, in BER-TLV, and sequence number 1.
func chipData() *reader.ChipData {
	return &reader.ChipData{
		Sequence: 1,
		Field55: []byte("\x9f\x26\x08\x01\x23\x45\x67\x89\xab\xcd\xef\x9f\x27\x01\x80\x9f\x36\x02\x00\x1c" +
			"\x95\x05\x00\x00\x04\x80\x00\x9a\x03\x26\x12\x31\x9f\x37\x04\xde\xad\xbe\xef\x82\x02\x7c\x00"),
		Reversal55: []byte("\x95\x05\x00\x00\x04\x80\x00\x9f\x36\x02\x00\x1c\x9f\x10\x04\x07\x01\x01\x03"),
	}
}

// chipSale is a sale on a chip, with the track 2 equivalent of tag 57.
func chipSale(t testing.TB) txn.Request {
	t.Helper()
	r := swipedSale(t)
	r.STAN, r.Card.Entry, r.Card.Chip = 3, reader.Chip, chipData()
	return r
}

// chipReversal takes a chip's sale back that the card itself refused.
func chipReversal(t testing.TB) txn.Request {
	t.Helper()
	r := reversalOf(chipSale(t))
	r.Original.Reason = txn.ReasonCardRefused
	r.Card.Service = ""
	return r
}

func reversalOf(r txn.Request) txn.Request {
	original := &txn.Original{Op: r.Op, STAN: r.STAN, At: r.At, AuthCode: "004711", Reason: txn.ReasonNoReply}
	r.Op, r.Original = txn.OpReversal, original
	r.At = r.At.Add(time.Minute)
	r.Card.Track2, r.Card.CVV, r.Card.CVVStatus = reader.Track2{}, reader.CVV{}, reader.CVVNotAsked
	return r
}

func manage(op txn.Op) txn.Request {
	return txn.Request{Op: op, STAN: 123456, Batch: 7, At: evening, Terminal: terminalID, Merchant: merchantID}
}

func approval(r txn.Request) txn.Reply {
	rep := txn.Reply{
		Op: r.Op, STAN: r.STAN, Amount: r.Amount, Terminal: r.Terminal, Merchant: r.Merchant,
		Result: txn.Result{Code: "00", HostAt: r.At.Add(time.Second)},
	}
	if r.Op == txn.OpSale && r.Card.Chip != nil {
		rep.Field55 = []byte("\x91\x0a\x01\x02\x03\x04\x05\x06\x07\x0800\x72\x05\x9f\x18\x02\x00\x01")
	}
	if r.Op.Financial() {
		rep.RRN, rep.AuthCode = "636523000001", "004711"
	}
	return rep
}

// exchanges is one request of each kind, by the name of its golden file.
func exchanges(t testing.TB) map[string]txn.Request {
	t.Helper()
	repeat := reversalOf(sale(t))
	repeat.Repeat = true
	yen := sale(t)
	yen.Amount = money(t, "JPY", 1234)
	dinar := sale(t)
	dinar.Amount = money(t, "KWD", 1234567)
	return map[string]txn.Request{
		"sale-keyed": sale(t), "sale-swiped": swipedSale(t), "sale-yen": yen, "sale-dinar": dinar,
		"sale-chip": chipSale(t), "reversal-chip": chipReversal(t),
		"reversal": reversalOf(sale(t)), "reversal-repeat": repeat,
		"sign-on": manage(txn.OpSignOn), "sign-off": manage(txn.OpSignOff), "echo": manage(txn.OpEcho),
	}
}
