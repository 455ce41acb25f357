package receipts

import (
	"cmp"
	"strconv"

	"vpos/txn"
)

// GoodFact is a line of what a sale was made of, as it is printed.
type GoodFact struct {
	Name   string
	Times  string // 3 × 4.00
	Amount string // 12.00

	minor int64
}

// WrongSum is the problem of lines that do not come to the amount.
const WrongSum Problem = "does not come to the amount"

// goodFacts are those lines. A good without a name in the slip's language has the other.
func goodFacts(t txn.Transaction, lang Lang) []GoodFact {
	if t.Basket == nil {
		return nil
	}
	list := make([]GoodFact, len(t.Basket.Lines))
	for i, l := range t.Basket.Lines {
		money := func(minor int64) string { return txn.Money{Minor: minor, Currency: t.Amount.Currency}.Grouped() }
		name := cmp.Or(l.Good.ZH, l.Good.EN)
		switch {
		case lang == English:
			name = cmp.Or(l.Good.EN, l.Good.ZH)
		case lang == Both && l.Good.ZH != "" && l.Good.EN != "":
			name = l.Good.ZH + " " + l.Good.EN
		}
		list[i] = GoodFact{
			Name: tidy(name), Times: strconv.FormatInt(l.Quantity, 10) + " × " + money(l.Good.Price),
			Amount: money(l.Amount()), minor: l.Amount(),
		}
	}
	return list
}

// dueOf is what the lines must come to: what was asked for, without the tip.
func dueOf(t txn.Transaction) int64 {
	return cmp.Or(t.Asked.Minor, t.Amount.Minor) - t.Tip.Minor
}

// bullet begins a line, and keeps the digits of one from running into the next.
const bullet = "· "

// goods writes them: the name, which wraps, and under it how many at what price.
func (w *writer) goods(list []GoodFact) {
	for _, g := range list {
		w.line(Cell{Text: bullet + g.Name, Field: FieldGoods})
		w.line(Cell{Text: "  " + g.Times, Field: FieldGoods, NoBreak: true}, Cell{Text: g.Amount, Field: FieldGoods, Align: Right, NoBreak: true})
	}
	if len(list) > 0 {
		w.rule(Thin)
	}
}

// checkGoods wants every line, in order and nothing else, and that they come to the
// amount.
func checkGoods(p Page, f Facts) error {
	var want []string
	sum := int64(0)
	for _, g := range f.Goods {
		want = append(want, bullet, g.Name, g.Times, g.Amount)
		sum += g.minor
	}
	switch shown := squeeze(p.show(FieldGoods)...); {
	case shown != squeeze(want...):
		return &CheckError{FieldGoods, Missing}
	case f.Goods != nil && sum != f.due:
		return &CheckError{FieldGoods, WrongSum}
	}
	return nil
}
