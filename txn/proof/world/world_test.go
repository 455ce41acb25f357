package world

import (
	"bufio"
	"os"
	"strconv"
	"strings"
	"testing"
	"time"

	"vpos/txn"
)

// TestMoney is tier 1's share of every test run; command sim is the whole of it.
func TestMoney(t *testing.T) {
	o := Options{First: 1, Seeds: 3000, For: 20 * time.Second}
	if testing.Short() {
		o.For = 3 * time.Second
	}
	r := Prove(o)
	t.Logf("%d scenarios, %d cuts, %d sales in %.1f s", r.Scenarios, r.Cuts, r.Sales, r.Seconds)
	for _, f := range r.Failures {
		t.Errorf("replay with: go run ./txn/proof/cmd/sim -seed %d -v\n%s", f.Seed, strings.Join(f.Texts, "\n"))
	}
	if r.Sales < 1000 || r.Cuts < 100 || r.HostCuts == 0 || r.Approved == 0 || r.Reversed == 0 || r.Voids < 100 || r.Voided == 0 {
		t.Errorf("nothing happened: %+v", r.Stats)
	}
	for _, k := range txn.Kinds() {
		if k != txn.Sale && !k.Managing() && r.Kinds.Of(k) == 0 {
			t.Errorf("nobody did a %s", k)
		}
	}
}

// TestRegressions plays the seeds that once found a bug; the file says which.
func TestRegressions(t *testing.T) {
	f, err := os.Open("testdata/seeds.txt")
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = f.Close() }()
	w := New(nil)
	for lines := bufio.NewScanner(f); lines.Scan(); {
		number, why, _ := strings.Cut(lines.Text(), " ")
		if number == "" || number == "#" {
			continue
		}
		seed, err := strconv.ParseUint(number, 10, 64)
		if err != nil {
			t.Fatal(err)
		}
		for _, v := range w.Run(seed) {
			t.Errorf("seed %d (%s): %s", seed, why, v)
		}
	}
}

// A seed is a world: the same again, event for event, whatever was run before.
func TestSameSeedSameWorld(t *testing.T) {
	for _, seed := range []uint64{1, 12, 31, 100} {
		var first, second strings.Builder
		New(&first).Run(seed)
		w := New(&second)
		w.trace = nil
		w.Run(seed + 5)
		w.trace = &second
		w.Run(seed)
		if first.String() != second.String() || first.Len() == 0 {
			t.Errorf("seed %d: two traces, of %d and %d bytes", seed, first.Len(), second.Len())
		}
	}
}

// A proof in which nothing breaks proves nothing: every fault, and everything
// the machine does about one, is met within a few seeds.
func TestEverythingBreaks(t *testing.T) {
	wanted := []string{
		"-- power cut", "-- host power cut", "written=true", "written=false", "link lost host.lost", "link lost host.garbage",
		"store failed INTENT", "store failed APPROVED", "store failed REVERSAL_PENDING", "store failed REVERSED", "store failed PRINTED",
		"print failed", "append LATE", "append DECLINED", "append FAILED", "append REPRINTED", "append WAIVED", "copy 4",
		"note host.stray", "hang up", "now tombstone", "now reversed", "now declined", "code 12", "code 94", "code 25", "reply reversal 000001 96",
		"look up", "send reversal 000001", "trouble=disk.failed", "send sale 999999", "append INTENT 000001", "duplicate=true", "send echo",
		"append ASKING", "append REFUSED", "ADJUSTED", "send refund", "send tip-adjust", "send offline-sale", "now held",
		"now noted", "send increment", "send pre-auth-void", "send completion ", "send completion-void", "send sign-off", "code 61", "code 10",
		"found hold true", "found hold false", "problem=hold.overrun", "problem=hold.other-card", "problem=tip.too-large", "problem=tip.not-sale",
		"problem=void.not-completion", "declined sale 0", "open offline", "send balance",
		"problem=staff.wrong", "problem=staff.not-super", "problem=staff.no-store", "vouch for void", "vouch for refund", "signed out idle", "drawer",
		"open=1 pending=0", "open=0 pending=1", "unprinted=2", "enter 4111111111111111",
	}
	missing := map[string]bool{}
	for _, word := range wanted {
		missing[word] = true
	}
	for seed := uint64(1); seed < 800 && len(missing) > 0; seed++ {
		var b strings.Builder
		New(&b).Run(seed)
		for word := range missing {
			if strings.Contains(b.String(), word) {
				delete(missing, word)
			}
		}
	}
	for word := range missing {
		t.Errorf("never seen: %s", word)
	}
}

// Whatever moment a sweep cuts, it reaches the last one.
func TestSweepCutsEverywhere(t *testing.T) {
	w := New(nil)
	before := w.Stats
	if found := w.Run(sweepEvery - 1); found != nil {
		t.Fatal(found)
	}
	if cuts, runs := w.Stats.Cuts-before.Cuts, w.Stats.Scenarios-before.Scenarios; runs < 20 || cuts < runs {
		t.Errorf("%d cuts in %d runs", cuts, runs)
	}
}

func BenchmarkSeeds(b *testing.B) {
	w := New(nil)
	seed := uint64(0)
	b.ReportAllocs()
	for b.Loop() {
		seed++
		if found := w.Run(seed); found != nil {
			b.Fatal(found)
		}
	}
	b.ReportMetric(float64(w.Stats.Sales)/b.Elapsed().Seconds(), "sales/s")
	b.ReportMetric(float64(w.Stats.Cuts)/b.Elapsed().Seconds(), "cuts/s")
}
