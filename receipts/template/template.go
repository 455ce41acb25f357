package template

import (
	"bytes"
	"embed"
	"errors"
	"fmt"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"text/template"
	"text/template/parse"

	"vpos/receipts"
	"vpos/receipts/samples"
)

// Template is a layout of card slips; it is a [receipts.Template]. Safe for concurrent use.
type Template struct {
	name string
	tree *template.Template
}

var _ receipts.Template = (*Template)(nil)

// Error is what is wrong with a template, and where.
type Error struct {
	Name string
	Line int // from 1; 0 where it is no line's fault
	Err  error
}

// Error names the file, the line and the fault.
func (e *Error) Error() string {
	if e.Line == 0 {
		return fmt.Sprintf("%s: %v", e.Name, e.Err)
	}
	return fmt.Sprintf("%s:%d: %v", e.Name, e.Line, e.Err)
}

// Unwrap gives the fault.
func (e *Error) Unwrap() error { return e.Err }

// What can be wrong, beside what text/template says.
var (
	ErrName   = errors.New("no such name")
	ErrMarkup = errors.New("not understood")
	ErrLarge  = errors.New("too large")
)

// Bounds of a template and of what it makes.
const (
	MaxBytes = 64 << 10
	maxOut   = 64 << 10
	maxLines = 400
)

//go:embed shipped/*.txt
var shipped embed.FS

// Shipped lists the templates that come with the program.
func Shipped() []string { return []string{"standard", "compact"} }

// Source is a shipped template, to begin one's own with; the error wraps [ErrName].
func Source(name string) ([]byte, error) {
	data, err := shipped.ReadFile("shipped/" + name + ".txt")
	if err != nil {
		return nil, fmt.Errorf("%w: template %q", ErrName, name)
	}
	return data, nil
}

// Parse reads a template. The error is an [*Error].
func Parse(name string, source []byte) (*Template, error) {
	if len(source) > MaxBytes {
		return nil, &Error{name, 0, fmt.Errorf("%w: %d bytes, at most %d", ErrLarge, len(source), MaxBytes)}
	}
	if i := bytes.IndexAny(source, string([]rune{valueBegin, valueEnd, partBegin})+escaped); i >= 0 {
		return nil, &Error{name, 1 + bytes.Count(source[:i], []byte("\n")), fmt.Errorf("%w: a private character", ErrMarkup)}
	}
	tree, err := template.New("t").Funcs(functions(receipts.Facts{})).Option("missingkey=error").Parse(string(source))
	if err != nil {
		return nil, located(name, err)
	}
	t := &Template{name, tree}
	for _, one := range tree.Templates() {
		if one.Tree != nil {
			if err := t.names(one.Tree, one.Root); err != nil {
				return nil, err
			}
		}
	}
	return t, nil
}

// place is where text/template says something: the template's name, a line, perhaps a column.
var place = regexp.MustCompile(`^template: t:(\d+):(?:\d+:)? *(.*)$`)

// located is an error of text/template with the line in its place.
func located(name string, err error) error {
	if m := place.FindStringSubmatch(strings.ReplaceAll(err.Error(), "\n", " ")); m != nil {
		line, _ := strconv.Atoi(m[1])
		return &Error{name, line, errors.New(m[2])}
	}
	return &Error{name, 0, err}
}

// known are the functions, with the names that each takes.
func known() map[string][]string {
	return map[string][]string{"value": receipts.ValueNames(), "label": receipts.ValueNames(), "part": receipts.PartNames()}
}

// names holds every name in a template against those there are, also where no sample comes by.
func (t *Template) names(tree *parse.Tree, node parse.Node) error {
	switch n := node.(type) {
	case *parse.ListNode:
		if n == nil {
			return nil
		}
		for _, one := range n.Nodes {
			if err := t.names(tree, one); err != nil {
				return err
			}
		}
	case *parse.ActionNode:
		return t.names(tree, n.Pipe)
	case *parse.IfNode:
		return t.all(tree, n.Pipe, n.List, n.ElseList)
	case *parse.WithNode:
		return t.all(tree, n.Pipe, n.List, n.ElseList)
	case *parse.RangeNode:
		return t.fault(tree, n, fmt.Errorf("%w: range", ErrMarkup))
	case *parse.TemplateNode:
		return t.fault(tree, n, fmt.Errorf("%w: template", ErrMarkup))
	case *parse.PipeNode:
		for _, c := range n.Cmds {
			if err := t.names(tree, c); err != nil {
				return err
			}
		}
	case *parse.CommandNode:
		return t.command(tree, n)
	}
	return nil
}

func (t *Template) all(tree *parse.Tree, pipe *parse.PipeNode, lists ...*parse.ListNode) error {
	if err := t.names(tree, pipe); err != nil {
		return err
	}
	for _, l := range lists {
		if err := t.names(tree, l); err != nil {
			return err
		}
	}
	return nil
}

func (t *Template) command(tree *parse.Tree, n *parse.CommandNode) error {
	for _, a := range n.Args {
		if inner, ok := a.(*parse.PipeNode); ok {
			if err := t.names(tree, inner); err != nil {
				return err
			}
		}
	}
	function, ok := n.Args[0].(*parse.IdentifierNode)
	if !ok || len(n.Args) < 2 {
		return nil
	}
	name, ok := n.Args[1].(*parse.StringNode)
	if list, ours := known()[function.Ident]; ok && ours && !slices.Contains(list, name.Text) {
		return t.fault(tree, n, fmt.Errorf("%w: %s %q; there are %s", ErrName, function.Ident, name.Text, strings.Join(list, ", ")))
	}
	return nil
}

func (t *Template) fault(tree *parse.Tree, n parse.Node, err error) error {
	at, _ := tree.ErrorContext(n)
	line := 0
	if parts := strings.Split(at, ":"); len(parts) > 1 {
		line, _ = strconv.Atoi(parts[1])
	}
	return &Error{t.name, line, err}
}

// value is a fact in a template: empty is false, and written out it is no markup.
type value string

// The marks that stand around a fact, and before the name of a block, in what text/template
// writes: characters of Unicode's private use, which no template may hold.
const (
	valueBegin = '\uE0F0'
	valueEnd   = '\uE0F1'
	partBegin  = '\uE0F2'
)

// String hides the text from the markup.
func (v value) String() string {
	if v == "" {
		return ""
	}
	return string(valueBegin) + fmt.Sprintf("%x", string(v)) + string(valueEnd)
}

// functions are what a template may call. A fact carries its field before a NUL.
func functions(f receipts.Facts) template.FuncMap {
	return template.FuncMap{
		"value": func(name string) (value, error) {
			text, ok := f.Value(receipts.Field(name))
			switch {
			case !ok:
				return "", fmt.Errorf("%w: value %q", ErrName, name)
			case text == "":
				return "", nil
			}
			return value(name + "\x00" + text), nil
		},
		"label": func(name string) (value, error) {
			words, ok := receipts.Label(receipts.Field(name))
			if !ok {
				return "", fmt.Errorf("%w: label %q", ErrName, name)
			}
			return value("\x00" + words.In(f.Lang)), nil
		},
		"part": func(name string) (string, error) {
			if _, ok := f.Part(name); !ok {
				return "", fmt.Errorf("%w: part %q", ErrName, name)
			}
			return string(partBegin) + name, nil
		},
	}
}

// limited takes so much and no more.
type limited struct{ strings.Builder }

func (l *limited) Write(p []byte) (int, error) {
	if l.Len()+len(p) > maxOut {
		return 0, fmt.Errorf("%w: the slip", ErrLarge)
	}
	return l.Builder.Write(p) //nolint:wrapcheck // never fails
}

// Document lays a slip out. The error is an [*Error].
func (t *Template) Document(f receipts.Facts) (receipts.Document, error) {
	tree, err := t.tree.Clone()
	if err != nil {
		return receipts.Document{}, &Error{t.name, 0, err}
	}
	var out limited
	if err := tree.Funcs(functions(f)).Execute(&out, nil); err != nil {
		return receipts.Document{}, located(t.name, err)
	}
	m := markup{facts: f}
	for text := range strings.SplitSeq(strings.TrimRight(out.String(), "\n"), "\n") {
		if err := m.line(text); err != nil {
			return receipts.Document{}, &Error{t.name, 0, fmt.Errorf("%w: %s", err, reveal(text))}
		}
		if len(m.doc.Lines) > maxLines {
			return receipts.Document{}, &Error{t.name, 0, fmt.Errorf("%w: more than %d lines", ErrLarge, maxLines)}
		}
	}
	return m.doc, nil
}

// Verify draws every sample there is, in every language and width, training and live. The
// error is an [*Error] about the first that breaks a rule; it names the sample, and the field
// that is missing.
func (t *Template) Verify() error {
	for _, s := range samples.All() {
		if !s.Card {
			continue
		}
		for _, lang := range receipts.Langs() {
			for _, columns := range []int{32, 42, 48} {
				for _, training := range []bool{false, true} {
					o := samples.Options(lang, columns, training)
					o.Template = t
					if _, err := s.Render(o); err != nil {
						return t.broken(s.Name, lang, columns, err)
					}
				}
			}
		}
	}
	return nil
}

func (t *Template) broken(sample string, lang receipts.Lang, columns int, err error) error {
	if e, ok := errors.AsType[*Error](err); ok {
		return e
	}
	return &Error{t.name, 0, fmt.Errorf("%w (sample %s, %v, %d columns)", err, sample, lang, columns)}
}
