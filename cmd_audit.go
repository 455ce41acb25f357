package main

import (
	"context"
	"fmt"
	"io"
	"strings"

	"github.com/spf13/cobra"

	"vpos/tui/words"
)

// auditCommand reads the audit of a folder no terminal is using.
func auditCommand(s *settings) *cobra.Command {
	group := &cobra.Command{Use: "audit", Short: "The audit: what the operators did"}
	limit, all := recentLines, false
	list := &cobra.Command{
		Use: "list", Short: "The newest acts, a line each", Args: cobra.NoArgs,
		RunE: onJournal(s, func(ctx context.Context, p *shop, w io.Writer, _ []string) error {
			if all {
				limit = 0
			}
			return listAudit(ctx, p, w, limit)
		}),
	}
	list.Flags().IntVar(&limit, "limit", limit, "how many; 0 for all")
	list.Flags().BoolVar(&all, "all", false, "all of them, whatever --limit says")
	group.AddCommand(list)
	return group
}

// listAudit is a line for each act: its place in the chain, when, what, who, and what
// goes with it. The oldest comes first.
func listAudit(ctx context.Context, p *shop, w io.Writer, limit int) error {
	rows, total, err := p.journal.Audit(ctx, limit)
	switch {
	case err != nil:
		return journalError(err, p.lang)
	case total == 0:
		fmt.Fprintln(w, words.AuditNone.In(p.lang))
		return nil
	}
	if more := total - int64(len(rows)); more > 0 {
		fmt.Fprintln(w, words.AuditMore.Fill(p.lang, more))
	}
	for i := range rows {
		r := &rows[i]
		fmt.Fprintln(w, strings.TrimRight(strings.Join([]string{
			fmt.Sprintf("#%06d", r.Seq), r.At.Format("2006-01-02 15:04:05"), pad(words.Act(r.Act).In(p.lang), words.ActWidth),
			r.Operator, words.AuditDetail(p.lang, &r.Row),
		}, "  "), " "))
	}
	return nil
}
