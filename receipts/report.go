package receipts

import (
	"strconv"
	"time"

	"vpos/reader"
	"vpos/txn"
)

// ReportOptions are the settings of a report on paper.
type ReportOptions struct {
	Options
	At        time.Time // when it is printed
	Duplicate bool      // a reprint: carries 重打印 DUPLICATE
	List      bool      // every transaction, after the sums
	Rates     txn.Rates // what the acquirer takes; without any there is no word of fees
	Days      int       // working days until the money may arrive
}

// ReportFacts are the values of a report exactly as they are printed. They hold no
// secret.
type ReportFacts struct {
	Facts           // the shop, the batch and, once it is closed, its settlement
	Closed   bool   // a Z report, of a closed batch; else an X report
	Shift    bool   // the report of an operator's shift, and of no batch
	Agrees   bool   // of a Z report: with the settlement
	Currency string // ISO 4217 letters: amounts come without a symbol
	From, To string // of the first and the last transaction
	Printed  string // when
	Sections []Section
	Listed   []ListedFact
	Estimate bool   // Sections has a fee, which must be marked as one
	Expected string // the day the money may arrive
}

// Section is a heading and its rows.
type Section struct {
	Title Words
	Rows  []RowFact
}

// RowFact is one line of a section; an empty amount is none.
type RowFact struct {
	Label  string
	Count  string
	Amount string
	Strong bool
}

// NewReportFacts gathers the facts of a report: X where the batch is open, Z where it
// is closed. A missing fact is no error here; [CheckReport] names it.
func NewReportFacts(r *txn.Report, o ReportOptions) ReportFacts {
	f := ReportFacts{
		Facts: Facts{
			Lang: o.Lang, Duplicate: o.Duplicate, Training: o.Training,
			MerchantNames: names(o.Merchant.Name, o.Lang),
			Address:       tidy(o.Merchant.City + " " + o.Merchant.Address),
			MerchantNo:    tidy(r.Merchant), TerminalNo: tidy(r.Terminal),
			Acquirer: tidy(o.Merchant.Acquirer), Batch: r.Batch.String(),
			Phone: tidy(o.Merchant.Phone), Licence: tidy(o.Merchant.Licence),
		},
		Closed: r.Closed != nil, Agrees: r.Agrees(), Currency: tidy(r.Currency.Code()),
		From: timeFact(r.From()), To: timeFact(r.To()), Printed: timeFact(o.At),
	}
	settled := o.At // an open batch: were it closed now
	if t := r.Closed; t != nil {
		f.Trace, f.Reference, f.Operator = t.STAN.String(), tidy(t.Result.RRN), tidy(t.Operator)
		settled = t.At
		if !t.Result.HostAt.IsZero() {
			settled = t.Result.HostAt
		}
		f.DateTime = timeFact(settled)
	}
	b := sectionist{report: r, lang: o.Lang}
	b.sums()
	b.happened()
	if len(o.Rates) > 0 {
		b.fees(o.Rates)
		f.Estimate = true
	}
	if len(r.Lines) > 0 && !settled.IsZero() {
		f.Expected = txn.ExpectedOn(settled, o.Days).Format(originalDate)
	}
	f.Sections = b.list
	if o.List {
		f.Listed = b.listed()
	}
	return f
}

// sectionist builds the sections of a report.
type sectionist struct {
	report *txn.Report
	lang   Lang
	list   []Section
}

// section begins one; without rows it is left out.
func (b *sectionist) section(title Words, rows []RowFact) {
	if len(rows) > 0 {
		b.list = append(b.list, Section{Title: title, Rows: rows})
	}
}

// row is a line of so many transactions and what they come to.
func (b *sectionist) row(label Words, t txn.Tally, sign int64) RowFact {
	return RowFact{Label: label.In(b.lang), Count: strconv.Itoa(t.Count), Amount: b.money(sign * t.Minor)}
}

// money is an amount without its symbol.
func (b *sectionist) money(minor int64) string {
	return txn.Money{Minor: minor, Currency: b.report.Currency}.Grouped()
}

// sides are both sides of a reckoning, the second only where there is something on it.
func (b *sectionist) sides(debits, credits Words, s txn.Sides) []RowFact {
	var rows []RowFact
	if s.Debits.Count > 0 {
		rows = append(rows, b.row(debits, s.Debits, 1))
	}
	if s.Credits.Count > 0 {
		rows = append(rows, b.row(credits, s.Credits, -1))
	}
	return rows
}

// sums are the totals, and the ways to part them.
func (b *sectionist) sums() {
	r := b.report
	t := r.Totals()
	total := []RowFact{b.row(debitWords, t.Domestic.Debits, 1), b.row(creditWords, t.Domestic.Credits, -1)}
	if t.Foreign != (txn.Sides{}) {
		total = append(total, b.row(foreignWords(debitWords), t.Foreign.Debits, 1), b.row(foreignWords(creditWords), t.Foreign.Credits, -1))
	}
	b.section(totalsTitle, append(total, RowFact{Label: netWords.In(b.lang), Amount: b.money(r.Net()), Strong: true}))

	var kinds, brandRows, walletRows, operators []RowFact
	for _, p := range r.ByKind() {
		kinds = append(kinds, b.sides(kindName(p.Of), kindName(p.Of), p.Sides)...)
	}
	if tips := r.Tips(); tips.Count > 0 {
		kinds = append(kinds, b.row(tipsWords, tips, 1))
	}
	for _, p := range r.ByBrand() {
		name := brands[p.Of]
		if name == (Words{}) {
			name = otherBrand
		}
		brandRows = append(brandRows, b.sides(name, given(name), p.Sides)...)
	}
	for _, p := range r.ByWallet() {
		name := wallets[p.Of]
		if name == (Words{}) {
			name = otherBrand
		}
		walletRows = append(walletRows, b.sides(name, given(name), p.Sides)...)
	}
	for _, p := range r.ByOperator() {
		name := Words{En: tidy(reader.MaskText(p.Of))} // a long one is wrapped before anybody checks it
		if name.En == "" {
			name = nobody
		}
		operators = append(operators, b.sides(name, given(name), p.Sides)...)
	}
	b.section(kindsTitle, kinds)
	b.section(brandsTitle, brandRows)
	b.section(walletsTitle, walletRows)
	b.section(operatorsTitle, operators)
}

// happened is what counts for nothing, and what is still to be done.
func (b *sectionist) happened() {
	var beside, ended, left []RowFact
	for _, s := range b.report.Beside() {
		beside = append(beside, b.row(kindName(s.Of), s.Tally, 1))
	}
	for _, s := range b.report.Ended() {
		ended = append(ended, b.row(ends[s.Of], s.Tally, 1))
	}
	for _, s := range b.report.Left() {
		row := b.row(leftWords[s.Of], s.Tally, 1)
		row.Strong = s.Count > 0
		left = append(left, row)
	}
	b.section(besideTitle, beside)
	b.section(endedTitle, ended)
	b.section(leftTitle, left)
}

// fees is what the acquirer may take.
func (b *sectionist) fees(rates txn.Rates) {
	e := b.report.Estimate(rates)
	rows := []RowFact{
		{Label: feeWords.In(b.lang), Amount: b.money(-e.Fee)},
		{Label: netFeeWords.In(b.lang), Amount: b.money(e.Net), Strong: true},
	}
	if e.Unpriced.Count > 0 {
		rows = append(rows, b.row(unpricedWords, e.Unpriced, 1))
	}
	b.section(feesTitle, rows)
}

// ListedFact is one transaction of a report's list.
type ListedFact struct {
	Trace  string
	Kind   string // with what became of it, where it does not stand
	When   string // month, day and time
	Card   string // *1111 /M
	Amount string
}

// listed is every transaction of the batch.
func (b *sectionist) listed() []ListedFact {
	list := make([]ListedFact, 0, len(b.report.Lines))
	for i := range b.report.Lines {
		l := &b.report.Lines[i]
		f := ListedFact{
			Trace: l.STAN.String(), Kind: kindName(l.Kind).In(b.lang), When: l.At.Format("01/02 15:04"),
			Amount: b.money(kinds[l.Kind].signed(txn.Money{Minor: l.Moved()}).Minor),
		}
		if word, over := ends[l.Status]; over {
			f.Kind += " " + word.In(b.lang)
		} else if l.Status != txn.Approved {
			f.Kind += " " + openWords.In(b.lang)
		}
		if l.Last4 != "" {
			f.Card = "*" + tidy(l.Last4)
			if letter := l.Entry.Letter(); letter != 0 {
				f.Card += " /" + string(letter)
			}
		}
		list = append(list, f)
	}
	return list
}
