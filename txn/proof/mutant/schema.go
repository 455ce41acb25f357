package mutant

import (
	"errors"
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"path/filepath"
	"slices"
	"strings"
)

// Building a simulator takes far longer than it takes that simulator to catch a bug. So
// mutants that change no more than the inside of a function are built together: the
// function is there once as it is and once with each bug, and asks at its beginning
// which is planted. The text that runs is the mutant's own, to the byte.

// planted is the variable that says which mutant runs: the number of one, 0 for none.
const planted = "VPOS_PLANTED"

// chooser is the file each package with mutants gets besides.
const chooser = `package %s

import (
	"os"
	"strconv"
)

var plantedMutant, _ = strconv.Atoi(os.Getenv(%q))
`

// errAlone says that a mutant changes more than the inside of a function, so that it
// has to be built by itself.
var errAlone = errors.New("not inside one function")

// graft is the functions of one file, some of which get mutants.
type graft struct {
	file  string // as the list has it
	text  string
	funcs []*ast.FuncDecl
	pkg   string
	lines map[int][]string // function → the lines that choose
	more  []string         // the functions with the bugs
}

// source reads the declarations of a file. Positions are offsets into text, plus one.
func source(file, text string) (*ast.File, []*ast.FuncDecl, error) {
	tree, err := parser.ParseFile(token.NewFileSet(), filepath.Base(file), text, parser.SkipObjectResolution)
	if err != nil {
		return nil, nil, fmt.Errorf("%s: %w", file, err)
	}
	var funcs []*ast.FuncDecl
	for _, d := range tree.Decls {
		if f, ok := d.(*ast.FuncDecl); ok && f.Body != nil {
			funcs = append(funcs, f)
		}
	}
	return tree, funcs, nil
}

func newGraft(file, text string) (*graft, error) {
	tree, funcs, err := source(file, text)
	if err != nil {
		return nil, err
	}
	return &graft{file: file, text: text, funcs: funcs, pkg: tree.Name.Name, lines: map[int][]string{}}, nil
}

// add grafts the bugs of a changed text on under a number. It is all of them or an error.
func (g *graft) add(number int, changed string) error {
	_, funcs, err := source(g.file, changed)
	if err != nil {
		return err
	}
	if len(funcs) != len(g.funcs) || !slices.Equal(outside(g.text, g.funcs), outside(changed, funcs)) {
		return errAlone
	}
	var chosen []int
	for i, f := range funcs {
		if inside(g.text, g.funcs[i]) == inside(changed, f) {
			continue
		}
		if _, err := call(f, number); err != nil {
			return err
		}
		chosen = append(chosen, i)
	}
	for _, i := range chosen {
		f := funcs[i]
		line, _ := call(f, number)
		g.lines[i] = append(g.lines[i], line)
		name := int(f.Name.End()) - 1
		g.more = append(g.more, changed[f.Pos()-1:name]+suffix(number)+changed[name:f.End()-1])
	}
	return nil
}

// outside is what stands between the bodies of functions; inside is a body.
func outside(text string, funcs []*ast.FuncDecl) []string {
	var parts []string
	from := 0
	for _, f := range funcs {
		parts = append(parts, text[from:f.Body.Pos()-1])
		from = int(f.Body.End()) - 1
	}
	return append(parts, text[from:])
}

func inside(text string, f *ast.FuncDecl) string { return text[f.Body.Pos()-1 : f.Body.End()-1] }

func suffix(number int) string { return fmt.Sprintf("_planted%d", number) }

// call is the line that goes to a function with a bug instead.
func call(f *ast.FuncDecl, number int) (string, error) {
	if f.Type.TypeParams != nil || f.Name.Name == "init" {
		return "", errAlone
	}
	target := f.Name.Name + suffix(number)
	if f.Recv != nil {
		names := f.Recv.List[0].Names
		if len(names) == 0 || names[0].Name == "_" {
			return "", errAlone
		}
		target = names[0].Name + "." + target
	}
	var args []string
	for _, p := range f.Type.Params.List {
		dots := ""
		if _, many := p.Type.(*ast.Ellipsis); many {
			dots = "..."
		}
		if len(p.Names) == 0 {
			return "", errAlone
		}
		for _, n := range p.Names {
			if n.Name == "_" {
				return "", errAlone
			}
			args = append(args, n.Name+dots)
		}
	}
	target += "(" + strings.Join(args, ", ") + ")"
	if f.Type.Results == nil {
		return fmt.Sprintf("case %d: %s; return", number, target), nil
	}
	return fmt.Sprintf("case %d: return %s", number, target), nil
}

// grown is the file with every function in it.
func (g *graft) grown() string {
	var b strings.Builder
	from := 0
	for i, f := range g.funcs {
		if lines := g.lines[i]; len(lines) > 0 {
			brace := int(f.Body.Lbrace)
			b.WriteString(g.text[from:brace] + "\nswitch plantedMutant {\n" + strings.Join(lines, "\n") + "\n}\n")
			from = brace
		}
	}
	b.WriteString(g.text[from:] + "\n" + strings.Join(g.more, "\n\n") + "\n")
	return b.String()
}
