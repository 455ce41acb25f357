package config

import (
	"bytes"
	"slices"
	"strings"

	"github.com/pelletier/go-toml/v2/unstable"
)

// Value is what a configuration says of a key, as text without quotes; false for a key
// that is none, or whose value is not to be shown.
func (c Config) Value(key string) (string, bool) {
	f := fieldOf(key)
	if f == nil || f.secret {
		return "", false
	}
	return unquote(f.show(c)), true
}

// unquote is the inverse of [quote].
func unquote(s string) string {
	if len(s) < 2 || s[0] != '"' {
		return s
	}
	return strings.NewReplacer(`\"`, `"`, `\\`, `\`).Replace(s[1 : len(s)-1])
}

// With is the configuration with one key changed, and the value as a file would have it.
// The error is a [Problem].
func (c Config) With(key, value string) (Config, error) {
	f := fieldOf(key)
	if f == nil {
		return c, Problem{Key: excerpt(key), Code: UnknownKey, Want: nearest(key)}
	}
	if wrong := f.set(&c, value); wrong != nil {
		return c, Problem{Key: key, Code: wrong.code, Got: excerpt(value), Want: wrong.want}
	}
	return c, nil
}

// Edit is the bytes of a file with one key changed: its value where it stands, or a new
// line in its table. Every other byte stays, comments too. The file must be a right one,
// before and after, and say nothing else than before but that. The error is a [*Problems]
// or a [Problem].
func Edit(data []byte, key, value string) ([]byte, error) {
	old, d, list := parse(data)
	if err := problems("", list); err != nil {
		return nil, err
	}
	want, err := old.With(key, value)
	if err != nil {
		return nil, err
	}
	mark := data[:len(data)-len(d.data)] // of the encoding
	text := quoted(key, value)
	for _, way := range []func(*document, string, string) ([]byte, bool){replace, insert, add, dotted} {
		body, done := way(d, key, text)
		if !done {
			continue
		}
		if got, _, list := parse(body); len(list) == 0 && Show(got) == Show(want) {
			return append(bytes.Clone(mark), body...), nil
		}
	}
	// What the keys say together may be wrong where each is right.
	if body, done := dotted(d, key, text); done {
		if _, err := Parse(body); err != nil {
			return nil, err
		}
	}
	return nil, Problem{Key: key, Code: Syntax, Got: excerpt(value)}
}

// quoted is a value as a file has it.
func quoted(key, value string) string {
	if fieldOf(key).kind == unstable.String {
		return quote(value)
	}
	return value
}

// replace puts the value where the old one stands.
func replace(d *document, key, text string) ([]byte, bool) {
	s := d.setting(key)
	if s == nil {
		return nil, false
	}
	equals := bytes.IndexByte(d.data[s.at:], '=')
	if equals < 0 {
		return nil, false
	}
	from := s.at + equals + 1
	for from < len(d.data) && (d.data[from] == ' ' || d.data[from] == '\t') {
		from++
	}
	return slices.Concat(d.data[:from], []byte(text), d.data[from+extent(d.data[from:]):]), true
}

// extent is how long the value is that a text begins with: a string on one line, or a
// word.
func extent(text []byte) int {
	if len(text) == 0 {
		return 0
	}
	switch q := text[0]; q {
	case '"', '\'':
		for i := 1; i < len(text); i++ {
			switch {
			case text[i] == '\\' && q == '"':
				i++
			case text[i] == q:
				return i + 1
			}
		}
		return len(text)
	}
	if n := bytes.IndexAny(text, " \t\r\n,}#"); n >= 0 {
		return n
	}
	return len(text)
}

// insert puts a new line below the header of the key's table, where there is one.
func insert(d *document, key, text string) ([]byte, bool) {
	table, leaf := tableOf(key)
	at, known := d.tables[table]
	if !known {
		return nil, false
	}
	end := len(d.data)
	line := d.newline() + leaf + " = " + text
	if n := bytes.IndexByte(d.data[at:], '\n'); n >= 0 {
		end, line = at+n+1, leaf+" = "+text+d.newline()
	}
	return slices.Concat(d.data[:end], []byte(line), d.data[end:]), true
}

// add puts a new table at the end.
func add(d *document, key, text string) ([]byte, bool) {
	table, leaf := tableOf(key)
	n := d.newline()
	head := ""
	if len(d.data) > 0 {
		head = n
		if !bytes.HasSuffix(d.data, []byte("\n")) {
			head += n
		}
	}
	return slices.Concat(d.data, []byte(head+"["+table+"]"+n+leaf+" = "+text+n)), true
}

// dotted puts the whole key before everything else, which a file wants that names the
// table's other keys so.
func dotted(d *document, key, text string) ([]byte, bool) {
	return slices.Concat([]byte(key+" = "+text+d.newline()), d.data), true
}

// newline is what ends the lines of a file.
func (d *document) newline() string {
	if bytes.Contains(d.data, []byte("\r\n")) {
		return "\r\n"
	}
	return "\n"
}
