package tui

import (
	"strings"
	"testing"
	"time"

	"github.com/charmbracelet/x/ansi"

	"vpos/reader"
	"vpos/tui/words"
	"vpos/txn"
)

// What was said of a card at idle stands until something is done about it: readers
// that end a swipe with one Enter too many are common.
func TestEnterAtIdleKeepsTheMessage(t *testing.T) {
	b := newBench(t, words.EN, "mono")
	b.burst(chip, time.Millisecond)
	b.wait(time.Second)
	b.keys("\n\n")
	b.shows(words.ForCode(txn.Code(reader.FaultSwipeChipRequired)).Headline.EN)
	b.keys("\x1b")
	if b.m.state.Problem != txn.NoProblem {
		t.Errorf("Esc left %q", b.m.state.Problem)
	}
}

// The reprint offers what can be printed and nothing else: what is missing first.
func TestReprintOffersWhatCanBePrinted(t *testing.T) {
	for _, lang := range words.Langs() {
		b := newBench(t, lang, "mono")
		owe(b)
		b.till.state.Owed = append(b.till.state.Owed, txn.Transaction{Batch: 9, STAN: 33, Status: txn.Approved})
		b.keys("p")
		for _, size := range sizes {
			b.size(size.w, size.h)
			screen := ansi.Strip(b.m.View().Content)
			short := words.NoSlipShort.In(lang)
			for _, want := range []string{"000012", "000060", "! " + short, "000055"} {
				if !strings.Contains(screen, want) {
					t.Errorf("%s %v: no %q:\n%s", lang, size, want, screen)
				}
			}
			if first, second := strings.Index(screen, "03  000012"), strings.Index(screen, "03  000060"); first > second && size.w < 120 {
				t.Errorf("%s %v: the oldest missing is not the first:\n%s", lang, size, screen)
			}
			if size.w < 120 && (strings.Contains(screen, "000059") || strings.Contains(screen, "000033")) {
				t.Errorf("%s %v: offers what cannot be printed:\n%s", lang, size, screen)
			}
		}
		b.keys("\n")
		if got := b.till.events[len(b.till.events)-1]; !isEmptyEntry(got) {
			t.Errorf("Enter alone became %T", got)
		}
	}
}

func isEmptyEntry(e txn.Event) bool {
	entered, ok := e.(txn.Entered)
	return ok && entered.Text.Empty()
}

// A missing slip is told by a sign and a word at every width, also beside the
// largest amount, and what names the transaction stays.
func TestMissingSlipIsMarked(t *testing.T) {
	for _, lang := range words.Langs() {
		b := newBench(t, lang, "mono")
		owe(b)
		b.keys("j")
		b.m.list.Lines[0].Amount.Minor = 999_999_999_999
		for _, size := range sizes {
			for _, marked := range []int{0, 1} {
				b.size(size.w, size.h)
				b.m.cursor = marked
				for line := range strings.Lines(ansi.Strip(b.m.View().Content)) {
					if !strings.Contains(line, "000060") || !strings.Contains(line, "9,999,999,999.99") {
						continue
					}
					_, tail, _ := strings.Cut(line, "9,999,999,999.99  ! ")
					if word := words.NoSlip.In(lang); !strings.HasPrefix(tail, word) && !strings.HasPrefix(tail, words.NoSlipShort.In(lang)) {
						t.Errorf("%s %v: %q", lang, size, line)
					}
					marked = -1
				}
				if marked >= 0 {
					t.Errorf("%s %v: the row lost its number or amount:\n%s", lang, size, ansi.Strip(b.m.View().Content))
				}
			}
		}
	}
}
