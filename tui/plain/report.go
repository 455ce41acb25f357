package plain

import (
	"context"

	"vpos/tui/words"
)

// report prints what the open batch came to so far, a line each.
func (d *dialogue) report() {
	if d.Report == nil {
		return
	}
	lines, err := d.Report(context.Background(), d.Lang)
	if err != nil {
		d.say("%s", words.ReportFailed.In(d.Lang))
		return
	}
	for _, l := range lines {
		d.say("%s", l)
	}
}

// printReport puts it on paper, and says what became of that.
func (d *dialogue) printReport(ctx context.Context) {
	if d.PrintReport == nil {
		return
	}
	said := words.ReportPrinted
	if err := d.PrintReport(ctx); err != nil {
		said = words.ReportUnprinted
	}
	d.say("%s", said.In(d.Lang))
}
