package main

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/spf13/cobra"
)

// What the commands say after a day, and what they leave: the leak gate over each of them.

// plantedStripe is a swipe of a card among the planted ones, and plantedTLV what a chip
// has of another: number and track 2 equivalent (EMV Book 3, annex A: 5A, 57).
const (
	plantedStripe = ";5555555555554444=30121010000000000?"
	plantedTLV    = "5A084111111111111111" + "57134111111111111111D30121010000000000F"
	plantedISO    = "0200" + "4000000000000000" + "16" + "4111111111111111"
)

// spoken is a command of the gate: its words, the lines typed into it, and the folder it
// works in where that is another than the shop's.
type spoken struct {
	args  []string
	lines []string
	other string
}

// everyCommand is each of vpos's, by its path, as it is run after a day; a command that is
// new fails the test until somebody has put it here. None where another test says what it
// leaves.
func everyCommand(dir string) map[string][]spoken {
	backup, again := filepath.Join(dir, "shop.backup"), filepath.Join(dir, "again")
	one := func(args ...string) []spoken { return []spoken{{args: args}} }
	asked := func(lines ...string) func(args ...string) []spoken {
		return func(args ...string) []spoken { return []spoken{{args: args, lines: lines}} }
	}
	all := map[string][]spoken{
		"audit list":    one("--all"),
		"backup create": asked(backupPhrase, backupPhrase)("--out", backup),
		"backup check":  asked(backupPhrase)(backup),
		"backup restore": {{args: []string{backup}, lines: []string{backupPhrase}, other: again},
			{args: []string{backup}, lines: []string{"another passphrase"}, other: again + "-not"}},
		"card":               one("--list"),
		"config check":       one("4111111111111111"),
		"config init":        one(filepath.Join(dir, "vpos.toml")),
		"config show":        one(),
		"doctor":             append(one("--json", "--reader", "none"), one("--reader", "none")...),
		"goods export":       one(),
		"goods import":       one("4111111111111111"),
		"goods list":         one(),
		"help":               one("4111111111111111"),
		"host check":         asked(plantedISO)(),
		"host ledger":        one(),
		"journal export":     append(one(), one("--format", "json")...),
		"journal list":       append(one("--limit", "0"), one("--last4", "1111")...),
		"journal rotate-key": asked("01", ownOfWang)(),
		"journal show":       append(one("1"), one("4111111111111111")...),
		"journal totals":     one(),
		"journal verify":     one(),
		"keys erase":         nil, // TestKeysLeaveNothing
		"keys load":          nil, // the same
		"keys show":          one(),
		"man":                one(),
		"operator add":       asked("01", ownOfWang, firstOfLi, firstOfLi)("02", "--name", "Li", "--role", "cashier"),
		"operator list":      one(),
		"operator remove":    asked("01", ownOfWang)("02"),
		"operator reset":     asked("01", badPIN)("02"),
		"operator unlock":    asked("01", ownOfWang)("02"),
		"printer":            nil, // TestVirtualPrinter
		"receipts detect":    one(),
		"receipts preview":   append(one(), one("--trace", "1")...),
		"receipts printers":  one(),
		"receipts render": slices.Concat(one("--trace", "1"), one("--trace", "1", "--cardholder", "--format", "escpos", "--out", filepath.Join(dir, "slip.bin")),
			one("--trace", "1", "--format", "png", "--out", filepath.Join(dir, "slip.png")), one("--trace", "1", "--format", "pdf", "--out", filepath.Join(dir, "slip.pdf")), one("--trace", "1", "--format", "html"), one("--sample", "4111111111111111")),
		"receipts samples": one(),
		"receipts test":    one(),
		"report last":      one(),
		"report x":         one(),
		"report z":         one(),
	}
	for _, kind := range strings.Fields("afl aip atcap atr auc cid ctq cvm cvmr dol iad iso tcap tlv tsi ttq tvr") {
		all["decode "+kind] = append(one(plantedTLV), asked(plantedISO)()...)
	}
	return all
}

// A day with an operator, a card keyed, one swiped, one mistyped, one refused as a word of
// the dialogue, and the settlement.
func dayOfWang(t *testing.T, data string) {
	t.Helper()
	office{t, data}.does("Added: operator 01", []string{firstOfWang, firstOfWang}, "operator", "add", "01", "--name", "Wang", "--role", "supervisor")
	said, ok := dictated(t, data, "en", []string{
		"01", firstOfWang, ownOfWang, ownOfWang, "100.00",
		"12.34", "4111111111111111", "1230", "123", "", "",
		"5.00", plantedStripe, "", "",
		"7.00", "4111111111111112", "cancel", "cancel", "4111111111111111", "cancel",
		"settle", "17.34", "", "quit",
	}, "--plain", "--reader", "none")
	if !ok || strings.Count(said, "approved: Approved") < 2 || !strings.Contains(said, "Settled") {
		t.Fatalf("the day went otherwise: %v\n%s", ok, said)
	}
	if found := leaks([]byte(said), planted); len(found) > 0 {
		t.Errorf("the dialogue: %v", found)
	}
}

// TestCommandsLeakNothing runs every command over a day's folder and scans what it says on
// both streams; then all that was left: the folder, the paper, the log, the backup, and the
// folder restored from it.
func TestCommandsLeakNothing(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	data := filepath.Join(dir, "shop")
	dayOfWang(t, data)
	table := everyCommand(dir)
	var paths []string
	commands(func(c *cobra.Command) {
		if c.Runnable() && !c.HasSubCommands() {
			paths = append(paths, strings.TrimPrefix(c.CommandPath(), "vpos "))
		}
	})
	slices.Sort(paths) // a backup is made and read before it is restored
	slices.SortStableFunc(paths, func(a, b string) int { return makes(b) - makes(a) })
	total := 0
	for _, path := range paths {
		list, known := table[path]
		if !known {
			t.Errorf("%s: nobody has said what it may tell", path)
		}
		for _, s := range list {
			folder := data
			if s.other != "" {
				folder = s.other
			}
			said, _ := dictated(t, folder, "en", s.lines, append(strings.Fields(path), s.args...)...)
			if said == "" {
				t.Errorf("vpos %s says nothing", path)
			}
			if found := leaks([]byte(said), planted); len(found) > 0 {
				t.Errorf("vpos %s: %v", path, found)
			}
			total += len(said)
		}
	}
	t.Logf("%d commands said %d bytes", len(paths), total)
	for _, there := range []string{"shop.backup", "again/journal.db", "shop/log/vpos.log"} {
		if _, err := os.Stat(filepath.Join(dir, there)); err != nil {
			t.Errorf("%s: %v", there, err)
		}
	}
	gate(t, dir)
}

// makes puts what makes a file before what reads it.
func makes(path string) int {
	if path == "backup create" {
		return 1
	}
	return 0
}
