package main

import (
	"flag"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"sync"
	"testing"

	"github.com/rogpeppe/go-internal/testscript"
)

// atOnce is how many parallel tests run at a time. They wait for processes, hosts and
// readers most of their time: far more of them than there are processors do no harm.
const atOnce = "12"

func TestMain(m *testing.M) {
	if err := flag.Set("test.parallel", atOnce); err != nil { // a flag on the command line still wins
		panic(err)
	}
	testscript.Main(tidy{m}, map[string]func(){"vpos": main})
}

// tidy takes away what the tests of a run built.
type tidy struct{ *testing.M }

func (t tidy) Run() int {
	code := t.M.Run()
	if builtIn != "" {
		_ = os.RemoveAll(builtIn)
	}
	return code
}

// builtIn is the folder of the program built for this run; empty when none was.
var builtIn string

// TestScripts runs vpos as a person at a shell would. Every script ends with the
// leak gate over its data folders and over what the last command printed.
func TestScripts(t *testing.T) {
	testscript.Run(t, testscript.Params{
		Dir: "testdata/script",
		Setup: func(env *testscript.Env) error {
			env.Setenv("LANG", "C.UTF-8")
			env.Setenv("NO_COLOR", "1")
			env.Setenv("HOME", env.WorkDir)
			env.Setenv("XDG_STATE_HOME", filepath.Join(env.WorkDir, "state"))
			return nil
		},
		Cmds: map[string]func(ts *testscript.TestScript, neg bool, args []string){
			"leakfree": leakFree,
			"count":    countFiles,
			"paper":    onPaper,
		},
	})
}

// leakFree DIR… scans the folders, and stdout and stderr of the last command.
func leakFree(ts *testscript.TestScript, neg bool, args []string) {
	for _, stream := range []string{"stdout", "stderr"} {
		if found := leaks([]byte(ts.ReadFile(stream)), planted); len(found) > 0 {
			ts.Fatalf("leak on %s: %v", stream, found)
		}
	}
	for _, dir := range args {
		err := filepath.WalkDir(ts.MkAbs(dir), func(path string, d os.DirEntry, err error) error {
			if err != nil || d.IsDir() {
				return err
			}
			b, err := os.ReadFile(path)
			if found := leaks(b, planted); len(found) > 0 {
				ts.Fatalf("leak in %s: %v", path, found)
			}
			return err
		})
		ts.Check(err)
	}
}

// countFiles N GLOB holds the number of files that match.
func countFiles(ts *testscript.TestScript, neg bool, args []string) {
	if len(args) != 2 {
		ts.Fatalf("usage: count N GLOB")
	}
	files, err := filepath.Glob(ts.MkAbs(args[1]))
	ts.Check(err)
	if (strconv.Itoa(len(files)) == args[0]) == neg {
		ts.Fatalf("%d files match %s", len(files), args[1])
	}
}

// onPaper TEXT holds that some slip below data bears the text.
func onPaper(ts *testscript.TestScript, neg bool, args []string) {
	if len(args) != 1 {
		ts.Fatalf("usage: paper TEXT")
	}
	files, err := filepath.Glob(ts.MkAbs("data/receipts/*.txt"))
	ts.Check(err)
	there := slices.ContainsFunc(files, func(f string) bool { return strings.Contains(ts.ReadFile(f), args[0]) })
	if there == neg {
		ts.Fatalf("%q is on paper: %t", args[0], there)
	}
}

// program is the built program: make's, or one built for this run.
var program = sync.OnceValues(func() (string, error) {
	if path := os.Getenv("VPOS_BIN"); path != "" {
		if _, err := os.Stat(path); err == nil {
			return path, nil
		}
	}
	dir, err := os.MkdirTemp("", "vpos-test")
	if err != nil {
		return "", err
	}
	builtIn = dir
	path := filepath.Join(dir, "vpos")
	out, err := exec.Command("go", "build", "-o", path, ".").CombinedOutput()
	if err != nil {
		return "", &exec.Error{Name: "go build: " + string(out), Err: err}
	}
	return path, nil
})

func built(t testing.TB) string {
	t.Helper()
	path, err := program()
	if err != nil {
		t.Fatal(err)
	}
	return path
}
