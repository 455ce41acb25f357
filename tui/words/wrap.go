package words

import (
	"strings"

	"github.com/charmbracelet/x/ansi"
)

// closers may not begin a line and openers may not end one, as Chinese is set.
const (
	closers = "，。、；：？！）】》”’…,.;:?!)%"
	openers = "（【《“‘("
)

// Wrap breaks a text into lines of at most width cells: at spaces in a Latin
// text, between any two characters in a Chinese one, and never so that a
// closing mark begins a line. A word longer than a line is cut.
func Wrap(text string, width int) []string {
	if width < 2 || text == "" {
		return nil
	}
	var lines []string
	line := ""
	for _, piece := range pieces(text) {
		if line == "" {
			piece = strings.TrimLeft(piece, " ")
		}
		if ansi.StringWidth(line+strings.TrimRight(piece, " ")) > width && line != "" {
			lines = append(lines, strings.TrimRight(line, " "))
			line, piece = "", strings.TrimLeft(piece, " ")
		}
		for ansi.StringWidth(strings.TrimRight(piece, " ")) > width {
			head := ansi.Truncate(piece, width, "")
			lines = append(lines, strings.TrimRight(head, " "))
			piece = strings.TrimLeft(piece[len(head):], " ")
		}
		line += piece
	}
	if line = strings.TrimRight(line, " "); line != "" {
		lines = append(lines, line)
	}
	return lines
}

// pieces cuts a text where a line may end: behind spaces and around wide
// characters, but not before a closing mark or behind an opening one.
func pieces(text string) []string {
	var out []string
	piece, last := "", rune(0)
	for _, r := range text {
		if piece != "" && breakable(last, r) {
			out = append(out, piece)
			piece = ""
		}
		piece += string(r)
		last = r
	}
	return append(out, piece)
}

func breakable(a, b rune) bool {
	if strings.ContainsRune(closers, b) || strings.ContainsRune(openers, a) || b == ' ' {
		return false
	}
	return a == ' ' || wide(a) || wide(b)
}

func wide(r rune) bool { return ansi.StringWidth(string(r)) == 2 }
