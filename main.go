// Command vpos is a virtual POS terminal in a terminal window.
//
// This package is the command line: it parses, loads, wires and runs. Cards are
// known to package reader and those below it, money to txn, paper to receipts,
// people to tui.
package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"os"
	"os/signal"
	"path/filepath"
	"runtime/debug"
	"strings"
	"syscall"
	"unicode"

	"charm.land/fang/v2"
	"github.com/spf13/cobra"

	"vpos/reader"
	"vpos/tui/words"
)

func main() {
	hardenProcess()
	os.Exit(run())
}

// version is set by the build; empty in a build from source.
var version string

// run is main with its exit code: 0, 1 after an error that was printed, or 128
// plus the signal that ended it.
func run() int {
	ctx, stop := withSignals(context.Background())
	defer stop()
	root, s := rootCommand()
	var failed error
	keepErrors(root, &failed)
	err := fang.Execute(ctx, root, fang.WithVersion(buildVersion()), fang.WithoutManpage(), fang.WithErrorHandler(s.printMisuse))
	var ended signalled
	var told exit
	switch {
	case errors.As(context.Cause(ctx), &ended):
		return 128 + int(ended.Signal)
	case errors.As(failed, &told):
		return int(told)
	case failed != nil:
		printError(os.Stderr, failed)
		printDetails(os.Stderr, failed, *s.folder)
		return 1
	case err != nil:
		return 1
	}
	return 0
}

// keepErrors has every command below root leave its error in failed. Fang asks
// the terminal for its colours before it lets an error be printed, and a terminal
// that does not answer keeps it waiting for seconds.
func keepErrors(root *cobra.Command, failed *error) {
	for _, sub := range root.Commands() {
		keepErrors(sub, failed)
	}
	if do := root.RunE; do != nil {
		root.RunE = func(cmd *cobra.Command, args []string) error {
			*failed = do(cmd, args)
			return nil
		}
	}
}

// printMisuse says what is wrong with the flags or the words of a command.
func (s *settings) printMisuse(w io.Writer, _ fang.Styles, err error) {
	var said advised
	if errors.As(err, &said) {
		printError(w, said)
		return
	}
	printError(w, advise(words.Misuse, s.spoken(), err))
}

// signalled is why a context ended.
type signalled struct{ syscall.Signal }

func (s signalled) Error() string { return "ended by " + s.String() }

// withSignals ends the context on SIGINT, SIGTERM and SIGHUP: the terminal is put
// back as it was, rows under way are finished, and what is on the link is
// reversed by the next start.
func withSignals(parent context.Context) (context.Context, func()) {
	ctx, cancel := context.WithCancelCause(parent)
	c := make(chan os.Signal, 1)
	signal.Notify(c, os.Interrupt, syscall.SIGTERM, syscall.SIGHUP)
	go func() {
		for s := range c {
			if number, ok := s.(syscall.Signal); ok {
				cancel(signalled{number})
			}
		}
	}()
	return ctx, func() { signal.Stop(c); close(c); cancel(nil) }
}

// settings are the flags every command has.
type settings struct {
	config string
	data   string
	lang   string
	plain  bool
	reader string
	folder *string // where the run keeps things, once it does: for the last word of a failure
}

func rootCommand() (*cobra.Command, *settings) {
	s := settings{folder: new(string)}
	root := &cobra.Command{
		Use:   "vpos",
		Short: "A point-of-sale terminal in a terminal window",
		Long: "vpos takes card payments the way the box on the counter does: type an amount,\n" +
			"present a card, wait for the bank, tear off the slip.\n\n" +
			"Without a configuration it is a training terminal with a host of its own: no\n" +
			"real money moves. It is not EMVCo-approved, not P2PE and not PTS.",
		Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error { return runTerminal(cmd.Context(), s) },
	}
	flags := root.PersistentFlags()
	flags.StringVar(&s.config, "config", "", "configuration file; it alone can make the terminal live")
	flags.StringVar(&s.data, "data", "", "folder for everything a run keeps (default: one in the user's state folder)")
	flags.StringVar(&s.lang, "lang", "", "screen language: zh or en (default: the configuration, then the locale)")
	root.Flags().BoolVar(&s.plain, "plain", false, "a line dialogue instead of the screen: for screen readers, serial lines, pipes")
	root.Flags().StringVar(&s.reader, "reader", "", readerUsage)
	root.AddCommand(hostCommand(&s), journalCommand(&s), configCommand(&s), decodeCommand(&s), cardCommand(&s), keysCommand(&s), reportCommand(&s), backupCommand(&s),
		operatorCommand(&s), goodsCommand(&s), auditCommand(&s), doctorCommand(&s), receiptsCommand(&s), printerCommand(&s), manCommand())
	parents(root, &s)
	completions(root)
	root.SetVersionTemplate(versionText())
	return root, &s
}

const readerUsage = "where chips are read: auto, none, deck[:CARD] or pcsc[:NAME] (default: the configuration)"

// parents has every command that holds others refuse a word that is none of them.
// One that does nothing else lists them.
func parents(cmd *cobra.Command, s *settings) {
	for _, sub := range cmd.Commands() {
		parents(sub, s)
	}
	if !cmd.HasSubCommands() {
		return
	}
	cmd.Args = known(s)
	if !cmd.Runnable() {
		cmd.RunE = func(cmd *cobra.Command, _ []string) error { return cmd.Help() }
	}
}

// known refuses a word that is none of a command's own commands, and names those.
// What is no word at all is not repeated: it may be a card's.
func known(s *settings) cobra.PositionalArgs {
	return func(cmd *cobra.Command, args []string) error {
		if len(args) == 0 {
			return nil
		}
		lang := s.spoken()
		var names []string
		for _, sub := range cmd.Commands() {
			if sub.IsAvailableCommand() && sub.Name() != "completion" {
				names = append(names, sub.Name())
			}
		}
		word := "…"
		if !strings.ContainsFunc(args[0], func(r rune) bool { return r != '-' && !unicode.IsLetter(r) }) {
			word = args[0]
		}
		return advised{
			headline: words.NoSubcommand.Fill(lang, cmd.CommandPath(), word),
			next:     words.Subcommands.Fill(lang, strings.Join(names, ", ")),
		}
	}
}

// spoken is the language of a word about the call itself: a --lang that is one,
// or the locale's.
func (s *settings) spoken() words.Lang {
	if l, ok := words.ParseLang(s.lang); ok {
		return l
	}
	return words.FromEnv(os.LookupEnv)
}

// language is the screen language: the flag, then the configuration's, then the
// locale's.
func (s settings) language(configured string) (words.Lang, error) {
	for _, choice := range []string{s.lang, configured} {
		if choice == "" || choice == "auto" {
			continue
		}
		l, ok := words.ParseLang(choice)
		if !ok {
			return words.EN, advise(words.LanguageUnknown, s.spoken(), fmt.Errorf("--lang %q: want zh or en", choice))
		}
		return l, nil
	}
	return words.FromEnv(os.LookupEnv), nil
}

// printError is the last word of a command that failed: what is wrong and, on
// the next line, what to do.
func printError(w io.Writer, err error) {
	fmt.Fprintln(w, "vpos: "+reader.MaskText(reader.MaskHex(err.Error())))
	var a advised
	if errors.As(err, &a) && a.next != "" {
		fmt.Fprintln(w, "      "+a.next)
	}
}

// printDetails ends the word about a failure whose cause says nothing to the
// person: a code to tell the help line, and the log that has the cause. folder is
// the run's; empty when it keeps nothing.
func printDetails(w io.Writer, err error, folder string) {
	var a advised
	if !errors.As(err, &a) || !a.inward || folder == "" {
		return
	}
	if abs, err := filepath.Abs(folder); err == nil {
		folder = abs
	}
	line := words.FolderOf.Fill(a.lang, folder, a.code)
	if log, file, err := openLog(folder, slog.LevelError); err == nil {
		log.Error("failed", "code", a.code, "err", a.cause)
		if file.Close() == nil {
			line = words.DetailsIn.Fill(a.lang, file.path, a.code)
		}
	}
	fmt.Fprintln(w, "      "+line)
}

// advised is an error with a next step, in the person's language.
type advised struct {
	headline string
	next     string
	cause    error
	code     string // stable
	inward   bool   // the cause is for the log
	lang     words.Lang
}

// advise wraps an error in the catalogue's words for it.
func advise(f words.Failure, l words.Lang, cause error) error {
	return advised{
		headline: f.Headline.In(l), next: f.Next.In(l), cause: cause, code: f.Code, inward: f.Inward, lang: l,
	}
}

func (a advised) Error() string {
	if a.cause == nil || a.inward {
		return a.headline
	}
	if a.lang == words.ZH {
		return a.headline + "：" + a.cause.Error()
	}
	return a.headline + ": " + a.cause.Error()
}

func (a advised) Unwrap() error { return a.cause }

func buildVersion() string {
	if version != "" {
		return version
	}
	if info, ok := debug.ReadBuildInfo(); ok && info.Main.Version != "" {
		return info.Main.Version
	}
	return "unknown (built from source)"
}
