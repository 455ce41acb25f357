package plain

import (
	"strconv"
	"strings"

	"vpos/reader"
	"vpos/tui/words"
	"vpos/txn"
	"vpos/txn/goods"
)

// Stock keeps the list of goods, see [vpos/tui.Stock].
type Stock interface {
	Load() (txn.Goods, error)
	Key(l words.Lang, line string) (done goods.Change, fault string)
}

// mostListed is how many goods a look-up prints.
const mostListed = 20

// openGoods goes to a state of the goods, with the list as it is now.
func (d *dialogue) openGoods(name txn.Name) {
	if d.Stock != nil {
		list, err := d.Stock.Load()
		if err != nil {
			d.say("✗ %s · %s", words.GoodsUnreadable.Headline.In(d.Lang), words.GoodsUnreadable.Next.In(d.Lang))
		} else {
			d.Terminal.Dispatch(txn.Stocked{Goods: list})
		}
	}
	d.Terminal.Dispatch(txn.Opened{Name: name})
}

// looked prints the goods whose name has what was typed; where it is only one, and so many
// of it are wanted or just it, that is taken. It reports whether a name was typed.
func (d *dialogue) looked(word string) bool {
	quantity, what := txn.SplitQuantity(word)
	if strings.Trim(what, "0123456789") == "" || strings.ContainsAny(what, "*.+") {
		return false
	}
	found := d.Terminal.State().Setup.Goods.Search(what, mostListed)
	if len(found) == 1 {
		d.enter(reader.NewSecret([]byte(strconv.FormatInt(quantity, 10) + "*" + found[0].Code)))
		return true
	}
	d.goods(found)
	code := txn.NoProblem
	if len(found) == 0 {
		code = txn.GoodsUnknown
	}
	d.Terminal.Dispatch(txn.Misread{Code: code})
	return true
}

// goods prints some, a line each.
func (d *dialogue) goods(list txn.Goods) {
	for _, g := range list {
		price := txn.Money{Minor: g.Price, Currency: d.Terminal.State().Setup.Currency}
		d.say("%s %s %s", g.Code, words.GoodName(g, d.Lang), price.Grouped())
	}
}

// basket is the lines of a sale of goods while they are keyed.
func (d *dialogue) basket(s txn.State) (parts []string) {
	if s.Name != txn.GoodsEntry || s.Draft.Basket == nil {
		return nil
	}
	money := func(minor int64) txn.Money { return txn.Money{Minor: minor, Currency: s.Setup.Currency} }
	for _, l := range s.Draft.Basket.Lines {
		parts = append(parts, strconv.FormatInt(l.Quantity, 10)+" × "+words.GoodName(l.Good, d.Lang)+" "+money(l.Amount()).Grouped())
	}
	return append(parts, words.NewTotal.In(d.Lang)+" "+money(s.Draft.Basket.Total()).String())
}

// keyGood takes a line at the list: a good to be kept, or part of a name to look for.
// Alone, Enter goes back.
func (d *dialogue) keyGood(line string) {
	switch {
	case line == "":
		d.Terminal.Dispatch(txn.Cancelled{})
	case d.Stock == nil:
		d.Terminal.Dispatch(txn.Misread{Code: txn.NotHere})
	case !strings.ContainsAny(line, " -"):
		d.goods(d.Terminal.State().Setup.Goods.Search(line, mostListed))
	default:
		d.changeGood(line)
	}
}

func (d *dialogue) changeGood(line string) {
	done, fault := d.Stock.Key(d.Lang, line)
	if fault != "" {
		d.say("✗ %s", fault)
		return
	}
	currency := d.Terminal.State().Setup.Currency
	d.Terminal.Dispatch(txn.Stocked{Goods: done.List})
	d.Terminal.Dispatch(done.Told(currency))
	name := words.GoodName(done.Good, d.Lang)
	if done.Gone {
		d.say("✓ %s", words.GoodGone.Fill(d.Lang, done.Good.Code, name))
		return
	}
	d.say("✓ %s", words.GoodStored.Fill(d.Lang, done.Good.Code, name, txn.Money{Minor: done.Good.Price, Currency: currency}))
}
