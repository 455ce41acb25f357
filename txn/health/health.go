// Package health is the vocabulary of the device check: what is looked at, how it
// fares, and stable codes for what was found. It is pure: it looks at nothing itself.
// The probes lie beside what they probe, and package tui/words has every code in both
// languages with what to do about it.
package health

import (
	"cmp"
	"slices"
	"time"
)

// Subject is what is looked at. The words are stable.
type Subject string

// The subjects.
const (
	Reader   Subject = "reader"
	Printer  Subject = "printer"
	Link     Subject = "link"
	Clock    Subject = "clock"
	Disk     Subject = "disk"
	Folder   Subject = "folder" // who may read the data
	Keychain Subject = "keychain"
	Journal  Subject = "journal"
	Screen   Subject = "screen"
	Program  Subject = "program" // version and integrity
	Dumps    Subject = "dumps"   // core dumps
)

// Subjects lists all of them, in the order of the screen.
func Subjects() []Subject {
	return []Subject{Reader, Printer, Link, Clock, Disk, Folder, Keychain, Journal, Screen, Program, Dumps}
}

// Outcome is how a subject fares. Greater is worse.
type Outcome uint8

// The outcomes.
const (
	NotApplicable Outcome = iota // there is nothing to look at, or nobody may look now
	Good
	Warning // it works, and somebody should know
	Fault   // it does not work
)

// String is the stable word of an outcome.
func (o Outcome) String() string {
	switch o {
	case NotApplicable:
		return "n/a"
	case Good:
		return "ok"
	case Warning:
		return "warning"
	case Fault:
		return "fault"
	}
	return "?"
}

// Figure is something that was measured or read. Text, where it is not empty, counts
// instead of the number; it may be outside text.
type Figure struct {
	Name   Measure
	Number int64
	Text   string
}

// Measure names a figure. The words are stable.
type Measure string

// The measures; the unit of a number goes with its name.
const (
	Readers   Measure = "readers"
	Cards     Measure = "cards" // readers with a card in them
	Free      Measure = "free_bytes"
	Write     Measure = "write_us" // a small file written and synced, the slowest of some
	Connect   Measure = "connect_us"
	RoundTrip Measure = "round_trip_us"
	TLS       Measure = "tls"      // version
	Peer      Measure = "peer"     // the host's certificate: its subject
	Expires   Measure = "expires"  // and the day it ends
	Offset    Measure = "offset_s" // the host's clock less ours
	Jump      Measure = "jump_s"   // of our own clock since the start
	Columns   Measure = "columns"
	Lines     Measure = "lines"
	Ambiguous Measure = "ambiguous_cells" // of a glyph like ─
	Test      Measure = "test"            // a line for people to compare
	Records   Measure = "records"
	Head      Measure = "head" // of the hash chain, its first digits
	Pending   Measure = "pending_reversals"
	Owed      Measure = "owed_slips"
	Batch     Measure = "batch_count"
	BatchMax  Measure = "batch_max"
	Exposed   Measure = "exposed" // files that others may read
	Version   Measure = "version"
	Built     Measure = "built" // by which Go, for what
	SHA256    Measure = "sha256"
	First     Measure = "first_seen" // the day
	Answer    Measure = "answer"     // a response code
)

// Finding is what came of one check.
type Finding struct {
	Code    Code
	Outcome Outcome
	Figures []Figure
	Took    time.Duration
}

// Subject is what the finding is about.
func (f Finding) Subject() Subject { return f.Code.Subject() }

// With adds a number to a finding.
func (f Finding) With(m Measure, number int64) Finding {
	f.Figures = append(slices.Clone(f.Figures), Figure{Name: m, Number: number})
	return f
}

// Saying adds a text to a finding; an empty one adds nothing.
func (f Finding) Saying(m Measure, text string) Finding {
	if text == "" {
		return f
	}
	f.Figures = append(slices.Clone(f.Figures), Figure{Name: m, Text: text})
	return f
}

// Timed adds a duration in microseconds.
func (f Finding) Timed(m Measure, d time.Duration) Finding { return f.With(m, d.Microseconds()) }

// Worst is the worst outcome of a list; [NotApplicable] for none.
func Worst(list []Finding) Outcome {
	worst := NotApplicable
	for _, f := range list {
		worst = max(worst, f.Outcome)
	}
	return worst
}

// Sort puts findings in the order of the screen.
func Sort(list []Finding) {
	order := Subjects()
	slices.SortStableFunc(list, func(a, b Finding) int {
		return cmp.Compare(slices.Index(order, a.Subject()), slices.Index(order, b.Subject()))
	})
}
