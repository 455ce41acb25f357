package main

import (
	"bufio"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"sync/atomic"
	"testing"
	"time"
)

// The built terminal in tmux: a real terminal emulator draws it, keys are sent to
// it, and the window title says when to look. One client in control mode asks and
// answers for a pane's whole life, and says when something was drawn.

type pane struct {
	t       *testing.T
	data    string
	in      io.WriteCloser
	replies chan reply
	drawn   chan struct{} // something may look different
	ended   chan struct{} // the session is over
	hears   atomic.Value  // of func(string): takes every line of news
}

// reply is what tmux says to a command.
type reply struct {
	text string
	ok   bool
}

func newPane(t *testing.T, cols, rows int, env, data string, args ...string) *pane {
	t.Helper()
	if _, err := exec.LookPath("tmux"); err != nil {
		t.Skip("SKIPPED: tmux is not installed")
	}
	p := &pane{t: t, data: data, replies: make(chan reply, 1), drawn: make(chan struct{}, 1), ended: make(chan struct{})}
	socket := filepath.Join(t.TempDir(), "tmux")
	tmux := func(args ...string) *exec.Cmd {
		cmd := exec.Command("tmux", append([]string{"-S", socket, "-f", "/dev/null"}, args...)...)
		cmd.Env = append(os.Environ(), "LC_ALL=C.UTF-8", "TERM=xterm-256color")
		return cmd
	}
	command := strings.Join(append([]string{env, built(t), "--reader", "none", "--data", data}, args...), " ")
	if out, err := tmux("new-session", "-d", "-x", fmt.Sprint(cols), "-y", fmt.Sprint(rows), command).CombinedOutput(); err != nil {
		t.Fatalf("tmux: %v %s", err, out)
	}
	t.Cleanup(func() { _ = tmux("kill-server").Run() })
	p.attach(tmux("-C", "attach-session", "-f", "ignore-size"))
	p.run("set-option", "-g", "escape-time", "0")
	p.until("ready", func() bool { return p.named("idle", "lock") })
	return p
}

// attach begins to listen to the session.
func (p *pane) attach(cmd *exec.Cmd) {
	p.t.Helper()
	var err error
	if p.in, err = cmd.StdinPipe(); err != nil {
		p.t.Fatal(err)
	}
	out, err := cmd.StdoutPipe()
	if err != nil {
		p.t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		p.t.Fatal(err)
	}
	p.t.Cleanup(func() { _ = cmd.Process.Kill(); _ = cmd.Wait() })
	go p.listen(out)
}

// listen takes replies apart from news. A reply stands between lines that begin %begin
// and %end or %error; the last word of the first is 1 where this client had asked.
func (p *pane) listen(out io.Reader) {
	defer close(p.ended)
	lines := bufio.NewScanner(out)
	lines.Buffer(nil, 1<<20)
	var text []string
	inside, ours := false, false
	for lines.Scan() {
		line := lines.Text()
		word, _, _ := strings.Cut(line, " ")
		switch {
		case inside && (word == "%end" || word == "%error"):
			inside = false
			if ours {
				p.replies <- reply{strings.Join(text, "\n"), word == "%end"}
			}
		case inside:
			text = append(text, line)
		case word == "%begin":
			inside, ours, text = true, strings.HasSuffix(line, " 1"), nil
		case strings.HasPrefix(word, "%"):
			if hears, ok := p.hears.Load().(func(string)); ok {
				hears(line)
			}
			select {
			case p.drawn <- struct{}{}:
			default:
			}
		}
	}
}

// tell has every line of news told from now on.
func (p *pane) tell(hears func(line string)) { p.hears.Store(hears) }

// ask gives tmux a command and waits for its reply; false once the session is over.
func (p *pane) ask(args ...string) (reply, bool) {
	quoted := make([]string, len(args))
	for i, a := range args {
		quoted[i] = "'" + strings.ReplaceAll(a, "'", `'\''`) + "'"
	}
	if _, err := io.WriteString(p.in, strings.Join(quoted, " ")+"\n"); err != nil {
		return reply{}, false
	}
	select {
	case r := <-p.replies:
		return r, true
	case <-p.ended:
		return reply{}, false
	case <-time.After(patience):
		return reply{text: "tmux does not answer"}, true
	}
}

func (p *pane) run(args ...string) string {
	p.t.Helper()
	r, there := p.ask(args...)
	if !there || !r.ok {
		p.t.Fatalf("tmux %v: %s (session there: %t)", args, r.text, there)
	}
	return r.text
}

// until looks again whenever something was drawn.
func (p *pane) until(what string, ok func() bool) {
	p.t.Helper()
	late := time.After(patience)
	for !ok() {
		select {
		case <-p.drawn:
		case <-late:
			p.t.Fatalf("never %s:\n%s", what, p.screen())
		}
	}
}

// gone waits until the program has ended, and the session with it.
func (p *pane) gone() {
	p.t.Helper()
	select {
	case <-p.ended:
	case <-time.After(patience):
		p.t.Fatalf("never gone:\n%s", p.screen())
	}
}

func (p *pane) state(name string) {
	p.t.Helper()
	p.until(name, func() bool { return p.named(name) })
}

// named reports whether the terminal is at one of these states.
func (p *pane) named(names ...string) bool {
	p.t.Helper()
	at, ok := strings.CutPrefix(p.run("display-message", "-p", "#{pane_title}"), "vpos · ")
	return ok && slices.Contains(names, at)
}

func (p *pane) keys(keys ...string) { p.t.Helper(); p.run(append([]string{"send-keys"}, keys...)...) }

// types sends digits. A whole card number comes one by one, as from a hand: faster it
// would be a scanner's.
func (p *pane) types(text string) {
	p.t.Helper()
	if len(text) < scanned {
		p.keys("-l", text)
		return
	}
	for _, r := range text {
		p.keys("-l", string(r))
		time.Sleep(hand)
	}
}

const (
	scanned = 12                    // characters that a scanner has at least
	hand    = 25 * time.Millisecond // the pace of somebody quick
)

func (p *pane) screen() string {
	p.t.Helper()
	r, _ := p.ask("capture-pane", "-p")
	return r.text
}

// has waits until the screen has every text.
func (p *pane) has(texts ...string) {
	p.t.Helper()
	p.until(fmt.Sprintf("%q on screen", texts), func() bool { return p.shows(texts...) })
}

// shows reports whether the screen has every text now.
func (p *pane) shows(texts ...string) bool {
	p.t.Helper()
	screen := p.screen()
	return !slices.ContainsFunc(texts, func(text string) bool { return !strings.Contains(screen, text) })
}
