package main

import (
	"context"
	"os"
	"slices"

	"vpos/tui/words"
	"vpos/txn"
	"vpos/txn/config"
	"vpos/txn/health"
)

// The device check as a terminal opens: terminal.check_on_start.

// quiet reports whether nothing needs to be seen of a check: it is off, or nothing it
// found stops the terminal from working.
func (d *doctor) quiet(ctx context.Context) (found []health.Finding, quiet bool) {
	tell := func(f health.Finding) { found = append(found, f) }
	switch d.shop.config.Terminal.Check {
	case config.CheckOff:
		return nil, true
	case config.CheckAlways:
		return nil, false
	case config.CheckFaults:
	}
	d.CheckQuick(ctx, tell)
	found = slices.DeleteFunc(found, func(f health.Finding) bool { return f.Outcome < health.Fault })
	return found, len(found) == 0
}

// atStart opens the check's screen where something must be seen, as soon as the terminal
// is idle: it takes no key from somebody who has begun to sell or to sign in.
func (d *doctor) atStart(ctx context.Context) {
	if _, quiet := d.quiet(ctx); quiet {
		return
	}
	if await(ctx, func() bool { s := d.engine.State(); return s.Ready && s.Name == txn.Idle }) {
		d.engine.Happened(txn.Opened{Name: txn.DoctorShown})
	}
}

// startLines are what the dialogue says of the devices before its first state: what does
// not work, or everything where that is wanted. The dialogue begins at idle all the
// same: whoever pipes lines into it means that state.
func (d *doctor) startLines(ctx context.Context, l words.Lang) []string {
	list, quiet := d.quiet(ctx)
	if quiet {
		return nil
	}
	if list == nil {
		d.CheckPlain(ctx, func(f health.Finding) { list = append(list, f) })
	}
	var lines []string
	for _, f := range list {
		line := words.FindingLine(f, l)
		if next := words.ForFinding(f.Code).Next; !next.Empty() && f.Outcome >= health.Warning {
			line += " · " + next.In(l)
		}
		lines = append(lines, line)
	}
	return append(lines, words.DoctorSummary(list, l))
}

// CheckPlain is Check with what can be told of the screen of a line dialogue: nobody is
// asked how wide a glyph is, for the answer would be among the lines.
func (d *doctor) CheckPlain(ctx context.Context, tell func(health.Finding)) {
	tell(sizeOf(os.Stdout, func() int { return 0 }))
	d.Check(ctx, tell)
}
