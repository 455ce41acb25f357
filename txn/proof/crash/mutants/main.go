// Command mutants plants bugs in the journal, one at a time, and holds that the
// crash test notices each of them. The sources are not touched: the compiler is
// given other ones in their place.
package main

import (
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
)

func main() { os.Exit(run()) }

func run() int {
	seconds := flag.Int("seconds", 60, "how long each may go unnoticed")
	only := flag.String("only", "", "the one mutant of this name")
	flag.Parse()
	planted, caught := 0, 0
	for _, m := range mutants {
		if *only != "" && m.name != *only {
			continue
		}
		planted++
		switch seed, err := m.hunt(*seconds); {
		case err != nil:
			fmt.Printf("mutant %-24s cannot be planted: %v\n", m.name, err)
		case seed == "":
			fmt.Printf("mutant %-24s SURVIVED: %s\n", m.name, m.why)
		default:
			fmt.Printf("mutant %-24s caught by %s: %s\n", m.name, seed, m.why)
			caught++
		}
	}
	fmt.Printf("mutants: planted=%d caught=%d\n", planted, caught)
	if caught < planted {
		return 1
	}
	return 0
}

var (
	replayLine = regexp.MustCompile(`-seed (\d+) -cut (\S+)`)
	errStale   = errors.New("the source does not have the text it changes exactly once")
)

// hunt builds the crash test with the bug in it and runs it; the answer is the
// seed and the cut that noticed it, or nothing.
func (m mutant) hunt(seconds int) (seed string, err error) {
	dir, err := os.MkdirTemp("", "mutant-*")
	if err != nil {
		return "", fmt.Errorf("make a folder: %w", err)
	}
	defer func() { _ = os.RemoveAll(dir) }()
	program, err := m.build(dir)
	if err != nil {
		return "", err
	}
	out, err := exec.Command(program, "-seconds", fmt.Sprint(seconds)).CombinedOutput() //nolint:gosec // just built
	var exit *exec.ExitError
	if err != nil && !errors.As(err, &exit) {
		return "", fmt.Errorf("run: %w", err)
	}
	if found := replayLine.FindStringSubmatch(string(out)); found != nil {
		return "seed " + found[1] + " cut " + found[2], nil
	}
	if err != nil {
		return "", fmt.Errorf("run: %w: %s", err, out)
	}
	return "", nil
}

// build compiles the command with the mutant's file in place of the real one.
func (m mutant) build(dir string) (program string, err error) {
	source, err := os.ReadFile(m.file)
	if err != nil {
		return "", fmt.Errorf("from the top of the module: %w", err)
	}
	if strings.Count(string(source), m.old) != 1 {
		return "", fmt.Errorf("%s: %w", m.file, errStale)
	}
	real, err := filepath.Abs(m.file)
	if err != nil {
		return "", fmt.Errorf("find the source: %w", err)
	}
	changed, overlay := filepath.Join(dir, "mutant.go"), filepath.Join(dir, "overlay.json")
	list, err := json.Marshal(map[string]map[string]string{"Replace": {real: changed}})
	err = errors.Join(err,
		os.WriteFile(changed, []byte(strings.Replace(string(source), m.old, m.new, 1)), 0o600), //nolint:gosec // a folder just made
		os.WriteFile(overlay, list, 0o600))
	if err != nil {
		return "", err
	}
	program = filepath.Join(dir, "crash")
	build := exec.Command("go", "build", "-overlay", overlay, "-o", program, "./txn/proof/crash/cmd") //nolint:gosec // names of ours
	out, err := build.CombinedOutput()
	if err != nil {
		return "", fmt.Errorf("build: %w: %s", err, out)
	}
	return program, nil
}
