package receipts

import "strings"

// split cuts off as much of text as fits the columns at scale columns a letter,
// and gives the rest, without the spaces at the cut. An empty head means that
// not one character fits.
//
// Lines break at spaces, after a hyphen between letters, and between two
// characters of which one is wide, except where Chinese does not break: before
// closing and after opening punctuation. A word longer than the line is cut
// where the line ends.
func split(text string, columns, scale int) (head, rest string) {
	if Width(text)*scale <= columns {
		return text, ""
	}
	used, cut := 0, 0 // cut: where the rest may begin
	var prev rune
	for i, r := range text {
		w := RuneWidth(r) * scale
		if i > 0 && w > 0 && mayBreak(prev, r) {
			cut = i
		}
		if used+w > columns {
			switch {
			case isSpace(r):
				cut = i
			case cut == 0:
				cut = i
			}
			return strings.TrimRightFunc(text[:cut], isSpace), strings.TrimLeftFunc(text[cut:], isSpace)
		}
		used += w
		if w > 0 {
			prev = r
		}
	}
	return text, ""
}

func isSpace(r rune) bool { return r == ' ' || r == '\u3000' }

func mayBreak(prev, next rune) bool {
	switch {
	case isSpace(prev):
		return true
	case isSpace(next), strings.ContainsRune(noStart, next), strings.ContainsRune(noEnd, prev):
		return false
	case prev == '-':
		return next < '0' || next > '9'
	}
	return RuneWidth(prev) == 2 || RuneWidth(next) == 2
}

// What must not begin and what must not end a line.
const (
	noStart = "、。，．！？：；）】》〉」』〕〗％,.!?:;)]}%…”’"
	noEnd   = "（【《〈「『〔〖([{“‘"
)
