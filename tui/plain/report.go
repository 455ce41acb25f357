package plain

import (
	"context"

	"vpos/tui/screen"
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

// printSheet puts what the state shows on paper, and says what became of that.
func (d *dialogue) printSheet(ctx context.Context) {
	if d.Print == nil {
		d.say("%s", words.SheetUnprinted.In(d.Lang))
		return
	}
	what, why := screen.SheetOf(d.Print(ctx, d.Terminal.State(), d.found)).Said(d.Lang)
	if why != "" {
		what += " · " + why
	}
	d.say("%s", what)
}
