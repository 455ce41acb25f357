package words_test

import (
	"strings"
	"testing"

	"vpos/tui/words"
	"vpos/txn/config"
)

// TestConfigSentences: no problem of a configuration lacks a sentence in either
// language, and none leaves a hole where its argument belongs.
func TestConfigSentences(t *testing.T) {
	for _, code := range config.Codes() {
		s := words.ForConfig(code, "KEY", "GOT", "WANT")
		for _, text := range []string{s.EN, s.ZH} {
			if text == "" || strings.HasPrefix(text, string(code)) || strings.ContainsAny(text, "{}") {
				t.Errorf("%s: %q", code, text)
			}
		}
	}
}
