package kill

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"time"

	"vpos/reader"
	"vpos/txn"
	"vpos/txn/journal"
	"vpos/txn/proof"
)

// till is one terminal: a folder of its own, lived in by one process after the
// other.
type till struct {
	run      *run
	number   int
	terminal string // field 41
	dir      string
	config   string
	unmount  func() // nil unless the folder is a small file system of its own

	life  int           // lives so far
	shown []proof.Shown // by all lives
	steps map[txn.STAN]string
	said  strings.Builder // every line, for the search for card numbers
	told  told            // in this life
}

// smallDisk is enough for a run of some thousand kills and quick to fill.
const smallDisk = 48 << 20

// open makes the folder and the configuration. A small one is a file system of
// its own, if it may be.
func (t *till) open(small bool) error {
	t.steps = map[txn.STAN]string{}
	t.dir = filepath.Join(t.run.root, fmt.Sprintf("till-%d", t.number))
	t.config = t.dir + ".toml"
	if err := os.Mkdir(t.dir, 0o700); err != nil {
		return fmt.Errorf("make folder: %w", err)
	}
	if small {
		var err error
		if t.unmount, err = mountSmall(t.dir, smallDisk); err != nil {
			t.run.say("SKIPPED: full disk: a file system cannot be mounted here: %v", err)
		}
	}
	if err := os.WriteFile(t.config, []byte(config(t.terminal, t.run.host.address)), 0o600); err != nil {
		return fmt.Errorf("write configuration: %w", err)
	}
	return nil
}

// close unmounts the folder. With keep, what is in it is saved first.
func (t *till) close(keep bool) {
	if t.unmount == nil {
		return
	}
	if keep {
		_ = os.CopyFS(t.dir+"-kept", os.DirFS(t.dir)) // a help to a person, no more
	}
	t.unmount()
}

func (t *till) step(p string) string {
	return t.run.step(fmt.Sprintf("terminal %d life %d (%s)", t.number, t.life, p))
}

// start starts the terminal's next process.
func (t *till) start(p plan) (*process, error) {
	args := []string{"--plain", "--lang", "en", "--data", t.dir, "--config", t.config}
	if p.filter == "" {
		return launch(nil, t.run.Bin, args...)
	}
	return launch([]string{shimVariable + "=" + p.filter}, t.run.Shim, append([]string{t.run.Bin}, args...)...)
}

// hear takes note of what a terminal said: what it showed of money, and whether
// it fell over.
func (t *till) hear(step, line string) {
	t.said.WriteString(line + "\n")
	if broken(line) {
		t.run.report1(step, "%s", line)
	}
	t.told.hear(line)
	s, ok := outcome(line)
	if !ok {
		return
	}
	t.shown = append(t.shown, s)
	t.steps[s.Key.STAN] = step
}

// healing is how long a terminal may take to deliver what it owes and sell, when
// nothing is wrong any more.
const healing = 30 * time.Second

// telling is how long an idle terminal is left to itself: what the bank is still to
// hear of goes then, and nobody is told of it unless it takes long.
const telling = 500 * time.Millisecond

// heal starts the terminal on a world that works. It must deliver every reversal,
// sell once more, and end when its input does.
func (t *till) heal() {
	t.life++
	t.told = told{}
	step := t.step("healed")
	p, err := t.start(plan{})
	if err != nil {
		t.run.report1(step, "%v", err)
		return
	}
	c := cashier{dice: t.run.dice(t.number, t.life), dir: t.dir}
	sold, healed := false, false
	var rest <-chan time.Time
	for late := time.After(healing); !healed; {
		select {
		case line, ok := <-p.lines:
			if !ok {
				t.run.report1(step, "ended by itself: %s", t.lastWords())
				_, _ = p.end()
				return
			}
			t.hear(step, line)
			sold = sold || strings.HasPrefix(line, "approved:")
			if rest = nil; sold && strings.HasPrefix(line, "idle:") && !waiting(line) {
				rest = time.After(telling)
			} else if text, ok := c.answer(line); ok {
				p.say(text)
			}
		case <-rest:
			healed = true
		case <-late:
			t.run.report1(step, "nothing is wrong any more, and after %v it has not come to rest (sold: %v): %s", healing, sold, t.lastWords())
			_ = p.signal(os.Kill)
			healed = true
		}
	}
	_ = p.in.Close()
	lines, inTime := p.end()
	for _, l := range lines {
		t.hear(step, l)
	}
	if !inTime || p.cmd.ProcessState.ExitCode() > 0 {
		t.run.report1(step, "its input ended, and it did not (exit code %d)", p.cmd.ProcessState.ExitCode())
	}
}

// lastWords are the last lines it said.
func (t *till) lastWords() string {
	return strings.Join(last(strings.Split(t.said.String(), "\n"), 5), " / ")
}

// openJournal opens the journal of a folder in which no terminal runs.
func (t *till) openJournal(dir string) (*journal.Journal, error) {
	ctx := context.Background()
	keys, err := journal.OpenKeySource(ctx, journal.Training, dir, reader.Secret{})
	if err != nil {
		return nil, err
	}
	sealer, err := journal.NewSealer(ctx, keys)
	if err != nil {
		return nil, err
	}
	return journal.Open(ctx, journal.Options{
		Path: filepath.Join(dir, "journal.db"), Sealer: sealer, Terminal: t.terminal, Mode: journal.Training,
	})
}
