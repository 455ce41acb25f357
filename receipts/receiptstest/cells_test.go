package receiptstest_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"vpos/receipts"
	"vpos/receipts/receiptstest"
)

// A large run moves its neighbour down to the common bottom line, and what follows.
func TestCells(t *testing.T) {
	page := receipts.Page{Columns: 32, Rows: []receipts.Row{
		{Rule: receipts.Thin},
		{Runs: []receipts.Run{
			{Col: 0, Cols: 2, Text: "额", Bold: true},
			{Col: 4, Cols: 6, Text: "1 2", Size: receipts.Large},
		}},
		{Runs: []receipts.Run{{Col: 3, Cols: 1, Text: "x"}}},
	}}
	want := map[receiptstest.At]receiptstest.Cell{
		{Row: 2, Col: 0}: {Text: "额", Bold: true},
		{Row: 2, Col: 4}: {Text: "1", Size: receipts.Large},
		{Row: 2, Col: 8}: {Text: "2", Size: receipts.Large},
		{Row: 3, Col: 3}: {Text: "x"},
	}
	if diff := cmp.Diff(want, receiptstest.Cells(page)); diff != "" {
		t.Error(diff)
	}
}
