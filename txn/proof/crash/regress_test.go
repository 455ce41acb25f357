package crash

import (
	"context"
	"errors"
	"slices"
	"syscall"
	"testing"
	"time"

	"vpos/txn"
	"vpos/txn/journal"
)

// What earlier versions of the journal lost, without the luck of a seed.

// terminal is a journal on a disk, for one test.
type terminal struct {
	*testing.T
	disk *Disk
	opt  journal.Options
	stan txn.STAN
}

func newTerminal(t *testing.T) *terminal {
	t.Helper()
	d := NewDisk()
	name, forget := d.Register()
	t.Cleanup(forget)
	return &terminal{T: t, disk: d, opt: journal.Options{
		Path: "/journal.db", Sealer: sealer(), Terminal: terminalID, Mode: journal.Training, VFS: name,
	}}
}

// start opens the journal and wants so many rows in it.
func (t *terminal) start(rows int64) *journal.Journal {
	t.Helper()
	j, err := journal.Open(context.Background(), t.opt)
	if err != nil {
		t.Fatal(err)
	}
	if seq, _ := j.Head(); seq != rows {
		t.Fatalf("%d rows, want %d", seq, rows)
	}
	return j
}

func (t *terminal) append(j *journal.Journal) error {
	t.stan++
	return j.Append(context.Background(), time.Unix(1, 0), []txn.Record{{Type: txn.RecIntent, Txn: sale(1, t.stan, 1)}})
}

// kill ends the process now.
func (t *terminal) kill(j *journal.Journal) {
	t.disk.Kill()
	_ = j.Close()
}

// survives wants one of these numbers of rows after any power cut.
func (t *terminal) survives(rows ...int64) {
	t.Helper()
	for seed := range uint64(60) {
		after := t.disk.Cut(dice(seed, 3))
		name, forget := after.Register()
		opt := t.opt
		opt.VFS = name
		j, err := journal.Open(context.Background(), opt)
		if err != nil {
			t.Fatalf("cut %d: %v", seed, err)
		}
		if seq, _ := j.Head(); !slices.Contains(rows, seq) {
			t.Fatalf("cut %d: %d rows, want %d", seed, seq, rows)
		}
		after.Kill()
		_ = j.Close()
		forget()
	}
}

// A process is killed before it has synced a commit. The next one reads that
// commit, and shows it; so it must be on the disk by then.
func TestKilledThenCut(test *testing.T) {
	t := newTerminal(test)
	j := t.start(0)
	if err := t.append(j); err != nil {
		t.Fatal(err)
	}
	t.disk.Before = func(op Op) {
		if op.Kind == OpSync {
			t.disk.Before = nil
			t.disk.Lies = func(Op) bool { return true } // the call is never made
			t.disk.Kill()
		}
	}
	_ = t.append(j)
	t.kill(j)
	t.disk.Lies = nil
	t.start(2)
	t.survives(2)
}

// A sync fails for good, and the process ends in doubt: the journal has tried to
// bury the row, and that was not synced either. The next process reads the log
// from the system's memory, where it stays though no disk takes it, and appends
// behind it.
func TestFailedSyncThenCut(test *testing.T) {
	t := newTerminal(test)
	j := t.start(0)
	if err := t.append(j); err != nil {
		t.Fatal(err)
	}
	t.disk.Fault = func(op Op) Fault {
		if op.Kind == OpSync {
			return Fault{Err: syscall.EIO}
		}
		return Fault{}
	}
	if err := t.append(j); !errors.Is(err, journal.ErrFate) {
		t.Fatal(err)
	}
	t.disk.Fault = nil
	t.kill(j)
	j = t.start(1)
	if err := t.append(j); err != nil {
		t.Fatal(err)
	}
	t.survives(2)
}

// The same on a log that was emptied, whose first page cannot be synced, so that
// the row is not buried. No copying of it into the database may begin before the log it is
// copied from is on the disk: the copy may be cut short.
func TestFailedSyncThenCutStart(test *testing.T) {
	t := newTerminal(test)
	j := t.start(0)
	if err := j.Shred(context.Background(), 999_999); err != nil {
		t.Fatal(err)
	}
	syncs := 0
	t.disk.Fault = func(op Op) Fault {
		if op.Kind == OpSync {
			if syncs++; syncs > 1 {
				return Fault{Err: syscall.EIO}
			}
		}
		return Fault{}
	}
	if err := t.append(j); !errors.Is(err, journal.ErrFate) {
		t.Fatal(err)
	}
	t.disk.Fault = nil
	t.kill(j)
	t.disk.Before = func(Op) { t.survives(0, 1) }
	j = t.start(1)
	t.disk.Before = func(Op) { t.survives(1) }
	if err := j.Close(); err != nil {
		t.Fatal(err)
	}
}
