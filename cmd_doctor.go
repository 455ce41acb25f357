package main

import (
	"context"
	"encoding/json"
	"fmt"
	"io"
	"os"
	"time"

	"github.com/charmbracelet/x/term"
	"github.com/spf13/cobra"

	"vpos/tui/screen"
	"vpos/tui/words"
	"vpos/txn/health"
)

// The exit codes of the device check; 1 is a check that could not begin.
const (
	exitWarnings = 2
	exitFaults   = 3
)

// doctorCommand is the device check without a terminal.
func doctorCommand(s *settings) *cobra.Command {
	asJSON := false
	cmd := &cobra.Command{
		Use: "doctor", Short: "The device check: reader, printer, host, clock, disk and the rest", Args: cobra.NoArgs,
		Long: "Looks at everything a terminal needs, and says of each what was found, what was measured\n" +
			"and what to do. It makes nothing in a new folder, powers no card, asks for no passphrase,\n" +
			"and leaves a terminal that is running alone. A dead host costs five seconds.\n\n" +
			"The exit code is 0 when nothing is wrong, 2 when there are warnings, 3 when there is a fault,\n" +
			"and 1 when the check could not begin. With --json each finding has its stable code.",
		RunE: func(cmd *cobra.Command, _ []string) error { return runDoctor(cmd, *s, asJSON) },
	}
	cmd.Flags().BoolVar(&asJSON, "json", false, "for programs: one JSON document")
	cmd.Flags().StringVar(&s.reader, "reader", "", readerUsage)
	return cmd
}

func runDoctor(cmd *cobra.Command, s settings, asJSON bool) error {
	began := time.Now()
	p, err := readShop(s)
	if err != nil {
		return err
	}
	defer p.close()
	if s.reader != "" && !p.config.SetReader(s.reader) {
		return advise(words.ReaderUnknown, p.lang, nil)
	}
	if p.dialect, err = dialect(p.config.Host, p.lang); err != nil {
		return err
	}
	out := cmd.OutOrStdout()
	list := []health.Finding{screenOf(os.Stdin, os.Stdout)}
	tell := func(f health.Finding) { list = append(list, f) }
	if !asJSON {
		tell = func(f health.Finding) { list = append(list, f); sayFinding(out, f, p.lang) }
		sayFinding(out, list[0], p.lang)
	}
	(&doctor{shop: p, began: began}).Check(cmd.Context(), tell)
	if cmd.Context().Err() != nil {
		return context.Cause(cmd.Context()) //nolint:wrapcheck // the signal that ended it
	}
	if asJSON {
		if err := writeFindings(out, list); err != nil {
			return err
		}
	} else {
		fmt.Fprintln(out, words.DoctorSummary(list, p.lang))
		fmt.Fprintln(out, words.ProgramHonest.In(p.lang))
	}
	switch health.Worst(list) {
	case health.Fault:
		return exit(exitFaults)
	case health.Warning:
		return exit(exitWarnings)
	case health.NotApplicable, health.Good:
	}
	return nil
}

// screenOf is the finding of the terminal a command has.
func screenOf(in, out *os.File) health.Finding {
	return sizeOf(out, func() int { return ambiguousWidth(in, out) })
}

// sizeOf is the finding of a terminal whose glyphs somebody else measures.
func sizeOf(out *os.File, ambiguous func() int) health.Finding {
	columns, lines, err := term.GetSize(out.Fd())
	if err != nil || columns == 0 || lines == 0 {
		return found(health.ScreenNone, health.NotApplicable)
	}
	return health.OfScreen(columns, lines, screen.MinWidth, screen.MinHeight, ambiguous())
}

// sayFinding prints a finding and, on the next line, what to do.
func sayFinding(w io.Writer, f health.Finding, l words.Lang) {
	fmt.Fprintln(w, words.FindingLine(f, l))
	if next := words.ForFinding(f.Code).Next; !next.Empty() {
		fmt.Fprintln(w, "    "+next.In(l))
	}
}

// findingsJSON is the document of --json. Names and codes are stable; an object may
// gain members.
type findingsJSON struct {
	Outcome  string        `json:"outcome"` // the worst
	Findings []findingJSON `json:"findings"`
}

type findingJSON struct {
	Device  string         `json:"device"`
	Code    string         `json:"code"`
	Outcome string         `json:"outcome"`
	TookUS  int64          `json:"took_us"`
	Figures map[string]any `json:"figures,omitempty"`
}

func writeFindings(w io.Writer, list []health.Finding) error {
	health.Sort(list)
	doc := findingsJSON{Outcome: health.Worst(list).String()}
	for _, f := range list {
		one := findingJSON{Device: string(f.Subject()), Code: string(f.Code), Outcome: f.Outcome.String(), TookUS: f.Took.Microseconds()}
		for _, figure := range f.Figures {
			if one.Figures == nil {
				one.Figures = map[string]any{}
			}
			if one.Figures[string(figure.Name)] = figure.Number; figure.Text != "" {
				one.Figures[string(figure.Name)] = figure.Text
			}
		}
		doc.Findings = append(doc.Findings, one)
	}
	e := json.NewEncoder(w)
	e.SetIndent("", "  ")
	if err := e.Encode(doc); err != nil {
		return fmt.Errorf("write: %w", err)
	}
	return nil
}

// exit is an error that has been told already: all that is left of it is the code.
type exit int

func (e exit) Error() string { return fmt.Sprintf("exit %d", int(e)) }
