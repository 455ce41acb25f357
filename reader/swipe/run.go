package swipe

import (
	"bytes"
	"time"
	"unicode"

	"vpos/reader"
)

// What makes a run of keys a scanned code. Payment codes have 16 to 24 digits;
// a scanner types at the pace of a stripe reader. The mean is what tells it
// from a hand; single gaps may be wide, because a busy machine delays keys.
const (
	minCode  = 12
	maxCode  = 256
	codeGap  = IdleAfter             // a gap this wide begins a new run
	codePace = 20 * time.Millisecond // the mean gap is no longer
)

// minStray is how many digits in a run with another script's characters make
// it a garbled swipe rather than a word.
const minStray = 10

// run remembers the ordinary keys since the last pause. They may be a card
// number typed by hand, so they are wiped at every pause.
type run struct {
	keys    []byte // folded, alien where that failed; allocated once
	count   int
	start   time.Time
	end     time.Time
	foreign bool // there were characters of another script
}

func newRun() run { return run{keys: make([]byte, 0, maxCode)} }

// add takes a key and reports whether it begins a run. An Enter ends one.
func (u *run) add(r rune, at time.Time) (first bool) {
	if u.count > 0 && at.Sub(u.end) >= codeGap {
		u.reset()
	}
	first = u.count == 0
	if isEnter(r) {
		u.reset()
		return first
	}
	if first {
		u.start = at
	}
	u.end = at
	u.count++
	c := byte(alien)
	if r = reader.Fold(r); r >= ' ' && r <= '~' {
		c = byte(r)
	}
	u.foreign = u.foreign || r > unicode.MaxASCII
	if len(u.keys) < maxCode {
		u.keys = append(u.keys, c)
	}
	return first
}

// isBurst reports whether the run so far came from a device and means
// something. A quick paste of plain words does not.
func (u *run) isBurst() bool {
	pace := u.count >= minCode && u.end.Sub(u.start) <= codePace*time.Duration(u.count-1)
	return pace && u.count <= maxCode && (u.garbled() || u.stripe() || u.plain())
}

// garbled: a swipe through an input method or a layout without our sentinels.
func (u *run) garbled() bool {
	digits := 0
	for _, c := range u.keys {
		if c >= '0' && c <= '9' {
			digits++
		}
	}
	return u.foreign && digits >= minStray
}

// stripe: the rest of a swipe whose start sentinel was lost. It ends in the end
// sentinel, or that and a check character.
func (u *run) stripe() bool {
	end := u.keys[max(0, len(u.keys)-2):]
	return bytes.IndexByte(end, '?') >= 0 && bytes.ContainsAny(u.keys, "=^")
}

// plain: printable, without spaces, as codes are.
func (u *run) plain() bool {
	for _, c := range u.keys {
		if c <= ' ' || c > '~' {
			return false
		}
	}
	return true
}

// take ends the run as a code, or as the broken swipe it is.
func (u *run) take() Result {
	result := Result{Kind: Code, Count: u.count}
	switch {
	case u.garbled():
		result.Kind, result.Err = Fault, reader.FaultSwipeKeyboard
	case u.stripe():
		result.Kind, result.Err = Fault, at(1, "start sentinel", reader.FaultSwipeMalformed)
	default:
		result.Code = reader.NewSecret(u.keys)
	}
	u.reset()
	return result
}

func (u *run) reset() {
	clear(u.keys)
	u.keys, u.count, u.foreign = u.keys[:0], 0, false
}
