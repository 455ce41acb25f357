package goods

import (
	"strings"
	"unicode"

	"vpos/txn"
)

// A good as one line, as it is keyed at the terminal: code, price, name. The dash of a
// keypad may stand for the space between code and price, and behind a code alone it takes
// the good out of the list.

// Line is a good as it would be keyed: 1001 4.50 Tea/茶.
func Line(g txn.Good, c txn.Currency) string {
	name := g.EN + g.ZH
	if g.EN != "" && g.ZH != "" {
		name = g.EN + "/" + g.ZH
	}
	return g.Code + " " + txn.Money{Minor: g.Price, Currency: c}.Decimal() + " " + name
}

// ParseLine reads one. Of a good that the list has already, a name may be left out. The
// error is [Problems]; with gone the good is to be taken out.
func ParseLine(text string, l txn.Goods, c txn.Currency) (g txn.Good, gone bool, err error) {
	text = strings.TrimSpace(text)
	end := len(text) - len(strings.TrimLeft(text, "0123456789"))
	code, rest := text[:end], strings.TrimSpace(text[end:])
	rest, dashed := strings.CutPrefix(rest, "-")
	rest = strings.TrimSpace(rest)
	old, known := l.Find(code)
	if dashed && rest == "" && known {
		return old, true, nil
	}
	price, name, _ := strings.Cut(rest, " ")
	p := parser{currency: c, lines: map[string]int{}}
	g = old
	if code == "" {
		p.fault(BadCode, CodeColumn, text, "69012345")
		return txn.Good{}, false, p.found
	}
	p.take(&g, CodeColumn, code)
	p.take(&g, PriceColumn, price)
	if name = strings.TrimSpace(name); name != "" {
		en, zh := names(name)
		p.take(&g, ENColumn, en)
		p.take(&g, ZHColumn, zh)
	}
	switch {
	case len(p.found) > 0:
	case g.EN == "" && g.ZH == "":
		p.fault(NoName, "", "", "")
	case !known && len(l) >= MaxGoods:
		p.fault(TooMany, "", "", "")
	}
	if len(p.found) > 0 {
		return txn.Good{}, false, p.found
	}
	return g, false, nil
}

// names tells the English name from the Chinese: one with a Chinese character is Chinese,
// and the only stroke may stand between two of different languages.
func names(name string) (en, zh string) {
	chinese := func(s string) bool {
		return strings.ContainsFunc(s, func(r rune) bool { return unicode.Is(unicode.Han, r) })
	}
	a, b, _ := strings.Cut(name, "/")
	two := strings.Count(name, "/") == 1
	a, b = strings.TrimSpace(a), strings.TrimSpace(b)
	switch {
	case two && a != "" && chinese(b) && !chinese(a):
		return a, b
	case two && b != "" && chinese(a) && !chinese(b):
		return b, a
	case chinese(name):
		return "", name
	}
	return name, ""
}
