package tui

import (
	"context"
	"errors"
	"testing"

	tea "charm.land/bubbletea/v2"

	"vpos/tui/words"
	"vpos/txn"
	"vpos/txn/config"
)

// desk is a configuration without a file, unless it is told to fail.
type desk struct {
	now  config.Config
	fail bool
}

func newDesk() *desk { return &desk{now: config.Default()} }

func (d *desk) Value(key string) string {
	value, _ := d.now.Value(key)
	return value
}

func (d *desk) Change(_ context.Context, key, value string) error {
	if d.fail {
		return errors.New("the disk is full")
	}
	var err error
	d.now, err = d.now.With(key, value)
	return err
}

func (d *desk) File() string { return "/home/shop/vpos.toml" }

var settingScenes = []scene{
	{"settings", txn.Settings, func(b *bench) { b.keys("x") }},
	{"settings-group", txn.Settings, func(b *bench) { b.keys("x1"); b.press(tea.KeyPressMsg{Code: tea.KeyDown}) }},
	{"settings-row", txn.Settings, func(b *bench) { b.keys("x12") }},
	{"settings-long", txn.Settings, func(b *bench) { b.keys("x41") }},
	{"settings-other", txn.Settings, func(b *bench) {
		b.desk.now.Rules.MaxRefund.Minor = 123_45
		b.keys("x41")
	}},
	{"settings-saved", txn.Settings, func(b *bench) { b.keys("x153"); b.keys("1") }},
	{"settings-failed", txn.Settings, func(b *bench) { b.desk.fail = true; b.keys("x512") }},
	{"settings-fixed", txn.Settings, func(b *bench) { b.keys("x7") }},
	{"settings-host", txn.Settings, func(b *bench) { b.keys("x77") }},
	{"settings-supervisor", txn.SupervisorEntry, staffed(signedIn + "x")},
	{"settings-passcode", txn.Passcode, staffed(signedIn + "x02\n25")},
	{"help-settings", txn.Settings, func(b *bench) { b.keys("x?") }},
}

// Digits alone lead to a setting and change it, at once where it is the screen's.
func TestSettingsByDigits(t *testing.T) {
	b := newBench(t, words.EN, "mono")
	b.m.options.Theme = nil
	b.keys("m9")
	b.keys("5")
	b.at(txn.Settings)
	b.keys("123")
	if b.m.theme.Name() != "light" || b.desk.now.Screen.Theme != "light" || !b.m.tuning.saved {
		t.Errorf("theme %s, config %s", b.m.theme.Name(), b.desk.now.Screen.Theme)
	}
	b.keys("\x1b")
	if b.m.page != "1" || b.m.cursor != 1 {
		t.Errorf("back is page %q, row %d", b.m.page, b.m.cursor)
	}
	b.keys("12")
	if b.m.lang != words.ZH {
		t.Error("the language is as it was")
	}
	b.keys("\x1b\x1b\x1b")
	b.at(txn.Idle)
	last, ok := b.till.events[len(b.till.events)-2].(txn.Configured)
	if !ok || last != (txn.Configured{Key: "terminal.language", Value: "zh"}) {
		t.Errorf("the machine was not told: %+v", b.till.events)
	}
}

// Arrows and Enter do the same, and a row that is not there is refused.
func TestSettingsByArrows(t *testing.T) {
	b := newBench(t, words.EN, "mono")
	b.keys("x")
	down := tea.KeyPressMsg{Code: tea.KeyDown}
	b.press(down, down, down, down, down, down, down, down)
	b.keys("\n") // the last group: fixed
	b.keys("7")
	b.keys("\n1")
	if b.m.state.Problem != txn.NotHere || b.desk.now.Host.Address != "embedded" || b.m.tuning.saved {
		t.Errorf("problem %q, host %s", b.m.state.Problem, b.desk.now.Host.Address)
	}
	b.keys("\x1b\x1b5\n")
	if row, _ := words.SettingAt(b.m.page); row.Key != "rules.lock_after" || row.Choices[b.m.cursor].Value != "15m" {
		t.Errorf("page %q, row %d", b.m.page, b.m.cursor)
	}
	b.press(tea.KeyPressMsg{Code: tea.KeyUp})
	b.keys("\n")
	if got := b.desk.Value("rules.lock_after"); got != "10m" {
		t.Errorf("it locks after %s", got)
	}
	b.desk.fail = true
	b.keys("1")
	if got := b.desk.Value("rules.lock_after"); got != "10m" || !b.m.tuning.failed {
		t.Errorf("a change that failed: %s, failed %v", got, b.m.tuning.failed)
	}
}

// While a change is on its way to the disk no key leaves the screen: the audit would not
// hear of it.
func TestSettingsWaitForTheDisk(t *testing.T) {
	b := newBench(t, words.EN, "mono")
	b.keys("x12")
	b.now = b.now.Add(1e9)
	_, cmd := b.m.Update(keyOf('3')) // nobody writes it yet
	b.wait(1e9)
	if !b.m.tuning.saving && cmd == nil {
		t.Fatal("nothing is being written")
	}
	b.m.tuning.saving = true
	b.keys("\x1b\x1b\x1b")
	b.at(txn.Settings)
	b.feed(settingStored{"screen.theme", "light", nil})
	b.keys("\x1b\x1b\x1b")
	b.at(txn.Idle)
}

// A cashier is asked for a supervisor, and gets no further without one.
func TestSettingsWantASupervisor(t *testing.T) {
	b := newBench(t, words.EN, "mono")
	staffed(signedIn + "x01\n" + passcode + "\n")(b)
	b.at(txn.SupervisorEntry)
	b.keys("02\n" + passcode + "\n")
	b.at(txn.Settings)
	b.keys("154")
	b.keys("\x1b")
	b.keys("\x1b\x1b")
	b.at(txn.Idle)
}
