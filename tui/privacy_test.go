package tui

import (
	"testing"
	"time"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/x/ansi"

	"vpos/tui/words"
	"vpos/txn"
)

var f9 = tea.KeyPressMsg{Code: tea.KeyF9}

// On every screen the privacy key leaves nothing to be read but the name, the mode and how
// to come back, in the title neither, and coming back everything is as it was.
func TestPrivacyHidesEveryScreen(t *testing.T) {
	for _, s := range sampled(scenes) {
		for _, lang := range words.Langs() {
			b := newBenchOf(t, s, lang, "mono")
			s.set(b)
			b.m.help = false
			b.size(80, 24)
			typed, before := b.m.field.Len(), b.m.state
			b.press(f9)
			want := words.Training.In(lang) + "vpos" + words.HiddenHint.In(lang)
			if got := squeezed(ansi.Strip(b.m.View().Content)); got != squeezed(want) {
				t.Fatalf("%s: %q is shown", s.name, got)
			}
			if title := b.m.View().WindowTitle; title != "vpos" {
				t.Errorf("%s: the title says %q", s.name, title)
			}
			b.keys("12\x1b\b?lsq")
			b.burst(stripe, time.Millisecond)
			b.wait(time.Second)
			_, _ = b.m.Update(tea.PasteMsg{Content: "88"})
			b.keys("\n")
			b.wait(time.Second)
			if b.m.hidden || b.m.field.Len() != typed && before.Name != txn.Menu {
				t.Errorf("%s: hidden %t, %d characters of %d", s.name, b.m.hidden, b.m.field.Len(), typed)
			}
			if now := b.m.state.Name; now != before.Name && before.Name != txn.Menu && before.Name != txn.Processing {
				t.Errorf("%s: left for %s behind the cover", s.name, now)
			}
			if b.m.Lang() != lang {
				t.Errorf("%s: a letter behind the cover was heard", s.name)
			}
		}
	}
}

func squeezed(s string) string {
	out := []rune{}
	for _, r := range s {
		if r != ' ' && r != '\n' {
			out = append(out, r)
		}
	}
	return string(out)
}

// A sale goes on behind the cover; the Enter that takes it away does nothing else, nor does
// one right behind it.
func TestSaleGoesOnBehindTheCover(t *testing.T) {
	b := newBench(t, words.ZH, "mono")
	b.till.state.Signed = true
	b.till.host = answer("")
	requests := sent(b)
	b.keys(sold + "\n")
	b.at(txn.Processing)
	b.keys("i")
	request := (*requests)[len(*requests)-1]
	b.till.send(txn.Replied{Reply: txn.Reply{
		Op: request.Op, STAN: request.STAN, Amount: request.Amount, Terminal: request.Terminal, Merchant: request.Merchant,
		Result: txn.Result{Code: "00"},
	}})
	b.feed(Changed{})
	b.at(txn.ApprovedShown)
	b.hides("12.34")
	b.burst("\n\n", 100*time.Millisecond)
	b.at(txn.ApprovedShown)
	b.shows("CNY 12.34")
}

// The menu's number leaves the menu, and a terminal with operators locks behind the cover.
func TestPrivacyFromTheMenuAndTheLock(t *testing.T) {
	b := newBench(t, words.EN, "mono")
	b.keys("m96")
	if !b.m.hidden || b.m.state.Name != txn.Idle {
		t.Fatalf("hidden %t at %s", b.m.hidden, b.m.state.Name)
	}
	b.keys("\n")
	b = newBench(t, words.EN, "mono")
	b.till.state.Setup.LockAfter = time.Minute
	b.till.hire()
	b.till.shift = true
	b.feed(Changed{})
	b.keys("01\n" + passcode + "\n")
	b.at(txn.Idle)
	b.keys("i")
	b.till.pass(40 * time.Second)
	for range 10 { // somebody's sleeve is nobody at work
		b.keys("5")
	}
	b.till.pass(30 * time.Second)
	b.feed(Changed{})
	b.keys("\n")
	b.at(txn.Lock)
}
