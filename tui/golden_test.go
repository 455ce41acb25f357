package tui

import (
	"fmt"
	"strings"
	"testing"

	"github.com/charmbracelet/x/ansi"
	"github.com/charmbracelet/x/exp/golden"

	"vpos/reader"
	"vpos/reader/emv"
	"vpos/tui/screen"
	"vpos/tui/words"
	"vpos/txn"
)

var sizes = []struct{ w, h int }{{40, 20}, {80, 24}, {120, 40}}

// pictures draws a scene in every size.
func pictures(t *testing.T, s scene, lang words.Lang, themeName string) string {
	b := newBenchOf(t, s, lang, themeName)
	s.set(b)
	b.at(s.state)
	var out strings.Builder
	for _, size := range sizes {
		b.size(size.w, size.h)
		view := b.m.View()
		fmt.Fprintf(&out, "%d×%d %s\n%s\n\n", size.w, size.h, view.WindowTitle, view.Content)
	}
	return out.String()
}

// themesOf draws the first scene of each state in colour too; the others differ
// from it in their words, which mono shows as well in a tenth of the bytes.
func themesOf(s scene) []string {
	for _, first := range scenes {
		if first.state == s.state {
			if first.name == s.name {
				return []string{"mono", "dark"}
			}
			break
		}
	}
	return []string{"mono"}
}

func TestGolden(t *testing.T) {
	for _, s := range scenes {
		for _, lang := range words.Langs() {
			for _, th := range themesOf(s) {
				t.Run(fmt.Sprintf("%s/%s-%s", th, s.name, lang), func(t *testing.T) {
					golden.RequireEqual(t, pictures(t, s, lang, th))
				})
			}
		}
	}
}

// Every line of every picture fills the window exactly, and no picture shows an
// ellipsis where the words would have fitted had they been chosen better.
func TestPicturesFitTheirWindow(t *testing.T) {
	for _, s := range sampled(scenes) {
		for _, lang := range words.Langs() {
			b := newBenchOf(t, s, lang, "mono")
			s.set(b)
			for _, size := range sizes {
				b.size(size.w, size.h)
				if lost := screen.Overflow(b.m.frame()); lost > 0 {
					t.Errorf("%s %s %d×%d: %d lines have no room", s.name, lang, size.w, size.h, lost)
				}
				lines := strings.Split(b.m.View().Content, "\n")
				if len(lines) != size.h {
					t.Errorf("%s %s %d×%d: %d lines", s.name, lang, size.w, size.h, len(lines))
				}
				for i, line := range lines {
					if got := ansi.StringWidth(line); got != size.w {
						t.Errorf("%s %s %d×%d line %d is %d cells wide: %q", s.name, lang, size.w, size.h, i, got, line)
					}
					if strings.Contains(line, "…") {
						t.Errorf("%s %s %d×%d line %d is cut: %q", s.name, lang, size.w, size.h, i, ansi.Strip(line))
					}
				}
			}
		}
	}
}

// roomy holds a bench to having room for every line where there is least.
func roomy(b *bench, what string) {
	b.Helper()
	for _, size := range sizes[:2] {
		b.size(size.w, size.h)
		if lost := screen.Overflow(b.m.frame()); lost > 0 {
			b.Errorf("%s, %s %d×%d: %d lines have no room", what, b.m.lang, size.w, size.h, lost)
		}
	}
}

func TestEveryAnswerHasRoom(t *testing.T) {
	for _, code := range words.ResponseCodes() {
		for _, lang := range words.Langs() {
			b := newBench(t, lang, "mono")
			b.till.host = answer(code)
			b.keys(sold + "\n")
			roomy(b, "answer "+code)
		}
	}
}

// Any problem may be told on any screen: a swipe or a paste can go wrong
// anywhere, and the worst day has every standing warning as well.
func TestEveryProblemHasRoom(t *testing.T) {
	codes := txn.Codes()
	for _, f := range reader.Faults() {
		codes = append(codes, txn.Code(f))
	}
	for _, reason := range emv.Reasons() {
		codes = append(codes, txn.Code(reason))
	}
	for _, s := range sampled(scenes) {
		for _, lang := range words.Langs() {
			b := newBenchOf(t, s, lang, "mono")
			s.set(b)
			b.till.state.Trouble = txn.DiskFailed
			b.till.state.Pending = append(b.till.state.Pending, txn.Transaction{STAN: 1})
			b.till.state.Owed = append(b.till.state.Owed, txn.Transaction{STAN: 2})
			seen := map[[2]int]bool{}
			for _, code := range codes {
				next := words.ForCode(code).Next.In(lang)
				tall := [2]int{len(words.Wrap(next, 36)), len(words.Wrap(next, 40))}
				if seen[tall] {
					continue // as high as one that was tried
				}
				seen[tall] = true
				b.m.dispatch(txn.Misread{Code: code})
				roomy(b, s.name+" with "+string(code))
			}
		}
	}
}
