// Command sim runs the first tier of the proof: whole worlds of terminals, host,
// network, printers and people from seeds, with everything breaking, and the
// money law held against each.
//
//	sim                      twenty seconds of seeds from 1 on
//	sim -seeds 1000          the seeds 1 to 1000
//	sim -seed 42             seed 42 alone
//	sim -seed 42 -v          the same with its trace
//
// The last line is sim: cuts=N sales=N violations=N seconds=S. The exit code is
// 1 when there are violations.
package main

import (
	"bufio"
	"cmp"
	"flag"
	"fmt"
	"io"
	"os"
	"runtime"
	"runtime/debug"
	"runtime/pprof"
	"slices"
	"time"

	"vpos/txn"
	"vpos/txn/proof/world"
)

func main() { os.Exit(run(os.Args[1:], os.Stdout, os.Stderr)) }

func run(args []string, out, errs io.Writer) int {
	flags := flag.NewFlagSet("sim", flag.ContinueOnError)
	flags.SetOutput(errs)
	seconds := flags.Float64("seconds", 20, "how long to run; 0 for no limit")
	seed := flags.Uint64("seed", 0, "this seed, or the first of -seeds; 0 for 1 and on")
	seeds := flags.Uint64("seeds", 0, "how many seeds; 0 for as many as there is time for")
	workers := flags.Int("workers", 0, "threads; 0 for one a processor")
	first := flags.Bool("one", false, "stop at the first seed that fails")
	verbose := flags.Bool("v", false, "with -seed: tell every event; else: what the run was made of")
	profile := flags.String("cpuprofile", "", "write a processor profile to this file")
	if err := flags.Parse(args); err != nil {
		return 2
	}
	if *profile != "" {
		f, err := os.Create(*profile)
		if err == nil {
			err = pprof.StartCPUProfile(f)
		}
		if err != nil {
			fmt.Fprintln(errs, "sim:", err)
			return 2
		}
		defer func() { pprof.StopCPUProfile(); _ = f.Close() }()
	}
	if *seed != 0 && *seeds == 0 && !*first {
		return one(*seed, *verbose, out)
	}
	if os.Getenv("GOGC") == "" {
		debug.SetGCPercent(4000)
	}
	r := world.Prove(world.Options{
		First: max(*seed, 1), Seeds: *seeds, For: time.Duration(*seconds * float64(time.Second)), Workers: *workers, One: *first,
	})
	slices.SortFunc(r.Failures, func(a, b world.Failure) int { return cmp.Compare(a.Seed, b.Seed) })
	for _, f := range r.Failures {
		fmt.Fprintf(out, "sim: seed %d, replay with: go run ./txn/proof/cmd/sim -seed %d -v\n", f.Seed, f.Seed)
		for _, text := range f.Texts {
			fmt.Fprintf(out, "sim:   %s\n", text)
		}
	}
	if *verbose {
		for _, k := range txn.Kinds() {
			if n := r.Kinds.Of(k); n > 0 {
				fmt.Fprintf(out, "sim: %s=%d\n", k, n)
			}
		}
		fmt.Fprintf(out, "sim: scenarios=%d host-cuts=%d approved=%d reversed=%d steps=%d\n",
			r.Scenarios, r.HostCuts, r.Approved, r.Reversed, r.Steps)
	}
	// A machine that is busy with something else gives fewer seconds than it has;
	// the rate by processor second says what the proof itself can do.
	given, had := processorSeconds(), r.Seconds*float64(runtime.NumCPU())
	fmt.Fprintf(out, "sim: voids=%d voided=%d reversed=%d settled=%d uploads=%d\n", r.Voids, r.Voided, r.Reversed, r.Settled, r.Uploads)
	fmt.Fprintf(out, "sim: sales/s=%.0f cuts/s=%.0f processor-seconds=%.1f of %.1f\n",
		float64(r.Sales)/r.Seconds, float64(r.Cuts)/r.Seconds, given, had)
	return total(out, r)
}

// one plays a single seed.
func one(seed uint64, verbose bool, out io.Writer) int {
	b := bufio.NewWriter(out)
	defer func() { _ = b.Flush() }()
	w := world.New(nil)
	if verbose {
		w = world.New(b)
	}
	start := time.Now()
	found := w.Run(seed)
	for _, v := range found {
		fmt.Fprintf(b, "sim:   %s\n", v)
	}
	return total(b, world.Result{Stats: w.Stats, Violations: len(found), Seconds: time.Since(start).Seconds()})
}

func total(out io.Writer, r world.Result) int {
	fmt.Fprintf(out, "sim: cuts=%d sales=%d violations=%d seconds=%.1f\n", r.Cuts, r.Sales, r.Violations, r.Seconds)
	if r.Violations > 0 {
		return 1
	}
	return 0
}
