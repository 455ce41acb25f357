package receipts

import (
	"slices"
	"strings"
	"testing"
	"time"

	"vpos/reader"
	"vpos/txn"
)

// sampleReport is a batch with every section of a report, closed or not.
func sampleReport(tb testing.TB, closed bool) txn.Report {
	tb.Helper()
	sold := sample(tb).Txn
	line := func(stan txn.STAN, k txn.Kind, s txn.Status, minor int64) txn.ReportLine {
		return txn.ReportLine{
			Key: txn.Key{Batch: 17, STAN: stan}, Kind: k, Status: s, Amount: minor, At: sold.At, Brand: reader.Visa,
			Entry: reader.Manual, Last4: "1111", Operator: "01",
		}
	}
	r := txn.Report{
		Batch: 17, Currency: sold.Amount.Currency, Terminal: sold.Terminal, Merchant: sold.Merchant,
		Lines: []txn.ReportLine{
			line(1, txn.Sale, txn.Approved, 12345), line(2, txn.Refund, txn.Approved, 999), line(3, txn.PreAuth, txn.Approved, 5000),
			line(4, txn.Sale, txn.Declined, 777),
		},
	}
	if closed {
		sold.Kind, sold.Card = txn.Settlement, reader.Card{}
		totals := r.Totals()
		sold.Totals = &totals
		r.Closed = sold
	}
	return r
}

func sampleReportOptions() ReportOptions {
	return ReportOptions{
		Options: sampleOptions(), At: time.Date(2026, time.March, 4, 20, 0, 0, 0, time.UTC), Duplicate: true, List: true,
		Rates: txn.Rates{{PerMillion: 6000}}, Days: 1,
	}
}

// buildReport goes the way of RenderReport with a hand on the document.
func buildReport(tb testing.TB, r txn.Report, o ReportOptions, change func(*Document)) (Page, ReportFacts) {
	tb.Helper()
	f := NewReportFacts(&r, o)
	doc := ReportDocument(f)
	if change != nil {
		change(&doc)
	}
	p, err := Layout(doc, o.Columns)
	if err != nil {
		tb.Fatal(err)
	}
	return p, f
}

// TestCheckReport takes away one line at a time.
func TestCheckReport(t *testing.T) {
	fields := []Field{
		FieldTraining, FieldState, FieldDuplicate, FieldMerchantName, FieldMerchantNo, FieldTerminalNo, FieldBatch, FieldTrace,
		FieldReference, FieldDateTime, FieldFrom, FieldTo, FieldPrinted, FieldCurrency, FieldTally, FieldListed, FieldEstimate,
		FieldAgrees, FieldExpected,
	}
	r, o := sampleReport(t, true), sampleReportOptions()
	for _, field := range fields {
		page, facts := buildReport(t, r, o, without(field))
		wantCheck(t, CheckReport(page, facts), field, Missing)
	}
	page, facts := buildReport(t, r, o, nil)
	wantCheck(t, CheckReport(page, facts), NoField, "")

	for name, c := range map[string]struct {
		change  func(*ReportFacts)
		field   Field
		problem Problem
	}{
		"an original that is marked as a duplicate": {func(f *ReportFacts) { f.Duplicate = false }, FieldDuplicate, Forbidden},
		"an open batch that agrees":                 {func(f *ReportFacts) { f.Closed = false }, FieldAgrees, Forbidden},
		"training in live":                          {func(f *ReportFacts) { f.Training = false }, FieldTraining, Forbidden},
		"another figure":                            {func(f *ReportFacts) { f.Sections[0].Rows[0].Amount = "0.01" }, FieldTally, Missing},
		"another count":                             {func(f *ReportFacts) { f.Sections[0].Rows[0].Count = "2" }, FieldTally, Missing},
		"another in the list":                       {func(f *ReportFacts) { f.Listed[0].Trace = "000009" }, FieldListed, Missing},
	} {
		page, facts := buildReport(t, r, o, nil)
		c.change(&facts)
		t.Run(name, func(t *testing.T) { wantCheck(t, CheckReport(page, facts), c.field, c.problem) })
	}
}

// TestReportExposes: a full card number has no way onto a report, whoever put it where.
func TestReportExposes(t *testing.T) {
	const number = "4111111111111111"
	r := sampleReport(t, false)
	r.Lines[0].Operator = number
	page, err := RenderReport(&r, sampleReportOptions())
	all := ""
	for _, row := range page.Rows {
		for _, run := range row.Runs {
			all += run.Text
		}
	}
	if err != nil || strings.Contains(all, "11111111") || !strings.Contains(all, "*1111") {
		t.Errorf("a number for an operator: %v, %q", err, all)
	}
	r = sampleReport(t, false)
	r.Lines[0].Last4 = number
	_, err = RenderReport(&r, sampleReportOptions())
	wantCheck(t, err, NoField, Exposed)
	o := sampleReportOptions()
	o.Merchant.Address = number
	r = sampleReport(t, false)
	_, err = RenderReport(&r, o)
	wantCheck(t, err, FieldAddress, Exposed)
	r.Lines[0].Amount, r.Lines[1].Amount = 411111111111, 411111111111 // money is none, however long
	o = sampleReportOptions()
	o.List = false
	if _, err := RenderReport(&r, o); err != nil {
		t.Errorf("a large batch: %v", err)
	}
}

// TestReportDisagrees: a batch that is not what was settled says so.
func TestReportDisagrees(t *testing.T) {
	for _, lang := range []Lang{Chinese, English, Both} {
		r, o := sampleReport(t, true), sampleReportOptions()
		o.Lang = lang
		said := func() string {
			page, err := RenderReport(&r, o)
			if err != nil {
				t.Fatal(err)
			}
			return strings.Join(page.show(FieldAgrees), "")
		}
		good := said()
		r.Lines[0].Amount++
		if bad := said(); bad == good || !strings.Contains(squeeze(bad), "对账不平") && !strings.Contains(bad, "DIFFERS") {
			t.Errorf("%v: %q, then %q", lang, good, bad)
		}
	}
}

// TestReportFigures: the amounts on paper are those of the batch in currencies of every
// exponent, on every paper, and the estimates say that they are.
func TestReportFigures(t *testing.T) {
	for code, want := range map[string][]string{
		"CNY": {"1", "123.45", "1", "-9.99", "113.46", "-0.74", "112.72"},
		"JPY": {"1", "12,345", "1", "-999", "11,346", "-74", "11,272"},
		"KWD": {"1", "12.345", "1", "-0.999", "11.346", "-0.074", "11.272"},
	} {
		for _, columns := range []int{32, 42, 48} {
			r, o := sampleReport(t, false), sampleReportOptions()
			r.Currency, _ = txn.CurrencyByCode(code)
			for i := range r.Lines {
				r.Lines[i].Brand = reader.UnionPay
			}
			o.Columns = columns
			page, err := RenderReport(&r, o)
			if err != nil {
				t.Fatal(err)
			}
			got := page.show(FieldTally)
			got = append(slices.Clone(got[:5]), got[len(got)-2:]...)
			if !slices.Equal(got, want) {
				t.Errorf("%s: %q, want %q", code, got, want)
			}
			if !slices.Equal(page.show(FieldExpected), []string{"2026/03/05"}) {
				t.Errorf("expected on %q", page.show(FieldExpected))
			}
			o.Rates = nil
			if page, err = RenderReport(&r, o); err != nil || len(page.show(FieldEstimate)) != 1 {
				t.Errorf("without rates: %d estimates, %v", len(page.show(FieldEstimate)), err)
			}
		}
	}
}

// TestEmptyReport: a batch nobody has begun has a report that says so.
func TestEmptyReport(t *testing.T) {
	r := sampleReport(t, false)
	r.Lines = nil
	page, err := RenderReport(&r, sampleReportOptions())
	if err != nil || page.show(FieldFrom) != nil || page.show(FieldExpected) != nil {
		t.Errorf("%v, %q", err, page.show(FieldExpected))
	}
	r.Merchant = ""
	_, err = RenderReport(&r, sampleReportOptions())
	wantCheck(t, err, FieldMerchantNo, NoValue)
}

// TestReportWords: whatever a report can list has words in both languages.
func TestReportWords(t *testing.T) {
	for _, k := range txn.Kinds() {
		if w := kindName(k); !k.Managing() && (w.Zh == "" || w.En == "") {
			t.Errorf("%s has no name: %+v", k, w)
		}
	}
	for _, s := range []txn.Status{txn.Voided, txn.Reversed, txn.Refused, txn.Declined, txn.Failed} {
		if w := ends[s]; w.Zh == "" || w.En == "" {
			t.Errorf("%s has no word", s)
		}
	}
	r := sampleReport(t, false)
	for _, s := range r.Left() {
		if w := leftWords[s.Of]; w.Zh == "" || w.En == "" {
			t.Errorf("%s has no word", s.Of)
		}
	}
}
