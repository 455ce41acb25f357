package main_test

import (
	"encoding/json"
	"errors"
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
)

// The floors of ARCHITECTURE.md, held over what `go list` says of the module.

// rooms from the ground up: a package imports its own room and those before it.
var rooms = []string{"reader", "txn", "receipts", "tui"}

// kept says which packages may import a module, and which rooms may not reach
// it even by way of another package.
var kept = []struct {
	module string   // import path, or the start of one
	in     []string // packages; one ending in /... means all below it as well
	unseen []string // rooms that may not reach it at all
}{
	{"charm.land/", []string{"vpos/tui/..."}, []string{"reader", "txn", "receipts"}},
	{"github.com/charmbracelet/bubbletea", nil, []string{"reader", "txn", "receipts", "tui"}}, // v1
	{"github.com/charmbracelet/lipgloss", nil, []string{"reader", "txn", "receipts", "tui"}},  // v1
	{"github.com/ebfe/scard", []string{"vpos/reader/pcsc"}, []string{"txn", "receipts", "tui"}},
	{"github.com/moov-io/iso8583", []string{"vpos/txn/host"}, []string{"reader", "receipts"}},
	{"github.com/ncruces/go-sqlite3", []string{"vpos/txn/journal", "vpos/txn/host/sim", "vpos/txn/proof/crash"}, []string{"reader", "receipts"}},
}

// commandLine may be imported by the door: the help of the command line is
// drawn with Lip Gloss by its own library.
const commandLine = "charm.land/fang/"

// pure packages have no way to a disk, a network, a process, a log or chance.
var pure = []string{
	"vpos/reader", "vpos/reader/swipe", "vpos/reader/tlv", "vpos/reader/emv", "vpos/reader/explain",
	"vpos/reader/sheet", "vpos/reader/deck", "vpos/reader/deck/issuer", "vpos/reader/deck/decktest", "vpos/reader/scheme",
	"vpos/txn", "vpos/txn/health",
	"vpos/receipts", "vpos/receipts/text", "vpos/receipts/escpos", "vpos/receipts/raster", "vpos/receipts/font", "vpos/receipts/samples",
	"vpos/receipts/svg", "vpos/receipts/html", "vpos/receipts/pdf",
	"vpos/tui/words", "vpos/tui/keypad", "vpos/tui/theme", "vpos/tui/screen",
}

// impure are the imports no pure package has. Package log/slog is none of them:
// secrets mask themselves in it (slog.LogValuer).
var impure = []string{
	"os", "os/exec", "os/signal", "os/user", "net", "net/http", "net/netip", "syscall", "io/fs", "path/filepath",
	"log", "math/rand", "math/rand/v2", "crypto/rand", "unsafe", "C", "runtime", "testing",
}

// clocks are the functions of package time that look at one.
var clocks = []string{"Now", "Since", "Until", "Sleep", "After", "AfterFunc", "Tick", "NewTicker", "NewTimer"}

// vocabulary packages are the roots of rooms: they know nothing of their own
// machinery.
var vocabulary = []string{"vpos/reader", "vpos/txn", "vpos/receipts"}

// pkg is a package as `go list -json` describes it.
type pkg struct {
	ImportPath   string
	Dir          string
	GoFiles      []string
	Imports      []string
	TestImports  []string
	XTestImports []string
	Deps         []string
	Standard     bool
}

func (p pkg) ours() bool {
	return !p.Standard && (p.ImportPath == "vpos" || under(p.ImportPath, "vpos"))
}

// under reports whether a path is below another.
func under(path, above string) bool { return strings.HasPrefix(path, above+"/") }

// room is the floor a package of ours is on; the door is above all of them.
func room(path string) int {
	rest, inside := strings.CutPrefix(path, "vpos/")
	if !inside {
		return len(rooms)
	}
	name, _, _ := strings.Cut(rest, "/")
	if i := slices.Index(rooms, name); i >= 0 {
		return i
	}
	return len(rooms)
}

// allowed reports whether a path is one of a list that may end in /....
func allowed(path string, list []string) bool {
	return slices.ContainsFunc(list, func(l string) bool {
		top, below := strings.CutSuffix(l, "/...")
		return path == top || below && under(path, top)
	})
}

// bent lists every floor a set of packages bends.
func bent(packages []pkg) []string {
	var wrong []string
	for _, p := range packages {
		if p.ours() {
			wrong = append(wrong, bentRooms(p)...)
			wrong = append(wrong, bentModules(p)...)
		}
	}
	return wrong
}

func bentRooms(p pkg) []string {
	var wrong []string
	for _, to := range slices.Concat(p.Imports, p.TestImports, p.XTestImports) {
		if (to == "vpos" || under(to, "vpos")) && room(to) > room(p.ImportPath) {
			wrong = append(wrong, p.ImportPath+" imports "+to+", which is above it")
		}
	}
	for _, to := range p.Deps {
		if under(to, "vpos") && room(to) > room(p.ImportPath) && !slices.Contains(p.Imports, to) {
			wrong = append(wrong, p.ImportPath+" reaches "+to+", which is above it")
		}
	}
	for _, to := range p.Imports {
		if slices.Contains(vocabulary, p.ImportPath) && under(to, p.ImportPath) {
			wrong = append(wrong, p.ImportPath+" imports its own machinery "+to)
		}
		if slices.Contains(pure, p.ImportPath) && slices.Contains(impure, to) {
			wrong = append(wrong, p.ImportPath+" is pure and imports "+to)
		}
	}
	return wrong
}

func bentModules(p pkg) []string {
	var wrong []string
	for _, k := range kept {
		for _, to := range p.Imports {
			door := p.ImportPath == "vpos" && strings.HasPrefix(to, commandLine)
			if strings.HasPrefix(to, k.module) && !allowed(p.ImportPath, k.in) && !door {
				wrong = append(wrong, fmt.Sprintf("%s imports %s, which is for %v only", p.ImportPath, to, k.in))
			}
		}
		if r := room(p.ImportPath); r == len(rooms) || !slices.Contains(k.unseen, rooms[r]) {
			continue
		}
		for _, to := range p.Deps {
			if strings.HasPrefix(to, k.module) && !slices.Contains(p.Imports, to) {
				wrong = append(wrong, p.ImportPath+" reaches "+to)
			}
		}
	}
	return wrong
}

// list asks the go command, for one system: what a package imports differs.
func list(t *testing.T, system string) []pkg {
	t.Helper()
	cmd := exec.Command("go", "list", "-json=ImportPath,Dir,GoFiles,Imports,TestImports,XTestImports,Deps,Standard", "./...")
	cmd.Env = append(os.Environ(), "GOOS="+system, "CGO_ENABLED=0")
	var complaint strings.Builder
	cmd.Stderr = &complaint
	out, err := cmd.Output()
	if err != nil {
		t.Fatalf("go list: %v\n%s", err, &complaint)
	}
	var packages []pkg
	for d := json.NewDecoder(strings.NewReader(string(out))); ; {
		var p pkg
		if err := d.Decode(&p); errors.Is(err, io.EOF) {
			return packages
		} else if err != nil {
			t.Fatal(err)
		}
		packages = append(packages, p)
		// The test cache sees what the test itself opens, not what go list does.
		if _, err := os.ReadDir(p.Dir); err != nil {
			t.Fatal(err)
		}
	}
}

func TestFloors(t *testing.T) {
	for _, system := range []string{"linux", "darwin", "windows"} {
		packages := list(t, system)
		if len(packages) < len(rooms) {
			t.Fatalf("only %d packages on %s", len(packages), system)
		}
		for _, w := range bent(packages) {
			t.Errorf("%s: %s", system, w)
		}
	}
}

// The clock arrives as an event: pure packages never look at one.
func TestNoClock(t *testing.T) {
	for _, p := range list(t, "linux") {
		if !slices.Contains(pure, p.ImportPath) {
			continue
		}
		for _, file := range p.GoFiles {
			source, err := parser.ParseFile(token.NewFileSet(), filepath.Join(p.Dir, file), nil, 0)
			if err != nil {
				t.Fatal(err)
			}
			for _, name := range looksAtClock(source) {
				t.Errorf("%s: %s calls time.%s", p.ImportPath, file, name)
			}
		}
	}
}

// looksAtClock names the clocks of package time that a file uses.
func looksAtClock(file *ast.File) []string {
	local := ""
	for _, i := range file.Imports {
		if path, err := strconv.Unquote(i.Path.Value); err == nil && path == "time" {
			local = "time"
			if i.Name != nil {
				local = i.Name.Name
			}
		}
	}
	var used []string
	ast.Inspect(file, func(n ast.Node) bool {
		s, ok := n.(*ast.SelectorExpr)
		if !ok {
			return true
		}
		if x, ok := s.X.(*ast.Ident); ok && local != "" && x.Name == local && slices.Contains(clocks, s.Sel.Name) {
			used = append(used, s.Sel.Name)
		}
		return true
	})
	return used
}

// A floor that cannot bend is not held: each rule has an import that breaks it.
func TestFloorsCanBend(t *testing.T) {
	for _, p := range []pkg{
		{ImportPath: "vpos/reader", Imports: []string{"vpos/txn"}},
		{ImportPath: "vpos/reader/swipe", XTestImports: []string{"vpos/tui/words"}},
		{ImportPath: "vpos/txn/engine", Imports: []string{"vpos"}},
		{ImportPath: "vpos/txn/engine", Deps: []string{"vpos/receipts/printer"}},
		{ImportPath: "vpos/txn", Imports: []string{"vpos/txn/host"}},
		{ImportPath: "vpos/txn", Imports: []string{"os"}},
		{ImportPath: "vpos/receipts/text", Imports: []string{"net"}},
		{ImportPath: "vpos", Imports: []string{"charm.land/lipgloss/v2"}},
		{ImportPath: "vpos/receipts", Deps: []string{"charm.land/bubbletea/v2"}},
		{ImportPath: "vpos/tui", Imports: []string{"github.com/charmbracelet/bubbletea"}},
		{ImportPath: "vpos/reader/deck", Imports: []string{"github.com/ebfe/scard"}},
		{ImportPath: "vpos/txn/host/sim", Imports: []string{"github.com/moov-io/iso8583"}},
		{ImportPath: "vpos/txn/engine", Imports: []string{"github.com/ncruces/go-sqlite3/driver"}},
	} {
		if len(bent([]pkg{p})) == 0 {
			t.Errorf("this bends nothing: %+v", p)
		}
	}
	straight := []pkg{
		{ImportPath: "vpos", Imports: []string{"vpos/tui", "charm.land/fang/v2", "os"}, Deps: []string{"charm.land/bubbletea/v2"}},
		{ImportPath: "vpos/tui/screen", Imports: []string{"charm.land/lipgloss/v2", "vpos/txn"}},
		{ImportPath: "vpos/txn/host", Imports: []string{"github.com/moov-io/iso8583/field", "vpos/reader", "net"}},
		{ImportPath: "vpos/txn/host/sim", Imports: []string{"github.com/ncruces/go-sqlite3", "vpos/txn/host"}},
	}
	if wrong := bent(straight); len(wrong) > 0 {
		t.Errorf("these are straight: %v", wrong)
	}
	file, err := parser.ParseFile(token.NewFileSet(), "", "package p\nimport clock \"time\"\nvar _ = clock.Now()", 0)
	if err != nil || len(looksAtClock(file)) != 1 {
		t.Errorf("a renamed clock is not seen: %v", err)
	}
}

// Whoever's work a build contains is named in NOTICE.
func TestNotice(t *testing.T) {
	notice, err := os.ReadFile("NOTICE")
	if err != nil {
		t.Fatal(err)
	}
	for _, system := range []string{"linux", "darwin", "windows"} {
		cmd := exec.Command("go", "list", "-deps", "-f", "{{with .Module}}{{.Path}}{{end}}", "./...")
		cmd.Env = append(os.Environ(), "GOOS="+system, "CGO_ENABLED=0")
		out, err := cmd.Output()
		if err != nil {
			t.Fatalf("go list: %v", err)
		}
		modules := strings.Fields(string(out))
		slices.Sort(modules)
		for _, m := range slices.Compact(modules) {
			if m != "vpos" && !strings.Contains(string(notice), "  "+m+" ") {
				t.Errorf("%s: NOTICE does not name %s", system, m)
			}
		}
	}
}
