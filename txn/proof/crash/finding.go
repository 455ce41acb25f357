package crash

import "fmt"

// Kind says what a cut did to the money.
type Kind string

// The kinds of finding, as the figure counts them.
const (
	Lost    Kind = "lost"    // an acknowledged row is not there
	Doubled Kind = "doubled" // a row is there that was refused, or twice
	Corrupt Kind = "corrupt" // a row is not what was written, or the file cannot be used
)

// Finding is one thing found wrong after one cut.
type Finding struct {
	Kind Kind
	Text string
	Seed uint64 // of the history
	At   Point  // where the power was cut
}

// Point names a cut within a history: the operation it came before, and which of
// the cuts there.
type Point struct{ Op, Cut int }

// String is the form the command line takes.
func (p Point) String() string { return fmt.Sprintf("%d.%d", p.Op, p.Cut) }

func (f *Finding) Error() string { return fmt.Sprintf("%s: %s", f.Kind, f.Text) }

func lost(format string, args ...any) *Finding {
	return &Finding{Kind: Lost, Text: fmt.Sprintf(format, args...)}
}

func doubled(format string, args ...any) *Finding {
	return &Finding{Kind: Doubled, Text: fmt.Sprintf(format, args...)}
}

func corrupt(format string, args ...any) *Finding {
	return &Finding{Kind: Corrupt, Text: fmt.Sprintf(format, args...)}
}
