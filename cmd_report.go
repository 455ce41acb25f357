package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"vpos/receipts"
	"vpos/receipts/text"
	"vpos/tui"
	"vpos/tui/words"
	"vpos/txn"
)

// reportCommand draws reports of a folder no terminal is using. It writes nothing but
// the file it is told to.
func reportCommand(s *settings) *cobra.Command {
	group := &cobra.Command{Use: "report", Short: "X and Z reports, and the last settlement again"}
	out, list, batch := "", false, uint32(0)
	draw := func(do func(context.Context, *shop) (receipts.Page, error)) func(*cobra.Command, []string) error {
		return onJournal(s, func(ctx context.Context, p *shop, w io.Writer, _ []string) error {
			page, err := do(ctx, p)
			if err != nil {
				return err
			}
			return p.putReport(w, out, page)
		})
	}
	x := &cobra.Command{
		Use: "x", Short: "What the open batch comes to so far", Args: cobra.NoArgs,
		RunE: draw(func(ctx context.Context, p *shop) (receipts.Page, error) {
			return p.report(ctx, 0, receipts.ReportOptions{At: time.Now(), List: list})
		}),
	}
	z := &cobra.Command{
		Use: "z", Short: "What a settled batch came to, as a duplicate", Args: cobra.NoArgs,
		RunE: draw(func(ctx context.Context, p *shop) (receipts.Page, error) {
			return p.settledReport(ctx, txn.Batch(batch), receipts.ReportOptions{At: time.Now(), List: list, Duplicate: true})
		}),
	}
	last := &cobra.Command{
		Use: "last", Short: "The slip of the last settlement again, as a duplicate", Args: cobra.NoArgs,
		RunE: draw(func(ctx context.Context, p *shop) (receipts.Page, error) { return p.lastSettlement(ctx) }),
	}
	for _, cmd := range []*cobra.Command{x, z, last} {
		cmd.Flags().StringVar(&out, "out", "", "a new file instead of the screen")
	}
	for _, cmd := range []*cobra.Command{x, z} {
		cmd.Flags().BoolVar(&list, "list", false, "and every transaction")
	}
	z.Flags().Uint32Var(&batch, "batch", 0, "which batch (default: the last that was settled)")
	group.AddCommand(x, z, last)
	return group
}

// report draws the report of a batch, the open one for 0.
func (p *shop) report(ctx context.Context, batch txn.Batch, o receipts.ReportOptions) (receipts.Page, error) {
	r, err := p.journal.Report(ctx, batch)
	if err != nil {
		return receipts.Page{}, journalError(err, p.lang)
	}
	page, err := receipts.RenderReport(p.named(&r), p.reportOptions(o))
	if err != nil {
		return page, advise(words.SlipUnprintable, p.lang, err)
	}
	return page, nil
}

// settledReport is report of a batch that must be closed; the last one for 0.
func (p *shop) settledReport(ctx context.Context, batch txn.Batch, o receipts.ReportOptions) (receipts.Page, error) {
	if batch == 0 {
		t, err := p.lastSettled(ctx)
		if err != nil {
			return receipts.Page{}, err
		}
		batch = t.Batch
	}
	r, err := p.journal.Report(ctx, batch)
	switch {
	case err != nil:
		return receipts.Page{}, journalError(err, p.lang)
	case r.Closed == nil:
		return receipts.Page{}, advise(words.BatchNotClosed, p.lang, nil)
	}
	return p.report(ctx, batch, o)
}

func (p *shop) lastSettled(ctx context.Context) (*txn.Transaction, error) {
	t, err := p.journal.LastSettlement(ctx)
	switch {
	case err != nil:
		return nil, journalError(err, p.lang)
	case t == nil:
		return nil, advise(words.NothingSettled, p.lang, nil)
	}
	return t, nil
}

func (p *shop) lastSettlement(ctx context.Context) (receipts.Page, error) {
	t, err := p.lastSettled(ctx)
	if err != nil {
		return receipts.Page{}, err
	}
	o := p.slipOptions()
	o.Chain = p.chainAt(ctx, t.Key())
	page, err := receipts.Render(txn.Slip{Txn: t, Copy: txn.MerchantCopy, Duplicate: true}, o)
	if err != nil {
		return page, advise(words.SlipUnprintable, p.lang, err)
	}
	return page, nil
}

// named fills in what a batch without a transaction does not say of its terminal.
func (p *shop) named(r *txn.Report) *txn.Report {
	if len(r.Lines) == 0 && r.Closed == nil {
		t := p.config.Terminal
		r.Currency, r.Terminal, r.Merchant = t.Currency, t.ID, t.Merchant
	}
	return r
}

// reportOptions are the shop's, with what one report has of its own.
func (p *shop) reportOptions(o receipts.ReportOptions) receipts.ReportOptions {
	o.Options, o.Rates, o.Days = p.slipOptions(), p.config.Fees.Rates, p.config.Fees.Days
	return o
}

// putReport writes a page to a new file, or to the screen.
func (p *shop) putReport(w io.Writer, path string, page receipts.Page) error {
	drawn := text.Render(page)
	if path == "" {
		fmt.Fprint(w, drawn)
		return nil
	}
	return p.putNew(path, []byte(drawn))
}

// openReports are the open batch's reports for the screens.
type openReports struct{ shop *shop }

// errNotOpen says that the journal is not open yet.
var errNotOpen = errors.New("the journal is not open yet")

// Report is the report's lines, as on the narrowest paper.
func (x openReports) Report(ctx context.Context, l words.Lang) ([]string, error) {
	if !x.shop.opened.Load() {
		return nil, errNotOpen
	}
	o := receipts.ReportOptions{At: time.Now()}
	r, err := x.shop.journal.Report(ctx, 0)
	if err != nil {
		return nil, fmt.Errorf("report: %w", err)
	}
	o = x.shop.reportOptions(o)
	o.Columns, o.Lang = tui.ReportWidth, receipts.English
	if l == words.ZH {
		o.Lang = receipts.Chinese
	}
	page, err := receipts.RenderReport(x.shop.named(&r), o)
	if err != nil {
		return nil, fmt.Errorf("report: %w", err)
	}
	return strings.Split(strings.TrimRight(text.Render(page), "\n"), "\n"), nil
}

// PrintReport puts it on the shop's own paper, beside the Z reports.
func (x openReports) PrintReport(ctx context.Context) error {
	r, err := x.shop.journal.Report(ctx, 0)
	if err != nil {
		return fmt.Errorf("report: %w", err)
	}
	return x.shop.reports().PrintOpen(ctx, x.shop.named(&r), x.shop.reportOptions(receipts.ReportOptions{At: time.Now()}))
}

// chainAt is the beginning of the hash of the row that closed a batch, for its slip:
// whoever has the paper can ask the journal for that row. It is the same on every copy;
// empty where there is no such row.
func (p *shop) chainAt(ctx context.Context, k txn.Key) string {
	rows, err := p.journal.ByTrace(ctx, k.Batch, k.STAN)
	if err != nil {
		return ""
	}
	for _, r := range rows {
		if r.Type == txn.RecApproved {
			return strings.ToUpper(r.Hash.String()[:chainDigits])
		}
	}
	return ""
}

// chainDigits is how much of a hash is on paper: 64 bits, to be typed by a person.
const chainDigits = 16
