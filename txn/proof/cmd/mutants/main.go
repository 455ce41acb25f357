// Command mutants runs the mutation gate: it plants money bugs in the machine
// and the host's ledger, one at a time, and holds that the simulator catches
// each within a thousand seeds. It prints one line a mutant and, at the end,
// mutants: planted=N caught=N. The exit code is 1 when one survives.
package main

import (
	"context"
	"flag"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"

	"vpos/txn/proof/mutant"
)

func main() {
	seeds := flag.Int("seeds", 1000, "how many seeds a mutant gets")
	jobs := flag.Int("jobs", 2, "how many at a time")
	only := flag.String("only", "", "only mutants whose name contains this")
	flag.Parse()
	os.Exit(run(*seeds, *jobs, *only))
}

func run(seeds, jobs int, only string) int {
	out, err := exec.Command("go", "env", "GOMOD").Output()
	if err != nil {
		fmt.Fprintln(os.Stderr, "mutants: where is the module:", err)
		return 2
	}
	var list []mutant.Mutant
	for _, m := range mutant.List() {
		if strings.Contains(m.Name, only) {
			list = append(list, m)
		}
	}
	gate := mutant.Gate{
		Root: filepath.Dir(strings.TrimSpace(string(out))), Seeds: seeds, Jobs: jobs,
		Report: func(o mutant.Outcome) { fmt.Println(o) },
	}
	caught, err := gate.Run(context.Background(), list)
	if err != nil {
		fmt.Fprintln(os.Stderr, "mutants:", err)
	}
	fmt.Printf("mutants: planted=%d caught=%d\n", len(list), caught)
	if err != nil || caught < len(list) {
		return 1
	}
	return 0
}
