package kill

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
)

// A proof that never fails proves nothing. A mutant is the product with one bug
// in it, made by way of the compiler's overlay: the tree is not touched, and no
// release can carry it.

type mutant struct {
	name string
	file string // from the top of the module
	old  string // must occur exactly once
	new  string
}

var planted = []mutant{
	{
		"restart-forgets-open", "txn/journal/recover.go",
		"if r.Open, err = j.transactions(true, unresolved, string(txn.Open)); err != nil {",
		"if _, err = j.transactions(true, unresolved, string(txn.Open)); err != nil {",
	},
	{
		"append-does-not-commit", "txn/journal/append.go",
		"return j.writeHead(h)\n\t})\n", "_ = j.writeHead(h)\n\t\treturn errors.New(\"not now\")\n\t})\n\terr = nil\n",
	},
	{
		"approval-not-written", "txn/journal/append.go",
		"if len(records) == 0 {", "if len(records) == 0 || records[0].Type == txn.RecApproved {",
	},
	{
		"intent-not-waited-for", "txn/sale.go",
		"m.stage = stageIntent\n\tm.write(", "m.sendDraft()\n\tm.write(",
	},
	{
		"shown-before-stored", "txn/sale.go",
		"m.write(row, v.Key(), Record{Type: row, Txn: v})\n",
		"m.showOutcome()\n\tm.write(row, v.Key(), Record{Type: row, Txn: v})\n",
	},
	{
		"silence-is-failure", "txn/sale.go",
		"if written {\n\t\tv.Status = v.Kind.unknown()", "if written && cause == HostLost {\n\t\tv.Status = v.Kind.unknown()",
	},
	{
		"lost-outcome-shown", "txn/sale.go",
		"m.verdict = m.Draft\n\tm.verdict.Status, m.verdict.Cause = m.Draft.Kind.unknown(), DiskRecover\n", "",
	},
	{
		"one-reversal-is-enough", "txn/reversal.go",
		"m.backOff()\n\tm.triedInVain()\n\tif m.stage == stageWaiting {\n\t\tm.refuse(ReversalFirst)",
		"t := m.Pending[0]\n\tt.Status = Reversed\n\tm.write(RecReversed, t.Key(), Record{Type: RecReversed, Txn: t})\n\tif m.stage == stageWaiting {\n\t\tm.refuse(ReversalFirst)",
	},
	{
		"printed-before-paper", "receipts/printer/file.go",
		"temp, err := f.stage(data)\n", "if data[len(data)/2]%2 == 0 {\n\t\treturn nil\n\t}\n\ttemp, err := f.stage(data)\n",
	},
	{
		"slip-written-in-place", "receipts/printer/file.go",
		"temp, err := f.stage(data)\n",
		"if err := os.WriteFile(path, data[:len(data)/2], 0o600); err != nil {\n\t\treturn err\n\t}\n\t_ = os.Remove(path)\n\ttemp, err := f.stage(data)\n",
	},
	{
		"host-forgets-tombstone", "txn/host/sim/ledger.go",
		"\t\tv.change(Entry{\n\t\t\tSeq: seq, Terminal: r.Terminal, Merchant: r.Merchant, Batch: r.Batch, STAN: stan, Op: op,",
		"\t\t(&Verdict{}).change(Entry{\n\t\t\tSeq: seq, Terminal: r.Terminal, Merchant: r.Merchant, Batch: r.Batch, STAN: stan, Op: op,",
	},
	{
		"log-names-the-card", "txn/host/sim/terminal.go",
		"if err := t.finish(&a, order); err != nil {",
		"t.s.o.Log.Info(\"card\", \"digits\", fmt.Sprintf(\"%x\", r.Card.PAN.Reveal()))\n\tif err := t.finish(&a, order); err != nil {",
	},
}

// ErrMutant: a mutant cannot be planted: its name or its place is not known.
var ErrMutant = errors.New("no such mutant")

// Hunted is what became of a mutant.
type Hunted struct {
	Name  string
	Kills int      // until it was found, or until the hunt was given up
	First *Finding // nil when it was not found
	More  int      // findings of the same round
}

// Caught reports whether it was found.
func (h Hunted) Caught() bool { return h.First != nil }

// String is one line.
func (h Hunted) String() string {
	if !h.Caught() {
		return fmt.Sprintf("kill: mutant %-26s SURVIVED %d kills", h.Name, h.Kills)
	}
	return fmt.Sprintf("kill: mutant %-26s caught within %d kills (%d findings): %s", h.Name, h.Kills, h.More+1, h.First)
}

// Hunt plants one mutant by name, or all, and runs until it is found or o.Kills
// are spent. each hears of every one. "?" fails with the list of names.
func Hunt(ctx context.Context, name string, o Options, each func(Hunted)) ([]Hunted, error) {
	var all []Hunted
	var names []string
	for _, m := range planted {
		names = append(names, m.name)
		if name != "all" && name != m.name {
			continue
		}
		h, err := m.hunt(ctx, o)
		if err != nil {
			return all, err
		}
		each(h)
		all = append(all, h)
	}
	if len(all) == 0 {
		return nil, fmt.Errorf("%w: %q; there are %s", ErrMutant, name, strings.Join(names, ", "))
	}
	return all, ctx.Err() //nolint:wrapcheck // says all there is to say
}

func (m mutant) hunt(ctx context.Context, o Options) (Hunted, error) {
	dir, err := os.MkdirTemp("", "vpos-mutant-")
	if err != nil {
		return Hunted{}, fmt.Errorf("mutant %s: %w", m.name, err)
	}
	defer func() { _ = os.RemoveAll(dir) }()
	overlay, err := m.plant(dir)
	if err != nil {
		return Hunted{}, fmt.Errorf("mutant %s: %w", m.name, err)
	}
	path, remove, err := Build(ctx, overlay)
	if err != nil {
		return Hunted{}, fmt.Errorf("mutant %s: %w", m.name, err)
	}
	defer remove()
	o.Bin, o.Log = path, nil
	r, err := Run(ctx, o)
	if err != nil {
		return Hunted{}, fmt.Errorf("mutant %s: %w", m.name, err)
	}
	h := Hunted{Name: m.name, Kills: r.Kills}
	if len(r.Findings) > 0 {
		h.First, h.More = &r.Findings[0], len(r.Findings)-1
		_ = os.RemoveAll(r.Kept) // it was meant to be there
	}
	return h, nil
}

// plant writes the file with the bug and the overlay that has the compiler take
// it.
func (m mutant) plant(dir string) (overlay string, err error) {
	top, err := moduleFolder()
	if err != nil {
		return "", err
	}
	path := filepath.Join(top, filepath.FromSlash(m.file))
	b, err := os.ReadFile(path) //nolint:gosec // a file of this module
	if err != nil {
		return "", fmt.Errorf("read: %w", err)
	}
	if n := strings.Count(string(b), m.old); n != 1 {
		return "", fmt.Errorf("%w: its place occurs %d times in %s", ErrMutant, n, m.file)
	}
	changed, overlay := filepath.Join(dir, "changed.go"), filepath.Join(dir, "overlay.json")
	list, err := json.Marshal(map[string]map[string]string{"Replace": {path: changed}})
	for name, text := range map[string][]byte{changed: []byte(strings.Replace(string(b), m.old, m.new, 1)), overlay: list} {
		err = errors.Join(err, os.WriteFile(name, text, 0o600))
	}
	if err != nil {
		return "", fmt.Errorf("write: %w", err)
	}
	return overlay, nil
}
