package main

import (
	"fmt"
	"maps"
	"slices"
	"strings"
	"testing"

	"github.com/spf13/cobra"
)

// calls are the command lines of vpos on a page, and whether each is one to be typed as it
// stands; what is within a sentence may leave words out.
func (p page) calls() map[string]bool {
	calls := map[string]bool{}
	add := func(text string, whole bool) {
		text, _, _ = strings.Cut(text, " #")
		text = strings.TrimSuffix(strings.TrimPrefix(strings.TrimSpace(text), "source <("), ")")
		text, _, _ = strings.Cut(text, " | ")
		if text == "vpos" || strings.HasPrefix(text, "vpos ") {
			calls[strings.TrimSpace(text)] = whole
		}
	}
	text := p.text
	for _, block := range fenced.FindAllString(text, -1) {
		for line := range strings.Lines(block) {
			add(line, true)
		}
	}
	text = fenced.ReplaceAllString(text, "")
	for line := range strings.Lines(text) {
		if strings.HasPrefix(line, "    ") {
			add(line, true)
			continue
		}
		for _, m := range inline.FindAllStringSubmatch(line, -1) {
			add(m[1], false)
		}
	}
	return calls
}

// tried is what is wrong with a command line.
func tried(call string, whole bool) error {
	args := strings.Fields(call)[1:]
	if !whole && len(args) > 0 && strings.Contains(args[len(args)-1], "|") { // any of several
		for _, word := range strings.Split(args[len(args)-1], "|") {
			if word == "…" {
				continue
			}
			if err := tried("vpos "+strings.Join(append(slices.Clone(args[:len(args)-1]), word), " "), false); err != nil {
				return err
			}
		}
		return nil
	}
	root, _ := rootCommand()
	root.InitDefaultHelpCmd()
	root.InitDefaultCompletionCmd("vpos")
	cmd, rest, err := root.Find(args)
	if err != nil {
		return err
	}
	cmd.InitDefaultHelpFlag()
	if whole {
		if err := cmd.ParseFlags(rest); err != nil {
			return err
		}
		return cmd.ValidateArgs(cmd.Flags().Args())
	}
	return loosely(cmd, rest)
}

// loosely looks at a command within a sentence: its flags and its own commands.
func loosely(cmd *cobra.Command, rest []string) error {
	for i, word := range rest {
		name, isFlag := strings.CutPrefix(word, "--")
		switch {
		case isFlag && cmd.Flag(name) == nil:
			return fmt.Errorf("%s has no flag --%s", cmd.CommandPath(), name)
		case i == 0 && !isFlag && cmd.HasSubCommands() && cmd.ValidateArgs([]string{word}) != nil:
			return fmt.Errorf("%s has no command %s", cmd.CommandPath(), word)
		}
	}
	return nil
}

// Every command line that a page shows is one that the program takes.
func TestGuideCommands(t *testing.T) {
	all := 0
	for path, p := range guidePages(t) {
		calls := p.calls()
		all += len(calls)
		for _, call := range slices.Sorted(maps.Keys(calls)) {
			if err := tried(call, calls[call]); err != nil {
				t.Errorf("%s: %s: %v", path, call, err)
			}
		}
	}
	if all < 50 {
		t.Errorf("only %d command lines were found", all)
	}
	for _, wrong := range []string{"vpos sell", "vpos backup make", "vpos backup create --into x", "vpos operator add", "vpos config check"} {
		if tried(wrong, true) == nil {
			t.Errorf("%s passes", wrong)
		}
	}
}
