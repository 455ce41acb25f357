package main

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"strings"

	"github.com/spf13/cobra"

	"vpos/tui/words"
	"vpos/txn"
	"vpos/txn/config"
)

// configCommand writes, checks and shows configurations.
func configCommand(s *settings) *cobra.Command {
	group := &cobra.Command{Use: "config", Short: "The configuration file: write one, check one, show what counts"}
	group.AddCommand(
		&cobra.Command{
			Use: "init [FILE]", Short: "Writes a commented configuration (default: vpos.toml)", Args: cobra.MaximumNArgs(1),
			RunE: func(cmd *cobra.Command, args []string) error { return initConfig(cmd, *s, args) },
		},
		&cobra.Command{
			Use: "check FILE", Short: "Says every mistake in a configuration, by line and key", Args: cobra.ExactArgs(1),
			RunE: func(cmd *cobra.Command, args []string) error { return checkConfig(cmd, *s, args[0]) },
		},
		&cobra.Command{
			Use: "show", Short: "Shows the configuration that --config gives, defaults filled in", Args: cobra.NoArgs,
			RunE: func(cmd *cobra.Command, _ []string) error {
				c, _, err := loadConfig(*s)
				if err != nil {
					return err
				}
				fmt.Fprint(cmd.OutOrStdout(), config.Show(c))
				return nil
			},
		},
	)
	return group
}

// initConfig writes the template; a file that is there is left alone.
func initConfig(cmd *cobra.Command, s settings, args []string) error {
	lang, err := s.language("")
	if err != nil {
		return err
	}
	path := "vpos.toml"
	if len(args) == 1 {
		path = args[0]
	}
	f, err := os.OpenFile(path, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o600)
	if errors.Is(err, fs.ErrExist) {
		return advise(words.ConfigExists, lang, err)
	}
	if err != nil {
		return advise(words.ConfigUnwritable, lang, err)
	}
	_, err = f.WriteString(config.Template(s.lang))
	if err = errors.Join(err, f.Sync(), f.Close()); err != nil {
		return advise(words.ConfigUnwritable, lang, err)
	}
	fmt.Fprintln(cmd.OutOrStdout(), words.ConfigWritten.Fill(lang, path))
	return nil
}

func checkConfig(cmd *cobra.Command, s settings, path string) error {
	s.config = path
	c, lang, err := loadConfig(s)
	if err != nil {
		return err
	}
	if err := (&shop{config: c, lang: lang}).fits(); err != nil {
		return err
	}
	label := words.ConfigTraining
	if c.Mode.Live {
		label = words.ConfigLive
	}
	fmt.Fprintln(cmd.OutOrStdout(), label.Fill(lang, path))
	return nil
}

// configNext is what to do about a file that cannot be read at all: there is
// nothing in it to mend. Its sentence names the file already.
var configNext = map[txn.Code]words.Text{
	config.FileMissing: words.ConfigAbsent, config.FileDenied: words.ConfigDenied, config.File: words.ConfigAbsent,
}

// configError is every problem of a file, a line each, in the catalogue's words.
func configError(p *config.Problems, l words.Lang) error {
	if len(p.List) == 1 && p.List[0].Line == 0 && p.List[0].Key == "" {
		if next, ok := configNext[p.List[0].Code]; ok {
			one := p.List[0]
			return advised{headline: words.ForConfig(one.Code, one.Key, one.Got, one.Want).In(l), next: next.In(l)}
		}
	}
	return advised{headline: problemLines(p, l), next: words.ConfigMend.In(l)}
}

// profileError is what is wrong with a profile's file, in the catalogue's words.
func profileError(err error, l words.Lang) error {
	p := config.OfProfile(err)
	if p == nil {
		return advise(words.ProfileBroken, l, err)
	}
	return advised{headline: words.ProfileBroken.Headline.In(l) + "\n      " + problemLines(p, l), next: words.ProfileBroken.Next.In(l)}
}

// problemLines is a line a problem: the file and the place in it, the key, what is
// wrong.
func problemLines(p *config.Problems, l words.Lang) string {
	lines := make([]string, len(p.List))
	for i, one := range p.List {
		if lines[i] = p.Source; one.File != "" {
			lines[i] = one.File
		}
		if one.Line > 0 {
			lines[i] += fmt.Sprintf(":%d:%d", one.Line, one.Column)
		}
		if one.Key != "" {
			lines[i] += " " + one.Key
		}
		lines[i] += ": " + words.ForConfig(one.Code, one.Key, one.Got, one.Want).In(l)
	}
	return strings.Join(lines, "\n      ")
}
