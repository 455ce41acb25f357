package tui

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/x/ansi"

	"vpos/tui/screen"
	"vpos/tui/words"
	"vpos/txn"
)

// whole holds a picture against everything that a picture can lose: each line fills the
// window and no more, no line of the content was left out, no mark of a cut is anywhere,
// and each text that is to be read is there from its first character to its last.
func whole(t *testing.T, b *bench, what string, w, h int) {
	t.Helper()
	b.size(w, h)
	f := b.m.frame()
	if lost := screen.Overflow(f); lost > 0 {
		t.Errorf("%s %d×%d: %d lines have no room", what, w, h, lost)
	}
	picture := ansi.Strip(b.m.View().Content)
	for i, line := range strings.Split(picture, "\n") {
		if got := ansi.StringWidth(line); got != w {
			t.Errorf("%s %d×%d line %d is %d cells wide: %q", what, w, h, i, got, line)
		}
		if strings.Contains(line, "…") && !meant(f, line) {
			t.Errorf("%s %d×%d line %d is cut: %q", what, w, h, i, line)
		}
	}
	if f.Help {
		return // it lists keys, and its footer is its own
	}
	if strings.Contains(picture, words.MoreBelow.In(f.Lang)) || f.State.Name == txn.DoctorShown && f.Cursor > 0 {
		return // the arrows bring the rest
	}
	columns := flows(picture, w)
	for _, text := range screen.Said(f) {
		plain := solid(text)
		if !slices.ContainsFunc(columns, func(c string) bool { return strings.Contains(c, plain) }) {
			t.Errorf("%s %d×%d: %q is not on the screen in full:\n%s", what, w, h, text, picture)
		}
	}
}

// meant says that an ellipsis is the words' own: something is under way.
func meant(f screen.Frame, line string) bool {
	for _, own := range []string{words.StaffChecking.In(f.Lang), words.StepStoring.In(f.Lang), words.SettingSaving.In(f.Lang)} {
		if strings.Contains(own, "…") && strings.Contains(line, own) {
			return true
		}
	}
	return false
}

// flows is a picture as running text: all of it, what is left of the keypad, and what is
// left of the newest transactions; without spaces and borders.
func flows(picture string, w int) []string {
	var out []string
	for _, cut := range []int{w, w - 32, w - 41} {
		var b strings.Builder
		for line := range strings.SplitSeq(picture, "\n") {
			b.WriteString(solid(ansi.Truncate(line, cut, "")))
		}
		out = append(out, b.String())
	}
	return out
}

// solid is a text without what wrapping and borders change.
func solid(s string) string {
	return strings.Map(func(r rune) rune {
		if r == ' ' || r == '│' || r == '|' {
			return -1
		}
		return r
	}, s)
}

func TestNoSceneIsCut(t *testing.T) {
	seen := map[txn.Name]bool{}
	for _, s := range sampled(scenes) {
		seen[s.state] = true
		for _, lang := range words.Langs() {
			b := newBenchOf(t, s, lang, "mono")
			s.set(b)
			for _, size := range sizes {
				whole(t, b, fmt.Sprintf("%s %s", s.name, lang), size.w, size.h)
			}
		}
	}
	for _, name := range txn.Names() {
		if !seen[name] && !raced {
			t.Errorf("no scene shows %s", name)
		}
	}
}

// The notes of a signal have room beside every title.
func TestNoTitleIsCutByNotes(t *testing.T) {
	for _, s := range sampled(scenes) {
		for _, lang := range words.Langs() {
			b := newBenchOf(t, s, lang, "mono")
			s.set(b)
			b.m.Wear(Look{Beep: true})
			b.m.sound(beepWrong, 0)
			whole(t, b, s.name+" with notes", 40, 20)
		}
	}
}

// Wherever keys lead, nothing is cut: walks from a scene of every state, over keys that mean
// something somewhere.
func TestNoWalkIsCut(t *testing.T) {
	keys := []string{"0", "1", "2", "3", "4", "5", "6", "7", "8", "9", ".", "=", "\n", "\n", "\x1b", "\b", "m", "j", "p", "l", "x", "?", "z", "v", "r", "s", sold, "4111111111111111\n"}
	down := tea.KeyPressMsg{Code: tea.KeyDown}
	walked := map[txn.Name]bool{}
	for i, s := range sampled(scenes) {
		if walked[s.state] {
			continue
		}
		walked[s.state] = true
		rng := rand.New(rand.NewPCG(7, uint64(i))) //nolint:gosec // a walk that can be walked again
		b := newBenchOf(t, s, words.Langs()[i%2], "mono")
		s.set(b)
		path := s.name
		for range 25 {
			if rng.IntN(8) == 0 {
				b.press(down)
				path += " ↓"
			} else {
				k := keys[rng.IntN(len(keys))]
				b.keys(k)
				path += fmt.Sprintf(" %q", k)
			}
			whole(t, b, path, 80, 24)
			whole(t, b, path, 40, 20)
			if t.Failed() {
				return
			}
		}
	}
}
