package swipe

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"vpos/reader"
)

// typist feeds a capture and keeps what came out.
type typist struct {
	c   *Capture
	now time.Time
	out []Result
}

func newTypist() *typist {
	return &typist{c: NewCapture(), now: time.Date(2025, 6, 1, 12, 0, 0, 0, time.UTC)}
}

// wait lets time pass as a caller with a timer does.
func (y *typist) wait(d time.Duration) {
	end := y.now.Add(d)
	for {
		due, ok := y.c.Deadline()
		if !ok || due.After(end) {
			break
		}
		y.out = append(y.out, y.c.Idle(due)...)
	}
	y.now = end
}

// burst types at the pace of a device, without waiting before the first key.
func (y *typist) burst(text string, gap time.Duration) {
	for i, r := range []rune(text) {
		if i > 0 {
			y.now = y.now.Add(gap)
		}
		y.out = append(y.out, y.c.Key(r, y.now)...)
	}
}

// hand types with a person's pauses, before every key.
func (y *typist) hand(text string) {
	for _, r := range text {
		y.wait(160 * time.Millisecond)
		y.burst(string(r), 0)
	}
}

// trace is everything that came out but silence: keys as they are, the rest in
// brackets.
func (y *typist) trace() string {
	var out strings.Builder
	for _, r := range y.out {
		switch r.Kind {
		case Keys:
			out.WriteString(string(r.Keys))
		case Card:
			fmt.Fprintf(&out, "[card %s %s]", r.Card.PAN.Reveal(), r.Card.Track2.Reveal())
		case Fault:
			fmt.Fprintf(&out, "[%s -%d]", reader.FaultOf(r.Err), r.Count)
		case Code:
			fmt.Fprintf(&out, "[code %s -%d]", r.Code.Reveal(), r.Count)
		case None, Swallowed:
		}
	}
	return out.String()
}

func TestCapture(t *testing.T) {
	const card, card1 = "[card " + pan + " " + data2 + "]", "[card " + pan + " ]"
	const ms = time.Millisecond
	for name, c := range map[string]struct {
		do   func(*typist)
		want string
	}{
		"swipe, Enter":       {func(y *typist) { y.burst(track2+"\r", ms) }, card},
		"swipe, no Enter":    {func(y *typist) { y.burst(track2, ms) }, card},
		"swipe, two Enters":  {func(y *typist) { y.burst(track2+"\r\n", ms); y.wait(140 * ms); y.burst("\r", ms) }, card},
		"late Enter":         {func(y *typist) { y.burst(track2+"\r", ms); y.wait(160 * ms); y.burst("\r", ms) }, card + "\r"},
		"Enter after idle":   {func(y *typist) { y.burst(track2, ms); y.wait(240 * ms); y.burst("\r", ms) }, card},
		"both tracks":        {func(y *typist) { y.burst(track1+track2+"\r", ms) }, card},
		"Enter after each":   {func(y *typist) { y.burst(track1+"\r"+track2+"\r"+track3+"\r", ms) }, card},
		"track 1, Enter":     {func(y *typist) { y.burst(track1+"\r", ms) }, card1},
		"full width":         {func(y *typist) { y.burst(wide(track1+track2)+"\r", ms) }, card},
		"slow device":        {func(y *typist) { y.burst(track2+"\r", 40*ms) }, card},
		"among keys":         {func(y *typist) { y.hand("12."); y.hand(""); y.wait(160 * ms); y.burst(track2+"\r", ms); y.hand("34\r") }, "12." + card + "34\r"},
		"two swipes":         {func(y *typist) { y.burst(track2+"\r", ms); y.wait(200 * ms); y.burst(track2+"\r", ms) }, card + card},
		"lone sentinels":     {func(y *typist) { y.hand(";%;1") }, ";%;1"},
		"quick sentinels":    {func(y *typist) { y.burst(";1", 20*ms); y.hand("2") }, ";12"},
		"sentinel, Enter":    {func(y *typist) { y.burst("%\r", 20*ms) }, "%\r"},
		"question by hand":   {func(y *typist) { y.burst("%12?", 90*ms) }, "%12?"},
		"broken, Enter":      {func(y *typist) { y.burst(";41111111\r", ms) }, "[swipe.malformed -0]"},
		"broken, no Enter":   {func(y *typist) { y.burst(";41111111", ms) }, "[swipe.malformed -0]"},
		"broken in the late": {func(y *typist) { y.burst(";4111111\r11111111111=?\r", 5*ms); y.hand("7") }, "[swipe.malformed -0]7"},
		"stalled":            {func(y *typist) { y.burst(track2[:9], ms); y.wait(200 * ms); y.burst(track2[9:]+"\r", ms) }, card},
		"stalled between":    {func(y *typist) { y.burst(track1, ms); y.wait(200 * ms); y.burst(track2+"\r", ms) }, card},
		"stalled for long":   {func(y *typist) { y.burst(track2[:9], ms); y.wait(1100 * ms); y.burst(track2[9:]+"\r", ms); y.hand("8") }, "[swipe.malformed -0]8"},
		"stalled a while":    {func(y *typist) { y.burst(track2[:9], ms); y.wait(900 * ms); y.burst(track2[9:]+"\r", ms); y.hand("8") }, card + "8"},
		"stalled at once":    {func(y *typist) { y.burst(track2[:1], ms); y.wait(900 * ms); y.burst(track2[1:]+"\r", ms); y.hand("8") }, card + "8"},
		"unreadable":         {func(y *typist) { y.burst("%E?;E?\r", ms) }, "[swipe.no-track -0]"},
		"input method":       {func(y *typist) { y.burst("；4111一二三四五六？\r", ms) }, "[swipe.keyboard -0]"},
		"endless":            {func(y *typist) { y.burst(";"+strings.Repeat("1", 3*MaxKeys), ms); y.hand("9") }, "[swipe.malformed -0]9"},
		"code":               {func(y *typist) { y.burst("130000000000000001\r", ms) }, "130000000000000001[code 130000000000000001 -18]"},
		"code, no Enter":     {func(y *typist) { y.burst("130000000000000001", ms); y.wait(160 * ms); y.burst("\r", ms) }, "130000000000000001[code 130000000000000001 -18]"},
		"code after a key":   {func(y *typist) { y.hand("5"); y.wait(200 * ms); y.burst("130000000000000001\r", 9*ms) }, "5130000000000000001[code 130000000000000001 -18]"},
		"code with a query":  {func(y *typist) { y.burst("https://a.example/?b=c\r", ms) }, "https://a.example/?b=c[code https://a.example/?b=c -22]"},
		"keyed number":       {func(y *typist) { y.hand(pan + "\r") }, pan + "\r"},
		"quick typist":       {func(y *typist) { y.burst(pan+"\r", 45*ms) }, pan + "\r"},
		"short burst":        {func(y *typist) { y.burst("12.34\r", 0) }, "12.34\r"},
		"words at once":      {func(y *typist) { y.burst("this is not a code\r", 0) }, "this is not a code\r"},
		"lost beginning":     {func(y *typist) { y.burst(data2+"?\r", ms) }, data2 + "?[swipe.malformed -35]"},
		"other layout":       {func(y *typist) { y.burst("ö4111111111111111´3012_\r", ms) }, "ö4111111111111111´3012_[swipe.keyboard -23]"},
	} {
		y := newTypist()
		c.do(y)
		y.wait(time.Second)
		if got := y.trace(); got != c.want {
			t.Errorf("%s: got %q, want %q", name, got, c.want)
		}
		checkWiped(t, name, y.c)
	}
}

// checkWiped looks for remains in the buffers of a machine at rest.
func checkWiped(t testing.TB, name string, c *Capture) {
	t.Helper()
	c.Idle(c.s.last.Add(time.Minute))
	if i := slices.IndexFunc(c.s.buf[:cap(c.s.buf)], func(r rune) bool { return r != 0 }); i >= 0 {
		t.Errorf("%s: the capture holds remains at %d", name, i)
	}
	if i := slices.IndexFunc(c.s.run.keys[:cap(c.s.run.keys)], func(b byte) bool { return b != 0 }); i >= 0 {
		t.Errorf("%s: the run holds remains at %d", name, i)
	}
	if c.Busy() {
		t.Errorf("%s: still open", name)
	}
}

func TestFirst(t *testing.T) {
	y := newTypist()
	y.hand("1")
	y.wait(200 * time.Millisecond)
	y.burst("234", 5*time.Millisecond)
	y.burst("\r", 0)
	y.burst("5", 0)
	var first []bool
	for _, r := range y.out {
		first = append(first, r.First)
	}
	if want := []bool{true, true, false, false, false, true}; !slices.Equal(first, want) {
		t.Errorf("got %v, want %v", first, want)
	}
}

func TestFlush(t *testing.T) {
	for text, want := range map[string]string{
		track2: "[card " + pan + " " + data2 + "]", track2[:9]: "[swipe.malformed -0]", ";": ";", "12": "12",
		"130000000000000001": "130000000000000001[code 130000000000000001 -18]", "": "",
	} {
		y := newTypist()
		y.burst(text, time.Millisecond)
		y.out = append(y.out, y.c.Flush(y.now)...)
		if got := y.trace(); got != want {
			t.Errorf("%q: got %q, want %q", text, got, want)
		}
		if y.c.Busy() {
			t.Errorf("%q: still open", text)
		}
		y.out = append(y.out, y.c.Idle(y.now.Add(time.Second))...)
		if got := y.trace(); got != want {
			t.Errorf("%q, later: got %q, want %q", text, got, want)
		}
	}
}

// A caller without a timer, or one whose timer is late, gets the same in the end.
func TestLateTimer(t *testing.T) {
	y := newTypist()
	y.burst(track2, time.Millisecond)
	y.now = y.now.Add(time.Second)
	y.burst("7", 0)
	if got, want := y.trace(), "[card "+pan+" "+data2+"]7"; got != want {
		t.Errorf("got %q, want %q", got, want)
	}
}

func TestClockSetBack(t *testing.T) {
	back := func(y *typist) { y.now = y.now.Add(-time.Hour) }
	y := newTypist()
	y.burst(track2[:9], time.Millisecond)
	back(y)
	y.burst(track2[9:]+"\r", time.Millisecond)
	back(y)
	y.burst("\r", 0) // the first key after the change counts as typed at once
	y.hand("\r1;")
	back(y)
	y.hand("2")
	y.wait(time.Second)
	y.burst("1300000000", time.Millisecond)
	back(y)
	y.burst("00000001\r", time.Millisecond)
	y.wait(time.Second)
	y.burst(pan[:8], 45*time.Millisecond)
	back(y)
	y.burst(pan[8:]+"\r", 45*time.Millisecond)
	want := "[card " + pan + " " + data2 + "]\r1;2130000000000000001[code 130000000000000001 -18]" + pan + "\r"
	if got := y.trace(); got != want {
		t.Errorf("got %q, want %q", got, want)
	}
}

func TestCapturePrintsNothing(t *testing.T) {
	c := NewCapture()
	now := time.Now()
	for _, r := range track2[:20] {
		c.Key(r, now)
	}
	for _, format := range []string{"%v", "%+v", "%#v", "%s", "%d", "%x", "%p"} {
		for _, v := range []any{c, *c, struct{ c *Capture }{c}, struct{ c Capture }{*c}} {
			if got := fmt.Sprintf(format, v); strings.Contains(got, "49 49") || strings.Contains(got, "1111") ||
				strings.Contains(got, "31 31") {
				t.Errorf("%s: %s", format, got)
			}
		}
	}
}

// Any swipe, from any reader, at 0 to 10 ms a key, between any keys of a person:
// the swipe is exact, the keys are all there, in order, and nothing else.
func TestCaptureProperty(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		keys := rapid.StringMatching(`[0-9.=*+a-z\r;%]{0,8}`)
		before, after := keys.Draw(t, "before"), keys.Draw(t, "after")
		b := drawBurst(t)
		text := b.text + rapid.SampledFrom([]string{"", "\r", "\r\n"}).Draw(t, "enter")
		if rapid.Bool().Draw(t, "full width") {
			text = wide(text)
		}
		y := newTypist()
		y.hand(before)
		y.wait(1100 * time.Millisecond)
		y.out = slices.DeleteFunc(y.out, func(r Result) bool { return r.Kind == Swallowed })
		for _, r := range text {
			y.burst(string(r), 0)
			y.now = y.now.Add(time.Duration(rapid.IntRange(0, 10).Draw(t, "gap")) * time.Millisecond)
		}
		y.wait(1100 * time.Millisecond)
		y.hand(after)
		y.wait(time.Second)
		want := before + fmt.Sprintf("[card %s %s]", b.pan, b.track2) + after
		if got := y.trace(); got != want {
			t.Fatalf("got %q, want %q", got, want)
		}
		for _, r := range y.out {
			if r.Kind == Card {
				checkCard(t, b, r.Card, r.Err)
			}
		}
	})
}

// FuzzCapture types anything at any pace; each input byte pair is a gap of up
// to 255 ms before a rune. Nothing is invented, and no key is lost outside a
// capture or its tail.
func FuzzCapture(f *testing.F) {
	f.Add(track2+"\r", []byte{1})
	f.Add("12;4111\r"+track1+track2+"\r\r5", []byte{0, 9, 40, 3})
	f.Add(wide(track2)+"1%2?", []byte{120})
	f.Add("130000000000000001\r", []byte{2})
	f.Add("ö4111111111111111´3012_\r", []byte{2})
	f.Fuzz(func(t *testing.T, text string, gaps []byte) {
		y := newTypist()
		for i, r := range []rune(text) {
			if len(gaps) > 0 {
				gap := time.Duration(gaps[i%len(gaps)]) * time.Millisecond
				if gap%2 == 0 {
					y.wait(gap)
				} else {
					y.now = y.now.Add(gap) // the timer was late
				}
			}
			y.burst(string(r), 0)
		}
		y.wait(time.Second)
		var typed []rune
		for _, r := range y.out {
			typed = append(typed, r.Keys...)
			if r.Kind == Fault && (r.Err == nil || errors.Is(r.Err, reader.NoFault) || !r.Card.PAN.Empty()) ||
				r.Kind == Card && (r.Card.PAN.Empty() || r.Err != nil) || r.Kind == Code && r.Count < minCode {
				t.Fatalf("%q: %+v", text, r)
			}
		}
		if !subsequence(typed, []rune(text)) {
			t.Fatalf("%q gave keys nobody typed: %q", text, string(typed))
		}
		if !strings.ContainsAny(text, ";%；％") && !slices.ContainsFunc(y.out, func(r Result) bool { return r.Count > 0 }) &&
			string(typed) != string([]rune(text)) {
			t.Fatalf("%q lost keys: %q", text, string(typed))
		}
		checkWiped(t, text, y.c)
	})
}

func subsequence(part, whole []rune) bool {
	for _, r := range part {
		i := slices.Index(whole, r)
		if i < 0 {
			return false
		}
		whole = whole[i+1:]
	}
	return true
}
