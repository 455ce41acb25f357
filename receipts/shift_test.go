package receipts

import (
	"strings"
	"testing"
	"time"

	"vpos/txn"
)

func sampleShift(tb testing.TB) txn.Shift {
	tb.Helper()
	cny := sample(tb).Txn.Amount.Currency
	at := time.Date(2026, time.March, 4, 8, 0, 0, 0, time.UTC)
	return txn.Shift{
		Operator: "01", From: at, To: at.Add(9 * time.Hour),
		Float: txn.Money{Minor: 200_00, Currency: cny}, Count: txn.Money{Minor: 150_50, Currency: cny},
		Totals: txn.Totals{
			Domestic: txn.Sides{Debits: txn.Tally{Count: 3, Minor: 123_45}, Credits: txn.Tally{Count: 1, Minor: 9_99}},
			Foreign:  txn.Sides{Debits: txn.Tally{Count: 1, Minor: 1_00}},
		},
	}
}

// A shift's report says whose it is, when, and every figure; what is short is negative.
func TestShiftReport(t *testing.T) {
	o := sampleReportOptions()
	o.Duplicate = false
	for _, lang := range []Lang{Chinese, English, Both} {
		o.Lang = lang
		page, err := RenderShift(sampleShift(t), "10020030", "898110058120001", o)
		if err != nil {
			t.Fatal(err)
		}
		got := strings.Join(page.show(FieldTally), " ")
		if want := "4 124.45 1 -9.99 114.46 200.00 150.50 -49.50"; got != want {
			t.Errorf("%v: %q, want %q", lang, got, want)
		}
		for field, want := range map[Field]string{
			FieldOperator: "01", FieldFrom: "2026/03/04 08:00:00", FieldTo: "2026/03/04 17:00:00", FieldTerminalNo: "10020030",
		} {
			if got := page.show(field); len(got) != 1 || got[0] != want {
				t.Errorf("%v %s: %q, want %q", lang, field, got, want)
			}
		}
	}
}

// Without a line that says whose shift it was, or with another figure, it is no report.
func TestShiftReportIsChecked(t *testing.T) {
	o := sampleReportOptions()
	f := NewShiftFacts(sampleShift(t), "10020030", "898110058120001", o)
	for _, field := range []Field{FieldOperator, FieldFrom, FieldTo, FieldTally, FieldState, FieldTerminalNo} {
		doc := ReportDocument(f)
		without(field)(&doc)
		page, err := Layout(doc, o.Columns)
		if err != nil {
			t.Fatal(err)
		}
		wantCheck(t, CheckReport(page, f), field, Missing)
	}
	nobodys := sampleShift(t)
	nobodys.Operator = ""
	if _, err := RenderShift(nobodys, "10020030", "898110058120001", o); err == nil {
		t.Error("a shift of nobody's was printed")
	}
}
