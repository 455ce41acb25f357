package mutant

import (
	"context"
	"os"
	"path/filepath"
	"testing"
)

// root is the module's, from this folder.
func root(t *testing.T) string {
	t.Helper()
	dir, err := filepath.Abs(filepath.Join("..", "..", ".."))
	if err != nil {
		t.Fatal(err)
	}
	if _, err := os.Stat(filepath.Join(dir, "go.mod")); err != nil {
		t.Fatal(err)
	}
	return dir
}

// least is what the design asks for.
const least = 35

// Every mutant still applies, and each is another bug.
func TestMutantsApply(t *testing.T) {
	dir := root(t)
	names, texts := map[string]bool{}, map[string]bool{}
	for _, m := range List() {
		text, err := m.apply(filepath.Join(dir, filepath.FromSlash(m.File)))
		if err != nil {
			t.Error(err)
			continue
		}
		if m.Old == m.New || names[m.Name] || texts[text] {
			t.Errorf("mutant %s is none, or there twice", m.Name)
		}
		names[m.Name], texts[text] = true, true
	}
	if n := len(List()); n < least {
		t.Errorf("%d mutants", n)
	}
}

// The gate fails on what it cannot plant, on what does not compile and on what
// is no bug.
func TestGateFails(t *testing.T) {
	dir := root(t)
	list := []Mutant{
		{"gone", "txn/sale.go", "this text is not there", ""},
		{"everywhere", "txn/sale.go", "m.", ""},
		{"broken", "txn/sale.go", "package txn", "package"},
		{"harmless", "txn/sale.go", "package txn\n", "package txn\n\n"},
	}
	var outcomes []Outcome
	caught, err := Gate{Root: dir, Seeds: 20, Report: func(o Outcome) { outcomes = append(outcomes, o) }}.Run(context.Background(), list)
	if caught != 0 || err == nil || len(outcomes) != len(list) {
		t.Fatalf("%d caught, %v, %v", caught, err, outcomes)
	}
	for i, o := range outcomes {
		if o.Name != list[i].Name || o.Caught || o.Text == "" {
			t.Errorf("%s: %+v", list[i].Name, o)
		}
	}
}

// TestMutants is the whole gate. It builds the simulator once for each mutant,
// so it runs where it is asked for; see command mutants.
func TestMutants(t *testing.T) {
	if os.Getenv("VPOS_MUTANTS") == "" {
		t.Skip("set VPOS_MUTANTS=1, or run go run ./txn/proof/cmd/mutants")
	}
	caught, err := Gate{Root: root(t), Report: func(o Outcome) {
		if o.Caught {
			t.Log(o)
		} else {
			t.Error(o)
		}
	}}.Run(context.Background(), List())
	if err != nil {
		t.Error(err)
	}
	t.Logf("mutants: planted=%d caught=%d", len(List()), caught)
}
