package goods

import (
	"fmt"
	"strings"

	"vpos/reader"
	"vpos/txn"
)

// The codes of what can be wrong with a list. The arguments are those of [Problem].
const (
	TooLarge  txn.Code = "goods.too-large" // Want the most bytes
	TooMany   txn.Code = "goods.too-many"  // Want the most goods
	NotText   txn.Code = "goods.not-text"  // neither UTF-8 nor GB18030
	Head      txn.Code = "goods.head"      // the first line does not name the column; Got what it has
	Altered   txn.Code = "goods.altered"   // not as the terminal wrote it; Want its path
	Quotes    txn.Code = "goods.quotes"    // a quotation mark that does not close, or stands alone
	Fields    txn.Code = "goods.fields"    // Got fields, Want those of the first line
	BadCode   txn.Code = "goods.code"      // not one to thirteen digits
	Duplicate txn.Code = "goods.duplicate" // Want the line that has the code already
	NoName    txn.Code = "goods.no-name"   // neither language
	BadName   txn.Code = "goods.name"      // too long, or with what no slip can print
	BadPrice  txn.Code = "goods.price"     // Want an example
	Dear      txn.Code = "goods.dear"      // Want the most
)

// Codes lists them, for tables and tests.
func Codes() []txn.Code {
	return []txn.Code{TooLarge, TooMany, NotText, Head, Altered, Quotes, Fields, BadCode, Duplicate, NoName, BadName, BadPrice, Dear}
}

// Problem is one thing that is wrong with a list, and where.
type Problem struct {
	Code   txn.Code
	Line   int    // from one on; zero for the whole file
	Column Column // empty for the whole line
	Got    string // what stands there, without anything like a card number, cut
	Want   string
}

// Error is for the log; a person is told by the words of the code.
func (p Problem) Error() string {
	return fmt.Sprintf("line %d %s: %s: got %q, want %s", p.Line, p.Column, p.Code, p.Got, p.Want)
}

// Problems are all that is wrong, up to [MostFound], in the order of the lines.
type Problems []Problem

// Error joins them.
func (p Problems) Error() string {
	lines := make([]string, len(p))
	for i := range p {
		lines[i] = p[i].Error()
	}
	return strings.Join(lines, "; ")
}

// shown is what a problem may show of a field.
func shown(field string) string {
	const most = 24
	r := []rune(reader.MaskText(strings.ToValidUTF8(field, "�")))
	if len(r) > most {
		return string(r[:most-1]) + "…"
	}
	return string(r)
}
