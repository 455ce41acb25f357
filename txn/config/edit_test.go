package config

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

func TestEdit(t *testing.T) {
	for _, c := range []struct{ name, file, key, value, want string }{
		{"empty", "", "screen.theme", "light", "[screen]\ntheme = \"light\"\n"},
		{"a value", "[screen]\ntheme = \"dark\" # mine\nmouse = true\n", "screen.theme", "light", "[screen]\ntheme = \"light\" # mine\nmouse = true\n"},
		{"a flag", "[screen]\nbeep=false# no noise\n", "screen.beep", "true", "[screen]\nbeep=true# no noise\n"},
		{"a number", "[receipts]\ncolumns = 0x20\t# hex\n", "receipts.columns", "48", "[receipts]\ncolumns = 48\t# hex\n"},
		{"a literal string", "[screen]\n\"theme\" = 'dark' # 'x'\n", "screen.theme", "mono", "[screen]\n\"theme\" = \"mono\" # 'x'\n"},
		{"an escape", "[merchant]\nname_zh = \"a\\\"b\" # c\"d\n", "merchant.name_zh", `x"\y`, "[merchant]\nname_zh = \"x\\\"\\\\y\" # c\"d\n"},
		{"a table without the key", "# top\n[screen] # looks\nmouse = true\n[fees]\ndays = 2\n", "screen.theme", "light", "# top\n[screen] # looks\ntheme = \"light\"\nmouse = true\n[fees]\ndays = 2\n"},
		{"no such table", "[fees]\ndays = 2", "screen.theme", "light", "[fees]\ndays = 2\n\n[screen]\ntheme = \"light\"\n"},
		{"a header at the end", "[screen]", "screen.beep", "true", "[screen]\nbeep = true"},
		{"dotted keys", "screen.mouse = true\n", "screen.beep", "true", "screen.beep = true\nscreen.mouse = true\n"},
		{"an inline table", "screen = { theme = \"dark\", mouse = true }\n", "screen.theme", "light", "screen = { theme = \"light\", mouse = true }\n"},
		{"Windows", "[screen]\r\nmouse = true\r\n", "screen.beep", "true", "[screen]\r\nbeep = true\r\nmouse = true\r\n"},
		{"a mark of the encoding", "\ufeff[screen]\nbeep = false\n", "screen.beep", "true", "\ufeff[screen]\nbeep = true\n"},
		{"a duration", "[rules]\nlock_after = \"15m\"\n", "rules.lock_after", "5m", "[rules]\nlock_after = \"5m\"\n"},
		{"money", "[terminal]\ncurrency = \"JPY\"\n", "terminal.max_amount", "5000", "[terminal]\nmax_amount = \"5000\"\ncurrency = \"JPY\"\n"},
	} {
		t.Run(c.name, func(t *testing.T) {
			got, err := Edit([]byte(c.file), c.key, c.value)
			if err != nil || string(got) != c.want {
				t.Fatalf("%v\n%s\nwant\n%s", err, got, c.want)
			}
		})
	}
}

func TestEditRefuses(t *testing.T) {
	for _, c := range []struct{ name, file, key, value, want string }{
		{"a wrong value", "", "screen.theme", "pink", "config.word"},
		{"an unknown key", "", "screen.colour", "pink", "config.unknown-key"},
		{"a broken file", "[screen]\ntheme = dark\n", "screen.theme", "light", "config.unquoted"},
		{"keys that do not go together", "[host]\nreversal_max = \"10s\"\n", "host.reversal_pause", "20s", "config.less"},
		{"live without a word", "", "mode.live", "true", "config.live"},
		{"a string over several lines", "[merchant]\nname_zh = \"\"\"\nx\"\"\"\n", "merchant.name_zh", "y", "config"},
	} {
		t.Run(c.name, func(t *testing.T) {
			got, err := Edit([]byte(c.file), c.key, c.value)
			if err == nil || !strings.Contains(err.Error(), c.want) {
				t.Errorf("%v\n%s", err, got)
			}
		})
	}
}

// Every key of the table can be written to the whole template and to nothing at all, and
// changes that key alone.
func TestEditEveryKey(t *testing.T) {
	other := map[string]string{
		"terminal.id": "TRAIN002", "terminal.currency": "USD", "rules.lock_after": "5m", "host.timeout": "7s", "host.profile": "iso93",
	}
	for _, lang := range []string{"zh", "en", ""} {
		file := []byte(Template(lang))
		for _, f := range fields {
			value, ok := other[f.key]
			if shown, known := Default().Value(f.key); !ok && known {
				value = map[string]string{"true": "false", "false": "true"}[shown]
				if value == "" {
					value = shown
				}
			}
			if f.secret || f.key == "mode.live" {
				continue
			}
			got, err := Edit(file, f.key, value)
			if err != nil {
				t.Errorf("%s = %s: %v", f.key, value, err)
				continue
			}
			if a, b := strings.Count(string(got), "\n"), strings.Count(string(file), "\n"); a != b {
				t.Errorf("%s: %d lines became %d", f.key, b, a)
			}
		}
	}
}

func TestStore(t *testing.T) {
	dir := t.TempDir()
	path := filepath.Join(dir, "vpos.toml")
	c, err := Store(path, "# mine\n", "screen.theme", "light")
	if err != nil || c.Screen.Theme != "light" || c.Source != path {
		t.Fatalf("%v %+v", err, c.Screen)
	}
	if err := os.Chmod(path, 0o640); err != nil { //nolint:gosec // the mode is what is tested
		t.Fatal(err)
	}
	if _, err := Store(path, "# other\n", "screen.beep", "true"); err != nil {
		t.Fatal(err)
	}
	data, err := os.ReadFile(path)
	if want := "# mine\n\n[screen]\nbeep = true\ntheme = \"light\"\n"; err != nil || string(data) != want {
		t.Errorf("%v\n%s\nwant\n%s", err, data, want)
	}
	if info, err := os.Stat(path); err != nil || info.Mode().Perm() != 0o640 {
		t.Errorf("%v: mode %v", err, info.Mode())
	}
	if _, err := Store(path, "", "screen.theme", "pink"); err == nil {
		t.Error("a wrong value is stored")
	}
	if after, _ := os.ReadFile(path); string(after) != string(data) {
		t.Errorf("a refused change left\n%s", after)
	}
	if left, _ := filepath.Glob(filepath.Join(dir, ".vpos-*")); len(left) > 0 {
		t.Errorf("left behind: %v", left)
	}
	link := filepath.Join(dir, "link.toml")
	if err := os.Symlink(path, link); err != nil {
		t.Fatal(err)
	}
	if _, err := Store(link, "", "screen.beep", "false"); err != nil {
		t.Fatal(err)
	}
	if info, err := os.Lstat(link); err != nil || info.Mode()&fs.ModeSymlink == 0 {
		t.Errorf("%v: the link became a file", err)
	}
	if _, err := Store(filepath.Join(dir, "no", "x.toml"), "", "screen.beep", "false"); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("no folder: %v", err)
	}
}
