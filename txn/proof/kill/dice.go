package kill

import (
	"fmt"
	"math/rand/v2"
	"syscall"
	"time"
)

// hostDice is where the host's dice are kept apart from the terminals'.
const hostDice = 1 << 20

// dice are those of one life of one terminal: they do not depend on how long
// anything before took.
func (r *run) dice(who, life int) *rand.Rand {
	return rand.New(rand.NewPCG(r.Seed, uint64(who)<<32|uint64(life))) //nolint:gosec // chance that can be had again is wanted; both are small
}

// trouble is what is wrong with the disk in a life.
type trouble uint8

const (
	noTrouble trouble = iota
	diskFull          // no byte is left from some moment of the first sale on
	writeEIO          // writes past an offset fail
	syncEIO           // the sync of one file descriptor fails
)

// plan is how one life ends.
type plan struct {
	state   string        // after a line of this state,
	nth     int           // when it comes so often, counted from 1,
	delay   time.Duration // and so much later
	signal  syscall.Signal
	trouble trouble
	slack   int64  // diskFull: bytes left free at first
	filter  string // writeEIO, syncEIO: what the shim is told
}

// states are where a life may end, the more often the more can go wrong there.
// The empty state is any line.
var states = []string{
	"idle", "cvv", "confirm", "confirm", "confirm", "processing", "processing", "processing", "processing", "processing",
	"approved", "approved", "approved", "approved", "print", "print", "print", "unknown", "",
}

func newPlan(d *rand.Rand) plan {
	p := plan{state: states[d.IntN(len(states))], nth: 1 + d.IntN(3), signal: syscall.SIGKILL}
	switch d.IntN(4) {
	case 0:
	case 1:
		p.delay = time.Duration(d.IntN(2000)) * time.Microsecond
	default:
		p.delay = time.Duration(d.IntN(15000)) * time.Microsecond
	}
	switch d.IntN(6) {
	case 0:
		p.signal = syscall.SIGHUP
	case 1:
		p.signal = syscall.SIGTERM
	}
	return p
}

// withTrouble makes the disk fail in some lives. Those go on for some lines after
// whatever happens, so that what the terminal does about it is seen.
func (p plan) withTrouble(d *rand.Rand, small, filters bool, size int64) plan {
	switch n := d.IntN(12); {
	case small && n < 4:
		p.trouble, p.slack = diskFull, d.Int64N(96<<10)
	case filters && n < 1:
		p.trouble, p.filter = writeEIO, fmt.Sprintf("write:%d", size+d.Int64N(256<<10))
	case filters && n < 2:
		p.trouble, p.filter = syncEIO, fmt.Sprintf("sync:%d", 9+d.IntN(6)) // of the journal's log, the folder, a slip
	default:
		return p
	}
	p.state, p.nth = "", 6+d.IntN(60)
	return p
}

// String is how the life ended, for a person.
func (p plan) String() string {
	state := p.state
	if state == "" {
		state = "any line"
	}
	text := fmt.Sprintf("%s %s after %s %d", p.signal, p.delay, state, p.nth)
	switch p.trouble {
	case diskFull:
		text += fmt.Sprintf(", disk full but for %d bytes", p.slack)
	case writeEIO, syncEIO:
		text += ", EIO on " + p.filter
	case noTrouble:
	}
	return text
}
