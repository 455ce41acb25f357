package receipts

import (
	"slices"
	"strings"

	"vpos/txn"
)

// RenderReport goes the whole way from a batch to a page that keeps the rules. The
// error is a [*WidthError] or a [*CheckError].
func RenderReport(r *txn.Report, o ReportOptions) (Page, error) {
	f := NewReportFacts(r, o)
	page, err := Layout(ReportDocument(f), o.Columns)
	if err != nil {
		return Page{}, err
	}
	if err := CheckReport(page, f); err != nil {
		return Page{}, err
	}
	return page, nil
}

// ReportDocument writes a report, for the merchant alone.
func ReportDocument(f ReportFacts) Document {
	w := writer{lang: f.Lang, doc: Document{Lines: make([]Line, 0, 96)}}
	w.training(f.Facts)
	w.reportHead(f)
	w.shop(f.Facts)
	w.rule(Thin)
	w.value(FieldBatch, f.Batch)
	w.value(FieldTrace, f.Trace)
	w.value(FieldReference, f.Reference)
	w.value(FieldDateTime, f.DateTime)
	w.value(FieldFrom, f.From)
	w.value(FieldTo, f.To)
	w.value(FieldPrinted, f.Printed)
	w.value(FieldCurrency, f.Currency)
	if f.From == "" {
		w.both(NoField, noneWords, Left)
	}
	w.training(f.Facts)
	for i := range f.Sections {
		w.sectionRows(&f.Sections[i])
	}
	if f.Closed {
		w.agreement(f)
	}
	w.expected(f)
	w.listed(f.Listed)
	w.contacts(f.Facts)
	w.training(f.Facts)
	return w.doc
}

func (w *writer) reportHead(f ReportFacts) {
	title, state := xTitle, xState
	switch {
	case f.Closed:
		title, state = zTitle, zState
	case f.Shift:
		title, state = shiftTitle, shiftState
	}
	switch f.Lang {
	case Both:
		w.center(FieldTitle, title.Zh, Large, true)
		w.center(FieldTitle, title.En, Normal, false)
	case Chinese, English:
		w.center(FieldTitle, title.In(f.Lang), Large, true)
	}
	w.center(FieldState, state.In(f.Lang), Normal, false)
	if f.Duplicate {
		w.center(FieldDuplicate, "*** "+DuplicateMark+" ***", Normal, true)
	}
	w.rule(Double)
}

// The columns of a section's row beside its label: amounts in them stand under one
// another up to 99,999,999.99.
const (
	countColumns  = 4
	amountColumns = 14
)

// sectionRows is a section under a rule and its heading. Estimates are marked as such
// where they begin.
func (w *writer) sectionRows(s *Section) {
	w.rule(Thin)
	head := Cell{Text: s.Title.In(w.lang), Bold: true}
	if s.Title == feesTitle {
		w.line(head, Cell{Text: EstimateMark, Field: FieldEstimate, Bold: true, Align: Right, NoBreak: true})
	} else {
		w.line(head)
	}
	for _, r := range s.Rows {
		w.line(Cell{Text: r.Label},
			Cell{Text: r.Count, Field: FieldTally, Align: Right, NoBreak: true, Width: countColumns},
			Cell{Text: r.Amount, Field: FieldTally, Align: Right, NoBreak: true, Bold: r.Strong, Width: amountColumns})
	}
}

// agreement says whether the transactions come to what was settled.
func (w *writer) agreement(f ReportFacts) {
	words := agreeWords
	if !f.Agrees {
		words = wrongWords
	}
	w.rule(Thin)
	w.both(FieldAgrees, words, Left)
}

// expected is when the money may arrive.
func (w *writer) expected(f ReportFacts) {
	if f.Expected == "" {
		return
	}
	w.rule(Thin)
	w.value(FieldExpected, f.Expected)
	w.line(Cell{Text: EstimateMark, Field: FieldEstimate, Bold: true, Align: Right, NoBreak: true})
	words := holidays
	if !f.Closed {
		words = Words{ifNow.Zh + words.Zh, ifNow.En + words.En}
	}
	w.both(NoField, words, Left)
}

// listed is every transaction on two lines.
func (w *writer) listed(list []ListedFact) {
	if len(list) == 0 {
		return
	}
	w.rule(Thin)
	w.line(Cell{Text: listTitle.In(w.lang), Bold: true})
	for _, l := range list {
		w.line(Cell{Text: l.Trace, Field: FieldListed, NoBreak: true}, Cell{Text: l.Kind, Align: Right})
		w.line(Cell{Text: l.When, NoBreak: true}, Cell{Text: l.Card, NoBreak: true},
			Cell{Text: l.Amount, Field: FieldListed, Align: Right, NoBreak: true})
	}
}

// CheckReport holds a finished report to the rules: the shop and the batch are named,
// every figure of it is there, whole and in its order; what is estimated says so; the
// marks are where they belong; nothing looks like a full card number. The error is a
// [*CheckError] about the first rule broken.
func CheckReport(p Page, f ReportFacts) error {
	for _, rule := range []func(Page, ReportFacts) error{checkReportFacts, checkFigures, checkReportMarks} {
		if err := rule(p, f); err != nil {
			return err
		}
	}
	if err := checkTraining(p, f.Facts); err != nil {
		return err
	}
	return checkExposed(p.without(FieldTally, FieldListed), f.Facts)
}

// without is the page less the runs of figures: those were held one by one against
// what they are, and are as long as card numbers.
func (p Page) without(fields ...Field) Page {
	rows := make([]Row, len(p.Rows))
	for i, row := range p.Rows {
		rows[i] = row
		rows[i].Runs = slices.DeleteFunc(slices.Clone(row.Runs), func(r Run) bool { return slices.Contains(fields, r.Field) })
	}
	return Page{Columns: p.Columns, Rows: rows}
}

func checkReportFacts(p Page, f ReportFacts) error {
	for _, m := range []must{
		{FieldMerchantNo, f.MerchantNo, true},
		{FieldTerminalNo, f.TerminalNo, true},
		{FieldBatch, f.Batch, !f.Shift},
		{FieldOperator, f.shiftOf(), f.Shift},
		{FieldTrace, f.Trace, f.Closed},
		{FieldReference, f.Reference, false},
		{FieldDateTime, f.DateTime, f.Closed},
		{FieldPrinted, f.Printed, true},
		{FieldFrom, f.From, false},
		{FieldTo, f.To, false},
		{FieldCurrency, f.Currency, true},
		{FieldExpected, f.Expected, false},
	} {
		if err := m.in(p); err != nil {
			return err
		}
	}
	if len(f.MerchantNames) == 0 {
		return &CheckError{FieldMerchantName, NoValue}
	}
	if !strings.Contains(squeeze(p.show(FieldMerchantName)...), squeeze(f.MerchantNames...)) {
		return &CheckError{FieldMerchantName, Missing}
	}
	return nil
}

// checkFigures wants every figure in one piece and in its order.
func checkFigures(p Page, f ReportFacts) error {
	var tallies, listed []string
	put := func(list *[]string, texts ...string) {
		for _, t := range texts {
			if t != "" {
				*list = append(*list, t)
			}
		}
	}
	for _, s := range f.Sections {
		for _, r := range s.Rows {
			put(&tallies, r.Count, r.Amount)
		}
	}
	for _, l := range f.Listed {
		put(&listed, l.Trace, l.Amount)
	}
	switch {
	case !slices.Equal(p.show(FieldTally), tallies):
		return &CheckError{FieldTally, Missing}
	case !slices.Equal(p.show(FieldListed), listed):
		return &CheckError{FieldListed, Missing}
	}
	return nil
}

// checkReportMarks wants what is estimated marked, and DUPLICATE on a reprint and only
// there; a closed batch says whether it agrees.
func checkReportMarks(p Page, f ReportFacts) error {
	estimates := 0
	if f.Estimate {
		estimates++
	}
	if f.Expected != "" {
		estimates++
	}
	there := func(field Field) bool { return len(p.show(field)) > 0 }
	duplicate := slices.ContainsFunc(p.show(FieldDuplicate), func(s string) bool { return strings.Contains(s, DuplicateMark) })
	for _, m := range []mark{
		{FieldEstimate, len(p.show(FieldEstimate)) == estimates, true},
		{FieldState, there(FieldState), true},
		{FieldAgrees, there(FieldAgrees), f.Closed},
		{FieldDuplicate, duplicate, f.Duplicate},
	} {
		if err := m.err(); err != nil {
			return err
		}
	}
	return nil
}
