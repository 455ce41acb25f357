package crash

import (
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"slices"
	"time"

	"vpos/txn"
	"vpos/txn/journal"
)

// history is a terminal's life: several processes on one disk, each of which
// ends in its own way.
type history struct {
	cfg  Config
	opt  journal.Options
	r    *rand.Rand // decides what happens; a cut has its own
	disk *Disk
	j    *journal.Journal
	book book
	now  time.Time

	boundary int // operations so far, over all processes
	checked  int
	dieAt    int // the boundary at which this process dies; 0 for none
	powerCut bool
	dead     bool
	after    *Disk // what a power cut left
	trouble  trouble
	outside  *outside // of a history that sells; nil for one that only writes rows
	tally    Tally
	stopped  bool
	born     bool // some start has come to its end
}

// longLog is a write-ahead log that makes a start take much longer, in bytes.
const longLog = 2 << 20

// maxFindings ends a history that has gone wrong.
const maxFindings = 3

// Play plays the history of a seed and cuts it.
func Play(cfg Config) Tally {
	h := &history{
		cfg: cfg, r: dice(cfg.Seed, 1), disk: NewDisk(),
		now: time.Date(2026, 3, 14, 12, 0, 0, 0, time.FixedZone("", 8*3600)),
		opt: options(),
	}
	if cfg.Seed%2 == 1 {
		h.outside = newOutside()
	}
	if cfg.Seed%16 > 1 { // the others make it in place, cut at every step: what an update does
		h.made()
	}
	processes := 2 + h.r.IntN(3)
	for i := range processes {
		if h.stopped || len(h.tally.Findings) > 0 {
			break
		}
		h.process(i == processes-1)
	}
	return h.tally
}

// process is one life of the program, from its start to its end.
func (h *history) process(last bool) {
	h.say("process starts")
	h.arm()
	name, forget := h.disk.Register()
	defer forget()
	h.opt.VFS = name
	switch {
	case !h.start():
	case h.outside != nil:
		h.sell()
	default:
		if h.cfg.Seed%16 == 6 && len(h.book.rows) == 0 {
			h.fill()
		}
		h.script()
	}
	h.finish(last)
}

// arm decides when and how this process ends and what its disk does to it.
func (h *history) arm() {
	h.dead, h.after, h.dieAt = false, nil, 0
	if h.r.IntN(3) > 0 {
		h.dieAt = h.boundary + 1 + h.r.IntN(400)
		h.powerCut = h.r.IntN(2) == 0
	}
	h.trouble = newTrouble(h.r)
	h.disk.Before, h.disk.Fault, h.disk.Lies = h.before, h.fault, h.cfg.Lies
	if h.cfg.Trace != nil {
		h.disk.Trace = func(_ int, op Op, outcome string) { h.say("%6d  %s: %s", h.boundary, op, outcome) }
	}
}

func (h *history) say(format string, args ...any) {
	if h.cfg.Trace != nil {
		h.cfg.Trace(fmt.Sprintf(format, args...))
	}
}

// start opens the journal and believes what it finds, if it may be there.
func (h *history) start() bool {
	ctx := context.Background()
	var err error
	h.j, err = journal.Open(ctx, h.opt)
	if err != nil && !h.dead && h.trouble.struck {
		h.say("start failed on a bad disk: %v", err)
		h.trouble = trouble{}
		h.j, err = journal.Open(ctx, h.opt)
	}
	switch {
	case h.dead:
		return false
	case h.unborn(err):
		h.say("the first start was cut short: somebody takes the file away")
		h.disk = NewDisk()
		return false
	case err != nil:
		h.report(corrupt("open: %v", err), Point{h.boundary, 0})
		return false
	}
	rows, err := list(h.j)
	if err != nil {
		return h.mayFail("list", err)
	}
	maybe, f := h.book.match(rows)
	if f != nil {
		h.report(f, Point{h.boundary, 0})
		return false
	}
	h.book.adopt(maybe)
	h.born = true
	h.say("opened with %d rows", len(h.book.rows))
	return true
}

// unborn tells a file that no start ever finished making. The library does not
// sync the folder for the rollback journal of the very first page, so a cut
// there can tear that page and take the journal away. There is nothing in it.
func (h *history) unborn(err error) bool { return !h.born && errors.Is(err, journal.ErrCorrupt) }

// mayFail takes an error that a bad disk explains.
func (h *history) mayFail(what string, err error) bool {
	if !h.dead && !h.trouble.struck {
		h.report(corrupt("%s: %v", what, err), Point{h.boundary, 0})
	}
	return false
}

// finish ends the process the way that was drawn, or now.
func (h *history) finish(last bool) {
	if !h.dead && h.j != nil && (last || h.r.IntN(2) == 0) {
		h.say("process closes")
		if err := h.j.Close(); err != nil {
			h.mayFail("close", err)
		}
	}
	if !h.dead {
		h.cut(Op{})
		h.powerCut = h.r.IntN(2) == 0
		h.die()
	}
	h.disk.Before, h.disk.Fault, h.disk.Lies = nil, nil, nil
	if h.j != nil {
		_ = h.j.Close() // a dead process: gives its memory back
		h.j = nil
	}
	if h.after != nil {
		h.disk = h.after
	}
}

// before is called at every boundary: the power is cut here, on copies; and
// perhaps the process ends.
func (h *history) before(op Op) {
	h.boundary++
	h.cut(op)
	if h.boundary == h.dieAt {
		h.die()
	}
}

func (h *history) die() {
	h.dead = true
	if h.powerCut {
		h.say("the power is cut at %d", h.boundary)
		h.after = h.disk.Cut(h.chance(0xFF))
	} else {
		h.say("the process is killed at %d", h.boundary)
	}
	h.disk.Kill()
}

// dice is a source of chance that a seed repeats.
func dice(seed, stream uint64) *rand.Rand {
	return rand.New(rand.NewPCG(seed, stream)) //nolint:gosec // it decides about no secret
}

// chance is the source of one cut.
func (h *history) chance(cut int) *rand.Rand {
	return dice(h.cfg.Seed, uint64(h.boundary)<<8|uint64(cut)|1<<63) //nolint:gosec // small numbers
}

// cut takes copies of the disk as power cuts here would leave it, and looks at
// each.
func (h *history) cut(Op) {
	if h.cfg.Stop != nil && h.cfg.Stop() {
		h.stopped = true
	}
	if h.dead || h.stopped || len(h.tally.Findings) >= maxFindings {
		return
	}
	cuts := max(h.cfg.Cuts, 1)
	switch {
	case h.disk.Quiet():
		cuts = 1
	case len(h.log().live) > longLog && h.boundary%4 > 0:
		cuts = 0 // a long log takes long to read
	case h.inDoubt():
		cuts = max(cuts, 4)
	}
	for k := range cuts {
		p := Point{h.boundary, k}
		if h.cfg.Only != nil && *h.cfg.Only != p {
			continue
		}
		h.tally.Cuts++
		left := h.disk.Cut(h.chance(k))
		if h.cfg.Only != nil {
			h.describe(left)
		}
		if f := h.inspect(left); f != nil {
			h.report(f, p)
		}
	}
}

// inDoubt reports whether a commit is under way while the fate of an earlier one
// is not known.
func (h *history) inDoubt() bool { return len(h.book.maybe) > 1 }

// describe says what the one cut that is looked at took and left.
func (h *history) describe(left *Disk) {
	h.say("cut: %d moves in the folder are not synced", len(h.disk.moves))
	for _, name := range h.disk.reachable() {
		if n := h.disk.names[name]; n != nil {
			h.say("cut: %s has %d bytes, %d of them synced, %d changes not synced", base(name), len(n.live), len(n.sure), len(n.log))
		}
		if n := left.names[name]; n != nil {
			h.say("cut: %s is left with %d bytes", base(name), len(n.live))
		} else {
			h.say("cut: %s is gone", base(name))
		}
	}
}

func (h *history) report(f *Finding, p Point) {
	f.Seed, f.At = h.cfg.Seed, p
	h.say("FOUND %s", f)
	h.tally.Findings = append(h.tally.Findings, *f)
}

// append asks the journal for rows and keeps the book by its answer.
func (h *history) append(records ...txn.Record) error {
	rows := h.book.facts(h.now, records)
	for _, f := range rows {
		h.say("append %s", f)
	}
	h.book.maybe = append(slices.Clip(h.book.maybe), rows)
	err := h.j.Append(context.Background(), h.now, records)
	if h.dead {
		return errDead
	}
	switch {
	case err == nil:
		h.tally.Acked++
		h.book.rows, h.book.maybe = append(slices.Clip(h.book.rows), rows...), nil
	case errors.Is(err, journal.ErrFate):
	default:
		h.book.maybe = h.book.maybe[:len(h.book.maybe)-1]
	}
	if err != nil {
		h.say("append: %v", err)
	}
	return err
}

// settle asks the journal to bury what is in doubt.
func (h *history) settle() error {
	err := h.j.Settle(context.Background())
	h.say("settle: %v", err)
	if err == nil && !h.dead {
		h.book.maybe = nil
	}
	return err
}
