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
		{"unknown word", "txn/sale.go", "m.stage = stageIntent", "m.stage = nothing"},
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

// In a simulator that many share, each mutant is alone with its bug: one that is none
// survives beside one that is caught.
func TestTogether(t *testing.T) {
	list := []Mutant{
		{"harmless", "txn/step.go", "m.NextSTAN = NextSTAN(stan)", "m.NextSTAN = NextSTAN(stan) // as before"},
		{"STAN reused", "txn/step.go", "m.NextSTAN = NextSTAN(stan)", "m.NextSTAN = stan"},
	}
	gate := Gate{Root: root(t), Seeds: 20}
	s, err := gate.together(t.Context(), t.TempDir(), list)
	if err != nil || !s.has[0] || !s.has[1] || s.bin == "" {
		t.Fatalf("%+v, %v", s, err)
	}
	for i, want := range []bool{false, true} {
		o, err := gate.hunt(t.Context(), s.bin, i+1, list[i])
		if err != nil || o.Caught != want {
			t.Errorf("%v, %v", o, err)
		}
	}
}

// Most of the gate shares one simulator; else it takes minutes.
func TestMostAreBuiltTogether(t *testing.T) {
	gate, grafts, alone := Gate{Root: root(t)}, map[string]*graft{}, 0
	for i, m := range List() {
		if err := gate.graft(grafts, i+1, m); err != nil {
			alone++
		}
	}
	if alone*5 > len(List()) {
		t.Errorf("%d of %d have to be built alone", alone, len(List()))
	}
	t.Logf("%d of %d are built alone", alone, len(List()))
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
