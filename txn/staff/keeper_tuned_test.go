package staff_test

import (
	"testing"

	"vpos/txn"
	"vpos/txn/staff"
)

// A change of a setting is a row of the audit: who, let by whom, which key, which value.
func TestTunedIsInTheAudit(t *testing.T) {
	o := newOffice(t)
	n := len(o.rows)
	o.Tuned(t.Context(), noon, txn.Tuned{Operator: "01", By: "02", Key: "rules.max_tip", Value: "20"})
	o.Tuned(t.Context(), noon, txn.Tuned{Operator: "02", By: "02", Key: "screen.beep", Value: "true"})
	want := []staff.Row{
		{Act: staff.Setting, Operator: "01", By: "02", Kind: "rules.max_tip = 20"},
		{Act: staff.Setting, Operator: "02", Kind: "screen.beep = true"},
	}
	if got := o.rows[n:]; len(got) != 2 || got[0] != want[0] || got[1] != want[1] {
		t.Errorf("%+v, want %+v", got, want)
	}
}
