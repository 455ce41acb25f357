// Command cmd kills the built program some hundreds of times and holds what it
// left against the money law. See package kill.
//
//	go run ./txn/proof/kill/cmd                    builds vpos and kills it 500 times
//	go run ./txn/proof/kill/cmd -kills 5000 -seed 7 -bin bin/vpos
//	go run ./txn/proof/kill/cmd -mutant all        plants bugs and must find them
//
// The last line is kill: kills=N violations=N; the exit code is 1 when there are
// violations. A seed gives the same dice again, but not the same timing.
package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"os"
	"os/signal"
	"syscall"

	"vpos/txn/proof/kill"
)

func main() {
	kill.Shim()
	os.Exit(run())
}

func run() int {
	bin := flag.String("bin", "", "the built program; it is built when this is empty")
	kills := flag.Int("kills", 500, "how many processes to kill")
	seed := flag.Uint64("seed", 1, "of the dice")
	tills := flag.Int("tills", 4, "terminals at once")
	lives := flag.Int("lives", 10, "of each terminal between two checks")
	mutant := flag.String("mutant", "", "plant this bug, or all of them, and see whether it is found; ? lists them")
	verbose := flag.Bool("v", false, "a line a round")
	flag.Parse()
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	self, err := os.Executable()
	if err != nil {
		fmt.Fprintln(os.Stderr, "kill: SKIPPED: EIO: no way to start this program again:", err)
	}
	o := kill.Options{Bin: *bin, Kills: *kills, Seed: *seed, Tills: *tills, Lives: *lives, Shim: self, Log: skips(*verbose)}
	if *mutant != "" {
		return mutants(ctx, *mutant, o)
	}
	if o.Bin == "" {
		path, remove, err := kill.Build(ctx, "")
		if err != nil {
			fmt.Fprintln(os.Stderr, err)
			return 2
		}
		defer remove()
		o.Bin = path
	}
	r, err := kill.Run(ctx, o)
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		return 2
	}
	return judge(ctx, r, o)
}

// judge prints the report and says whether it is good.
func judge(ctx context.Context, r kill.Report, o kill.Options) int {
	if len(r.Findings) > 0 {
		fmt.Printf("kill: the folders are kept in %s\n", r.Kept)
		fmt.Printf("kill: again with: go run ./txn/proof/kill/cmd -seed %d -kills %d -tills %d -lives %d"+
			" (the same dice; the timing of processes is never the same, so try it some times)\n", o.Seed, o.Kills, o.Tills, o.Lives)
	}
	fmt.Print(r.Text())
	switch {
	case len(r.Findings) > 0:
		return 1
	case ctx.Err() != nil:
		fmt.Fprintln(os.Stderr, "kill: stopped before it was done")
		return 2
	}
	return 0
}

// mutants plants one bug or all and wants every one found.
func mutants(ctx context.Context, name string, o kill.Options) int {
	results, err := kill.Hunt(ctx, name, o, func(m kill.Hunted) { fmt.Println(m) })
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		if errors.Is(err, kill.ErrMutant) {
			return 2
		}
		return 1
	}
	caught := 0
	for _, m := range results {
		if m.Caught() {
			caught++
		}
	}
	fmt.Printf("kill: mutants: planted=%d caught=%d\n", len(results), caught)
	if caught < len(results) {
		return 1
	}
	return 0
}

// skips passes on what is skipped, and with all everything.
func skips(all bool) logger { return logger{all} }

type logger struct{ all bool }

func (l logger) Write(b []byte) (int, error) {
	if l.all || len(b) > 13 && string(b[:13]) == "kill: SKIPPED" {
		return os.Stdout.Write(b) //nolint:wrapcheck // nobody reads it
	}
	return len(b), nil
}
