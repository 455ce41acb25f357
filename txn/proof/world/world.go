package world

import (
	"fmt"
	"io"
	"time"

	"vpos/txn"
	"vpos/txn/proof"
)

// Stats counts what a world went through.
type Stats struct {
	Scenarios uint64
	Cuts      uint64 // power cuts, of terminals and of the host
	HostCuts  uint64 // those of the host alone
	Sales     uint64 // INTENT rows that became durable
	Approved  uint64 // sales approved in the end
	Reversed  uint64 // sales and voids reversed in the end
	Voids     uint64 // INTENT rows of voids that became durable
	Voided    uint64 // sales voided in the end
	Settled   uint64 // batches closed
	Uploads   uint64 // settlements whose batch had to be uploaded
	Steps     uint64 // events the machine was given
	Kinds     Kinds  // INTENT rows of each kind that became durable
}

// Kinds counts by kind, in the order of [txn.Kinds].
type Kinds [18]uint64

// place is where a kind is counted.
var place = func() map[txn.Kind]int {
	m := map[txn.Kind]int{}
	for i, k := range txn.Kinds() {
		m[k] = i
	}
	return m
}()

// Of is how many of a kind there were.
func (k *Kinds) Of(kind txn.Kind) uint64 { return k[place[kind]] }

// begun counts a transaction. A sale is one however its card was presented and whoever
// approved it.
func (s *Stats) begun(k txn.Kind) {
	switch k {
	case txn.Sale:
		s.Sales++
		return
	case txn.Phone, txn.Offline, txn.Scan, txn.Show:
		s.Sales++
	case txn.Void:
		s.Voids++
	default:
	}
	s.Kinds[place[k]]++
}

// World is one scenario after another, in memory it uses again. It is not safe
// for concurrent use.
type World struct {
	Stats Stats

	rng   rng
	plan  plan
	now   time.Duration // since begin
	terms []*terminal
	calls []call
	heard []told // advices that reached the host
	host  acquirer
	conns uint32

	found   []proof.Violation
	checker proof.Checker
	view    proof.View

	bounds  int    // effect and event boundaries so far
	forced  [2]int // boundaries at which the power goes in a sweep
	turns   int
	trace   io.Writer
	faulted bool // the plan still breaks things
}

// New is an empty world. With a trace it tells every event.
func New(trace io.Writer) *World { return &World{trace: trace} }

var (
	zone  = time.FixedZone("CST", 8*3600)
	begin = time.Date(2026, 11, 22, 10, 0, 0, 0, zone)
)

// time is the host's clock, and that of a terminal whose clock is right.
func (w *World) time() time.Time { return begin.Add(w.now) }

// timeAt is a terminal's clock.
func (w *World) timeAt(t *terminal) time.Time { return begin.Add(w.now + t.skew) }

// setClock is somebody, or something, setting a terminal's clock: up to an hour
// forward or back.
func (w *World) setClock(t *terminal) {
	if w.rng.odds(w.plan.clock) {
		t.skew = time.Duration(w.rng.n(7200)-3600) * time.Second
	}
}

// call is a request on its way to the host.
type call struct {
	due     time.Duration
	from    int
	conn    uint32
	request txn.Request
}

// phase is where in an effect the power goes.
type phase uint8

const (
	noCut  phase = iota
	before       // nothing of it happened
	during       // some of it did
	after        // all of it did, and nobody heard of it
)

// boundary asks at each effect and each event whether the power goes.
func (w *World) boundary() phase {
	w.bounds++
	if w.bounds == w.forced[0] || w.bounds == w.forced[1] {
		return before + phase(w.rng.n(3)) //nolint:gosec // 0 to 2
	}
	if w.rng.odds(w.plan.cut) {
		return before + phase(w.rng.n(3)) //nolint:gosec // 0 to 2
	}
	return noCut
}

// cut takes a terminal's power: memory and connections are gone, and of what was
// on its way to the disk the platter has what it has.
func (w *World) cut(t *terminal) {
	w.Stats.Cuts++
	t.disk.crash()
	t.off()
	t.bootAt = w.now
	if w.rng.odds(w.plan.bootSlow) {
		t.bootAt += time.Duration(w.rng.n(120)) * time.Second
	}
	if w.trace != nil {
		w.tell(t, "-- power cut, back at %s", t.bootAt)
	}
}

// boot is a start: the journal is read and the machine told.
func (w *World) boot(t *terminal) {
	if w.boundary() != noCut {
		w.cut(t)
		return
	}
	w.setClock(t)
	t.on, t.halted, t.name, t.seen = true, false, txn.Idle, w.now
	t.state = txn.New(t.setup)
	w.feed(t, txn.Tick{Now: w.timeAt(t)})
	known := t.disk.recover()
	known.Staffed = w.plan.staffed
	w.feed(t, txn.Started{Recovered: known})
}

// step gives a terminal an event, after the time when it has moved.
func (w *World) step(t *terminal, e txn.Event) {
	if t.seen != w.now {
		t.seen = w.now
		w.feed(t, txn.Tick{Now: w.timeAt(t)})
	}
	w.feed(t, e)
}

func (w *World) feed(t *terminal, e txn.Event) {
	w.Stats.Steps++
	t.fed++
	n := len(t.effects.items)
	figure, typed := t.atFigure(e)
	if w.plan.pure {
		var effects []txn.Effect
		t.state, effects = txn.Step(t.state, e)
		t.effects.items = append(t.effects.items, effects...)
	} else {
		t.effects.items = t.state.Advance(e, t.effects.items) // Step without the copies
	}
	if w.trace != nil {
		w.tellStep(t, e, t.effects.items[n:])
	}
	if t.state.Draft.Kind == txn.Show {
		w.watchPayable(t)
	}
	if t.state.Name != t.name {
		if typed {
			w.watchConfirmed(t, e, figure)
		}
		t.name = t.state.Name
		w.watchScreen(t)
		w.watchCard(t)
	}
	if t.state.Halted != txn.NoProblem && !t.halted {
		t.halted = true
		w.watchHalt(t)
	}
}

// run lets the world go until done says so. It gives false when the world is
// stuck or never comes to rest.
func (w *World) run(done func() bool) bool {
	for limit := w.turns + maxTurns; w.turns < limit; w.turns++ {
		moved := w.serve()
		i := 0
		if len(w.terms) > 1 {
			i = w.rng.n(len(w.terms))
		}
		for range w.terms {
			if w.act(w.terms[i]) {
				moved = true
				break
			}
			if i++; i == len(w.terms) {
				i = 0
			}
		}
		if moved {
			continue
		}
		if done() {
			return true
		}
		if !w.advance() {
			return false
		}
	}
	return false
}

// maxTurns is far more than any scenario takes.
const maxTurns = 200_000

// advance moves the clock to the next thing that will happen by itself.
func (w *World) advance() bool {
	next := time.Duration(-1)
	soon := func(at time.Duration) {
		if at > w.now && (next < 0 || at < next) {
			next = at
		}
	}
	for i := range w.calls {
		soon(w.calls[i].due)
	}
	for _, t := range w.terms {
		if !t.on {
			soon(t.bootAt)
			continue
		}
		for i := range t.inbox {
			soon(t.inbox[i].due)
		}
		for i := range t.plastic {
			soon(t.plastic[i].due)
		}
		if at := t.state.Deadline(); !at.IsZero() {
			soon(at.Sub(begin) - t.skew)
		}
	}
	if next < 0 {
		return false
	}
	w.now = next
	return true
}

func (w *World) violation(r proof.Rule, t *terminal, k txn.Key, format string, args ...any) {
	v := proof.Violation{Rule: r, Terminal: t.setup.Terminal, Key: k, Text: fmt.Sprintf(format, args...)}
	w.found = append(w.found, v)
	if w.trace != nil {
		w.tell(t, "!! %s", v)
	}
}
