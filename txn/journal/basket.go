package journal

import "vpos/txn"

// line is a [txn.Line] in a row.
type line struct {
	Code     string `json:"code"`
	EN       string `json:"en,omitempty"`
	Price    int64  `json:"price"` // minor units, for one
	Quantity int64  `json:"quantity"`
	ZH       string `json:"zh,omitempty"`
}

func linesOf(b *txn.Basket) []line {
	if b == nil {
		return nil
	}
	rows := make([]line, len(b.Lines))
	for i, l := range b.Lines {
		rows[i] = line{Code: l.Good.Code, ZH: l.Good.ZH, EN: l.Good.EN, Price: l.Good.Price, Quantity: l.Quantity}
	}
	return rows
}

func basketOf(rows []line) *txn.Basket {
	if len(rows) == 0 {
		return nil
	}
	b := &txn.Basket{Lines: make([]txn.Line, len(rows))}
	for i, r := range rows {
		b.Lines[i] = txn.Line{Good: txn.Good{Code: r.Code, ZH: r.ZH, EN: r.EN, Price: r.Price}, Quantity: r.Quantity}
	}
	return b
}
