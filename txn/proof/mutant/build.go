package mutant

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
)

// shared is a simulator with many mutants in it, one of which runs.
type shared struct {
	bin string
	has map[int]bool // by their place in the list
}

// together builds one simulator with every mutant that can be there beside others.
// What cannot be planted or does not compile is left to be judged, and named, alone.
// Without a mutant the simulator must find nothing, or it says nothing about them.
func (g Gate) together(ctx context.Context, dir string, list []Mutant) (shared, error) {
	s := shared{has: map[int]bool{}}
	grafts := map[string]*graft{}
	for i, m := range list {
		if g.graft(grafts, i+1, m) == nil {
			s.has[i] = true
		}
	}
	if len(s.has) == 0 {
		return s, nil
	}
	replace := map[string]string{}
	for file, f := range grafts {
		folder := filepath.Dir(filepath.FromSlash(file))
		replace[filepath.FromSlash(file)] = f.grown()
		replace[filepath.Join(folder, "planted_mutant.go")] = fmt.Sprintf(chooser, f.pkg, planted)
	}
	bin, err := g.build(ctx, dir, replace)
	if err != nil {
		return shared{}, nil //nolint:nilerr // whichever it is says so when it is built alone
	}
	if _, err := g.simulate(ctx, bin, 0); err != nil {
		return s, fmt.Errorf("mutants: the simulator fails with none planted: %w", err)
	}
	s.bin = bin
	return s, nil
}

// graft puts a mutant into its file among the others.
func (g Gate) graft(grafts map[string]*graft, number int, m Mutant) error {
	real := filepath.Join(g.Root, filepath.FromSlash(m.File))
	changed, err := m.apply(real)
	if err != nil {
		return err
	}
	f := grafts[m.File]
	if f == nil {
		text, err := os.ReadFile(real) //nolint:gosec // a source file of the module
		if err != nil {
			return fmt.Errorf("mutant %s: %w", m.Name, err)
		}
		if f, err = newGraft(m.File, string(text)); err != nil {
			return err
		}
	}
	if err := f.add(number, changed); err != nil {
		return err
	}
	grafts[m.File] = f
	return nil
}

// alone builds the simulator with one mutant in place of the real file.
func (g Gate) alone(ctx context.Context, dir string, m Mutant) (string, error) {
	file := filepath.FromSlash(m.File)
	text, err := m.apply(filepath.Join(g.Root, file))
	if err != nil {
		return "", err
	}
	bin, err := g.build(ctx, dir, map[string]string{file: text})
	if err != nil {
		return "", fmt.Errorf("mutant %s: %w", m.Name, err)
	}
	return bin, nil
}

// build compiles the simulator with texts in place of files of the module.
func (g Gate) build(ctx context.Context, dir string, texts map[string]string) (string, error) {
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return "", fmt.Errorf("plant: %w", err)
	}
	replace := map[string]string{}
	for file, text := range texts {
		path := filepath.Join(dir, fmt.Sprintf("%d-%s", len(replace), filepath.Base(file)))
		if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
			return "", fmt.Errorf("plant: %w", err)
		}
		replace[filepath.Join(g.Root, file)] = path
	}
	overlay, err := json.Marshal(map[string]map[string]string{"Replace": replace})
	if err = errors.Join(err, os.WriteFile(filepath.Join(dir, "overlay.json"), overlay, 0o600)); err != nil {
		return "", fmt.Errorf("plant: %w", err)
	}
	bin := filepath.Join(dir, "sim.exe")
	cmd := exec.CommandContext(ctx, "go", "build", //nolint:gosec // paths of our own making
		"-overlay", filepath.Join(dir, "overlay.json"), "-ldflags", "-s -w", "-o", bin, "./txn/proof/cmd/sim")
	cmd.Dir = g.Root
	if out, err := cmd.CombinedOutput(); err != nil {
		return "", fmt.Errorf("does not compile: %w\n%s", err, out)
	}
	return bin, nil
}
