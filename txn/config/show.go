package config

import (
	_ "embed"
	"strings"
)

// Show is the effective configuration as a file: every key with its value, in
// the order of the template. Where the private key lies is masked.
func Show(c Config) string {
	var b strings.Builder
	table := ""
	for _, f := range fields {
		t, leaf := tableOf(f.key)
		if t != table {
			if table != "" {
				b.WriteByte('\n')
			}
			b.WriteString("[" + t + "]\n")
			table = t
		}
		value := f.show(c)
		if f.secret && value != quote("") {
			value = quote("********")
		}
		b.WriteString(leaf + " = " + value + "\n")
	}
	return b.String()
}

//go:embed template.toml
var template string

// Template is the commented file `vpos config init` writes: every key, set to
// its default. Lang is zh or en for the comments of one language, anything else
// for both.
func Template(lang string) string {
	drop := map[string]string{"zh": "#en", "en": "#zh"}[lang]
	var b strings.Builder
	for line := range strings.Lines(template) {
		mark, rest, marked := strings.Cut(line, " ")
		switch {
		case !marked || mark != "#zh" && mark != "#en":
			b.WriteString(line)
		case mark != drop:
			b.WriteString("# " + rest)
		}
	}
	return b.String()
}
