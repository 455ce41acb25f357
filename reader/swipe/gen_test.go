package swipe

import (
	"strings"

	"pgregory.net/rapid"
)

const (
	pan    = "4111111111111111"
	data2  = pan + "=30122011234567890"
	track2 = ";" + data2 + "?"
	track1 = "%B" + pan + "^DOE/JANE^30122011234500000567000000?"
	track3 = ";011234567890123445=724724100000000000030300XXXX040400099010=?"
)

var numbers = []string{
	pan, "5555555555554444", "378282246310005", "30569309025904", "6011111111111117", "3530111333300000",
	"6224242900000113", "6224242900000114", "6205500000000000004",
}

// burst is a swipe and what must be read from it.
type burst struct {
	text, pan, yymm, service, track2 string
}

// drawBurst makes a swipe as some reader somewhere types it.
func drawBurst(t *rapid.T) burst {
	b := burst{pan: rapid.SampledFrom(numbers).Draw(t, "number")}
	date := rapid.SampledFrom([]string{"3012", "4912", ""}).Draw(t, "date")
	code := rapid.SampledFrom([]string{"201", "101", "220", ""}).Draw(t, "code")
	b.yymm, b.service = date, code
	extra := rapid.StringMatching(`[0-9]{0,8}`).Draw(t, "extra")
	check := rapid.Bool().Draw(t, "check character")
	enter := rapid.SampledFrom([]string{"", "\r", "\r\n"}).Draw(t, "between")
	which := rapid.IntRange(1, 7).Draw(t, "tracks")
	if which&3 == 0 {
		which |= 2
	}
	if which&1 != 0 {
		name := rapid.StringMatching(`[A-Z .]{0,12}/[A-Z]{0,8}`).Draw(t, "name")
		b.text += finish("%B"+b.pan+"^"+name+"^"+or(date, "^")+or(code, "^")+extra+"?", 1, check) + enter
	}
	if which&2 != 0 {
		b.track2 = b.pan + "=" + or(date, "=") + or(code, "=") + extra
		b.text += finish(";"+b.track2+"?", 2, check)
	}
	if which&6 == 6 {
		b.text += enter + track3
	}
	return b
}

func or(s, otherwise string) string {
	if s == "" {
		return otherwise
	}
	return s
}

func finish(track string, number int, check bool) string {
	if !check {
		return track
	}
	return track + string(lrc([]byte(track), number))
}

// wide is the text as a Chinese input method in full-width mode types it.
func wide(text string) string {
	return strings.Map(func(r rune) rune {
		switch {
		case r == ' ':
			return '\u3000'
		case r > ' ' && r <= '~':
			return r - '!' + '！'
		}
		return r
	}, text)
}
