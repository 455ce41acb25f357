package tui

import (
	"errors"
	"slices"
	"testing"

	"vpos/tui/screen"
	"vpos/tui/words"
	"vpos/txn"
)

// What charged nothing is put on paper where somebody wants it: by the digit, by the letter,
// once more, and never where a slip is owed instead.
func TestSheet(t *testing.T) {
	for _, lang := range words.Langs() {
		for name, c := range map[string]struct {
			host  func(txn.Request) []txn.Event
			keys  string
			at    txn.Name
			paper bool
		}{
			"declined":        {answer("51"), sold + "\n", txn.DeclinedShown, true},
			"referred":        {answer("01"), sold + "\n", txn.DeclinedShown, true},
			"balance":         {nil, "b" + card + "\n", txn.ApprovedShown, true},
			"sign-on":         {nil, "n", txn.ApprovedShown, true},
			"devices":         {nil, "d", txn.DoctorShown, true},
			"approved":        {nil, sold + "\n", txn.ApprovedShown, false},
			"sign-on refused": {refusing(txn.OpSignOn, "97"), "n", txn.DeclinedShown, false},
			"sign-off":        {nil, "m83", txn.ApprovedShown, false},
			"lost":            {silent(txn.OpBalance), "b" + card + "\n", txn.DeclinedShown, false},
		} {
			b := newBench(t, lang, "mono")
			if c.host != nil {
				b.till.host = c.host
			}
			b.keys(c.keys)
			b.at(c.at)
			b.hides(words.SheetPrinted.In(lang))
			b.keys("2")
			b.at(c.at)
			if !c.paper {
				if len(b.acct.papers) != 0 {
					t.Errorf("%s: %v was printed", name, b.acct.papers)
				}
				continue
			}
			b.shows(words.SheetPrinted.In(lang))
			b.keys("p")
			if want := []txn.Name{c.at, c.at}; !slices.Equal(b.acct.papers, want) {
				t.Errorf("%s: printed %v", name, b.acct.papers)
			}
			if (b.acct.found > 0) != (c.at == txn.DoctorShown) {
				t.Errorf("%s: with %d devices", name, b.acct.found)
			}
			b.keys("\x1b")
			b.hides(words.SheetPrinted.In(lang))
		}
	}
}

// A paper that did not come out says why, one of which nobody knows that somebody must look,
// and the key tries again.
func TestSheetInTrouble(t *testing.T) {
	for _, lang := range words.Langs() {
		for _, c := range []struct {
			err  error
			is   screen.SheetState
			says words.Text // how the line begins
		}{
			{errors.New("jammed"), screen.SheetFailed, words.Text{EN: words.SheetCheck.In(words.EN), ZH: words.SheetCheck.In(words.ZH)}},
			{jammed{why: txn.PrinterPaperOut}, screen.SheetFailed, words.ForCode(txn.PrinterPaperOut).Headline},
			{jammed{txn.PrinterBroken, true}, screen.SheetDoubted, words.ForCode(txn.PrinterBroken).Headline},
		} {
			b := newBench(t, lang, "mono")
			b.till.host, b.acct.jam = answer("51"), c.err
			b.keys(sold + "\n2")
			b.shows(c.says.In(lang))
			if b.m.sheet.Is != c.is {
				t.Errorf("%v: %d", c.err, b.m.sheet.Is)
			}
			b.acct.jam = nil
			b.keys("2")
			b.shows(words.SheetPrinted.In(lang))
			b.hides(c.says.In(lang))
		}
	}
}

// What comes of a paper after its screen was left is nothing to the next one; one at a time
// is enough.
func TestSheetLeft(t *testing.T) {
	b := newBench(t, words.EN, "mono")
	b.till.host, b.stuck = answer("51"), true
	b.keys(sold + "\n2")
	b.shows(words.SheetPrinting.In(words.EN))
	b.keys("2")
	if b.m.sheet.wanted {
		t.Error("printed twice at a time")
	}
	b.keys("\x1b")
	b.at(txn.Idle)
	b.feed(sheetPrinted{txn.DeclinedShown, nil})
	b.hides(words.SheetPrinted.In(words.EN))
}

// A check of the devices goes on paper when it is through, and not at all where it was left.
func TestSheetOfHalfACheck(t *testing.T) {
	b := newBench(t, words.EN, "mono")
	b.doc.slow = true
	b.keys("d2")
	b.shows(words.SheetPrinting.In(words.EN))
	if len(b.acct.papers) != 0 {
		t.Error("printed half a check")
	}
	b.feed(deviceFound{round: b.m.doctor.round})
	b.feed(glyphLate{})
	b.shows(words.SheetPrinted.In(words.EN))
	b.keys("\x1bd2\x1b")
	b.at(txn.Idle)
	if len(b.acct.papers) != 1 {
		t.Errorf("%d papers", len(b.acct.papers))
	}
}
