package kill

import (
	"fmt"
	"slices"
	"strings"
	"time"
)

// Finding is something that must not be.
type Finding struct {
	Step string // where in the run: round, terminal, life and how it ended
	Text string
}

// String is one line.
func (f Finding) String() string { return f.Step + ": " + f.Text }

// Report is what a run did. Findings are those of the first round that had any:
// the run ends there, since every later round would find them again.
type Report struct {
	Kills     int // terminals and hosts together
	HostKills int
	Lives     int // of terminals
	Refused   int // lives that ended by themselves, on a disk that failed
	Disk      int // lives that said that their disk fails, and went on
	Paper     int // lives that said that their printer fails, and went on
	Approved  int // by the journals, at the end
	Reversed  int // those the host had heard of
	Voided    int // sales taken back
	Tombs     int // those whose sale never reached the host
	Phases    map[string]int
	Findings  []Finding
	Elapsed   time.Duration
	Kept      string // the folders, if there are findings; otherwise they are gone
}

// Text is what a report comes to, a line each: what was hit, and the verdict
// last.
func (p Report) Text() string {
	var b strings.Builder
	names := make([]string, 0, len(p.Phases))
	for name := range p.Phases {
		names = append(names, name)
	}
	slices.Sort(names)
	for _, name := range names {
		fmt.Fprintf(&b, "kill: %5d lives ended %s\n", p.Phases[name], name)
	}
	fmt.Fprintf(&b, "kill: lives=%d host-kills=%d refused-by-disk=%d disk-failing=%d printer-failing=%d approved=%d voided=%d reversed=%d tombstones=%d seconds=%.1f\n",
		p.Lives, p.HostKills, p.Refused, p.Disk, p.Paper, p.Approved, p.Voided, p.Reversed, p.Tombs, p.Elapsed.Seconds())
	for _, f := range p.Findings {
		fmt.Fprintf(&b, "kill: VIOLATION %s\n", f)
	}
	fmt.Fprintf(&b, "kill: kills=%d violations=%d\n", p.Kills, len(p.Findings))
	return b.String()
}
