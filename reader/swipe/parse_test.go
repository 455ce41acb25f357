package swipe

import (
	"errors"
	"fmt"
	"regexp"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"vpos/reader"
)

func TestParse(t *testing.T) {
	for name, c := range map[string]struct{ burst, track2 string }{
		"track 2":             {track2, data2},
		"with Enter":          {track2 + "\r\n", data2},
		"track 1":             {track1, ""},
		"both":                {track1 + track2 + "\r", data2},
		"Enter between":       {track1 + "\r" + track2 + "\r", data2},
		"three":               {track1 + track2 + track3 + "\r", data2},
		"three, plus":         {track1 + track2 + "+" + track3[1:], data2},
		"third cut short":     {track2 + "+0112", data2},
		"third unreadable":    {track2 + ";E?", data2},
		"first unreadable":    {"%E?" + track2, data2},
		"second unreadable":   {track1 + ";E?", ""},
		"second empty":        {track1 + ";?", ""},
		"check characters":    {finish(track1, 1, true) + finish(track2, 2, true), data2},
		"full width":          {wide(track1 + track2), data2},
		"input method marks":  {strings.ReplaceAll(track1, "^", "……") + "；" + data2 + "？", data2},
		"two ellipses":        {strings.ReplaceAll(track1, "^", "……"), ""},
		"one ellipsis":        {strings.ReplaceAll(track1, "^", "…"), ""},
		"caps lock":           {strings.ToLower(track1), ""},
		"garbled first track": {"%B41王小明?" + track2, data2},
		"bad first track":     {strings.Replace(track1, "^", "x", 2) + track2, data2},
		"bad second track":    {track1 + strings.Replace(track2, "=", "^", 1), ""},
	} {
		card, err := Parse([]byte(c.burst))
		if err != nil {
			t.Errorf("%s: %v", name, err)
			continue
		}
		if card.Entry != reader.Swipe || string(card.PAN.Reveal()) != pan || card.Expiry.YYMM() != "3012" ||
			card.Service != "201" || string(card.Track2.Reveal()) != c.track2 {
			t.Errorf("%s: got %+v", name, card)
		}
	}
}

func TestParseFaults(t *testing.T) {
	badCheck := finish(track2, 2, true)
	badCheck = badCheck[:len(badCheck)-1] + string('0'+(badCheck[len(badCheck)-1]-'0'+1)%8)
	for name, c := range map[string]struct {
		burst, where string
		want         reader.Fault
	}{
		"nothing":           {"", "tracks", reader.FaultSwipeNoTrack},
		"Enter":             {"\r\n", "tracks", reader.FaultSwipeNoTrack},
		"unreadable":        {"%E?;E?", "tracks", reader.FaultSwipeNoTrack},
		"third only":        {"+123?", "tracks", reader.FaultSwipeNoTrack},
		"no start":          {"4111", "character 1, start sentinel", reader.FaultSwipeMalformed},
		"no end":            {";4111=", "character 7, end sentinel", reader.FaultSwipeMalformed},
		"second cut short":  {track1 + ";411", "end sentinel", reader.FaultSwipeMalformed},
		"rubbish after":     {track2 + "123", "after the end sentinel", reader.FaultSwipeMalformed},
		"twice track 1":     {track1 + track1, "start sentinel", reader.FaultSwipeMalformed},
		"bad number":        {";4111111111111112=3012201?", "track 2, number", reader.FaultSwipeMalformed},
		"bad month":         {";4111111111111111=3013201?", "track 2, expiry", reader.FaultSwipeMalformed},
		"check character":   {badCheck, "track 2", reader.FaultSwipeLRC},
		"two cards":         {track1 + ";5555555555554444=3012201?", "tracks", reader.FaultSwipeMismatch},
		"input method":      {";411一二三？", "track 2", reader.FaultSwipeKeyboard},
		"garbled name":      {strings.Replace(track1, "JANE", "简", 1), "track 1, characters", reader.FaultSwipeKeyboard},
		"input method, all": {"%不是我的卡\r", "end sentinel", reader.FaultSwipeKeyboard},
		"German layout":     {"%B4111111111111111&DOE-JANE&3012201_", "end sentinel", reader.FaultSwipeKeyboard},
		"not UTF-8":         {";4111\xff\xfe?", "track 2, characters", reader.FaultSwipeMalformed},
		"too long":          {";" + strings.Repeat("1", MaxKeys), "too long", reader.FaultSwipeMalformed},
	} {
		card, err := Parse([]byte(c.burst))
		if !errors.Is(err, c.want) || !strings.Contains(fmt.Sprint(err), c.where) || !card.PAN.Empty() {
			t.Errorf("%s: got %v, want %v in %q", name, err, c.want, c.where)
		}
		if err != nil && c.want != reader.FaultOf(err) {
			t.Errorf("%s: the first fault of %v is not %v", name, err, c.want)
		}
	}
}

func TestLRC(t *testing.T) {
	// By hand: ; is 11, ? is 15, 1 is 1, = is 13: 11^1^13^15 = 8.
	if got := lrc([]byte(";1=?"), 2); got != '8' {
		t.Errorf("track 2: got %q", got)
	}
	// % is 5, B is 34, ? is 31: 5^34^31 = 56.
	if got := lrc([]byte("%B?"), 1); got != 'X' {
		t.Errorf("track 1: got %q", got)
	}
}

// A check character that looks like a sentinel is not taken for one.
func TestCheckCharacterLikeASentinel(t *testing.T) {
	seen := map[byte]bool{}
	for n := range 100 {
		one := fmt.Sprintf("%%B%s^DOE/JANE^3012201%02d?", pan, n)
		two := fmt.Sprintf(";%s=3012201%02d?", pan, n)
		seen[lrc([]byte(one), 1)], seen[lrc([]byte(two), 2)] = true, true
		for _, text := range []string{finish(one, 1, true) + finish(two, 2, true), finish(one, 1, true) + "\r" + two} {
			card, err := Parse([]byte(text))
			if err != nil || string(card.Track2.Reveal()) != two[1:len(two)-1] {
				t.Errorf("%q: %v", text, err)
			}
		}
	}
	if !seen[';'] || !seen['?'] {
		t.Error("the numbers tried give no such check character")
	}
}

func TestParseProperty(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		b := drawBurst(t)
		text := b.text
		if rapid.Bool().Draw(t, "full width") {
			text = wide(text)
		}
		card, err := Parse([]byte(text))
		checkCard(t, b, card, err)
	})
}

func checkCard(t *rapid.T, b burst, card reader.Card, err error) {
	if err != nil || card.Entry != reader.Swipe || string(card.PAN.Reveal()) != b.pan ||
		card.Expiry.YYMM() != b.yymm || string(card.Service) != b.service || string(card.Track2.Reveal()) != b.track2 {
		t.Fatalf("%q: got %v, %v", b.text, card, err)
	}
}

// One wrong character, anywhere, never gives a card of another number; only
// UnionPay's soft check digit cannot promise that.
func TestOneBadCharacter(t *testing.T) {
	for i := range track2 {
		for c := byte('0'); c <= '?'; c++ {
			text := []byte(track2)
			text[i] = c
			card, err := Parse(text)
			if err == nil && i <= len(pan) && string(card.PAN.Reveal()) != pan && !card.PAN.Brand().SoftCheck() {
				t.Errorf("%q read as another number", text)
			}
		}
	}
}

func TestPaste(t *testing.T) {
	for text, want := range map[string]Kind{
		track2: Card, " " + track1 + track2 + "\n": Card, wide(track2): Card,
		";4111111111111112=3012201?": Fault, ";4111111111111111": Fault, "%E?": Fault,
		"": None, "12.34": None, ";": None, "%50": None, "4111111111111111": None, "a;b?": None, "\xff": None,
	} {
		got := Paste(text)
		if got.Kind != want || (want == Fault) != (got.Err != nil) || (want == Card) == got.Card.PAN.Empty() {
			t.Errorf("%q: got %v, want %v", text, got, want)
		}
	}
}

// places are the only digits an error may carry.
var places = regexp.MustCompile(`(character|track) [0-9]{1,3}`)

func FuzzParse(f *testing.F) {
	for _, seed := range []string{
		track1, track2, track1 + track2 + track3 + "\r", wide(track2), finish(track2, 2, true), "%E?;E?+E?", ";4111一?",
	} {
		f.Add([]byte(seed))
	}
	f.Fuzz(func(t *testing.T, text []byte) {
		before := string(text)
		card, err := Parse(text)
		switch {
		case string(text) != before:
			t.Fatal("the argument was changed")
		case err == nil && (card.PAN.Empty() || card.Entry != reader.Swipe):
			t.Fatal("an empty card")
		case err != nil && (!card.PAN.Empty() || reader.FaultOf(err) == reader.NoFault):
			t.Fatalf("a card beside an error, or a nameless one: %v", err)
		case err != nil && strings.ContainsAny(places.ReplaceAllString(err.Error(), ""), "0123456789"):
			t.Fatalf("card data in an error: %v", err)
		}
	})
}
