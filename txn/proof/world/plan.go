package world

import "time"

// half is even odds for rng.odds.
const half = 1 << 15

// plan is what a scenario does to its people. All odds are of 65536, at each
// chance the fault gets.
type plan struct {
	terminals int
	sales     int // for each terminal
	byAmount  bool
	wrap      bool // the trace numbers begin close to their end
	wipes     bool // cards are really wiped, as the engine does
	chaos     bool // whatever can happen next happens in any order
	elsewhere bool // replies find a terminal on another connection than the one they were made for
	audit     bool // the host's memory is held against its disk in the end
	tips      bool // a sale asks for a tip
	staffed   bool // operators sign in, and a supervisor lets voids and refunds pass
	guarded   bool // the guards look at what is charged
	leave     bool // a settled batch ends with a sign-off
	full      int  // as many transactions fill a batch; 0 never
	pure      bool // Step stands in for Advance: nothing may hang on the state being one and the same
	macs      bool // a reply for something else comes as one whose MAC is wrong
	echo      time.Duration

	cut      uint32 // the power of a terminal, at each effect and event
	hostCut  uint32 // the power of the host, at each request
	store    uint32 // a commit fails
	doubt    uint32 // a failed commit's fate is unknown for a while
	dial     uint32 // no connection
	write    uint32 // a write fails, some of it perhaps on its way
	lost     uint32 // the connection breaks
	drop     uint32 // a message is lost
	double   uint32 // a message arrives twice
	delay    uint32 // a message takes its time
	garble   uint32 // a reply arrives for something else, or as another kind
	busy     uint32 // a switch answers for the host that it cannot
	jam      uint32 // the printer fails
	odd      uint32 // a key nobody expects
	manual   uint32 // the number is keyed
	seek     uint32 // an old slip is wanted
	void     uint32 // a sale is to be voided
	settle   uint32 // the batch is to be settled
	chip     uint32 // a card is put in instead of swiped
	kinds    uint32 // something else than a sale is done
	pause    uint32 // a person takes a while
	clock    uint32 // a terminal's clock is set
	bootSlow uint32 // the power stays off for a while
}

// draw is the plan of a seed. Every fault is absent in some seeds and frequent
// in others, so that rare combinations meet.
func draw(r *rng) plan {
	p := plan{
		terminals: 1 + r.n(4), sales: 8 + r.n(40),
		byAmount: r.odds(half), wrap: r.odds(4096), wipes: r.odds(8192), chaos: r.odds(half), elsewhere: r.odds(8192),
		cut: 200 + uint32(r.n(500)), manual: 2048, seek: 1024, pause: 4096, bootSlow: 8192, //nolint:gosec // small
	}
	p.audit = r.odds(4096)
	if r.odds(8192) {
		p.clock = 4096
	}
	if r.odds(2048) {
		p.echo = 45 * time.Second
	}
	for _, fault := range []*uint32{
		&p.hostCut, &p.store, &p.doubt, &p.dial, &p.write, &p.lost, &p.drop, &p.double, &p.delay, &p.garble, &p.busy, &p.jam, &p.odd,
	} {
		*fault = level(r)
	}
	return p
}

// voiding is whether people void sales in the worlds of a seed, and how often.
// It is decided by the seed and not drawn, so that the worlds of older seeds are
// as they were.
func voiding(seed uint64) uint32 {
	if seed%8 == 0 || seed%(2*sweepEvery) == sweepEvery-1 {
		return 16384
	}
	return 0
}

// settling is whether people settle in the worlds of a seed, and how often.
func settling(seed uint64) uint32 {
	if seed%8 == 3 || seed%(3*sweepEvery) == sweepEvery-1 {
		return 6000
	}
	return 0
}

// kinding is whether people do everything there is in the worlds of a seed, and how
// often.
func kinding(seed uint64) uint32 {
	if seed%16 == 13 || seed%(4*sweepEvery) == 4*sweepEvery-1 {
		return 40000
	}
	return 0
}

// mixed turns a plan into one in which everything there is meets: voids, settlements and
// chips are mixed in, in some seeds each, tips asked for, and batches that fill.
func (p plan) mixed(seed uint64) plan {
	if p.kinds = kinding(seed); p.kinds == 0 {
		return p
	}
	n := seed / 16
	p.sales = p.sales*5/8 + 1 // each takes longer
	p.void = 3000
	if n%2 == 0 {
		p.settle, p.leave = 3000, n%6 == 0
	}
	if n%4 == 1 {
		p.chip = half
	}
	p.staffed, p.guarded = n%8 == 3, n%4 == 3
	if p.tips = n%4 == 2; n%8 == 4 {
		p.full = 6 + int(n%5)
	}
	return p
}

// sealing is whether the messages of a seed's worlds carry MACs, so that some are
// wrong.
func sealing(seed uint64) bool { return seed%4 == 2 || seed%sweepEvery == sweepEvery-1 }

// purely is whether the worlds of a seed step by [txn.Step]. It copies a state a
// step, which is dear: few worlds prove what it proves.
func purely(seed uint64) bool { return seed%128 == 5 }

// level is how frequent a fault is in a scenario.
func level(r *rng) uint32 {
	switch r.n(8) {
	case 0, 1, 2, 3:
		return 0
	case 4, 5:
		return 400
	case 6:
		return 2000
	default:
		return 8000
	}
}

// healed is the plan of a world in which nothing breaks any more.
func (p plan) healed() plan {
	return plan{
		terminals: p.terminals, sales: p.sales, byAmount: p.byAmount, wrap: p.wrap, wipes: p.wipes, chaos: p.chaos,
		audit: p.audit, pure: p.pure, macs: p.macs, echo: p.echo, void: p.void, settle: p.settle, chip: p.chip,
		kinds: p.kinds, tips: p.tips, leave: p.leave, full: p.full, staffed: p.staffed, guarded: p.guarded,
	}
}
