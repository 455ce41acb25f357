package tui

import (
	"testing"

	tea "charm.land/bubbletea/v2"

	"vpos/tui/keypad"
	"vpos/tui/words"
	"vpos/txn"
)

var bookScenes = []scene{
	{"book-search", txn.Journal, func(b *bench) { b.keys("j1") }},
	{"book-search-set", txn.Journal, func(b *bench) { b.keys("j121166\n" + "15" + "1\n" + "1") }},
	{"book-find-trace", txn.Journal, func(b *bench) { b.keys("j11" + "12") }},
	{"book-find-amount", txn.Journal, func(b *bench) { b.keys("j13" + "1234") }},
	{"book-find-kind", txn.Journal, func(b *bench) { b.keys("j15" + "4") }},
	{"book-find-wrong", txn.Journal, func(b *bench) { b.keys("j12" + "12\n") }},
	{"book-found", txn.Journal, func(b *bench) { b.keys("j13" + "1234\n" + "15" + "1\n") }},
	{"book-nothing", txn.Journal, func(b *bench) { b.keys("j12" + "0000\n") }},
	{"book-detail", txn.Journal, func(b *bench) { b.keys("j\n") }},
	{"book-hours", txn.Journal, func(b *bench) { b.keys("j2") }},
	{"book-kinds", txn.Journal, func(b *bench) { b.keys("m75\n") }},
	{"book-week", txn.Journal, func(b *bench) { b.keys("j2\n\n") }},
}

// Every criterion is searched by with the keypad's keys alone, narrows what was found
// before, and is taken out again by an empty entry.
func TestSearchByKeypad(t *testing.T) {
	for name, c := range map[string]struct {
		keys  string
		found int
		first txn.STAN
	}{
		"trace": {"j11" + "57\n", 1, 57}, "last4": {"j12" + "1112\n", 1, 59}, "amount": {"j13" + "1234\n", 12, 60},
		"a decimal amount": {"j13" + "12.34\n", 12, 60}, "day": {"j14" + "1122\n", 50, 60}, "a whole date": {"j14" + "20261122\n", 50, 60},
		"since": {"j18" + "1121\n", 50, 60}, "kind": {"j15" + "2\n", 1, 50}, "batch": {"j17" + "1\n", 50, 60},
		"nobody's": {"j16" + "07\n", 0, 0}, "both": {"j13" + "1234\n" + "11" + "55\n", 1, 55},
		"one taken out": {"j13" + "1234\n" + "11" + "55\n" + "13" + "\n", 1, 55}, "all again": {"j11" + "57\n0", 50, 60},
	} {
		t.Run(name, func(t *testing.T) {
			b := newBench(t, words.EN, "mono")
			b.keys(c.keys)
			b.at(txn.Journal)
			if n := len(b.m.list.Lines); n != c.found || n > 0 && b.m.list.Lines[0].STAN != c.first {
				t.Errorf("%d found, want %d from %d: %+v", n, c.found, c.first, b.m.book.Query)
			}
		})
	}
}

// A page that was asked for before a search is not taken for the search's.
func TestLatePageIsDropped(t *testing.T) {
	b := newBench(t, words.EN, "mono")
	b.keys("j")
	late := pageRead{serial: b.m.book.serial, lines: b.m.list.Lines}
	b.keys("11" + "57")
	b.wait(1e9)
	_, _ = b.m.Update(keyOf('\n')) // the read is under way
	_, _ = b.m.Update(captureDue{})
	b.m.find(keypad.Query{STAN: 57})
	b.m.list.Loading = true
	_, _ = b.m.Update(late)
	if len(b.m.list.Lines) != 0 {
		t.Error("the list of another search is shown")
	}
}

// A wrong entry says so and stays; Esc goes back view by view, and the list keeps its mark.
func TestViewsAreLeft(t *testing.T) {
	b := newBench(t, words.EN, "mono")
	b.keys("j")
	b.press(tea.KeyPressMsg{Code: tea.KeyDown}, tea.KeyPressMsg{Code: tea.KeyDown})
	b.keys("12" + "12\n")
	b.shows(words.ForCode(txn.SearchLast4).Headline.EN)
	for _, want := range []keypad.View{keypad.SearchView, keypad.ListView} {
		b.keys("\x1b")
		if b.m.book.View != want {
			t.Errorf("view %d, want %d", b.m.book.View, want)
		}
	}
	if b.m.cursor != 2 {
		t.Errorf("the mark is at %d", b.m.cursor)
	}
	b.keys("\x1b")
	b.at(txn.Idle)
	b.keys("m75\x1b")
	b.at(txn.Idle)
}

// From the details the slips come again, marked as duplicates; of what has none, it says so.
func TestAgainFromTheDetails(t *testing.T) {
	b := newBench(t, words.EN, "mono")
	b.keys(sold + "\n\n\n\x1b")
	b.at(txn.Idle)
	before := len(b.till.slips)
	b.keys("j")
	b.m.list.Lines[0].STAN = 1 // what the till has sold
	b.keys("\n4")
	b.at(txn.Idle) // the paper is out
	if n := len(b.till.slips); n == before || !b.till.slips[n-1].Duplicate || b.till.slips[n-1].Txn.STAN != 1 {
		t.Errorf("%d slips, %+v", n-before, b.till.slips[n-1].Duplicate)
	}
	b = newBench(t, words.EN, "mono")
	b.keys("j\n4")
	b.shows(words.ForCode(txn.TraceUnknown).Headline.EN)
	if len(b.till.slips) != 0 {
		t.Error("something was printed")
	}
}

// The charts turn, and go no further than today.
func TestCharts(t *testing.T) {
	b := newBench(t, words.EN, "mono")
	today := txn.DayOf(start)
	b.keys("j2")
	b.shows("By the hour")
	b.shows("####")
	b.shows("09 -- ") // given back
	b.press(tea.KeyPressMsg{Code: tea.KeyRight})
	b.shows("By kind")
	b.press(tea.KeyPressMsg{Code: tea.KeyRight})
	b.shows("The week")
	b.press(tea.KeyPressMsg{Code: tea.KeyDown})
	if b.m.book.Chart.Day != today {
		t.Errorf("the day after today is %s", b.m.book.Chart.Day)
	}
	b.press(tea.KeyPressMsg{Code: tea.KeyUp})
	if b.m.book.Chart.Day != today.Add(-1) || !b.m.book.Chart.Done {
		t.Errorf("the day before is %s", b.m.book.Chart.Day)
	}
}
