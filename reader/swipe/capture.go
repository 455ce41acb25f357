package swipe

import "time"

// The times that tell a device from a hand. A wedge reader types at 0–10 ms a
// key; a quick typist's keys are seldom nearer than 50 ms.
const (
	// IdleAfter closes a capture after track 2.
	IdleAfter = 100 * time.Millisecond

	// LoneAfter closes a capture after track 1, which track 2 may follow, and hands
	// back keys that followed a sentinel at no device's pace.
	LoneAfter = 250 * time.Millisecond

	// StallAfter closes a capture in the middle of a track, and hands back a sentinel
	// that nothing followed. It is long because closing early would spill the rest of
	// a card number onto the screen: a busy machine may hold it back that long, and no
	// field wants a sentinel, so nobody waits for one.
	StallAfter = time.Second

	// Tail is how long after a burst Enter keys are swallowed: readers send one
	// or two, some after each track.
	Tail = 150 * time.Millisecond

	// drain is how long after a key of a broken burst more of it may come.
	drain = 50 * time.Millisecond

	// fast is a gap between two keys that no hand makes. Slow wireless readers
	// stay below it too.
	fast = 30 * time.Millisecond

	// lone is how many keys of a capture may still be a person's, however fast.
	lone = 3
)

// Capture picks swipes and scanned codes out of a stream of keys. Feed it every
// key first, on every screen, and handle only what it hands back. It is a
// machine without a clock: the caller says when a key came, and asks for
// Deadline to know when to call Idle.
//
// A capture opens on % or ; (full-width too), closes on the end sentinel and
// Enter, or when the keys stop, and shows nothing meanwhile. Enter after track 1
// alone does not close it, since track 2 may follow. A person's keys behind
// % or ; come back after [LoneAfter]; a lone sentinel, or what a device began, after
// [StallAfter].
//
// The zero value is not usable; see [NewCapture]. A Capture is for one
// goroutine. It prints as an address, never as what it holds.
type Capture struct{ s *shield }

// shield is one more pointer between fmt and the keys: it follows one itself
// where a verb does not suit.
type shield struct{ *state }

// phase is where the machine stands.
type phase byte

const (
	quiet phase = iota // keys are a person's, or a code's
	open               // between a start sentinel and the end of the burst
	tail               // just after a burst
)

type state struct {
	phase  phase
	last   time.Time // of the last key
	buf    []rune    // the capture as typed; allocated once, wiped after use
	quick  bool      // open: some gap was too fast for a hand
	track2 bool      // open: track 2 has begun
	until  time.Time // tail: when it ends
	broken bool      // tail: more of the burst may come; swallow everything
	run    run       // quiet: the keys so far, should they be a code
}

// NewCapture makes a machine at rest.
func NewCapture() *Capture {
	return &Capture{&shield{&state{buf: make([]rune, 0, MaxKeys), run: newRun()}}}
}

// Key takes one typed rune and when it came; Enter is '\r' or '\n'. The results
// are in order and there may be several: what time brought about first, then
// what the key did. Keys without a rune (arrows, Esc) go through Flush.
func (c *Capture) Key(r rune, at time.Time) []Result {
	s := c.s.state
	s.rebase(at)
	out := s.due(at)
	switch s.phase {
	case open:
		out = append(out, s.collect(r, at))
	case tail:
		out = append(out, s.after(r, at))
	default:
		out = append(out, s.ordinary(r, at))
	}
	s.last = at
	return out
}

// Idle says that no key came until at. Nothing happens before [Capture.Deadline],
// so calling it early or twice does no harm. It has at most one result.
func (c *Capture) Idle(at time.Time) []Result {
	c.s.rebase(at)
	return c.s.due(at)
}

// Deadline is when Idle is next worth calling; false when keys alone decide.
func (c *Capture) Deadline() (time.Time, bool) { return c.s.deadline() }

// Flush ends whatever is open as if time had passed. Call it before handling a
// key that has no rune, and before a screen that must not inherit a burst.
func (c *Capture) Flush(at time.Time) []Result {
	c.s.rebase(at)
	if d, ok := c.s.deadline(); ok && d.After(at) {
		at = d
	}
	out := c.s.due(at)
	c.s.run.reset()
	return out
}

// Busy reports whether a burst is being captured.
func (c *Capture) Busy() bool { return c.s.phase == open }

// rebase follows a clock that was set back: the last key counts as typed just
// now, and what was to come keeps its distance.
func (s *state) rebase(at time.Time) {
	back := at.Sub(s.last)
	if back >= 0 {
		return
	}
	s.last = at
	s.until = s.until.Add(back)
	s.run.start, s.run.end = s.run.start.Add(back), s.run.end.Add(back)
}

func (s *state) deadline() (time.Time, bool) {
	switch {
	case s.phase == open && s.track2 && s.ended():
		return s.last.Add(IdleAfter), true
	case s.phase == open && len(s.buf) == 1:
		return s.last.Add(StallAfter), true
	case s.phase == open && (!s.quick || s.ended()):
		return s.last.Add(LoneAfter), true
	case s.phase == open:
		return s.last.Add(StallAfter), true
	case s.phase == quiet && s.run.isBurst():
		return s.last.Add(codeGap), true
	}
	return time.Time{}, false
}

// due does what the time that has passed asks for.
func (s *state) due(at time.Time) []Result {
	if s.phase == tail && !at.Before(s.until) {
		s.phase, s.broken = quiet, false
	}
	d, ok := s.deadline()
	if s.phase == quiet && !ok && at.Sub(s.last) >= codeGap {
		s.run.reset() // nothing of a number typed by hand stays behind
	}
	if !ok || at.Before(d) {
		return nil
	}
	if s.phase == quiet {
		// The Enter of a code that came without one may still be on its way.
		return []Result{s.finishRun(d)}
	}
	return []Result{s.close(d)}
}

// ordinary handles a key outside any burst.
func (s *state) ordinary(r rune, at time.Time) Result {
	s.phase = quiet
	switch {
	case isStart(foldRune(r)):
		s.run.reset()
		s.phase, s.quick, s.track2 = open, false, false
		s.buf = append(s.buf[:0], r)
		return Result{Kind: Swallowed}
	case isEnter(r) && s.run.isBurst():
		return s.finishRun(at)
	}
	return Result{Kind: Keys, Keys: []rune{r}, First: s.run.add(r, at)}
}

func (s *state) finishRun(at time.Time) Result {
	s.startTail(at, false)
	return s.run.take()
}

// collect handles a key of an open capture.
func (s *state) collect(r rune, at time.Time) Result {
	s.quick = s.quick || at.Sub(s.last) < fast
	if len(s.buf) == MaxKeys {
		s.wipe()
		s.startTail(at, true)
		return overflow()
	}
	if n := len(s.buf); foldRune(s.buf[n-1]) == ';' && !isEnter(r) && !isStart(foldRune(r)) {
		s.track2 = true
	}
	ended := s.ended()
	s.buf = append(s.buf, r)
	if !isEnter(r) || ended && !s.track2 {
		return Result{Kind: Swallowed}
	}
	return s.close(at)
}

// ended reports whether the capture can be over: an end sentinel, perhaps with
// one check character or line ends behind it.
func (s *state) ended() bool {
	n := len(s.buf)
	for n > 1 && isEnter(s.buf[n-1]) {
		n--
	}
	return n > 1 && (foldRune(s.buf[n-1]) == '?' || foldRune(s.buf[n-2]) == '?')
}

// close ends a capture: a card, a fault, or a person's keys handed back.
func (s *state) close(at time.Time) Result {
	if s.byHand() {
		result := Result{Kind: Keys, Keys: append([]rune(nil), s.buf...), First: true}
		s.wipe()
		s.phase = quiet
		return result
	}
	result := read(s.buf)
	s.wipe()
	s.startTail(at, result.Kind != Card)
	return result
}

// byHand reports whether a person typed the sentinel: nothing or nearly nothing
// followed, or no two keys came at a device's pace and they make no card.
func (s *state) byHand() bool {
	if !s.ended() && len(s.buf) <= lone {
		return true
	}
	if s.quick {
		return false
	}
	card, err := parseKeys(s.buf)
	card.Wipe()
	return err != nil
}

func (s *state) startTail(at time.Time, broken bool) {
	s.phase, s.broken, s.until = tail, broken, at.Add(Tail)
}

// after handles a key in the tail of a burst. Line ends are the reader's. A
// sentinel straight away is a further track of the same swipe, since no second
// card can follow so soon; it and the rest of a broken burst vanish.
func (s *state) after(r rune, at time.Time) Result {
	if c := foldRune(r); isStart(c) || c == '+' && at.Sub(s.last) < fast {
		s.broken = true
	}
	switch {
	case s.broken:
		if more := at.Add(drain); more.After(s.until) {
			s.until = more
		}
		return Result{Kind: Swallowed}
	case isEnter(r):
		return Result{Kind: Swallowed}
	}
	return s.ordinary(r, at)
}

// wipe clears the capture, also what an earlier, longer one left.
func (s *state) wipe() {
	clear(s.buf[:cap(s.buf)])
	s.buf = s.buf[:0]
}
