package keypad

import (
	"strconv"
	"strings"

	"vpos/tui/words"
	"vpos/txn"
)

// What transactions are searched by: one table, of which the screen, the line dialogue
// and the command line are made.

// Query is what is searched for; zero fields pick everything.
type Query struct {
	STAN        txn.STAN
	Last4       string
	Amount      txn.Money
	First, Last txn.Day // inclusive
	Kind        txn.Kind
	Operator    string
	Batch       txn.Batch
}

// Empty reports whether a query picks everything.
func (q Query) Empty() bool { return q == Query{} }

// Terms is what an entry is read by.
type Terms struct {
	Today    txn.Day
	Currency txn.Currency
}

// Criterion is one thing that is searched by.
type Criterion struct {
	Digit byte       // chooses it: 1 to 8
	Word  string     // of the line dialogue, and the flag of the command line
	Name  words.Text // for a list
	Ask   words.Text // what to key
	Field Kind
	set   func(q *Query, text string, t Terms) txn.Code
	show  func(q Query, l words.Lang) string
}

// Set reads an entry into a query. An empty one takes the criterion out of it.
func (c Criterion) Set(q *Query, text string, t Terms) txn.Code {
	if text != "" {
		return c.set(q, text, t)
	}
	switch c.Word {
	case "trace":
		q.STAN = 0
	case "last4":
		q.Last4 = ""
	case "amount":
		q.Amount = txn.Money{}
	case "date", "since":
		q.First, q.Last = 0, 0
	case "kind":
		q.Kind = ""
	case "operator":
		q.Operator = ""
	case "batch":
		q.Batch = 0
	}
	return txn.NoProblem
}

// Show is the criterion as a query has it; empty where it has not.
func (c Criterion) Show(q Query, l words.Lang) string { return c.show(q, l) }

// Criteria are what is searched by, in the order of their digits.
func Criteria() []Criterion { return criteria }

// CriterionOf finds a criterion by its digit or its word.
func CriterionOf(word string) (Criterion, bool) {
	for _, c := range criteria {
		if strings.EqualFold(c.Word, word) || word == string(c.Digit) {
			return c, true
		}
	}
	return Criterion{}, false
}

var criteria = []Criterion{
	{
		Digit: '1', Word: "trace", Name: words.Text{EN: "trace", ZH: "凭证号"}, Field: FindField,
		Ask: words.Text{EN: "Trace number", ZH: "凭证号"}, set: setTrace,
		show: func(q Query, _ words.Lang) string { return numbered(q.STAN != 0, q.STAN.String()) },
	},
	{
		Digit: '2', Word: "last4", Name: words.Text{EN: "card, last four", ZH: "卡号后四位"}, Field: FindField,
		Ask: words.Text{EN: "The last four digits of the card", ZH: "请输入卡号后四位"}, set: setLast4,
		show: func(q Query, _ words.Lang) string { return numbered(q.Last4 != "", "•••• "+q.Last4) },
	},
	{
		Digit: '3', Word: "amount", Name: words.Text{EN: "amount", ZH: "金额"}, Field: FindAmountField,
		Ask: words.Text{EN: "The whole amount: 1234 is 12.34", ZH: "请输入金额：1234 即 12.34"}, set: setAmount,
		show: func(q Query, _ words.Lang) string { return numbered(q.Amount.Minor != 0, q.Amount.Grouped()) },
	},
	{
		Digit: '4', Word: "date", Name: words.Text{EN: "day", ZH: "日期"}, Field: FindField,
		Ask: words.Text{EN: "Month and day: 1122; with the year: 20261122", ZH: "月日，如 1122；含年份，如 20261122"}, set: setDate,
		show: func(q Query, _ words.Lang) string {
			return numbered(q.First != 0 && q.First == q.Last, q.First.String())
		},
	},
	{
		Digit: '5', Word: "kind", Name: words.Text{EN: "kind", ZH: "交易类型"}, Field: FindField,
		Ask: words.Text{EN: "The number of a kind", ZH: "请输入类型编号"}, set: setKind,
		show: func(q Query, l words.Lang) string { return numbered(q.Kind != "", words.Kind(q.Kind).In(l)) },
	},
	{
		Digit: '6', Word: "operator", Name: words.Text{EN: "operator", ZH: "操作员"}, Field: FindField,
		Ask: words.Text{EN: "Operator number, two digits", ZH: "请输入两位操作员号"}, set: setOperator,
		show: func(q Query, _ words.Lang) string { return q.Operator },
	},
	{
		Digit: '7', Word: "batch", Name: words.Text{EN: "batch", ZH: "批次号"}, Field: FindField,
		Ask: words.Text{EN: "Batch number", ZH: "批次号"}, set: setBatch,
		show: func(q Query, _ words.Lang) string { return numbered(q.Batch != 0, q.Batch.String()) },
	},
	{
		Digit: '8', Word: "since", Name: words.Text{EN: "since", ZH: "起始日期"}, Field: FindField,
		Ask: words.Text{EN: "From that day on, month and day: 1122", ZH: "从该日起，月日，如 1122"}, set: setSince,
		show: func(q Query, _ words.Lang) string {
			return numbered(q.First != 0 && q.First != q.Last, q.First.String())
		},
	},
}

func numbered(there bool, text string) string {
	if !there {
		return ""
	}
	return text
}

// number reads digits that come to 1 up to the most there may be.
func number(text string, most uint64) (uint64, bool) {
	n, err := strconv.ParseUint(text, 10, 32)
	return n, err == nil && n >= 1 && n <= most
}

func setTrace(q *Query, text string, _ Terms) txn.Code {
	n, ok := number(text, uint64(txn.MaxSTAN))
	if !ok {
		return txn.TraceFormat
	}
	q.STAN = txn.STAN(n) //nolint:gosec // six digits
	return txn.NoProblem
}

func setLast4(q *Query, text string, _ Terms) txn.Code {
	if len(text) != 4 || strings.Trim(text, "0123456789") != "" {
		return txn.SearchLast4
	}
	q.Last4 = text
	return txn.NoProblem
}

func setAmount(q *Query, text string, t Terms) txn.Code {
	amount, code := txn.ParseAmount(text, t.Currency, 0)
	if code == txn.NoProblem {
		q.Amount = amount
	}
	return code
}

func setDate(q *Query, text string, t Terms) txn.Code {
	day, code := txn.ParseDay(text, t.Today)
	if code == txn.NoProblem {
		q.First, q.Last = day, day
	}
	return code
}

func setSince(q *Query, text string, t Terms) txn.Code {
	day, code := txn.ParseDay(text, t.Today)
	if code == txn.NoProblem {
		q.First, q.Last = day, 0
	}
	return code
}

// setKind takes the number that [FindKinds] gives a kind, or its word.
func setKind(q *Query, text string, _ Terms) txn.Code {
	kinds := FindKinds()
	if n, ok := number(text, uint64(len(kinds))); ok {
		q.Kind = kinds[n-1]
		return txn.NoProblem
	}
	for _, k := range kinds {
		if strings.EqualFold(string(k), text) {
			q.Kind = k
			return txn.NoProblem
		}
	}
	return txn.SearchKind
}

// FindKinds are the kinds that leave a row, and so can be found; the first is number 1.
func FindKinds() []txn.Kind {
	var kinds []txn.Kind
	for _, k := range txn.Kinds() {
		if !k.Managing() {
			kinds = append(kinds, k)
		}
	}
	return kinds
}

func setOperator(q *Query, text string, _ Terms) txn.Code {
	if len(text) != 2 || strings.Trim(text, "0123456789") != "" {
		return txn.StaffFormat
	}
	q.Operator = text
	return txn.NoProblem
}

func setBatch(q *Query, text string, _ Terms) txn.Code {
	n, ok := number(text, 999_999)
	if !ok {
		return txn.SearchBatch
	}
	q.Batch = txn.Batch(n) //nolint:gosec // six digits
	return txn.NoProblem
}

// Terms says what is searched for, a criterion after the other: trace 000012 · kind Sale.
func (q Query) Terms(l words.Lang) string {
	var parts []string
	for _, c := range criteria {
		if shown := c.show(q, l); shown != "" {
			parts = append(parts, c.Name.In(l)+" "+shown)
		}
	}
	return strings.Join(parts, " · ")
}
