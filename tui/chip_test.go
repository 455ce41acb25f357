package tui

import (
	"slices"
	"strings"
	"testing"
	"time"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/x/ansi"

	"vpos/reader"
	"vpos/tui/keypad"
	"vpos/tui/screen"
	"vpos/tui/words"
	"vpos/txn"
)

var (
	keyUp   = tea.KeyPressMsg{Code: tea.KeyUp}
	keyDown = tea.KeyPressMsg{Code: tea.KeyDown}
)

// answered is the last answer the card got.
func (b *bench) answered() txn.AnswerCard {
	b.Helper()
	if len(b.till.card.heard) == 0 {
		b.Fatal("the card got no answer")
	}
	return b.till.card.heard[len(b.till.card.heard)-1]
}

// A chip sale from the card to the slip, on the keypad alone.
func TestChipSale(t *testing.T) {
	b := newBench(t, words.EN, "mono")
	b.keys("1234\n")
	b.insert(two, txn.CardPIN{Tries: 3}, txn.CardOnline{Card: chipped(visaChip)}, txn.CardDone{Approved: true})
	b.at(txn.Choose)
	b.keys("2")
	b.at(txn.PINEntry)
	if got := b.answered().Choice; got != 1 {
		t.Errorf("application %d, want 1", got)
	}
	b.keys("4711\n")
	b.at(txn.ApprovedShown)
	b.shows(words.PINVerified.In(words.EN))
	b.shows(words.CardOut.In(words.EN))
	b.remove()
	b.hides(words.CardOut.In(words.EN))
	b.keys("\n")
	b.at(txn.Idle)
	for _, e := range b.till.events {
		if entry, ok := e.(txn.Entered); ok && !entry.Text.Empty() {
			t.Error("an entry was not wiped after the machine had read it")
		}
	}
}

func TestChoosing(t *testing.T) {
	for _, c := range []struct {
		keys []tea.KeyPressMsg
		want int
	}{
		{[]tea.KeyPressMsg{keyOf('1')}, 0}, {[]tea.KeyPressMsg{keyOf('３')}, 2}, {[]tea.KeyPressMsg{keyOf('\n')}, 0},
		{[]tea.KeyPressMsg{keyDown, keyOf('\n')}, 1}, {[]tea.KeyPressMsg{keyDown, keyDown, keyDown, keyDown, keyUp, keyOf('=')}, 1},
		{[]tea.KeyPressMsg{keyOf('9'), keyOf('0'), keyOf('2')}, 1},
	} {
		b := newBench(t, words.EN, "mono")
		b.keys("1234\n")
		b.insert(two)
		b.press(c.keys...)
		b.at(txn.Processing)
		if got := b.answered(); got.Choice != c.want || len(b.till.card.heard) != 1 {
			t.Errorf("%v: application %d in %d answers, want %d", c.keys, got.Choice, len(b.till.card.heard), c.want)
		}
	}
}

// The list begins at the top whenever it is another list, and never beyond its end.
func TestRetryBeginsAtTheTop(t *testing.T) {
	b := newBench(t, words.EN, "mono")
	b.keys("1234\n")
	b.insert(two, txn.CardChoose{Names: []string{"ONLY"}, Retry: true})
	b.press(keyDown, keyDown, keyOf('\n'))
	b.at(txn.Choose)
	b.shows(words.ChoiceRetry.In(words.EN))
	b.keys("\n")
	if got := b.answered().Choice; got != 0 {
		t.Errorf("application %d, want 0", got)
	}
}

// A code scanned at the question chooses for nobody: the card is let go, uncharged.
func TestScanAtChoose(t *testing.T) {
	b := newBench(t, words.EN, "mono")
	b.keys("1234\n")
	b.insert(two, txn.CardPIN{Tries: 3})
	b.wait(time.Second)
	b.burst("134567890123456789\r", time.Millisecond)
	b.at(txn.Idle)
}

// A name may be as long and as bad as the card likes.
func TestNamesStayInTheirRow(t *testing.T) {
	long := strings.Repeat("很长的应用名称", 20)
	for _, name := range []string{long, strings.Repeat("W", 300), "a\nb\nc", "\x1b[2J\x1b[H", "\u202e\u200d\ufeff", "\xff\xfe", "a" + strings.Repeat("\u0301", 50)} {
		b := newBench(t, words.ZH, "mono")
		b.keys("1234\n")
		b.insert(txn.CardChoose{Names: []string{name, "VISA"}})
		for _, size := range sizes {
			b.size(size.w, size.h)
			for line := range strings.Lines(b.m.View().Content) {
				if got := ansi.StringWidth(strings.TrimSuffix(line, "\n")); got != size.w {
					t.Errorf("%q: a line of %d cells in %d", name, got, size.w)
				}
			}
			b.shows("VISA")
		}
	}
}

func TestPINIsNeverShown(t *testing.T) {
	b := newBench(t, words.EN, "mono")
	b.keys("500\n")
	b.insert(txn.CardPIN{Tries: 3})
	for _, r := range "9472638" {
		b.keys(string(r))
		if strings.ContainsAny(b.m.pressed, "0123456789") {
			t.Errorf("key %s of a PIN flashes", b.m.pressed)
		}
	}
	b.hides("9472638")
	b.hides("9 4 7")
	b.shows("● ● ● ● ● ● ● ")
	b.keys("\b\b\b\n")
	b.at(txn.Processing)
	if got := b.answered(); string(got.PIN.Reveal()) != "9472" || got.Bypass {
		t.Errorf("PIN of %d digits, bypass %v", len(got.PIN.Reveal()), got.Bypass)
	}
	if b.m.field.Len() != 0 {
		t.Error("the PIN is still in the field")
	}
}

func TestPINEntries(t *testing.T) {
	for _, c := range []struct {
		keys    string
		want    txn.Name
		problem txn.Code
		answers int
		bypass  bool
	}{
		{"\n", txn.PINEntry, txn.PINBypass, 0, false}, // it may have been meant for the screen before
		{"\n\n", txn.Processing, "", 1, true},
		{"123\n", txn.PINEntry, txn.PINFormat, 0, false},
		{"123\n1234\n", txn.Processing, "", 1, false},
		{"1234567890123456\n", txn.Processing, "", 1, false}, // a full field takes no more than twelve
		{"1234\x1b", txn.Idle, "", 0, false},
		{"7~", txn.PINEntry, "", 0, false},
	} {
		b := newBench(t, words.EN, "mono")
		b.keys("500\n")
		b.insert(txn.CardPIN{Tries: 3})
		b.keys(c.keys)
		b.at(c.want)
		heard := b.till.card.heard
		if b.m.state.Problem != c.problem || len(heard) != c.answers || c.answers > 0 && heard[0].Bypass != c.bypass {
			t.Errorf("%q: problem %q, answers %d", c.keys, b.m.state.Problem, len(heard))
		}
	}
}

// Digits typed for a PIN that was refused are not part of the next one.
func TestWrongPINBeginsAnew(t *testing.T) {
	b := newBench(t, words.ZH, "mono")
	b.keys("500\n")
	b.insert(txn.CardPIN{Tries: 3})
	b.keys("12")
	b.says(txn.CardPIN{Tries: 2, Wrong: true})
	if b.m.field.Len() != 0 {
		t.Errorf("%d digits of the last PIN", b.m.field.Len())
	}
	b.shows(words.PINWrong.In(words.ZH))
	b.shows(words.PINTries.Fill(words.ZH, 2))
}

// What is keyed on the reader is not typed here, and no Enter here goes past it.
func TestPINPad(t *testing.T) {
	b := newBench(t, words.EN, "mono")
	b.keys("500\n")
	b.insert(txn.CardPIN{Tries: 3, Pad: true})
	b.keys("1234\n\n")
	b.feed(tea.PasteMsg{Content: "1234"})
	b.at(txn.PINEntry)
	if len(b.till.card.heard) != 0 || b.m.field.Len() != 0 {
		t.Errorf("%d answers, %d digits", len(b.till.card.heard), b.m.field.Len())
	}
	b.keys("\x1b")
	b.at(txn.Idle)
}

// The status bar is asked again for every picture, and tells every state of the
// reader by more than a colour.
func TestReaderInTheBar(t *testing.T) {
	for _, lang := range words.Langs() {
		b := newBench(t, lang, "mono")
		told := map[string]screen.Reader{}
		for state := screen.ReaderUnknown; state <= screen.ReaderBusy; state++ {
			b.sees = state
			bar, _, _ := strings.Cut(b.screen(), "\n")
			if was, ok := told[bar]; ok {
				t.Errorf("%s: states %d and %d look alike: %s", lang, was, state, bar)
			}
			told[bar] = state
		}
	}
}

func TestReaderOf(t *testing.T) {
	card := func(state string, cards ...reader.CardState) reader.Readers {
		r := reader.Readers{State: state}
		for _, c := range cards {
			r.List = append(r.List, reader.ReaderState{Card: c})
		}
		return r
	}
	for _, c := range []struct {
		from reader.Readers
		want screen.Reader
	}{
		{reader.Readers{}, screen.ReaderUnknown}, {card("pcsc.disabled"), screen.ReaderDisabled},
		{card("pcsc.no-service"), screen.ReaderNoService}, {card("pcsc.no-reader"), screen.ReaderNone},
		{card("pcsc.ready", reader.NoCard), screen.ReaderReady}, {card("deck.ready"), screen.ReaderReady},
		{card("pcsc.ready", reader.NoCard, reader.CardIn), screen.ReaderCardIn},
		{card("pcsc.ready", reader.CardMute), screen.ReaderMute}, {card("pcsc.ready", reader.CardShared), screen.ReaderBusy},
	} {
		if got := screen.ReaderOf(c.from); got != c.want {
			t.Errorf("%+v is %d, want %d", c.from, got, c.want)
		}
	}
}

// Once the bank may have been asked the footer promises no cancel, and before that
// it keeps its promise.
func TestCancelKeepsItsPromise(t *testing.T) {
	for _, says := range [][]txn.Event{nil, {txn.CardOnline{Card: chipped(visaChip)}}} {
		b := newBench(t, words.EN, "mono")
		b.keys("1234\n")
		b.insert(says...)
		b.at(txn.Processing)
		promised := slices.ContainsFunc(keypad.Footer(b.m.state), func(k keypad.Binding) bool { return k.Action == keypad.Cancel })
		b.keys("\x1b")
		if done := b.m.state.Name == txn.Idle; done != promised {
			t.Errorf("cancel promised %v, done %v", promised, done)
		}
	}
}
