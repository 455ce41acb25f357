package main

import (
	"fmt"
	"io"
	"strconv"
	"strings"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"vpos/tui/keypad"
	"vpos/tui/words"
)

// manCommand writes the manual page. It is made from the commands, their flags and the
// table of keys, so that it cannot promise what does not work.
func manCommand() *cobra.Command {
	return &cobra.Command{
		Use: "man", Short: "The manual page: vpos man > vpos.1, or vpos man | man -l -", Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			p := manPage{w: cmd.OutOrStdout()}
			p.whole(cmd.Root())
			if p.err != nil {
				return fmt.Errorf("write: %w", p.err)
			}
			return nil
		},
	}
}

// manPage writes man(7) macros; the first error stops it.
type manPage struct {
	w   io.Writer
	err error
}

func (p *manPage) line(format string, args ...any) {
	if p.err == nil {
		_, p.err = fmt.Fprintf(p.w, format+"\n", args...)
	}
}

// roff makes a text harmless: a backslash and a minus are not taken for something else,
// and no line begins a request.
func roff(text string) string {
	text = strings.NewReplacer(`\`, `\e`, `-`, `\-`).Replace(text)
	if strings.HasPrefix(text, ".") || strings.HasPrefix(text, "'") {
		text = `\&` + text
	}
	return text
}

// text writes paragraphs: an empty line parts them, one that is indented stays as it is.
func (p *manPage) text(text string) {
	for line := range strings.Lines(strings.TrimSpace(text)) {
		switch line = strings.TrimRight(line, "\n"); {
		case line == "":
			p.line(".PP")
		case strings.HasPrefix(line, "  "):
			p.line(".nf\n%s\n.fi", roff(line))
		default:
			p.line("%s", roff(line))
		}
	}
}

func (p *manPage) whole(root *cobra.Command) {
	p.line(`.TH VPOS 1 "" "vpos %s" "vpos"`, roff(buildVersion()))
	p.line(".SH NAME\nvpos \\- %s", roff(strings.ToLower(root.Short[:1])+root.Short[1:]))
	p.line(".SH SYNOPSIS\n.B vpos\n[\\fIflags\\fR]\n.br\n.B vpos\n\\fIcommand\\fR [\\fIarguments\\fR] [\\fIflags\\fR]")
	p.line(".SH DESCRIPTION")
	p.text(root.Long)
	p.line(".SH OPTIONS\nThose every command has:")
	p.flags(root.PersistentFlags())
	p.line(".PP\nAnd those of the terminal itself:")
	p.flags(root.LocalNonPersistentFlags())
	p.line(".SH COMMANDS")
	p.commands(root)
	p.keys()
	p.ending()
}

// commands writes every command below one, and those below them.
func (p *manPage) commands(parent *cobra.Command) {
	for _, c := range parent.Commands() {
		if !c.IsAvailableCommand() {
			continue
		}
		if c.Runnable() {
			use := strings.TrimPrefix(c.UseLine(), "vpos ")
			p.line(".SS \"%s\"", roff(strings.TrimSuffix(use, " [flags]")))
			p.text(strings.TrimSuffix(c.Short, ".") + ".")
			if c.Long != "" {
				p.line(".PP")
				p.text(c.Long)
			}
			p.flags(c.LocalFlags())
		}
		p.commands(c)
	}
}

func (p *manPage) flags(set *pflag.FlagSet) {
	set.VisitAll(func(f *pflag.Flag) {
		if f.Hidden || f.Name == "help" {
			return
		}
		kind, usage := pflag.UnquoteUsage(f)
		name := `\fB\-\-` + roff(f.Name) + `\fR`
		if kind != "" {
			name += `=\fI` + roff(kind) + `\fR`
		}
		if d := f.DefValue; d != "" && d != "false" && d != "[]" && d != "0s" && d != "0" {
			usage += " (default: " + d + ")"
		}
		p.line(".TP\n%s\n%s", name, roff(usage))
	})
}

// keys is the menu with its letters and its words, as on the screen.
func (p *manPage) keys() {
	p.line(".SH KEYS")
	p.text("Digits, point, Enter, Esc, Backspace and the arrows do everything. M or the arrow down opens the\n" +
		"menu, where digits lead to every item; letters are shortcuts, and the words are for --plain.")
	for _, b := range keypad.Leaves() {
		names := []string{`\fB` + roff(b.Item) + `\fR`}
		for _, k := range b.Keys {
			if len(k) == 1 {
				names = append(names, `\fB`+roff(k)+`\fR`)
			}
		}
		if b.Plain != "" {
			names = append(names, `\fI`+roff(b.Plain)+`\fR`)
		}
		p.line(".TP\n%s\n%s", strings.Join(names, ", "), roff(b.Help.In(words.EN)))
	}
}

func (p *manPage) ending() {
	p.line(".SH FILES")
	for _, f := range [][2]string{
		{"$XDG_STATE_HOME/vpos/training, …/live", "what a run keeps, unless --data names another folder: journal.db, journal.key, host.db, receipts, reports, log"},
		{"log/vpos.log", "the log, masked; it is turned over at 2 MB"},
		{sightingsName, "the SHA-256 of each version of the program that was seen on the folder first"},
	} {
		p.line(".TP\n.I %s\n%s", roff(f[0]), roff(f[1]))
	}
	p.line(".SH EXIT STATUS\n.TP\n.B 0\nall went well\n.TP\n.B 1\nit did not, and standard error says why and what to do")
	p.line(".TP\n.B %s\nvpos doctor found something to note", strconv.Itoa(exitWarnings))
	p.line(".TP\n.B %s\nvpos doctor found a fault", strconv.Itoa(exitFaults))
	p.line(".TP\n.B 128+N\nsignal N ended it")
	p.line(".SH NOTES")
	p.text("vpos is not EMVCo-approved, not P2PE and not PTS. A live acquirer must certify its own terminals.")
}
