package main

import (
	"context"
	"fmt"
	"time"

	"vpos/receipts"
	"vpos/receipts/printer"
	"vpos/tui/words"
	"vpos/txn"
	"vpos/txn/health"
)

// What is on a screen, on paper: nobody owes it, and no journal counts it. The words are
// those of the screens.

// printScreen puts what a state shows on paper; found is what the device check has found.
func (p *shop) printScreen(ctx context.Context, s txn.State, found []health.Finding) error {
	if !p.opened.Load() {
		return errNotOpen
	}
	switch {
	case s.Name == txn.ReportShown:
		return openReports{p}.PrintReport(ctx)
	case s.Name == txn.DoctorShown:
		return p.printDevices(ctx, found)
	case s.Draft.Kind == txn.SignOn:
		return p.printSignOn(ctx, s)
	case s.Name == txn.DeclinedShown:
		return p.printDeclined(ctx, &s.Draft)
	case s.Draft.Kind == txn.Balance && s.Left != nil:
		page, err := receipts.RenderBalance(&s.Draft, *s.Left, p.slipOptions())
		return p.putPaper(ctx, paperName(&s.Draft, "balance"), page, err)
	}
	return fmt.Errorf("print %s: %w", s.Name, receipts.ErrNoSlip)
}

func (p *shop) printDeclined(ctx context.Context, t *txn.Transaction) error {
	page, err := declinedPage(t, p.slipOptions())
	return p.putPaper(ctx, paperName(t, "declined"), page, err)
}

// declinedPage is the slip of a refusal, in the words of the screens.
func declinedPage(t *txn.Transaction, o receipts.Options) (receipts.Page, error) {
	said := words.OutcomeOf(*t)
	why := said.Cause
	if why.Empty() {
		why = said.Headline
	}
	return receipts.RenderDeclined(t, receipts.Declined{Why: saying(why), Next: saying(said.Do)}, o)
}

func (p *shop) printSignOn(ctx context.Context, s txn.State) error {
	at := s.Draft.At
	if host := s.Draft.Result.HostAt; !host.IsZero() {
		at = host
	}
	t := p.config.Terminal
	page, err := receipts.RenderSignOn(receipts.SignOn{
		At: at, Terminal: t.ID, Merchant: t.Merchant, Batch: s.Batch.String(), Operator: s.Operator,
	}, p.slipOptions())
	return p.putPaper(ctx, dated(at)+"-sign-on", page, err)
}

func (p *shop) printDevices(ctx context.Context, found []health.Finding) error {
	check := receipts.DeviceCheck{At: time.Now(), Terminal: p.config.Terminal.ID}
	for _, f := range found {
		said := words.ForFinding(f.Code)
		check.Rows = append(check.Rows, receipts.DeviceRow{
			Subject: saying(words.Device(f.Subject())), Outcome: saying(words.OutcomeWord(f.Outcome)),
			Headline: saying(said.Headline), Next: saying(said.Next),
		})
	}
	page, err := receipts.RenderDeviceCheck(check, p.slipOptions())
	return p.putPaper(ctx, dated(check.At)+"-device-check", page, err)
}

// putPaper prints a page, unless it could not be drawn.
func (p *shop) putPaper(ctx context.Context, name string, page receipts.Page, drawn error) error {
	if drawn != nil {
		return fmt.Errorf("%s: %w", name, drawn)
	}
	papers := printer.Papers{File: p.slipsIn, Paper: p.paper}
	if err := papers.Print(ctx, name, page); err != nil {
		return fmt.Errorf("%s: %w", name, err)
	}
	return nil
}

// paperName is a transaction's paper of that kind, beside its slips.
func paperName(t *txn.Transaction, kind string) string {
	return fmt.Sprintf("%s-%s-%s-%s", dated(t.At), t.Batch, t.STAN, kind)
}

func dated(at time.Time) string { return at.Format("20060102-150405") }

func saying(t words.Text) receipts.Words { return receipts.Words{Zh: t.ZH, En: t.EN} }
