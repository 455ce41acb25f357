package txn

// A basket is what a sale is made of, where the shop has a list of its goods: so many of
// each, at a price, and what they come to. It is arithmetic only; no entry of it is ever
// rounded, and a total that field 4 cannot hold is refused before it is one.

// Good is one thing the shop sells.
type Good struct {
	Code  string // one to thirteen digits: the shop's own number, or a barcode
	ZH    string // what it is called; one of the two may be empty
	EN    string
	Price int64 // minor units, for one
}

// Line is so many of one good.
type Line struct {
	Good     Good
	Quantity int64
}

// The bounds of a basket.
const (
	MaxLines    = 50
	MaxQuantity = 9999
)

// The codes of a basket.
const (
	BasketFull     Code = "basket.full"     // no room for another line
	BasketQuantity Code = "basket.quantity" // not 1 to MaxQuantity
	BasketTotal    Code = "basket.total"    // more than the terminal may charge
)

// Amount is what a line comes to, in minor units. Within the bounds it cannot overflow:
// [MaxMinor] times [MaxQuantity] is below 2^63.
func (l Line) Amount() int64 { return l.Good.Price * l.Quantity }

// Basket is the lines, in the order they were keyed. It is a value: adding to one leaves
// the old one as it was. Nil where it is empty.
type Basket struct{ Lines []Line }

// Total is what the lines come to, in minor units; zero for none.
func (b *Basket) Total() int64 {
	if b == nil {
		return 0
	}
	sum := int64(0)
	for _, l := range b.Lines {
		sum += l.Amount()
	}
	return sum
}

// With is the basket with so many of a good more. Those of a good that stands in the
// last line at the same price join it; most is what the total may come to in minor units,
// zero for what field 4 holds. A refusal is a code, and the basket as it was.
func (b *Basket) With(g Good, quantity, most int64) (*Basket, Code) {
	if most <= 0 || most > MaxMinor {
		most = MaxMinor
	}
	if quantity < 1 || quantity > MaxQuantity {
		return b, BasketQuantity
	}
	if g.Price < 0 || g.Price > most || g.Price*quantity > most-b.Total() {
		return b, BasketTotal
	}
	var lines []Line
	if b != nil {
		lines = append(lines, b.Lines...)
	}
	if n := len(lines); n > 0 && lines[n-1].Good == g {
		if lines[n-1].Quantity+quantity > MaxQuantity {
			return b, BasketQuantity
		}
		lines[n-1].Quantity += quantity
		return &Basket{lines}, NoProblem
	}
	if len(lines) == MaxLines {
		return b, BasketFull
	}
	return &Basket{append(lines, Line{g, quantity})}, NoProblem
}

// Less is the basket without its last line; nil where that was the only one.
func (b *Basket) Less() *Basket {
	if b == nil || len(b.Lines) <= 1 {
		return nil
	}
	return &Basket{append([]Line(nil), b.Lines[:len(b.Lines)-1]...)}
}
