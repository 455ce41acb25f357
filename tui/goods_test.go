package tui

import (
	"testing"
	"time"

	tea "charm.land/bubbletea/v2"

	"vpos/tui/words"
	"vpos/txn"
	"vpos/txn/goods"
)

// grocer keeps the goods of a shop in memory, unless it is told to fail.
type grocer struct {
	list txn.Goods
	fail error
}

func newGrocer() *grocer {
	return &grocer{list: txn.Goods{
		{Code: "1", EN: "Tea", ZH: "茶", Price: 450},
		{Code: "2", ZH: "现磨美式咖啡（大杯，热，少糖，加一份浓缩）", Price: 2200},
		{Code: "12", EN: "A name so long that no line of a narrow sc", Price: 100_000_000},
		{Code: "6901234567892", EN: "Still water 500 ml", ZH: "矿泉水", Price: 200},
	}}
}

func (g *grocer) Load() (txn.Goods, error) { return g.list, g.fail }

func (g *grocer) Key(l words.Lang, line string) (goods.Change, string) {
	if g.fail != nil {
		return goods.Change{}, words.GoodsUnwritable.Headline.In(l)
	}
	cny, _ := txn.CurrencyByCode("CNY")
	good, gone, err := goods.ParseLine(line, g.list, cny)
	if err != nil {
		return goods.Change{}, words.GoodsProblem(l, 0, "", goods.BadPrice, line, "12.50")
	}
	if g.list = g.list.With(good); gone {
		g.list = g.list.Without(good.Code)
	}
	return goods.Change{Good: good, Gone: gone, List: g.list}, ""
}

var (
	down = tea.KeyPressMsg{Code: tea.KeyDown}
	up   = tea.KeyPressMsg{Code: tea.KeyUp}
)

var goodsScenes = []scene{
	{"goods", txn.GoodsEntry, func(b *bench) { b.keys("u") }},
	{"goods-none", txn.GoodsEntry, func(b *bench) { b.shop.list = nil; b.keys("u") }},
	{"goods-lines", txn.GoodsEntry, func(b *bench) { b.keys("u3*1\n2*12\n2\n6901234567892\n4*69") }},
	{"goods-many", txn.GoodsEntry, func(b *bench) {
		b.keys("u")
		for range 8 {
			b.keys("1\n2\n6901234567892\n")
		}
	}},
	{"goods-marked", txn.GoodsEntry, func(b *bench) { b.keys("u2*1\n"); b.press(down, down) }},
	{"goods-named", txn.GoodsEntry, func(b *bench) { b.keys("u3*wat") }},
	{"goods-chinese", txn.GoodsEntry, func(b *bench) { b.keys("u咖啡") }},
	{"goods-unknown", txn.GoodsEntry, func(b *bench) { b.keys("u1\n3*999\n") }},
	{"goods-total", txn.GoodsEntry, func(b *bench) { b.keys("u9999*12\n") }},
	{"goods-discard", txn.GoodsEntry, func(b *bench) { b.keys("u1\n\x1b") }},
	{"goods-astray", txn.GoodsEntry, func(b *bench) { b.keys("u" + visa) }},
	{"goods-present", txn.Present, func(b *bench) { b.keys("u3*1\n\n") }},
	{"goods-confirm", txn.Confirm, func(b *bench) { b.keys("u3*1\n\n" + visa + "\n1230\n123\n") }},
	{"goods-approved", txn.ApprovedShown, func(b *bench) { b.keys("u3*1\n\n" + visa + "\n1230\n123\n\n") }},
	{"help-goods", txn.GoodsEntry, func(b *bench) { b.keys("u?") }},
	{"stock", txn.Stock, func(b *bench) { b.keys("m97") }},
	{"stock-none", txn.Stock, func(b *bench) { b.shop.list = nil; b.keys("m97") }},
	{"stock-line", txn.Stock, func(b *bench) { b.keys("m97"); b.press(down); b.keys("\n") }},
	{"stock-stored", txn.Stock, func(b *bench) { b.keys("m973 12.50 Green tea/绿茶\n") }},
	{"stock-gone", txn.Stock, func(b *bench) { b.keys("m971-\n") }},
	{"stock-refused", txn.Stock, func(b *bench) { b.keys("m973 12.505 Green tea\n") }},
	{"stock-failed", txn.Stock, func(b *bench) { b.keys("m97"); b.shop.fail = errDisk; b.keys("3 12.50 Green tea\n") }},
	{"stock-supervisor", txn.SupervisorEntry, staffed(signedIn + "m97")},
	{"help-stock", txn.Stock, func(b *bench) { b.keys("m97?") }},
}

var errDisk = errFull{}

type errFull struct{}

func (errFull) Error() string { return "the disk is full" }

// sells checks what the sale under way comes to.
func (b *bench) sells(what string, minor int64, quantities ...int64) {
	b.Helper()
	basket := b.m.state.Draft.Basket
	if basket.Total() != minor || basket != nil && len(basket.Lines) != len(quantities) {
		b.Errorf("%s: %+v comes to %d, want %d in %d lines", what, basket, basket.Total(), minor, len(quantities))
		return
	}
	for i, n := range quantities {
		if basket.Lines[i].Quantity != n {
			b.Errorf("%s: line %d has %d, want %d", what, i, basket.Lines[i].Quantity, n)
		}
	}
}

// Goods are keyed by code, by part of a name or with the arrows; Backspace on an empty
// field takes the last line out, and Esc drops the lines only when pressed twice.
func TestGoodsByKeys(t *testing.T) {
	b := newBench(t, words.EN, "mono")
	b.keys("m66")
	b.at(txn.GoodsEntry)
	b.keys("\n")
	b.sells("nothing", 0)
	b.keys("3*1\n")
	b.sells("a code", 1350, 3)
	b.keys("2*WAT\n")
	b.sells("a name", 1750, 3, 2)
	b.keys("咖啡\n")
	b.sells("a Chinese name", 3950, 3, 2, 1)
	b.press(down, down, up)
	b.keys("\n")
	b.sells("the first by the arrows", 4400, 3, 2, 1, 1)
	b.keys("12")
	b.press(tea.KeyPressMsg{Code: tea.KeyBackspace})
	b.sells("a digit erased", 4400, 3, 2, 1, 1)
	b.press(tea.KeyPressMsg{Code: tea.KeyBackspace}, tea.KeyPressMsg{Code: tea.KeyBackspace})
	b.sells("a line taken out", 3950, 3, 2, 1)
	b.press(down)
	b.keys("\x1b\x1b")
	b.at(txn.GoodsEntry)
	b.sells("Esc from the list, and once more", 3950, 3, 2, 1)
	b.keys("\n")
	b.at(txn.Present)
	b.keys("\x1b")
	b.at(txn.GoodsEntry)
	b.sells("back from the card", 3950, 3, 2, 1)
	b.keys("\x1b\x1b")
	b.at(txn.Idle)
	b.sells("Esc twice", 0)
}

// A scanner types the barcode, and a swipe takes the total.
func TestGoodsByDevices(t *testing.T) {
	b := newBench(t, words.ZH, "mono")
	b.keys("u")
	b.wait(time.Second)
	for range 2 {
		b.burst("6901234567892\r", 0)
		b.wait(time.Second)
	}
	b.sells("scanned twice", 400, 2)
	b.burst(stripe, 0)
	b.wait(time.Second)
	b.at(txn.Confirm)
	if amount := b.m.state.Draft.Amount.Minor; amount != 400 {
		t.Errorf("the swipe charges %d", amount)
	}
}

// The list is changed a line at a time; what is refused stays to be mended, and what is
// kept is sold at once.
func TestStockByKeys(t *testing.T) {
	b := newBench(t, words.EN, "mono")
	b.keys("m97")
	b.at(txn.Stock)
	b.keys("3 5.x Milk\n")
	if b.m.shelf.Fault == "" || b.m.field.Line() != "3 5.x Milk" || len(b.shop.list) != 4 {
		t.Errorf("a bad price: %q, %q, %v", b.m.shelf.Fault, b.m.field.Line(), b.shop.list)
	}
	b.press(tea.KeyPressMsg{Code: tea.KeyDelete})
	b.keys("3 5.50 Milk/牛奶\n")
	if got, _ := b.shop.list.Find("3"); got != (txn.Good{Code: "3", EN: "Milk", ZH: "牛奶", Price: 550}) || !b.m.shelf.Stored {
		t.Errorf("kept %+v", got)
	}
	b.keys("mil\n")
	if got := b.m.field.Line(); got != "3 5.50 Milk/牛奶" {
		t.Errorf("the marked one is %q", got)
	}
	b.press(tea.KeyPressMsg{Code: tea.KeyDelete})
	b.keys("1-\n")
	if _, found := b.shop.list.Find("1"); found || !b.m.shelf.Gone {
		t.Error("1 is still there")
	}
	var told []txn.Configured
	for _, e := range b.till.events {
		if c, ok := e.(txn.Configured); ok {
			told = append(told, c)
		}
	}
	if len(told) != 2 || told[0] != (txn.Configured{Key: "goods.3", Value: "5.50"}) || told[1] != (txn.Configured{Key: "goods.1"}) {
		t.Errorf("the audit hears %v", told)
	}
	b.keys("\x1bu2*3\n")
	b.sells("the new good", 1100, 2)
}

// A card's number that goes astray among the goods is not shown, and does not stay.
func TestGoodsHideNumbers(t *testing.T) {
	b := newBench(t, words.EN, "mono")
	b.keys("u" + visa)
	b.hides(visa[6:])
	b.keys("\n")
	if b.m.field.Len() != 0 {
		t.Error("the number stays in the field")
	}
	b.keys("\x1bm97" + visa)
	b.hides(visa[6:])
}
