package config

import (
	"bytes"
	"errors"
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/pelletier/go-toml/v2"
	"github.com/pelletier/go-toml/v2/unstable"
)

// setting is one `key = value` of a file, with its full dotted key.
type setting struct {
	key   string
	at    int // byte offset of the key
	kind  unstable.Kind
	text  string // the value as TOML means it
	value int    // byte offset of the value
}

// document collects what a file says and what is wrong with its form. It goes
// on after a broken line, so that one mistake does not hide the others.
type document struct {
	data     []byte
	settings []setting
	first    map[string]int // where a key was seen first
	tables   map[string]int // where a table's header was seen first
	found    []Problem
	parser   unstable.Parser
	prefix   string // of the table the lines are in
	skip     bool   // the table's header is broken: its keys belong nowhere
	base     int    // offset of the parser's part in data
}

func readDocument(data []byte) *document {
	d := &document{data: data, first: map[string]int{}, tables: map[string]int{}}
	for d.base < len(data) && len(d.found) <= maxProblems {
		d.parser.Reset(data[d.base:])
		for len(d.found) <= maxProblems && d.parser.NextExpression() {
			d.expression(d.parser.Expression())
		}
		err := d.parser.Error()
		if err == nil {
			break
		}
		d.base = d.broken(err)
	}
	d.secondOpinion()
	return d
}

// broken notes a line the parser refused and says where the next one begins.
func (d *document) broken(err error) int {
	at, text := d.base, "?"
	var p *unstable.ParserError
	if errors.As(err, &p) {
		text = p.Message
		// A highlight shares the parser's array, so its capacity tells its place.
		at = min(max(cap(d.data)-cap(p.Highlight), d.base), len(d.data))
	}
	start, end := bytes.LastIndexByte(d.data[:at], '\n')+1, len(d.data)
	if n := bytes.IndexByte(d.data[at:], '\n'); n >= 0 {
		end = at + n
	}
	line := d.data[start:end]
	if word, i := unquoted(line); word != nil {
		got := excerpt(string(word))
		d.report(start+i, Problem{Code: Unquoted, Got: got, Want: quote(got)})
	} else {
		d.report(at, Problem{Code: Syntax, Got: excerpt(text)})
	}
	if bytes.HasPrefix(bytes.TrimLeft(line, " \t"), []byte("[")) {
		d.skip = true
	}
	return min(end+1, len(d.data))
}

// unquoted finds the text in `key = text`, the commonest mistake of all, and
// where it stands; nil where a line is broken in another way.
func unquoted(line []byte) (word []byte, at int) {
	_, value, _ := bytes.Cut(line, []byte("="))
	value = bytes.TrimLeft(value, " \t")
	at = len(line) - len(value)
	value, _, _ = bytes.Cut(value, []byte("#"))
	value = bytes.TrimSpace(value)
	if len(value) == 0 || bytes.ContainsAny(value, "\"'[]{}\\") {
		return nil, 0
	}
	return value, at
}

// secondOpinion asks the library's own decoder for what a line by line reading
// does not see, such as a table defined twice in two notations.
func (d *document) secondOpinion() {
	if len(d.found) > 0 {
		return
	}
	var all map[string]any
	err := toml.Unmarshal(d.data, &all)
	var e *toml.DecodeError
	if !errors.As(err, &e) {
		return
	}
	line, column := e.Position()
	d.found = append(d.found, Problem{Line: line, Column: column, Code: Syntax, Got: excerpt(strings.TrimPrefix(e.Error(), "toml: "))})
}

func (d *document) expression(n *unstable.Node) {
	switch n.Kind { //nolint:exhaustive // the parser's other kinds are no expressions
	case unstable.KeyValue:
		if !d.skip {
			d.keyValue(d.prefix, n, 0)
		}
	case unstable.Table:
		key, at := d.path("", n.Key())
		d.prefix, d.skip = key, false
		if !isTable(key) {
			d.unknown(key, at)
			d.skip = true
		} else if first, twice := d.tables[key]; twice {
			d.report(at, Problem{Key: key, Code: DuplicateKey, Got: d.lineOf(first)})
		} else {
			d.tables[key] = at
		}
	case unstable.ArrayTable:
		key, at := d.path("", n.Key())
		d.skip = true
		if isTable(key) {
			d.report(at, Problem{Key: key, Code: WrongType, Got: "[[" + key + "]]", Want: "[" + key + "]"})
		} else {
			d.unknown(key, at)
		}
	}
}

// maxInline is how deep tables may be nested in one line: no key is deeper.
const maxInline = 3

// keyValue takes `key = value` and, where the value is an inline table, its own
// keys.
func (d *document) keyValue(prefix string, n *unstable.Node, depth int) {
	key, at := d.path(prefix, n.Key())
	v := n.Value()
	if v.Kind == unstable.InlineTable && isTable(key) && depth < maxInline {
		for it := v.Children(); it.Next(); {
			d.keyValue(key, it.Node(), depth+1)
		}
		return
	}
	s := setting{key: key, at: at, kind: v.Kind, text: string(v.Data), value: d.base + int(v.Raw.Offset)}
	if v.Raw.Length == 0 {
		s.value = at
	}
	switch {
	case isTable(key):
		d.report(s.value, Problem{Key: key, Code: WrongType, Got: typeName(v.Kind), Want: "[" + key + "]"})
	case fieldOf(key) == nil:
		d.unknown(key, at)
	default:
		if first, twice := d.first[key]; twice {
			d.report(at, Problem{Key: key, Code: DuplicateKey, Got: d.lineOf(first)})
			return
		}
		d.first[key] = at
		d.settings = append(d.settings, s)
	}
}

func (d *document) unknown(key string, at int) {
	d.report(at, Problem{Key: excerpt(key), Code: UnknownKey, Want: nearest(key)})
}

// path joins a dotted key and gives the offset of its first part. A part that
// is no bare key keeps its quotes, so it can never look like two.
func (d *document) path(prefix string, it unstable.Iterator) (key string, at int) {
	at = -1
	key = prefix
	for it.Next() {
		n := it.Node()
		if at < 0 {
			at = d.base + int(n.Raw.Offset)
		}
		part := string(n.Data)
		if part == "" || strings.ContainsFunc(part, notBare) {
			part = strconv.Quote(part)
		}
		if key != "" {
			key += "."
		}
		key += part
	}
	return key, max(at, 0)
}

func notBare(r rune) bool {
	return r != '_' && r != '-' && (r < '0' || r > '9') && (r < 'a' || r > 'z') && (r < 'A' || r > 'Z')
}

func (d *document) report(at int, p Problem) {
	p.Line, p.Column = d.position(at)
	d.found = append(d.found, p)
}

// position counts lines and characters from 1.
func (d *document) position(at int) (line, column int) {
	before := d.data[:min(max(at, 0), len(d.data))]
	start := bytes.LastIndexByte(before, '\n') + 1
	return bytes.Count(before, []byte("\n")) + 1, utf8.RuneCount(before[start:]) + 1
}

func (d *document) lineOf(at int) string {
	line, _ := d.position(at)
	return strconv.Itoa(line)
}

// typeName is the TOML name of a value's type.
func typeName(k unstable.Kind) string {
	switch k {
	case unstable.String:
		return "string"
	case unstable.Bool:
		return "boolean"
	case unstable.Integer:
		return "integer"
	case unstable.Float:
		return "float"
	case unstable.Array:
		return "array"
	case unstable.InlineTable:
		return "table"
	case unstable.LocalDate, unstable.LocalTime, unstable.LocalDateTime, unstable.DateTime:
		return "date"
	case unstable.Invalid, unstable.Comment, unstable.Key, unstable.Table, unstable.ArrayTable, unstable.KeyValue:
	}
	return "?"
}
