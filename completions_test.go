package main

import (
	"bytes"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"vpos/tui/keypad"
	"vpos/tui/words"
	"vpos/txn/config"
)

// free are the flags whose value is the person's own: nothing can be offered.
var free = []string{
	"vpos host --terminal", "vpos host ledger --terminal", "vpos operator add --name",
	"vpos journal export --from", "vpos journal export --to", "vpos journal list --amount", "vpos journal list --batch",
	"vpos journal list --from", "vpos journal list --last4", "vpos journal list --operator", "vpos journal list --to",
	"vpos journal list --trace", "vpos journal totals --date", "vpos journal verify --head",
}

// commands calls do for every command of the program.
func commands(do func(*cobra.Command)) {
	var each func(*cobra.Command)
	each = func(c *cobra.Command) {
		do(c)
		for _, sub := range c.Commands() {
			each(sub)
		}
	}
	root, _ := rootCommand()
	root.InitDefaultHelpCmd()
	each(root)
}

// Every flag that takes a word offers some, or is the person's own; a new flag fails
// until it is one or the other.
func TestEveryFlagIsCompleted(t *testing.T) {
	commands(func(c *cobra.Command) {
		if c.Name() == "help" {
			return
		}
		if c.ValidArgsFunction == nil {
			t.Errorf("%s offers whatever is there", c.CommandPath())
		}
		c.LocalFlags().VisitAll(func(f *pflag.Flag) {
			name := c.CommandPath() + " --" + f.Name
			_, offered := c.GetFlagCompletionFunc(f.Name)
			typed := f.Value.Type() == "string" || f.Value.Type() == "stringSlice"
			if typed && c.PersistentFlags().Lookup(f.Name) == nil && c.InheritedFlags().Lookup(f.Name) != nil {
				return // it is the root's
			}
			if typed && offered == slices.Contains(free, name) {
				t.Errorf("%s: offered %t", name, offered)
			}
		})
	})
}

// What is offered is taken.
func TestCompletionsAreTaken(t *testing.T) {
	readers, _ := readerWords(nil, nil, "")
	for _, w := range readers {
		w, _, _ = strings.Cut(w, "\t")
		c := config.Default()
		if !c.SetReader(w) {
			t.Errorf("--reader %s is refused", w)
		}
		if name, ok := strings.CutPrefix(w, "deck:"); ok {
			if err := newVirtual().Insert(name); err != nil {
				t.Error(err)
			}
		}
	}
	faulty, _ := cardWords(nil, nil, "visa-credit+")
	for _, w := range faulty {
		w, _, _ = strings.Cut(w, "\t")
		if err := newVirtual().Insert(w); err != nil {
			t.Error(err)
		}
	}
	for _, w := range []string{"zh", "en"} {
		if _, ok := words.ParseLang(w); !ok {
			t.Errorf("--lang %s is refused", w)
		}
	}
}

// completed asks a real bash what it would offer behind a line: its last word is being
// typed.
func completed(t *testing.T, bash, dir string, line ...string) []string {
	t.Helper()
	const script = `
_get_comp_words_by_ref() { # of the package bash-completion, which need not be here
	while [ $# -gt 0 ]; do
		case $1 in
		-n) shift ;;
		cur) cur=${COMP_WORDS[COMP_CWORD]} ;;
		prev) prev=${COMP_WORDS[COMP_CWORD-1]} ;;
		words) words=("${COMP_WORDS[@]}") ;;
		cword) cword=$COMP_CWORD ;;
		esac
		shift
	done
}
_filedir() { # the same package's: files that end so
	local endings ending
	IFS='|' read -ra endings <<<"$1"
	for ending in "${endings[@]}"; do
		mapfile -t -O "${#COMPREPLY[@]}" COMPREPLY < <(compgen -G "$cur*.$ending")
	done
}
source <(vpos completion bash) || exit 9
COMP_WORDS=("$@") COMP_CWORD=$(($# - 1)) COMP_LINE="$*" COMP_POINT=${#COMP_LINE} COMP_TYPE=9 COMP_KEY=9
compopt() { :; }
__start_vpos
printf '%s\n' "${COMPREPLY[@]}"`
	cmd := exec.Command(bash, append([]string{"--norc", "-c", script, "bash"}, line...)...)
	cmd.Env = append(os.Environ(), "PATH="+filepath.Dir(built(t))+string(os.PathListSeparator)+os.Getenv("PATH"))
	cmd.Dir = dir
	out, err := cmd.Output()
	if err != nil {
		t.Fatalf("%v: %s", err, out)
	}
	var list []string
	for word := range strings.Lines(string(out)) {
		if word, _, _ = strings.Cut(strings.TrimSpace(word), " "); word != "" {
			list = append(list, word)
		}
	}
	return list
}

func TestBashCompletion(t *testing.T) {
	bash, err := exec.LookPath("bash")
	if err != nil {
		t.Skipf("SKIPPED: no bash: %v", err)
	}
	dir := t.TempDir()
	for _, name := range []string{"shop.toml", "shop.txt"} {
		if err := os.WriteFile(filepath.Join(dir, name), nil, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	for _, c := range []struct {
		line  []string
		holds []string
		lacks string
	}{
		{[]string{"vpos", "do"}, []string{"doctor"}, "host"},
		{[]string{"vpos", "doctor", "--"}, []string{"--json", "--data", "--lang", "--reader"}, "--plain"},
		{[]string{"vpos", "--lang", ""}, []string{"zh", "en"}, "shop.txt"},
		{[]string{"vpos", "--config", ""}, []string{"shop.toml"}, "shop.txt"},
		{[]string{"vpos", "config", "check", ""}, []string{"shop.toml"}, "shop.txt"},
		{[]string{"vpos", "journal", ""}, []string{"list", "show", "verify"}, "shop.toml"},
		{[]string{"vpos", "decode", "tl"}, []string{"tlv"}, "tvr"},
		{[]string{"vpos", "host", "--framing", ""}, []string{"be2", "ascii4"}, "shop.toml"},
		{[]string{"vpos", "operator", "add", "--role", ""}, []string{"cashier", "supervisor"}, "shop.toml"},
		{[]string{"vpos", "keys", "load", ""}, []string{"tmk", "dukpt-aes"}, "shop.toml"},
		{[]string{"vpos", "card", "visa-c"}, []string{"visa-credit"}, "shop.toml"},
		{[]string{"vpos", "man", ""}, nil, "shop.toml"},
	} {
		got := completed(t, bash, dir, c.line...)
		for _, want := range c.holds {
			if !slices.Contains(got, want) {
				t.Errorf("%q: %q is not offered: %q", c.line, want, got)
			}
		}
		if slices.Contains(got, c.lacks) {
			t.Errorf("%q: %q is offered", c.line, c.lacks)
		}
	}
}

// The other shells get a script; those that are here read it and find no fault, one that is
// made in it too.
func TestOtherShells(t *testing.T) {
	for shell, check := range map[string][]string{"zsh": {"zsh", "-n"}, "fish": {"fish", "-n"}, "powershell": nil} {
		t.Run(shell, func(t *testing.T) {
			script, err := exec.Command(built(t), "completion", shell).Output()
			if err != nil || !bytes.Contains(script, []byte("__complete")) {
				t.Fatalf("%v, %d bytes", err, len(script))
			}
			if check == nil {
				return
			}
			if _, err := exec.LookPath(check[0]); err != nil {
				t.Skipf("SKIPPED: no %s to read its completions: apt-get install %s", shell, shell)
			}
			path := filepath.Join(t.TempDir(), "script")
			read := func(text []byte) ([]byte, error) {
				if err := os.WriteFile(path, text, 0o600); err != nil {
					t.Fatal(err)
				}
				return exec.Command(check[0], check[1], path).CombinedOutput() //nolint:gosec // of our own table
			}
			if said, err := read(script); err != nil {
				t.Errorf("%v: %s", err, said)
			}
			if said, err := read(append(script, "\nif (\n"...)); err == nil {
				t.Errorf("a broken script passes: %s", said)
			}
		})
	}
}

// The manual page has every command, every flag and every item of the menu, and the
// formatter has nothing to say against it.
func TestManPage(t *testing.T) {
	out, err := exec.Command(built(t), "man").Output()
	if err != nil {
		t.Fatal(err)
	}
	page := string(out)
	has := func(what string) {
		t.Helper()
		if !strings.Contains(page, roff(what)) {
			t.Errorf("the page lacks %q", what)
		}
	}
	commands(func(c *cobra.Command) {
		if c.Runnable() && c.IsAvailableCommand() && c.HasParent() {
			if head := ".SS \"" + roff(strings.TrimPrefix(c.CommandPath(), "vpos ")); !strings.Contains(page, head) {
				t.Errorf("the page lacks %q", head)
			}
		}
		c.LocalFlags().VisitAll(func(f *pflag.Flag) { has("--" + f.Name) })
	})
	for _, b := range keypad.Leaves() {
		has(b.Help.EN)
	}
	for line := range strings.Lines(page) {
		if strings.HasPrefix(line, "'") || strings.HasPrefix(line, ". ") {
			t.Errorf("a line of text is taken for a request: %q", line)
		}
	}
	for _, check := range [][]string{{"mandoc", "-T", "lint", "-W", "warning"}, {"groff", "-man", "-k", "-Tutf8", "-ww", "-z"}} {
		if _, err := exec.LookPath(check[0]); err != nil {
			continue
		}
		cmd := exec.Command(check[0], check[1:]...) //nolint:gosec // of our own table
		cmd.Stdin = bytes.NewReader(out)
		if said, err := cmd.CombinedOutput(); err != nil || len(bytes.TrimSpace(said)) > 0 {
			t.Errorf("%s: %v: %s", check[0], err, said)
		}
	}
}

// The version says which build it is.
func TestVersion(t *testing.T) {
	out, err := exec.Command(built(t), "--version").Output()
	if err != nil || !strings.HasPrefix(string(out), "vpos version ") || !strings.Contains(string(out), "\nbuilt by go1.") {
		t.Errorf("%v: %s", err, out)
	}
}
