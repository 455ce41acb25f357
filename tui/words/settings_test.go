package words

import (
	"slices"
	"testing"

	"github.com/charmbracelet/x/ansi"

	"vpos/txn/config"
)

// Every row is one of the configuration's keys, every choice one that it takes, and
// nothing that money goes by can be changed.
func TestSettings(t *testing.T) {
	seen := map[string]bool{}
	fixed := []string{"mode.live", "host.address", "host.tls.ca", "host.profile", "terminal.id", "terminal.merchant", "terminal.currency", "receipts.printer"}
	for i, s := range settings {
		if i > 0 && settings[i-1].Item >= s.Item || len(s.Item) > 2 || seen[s.Item] {
			t.Errorf("%s is out of order", s.Item)
		}
		seen[s.Item] = true
		check(t, s.Item+" name", s.Name, 18, 18, 1)
		if !s.Fixed() {
			check(t, s.Item+" help", s.Help, page, page, 3)
		}
		if len(s.Item) == 1 {
			if n := len(SettingsOf(s.Item)); s.Key != "" || n == 0 || n > 9 {
				t.Errorf("group %s has %d rows", s.Item, n)
			}
			continue
		}
		if _, known := config.Default().Value(s.Key); !known {
			t.Errorf("%s is no key", s.Key)
		}
		if slices.Contains(fixed, s.Key) != s.Fixed() && s.Key[:4] != "merc" {
			t.Errorf("%s: fixed is %v", s.Key, s.Fixed())
		}
		if len(s.Choices) > 9 {
			t.Errorf("%s has %d choices: no digit for the last", s.Key, len(s.Choices))
		}
		for _, c := range s.Choices {
			to, err := config.Default().With(s.Key, c.Value)
			if err != nil {
				t.Errorf("%s: %v", s.Key, err)
			}
			if value, _ := to.Value(s.Key); s.Chosen(value) < 0 || s.Choices[s.Chosen(value)].Value != c.Value {
				t.Errorf("%s: %q comes back as %q", s.Key, c.Value, value)
			}
			for _, l := range Langs() {
				if ansi.StringWidth(c.In(l)) > 16 {
					t.Errorf("%s: %q is too wide", s.Key, c.In(l))
				}
			}
		}
		if value, _ := config.Default().Value(s.Key); !s.Fixed() && s.Chosen(value) < 0 {
			t.Errorf("%s: the default %q is no choice", s.Key, value)
		}
	}
	for _, text := range []Text{SettingNow, SettingLater, SettingSaved, SettingSaving, SettingFailed} {
		check(t, text.EN, text, page, page, 1)
	}
}

func TestSettingShown(t *testing.T) {
	s, _ := SettingOf("rules.max_refund")
	for value, want := range map[string]string{"1000.00": "1000", "0.00": "no limit", "123.45": "123.45", "777": "777", "": "(empty)"} {
		if got := s.Shown(EN, value); got != want {
			t.Errorf("%q is shown as %q, want %q", value, got, want)
		}
	}
}
