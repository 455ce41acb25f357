package swipe

import (
	"strings"
	"unicode/utf8"

	"vpos/reader"
)

// minPasted is the fewest characters after a sentinel that make a paste a
// (broken) swipe; the shortest track has more.
const minPasted = 12

// Paste looks at a bracketed paste, which is how some terminals deliver a burst.
// It answers [Card] or [Fault] for a swipe, and [None] for any other text. The
// text itself is a string and cannot be wiped: drop it at once.
func Paste(text string) Result {
	text = strings.TrimSpace(text)
	first, size := utf8.DecodeRuneInString(text)
	if size == 0 || !isStart(foldRune(first)) {
		return Result{}
	}
	rest := text[size:]
	if !strings.ContainsAny(rest, "?？") && utf8.RuneCountInString(rest) < minPasted {
		return Result{}
	}
	burst := []byte(text)
	defer clear(burst)
	card, err := Parse(burst)
	if err != nil {
		return Result{Kind: Fault, Err: err}
	}
	return Result{Kind: Card, Card: card}
}

// read makes the result of a finished capture.
func read(keys []rune) Result {
	card, err := parseKeys(keys)
	if err != nil {
		return Result{Kind: Fault, Err: err}
	}
	return Result{Kind: Card, Card: card}
}

// overflow is the result of a burst with no end.
func overflow() Result {
	return Result{Kind: Fault, Err: at(MaxKeys+1, "too long", reader.FaultSwipeMalformed)}
}
