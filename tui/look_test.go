package tui

import (
	"fmt"
	"image/color"
	"strings"
	"testing"
	"time"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/x/ansi"
	"github.com/charmbracelet/x/exp/golden"
	wide "golang.org/x/text/width"

	"vpos/tui/keypad"
	"vpos/tui/screen"
	"vpos/tui/words"
	"vpos/txn"
)

// In ASCII no picture has a sign that an East Asian terminal would draw two cells wide
// (Unicode TR 11).
func TestASCIIHasNoAmbiguousWidth(t *testing.T) {
	for _, s := range sampled(scenes) {
		for _, lang := range words.Langs() {
			b := newBenchOf(t, s, lang, "mono")
			s.set(b)
			b.m.Wear(Look{Borders: InASCII})
			for _, size := range sizes {
				b.size(size.w, size.h)
				for i, line := range strings.Split(b.m.View().Content, "\n") {
					if got := ansi.StringWidth(line); got != size.w {
						t.Errorf("%s %s %d×%d line %d is %d cells wide: %q", s.name, lang, size.w, size.h, i, got, line)
					}
					for _, r := range ansi.Strip(line) {
						if wide.LookupRune(r).Kind() == wide.EastAsianAmbiguous {
							t.Errorf("%s %s %d×%d line %d: %q (%U) may be two cells wide", s.name, lang, size.w, size.h, i, r, r)
						}
					}
				}
			}
		}
	}
}

func TestGoldenASCII(t *testing.T) {
	for _, name := range []string{"idle", "menu", "present", "confirm", "processing", "approved", "declined", "unknown", "cvv", "pin"} {
		for _, s := range sampled(scenes) {
			if s.name != name {
				continue
			}
			for _, lang := range words.Langs() {
				t.Run(fmt.Sprintf("%s-%s", name, lang), func(t *testing.T) {
					b := newBenchOf(t, s, lang, "mono")
					s.set(b)
					b.m.Wear(Look{Borders: InASCII})
					var out strings.Builder
					for _, size := range sizes[:2] {
						b.size(size.w, size.h)
						fmt.Fprintf(&out, "%d×%d\n%s\n\n", size.w, size.h, ansi.Strip(b.m.View().Content))
					}
					golden.RequireEqual(t, out.String())
				})
			}
		}
	}
}

// Without any colour or weight approved, declined, unknown and taken back differ in their word and in their sign,
// with drawn borders and in ASCII.
func TestOutcomesWithoutColour(t *testing.T) {
	for _, borders := range []string{"", InASCII} {
		for _, lang := range words.Langs() {
			seen := map[string]string{}
			for _, code := range []string{"00", "05", "", "none"} {
				b := newBench(t, lang, "dark")
				b.m.Wear(Look{Borders: borders})
				if b.till.host = answer(code); code == "none" { // not even to the reversal
					b.till.host = func(r txn.Request) []txn.Event { return silent(r.Op)(r) }
				}
				b.size(80, 24)
				b.keys(sold + "\n")
				if code == "" || code == "none" {
					b.lose()
				}
				name := string(b.m.state.Name) + code
				headline := words.OutcomeOf(b.m.state.Draft).Headline.In(lang)
				band := ""
				for line := range strings.SplitSeq(ansi.Strip(b.m.View().Content), "\n") {
					if strings.Contains(line, headline) && band == "" && !strings.Contains(line, "─ ") && !strings.Contains(line, "+- ") {
						band = line
					}
				}
				sign, word, _ := strings.Cut(strings.TrimSpace(strings.Trim(strings.TrimSpace(band), "│|")), "  ")
				for _, part := range []string{sign, strings.TrimSpace(word)} {
					if part == "" || seen[part] != "" && seen[part] != name {
						t.Errorf("%s %q: %s shows %q, as %q does", lang, borders, name, part, seen[part])
					}
					seen[part] = name
				}
			}
			if len(seen) != 8 {
				t.Errorf("%s %q: %v, want four signs and four words", lang, borders, seen)
			}
		}
	}
}

func TestTerminalSaysItsBackground(t *testing.T) {
	b := newBench(t, words.EN, "mono")
	b.m.options.Theme = nil
	b.m.Wear(Look{Theme: Auto})
	if b.m.askColour() == nil || b.m.theme.Name() != "dark" {
		t.Fatalf("before the answer: %s", b.m.theme.Name())
	}
	b.feed(tea.BackgroundColorMsg{Color: color.White})
	if b.m.theme.Name() != "light" {
		t.Errorf("on white: %s", b.m.theme.Name())
	}
	b.feed(tea.BackgroundColorMsg{Color: color.Black})
	if b.m.theme.Name() != "dark" {
		t.Errorf("on black: %s", b.m.theme.Name())
	}
	b.m.Wear(Look{Theme: "light"})
	b.feed(tea.BackgroundColorMsg{Color: color.Black})
	if b.m.theme.Name() != "light" || b.m.askColour() != nil {
		t.Errorf("a theme that was chosen gives way: %s", b.m.theme.Name())
	}
	b.m.Wear(Look{Theme: "light", NoColour: true})
	if !b.m.theme.Mono() {
		t.Error("NO_COLOR is overruled")
	}
}

func TestTerminalIsMeasured(t *testing.T) {
	b := newBench(t, words.EN, "mono")
	b.m.Wear(Look{Borders: Auto})
	b.m.sized = false
	if _, cmd := b.m.Update(tea.WindowSizeMsg{Width: 80, Height: 24}); cmd == nil {
		t.Fatal("the terminal is not asked")
	}
	if _, cmd := b.m.Update(tea.WindowSizeMsg{Width: 81, Height: 24}); cmd != nil {
		t.Error("it is asked again")
	}
	b.feed(tea.CursorPositionMsg{X: 2, Y: probeRow})
	if !b.m.ascii || strings.Contains(b.m.View().Content, "╭") {
		t.Error("a sign was two cells wide, and borders are still drawn")
	}
	b.feed(tea.CursorPositionMsg{X: 40, Y: 3}) // somebody else's answer
	if !b.m.ascii {
		t.Error("any answer counts")
	}
	b.feed(tea.CursorPositionMsg{X: 1, Y: probeRow})
	if b.m.ascii {
		t.Error("a sign was one cell wide, and borders are in ASCII")
	}
	b.m.Wear(Look{Borders: "unicode"})
	b.feed(tea.CursorPositionMsg{X: 2, Y: probeRow})
	if b.m.ascii {
		t.Error("borders that were chosen give way")
	}
}

func TestLegacyLocale(t *testing.T) {
	for value, want := range map[string]bool{
		"zh_CN.GBK": true, "zh_CN.GB18030": true, "zh_CN.UTF-8": false, "en_GB.utf8": false, "C": false, "zh_TW.big5@x": true, "": false,
	} {
		got := LegacyLocale(func(name string) (string, bool) { return value, name == "LANG" })
		if got != want {
			t.Errorf("%q: %v, want %v", value, got, want)
		}
	}
}

// lose lets a request go unanswered until the terminal gives it up.
func (b *bench) lose() {
	b.till.now = b.till.now.Add(2 * time.Minute)
	b.now = b.till.now
	b.till.send(txn.Tick{Now: b.till.now})
	b.feed(Changed{})
}

// clickAll clicks on every cell of the picture and says whether money could have moved.
func clickAll(t *testing.T, s scene) {
	t.Helper()
	for y := range 24 {
		for x := 0; x < 80; x += 3 {
			b := newBenchOf(t, s, words.EN, "mono")
			s.set(b)
			b.m.Wear(Look{Mouse: true})
			b.size(80, 24)
			before := len(b.till.sales)
			pending := b.m.state.Draft.Status
			b.now = b.now.Add(time.Second)
			b.feed(tea.MouseClickMsg{X: x, Y: y, Button: tea.MouseLeft})
			now := b.till.state
			if len(b.till.sales) != before || now.Draft.Status != pending && now.Draft.Status != txn.Drafted && now.Draft.Kind != txn.SignOn && now.Draft.Kind != txn.SignOff {
				t.Fatalf("%s: a click on %d,%d moved money: %s %s", s.name, x, y, now.Name, now.Draft.Status)
			}
			if isResult(s.state) && now.Name != s.state {
				t.Fatalf("%s: a click on %d,%d left the result", s.name, x, y)
			}
			if s.state == txn.Confirm && now.Name != txn.Confirm {
				t.Fatalf("%s: a click on %d,%d left the question", s.name, x, y)
			}
			b.m.View()
			if y > 2 && y < 22 && s.state != txn.Menu {
				break // only the footer and the menu have anything
			}
		}
	}
}

func TestClicksNeverMoveMoney(t *testing.T) {
	done := map[txn.Name]bool{}
	for _, s := range sampled(scenes) {
		if !done[s.state] {
			done[s.state] = true
			clickAll(t, s)
		}
	}
}

// A click on a word of the footer or the menu is what its key is.
func TestClickIsTheKey(t *testing.T) {
	b := newBench(t, words.ZH, "mono")
	b.m.Wear(Look{Mouse: true})
	b.size(80, 24)
	at := func(text string) (int, int) {
		for y, line := range strings.Split(ansi.Strip(b.m.View().Content), "\n") {
			if before, _, ok := strings.Cut(line, text); ok {
				return ansi.StringWidth(before) + 1, y
			}
		}
		t.Fatalf("%q is not on the screen", text)
		return 0, 0
	}
	click := func(text string) {
		x, y := at(text)
		b.now = b.now.Add(time.Second)
		b.feed(tea.MouseClickMsg{X: x, Y: y, Button: tea.MouseLeft})
	}
	click("M ↓ 菜单")
	b.at(txn.Menu)
	click("3  退货")
	b.at(txn.Present)
	if b.till.state.Draft.Kind != txn.Refund {
		t.Errorf("a click on refund began %q", b.till.state.Draft.Kind)
	}
	click("Esc 取消")
	b.at(txn.Idle)
	click("L English")
	if b.m.lang != words.EN {
		t.Error("a click on the language changes nothing")
	}
	click("Q quit")
	if b.m.leave {
		t.Error("a click closes the shop")
	}
	b.m.Wear(Look{})
	click("L 中文")
	if b.m.lang != words.EN {
		t.Error("the mouse is off and works")
	}
}

func TestMouseFloodIsHarmless(t *testing.T) {
	b := newBench(t, words.EN, "mono")
	b.m.Wear(Look{Mouse: true})
	b.size(80, 24)
	events := len(b.till.events)
	begun := time.Now()
	for i := range 10_000 {
		at := tea.Mouse{X: i % 80, Y: 23, Button: tea.MouseLeft}
		for _, msg := range []tea.Msg{tea.MouseMotionMsg(at), tea.MouseWheelMsg(at), tea.MouseReleaseMsg(at), tea.MouseClickMsg(at)} {
			b.m.Update(msg)
		}
	}
	if took := time.Since(begun); took > 5*time.Second {
		t.Errorf("it took %v", took)
	}
	if n := len(b.till.events) - events; n > 1 {
		t.Errorf("%d events came of clicks that all came at once", n)
	}
}

func TestBeepsHaveATwin(t *testing.T) {
	for _, c := range []struct {
		code  string
		notes int
	}{{"00", 1}, {"05", 2}, {"", 3}} {
		b := newBench(t, words.EN, "dark")
		b.m.Wear(Look{Beep: true, Theme: "dark"})
		b.size(80, 24)
		b.till.host = answer(c.code)
		quietly := b.m.View().Content
		b.keys(sold + "\n")
		if c.code == "" {
			b.lose()
		}
		picture := ansi.Strip(b.m.View().Content)
		if !strings.Contains(picture, " "+strings.Repeat("♪", c.notes)+" ") || strings.Contains(quietly, "♪") {
			t.Errorf("answer %q does not show %d notes:\n%s", c.code, c.notes, picture)
		}
		if b.m.frame().Flash == 0 {
			t.Errorf("answer %q: nothing lights up", c.code)
		}
		b.now = b.now.Add(2 * time.Second)
		b.feed(beat{generation: b.m.beat})
		if f := b.m.frame(); f.Flash != 0 || f.Notes != c.notes {
			t.Errorf("answer %q: later %d notes, flash %v", c.code, f.Notes, f.Flash)
		}
	}
}

func TestBeepsAreRationed(t *testing.T) {
	b := newBench(t, words.EN, "dark")
	b.m.Wear(Look{Beep: true})
	rung := 0
	for range 50 { // in one second
		b.m.bell.due = 0
		b.m.sound(beepWrong, 0)
		rung += b.m.bell.due
		b.m.clock = b.m.clock.Add(20 * time.Millisecond)
	}
	if rung != beepWrong {
		t.Errorf("%d beeps in a second", rung)
	}
	b.m.Wear(Look{})
	b.m.bell = bell{}
	b.keys("j")
	b.keys("1")
	if b.m.bell.notes != 0 {
		t.Error("it sounds though it is off")
	}
}

// Marks of the mouse take no room: a picture with them is as wide.
func TestZonesTakeNoRoom(t *testing.T) {
	b := newBench(t, words.EN, "mono")
	b.size(80, 24)
	f := b.m.frame()
	foot := b.m.sight().Footer()
	found := map[keypad.Action]bool{}
	for x := range 80 {
		if s := screen.SpotAt(f, x, 23); s.Kind == screen.OnFooter {
			found[foot[s.At].Action] = true
		}
	}
	if len(found) < 4 || !found[keypad.Help] || !found[keypad.Menu] {
		t.Errorf("in the footer only %v is found", found)
	}
}
