package kill

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"runtime"
	"sync"
	"sync/atomic"
	"time"
)

// Options says what a run does.
type Options struct {
	Bin   string    // the built program
	Kills int       // the run ends after the round in which so many are reached
	Seed  uint64    // of the dice
	Tills int       // terminals at once; 0 for 4
	Lives int       // of each terminal between two checks; 0 for 10
	Shim  string    // this program, if its main calls [Shim]: EIO needs it; empty skips EIO
	Log   io.Writer // a line a round, and what is skipped
}

// run is one run under way.
type run struct {
	Options
	ctx   context.Context //nolint:containedctx // it is the run's own lifetime
	root  string
	host  *host
	tills []*till
	round int

	kills, hostKills, lives, refused, disk, paper atomic.Int64

	mu     sync.Mutex // guards what follows
	phases map[string]int
	found  []Finding
	counts tally
}

// ErrNoSignals: the system cannot end a process the ways that are wanted here.
var ErrNoSignals = errors.New("kill: SKIPPED: this system has no SIGKILL, SIGHUP and SIGTERM")

// Run kills until it has killed enough or found something. The error says why it
// could not begin; after that everything is a finding.
func Run(ctx context.Context, o Options) (Report, error) {
	if runtime.GOOS == "windows" || runtime.GOOS == "plan9" {
		return Report{}, ErrNoSignals
	}
	if o.Tills == 0 {
		o.Tills = 4
	}
	if o.Lives == 0 {
		o.Lives = 10
	}
	begun := time.Now()
	root, err := os.MkdirTemp("", "vpos-kill-")
	if err != nil {
		return Report{}, fmt.Errorf("kill: %w", err)
	}
	r := &run{Options: o, ctx: ctx, root: root, phases: map[string]int{}}
	defer r.clean()
	if err := r.open(); err != nil {
		return Report{}, fmt.Errorf("kill: %w", err)
	}
	for int(r.kills.Load()) < o.Kills && len(r.found) == 0 && ctx.Err() == nil {
		r.play()
	}
	return r.report(time.Since(begun)), nil
}

func (r *run) report(elapsed time.Duration) Report {
	p := Report{
		Kills: int(r.kills.Load()), HostKills: int(r.hostKills.Load()), Lives: int(r.lives.Load()), Refused: int(r.refused.Load()),
		Disk: int(r.disk.Load()), Paper: int(r.paper.Load()),
		Approved: r.counts.approved, Voided: r.counts.voided, Reversed: r.counts.reversed, Tombs: r.counts.tombs,
		Phases: r.phases, Findings: r.found, Elapsed: elapsed,
	}
	if len(r.found) > 0 {
		p.Kept = r.root
	}
	return p
}

// open makes the folders and finds the port the host keeps from then on.
func (r *run) open() error {
	r.host = &host{run: r, dir: filepath.Join(r.root, "host"), dice: r.dice(hostDice, 0)}
	if err := r.host.start("127.0.0.1:0", nil); err != nil {
		return err
	}
	r.host.stop()
	for n := range r.Tills {
		t := &till{run: r, number: n, terminal: fmt.Sprintf("K%07d", n+1)}
		r.tills = append(r.tills, t)
		if err := t.open(n == 0); err != nil {
			return err
		}
	}
	if r.Shim == "" || !canFail {
		r.say("SKIPPED: EIO: no filter can be put on a process here; disks only fill up")
	}
	return nil
}

// play is one round: the killing, the healing, the check.
func (r *run) play() {
	r.round++
	if err := r.host.start(r.host.address, nil); err != nil {
		r.report1(r.step("host"), "%v", err)
		return
	}
	stop := make(chan struct{})
	var haunted, busy sync.WaitGroup
	haunted.Go(func() { r.host.haunt(stop) })
	for _, t := range r.tills {
		busy.Go(func() {
			for range r.Lives {
				if int(r.kills.Load()) < r.Kills && r.ctx.Err() == nil {
					t.live()
				}
			}
		})
	}
	busy.Wait()
	close(stop)
	haunted.Wait()
	for _, t := range r.tills {
		busy.Go(t.heal)
	}
	busy.Wait()
	r.host.stop()
	r.inspect()
	r.say("round %d: kills=%d approved=%d reversed=%d", r.round, r.kills.Load(), r.counts.approved, r.counts.reversed+r.counts.tombs)
}

// clean leaves nothing running and nothing mounted, and no folder unless a
// person has something to look at there.
func (r *run) clean() {
	r.host.stop()
	for _, t := range r.tills {
		t.close(len(r.found) > 0)
	}
	if len(r.found) == 0 {
		_ = os.RemoveAll(r.root)
	}
}

// count adds up what a life said of its disk and its printer.
func (r *run) count(t told) {
	if t.disk {
		r.disk.Add(1)
	}
	if t.paper {
		r.paper.Add(1)
	}
}

func (r *run) say(format string, args ...any) {
	if r.Log != nil {
		fmt.Fprintf(r.Log, "kill: "+format+"\n", args...)
	}
}

func (r *run) step(what string) string {
	return fmt.Sprintf("seed %d round %d %s", r.Seed, r.round, what)
}

// report1 adds a finding.
func (r *run) report1(step, format string, args ...any) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.found = append(r.found, Finding{Step: step, Text: fmt.Sprintf(format, args...)})
}
