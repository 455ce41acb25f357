package main

import (
	"context"
	"fmt"
	"io"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"vpos/tui/keypad"
	"vpos/tui/words"
	"vpos/txn"
	"vpos/txn/journal"
)

// finder is what a command searches for: the flags of the table in keypad, read as the
// terminal's own screens read them.
type finder struct {
	values   map[string]*string
	from, to string
}

// flags gives a command the filters.
func (f *finder) flags(cmd *cobra.Command) {
	f.values = map[string]*string{}
	usage := map[string]string{
		"trace": "of this trace number", "last4": "of cards that end with these four digits", "amount": "of this amount: 1234 is 12.34",
		"kind": "of this kind: sale, void, refund …", "operator": "of this operator, two digits", "batch": "of this batch",
	}
	for _, c := range keypad.Criteria() {
		if text, ok := usage[c.Word]; ok {
			f.values[c.Word] = cmd.Flags().String(c.Word, "", text)
		}
	}
	f.days(cmd)
}

// days gives a command the range of days alone.
func (f *finder) days(cmd *cobra.Command) {
	cmd.Flags().StringVar(&f.from, "from", "", "from this day on: 2026-03-14, or MMDD")
	cmd.Flags().StringVar(&f.to, "to", "", "up to and with this day")
}

// filter reads the flags.
func (f *finder) filter(p *shop) (journal.Filter, error) {
	var q keypad.Query
	today := txn.DayOf(time.Now())
	terms := keypad.Terms{Today: today, Currency: p.config.Terminal.Currency}
	for _, c := range keypad.Criteria() {
		value, ok := f.values[c.Word]
		if !ok || *value == "" {
			continue
		}
		if code := c.Set(&q, *value, terms); code != txn.NoProblem {
			return journal.Filter{}, refuse(code, p.lang)
		}
	}
	for _, end := range []struct {
		text string
		day  *txn.Day
	}{{f.from, &q.First}, {f.to, &q.Last}} {
		if end.text == "" {
			continue
		}
		day, code := txn.ParseDay(end.text, today)
		if code != txn.NoProblem {
			return journal.Filter{}, refuse(code, p.lang)
		}
		*end.day = day
	}
	return filterOf(q), nil
}

// filterOf is a query of the screens as the journal takes it.
func filterOf(q keypad.Query) journal.Filter {
	return journal.Filter{
		STAN: q.STAN, Last4: q.Last4, Amount: q.Amount.Minor, First: q.First, Last: q.Last,
		Kind: q.Kind, Operator: q.Operator, Batch: q.Batch,
	}
}

func journalList(s *settings) *cobra.Command {
	limit, all, find := recentLines, false, finder{}
	list := &cobra.Command{
		Use: "list", Short: "The newest transactions, or those searched for, a line each", Args: cobra.NoArgs,
		RunE: onJournal(s, func(ctx context.Context, p *shop, w io.Writer, _ []string) error {
			filter, err := find.filter(p)
			if err != nil {
				return err
			}
			if limit < 0 {
				return advise(words.LimitWrong, p.lang, nil)
			}
			if filter.Limit = limit; all {
				filter.Limit = 0
			}
			return listTransactions(ctx, p, w, filter)
		}),
	}
	list.Flags().IntVar(&limit, "limit", limit, "how many; 0 for all")
	list.Flags().BoolVar(&all, "all", false, "all of them, whatever --limit says")
	find.flags(list)
	return list
}

// listTransactions prints a line each and, where the limit left out older ones, says so.
func listTransactions(ctx context.Context, p *shop, w io.Writer, f journal.Filter) error {
	lines, err := p.listed(ctx, p.lang, f)
	if err != nil {
		return err
	}
	switch {
	case len(lines) > 0:
	case everything(f):
		fmt.Fprintln(w, words.NoRecent.In(p.lang))
	default:
		fmt.Fprintln(w, words.SearchEmpty.In(p.lang))
	}
	for _, line := range lines {
		fmt.Fprintln(w, line)
	}
	if f.Limit == 0 || len(lines) < f.Limit {
		return nil
	}
	n, err := p.journal.Count(ctx, f)
	if err != nil {
		return journalError(err, p.lang)
	}
	if left := n - len(lines); left > 0 {
		fmt.Fprintln(w, words.MoreLines.Fill(p.lang, f.Limit, left))
	}
	return nil
}

// everything reports whether a filter picks all there is.
func everything(f journal.Filter) bool {
	return f.STAN == 0 && f.Last4 == "" && f.Amount == 0 && f.Batch == 0 && f.First == 0 && f.Last == 0 && f.Kind == "" && f.Operator == ""
}

// listed is transactions, a line each: batch, trace, time, kind, card, amount, what became
// of it.
func (p *shop) listed(ctx context.Context, l words.Lang, f journal.Filter) ([]string, error) {
	list, err := p.journal.Transactions(ctx, f)
	if err != nil {
		return nil, journalError(err, l)
	}
	lines := make([]string, len(list))
	for i, t := range list {
		lines[i] = listLine(t, l)
	}
	return lines, nil
}

func listLine(t journal.Summary, l words.Lang) string {
	status := words.StatusText(t.Status).In(l)
	if t.Status == txn.Declined {
		status += " " + t.Result.Code
	}
	if t.Owed() {
		status += "  ! " + words.NoSlip.In(l)
	}
	brand := words.Tender(t.Brand, t.Entry, t.Wallet).In(l)
	if t.Kind == txn.Settlement {
		brand = "" // of no card
	}
	return strings.Join([]string{
		t.Batch.String(), t.STAN.String(), t.Begun.Format("01-02 15:04:05"), pad(words.Kind(t.Kind).In(l), words.KindWidth),
		pad(brand, 16), pad(t.MaskedPAN(), 19), padLeft(t.Amount.String(), 16), status,
	}, "  ")
}
