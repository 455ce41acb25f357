package screen

import (
	"strconv"

	"vpos/tui/theme"
	"vpos/tui/words"
	"vpos/txn"
)

// Shelf is what the screens of the goods show beside the basket and the field.
type Shelf struct {
	Found  txn.Goods // what the field looks for
	At     int       // the marked one; below zero for none
	Fault  string    // why a line was refused, in words
	Saving bool
	Stored bool // the last line is on the disk
	Good   txn.Good
	Gone   bool // which was taken out
}

// goods is the basket being filled: its newest lines, or what the field looks for, then
// what it comes to and what is being typed.
func goods(p *page, h int) {
	const below = 6 // the rule, the total, the entry and the prompt
	end := h - below
	if room := max(1, end-len(p.lines)); len(p.Shelf.Found) > 0 {
		p.goodsRows(room)
	} else {
		p.basket(room)
	}
	p.down(end)
	p.rule()
	total := txn.Money{Minor: p.State.Draft.Basket.Total(), Currency: p.State.Setup.Currency}
	p.add(spread(p.ink(theme.Dim, p.say(words.NewTotal)+" "+total.Currency.Code()), p.ink(theme.Strong, total.Grouped()), p.w))
	p.gap()
	p.entry(p.Field.Text())
	p.para(theme.Dim, p.text(words.Of(p.State).Prompt))
}

// down leaves the lines free up to one, so that what is typed stays in its place. Where
// there is little room the keypad has it.
func (p *page) down(line int) {
	for p.w > MinWidth && len(p.lines) < line {
		p.gap()
	}
}

// basket is the newest lines, as many as there is room for.
func (p *page) basket(room int) {
	if p.State.Draft.Basket == nil {
		return
	}
	var rows [][]string
	for _, l := range p.State.Draft.Basket.Lines {
		amount := txn.Money{Minor: l.Amount(), Currency: p.State.Setup.Currency}.Grouped()
		rows = append(rows, p.good(strconv.FormatInt(l.Quantity, 10)+" × ", l.Good, amount, false))
	}
	p.window(rows, len(rows)-1, room)
}

// goodsRows is the goods that the field looks for, around the marked one.
func (p *page) goodsRows(room int) {
	list, at := p.Shelf.Found, max(0, p.Shelf.At)
	from := max(0, at-room)
	var rows [][]string
	for i := from; i < min(at+room+1, len(list)); i++ {
		price := txn.Money{Minor: list[i].Price, Currency: p.State.Setup.Currency}.Grouped()
		rows = append(rows, p.good(list[i].Code+"  ", list[i], price, i == p.Shelf.At))
	}
	p.window(rows, at-from, room)
}

// window adds as many rows around one as there are lines for, those above it first up to
// the half.
func (p *page) window(rows [][]string, at, room int) {
	if len(rows) == 0 {
		return
	}
	first, last, used := at, at, len(rows[at])
	for grew := true; grew; {
		grew = false
		if first > 0 && used+len(rows[first-1]) <= room {
			first, used, grew = first-1, used+len(rows[first-1]), true
		}
		if last+1 < len(rows) && used+len(rows[last+1]) <= room {
			last, used, grew = last+1, used+len(rows[last+1]), true
		}
	}
	for _, row := range rows[first : last+1] {
		p.add(row...)
	}
}

// good is one row: its head, its name over as many lines as that takes, and a sum on the
// right of the last.
func (p *page) good(head string, g txn.Good, sum string, marked bool) []string {
	sign, indent := "  ", spaces(width(head)+2)
	if marked {
		sign = "▸ "
	}
	lines := words.Wrap(words.Outside(words.GoodName(g, p.Lang)), max(8, p.w-width(indent)-width(sum)-2))
	for i, name := range lines {
		front, tail := indent, ""
		if i == 0 {
			front = sign + head
		}
		if i == len(lines)-1 {
			tail = sum + " "
		}
		if marked {
			lines[i] = p.ink(theme.Selected, spread(front+name, tail, p.w))
			continue
		}
		lines[i] = spread(p.ink(theme.Accent, front)+p.ink(theme.Strong, name), p.ink(theme.Ink, tail), p.w)
	}
	return lines
}

// stock is the list of goods, and the line that changes it.
func stock(p *page, h int) {
	entry := p.typed(p.Field.Text())
	below := 5 + len(entry)
	p.goodsRows(max(1, h-below-len(p.lines)))
	p.down(h - below)
	p.rule()
	p.add(entry...)
	p.para(theme.Dim, p.text(words.Of(p.State).Prompt))
	switch s := &p.Shelf; {
	case s.Saving:
		p.para(theme.Dim, p.text(words.SettingSaving))
	case s.Fault != "":
		p.para(theme.Warn, "✗ "+words.Outside(s.Fault))
	case s.Stored:
		p.para(theme.Good, "✓ "+p.stored())
	}
}

// stored says what became of the last line.
func (p *page) stored() string {
	name := words.Outside(words.GoodName(p.Shelf.Good, p.Lang))
	if p.Shelf.Gone {
		return words.GoodGone.Fill(p.Lang, p.Shelf.Good.Code, name)
	}
	price := txn.Money{Minor: p.Shelf.Good.Price, Currency: p.State.Setup.Currency}
	return words.GoodStored.Fill(p.Lang, p.Shelf.Good.Code, name, price)
}
