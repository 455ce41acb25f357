package txn

import (
	"slices"
	"strconv"
	"strings"

	"vpos/reader"
)

// A sale put together from the shop's goods. The lines stand in the draft, and what they
// come to becomes its amount; from there on it is a sale like any. Esc goes back to the
// lines, and from the lines it has to be pressed twice.

// GoodsEntry is the state in which goods are keyed, and Stock the one in which the list of
// them is changed.
const (
	GoodsEntry Name = "goods"
	Stock      Name = "stock"
)

// Goods is what a shop sells, in the order of [CompareCodes], each code once. It is never
// changed in place: other states may share it.
type Goods []Good

// Stocked says what the shop sells from now on.
type Stocked struct{ Goods Goods }

// LineRemoved takes the last line out of the basket.
type LineRemoved struct{}

func (Stocked) event()     {}
func (LineRemoved) event() {}

// The codes of the state goods.
const (
	GoodsNone     Code = "goods.none"     // the shop has no list
	GoodsUnknown  Code = "goods.unknown"  // no good has this code
	GoodsFormat   Code = "goods.format"   // not a code, nor so many × a code
	BasketEmpty   Code = "basket.empty"   // there is no line to charge, or to take out
	BasketDiscard Code = "basket.discard" // Esc once more drops the lines
)

// CompareCodes orders codes as numbers, 2 before 10; of equal ones the shorter is first.
func CompareCodes(a, b string) int {
	x, y := strings.TrimLeft(a, "0"), strings.TrimLeft(b, "0")
	if len(x) != len(y) {
		return len(x) - len(y)
	}
	if c := strings.Compare(x, y); c != 0 {
		return c
	}
	return len(a) - len(b)
}

// place is where a code stands or would stand.
func (l Goods) place(code string) (int, bool) {
	return slices.BinarySearchFunc(l, code, func(g Good, code string) int { return CompareCodes(g.Code, code) })
}

// Find is the good with a code; false where there is none.
func (l Goods) Find(code string) (Good, bool) {
	i, ok := l.place(code)
	if !ok {
		return Good{}, false
	}
	return l[i], true
}

// With is the list with a good in the place of the one of its code, or as a new one.
func (l Goods) With(g Good) Goods {
	i, ok := l.place(g.Code)
	if !ok {
		return slices.Insert(slices.Clone(l), i, g)
	}
	l = slices.Clone(l)
	l[i] = g
	return l
}

// Without is the list without the good of a code.
func (l Goods) Without(code string) Goods {
	i, ok := l.place(code)
	if !ok {
		return l
	}
	return slices.Delete(slices.Clone(l), i, i+1)
}

// Search finds at most so many goods: those whose code begins with what was keyed, or
// whose name in either language holds it, in capitals or not. Nothing keyed finds all.
func (l Goods) Search(keyed string, most int) (found Goods) {
	if keyed == "" {
		return l[:min(most, len(l))]
	}
	keyed = strings.ToLower(keyed)
	for _, g := range l {
		if len(found) == most {
			break
		}
		if strings.HasPrefix(g.Code, keyed) || strings.Contains(strings.ToLower(g.EN), keyed) || strings.Contains(g.ZH, keyed) {
			found = append(found, g)
		}
	}
	return found
}

// SplitQuantity reads so many times something, 3*1001; nothing before it is one. The
// quantity is zero where it is none.
func SplitQuantity(keyed string) (quantity int64, what string) {
	times, what, found := strings.Cut(keyed, "*")
	if !found {
		return 1, keyed
	}
	n, err := strconv.ParseInt(times, 10, 64)
	if err != nil || n < 1 || n > MaxQuantity {
		return 0, what
	}
	return n, what
}

// stocked takes the list of goods.
func (m *machine) stocked(list Goods) {
	m.Setup.Goods = list
	if m.Problem == GoodsNone && len(list) > 0 {
		m.Problem = NoProblem
	}
}

// sellGoods begins a sale by its goods.
func (m *machine) sellGoods() {
	if len(m.Setup.Goods) == 0 {
		m.Problem = GoodsNone
	}
	m.Draft = Transaction{Kind: Sale, Amount: Money{Currency: m.Setup.Currency}}
	m.Name = GoodsEntry
}

// goodsEntered takes a code, so many × a code, or, empty, what the lines come to.
func (m *machine) goodsEntered(text reader.Secret) {
	if text.Empty() {
		m.totalTaken()
		return
	}
	quantity, code := SplitQuantity(foldAmount(string(text.Reveal())))
	good, known := m.Setup.Goods.Find(code)
	switch {
	case quantity == 0:
		m.Problem = BasketQuantity
	case code == "" || !isDigits(code):
		m.Problem = GoodsFormat
	case !known && len(m.Setup.Goods) == 0:
		m.Problem = GoodsNone
	case !known:
		m.Problem = GoodsUnknown
	default:
		m.Draft.Basket, m.Problem = m.Draft.Basket.With(good, quantity, m.Setup.MaxAmount)
	}
}

// totalTaken makes the amount of what the lines come to.
func (m *machine) totalTaken() {
	total := m.Draft.Basket.Total()
	switch {
	case m.Draft.Basket == nil:
		m.Problem = BasketEmpty
	case total == 0:
		m.Problem = AmountZero
	default:
		m.Draft.Amount.Minor = total
		m.next()
	}
}

// lineRemoved takes out the newest line.
func (m *machine) lineRemoved() {
	switch {
	case m.Name != GoodsEntry:
		m.Problem = NotHere
	case m.Draft.Basket == nil:
		m.Problem = BasketEmpty
	default:
		m.Draft.Basket, m.Problem = m.Draft.Basket.Less(), NoProblem
	}
}

// cancelGoods is Esc where a sale of goods is put together: back to its lines, and from
// there it is dropped, once the person has said so twice.
func (m *machine) cancelGoods(asked bool) {
	basket := m.Draft.Basket
	switch {
	case m.Name != GoodsEntry:
		m.Who = ""
		m.idle()
		m.Draft = Transaction{Kind: Sale, Amount: Money{Currency: m.Setup.Currency}, Basket: basket}
		m.Name = GoodsEntry
	case basket != nil && !asked:
		m.Problem = BasketDiscard
	default:
		m.idle()
	}
}

// Basketed reports whether Esc goes back to the lines of a basket.
func (s State) Basketed() bool {
	if s.Draft.Basket == nil || s.Draft.Status != Drafted {
		return false
	}
	switch s.Name {
	case SupervisorEntry, Passcode:
		return s.Supervised() && !s.signing.waits
	case TipEntry, Present, Choose, PANEntry, ExpiryEntry, CVVEntry, PINEntry, OTPEntry, ReasonEntry, WarningShown, Confirm:
		return true
	default:
		return false
	}
}
