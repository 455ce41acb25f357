// Package goods reads and writes the list of what a shop sells: a CSV file with the
// columns code, zh, en and price, as a spreadsheet saves it.
//
// A code is one to thirteen digits: the shop's own number or a barcode (EAN-8, UPC-A,
// EAN-13). Longer ones are refused, so that no card number gets into the list. A price is
// in whole units of the terminal's currency, with or without decimals: 12.50. The names
// are for slip and screen; one of the two is enough.
package goods

import (
	"bytes"
	"encoding/csv"

	"vpos/txn"
)

// The bounds of a list.
const (
	MaxBytes  = 2 << 20
	MaxGoods  = 10_000
	MaxCode   = 13 // digits
	MaxName   = 40 // characters
	MostFound = 20 // problems that are listed
)

// Column is what a column of the file holds: the words of its first line.
type Column string

// The columns. Their order in a file is free; what is written has this one.
const (
	CodeColumn  Column = "code"
	ZHColumn    Column = "zh"
	ENColumn    Column = "en"
	PriceColumn Column = "price"
)

var columns = []Column{CodeColumn, ZHColumn, ENColumn, PriceColumn}

// Bytes is a list as a file: UTF-8 with a byte order mark, which spreadsheets need to
// see Chinese for what it is. [Parse] reads the same list from it.
func Bytes(l txn.Goods, c txn.Currency) []byte {
	var b bytes.Buffer
	b.WriteString(mark)
	w := csv.NewWriter(&b)
	head := make([]string, len(columns))
	for i, name := range columns {
		head[i] = string(name)
	}
	_ = w.Write(head) // a buffer takes everything
	for _, g := range l {
		_ = w.Write([]string{g.Code, g.ZH, g.EN, txn.Money{Minor: g.Price, Currency: c}.Decimal()})
	}
	w.Flush()
	return b.Bytes()
}
