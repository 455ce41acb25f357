package health_test

import (
	"slices"
	"testing"
	"time"

	"vpos/txn/health"
)

// Every code is of a subject there is, and is there once.
func TestCodes(t *testing.T) {
	seen := map[health.Code]bool{}
	for _, c := range health.Codes() {
		if seen[c] || !slices.Contains(health.Subjects(), c.Subject()) {
			t.Errorf("%s is there twice, or of no subject", c)
		}
		seen[c] = true
	}
	for _, s := range health.Subjects() {
		if late := health.Late(s); seen[late] || !late.IsLate() || late.Subject() != s {
			t.Errorf("%s", late)
		}
	}
}

func TestJudges(t *testing.T) {
	const second, minute = time.Second, time.Minute
	for _, c := range []struct {
		name string
		got  health.Finding
		want health.Code
		is   health.Outcome
	}{
		{"clock", health.OfClock(-29*second, true, 0, -minute), health.ClockTrue, health.Good},
		{"clock off", health.OfClock(-30*second, true, 0, -minute), health.ClockOff, health.Warning},
		{"clock wrong", health.OfClock(5*minute, true, 0, 0), health.ClockWrong, health.Fault},
		{"clock jumped", health.OfClock(0, true, -5*second, 0), health.ClockJumped, health.Warning},
		{"clock behind", health.OfClock(0, false, 0, minute+1), health.ClockBehind, health.Fault},
		{"clock alone", health.OfClock(0, false, 0, 0), health.ClockAlone, health.NotApplicable},
		{"disk", health.OfDisk(health.LowSpace, health.SlowWrite-1), health.DiskGood, health.Good},
		{"disk that does not say", health.OfDisk(-1, 0), health.DiskGood, health.Good},
		{"disk low", health.OfDisk(health.LowSpace-1, 0), health.DiskLow, health.Warning},
		{"disk slow", health.OfDisk(health.LowSpace, health.SlowWrite), health.DiskSlow, health.Warning},
		{"journal", health.OfJournal(0, 0, 449, 500), health.JournalGood, health.Good},
		{"journal without a limit", health.OfJournal(0, 0, 10_000, 0), health.JournalGood, health.Good},
		{"journal near full", health.OfJournal(0, 0, 450, 500), health.JournalNearFull, health.Warning},
		{"journal full", health.OfJournal(1, 1, 500, 500), health.JournalFull, health.Warning},
		{"journal reversals", health.OfJournal(1, 1, 499, 500), health.JournalReversals, health.Warning},
		{"journal slips", health.OfJournal(0, 1, 499, 500), health.JournalSlips, health.Warning},
		{"screen", health.OfScreen(40, 20, 40, 20, 1), health.ScreenGood, health.Good},
		{"screen narrow", health.OfScreen(39, 20, 40, 20, 1), health.ScreenSmall, health.Fault},
		{"screen low", health.OfScreen(40, 19, 40, 20, 2), health.ScreenSmall, health.Fault},
		{"screen wide", health.OfScreen(80, 24, 40, 20, 2), health.ScreenWide, health.Warning},
		{"screen dumb", health.OfScreen(80, 24, 40, 20, 0), health.ScreenUnmeasured, health.NotApplicable},
	} {
		if c.got.Code != c.want || c.got.Outcome != c.is {
			t.Errorf("%s: %s %s, want %s %s", c.name, c.got.Code, c.got.Outcome, c.want, c.is)
		}
	}
}

func TestWorstAndOrder(t *testing.T) {
	list := []health.Finding{{Code: health.DumpsOff, Outcome: health.Good}, {Code: health.ReaderNone, Outcome: health.Warning}}
	if got := health.Worst(list); got != health.Warning {
		t.Error(got)
	}
	if got := health.Worst(nil); got != health.NotApplicable {
		t.Error(got)
	}
	health.Sort(list)
	if list[0].Code != health.ReaderNone {
		t.Error("not in the order of the screen")
	}
}
