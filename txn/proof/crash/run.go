package crash

import (
	"fmt"
	"sync"
	"sync/atomic"
	"time"
)

// Options are those of [Run].
type Options struct {
	Seed    uint64        // the first; every history takes the next
	For     time.Duration // no history begins or goes on after it; 0 for ever
	Plays   uint64        // at most so many histories; 0 for any number
	Workers int           // histories at once; 1 if 0
	Cuts    int           // at each boundary; see Config
	Lies    func(Op) bool // see Disk.Lies
}

// Report is what a run came to.
type Report struct {
	Tally
	Plays   uint64 // histories begun
	Elapsed time.Duration
}

// String is the line the command prints.
func (r Report) String() string {
	return fmt.Sprintf("crash: cuts=%d acked=%d lost=%d doubled=%d corrupt=%d seconds=%.1f",
		r.Cuts, r.Acked, r.Count(Lost), r.Count(Doubled), r.Count(Corrupt), r.Elapsed.Seconds())
}

// Run plays histories until the time is over, all are played or one has found
// something.
func Run(o Options) Report {
	begun := time.Now()
	var (
		next, plays atomic.Uint64
		found       atomic.Bool
		mu          sync.Mutex
		all         Report
		workers     sync.WaitGroup
	)
	over := func() bool { return found.Load() || o.For > 0 && time.Since(begun) >= o.For }
	for range max(o.Workers, 1) {
		workers.Go(func() {
			for !over() {
				n := next.Add(1) - 1
				if o.Plays > 0 && n >= o.Plays {
					return
				}
				plays.Add(1)
				t := Play(Config{Seed: o.Seed + n, Cuts: o.Cuts, Stop: over, Lies: o.Lies})
				mu.Lock()
				all.Add(t)
				mu.Unlock()
				if len(t.Findings) > 0 {
					found.Store(true)
				}
			}
		})
	}
	workers.Wait()
	all.Plays, all.Elapsed = plays.Load(), time.Since(begun)
	return all
}
