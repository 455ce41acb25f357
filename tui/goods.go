package tui

import (
	"strconv"
	"strings"
	"unicode"

	tea "charm.land/bubbletea/v2"

	"vpos/reader"
	"vpos/tui/screen"
	"vpos/tui/words"
	"vpos/txn"
	"vpos/txn/goods"
)

// Stock keeps the list of what the shop sells.
type Stock interface {
	// Load reads the list, which is empty where there is none.
	Load() (txn.Goods, error)
	// Key takes a good keyed as a line, and returns once the list is on the disk. A fault is
	// what is wrong, in words; nothing was changed then.
	Key(l words.Lang, line string) (done goods.Change, fault string)
}

// shelfView is the goods on screen, of the sale and of the list alike.
type shelfView struct {
	screen.Shelf
	line string // to be stored; empty for nothing
}

// unmarked is where no good is marked.
const unmarked = -1

// goodsRead brings the list of goods, goodKeyed what became of a line.
type (
	goodsRead struct {
		list txn.Goods
		err  error
	}
	goodKeyed struct {
		done  goods.Change
		fault string
	}
)

// shown is what the picture shows of the goods. A name being typed marks the first that
// has it; digits may yet become another code and mark nothing.
func (m *Model) shown() screen.Shelf {
	s := m.shelf.Shelf
	if m.state.Name != txn.GoodsEntry && m.state.Name != txn.Stock {
		return s // and no copy is made of what is typed elsewhere
	}
	keyed := m.keyed()
	switch {
	case keyed == "" && m.state.Name == txn.Stock:
		s.At = max(0, s.At)
	case keyed == "" && s.At == unmarked:
		return s // the basket has the room
	}
	s.Found = m.state.Setup.Goods.Search(keyed, goods.MaxGoods)
	if strings.ContainsFunc(keyed, unicode.IsLetter) {
		s.At = max(0, s.At)
	}
	return s
}

// keyed is the code or the name that the field looks for.
func (m *Model) keyed() string {
	if m.state.Name == txn.Stock {
		what, _, _ := strings.Cut(m.field.Line(), " ")
		return what
	}
	_, what := txn.SplitQuantity(m.field.Line())
	return what
}

// picked is the good that Enter takes instead of what is typed.
func (m *Model) picked() (txn.Good, bool) {
	s := m.shown()
	if s.At < 0 || s.At >= len(s.Found) {
		return txn.Good{}, false
	}
	return s.Found[s.At], true
}

// markGood moves the mark: from none to the first.
func (m *Model) markGood(step int) {
	at := m.shown().At
	m.shelf.At = 0
	m.shelf.At = max(0, min(at+step, len(m.shown().Found)-1))
	m.muted = true
}

// takeMarked puts the good that is marked into the basket, as many as were keyed, and
// reports whether there was one.
func (m *Model) takeMarked() bool {
	g, ok := m.picked()
	if !ok {
		return false
	}
	quantity, _ := txn.SplitQuantity(m.field.Line())
	text := reader.NewSecret([]byte(strconv.FormatInt(quantity, 10) + "*" + g.Code))
	m.dispatch(txn.Entered{Text: text})
	text.Wipe()
	m.field.Settle(m.state)
	m.shelf.At = unmarked
	return true
}

// keyGood takes the line that was keyed, or brings the marked good into the line.
func (m *Model) keyGood() {
	if m.options.Stock == nil || m.shelf.Saving {
		return
	}
	m.shelf.Fault, m.shelf.Stored = "", false
	line := m.field.Line()
	if g, ok := m.picked(); ok && line == m.keyed() {
		m.field.Wipe()
		m.field.Put(goods.Line(g, m.state.Setup.Currency))
		m.shelf.At = unmarked
		return
	}
	m.shelf.line = line
}

// storeGood has a line stored, one at a time.
func (m *Model) storeGood() tea.Cmd {
	if m.shelf.line == "" || m.shelf.Saving {
		return nil
	}
	m.shelf.Saving = true
	stock, lang, line := m.options.Stock, m.lang, m.shelf.line
	return func() tea.Msg {
		done, fault := stock.Key(lang, line)
		return goodKeyed{done, fault}
	}
}

// goodKeyed takes what became of a line. One that is refused stays to be mended.
func (m *Model) goodKeyed(msg goodKeyed) {
	m.shelf.Saving, m.shelf.line, m.shelf.Fault, m.shelf.Stored = false, "", msg.fault, msg.fault == ""
	if msg.fault != "" {
		return
	}
	m.field.Wipe()
	m.shelf.Good, m.shelf.Gone, m.shelf.At = msg.done.Good, msg.done.Gone, unmarked
	m.dispatch(txn.Stocked{Goods: msg.done.List})
	m.dispatch(msg.done.Told(m.state.Setup.Currency))
}

// readGoods reads the list anew: it may have been imported since.
func (m *Model) readGoods() tea.Cmd {
	if m.options.Stock == nil {
		return nil
	}
	stock := m.options.Stock
	return func() tea.Msg {
		list, err := stock.Load()
		return goodsRead{list, err}
	}
}

func (m *Model) goodsRead(msg goodsRead) {
	if msg.err != nil {
		m.shelf.Fault = words.GoodsUnreadable.Headline.In(m.lang)
		return
	}
	m.dispatch(txn.Stocked{Goods: msg.list})
}
