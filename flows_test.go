package main

import (
	"cmp"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"vpos/tui/keypad"
	"vpos/tui/words"
	"vpos/txn"
)

// operator is who types the flows: at the line dialogue or at the keys.
type operator interface {
	begin(b keypad.Binding)
	say(text string)
	print()
	cancel()
	// sees waits for a state and the texts in it.
	sees(at txn.Name, texts ...string)
}

// paperwork is what a slip tells of its transaction.
type paperwork struct{ trace, auth, reference, day string }

// play does a scene's flows one after the other.
func play(t *testing.T, o operator, s scene, data string, lang words.Lang) {
	t.Helper()
	at := ""
	defer func() {
		if t.Failed() {
			t.Logf("in flow %s", at)
		}
	}()
	kept := map[string]paperwork{}
	for _, f := range s.flows {
		var last turn
		for _, step := range f.turns {
			at = fmt.Sprintf("%q: %q leads to %s", f.name, step.say, cmp.Or(string(step.wrong), string(step.at)))
			switch step.say {
			case beginning:
				o.begin(binding(t, f))
			case printing:
				o.print()
			default:
				o.say(kept[f.of].fills(step.say))
			}
			var texts []string
			for _, text := range f.sees(step) {
				texts = append(texts, text.In(lang))
			}
			o.sees(step.at, texts...)
			last = step
		}
		switch last.at {
		case txn.Idle:
		case txn.ApprovedShown:
			o.say("")
		default:
			o.cancel()
		}
		if last.at != txn.Idle {
			o.sees(txn.Idle, words.ForState(txn.Idle).Title.In(lang))
		}
		if last.at == txn.ApprovedShown && f.kind.Copies() == txn.AllCopies {
			kept[f.name] = newestSlip(t, data)
		}
		if f.kind == txn.SignOn {
			hostSees(t, data, "request", "op=echo") // nobody types: the idle link is tried
		}
	}
}

// fills puts what the slip says into an entry.
func (p paperwork) fills(text string) string {
	return strings.NewReplacer("TRACE", p.trace, "AUTH", p.auth, "REF", p.reference, "DAY", p.day).Replace(text)
}

var slipFacts = regexp.MustCompile(`(?s)TRACE NO\.\s+(\d{6})\n(?:.*AUTH CODE\s+(\w{6})\n)?(?:.*REF NO\.\s+(\w{12})\n)?.*\s\d{4}/(\d\d)/(\d\d) `)

// newestSlip reads the merchant's copy with the highest trace number.
func newestSlip(t *testing.T, data string) paperwork {
	t.Helper()
	files, err := filepath.Glob(filepath.Join(data, "receipts", "*-merchant.txt"))
	if err != nil || len(files) == 0 {
		t.Fatalf("no slip: %v", err)
	}
	trace := func(path string) string { return strings.Split(filepath.Base(path), "-")[3] }
	newest := slices.MaxFunc(files, func(a, b string) int { return cmp.Compare(trace(a), trace(b)) })
	text, err := os.ReadFile(newest)
	if err != nil {
		t.Fatal(err)
	}
	found := slipFacts.FindStringSubmatch(string(text))
	if found == nil {
		t.Fatalf("the slip says too little:\n%s", text)
	}
	return paperwork{found[1], found[2], found[3], found[4] + found[5]}
}

// flowConfig writes the configuration of a scene in a dialect; the host is the one inside.
func flowConfig(t *testing.T, s scene, profile string) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "shop.toml")
	text := fmt.Sprintf("[reader]\nuse = \"none\"\n[host]\nprofile = %q\necho_every = \"1s\"\n[rules]\n%s", profile, s.rules)
	if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}

// flowProfiles are the dialects of the flows.
var flowProfiles = []string{"iso87-ascii", "unionpay"}

// everywhere runs every scene in every language and dialect, side by side.
func everywhere(t *testing.T, run func(t *testing.T, s scene, config, data string, lang words.Lang)) {
	t.Helper()
	for _, s := range scenes {
		for _, profile := range flowProfiles {
			for _, lang := range words.Langs() {
				t.Run(fmt.Sprintf("%s/%s/%s", s.name, profile, lang), func(t *testing.T) {
					t.Parallel()
					data := t.TempDir()
					config := flowConfig(t, s, profile)
					if s.staff {
						employ(t, data, config)
					}
					run(t, s, config, data, lang)
					if out := shell(t, "journal", "verify", "--data", data, "--config", config); !strings.Contains(out, " ok ") {
						t.Error(out)
					}
					gate(t, data)
				})
			}
		}
	}
}

// The table does everything that a key or a menu item begins.
func TestFlowsAreAll(t *testing.T) {
	has := map[txn.Kind]bool{}
	for _, s := range scenes {
		for _, f := range s.flows {
			has[f.kind] = has[f.kind] || f.turns[len(f.turns)-1].at == txn.ApprovedShown
		}
	}
	for _, b := range keypad.Leaves() {
		if b.Action == keypad.Begin && !has[b.Kind] {
			t.Errorf("no flow of a %s ends well", b.Kind)
		}
	}
}
