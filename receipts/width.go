package receipts

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/width"
)

// RuneWidth is the one width rule: the columns of the grid a character takes.
//
//   - CJK and full-width forms, as Unicode's East Asian Width (UAX #11) has them: 2;
//   - combining marks: 0, they belong to the character before them;
//   - everything else 1, the ambiguous ones ( – “ ” · × ° Greek, Cyrillic ) too:
//     screens and text files draw them narrow. A printer whose Chinese font has
//     them wide must set them into one column, not move what follows.
func RuneWidth(r rune) int {
	switch {
	case r < 0x300:
		return 1
	case r >= 0x4E00 && r <= 0x9FFF: // the common hanzi, without a look-up
		return 2
	case isMark(r):
		return 0
	}
	switch width.LookupRune(r).Kind() {
	case width.EastAsianWide, width.EastAsianFullwidth:
		return 2
	}
	return 1
}

// Width is the columns a text takes at normal size, control characters aside.
func Width(s string) int {
	n := 0
	for _, r := range s {
		n += RuneWidth(r)
	}
	return n
}

func isMark(r rune) bool { return r >= 0x300 && unicode.In(r, unicode.Mn, unicode.Me) }

// clean makes a text safe for every output: line ends and tabs become spaces;
// control and format characters (an escape sequence for a printer, a change of
// direction), broken UTF-8 and marks with no letter to stand on become �, so that
// nothing vanishes unseen.
func clean(s string) string {
	if isClean(s) {
		return s
	}
	var b strings.Builder
	b.Grow(len(s))
	prev := ' '
	for _, r := range s {
		switch {
		case r == '\t' || r == '\n' || r == '\r' || r == '\u2028' || r == '\u2029':
			r = ' '
		case isStray(r) || isSpace(prev) && isMark(r):
			r = utf8.RuneError
		}
		b.WriteRune(r)
		prev = r
	}
	return b.String()
}

// isClean reports that clean has nothing to change. A � was once something else
// and stays.
func isClean(s string) bool {
	prev := ' '
	for _, r := range s {
		if isStray(r) || isSpace(prev) && isMark(r) {
			return false
		}
		prev = r
	}
	return true
}

// isStray reports characters that are not to be drawn. Broken UTF-8 arrives as
// RuneError.
func isStray(r rune) bool {
	switch {
	case r < 0x7F:
		return r < 0x20
	case r >= 0x4E00 && r <= 0x9FFF:
		return false
	case r == utf8.RuneError:
		return true
	}
	return unicode.In(r, unicode.Cc, unicode.Cf, unicode.Zl, unicode.Zp)
}
