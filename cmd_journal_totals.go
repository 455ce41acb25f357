package main

import (
	"context"
	"fmt"
	"io"
	"time"

	"github.com/spf13/cobra"

	"vpos/tui"
	"vpos/tui/words"
	"vpos/txn"
)

// totalsWidth is the cells a line of totals takes where it goes to a pipe or a dialogue.
const totalsWidth = 72

func journalTotals(s *settings) *cobra.Command {
	date := ""
	cmd := &cobra.Command{
		Use: "totals", Short: "A day by the hour and by kind, and its week", Args: cobra.NoArgs,
		RunE: onJournal(s, func(ctx context.Context, p *shop, w io.Writer, _ []string) error {
			lines, err := p.totalsOf(ctx, p.lang, date)
			for _, line := range lines {
				fmt.Fprintln(w, line)
			}
			return err
		}),
	}
	cmd.Flags().StringVar(&date, "date", "", "which day: 2026-03-14, or MMDD (default: today)")
	return cmd
}

// totalsOf is what a day came to as lines; today for an empty date.
func (p *shop) totalsOf(ctx context.Context, l words.Lang, date string) ([]string, error) {
	day := txn.DayOf(time.Now())
	if date != "" {
		var code txn.Code
		if day, code = txn.ParseDay(date, day); code != txn.NoProblem {
			return nil, refuse(code, l)
		}
	}
	t, err := p.turnover(ctx, day)
	if err != nil {
		return nil, journalError(err, l)
	}
	return tui.TurnoverLines(t, l, totalsWidth), nil
}

// turnover is what a day came to, in the terminal's currency where nothing was sold.
func (p *shop) turnover(ctx context.Context, day txn.Day) (txn.Turnover, error) {
	t, err := p.journal.Turnover(ctx, day)
	if t.Sum().Count == 0 && t.Currency == 0 {
		t.Currency = p.config.Terminal.Currency
	}
	return t, err
}
