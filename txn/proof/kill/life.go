package kill

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"syscall"
	"time"

	"vpos/txn"
	"vpos/txn/journal"
)

// lifetime bounds a life whose end never comes.
const lifetime = 2500 * time.Millisecond

// live is one process of the terminal, from its start to its end by force, and a
// look at what it left.
func (t *till) live() {
	t.life++
	t.run.lives.Add(1)
	dice := t.run.dice(t.number, t.life)
	p := newPlan(dice).withTrouble(dice, t.unmount != nil, t.run.Shim != "" && canFail, size(filepath.Join(t.dir, "journal.db")))
	step := t.step(p.String())
	proc, err := t.start(p)
	if err != nil {
		t.run.report1(step, "%v", err)
		return
	}
	defer t.free()
	first := len(t.shown)
	t.told = told{}
	state, ended := t.converse(step, proc, p, &cashier{dice: dice, dir: t.dir})
	switch {
	case ended && p.trouble != noTrouble:
		t.run.refused.Add(1)
	case ended:
		t.run.report1(step, "ended by itself: %s", t.lastWords())
	default:
		t.run.kills.Add(1)
	}
	t.run.count(t.told)
	t.autopsy(step, state, first)
}

// converse sells until the plan ends the life, and gives the state said last.
// ended means that the process ended before it was killed.
func (t *till) converse(step string, proc *process, p plan, c *cashier) (state string, ended bool) {
	over := time.After(lifetime)
	var fire <-chan time.Time
	full := p.trouble != diskFull
	for {
		select {
		case line, ok := <-proc.lines:
			if !ok {
				proc.end()
				return state, true
			}
			t.hear(step, line)
			state, _, _ = strings.Cut(line, ":")
			if !full && state == "cvv" {
				full = true
				fill(t.dir, p.slack)
			}
			if text, ok := c.answer(line); ok {
				proc.say(text)
			}
			if p.state != "" && p.state != state {
				continue
			}
			if p.nth--; p.nth == 0 {
				fire = time.After(p.delay)
			}
		case <-fire:
			return t.kill(step, proc, p.signal, state)
		case <-over:
			return t.kill(step, proc, syscall.SIGKILL, state)
		}
	}
}

// kill ends the process and hears its last words.
func (t *till) kill(step string, proc *process, s syscall.Signal, state string) (string, bool) {
	reached := proc.signal(s)
	lines, inTime := proc.end()
	for _, l := range lines {
		t.hear(step, l)
		state, _, _ = strings.Cut(l, ":")
	}
	if !inTime {
		t.run.report1(step, "did not end on %v in %v", s, patience)
	}
	return state, !reached || !proc.died(s)
}

// autopsy opens a copy of the journal a killed process left: the next process
// must find it as it is. Whatever was shown as approved must be there already.
// On the way it notes how far the last transaction had come.
func (t *till) autopsy(step, state string, first int) {
	dir, err := os.MkdirTemp(t.run.root, "copy-")
	if err != nil {
		t.run.report1(step, "%v", err)
		return
	}
	defer func() { _ = os.RemoveAll(dir) }()
	for _, name := range []string{"journal.db", "journal.db-wal", "journal.db-journal", "journal.key"} {
		if err := copyFile(filepath.Join(t.dir, name), filepath.Join(dir, name)); err != nil {
			t.run.report1(step, "%v", err)
			return
		}
	}
	j, err := t.openJournal(dir)
	if err != nil {
		t.run.report1(step, "the journal it left does not open: %v", err)
		return
	}
	defer func() { _ = j.Close() }() // a copy
	list, err := j.Transactions(context.Background(), journal.Filter{})
	if err != nil {
		t.run.report1(step, "the journal it left cannot be read: %v", err)
		return
	}
	for _, s := range t.shown[first:] {
		at := find(list, s.Key.STAN)
		stands := at != nil && (at.Status == txn.Approved || at.Status == txn.Voided) && (at.Amount == s.Amount || tipped(list, at.STAN)) ||
			at != nil && at.Status == txn.Refused
		if s.Status == txn.Approved && !stands {
			t.run.report1(step, "vanished: STAN %s shown as approved for %s, and the journal it left does not say so", s.Key.STAN, s.Amount)
		}
	}
	t.run.phase(t.phaseOf(state, list))
}

// phaseOf says how far the newest transaction had come when the life ended.
func (t *till) phaseOf(state string, list []journal.Summary) string {
	if len(list) == 0 {
		return "before INTENT"
	}
	x := list[0]
	_, seen := t.steps[x.STAN]
	switch {
	case x.Status == txn.Open:
		return "INTENT, no outcome"
	case x.Status == txn.ReversalPending:
		return "reversal pending"
	case x.Status == txn.Approved && !seen:
		return "approved, not shown"
	case x.Status == txn.Approved && x.Printed == 0:
		return "shown, no slip recorded"
	case x.Owed():
		return "between the slips"
	case state == "processing" || state == "confirm":
		return "before INTENT"
	}
	return "at rest"
}

func (r *run) phase(name string) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.phases[name]++
}

// find is the newest transaction of a trace number. A line of the dialogue does
// not name the batch.
func find(list []journal.Summary, stan txn.STAN) *journal.Summary {
	for i := range list {
		if list[i].STAN == stan {
			return &list[i]
		}
	}
	return nil
}

// tipped reports whether a tip was added to a sale: it came to another amount before.
func tipped(list []journal.Summary, stan txn.STAN) bool {
	return slices.ContainsFunc(list, func(s journal.Summary) bool {
		return s.Kind == txn.Tip && s.Of != nil && s.Of.STAN == stan
	})
}

// copyFile copies a file; one that is not there needs no copy.
func copyFile(from, to string) error {
	b, err := os.ReadFile(from) //nolint:gosec // a file of the folder under proof
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	if err == nil {
		err = os.WriteFile(to, b, 0o600) //nolint:gosec // a folder of our own making
	}
	if err != nil {
		return fmt.Errorf("copy: %w", err)
	}
	return nil
}

// size is a file's, 0 when there is none.
func size(path string) int64 {
	info, err := os.Stat(path)
	if err != nil {
		return 0
	}
	return info.Size()
}
