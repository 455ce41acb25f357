package receipts

import (
	"strings"
	"testing"

	"vpos/txn"
)

// basketSample is the sample with what it was made of: 1,234.50 in three lines, and names
// that wrap and look like numbers.
func basketSample(tb testing.TB) txn.Slip {
	tb.Helper()
	slip := sample(tb)
	slip.Txn.Basket = &txn.Basket{Lines: []txn.Line{
		{Good: txn.Good{Code: "1", ZH: "西湖龙井明前特级绿茶礼盒装二百五十克", EN: "Longjing green tea, first picking, gift box of 250 g", Price: 40000}, Quantity: 3},
		{Good: txn.Good{Code: "2", EN: "4111111"}, Quantity: 1},
		{Good: txn.Good{Code: "3", ZH: "111111111", Price: 345}, Quantity: 10},
	}}
	return slip
}

// Every line stands on both copies, on every paper and in every language.
func TestGoodsOnSlips(t *testing.T) {
	for _, columns := range []int{32, 42, 48} {
		for _, lang := range []Lang{Both, Chinese, English} {
			for _, c := range []txn.Copy{txn.MerchantCopy, txn.CardholderCopy} {
				slip, o := basketSample(t), sampleOptions()
				slip.Copy, o.Columns, o.Lang = c, columns, lang
				p, f := build(t, slip, o, nil)
				wantCheck(t, Check(p, f), FieldGoods, "")
				name := "西湖龙井明前特级绿茶礼盒装二百五十克"
				switch lang {
				case Both:
					name += " Longjing green tea, first picking, gift box of 250 g"
				case English:
					name = "Longjing green tea, first picking, gift box of 250 g"
				}
				want := squeeze("· ", name, "3 × 400.00", "1,200.00", "· 4111111", "1 × 0.00", "0.00", "· 111111111", "10 × 3.45", "34.50")
				if got := squeeze(p.show(FieldGoods)...); got != want {
					t.Errorf("%d columns: %s, want %s", columns, got, want)
				}
				if !strings.Contains(strings.Join(p.show(FieldGoods), "|"), "3 × 400.00|1,200.00") {
					t.Errorf("%d columns: %q", columns, p.show(FieldGoods))
				}
			}
		}
	}
}

// A slip whose lines are not all there, or do not come to the amount, is not printed; a
// tip and what the host left out are no part of them.
func TestCheckGoods(t *testing.T) {
	slip := basketSample(t)
	p, f := build(t, slip, sampleOptions(), without(FieldGoods))
	wantCheck(t, Check(p, f), FieldGoods, Missing)

	slip.Txn.Basket.Lines[2].Quantity = 9
	p, f = build(t, slip, sampleOptions(), nil)
	wantCheck(t, Check(p, f), FieldGoods, WrongSum)

	cny := slip.Txn.Amount.Currency
	slip = basketSample(t)
	slip.Txn.Tip = txn.Money{Minor: 1000, Currency: cny}
	slip.Txn.Amount.Minor += 1000
	p, f = build(t, slip, sampleOptions(), nil)
	wantCheck(t, Check(p, f), FieldGoods, "")

	slip = basketSample(t)
	slip.Txn.Asked, slip.Txn.Amount.Minor = slip.Txn.Amount, 100
	p, f = build(t, slip, sampleOptions(), nil)
	wantCheck(t, Check(p, f), FieldGoods, "")
}
