package plain

import (
	"context"
	"errors"
	"fmt"
	"testing"

	"vpos/tui/keypad"
	"vpos/tui/words"
	"vpos/txn"
)

// shelf is a journal of fifty lines that says what it was asked.
type shelf struct{ fail bool }

func (s shelf) Search(_ context.Context, _ words.Lang, q keypad.Query, limit, offset int) ([]string, error) {
	if s.fail {
		return nil, errors.New("broken")
	}
	n := 50
	if q.STAN == 9 {
		n = 0
	}
	var lines []string
	for i := offset; i < min(offset+limit, n); i++ {
		lines = append(lines, fmt.Sprintf("line %d of %q", i, q.Terms(words.EN)))
	}
	return lines, nil
}

func (s shelf) Story(_ context.Context, _ words.Lang, key txn.Key) ([]string, txn.Key, error) {
	switch {
	case s.fail:
		return nil, key, errors.New("broken")
	case key.STAN != 1:
		return nil, key, ErrUnknown
	}
	key.Batch = 1
	return []string{"story of " + key.Batch.String() + "/" + key.STAN.String()}, key, nil
}

func (s shelf) Totals(_ context.Context, _ words.Lang, day txn.Day) ([]string, error) {
	if s.fail {
		return nil, errors.New("broken")
	}
	return []string{"totals of " + day.String()}, nil
}

// Everything the journal's screens do is done by lines: by a word, or by the digit of the
// screen's key.
func TestBookInLines(t *testing.T) {
	const sale = "4111111111111111"
	for _, lines := range [][]string{
		{"find", "find trace 7", "more", "find kind sale", "all", "show 1", "totals", "totals 1121", "again 1"},
		{"1", "1 1 7", "more", "1 5 1", "0", "3 1", "2", "2 1121", "4 1"},
	} {
		c := newCounter()
		said := append([]string{"1234", sale, "1230", "123", "", "", "", "journal"}, lines...)
		out, _ := talkWith(t, c, Options{Book: shelf{}}, words.EN, said...)
		holds(t, out, "journal: 1 1 (find trace) – Trace number", "journal: 1 Sale · 2 Phone order", "journal: 1 8 (find since)",
			"journal: Found by: trace 000007", `journal: line 0 of "trace 000007"`, `journal: line 19 of`, "journal: There are older ones",
			`journal: line 20 of "trace 000007"`, "journal: Found by: trace 000007 · kind Sale", `journal: line 0 of ""`,
			"journal: story of 000001/000001", "journal: totals of 2026-11-22", "journal: totals of 2026-11-21", "idle: ")
		last, ok := c.effects[len(c.effects)-1].(txn.Append)
		for i := len(c.effects) - 1; !ok || last.Records[0].Type != txn.RecReprinted; i-- {
			if i < 0 {
				t.Fatal("nothing was printed again")
			}
			last, ok = c.effects[i].(txn.Append)
		}
	}
}

// What cannot be done is said, and the journal stays.
func TestBookRefusesInLines(t *testing.T) {
	refused := func(code txn.Code) string { return "journal: ✗ " + words.ForCode(code).Headline.EN }
	out, _ := talkWith(t, newCounter(), Options{Book: shelf{}}, words.EN,
		"journal", "find trace x", "find nothing 1", "1 2 123", "1 4 1340", "show", "show 2", "again 2", "totals 9999", "1 1 9", "cancel")
	holds(t, out, refused(txn.TraceFormat), refused(txn.NotHere), refused(txn.SearchLast4), refused(txn.DateFormat),
		refused(txn.TraceFormat), refused(txn.TraceUnknown), refused(txn.TraceUnknown), refused(txn.DateFormat),
		"journal: "+words.SearchEmpty.EN, "idle: ")
	out, _ = talkWith(t, newCounter(), Options{Book: shelf{fail: true}}, words.ZH, "journal", "1 1 9", "show 1", "totals", "cancel", "totals")
	for range 4 {
		holds(t, out, words.RecentFailed.In(words.ZH))
	}
}
