package receipts

import (
	"errors"
	"slices"
	"testing"

	"vpos/reader"
	"vpos/txn"
)

func TestAmountOfEveryCurrency(t *testing.T) {
	for code, want := range map[string]string{
		"CNY": "RMB 1,234,567.89", "USD": "USD 1,234,567.89", "JPY": "JPY 123,456,789", "KRW": "KRW 123,456,789",
		"KWD": "KWD 123,456.789", "BHD": "BHD 123,456.789",
	} {
		slip := sample(t)
		currency, _ := txn.CurrencyByCode(code)
		slip.Txn.Amount = txn.Money{Minor: 123456789, Currency: currency}
		page, err := Render(slip, sampleOptions())
		if err != nil || !slices.Equal(page.show(FieldAmount), []string{want}) {
			t.Errorf("%s: %q, %v; want %q", code, page.show(FieldAmount), err, want)
		}
	}
}

func TestEntryLetters(t *testing.T) {
	for mode, want := range map[reader.EntryMode]string{
		reader.Manual: "************1111 /M", reader.Swipe: "************1111 /S", reader.Fallback: "************1111 /F",
		reader.Chip: "************1111 /I", reader.Contactless: "************1111 /C", reader.NoEntry: "************1111",
	} {
		slip := sample(t)
		slip.Txn.Card.Entry = mode
		if f, err := NewFacts(slip, sampleOptions()); err != nil || f.PAN != want {
			t.Errorf("%q: %q, %v; want %q", mode, f.PAN, err, want)
		}
	}
}

func TestLongestCardFits(t *testing.T) {
	slip, o := sample(t), sampleOptions()
	slip.Txn.Card = card(t, "6225880000000000006")
	o.Lang = English
	page, err := Render(slip, o)
	if err != nil || !slices.Equal(page.show(FieldPAN), []string{"***************0006 /M"}) {
		t.Errorf("%q, %v", page.show(FieldPAN), err)
	}
}

// TestEmptyFactsLeaveNoLine: what nobody knows is not printed as an empty label.
func TestEmptyFactsLeaveNoLine(t *testing.T) {
	slip, o := sample(t), sampleOptions()
	slip.Txn.Operator, slip.Txn.Result.AuthCode, slip.Txn.Result.RRN = "", "", ""
	o.Merchant = Merchant{Name: Words{En: "Sample"}}
	o.Lang = Chinese
	page, err := Render(slip, o)
	if err != nil {
		t.Fatal(err)
	}
	for _, row := range page.Rows {
		for _, run := range row.Runs {
			for _, f := range []Field{FieldOperator, FieldAuthCode, FieldReference, FieldAddress, FieldAcquirer, FieldPhone, FieldLicence} {
				if run.Text == labels[f].Zh {
					t.Errorf("empty line %q", run.Text)
				}
			}
		}
	}
}

func TestTimeIsTheHosts(t *testing.T) {
	slip := sample(t)
	if f, _ := NewFacts(slip, sampleOptions()); f.DateTime != "2026/03/04 15:06:09" {
		t.Errorf("with the host's time: %s", f.DateTime)
	}
	slip.Txn.Result = txn.Result{Code: "00"}
	if f, _ := NewFacts(slip, sampleOptions()); f.DateTime != "2026/03/04 15:06:07" {
		t.Errorf("without: %s", f.DateTime)
	}
}

func TestNoSlip(t *testing.T) {
	for name, change := range map[string]func(*txn.Slip){
		"declined": func(s *txn.Slip) { s.Txn.Status = txn.Declined },
		"unknown":  func(s *txn.Slip) { s.Txn.Status = txn.ReversalPending },
		"kind":     func(s *txn.Slip) { s.Txn.Kind = "nap" },
		"copy":     func(s *txn.Slip) { s.Copy = 0 },
	} {
		slip := sample(t)
		change(&slip)
		if _, err := Render(slip, sampleOptions()); !errors.Is(err, ErrNoSlip) {
			t.Errorf("%s: %v, want %v", name, err, ErrNoSlip)
		}
	}
}

// TestTables: every brand has a name, every label both languages.
func TestTables(t *testing.T) {
	for _, b := range reader.Brands() {
		if brands[b].En == "" {
			t.Errorf("brand %s has no name", b)
		}
	}
	for f, w := range labels {
		if w.Zh == "" || w.En == "" {
			t.Errorf("label of %s: %+v", f, w)
		}
	}
	for _, l := range []Lang{Chinese, English, Both} {
		if got, ok := ParseLang(l.String()); !ok || got != l {
			t.Errorf("ParseLang(%q) = %v, %t", l, got, ok)
		}
	}
}
