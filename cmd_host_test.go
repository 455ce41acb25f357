package main

import (
	"bytes"
	"strings"
	"testing"
	"time"

	"vpos/txn"
	"vpos/txn/host/sim"
)

// The line of a batch is in the currency of its transactions, also where the row that
// comes first has none: after an upload's end the settlement's may.
func TestBatchLineKeepsItsCurrency(t *testing.T) {
	cny, _ := txn.CurrencyByCode("CNY")
	at := time.Date(2026, 1, 2, 15, 4, 5, 0, time.UTC)
	row := func(seq uint64, op txn.Op, state sim.State, amount txn.Money) sim.Entry {
		return sim.Entry{
			Seq: seq, Terminal: "10000001", Merchant: "100000000000001", Batch: 1, STAN: txn.STAN(seq), Op: op,
			Amount: amount, State: state, Code: "00", At: at,
		}
	}
	var out bytes.Buffer
	err := printBatches(&out, []sim.Entry{
		row(1, txn.OpSettle, sim.Closed, txn.Money{}),
		row(2, txn.OpSale, sim.Charged, txn.Money{Minor: 1234, Currency: cny}),
	}, "")
	if err != nil {
		t.Fatal(err)
	}
	if !strings.Contains(out.String(), "debits=1 CNY 12.34  credits=0 CNY 0.00") {
		t.Errorf("%q", out.String())
	}
}
