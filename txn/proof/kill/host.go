package kill

import (
	"errors"
	"fmt"
	"math/rand/v2"
	"os"
	"strings"
	"sync"
	"syscall"
	"time"

	"vpos/txn/host/sim"
)

// host is the one host process of a run, on one port, dying now and then.
type host struct {
	run     *run
	dir     string
	dice    *rand.Rand
	address string

	mu   sync.Mutex // guards live
	live *process
}

// ready is how long a host may take to listen: the port may still be held by a
// connection of its predecessor's, or of anybody else's for a moment.
const ready = 10 * time.Second

// start starts the host and waits until it listens.
func (h *host) start(listen string, faults []string) error {
	args := []string{"host", "--lang", "en", "--data", h.dir, "--listen", listen, "--late", "700ms", "--customer", "200ms"}
	for _, f := range faults {
		args = append(args, "--fault", f)
	}
	var said []string
	for end := time.Now().Add(ready); time.Now().Before(end); time.Sleep(20 * time.Millisecond) {
		p, err := launch(nil, h.run.Bin, args...)
		if err != nil {
			return err
		}
		for line := range p.lines {
			said = append(said, line)
			if _, at, ok := strings.Cut(line, "listening on "); ok {
				h.address = at
				h.mu.Lock()
				h.live = p
				h.mu.Unlock()
				return nil
			}
		}
		p.end()
	}
	return errors.New("the host does not start: " + strings.Join(last(said, 4), " / "))
}

// stop ends the host, which must do so when asked.
func (h *host) stop() { h.end(syscall.SIGTERM) }

// end sends the host a signal and waits for its end.
func (h *host) end(s syscall.Signal) bool {
	h.mu.Lock()
	p := h.live
	h.live = nil
	h.mu.Unlock()
	if p == nil {
		return false
	}
	reached := p.signal(s)
	lines, inTime := p.end()
	if !inTime {
		h.run.report1(h.run.step("host"), "did not end on %v in %v", s, patience)
	}
	for _, l := range lines {
		if broken(l) {
			h.run.report1(h.run.step("host"), "%s", l)
		}
	}
	return reached
}

// haunt kills the host and starts it again, with new faults, until stop is
// closed. It leaves a host that works.
func (h *host) haunt(stop <-chan struct{}) {
	for {
		select {
		case <-stop:
			h.end(syscall.SIGTERM)
			h.restart(nil)
			return
		case <-time.After(time.Duration(50+h.dice.IntN(900)) * time.Millisecond):
		}
		signal := syscall.SIGKILL
		if h.dice.IntN(5) == 0 {
			signal = syscall.SIGTERM
		}
		if h.end(signal) {
			h.run.kills.Add(1)
			h.run.hostKills.Add(1)
		}
		if h.dice.IntN(3) == 0 {
			time.Sleep(time.Duration(h.dice.IntN(300)) * time.Millisecond)
		}
		h.restart(h.faults())
	}
}

func (h *host) restart(faults []string) {
	if err := h.start(h.address, faults); err != nil {
		h.run.report1(h.run.step("host"), "after a kill: %v", err)
	}
}

// faults are what goes wrong with the next requests: seldom with every one.
func (h *host) faults() []string {
	var list []string
	names := sim.FaultNames()
	for range h.dice.IntN(5) {
		fault := string(names[h.dice.IntN(len(names))])
		switch h.dice.IntN(3) {
		case 0:
			fault += "@reversal"
		case 1:
			fault += "@sale"
		}
		list = append(list, fault)
	}
	return list
}

// ledger reads the host's rows; the host must have ended.
func (h *host) ledger() ([]sim.Entry, error) {
	store, err := sim.OpenStore(h.dir + string(os.PathSeparator) + "host.db")
	if err != nil {
		return nil, fmt.Errorf("open: %w", err)
	}
	defer func() { _ = store.Close() }() // only read
	return store.Load()
}

// last is the end of a list.
func last(list []string, n int) []string { return list[max(0, len(list)-n):] }
