package crash

import (
	"bytes"
	"context"
	"testing"
	"time"

	"vpos/txn"
	"vpos/txn/journal"
)

// TestCrash is a share of what the command does. Seeds are fixed, the time is
// not: how far it comes is the machine's business.
func TestCrash(t *testing.T) {
	long := 12 * time.Second
	if testing.Short() || raced {
		long = 3 * time.Second
	}
	r := Run(Options{Seed: 1, For: long, Workers: 2})
	t.Log(r)
	for _, f := range r.Findings {
		t.Errorf("%s\n  replay: %s", f.Error(), f.Replay())
	}
	if r.Cuts == 0 || r.Acked == 0 {
		t.Error("nothing was cut")
	}
}

// A history is the same each time, or a seed replays nothing.
func TestReplayIsTheSame(t *testing.T) {
	play := func() (lines []string) {
		only := Point{-1, 0}
		Play(Config{Seed: 21, Only: &only, Trace: func(l string) { lines = append(lines, l) }})
		return lines
	}
	first, second := play(), play()
	if len(first) < 100 || len(first) != len(second) {
		t.Fatalf("%d and %d lines", len(first), len(second))
	}
	for i := range first {
		if first[i] != second[i] {
			t.Fatalf("line %d: %q and %q", i, first[i], second[i])
		}
	}
}

// A drive that lies about its syncs must be noticed: else the cuts cut nothing.
func TestLyingDriveIsNoticed(t *testing.T) {
	r := Run(Options{Seed: 2, Plays: 2, Lies: func(op Op) bool { return op.Kind == OpSync && base(op.File) == "journal.db-wal" }})
	if r.Count(Lost) == 0 {
		t.Errorf("%s", r)
	}
}

// The second terminal on a disk is refused, and a killed one's lock is gone.
func TestOneOwner(t *testing.T) {
	d := NewDisk()
	name, forget := d.Register()
	defer forget()
	opt := journal.Options{Path: "/journal.db", Sealer: sealer(), Terminal: terminalID, Mode: journal.Training, VFS: name}
	first, err := journal.Open(context.Background(), opt)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := journal.Open(context.Background(), opt); err == nil {
		t.Fatal("two owners")
	}
	d.Kill()
	if err := first.Append(context.Background(), time.Unix(1, 0), []txn.Record{{Type: txn.RecIntent, Txn: sale(1, 1, 1)}}); err == nil {
		t.Error("a dead process wrote")
	}
	_ = first.Close()
	second, err := journal.Open(context.Background(), opt)
	if err != nil {
		t.Fatal(err)
	}
	_ = second.Close()
}

// cuts draws many cuts of one file and lists what was found.
func cuts(t *testing.T, d *Disk, name string) map[string]int {
	t.Helper()
	seen := map[string]int{}
	for i := range uint64(2000) {
		n := d.Cut(dice(i, 0)).names[name]
		if n == nil {
			seen["gone"]++
			continue
		}
		seen[string(n.live)]++
	}
	return seen
}

// The model itself: what is sure, what is not, and what comes back.
func TestDisk(t *testing.T) {
	old, young := bytes.Repeat([]byte("o"), 2*sectorSize), bytes.Repeat([]byte("y"), 2*sectorSize)
	d := NewDisk()
	n := d.create("f")
	n.write(0, old)
	n.sync()
	if seen := cuts(t, d, "f"); seen["gone"] == 0 || seen[string(old)] == 0 || len(seen) != 2 {
		t.Errorf("a synced file without a synced name: %d ways", len(seen))
	}
	_ = d.SyncDir("")
	if seen := cuts(t, d, "f"); len(seen) != 1 || seen[string(old)] == 0 {
		t.Errorf("a synced file: %d ways", len(seen))
	}
	n.write(0, young)
	seen := cuts(t, d, "f")
	half := string(old[:sectorSize]) + string(young[sectorSize:])
	if seen[string(old)] == 0 || seen[string(young)] == 0 || seen[half] == 0 || len(seen) < 20 {
		t.Errorf("an unsynced write: %d ways", len(seen))
	}
	d.unlink("f")
	if seen := cuts(t, d, "f"); seen["gone"] == 0 || len(seen) < 3 {
		t.Errorf("an unsynced unlink: %d ways", len(seen))
	}
}

// After a failed sync a later one covers only what was written again.
func TestFailedSync(t *testing.T) {
	d := NewDisk()
	n := d.create("f")
	_ = d.SyncDir("")
	n.write(0, bytes.Repeat([]byte("a"), pageSize))
	n.write(pageSize, bytes.Repeat([]byte("b"), pageSize))
	n.syncFailed()
	n.write(0, []byte("c"))
	n.sync()
	for content := range cuts(t, d, "f") {
		if content[:2] != "ca" {
			t.Fatalf("the page that was written again begins with %q", content[:2])
		}
	}
	if len(cuts(t, d, "f")) < 3 {
		t.Error("the page that was not written again is sure")
	}
}
