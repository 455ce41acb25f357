package world

import (
	"runtime"
	"sync"
	"sync/atomic"
	"time"
)

// Options say how much of the proof to run.
type Options struct {
	First   uint64        // the first seed
	Seeds   uint64        // how many; 0 for as many as there is time for
	For     time.Duration // at most so long; 0 without end
	Workers int           // 0 for one a processor
	One     bool          // stop at the first seed that fails
}

// Failure is a seed that broke the law.
type Failure struct {
	Seed  uint64
	Texts []string // one a violation
}

// Result is what a run came to.
type Result struct {
	Stats
	Seconds    float64
	Violations int
	Failures   []Failure // at most a few, lowest seeds first met
}

// maxFailures is how many failing seeds are worth telling.
const maxFailures = 10

// Prove runs seeds one after the other, on all processors: each seed is a world
// of its own, so that what is found does not depend on how they are spread.
func Prove(o Options) Result {
	workers := o.Workers
	if workers <= 0 {
		workers = runtime.GOMAXPROCS(0)
	}
	var (
		next atomic.Uint64
		mu   sync.Mutex
		all  Result
		wg   sync.WaitGroup
	)
	start := time.Now()
	var failed atomic.Bool
	over := func() bool { return o.For > 0 && time.Since(start) >= o.For || o.One && failed.Load() }
	for range workers {
		wg.Go(func() {
			w := New(nil)
			for !over() {
				n := next.Add(1) - 1
				if o.Seeds > 0 && n >= o.Seeds {
					break
				}
				if found := w.Run(o.First + n); found != nil {
					f := Failure{Seed: o.First + n}
					for _, v := range found {
						f.Texts = append(f.Texts, v.String())
					}
					failed.Store(true)
					mu.Lock()
					all.Violations += len(found)
					if len(all.Failures) < maxFailures {
						all.Failures = append(all.Failures, f)
					}
					mu.Unlock()
				}
			}
			mu.Lock()
			all.add(w.Stats)
			mu.Unlock()
		})
	}
	wg.Wait()
	all.Seconds = time.Since(start).Seconds()
	return all
}

func (s *Stats) add(o Stats) {
	s.Scenarios += o.Scenarios
	s.Cuts += o.Cuts
	s.HostCuts += o.HostCuts
	s.Sales += o.Sales
	s.Approved += o.Approved
	s.Reversed += o.Reversed
	s.Voids += o.Voids
	s.Voided += o.Voided
	s.Settled += o.Settled
	s.Uploads += o.Uploads
	s.Steps += o.Steps
	for i, n := range o.Kinds {
		s.Kinds[i] += n
	}
}
