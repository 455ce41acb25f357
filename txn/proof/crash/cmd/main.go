// Command cmd cuts the power of the production journal some tens of thousands of
// times and prints what that did to the money. See package crash.
package main

import (
	"bufio"
	"flag"
	"fmt"
	"os"
	"runtime"
	"runtime/debug"
	"strings"
	"time"

	"vpos/txn/proof/crash"
)

func main() { os.Exit(run()) }

func run() int {
	seconds := flag.Float64("seconds", 60, "how long to go on; 0 for as many histories as -plays says")
	seed := flag.Uint64("seed", 1, "the first history")
	plays := flag.Uint64("plays", 0, "at most so many histories; 0 for any number")
	cuts := flag.Int("cuts", 1, "cuts at each boundary at which something is not synced")
	at := flag.String("cut", "", "play the one history -seed and look at this cut alone: OPERATION.CUT")
	verbose := flag.Bool("v", false, "with -cut or -plays 1: say what happens")
	workers := flag.Int("workers", runtime.GOMAXPROCS(0), "histories at once")
	flag.Parse()
	debug.SetGCPercent(800) // images of disks are short-lived and small
	if *at != "" || *verbose {
		return replay(*seed, *cuts, *at, *verbose)
	}
	r := crash.Run(crash.Options{
		Seed: *seed, For: time.Duration(*seconds * float64(time.Second)), Plays: *plays, Cuts: *cuts, Workers: *workers,
	})
	show(r.Findings)
	fmt.Println(r)
	if r.Unborn > 0 {
		fmt.Fprintf(os.Stderr, "crash: %d of the cuts fell into a very first start made in place, which production never does (see journal.Open)\n", r.Unborn)
	}
	return exit(r.Findings)
}

// replay plays one history again, all of it or up to the cut that is wanted.
func replay(seed uint64, cuts int, at string, verbose bool) int {
	c := crash.Config{Seed: seed, Cuts: cuts}
	if at != "" {
		var p crash.Point
		if _, err := fmt.Sscanf(strings.TrimSpace(at), "%d.%d", &p.Op, &p.Cut); err != nil {
			fmt.Fprintf(os.Stderr, "crash: -cut %q is not OPERATION.CUT\n", at)
			return 2
		}
		c.Only, c.Cuts = &p, max(cuts, p.Cut+1)
	}
	out := bufio.NewWriter(os.Stdout)
	defer func() { _ = out.Flush() }()
	if verbose {
		c.Trace = func(line string) { fmt.Fprintln(out, line) }
	}
	begun := time.Now()
	r := crash.Report{Tally: crash.Play(c), Elapsed: time.Since(begun)}
	_ = out.Flush()
	show(r.Findings)
	fmt.Println(r)
	return exit(r.Findings)
}

func show(found []crash.Finding) {
	for _, f := range found {
		fmt.Printf("%s\n  replay: %s\n", f.Error(), f.Replay())
	}
}

func exit(found []crash.Finding) int {
	if len(found) > 0 {
		return 1
	}
	return 0
}
