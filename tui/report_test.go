package tui

import (
	"errors"
	"testing"

	tea "charm.land/bubbletea/v2"

	"vpos/tui/screen"
	"vpos/tui/words"
	"vpos/txn"
)

// The report is opened by its letter and from the menu alone, read in the language of the
// screen, scrolled no further than its end, printed by Enter and left by Esc.
func TestReport(t *testing.T) {
	for _, size := range sizes {
		for _, keys := range []string{"z", "m74"} {
			b := newBench(t, words.EN, "mono")
			b.size(size.w, size.h)
			b.keys(keys)
			b.at(txn.ReportShown)
			b.shows("X REPORT")
			b.hides("the end")
			b.keys("l")
			b.shows("X 报表")
			for range 5 {
				b.press(tea.KeyPressMsg{Code: tea.KeyPgDown})
			}
			b.shows("完 ")
			if end := screen.ReportEnd(b.m.frame()); b.m.cursor != end || end == 0 {
				t.Errorf("%d×%d: scrolled to %d, the end is %d", size.w, size.h, b.m.cursor, end)
			}
			b.press(tea.KeyPressMsg{Code: tea.KeyUp})
			b.hides("完 ")
			b.keys("\n")
			b.shows(words.SheetPrinted.In(words.ZH))
			b.keys("\x1b")
			b.at(txn.Idle)
			if len(b.acct.papers) != 1 || len(b.m.report.Lines) != 0 {
				t.Errorf("%d prints, %d lines left behind", len(b.acct.papers), len(b.m.report.Lines))
			}
		}
	}
}

// A report that cannot be read or printed says so, and Enter tries the printer again.
func TestReportInTrouble(t *testing.T) {
	for _, lang := range words.Langs() {
		b := newBench(t, lang, "mono")
		b.acct.fail = true
		b.keys("z\n")
		b.shows(words.ReportFailed.In(lang))
		if len(b.acct.papers) != 0 {
			t.Error("printed what could not be read")
		}
		b = newBench(t, lang, "mono")
		b.acct.jam = errors.New("jammed")
		b.keys("z\n")
		b.shows(words.SheetUnprinted.In(lang))
		b.acct.jam = nil
		b.keys("\n")
		b.shows(words.SheetPrinted.In(lang))
		b.hides(words.SheetUnprinted.In(lang))
	}
}

// A digit is no shortcut here, and a swipe is dropped: nothing is sold from a report.
func TestNothingIsSoldFromAReport(t *testing.T) {
	b := newBench(t, words.EN, "mono")
	b.keys("z5")
	b.at(txn.ReportShown)
	b.shows(words.ForCode(txn.NotHere).Headline.EN)
	b.burst(stripe, 0)
	b.wait(1e9)
	b.at(txn.ReportShown)
	b.shows(words.ForCode(txn.SwipeIgnored).Headline.EN)
}
