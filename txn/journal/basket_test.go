package journal

import (
	"encoding/json"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"vpos/txn"
)

// What a sale was made of comes back as it was, and the largest basket is a small row.
func TestBasketInRow(t *testing.T) {
	full := &txn.Basket{}
	for range txn.MaxLines {
		full.Lines = append(full.Lines, txn.Line{
			Good:     txn.Good{Code: "6901234567892", ZH: strings.Repeat("茶", 40), EN: strings.Repeat("t", 40), Price: txn.MaxMinor},
			Quantity: txn.MaxQuantity,
		})
	}
	for _, b := range []*txn.Basket{nil, {Lines: []txn.Line{{Good: txn.Good{Code: "1", ZH: "茶", Price: 5}, Quantity: 2}}}, full} {
		row, err := newRec(time.Unix(1, 0), txn.Record{Type: txn.RecIntent, Txn: txn.Transaction{Kind: txn.Sale, Basket: b}}, cardFacts{})
		if err != nil {
			t.Fatal(err)
		}
		var read body
		if err := json.Unmarshal([]byte(row.body), &read); err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(b, basketOf(read.Basket)); diff != "" {
			t.Error(diff)
		}
		if len(row.body) > 16<<10 {
			t.Errorf("a row of %d bytes", len(row.body))
		}
		if b == nil && strings.Contains(string(row.body), "basket") {
			t.Error("an amount keyed has a basket")
		}
	}
}
