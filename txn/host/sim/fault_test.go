package sim

import (
	"slices"
	"testing"

	"vpos/txn"
)

// A step counts every request it fits, also one that another step has taken: the first
// sale and the second are refused, not the third.
func TestStepsCountTogether(t *testing.T) {
	a := &armoury{}
	a.arm([]Fault{{Do: FaultDecline, On: txn.OpSale, Nth: 1, Code: "51"}, {Do: FaultDecline, On: txn.OpSale, Nth: 2, Code: "61"}})
	var got []string
	for range 3 {
		_, order := a.take(&txn.Request{Op: txn.OpSale})
		got = append(got, order.Code)
	}
	if want := []string{"51", "61", ""}; !slices.Equal(got, want) {
		t.Errorf("%q, want %q", got, want)
	}
}
