package mutant

import (
	"bytes"
	"context"
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
	shared, err := g.together(ctx, filepath.Join(dir, "all"), list)
	if err != nil {
		return 0, err
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
				if shared.has[i] {
					o, problems[i] = g.hunt(ctx, shared.bin, i+1, list[i])
				} else {
					o, problems[i] = g.judge(ctx, filepath.Join(dir, fmt.Sprint(i)), list[i])
				}
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

// judge builds one mutant by itself and lets the simulator look for it.
func (g Gate) judge(ctx context.Context, dir string, m Mutant) (Outcome, error) {
	bin, err := g.alone(ctx, dir, m)
	if err != nil {
		return Outcome{Mutant: m, Text: err.Error()}, err
	}
	defer func() { _ = os.Remove(bin) }()
	return g.hunt(ctx, bin, 0, m)
}

// hunt lets a simulator look for a mutant: the one of that number, or the only one it
// has, 0.
func (g Gate) hunt(ctx context.Context, bin string, number int, m Mutant) (Outcome, error) {
	o := Outcome{Mutant: m}
	out, err := g.simulate(ctx, bin, number)
	var exit *exec.ExitError
	switch {
	case errors.Is(err, context.DeadlineExceeded):
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

// simulate runs a simulator over the seeds, up to the first that fails.
func (g Gate) simulate(ctx context.Context, bin string, number int) ([]byte, error) {
	ctx, stop := context.WithTimeout(ctx, limit)
	defer stop()
	cmd := exec.CommandContext(ctx, bin, "-one", "-workers", "1", "-seconds", "0", "-seed", "1", "-seeds", fmt.Sprint(g.Seeds)) //nolint:gosec // built a moment ago
	cmd.Env = append(os.Environ(), fmt.Sprintf("%s=%d", planted, number))
	out, err := cmd.Output()
	if ctx.Err() != nil {
		err = ctx.Err()
	}
	return out, err //nolint:wrapcheck // told by whoever asked
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
