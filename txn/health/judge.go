package health

import "time"

// Where a measured figure stops being good. One place, so that the manual and the
// tests mean the same as the checks.
const (
	SlowWrite    = 250 * time.Millisecond // a sale is two such writes; a person notices
	LowSpace     = 64 << 20               // bytes: the journal's backup before a migration still fits
	SlowAnswer   = 3 * time.Second        // of an echo
	ClockNote    = 30 * time.Second       // the host's clock against ours
	ClockLimit   = 5 * time.Minute        // from here on days and chip dates go wrong
	JumpNote     = 5 * time.Second        // our clock against the time that really passed
	BehindLimit  = time.Minute            // our clock against the newest row
	CertificateD = 30 * 24 * time.Hour    // before it ends
	nearFull     = 10                     // a batch with a tenth left
)

// OfClock judges the clock: offset is the host's less ours, zero and known false where
// the host was not heard; jump is how much our clock moved beyond the time that
// passed; ahead is how much the newest row is in the future, or less than zero.
func OfClock(offset time.Duration, known bool, jump, ahead time.Duration) Finding {
	f := Finding{Code: ClockTrue, Outcome: Good}
	switch {
	case known && offset.Abs() >= ClockLimit:
		f = Finding{Code: ClockWrong, Outcome: Fault}
	case ahead > BehindLimit:
		f = Finding{Code: ClockBehind, Outcome: Fault}
	case known && offset.Abs() >= ClockNote:
		f = Finding{Code: ClockOff, Outcome: Warning}
	case jump.Abs() >= JumpNote:
		f = Finding{Code: ClockJumped, Outcome: Warning}
	case !known:
		f = Finding{Code: ClockAlone, Outcome: NotApplicable}
	}
	if known {
		f = f.With(Offset, int64(offset.Round(time.Second)/time.Second))
	}
	if jump.Abs() >= JumpNote {
		f = f.With(Jump, int64(jump.Round(time.Second)/time.Second))
	}
	return f
}

// OfDisk judges a disk that took a test write: free is what is left, in bytes, or less
// than zero where the system does not say; slowest is the slowest write.
func OfDisk(free int64, slowest time.Duration) Finding {
	f := Finding{Code: DiskGood, Outcome: Good}
	switch {
	case free >= 0 && free < LowSpace:
		f = Finding{Code: DiskLow, Outcome: Warning}
	case slowest >= SlowWrite:
		f = Finding{Code: DiskSlow, Outcome: Warning}
	}
	if free >= 0 {
		f = f.With(Free, free)
	}
	return f.Timed(Write, slowest)
}

// OfJournal judges a journal that opened: what is owed and how full the open batch is.
// most is 0 where a batch has no limit.
func OfJournal(pending, owed, begun, most int) Finding {
	f := Finding{Code: JournalGood, Outcome: Good}
	switch {
	case most > 0 && begun >= most:
		f = Finding{Code: JournalFull, Outcome: Warning}
	case pending > 0:
		f = Finding{Code: JournalReversals, Outcome: Warning}
	case owed > 0:
		f = Finding{Code: JournalSlips, Outcome: Warning}
	case most > 0 && most-begun <= most/nearFull:
		f = Finding{Code: JournalNearFull, Outcome: Warning}
	}
	f = f.With(Batch, int64(begun))
	if most > 0 {
		f = f.With(BatchMax, int64(most))
	}
	if pending > 0 {
		f = f.With(Pending, int64(pending))
	}
	if owed > 0 {
		f = f.With(Owed, int64(owed))
	}
	return f
}

// OfScreen judges a window: its size in cells, the least it must have, and how many
// cells a glyph like ─ takes there; 0 where that could not be asked.
func OfScreen(columns, lines, least, lowest, ambiguous int) Finding {
	f := Finding{Code: ScreenGood, Outcome: Good}
	switch {
	case columns < least || lines < lowest:
		f = Finding{Code: ScreenSmall, Outcome: Fault}
	case ambiguous > 1:
		f = Finding{Code: ScreenWide, Outcome: Warning}
	case ambiguous == 0:
		f = Finding{Code: ScreenUnmeasured, Outcome: NotApplicable}
	}
	f = f.With(Columns, int64(columns)).With(Lines, int64(lines))
	if ambiguous == 0 {
		return f.Saying(Test, TestLine)
	}
	return f.With(Ambiguous, int64(ambiguous))
}

// TestLine is what a person compares where the terminal cannot be asked: eight glyphs
// that some terminals draw two cells wide, and eight that none does.
const TestLine = "────────|--------|"
