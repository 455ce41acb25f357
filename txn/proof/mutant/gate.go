package mutant

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"sync"
	"time"
)

// Mutant is one planted bug.
type Mutant struct {
	Name string
	File string // from the root of the module
	Old  string // stands in File exactly once
	New  string
}

// Outcome is what became of a mutant.
type Outcome struct {
	Mutant
	Caught bool
	Seed   string // the first seed that caught it
	Text   string // the first violation, or why it was not caught
}

// Gate is how the mutants are judged.
type Gate struct {
	Root   string // of the module
	Seeds  int    // how many each gets; 1000 when 0
	Jobs   int    // how many at a time; 2 when 0
	Report func(Outcome)
}

// limit bounds one mutant: a bug may make the machine run in circles.
const limit = 2 * time.Minute

// Run plants every mutant and reports each as it is judged, in the order of the
// list. The error is of the gate itself: a mutant that no longer applies or does
// not compile.
func (g Gate) Run(ctx context.Context, list []Mutant) (caught int, err error) {
	dir, err := os.MkdirTemp("", "mutants-")
	if err != nil {
		return 0, fmt.Errorf("mutants: %w", err)
	}
	defer func() { _ = os.RemoveAll(dir) }()
	if g.Jobs <= 0 {
		g.Jobs = 2
	}
	if g.Seeds <= 0 {
		g.Seeds = 1000
	}
	results := make([]chan Outcome, len(list))
	problems := make([]error, len(list))
	for i := range results {
		results[i] = make(chan Outcome, 1)
	}
	var wg sync.WaitGroup
	jobs := make(chan int)
	for range g.Jobs {
		wg.Go(func() {
			for i := range jobs {
				var o Outcome
				o, problems[i] = g.judge(ctx, filepath.Join(dir, fmt.Sprint(i)), list[i])
				results[i] <- o
			}
		})
	}
	go func() {
		defer close(jobs)
		for i := range list {
			jobs <- i
		}
	}()
	for i := range list {
		o := <-results[i]
		if o.Caught {
			caught++
		}
		if g.Report != nil {
			g.Report(o)
		}
	}
	wg.Wait()
	return caught, errors.Join(problems...)
}

// judge builds one mutant and lets the simulator look for it.
func (g Gate) judge(ctx context.Context, dir string, m Mutant) (Outcome, error) {
	o := Outcome{Mutant: m}
	bin, err := g.build(ctx, dir, m)
	if err != nil {
		o.Text = err.Error()
		return o, err
	}
	ctx, stop := context.WithTimeout(ctx, limit)
	defer stop()
	cmd := exec.CommandContext(ctx, bin, "-one", "-workers", "1", "-seconds", "0", "-seed", "1", "-seeds", fmt.Sprint(g.Seeds)) //nolint:gosec // built a moment ago
	out, err := cmd.Output()
	_ = os.Remove(bin)
	var exit *exec.ExitError
	switch {
	case ctx.Err() != nil:
		o.Text = "ran in circles"
		return o, nil
	case err == nil:
		o.Text = fmt.Sprintf("survived %d seeds", g.Seeds)
		return o, nil
	case !errors.As(err, &exit):
		return o, fmt.Errorf("mutant %s: %w", m.Name, err)
	}
	o.Seed, o.Text = verdict(out)
	o.Caught = o.Seed != ""
	return o, nil
}

var line = regexp.MustCompile(`sim: seed (\d+), replay.*\nsim: +(.*)`)

// verdict reads the first failing seed from what the simulator printed.
func verdict(out []byte) (seed, text string) {
	found := line.FindSubmatch(out)
	if found == nil {
		return "", "the simulator failed: " + string(bytes.TrimSpace(out))
	}
	return string(found[1]), string(found[2])
}

// build compiles the simulator with the mutant in place of the real file.
func (g Gate) build(ctx context.Context, dir string, m Mutant) (string, error) {
	real := filepath.Join(g.Root, filepath.FromSlash(m.File))
	text, err := m.apply(real)
	if err != nil {
		return "", err
	}
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return "", fmt.Errorf("mutant %s: %w", m.Name, err)
	}
	planted := filepath.Join(dir, filepath.Base(real))
	overlay, err := json.Marshal(map[string]map[string]string{"Replace": {real: planted}})
	if err == nil {
		err = errors.Join(os.WriteFile(planted, []byte(text), 0o600), os.WriteFile(filepath.Join(dir, "overlay.json"), overlay, 0o600))
	}
	if err != nil {
		return "", fmt.Errorf("mutant %s: %w", m.Name, err)
	}
	bin := filepath.Join(dir, "sim.exe")
	cmd := exec.CommandContext(ctx, "go", "build", //nolint:gosec // paths of our own making
		"-overlay", filepath.Join(dir, "overlay.json"), "-ldflags", "-s -w", "-o", bin, "./txn/proof/cmd/sim")
	cmd.Dir = g.Root
	if out, err := cmd.CombinedOutput(); err != nil {
		return "", fmt.Errorf("mutant %s does not compile: %w\n%s", m.Name, err, out)
	}
	return bin, nil
}

// apply is the file with the bug in it.
func (m Mutant) apply(file string) (string, error) {
	text, err := os.ReadFile(file) //nolint:gosec // a source file of the module
	if err != nil {
		return "", fmt.Errorf("mutant %s: %w", m.Name, err)
	}
	if n := strings.Count(string(text), m.Old); n != 1 {
		return "", fmt.Errorf("mutant %s no longer applies: its text is in %s %d times", m.Name, m.File, n)
	}
	return strings.Replace(string(text), m.Old, m.New, 1), nil
}

// String is the mutant's line.
func (o Outcome) String() string {
	if !o.Caught {
		return fmt.Sprintf("mutant SURVIVED: %-42s %s: %s", o.Name, o.File, o.Text)
	}
	return fmt.Sprintf("mutant: %-42s caught by seed %-4s %s", o.Name, o.Seed, o.Text)
}
