package main

import (
	"strings"

	"github.com/spf13/cobra"

	"vpos/reader/deck"
	"vpos/receipts/escpos"
	"vpos/receipts/printer/virtual"
	"vpos/receipts/samples"
	"vpos/tui/words"
	"vpos/txn"
	"vpos/txn/config"
	"vpos/txn/host"
	"vpos/txn/host/keys"
	"vpos/txn/host/sim"
)

// What a shell may offer behind each flag and command: vpos completion. Nothing is
// offered that is not taken, and where nothing can be known, no files either.

// completer is what may stand behind a flag or a command.
type completer = func(cmd *cobra.Command, args []string, typed string) ([]string, cobra.ShellCompDirective)

// among offers words, each of which may have "\twhat it is" behind it.
func among(list ...string) completer {
	return cobra.FixedCompletions(list, cobra.ShellCompDirectiveNoFileComp)
}

// endings offers files that end so.
func endings(list ...string) completer {
	return cobra.FixedCompletions(list, cobra.ShellCompDirectiveFilterFileExt)
}

func folders(*cobra.Command, []string, string) ([]string, cobra.ShellCompDirective) {
	return nil, cobra.ShellCompDirectiveFilterDirs
}

func files(*cobra.Command, []string, string) ([]string, cobra.ShellCompDirective) {
	return nil, cobra.ShellCompDirectiveDefault
}

// named gives a list of words of any string type as strings.
func named[T ~string](list []T) []string {
	out := make([]string, len(list))
	for i, one := range list {
		out[i] = string(one)
	}
	return out
}

// first offers for the first argument only.
func first(offer completer) completer {
	return func(cmd *cobra.Command, args []string, typed string) ([]string, cobra.ShellCompDirective) {
		if len(args) > 0 {
			return nil, cobra.ShellCompDirectiveNoFileComp
		}
		return offer(cmd, args, typed)
	}
}

// flagValues is what the flags take that do not take a number or text of one's own, by
// command and flag; a command that is not there has the flag of the one above it.
func flagValues() map[string]completer {
	certificates := endings("pem", "crt", "cer", "key")
	return map[string]completer{
		"vpos --config": endings("toml"),
		"vpos --data":   folders,
		"vpos --lang":   among("zh\t中文", "en\tEnglish"),
		"vpos --reader": readerWords, "vpos doctor --reader": readerWords,
		"vpos card --file":             files,
		"vpos card --connect":          among("127.0.0.1:35963"),
		"vpos host --profile":          profileWords,
		"vpos decode iso --profile":    profileWords,
		"vpos host --framing":          among(named(host.LengthForms())...),
		"vpos host --fault":            among(named(sim.AllFaultNames())...),
		"vpos host --script":           endings("toml"),
		"vpos host --listen":           among("127.0.0.1:8583"),
		"vpos host --tls-cert":         certificates,
		"vpos host --tls-key":          certificates,
		"vpos host --client-ca":        certificates,
		"vpos host check --profile":    endings("toml"),
		"vpos keys load --components":  among("2", "3"),
		"vpos operator add --role":     among(string(txn.Cashier), string(txn.Supervisor)),
		"vpos journal list --kind":     among(kindWords()...),
		"vpos journal export --format": among("csv", "json"),
		"vpos backup create --out":     files,
		"vpos journal export --out":    endings("csv", "json"),
		"vpos report x --out":          files, "vpos report z --out": files, "vpos report last --out": files,
		"vpos printer --fault":            among(named(virtual.Faults())...),
		"vpos printer --listen":           among("127.0.0.1:9100"),
		"vpos printer --out":              folders,
		"vpos receipts render --format":   among(formatNames()...),
		"vpos receipts render --out":      files,
		"vpos receipts render --profile":  among(escpos.Shipped()...),
		"vpos receipts render --sample":   sampleWords,
		"vpos receipts render --lang":     among("zh", "en", "both"),
		"vpos receipts preview --format":  among(formatNames()...),
		"vpos receipts preview --out":     files,
		"vpos receipts preview --profile": among(escpos.Shipped()...),
		"vpos receipts preview --sample":  sampleWords,
		"vpos receipts preview --lang":    among("zh", "en", "both"),
	}
}

// sampleWords are the samples of slips, made when they are asked for.
func sampleWords(cmd *cobra.Command, args []string, typed string) ([]string, cobra.ShellCompDirective) {
	list := samples.All()
	names := make([]string, len(list))
	for i, s := range list {
		names[i] = s.Name
	}
	return among(names...)(cmd, args, typed)
}

// kindWords are the kinds of transaction a journal can hold.
func kindWords() []string {
	var list []string
	for _, k := range txn.Kinds() {
		if !k.Managing() {
			list = append(list, string(k))
		}
	}
	return list
}

// argumentValues is what the commands take themselves.
func argumentValues() map[string]completer {
	kinds := first(among(named(keys.Purposes())...))
	return map[string]completer{
		"vpos backup check":   first(files),
		"vpos backup restore": first(files),
		"vpos card":           first(cardWords),
		"vpos config init":    first(endings("toml")),
		"vpos config check":   first(endings("toml")),
		"vpos goods import":   first(endings("csv")),
		"vpos host check":     first(files),
		"vpos keys load":      kinds,
		"vpos keys erase":     kinds,
	}
}

// completions tells the commands below root what they offer.
func completions(root *cobra.Command) {
	arguments := argumentValues()
	for where, offer := range flagValues() {
		path, flag, _ := strings.Cut(where, " --")
		cmd, _, err := root.Find(strings.Fields(path)[1:])
		if err == nil {
			err = cmd.RegisterFlagCompletionFunc(flag, offer)
		}
		if err != nil {
			panic("completions: " + where + ": " + err.Error()) // a row of our own table; a test runs this
		}
	}
	var each func(*cobra.Command)
	each = func(cmd *cobra.Command) {
		if cmd.ValidArgsFunction == nil {
			cmd.ValidArgsFunction = cobra.NoFileCompletions
			if offer, ok := arguments[cmd.CommandPath()]; ok {
				cmd.ValidArgsFunction = offer
			}
		}
		for _, sub := range cmd.Commands() {
			each(sub)
		}
	}
	each(root)
}

// readerWords is what --reader takes.
func readerWords(*cobra.Command, []string, string) ([]string, cobra.ShellCompDirective) {
	list := named([]config.ReaderKind{config.ReaderAuto, config.ReaderNone, config.ReaderPCSC, config.ReaderDeck})
	for _, c := range deck.Cards() {
		list = append(list, string(config.ReaderDeck)+":"+c.Name+"\t"+words.Text{EN: c.EN, ZH: c.ZH}.EN)
	}
	return list, cobra.ShellCompDirectiveNoFileComp
}

// profileWords is the shipped profiles, and files.
func profileWords(*cobra.Command, []string, string) ([]string, cobra.ShellCompDirective) {
	return host.Shipped(), cobra.ShellCompDirectiveDefault
}

// cardWords is the cards of the deck, and behind a + the faults.
func cardWords(_ *cobra.Command, _ []string, typed string) ([]string, cobra.ShellCompDirective) {
	var list []string
	if i := strings.LastIndexByte(typed, '+'); i >= 0 {
		for _, f := range deck.Faults() {
			list = append(list, typed[:i+1]+f.Name+"\t"+f.EN)
		}
		return list, cobra.ShellCompDirectiveNoFileComp | cobra.ShellCompDirectiveNoSpace
	}
	for _, c := range deck.Cards() {
		list = append(list, c.Name+"\t"+c.EN)
	}
	return list, cobra.ShellCompDirectiveNoFileComp
}
