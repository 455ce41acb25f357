package goods

import (
	"bytes"
	"encoding/csv"
	"errors"
	"io"
	"slices"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/encoding/simplifiedchinese"

	"vpos/reader"
	"vpos/txn"
)

// mark is the byte order mark in UTF-8.
const mark = "\ufeff"

// Parse reads a list in UTF-8 or, as spreadsheets save it in China, GB18030. The error is
// [Problems]; there is no list then.
func Parse(data []byte, c txn.Currency) (txn.Goods, error) {
	if len(data) > MaxBytes {
		return nil, Problems{{Code: TooLarge, Want: strconv.Itoa(MaxBytes)}}
	}
	text, ok := decode(data)
	if !ok {
		return nil, Problems{{Code: NotText}}
	}
	p := parser{r: csv.NewReader(strings.NewReader(text)), currency: c, lines: map[string]int{}}
	p.r.FieldsPerRecord = -1 // told apart below, with the line
	p.r.ReuseRecord = true
	if p.head() {
		for len(p.found) < MostFound && p.next() {
		}
	}
	if len(p.found) > 0 {
		return nil, p.found
	}
	slices.SortFunc(p.list, func(a, b txn.Good) int { return txn.CompareCodes(a.Code, b.Code) })
	return p.list, nil
}

// decode is the text of a file, without the mark; false where it is neither encoding.
func decode(data []byte) (string, bool) {
	if !utf8.Valid(data) {
		out, err := simplifiedchinese.GB18030.NewDecoder().Bytes(data)
		if err != nil || bytes.ContainsRune(out, utf8.RuneError) {
			return "", false
		}
		data = out
	}
	text := strings.TrimPrefix(string(data), mark)
	return text, !strings.ContainsRune(text, 0)
}

type parser struct {
	r        *csv.Reader
	currency txn.Currency
	order    []Column       // of the file; empty for a column nobody knows
	lines    map[string]int // where a code stands
	list     txn.Goods
	found    Problems
	line     int
}

func (p *parser) fault(code txn.Code, column Column, got, want string) {
	p.found = append(p.found, Problem{code, p.line, column, shown(got), want})
}

// read is the next record; false at the end, or where no other can be found.
func (p *parser) read() ([]string, bool) {
	record, err := p.r.Read()
	var at *csv.ParseError
	switch {
	case errors.Is(err, io.EOF):
		return nil, false
	case errors.As(err, &at):
		p.line = at.StartLine
		p.fault(Quotes, "", "", "")
		return nil, false
	case err != nil:
		p.fault(NotText, "", "", "")
		return nil, false
	}
	p.line, _ = p.r.FieldPos(0)
	return record, true
}

// head reads the names of the columns, in any order. Those nobody knows are passed over.
func (p *parser) head() bool {
	p.line = 1
	record, ok := p.read()
	if !ok && len(p.found) > 0 {
		return false
	}
	for _, field := range record {
		name := Column(strings.ToLower(strings.TrimSpace(field)))
		if !slices.Contains(columns, name) || slices.Contains(p.order, name) {
			name = ""
		}
		p.order = append(p.order, name)
	}
	named := slices.Contains(p.order, ZHColumn) || slices.Contains(p.order, ENColumn)
	for _, need := range columns {
		if !slices.Contains(p.order, need) && (need == CodeColumn || need == PriceColumn || !named) {
			p.fault(Head, need, strings.Join(record, ","), "code,zh,en,price")
		}
	}
	return len(p.found) == 0
}

// next reads one good; false at the end.
func (p *parser) next() bool {
	record, ok := p.read()
	switch {
	case !ok:
		return false
	case strings.TrimSpace(strings.Join(record, "")) == "":
		return true // the empty rows at the end of a sheet
	case len(record) != len(p.order):
		p.fault(Fields, "", strconv.Itoa(len(record)), strconv.Itoa(len(p.order)))
		return true
	case len(p.list) == MaxGoods:
		p.fault(TooMany, "", "", strconv.Itoa(MaxGoods))
		return false
	}
	var g txn.Good
	before := len(p.found)
	for i, column := range p.order {
		p.take(&g, column, strings.Clone(strings.TrimSpace(record[i])))
	}
	if g.ZH == "" && g.EN == "" && len(p.found) == before {
		p.fault(NoName, "", "", "")
	}
	if len(p.found) == before {
		p.list = append(p.list, g)
	}
	return true
}

func (p *parser) take(g *txn.Good, column Column, field string) {
	switch column {
	case CodeColumn:
		first, taken := p.lines[field]
		switch {
		case !digits(field) || len(field) > MaxCode:
			p.fault(BadCode, column, field, "69012345")
		case taken:
			p.fault(Duplicate, column, field, strconv.Itoa(first))
		default:
			p.lines[field], g.Code = p.line, field
		}
	case ZHColumn, ENColumn:
		if !nameable(field) {
			p.fault(BadName, column, field, strconv.Itoa(MaxName))
		} else if column == ZHColumn {
			g.ZH = field
		} else {
			g.EN = field
		}
	case PriceColumn:
		g.Price = p.price(field)
	}
}

// price reads 12.50: digits, and no more decimals than the currency has.
func (p *parser) price(field string) int64 {
	places := p.currency.Exponent()
	whole, frac, point := strings.Cut(field, ".")
	if !digits(whole) || point && !digits(frac) || len(frac) > places {
		p.fault(BadPrice, PriceColumn, field, txn.Money{Minor: 1250, Currency: p.currency}.Decimal())
		return 0
	}
	minor, err := strconv.ParseInt(whole+frac+strings.Repeat("0", places-len(frac)), 10, 64)
	if err != nil || minor > txn.MaxMinor {
		p.fault(Dear, PriceColumn, field, txn.Money{Minor: txn.MaxMinor, Currency: p.currency}.Decimal())
		return 0
	}
	return minor
}

func digits(s string) bool {
	return s != "" && strings.Trim(s, "0123456789") == ""
}

// nameable reports whether a name can stand on a slip: short, printable, no card number,
// and nothing a spreadsheet would take for a formula.
func nameable(name string) bool {
	if utf8.RuneCountInString(name) > MaxName || reader.MaskText(name) != name || name != "" && strings.ContainsRune("=+-@", rune(name[0])) {
		return false
	}
	return !strings.ContainsFunc(name, func(r rune) bool { return !unicode.IsPrint(r) || r == utf8.RuneError })
}
