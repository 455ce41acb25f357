package main

import (
	"slices"
	"strings"
	"testing"

	"vpos/tui/keypad"
	"vpos/tui/words"
	"vpos/txn"
)

// reciter types the flows as lines.
type reciter struct{ *dialogue }

func (r reciter) begin(b keypad.Binding) { r.dialogue.say(b.Plain) }
func (r reciter) say(text string)        { r.dialogue.say(text) }
func (r reciter) print()                 { r.dialogue.say("print") }
func (r reciter) cancel()                { r.dialogue.say("cancel") }

func (r reciter) sees(at txn.Name, texts ...string) {
	r.t.Helper()
	r.hearsThat(string(at), func(line string) bool {
		return !slices.ContainsFunc(texts, func(text string) bool { return !strings.Contains(line, text) })
	})
}

// TestFlowsPlain does every flow as a line dialogue, over a pipe.
func TestFlowsPlain(t *testing.T) {
	t.Parallel()
	everywhere(t, func(t *testing.T, s scene, config, data string, lang words.Lang) {
		d := talk(t, "--data", data, "--config", config, "--lang", lang.String())
		d.hears(string(s.first()))
		play(t, reciter{d}, s, data, lang)
		d.ends()
		if found := leaks([]byte(strings.Join(d.said, "\n")), planted); len(found) > 0 {
			t.Errorf("leak in the dialogue: %v", found)
		}
	})
}
