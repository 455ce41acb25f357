package tui

import (
	"strings"
	"testing"
	"time"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/x/ansi"
	"pgregory.net/rapid"

	"vpos/tui/keypad"
	"vpos/tui/words"
	"vpos/txn"
)

// switchLanguage presses L, or F2 where the field takes letters.
func (b *bench) switchLanguage() {
	if b.m.field.Wants('l') {
		b.press(tea.KeyPressMsg{Code: tea.KeyF2})
		return
	}
	b.keys("l")
}

// The language key works on every screen, and nothing typed is lost by it.
func TestLanguageSwitchKeepsTheEntry(t *testing.T) {
	for _, s := range sampled(scenes) {
		if strings.HasPrefix(s.name, "help") {
			continue // there any key only goes back
		}
		b := newBenchOf(t, s, words.EN, "mono")
		s.set(b)
		b.size(120, 40)
		typed, first := b.m.field.Len(), b.screen()
		b.switchLanguage()
		b.at(s.state)
		if b.m.Lang() != words.ZH || b.m.field.Len() != typed {
			t.Errorf("%s: language %v, %d characters of %d", s.name, b.m.Lang(), b.m.field.Len(), typed)
		}
		switch {
		case b.m.listed:
			b.shows(words.DeckTitle.In(words.ZH))
		case b.m.why != nil:
			b.shows(words.WhyTitle.In(words.ZH))
		case b.m.book.View != keypad.ListView:
			b.shows(map[keypad.View]string{
				keypad.SearchView: words.SearchTitle.ZH, keypad.FindView: words.SearchShort.ZH + " › ", keypad.DetailView: "交易 000001/", keypad.ChartView: "统计",
			}[b.m.book.View])
		default:
			b.shows(words.Of(b.m.state).Title.ZH)
		}
		b.switchLanguage()
		b.now = b.now.Add(time.Second)
		if got := b.screen(); len(got) != len(first) && s.state != txn.Processing {
			t.Errorf("%s: there and back is another screen:\n%s", s.name, got)
		}
	}
}

func TestSmallWindowKeepsTheState(t *testing.T) {
	for _, lang := range words.Langs() {
		b := newBench(t, lang, "mono")
		b.keys("1234")
		b.size(39, 20)
		b.shows(words.TooSmall.In(lang))
		b.shows(words.Training.In(lang))
		b.keys("99\n")
		b.size(80, 24)
		b.at(txn.AmountEntry)
		b.shows("█")
		if b.m.field.Len() != 4 {
			t.Errorf("%d characters, want the four typed before", b.m.field.Len())
		}
		for _, size := range [][2]int{{1, 1}, {10, 3}, {39, 60}, {200, 19}, {0, 0}} {
			b.size(size[0], size[1])
			_ = b.m.View()
		}
	}
}

// Keys typed before the terminal has told its size are not lost.
func TestKeysBeforeTheFirstSize(t *testing.T) {
	b := newBench(t, words.EN, "mono")
	b.m.width, b.m.height = 0, 0
	b.keys("12\n")
	b.at(txn.Present)
}

func TestEveryFrameCarriesTheMode(t *testing.T) {
	for _, live := range []bool{false, true} {
		for _, s := range sampled(scenes) {
			b := newBenchOf(t, s, words.ZH, "mono")
			b.m.options.Live = live
			s.set(b)
			want := " 培训 "
			if live {
				want = " 正式 "
			}
			for _, size := range sizes {
				b.size(size.w, size.h)
				if first, _, _ := strings.Cut(b.screen(), "\n"); !strings.HasPrefix(first, want) {
					t.Errorf("%s %d×%d: first line %q", s.name, size.w, size.h, first)
				}
			}
		}
	}
}

func TestMenuOpensWhatItLists(t *testing.T) {
	down := tea.KeyPressMsg{Code: tea.KeyDown}
	for keys, want := range map[string]txn.Name{
		"m1": txn.AmountEntry, "m2": txn.TraceEntry, "m71": txn.Journal, "m72": txn.TraceEntry, "m\n": txn.AmountEntry,
		"m4": txn.Menu, "m46": txn.Menu, "m0": txn.Menu, "m4\x1b": txn.Menu, "m4\x1b1": txn.AmountEntry, "m4\x1b\x1b": txn.Idle,
		"m4\x1b\n\n": txn.AmountEntry, "m4\n": txn.AmountEntry, "m\x1bm5": txn.Present,
	} {
		b := newBench(t, words.EN, "mono")
		b.keys(keys)
		b.at(want)
	}
	b := newBench(t, words.EN, "mono")
	b.keys("m")
	for range 6 {
		b.press(down)
	}
	b.keys("\n\n")
	b.at(txn.Journal)
}

func TestQuitting(t *testing.T) {
	leaves := func(set string) bool {
		b := newBench(t, words.EN, "mono")
		b.keys(set)
		return b.m.leave
	}
	for keys, want := range map[string]bool{"q": true, "mq": false, "m93": false, "m93\n": true, "12q": false, "jq": false} {
		if got := leaves(keys); got != want {
			t.Errorf("%q: leaves %v, want %v", keys, got, want)
		}
	}
}

// A failing journal is told, and no screen waits for it.
func TestJournalThatCannotBeRead(t *testing.T) {
	b := newBench(t, words.EN, "mono")
	b.m.history = ledger{fail: true}
	b.keys("j")
	b.shows(words.RecentFailed.In(words.EN))
	b.keys("\x1b")
	b.at(txn.Idle)
}

func TestJournalReadsOn(t *testing.T) {
	b := newBench(t, words.EN, "mono")
	b.keys("j")
	for range 59 {
		b.press(tea.KeyPressMsg{Code: tea.KeyDown})
	}
	if got := len(b.m.list.Lines); got != 60 {
		t.Errorf("%d lines read, want 60", got)
	}
	b.shows("000001")
}

var anyKey = []tea.KeyPressMsg{
	{Code: tea.KeyEnter}, {Code: tea.KeyEscape}, {Code: tea.KeyBackspace}, {Code: tea.KeyUp}, {Code: tea.KeyDown},
	{Code: tea.KeyPgUp}, {Code: tea.KeyPgDown}, {Code: tea.KeyLeft}, {Code: tea.KeyDelete}, {Code: tea.KeyF1},
	{Code: tea.KeyTab}, {Code: 'c', Mod: tea.ModCtrl}, {Code: 'j', Mod: tea.ModCtrl}, {Code: tea.KeyKpEnter},
	{Code: tea.KeyKp5}, {Code: tea.KeyKpDecimal}, {Code: 'x', Mod: tea.ModAlt}, {},
}

// Whatever is pressed, pasted or resized, in whatever state: no panic, a
// picture of the right size, and never a whole card number on it.
func TestAnythingGoes(t *testing.T) {
	rapid.Check(t, func(r *rapid.T) {
		s := scenes[rapid.IntRange(0, len(scenes)-1).Draw(r, "scene")]
		b := newBenchOf(t, s, words.Lang(rapid.IntRange(0, 1).Draw(r, "lang")), "mono")
		s.set(b)
		for range rapid.IntRange(1, 25).Draw(r, "steps") {
			b.now = b.now.Add(time.Duration(rapid.IntRange(0, 400).Draw(r, "ms")) * time.Millisecond)
			switch rapid.IntRange(0, 9).Draw(r, "what") {
			case 0:
				b.feed(tea.PasteMsg{Content: rapid.String().Draw(r, "paste")})
			case 1:
				b.size(rapid.IntRange(0, 130).Draw(r, "w"), rapid.IntRange(0, 45).Draw(r, "h"))
			case 2:
				b.feed(anyKey[rapid.IntRange(0, len(anyKey)-1).Draw(r, "key")])
			case 3:
				b.burst(stripe, time.Duration(rapid.IntRange(0, 5).Draw(r, "gap"))*time.Millisecond)
			case 4:
				b.till.pass(time.Duration(rapid.IntRange(0, 90).Draw(r, "s")) * time.Second)
				b.feed(Changed{})
			case 5:
				b.feed(captureDue{})
			default:
				b.feed(keyOf(rapid.RuneFrom([]rune("0123456789.*+-=\n\x1b\bmjplq?;%lxc１。？；")).Draw(r, "rune")))
			}
			lines := strings.Split(b.m.View().Content, "\n")
			if want := b.m.height; want > 0 && b.m.width > 0 && len(lines) != want {
				r.Fatalf("%d lines, want %d", len(lines), want)
			}
			for _, line := range lines {
				if got := ansi.StringWidth(line); got != max(0, b.m.width) && b.m.height > 0 && b.m.width > 0 {
					r.Fatalf("line of %d cells in a window of %d: %q", got, b.m.width, line)
				}
			}
			if strings.Contains(strings.ReplaceAll(b.screen(), " ", ""), visa) {
				r.Fatalf("a whole card number is on the screen")
			}
		}
	})
}

// everyKey is what a keyboard types, and what an input method makes of it.
const everyKey = "\n\x1b\b\t !#%&'()*+,-./0123456789:;<=>?@ABJLMPQX[]^_`abcdefghijklmnopqrstuvwxyz{|}~é。，？；％１８ｍＬ中文"

// Every key in every scene.
func TestEveryKeyEverywhere(t *testing.T) {
	for _, s := range sampled(scenes) {
		for i, r := range append([]rune(everyKey), '\x00', 0x7f, 0xad, 0x200b, 0xfffd, 0x10ffff) {
			b := newBenchOf(t, s, words.EN, "mono")
			s.set(b)
			b.keys(string(r))
			if i%8 == 0 {
				_ = b.m.View()
			}
		}
	}
}
