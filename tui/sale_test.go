package tui

import (
	"strings"
	"testing"
	"time"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/x/ansi"

	"vpos/reader"
	"vpos/tui/words"
	"vpos/txn"
)

// screen is the picture without its colours.
func (b *bench) screen() string { return ansi.Strip(b.m.View().Content) }

func (b *bench) shows(want string) {
	b.Helper()
	if got := b.screen(); !strings.Contains(got, want) {
		b.Errorf("the screen does not show %q:\n%s", want, got)
	}
}

func (b *bench) hides(secret string) {
	b.Helper()
	if got := b.screen(); strings.Contains(got, secret) {
		b.Errorf("the screen shows %q:\n%s", secret, got)
	}
}

func TestKeyedSale(t *testing.T) {
	b := newBench(t, words.EN, "mono")
	b.keys("1")
	b.at(txn.AmountEntry)
	b.keys("234\n")
	b.at(txn.Present)
	b.keys("4")
	b.at(txn.PANEntry)
	b.keys(visa[1:])
	b.shows("•••• •••• •••• 1111")
	b.hides("4111")
	if strings.ContainsAny(b.m.pressed, "0123456789") {
		t.Errorf("key %s of a card number flashes", b.m.pressed)
	}
	b.keys("\n1230\n")
	b.at(txn.CVVEntry)
	b.keys("737")
	b.hides("737")
	b.keys("\n")
	b.at(txn.Confirm)
	if got := b.m.state.Draft.Amount.Minor; got != 1234 {
		t.Fatalf("amount is %d, want 1234", got)
	}
	b.keys("\n")
	b.at(txn.ApprovedShown)
	if got := b.m.View().WindowTitle; got != "vpos · approved" {
		t.Errorf("window title %q", got)
	}
	b.keys("\n")
	b.at(txn.Idle) // the paper came out at once
	for _, e := range b.till.events {
		if entry, ok := e.(txn.Entered); ok && !entry.Text.Empty() {
			t.Error("an entry was not wiped after the machine had read it")
		}
	}
	if len(b.till.slips) != 2 {
		t.Errorf("%d slips, want 2", len(b.till.slips))
	}
}

func TestDeclineKeepsTheAmount(t *testing.T) {
	b := newBench(t, words.ZH, "mono")
	b.till.host = answer("51")
	b.keys(sold + "\n")
	b.at(txn.DeclinedShown)
	b.shows("可用余额不足")
	b.shows("未扣款")
	b.keys("\n")
	b.at(txn.Present)
	b.shows("CNY 12.34")
	b.till.host = answer("00")
	b.burst(stripe, 2*time.Millisecond)
	b.at(txn.Confirm)
	b.keys("\n")
	b.at(txn.ApprovedShown)
}

// Everything typed before anything is looked at goes where it was meant to go.
func TestTypeAhead(t *testing.T) {
	for _, gap := range []time.Duration{0, 20 * time.Millisecond, 60 * time.Millisecond} {
		b := newBench(t, words.EN, "mono")
		b.burst(sold, gap)
		b.at(txn.Confirm)
		if got := b.m.state.Draft; got.Amount.Minor != 1234 || got.Card.PAN.Last4() != "1111" {
			t.Errorf("gap %v: draft %v", gap, got.Amount)
		}
	}
}

// A result that comes up under an impatient finger is not dismissed by it.
func TestResultWaitsForQuietHands(t *testing.T) {
	b := newBench(t, words.EN, "mono")
	b.till.host = answer("05")
	b.keys(sold)
	b.wait(300 * time.Millisecond)
	b.burst("\n\n\n", 40*time.Millisecond)
	b.at(txn.DeclinedShown)
	b.keys("\n")
	b.at(txn.Present)
}

func TestSwipeAfterTypedAmount(t *testing.T) {
	b := newBench(t, words.EN, "mono")
	b.keys("8800")
	b.burst(stripe, time.Millisecond)
	b.at(txn.Confirm)
	if got := b.m.state.Draft; got.Amount.Minor != 8800 || got.Card.Entry != reader.Swipe {
		t.Errorf("draft %v by %s", got.Amount, got.Card.Entry)
	}
}

// A hundred swipes at the pace of a device, on every screen a sale has: the
// card arrives whole, and not one key of it reaches a field or the screen after.
func TestHundredSwipesLeakNothing(t *testing.T) {
	before := map[string]txn.Name{
		"": txn.AmountEntry, "12": txn.Confirm, "12\n": txn.Confirm, "12\n4111": txn.Confirm,
		"12\n" + visa + "\n12": txn.Confirm, "12\n" + visa + "\n1230\n1": txn.Confirm, "?": txn.AmountEntry,
	}
	n := 0
	for n < 100 {
		for keys, want := range before {
			b := newBench(t, words.EN, "mono")
			b.keys(keys)
			b.wait(time.Second)
			b.burst(stripe, time.Duration(n%6)*time.Millisecond)
			b.at(want)
			b.burst("\r\r", 5*time.Millisecond) // some readers send more of them
			b.wait(time.Second)
			b.at(want)
			if got := b.m.state.Draft.Card; got.PAN.Last4() != "1111" || got.Entry != reader.Swipe || b.m.field.Len() != 0 {
				t.Fatalf("after %q: card %v by %s, %d characters in the field", keys, got.PAN, got.Entry, b.m.field.Len())
			}
			b.hides("4111")
			b.hides("ZHANG")
			n++
		}
	}
}

func TestSwipeNobodyWants(t *testing.T) {
	for _, keys := range []string{"m", "j", "p"} {
		b := newBench(t, words.ZH, "mono")
		b.keys(keys)
		was := b.m.state.Name
		b.burst(stripe, time.Millisecond)
		b.at(was)
		b.shows("当前不需要刷卡")
		if b.m.field.Len() != 0 {
			t.Errorf("%q: %d characters leaked into the field", keys, b.m.field.Len())
		}
	}
}

func TestSwipesThatCannotBeUsed(t *testing.T) {
	for _, c := range []struct{ burst, zh, en string }{
		{chip, "请插卡", "Insert the chip"},
		{";41111111", "请匀速重刷", "Swipe again"},
		{"；４１１１１１１１１１１１？１２３４５６７８９０１２３４５\r", "", ""},
		{"%B4111111111111111^A^30121010000?;5555555555554444=30121010000?\r", "换一张卡", "another"},
	} {
		for _, lang := range words.Langs() {
			b := newBench(t, lang, "mono")
			b.keys("12\n")
			b.burst(c.burst, time.Millisecond)
			b.wait(time.Second)
			b.at(txn.Present)
			if b.m.state.Problem == txn.NoProblem {
				t.Errorf("%q: no problem told", c.burst)
			}
			b.shows(words.Text{EN: c.en, ZH: c.zh}.In(lang))
			b.keys("4")
			b.at(txn.PANEntry)
		}
	}
}

func TestKeysHandedBackComeInOrder(t *testing.T) {
	b := newBench(t, words.EN, "mono")
	for _, r := range "1;2" { // a finger slips on the semicolon
		b.now = b.now.Add(60 * time.Millisecond)
		b.feed(keyOf(r))
	}
	b.wait(time.Second)
	b.keys("3\n")
	b.at(txn.Present)
	if got := b.m.state.Draft.Amount.Minor; got != 123 {
		t.Errorf("amount %d, want 123", got)
	}
}

func TestScannedCodeIsTakenBack(t *testing.T) {
	b := newBench(t, words.EN, "mono")
	b.burst("134567890123456789\r", time.Millisecond)
	b.at(txn.Idle)
	if b.m.state.Problem != txn.NotHere {
		t.Errorf("problem %q", b.m.state.Problem)
	}
	b.keys("12")
	b.wait(time.Second)
	b.burst("134567890123456789\r", time.Millisecond)
	b.at(txn.AmountEntry)
	b.shows(words.ForCode(txn.NotHere).Headline.EN)
	if b.m.field.Len() != 2 {
		t.Errorf("%d characters in the field, want the two typed before", b.m.field.Len())
	}
}

func TestPastes(t *testing.T) {
	for _, c := range []struct {
		keys, paste string
		want        txn.Name
		problem     txn.Code
		typed       int
	}{
		{"", "12.34\n", txn.AmountEntry, "", 5},
		{"", "hello\nworld", txn.Idle, txn.AmountFormat, 0},
		{"", "\x1b[31mred\x07", txn.Idle, txn.AmountFormat, 0},
		{"", strings.Repeat("9", 100_000), txn.Idle, txn.AmountFormat, 0},
		{"", "1,234.50", txn.AmountEntry, "", 7},
		{"12", "rm -rf", txn.AmountEntry, txn.AmountFormat, 2},
		{"12\n", "4111 1111 1111 1111", txn.PANEntry, "", 16},
		{"12\n4111", "4111 1111 1111 1111", txn.PANEntry, txn.Code(reader.FaultPANFormat), 4},
		{"12\n" + visa + "\n", "12/30", txn.ExpiryEntry, "", 4},
		{"12\n" + visa + "\n1230\n", "7a7", txn.CVVEntry, txn.Code(reader.FaultCVVFormat), 0},
		{"12\n", stripe, txn.Confirm, "", 0},
		{"12\n", "%B4111^?", txn.Present, txn.Code(reader.FaultSwipeMalformed), 0},
		{sold, "1", txn.Confirm, txn.NotHere, 0},
		{"m", "6", txn.Menu, txn.NotHere, 0},
		{"p", "12", txn.TraceEntry, "", 2},
		{"", "", txn.Idle, txn.AmountFormat, 0},
	} {
		b := newBench(t, words.EN, "mono")
		b.keys(c.keys)
		b.wait(time.Second)
		b.feed(tea.PasteMsg{Content: c.paste})
		name := c.paste[:min(20, len(c.paste))]
		if got := b.m.state; got.Name != c.want || got.Problem != c.problem || b.m.field.Len() != c.typed {
			t.Errorf("%q, paste %q: state %s, problem %q, %d typed; want %s, %q, %d",
				c.keys, name, got.Name, got.Problem, b.m.field.Len(), c.want, c.problem, c.typed)
		}
	}
}
