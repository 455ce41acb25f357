package main

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"

	"golang.org/x/sys/unix"
)

// A pseudo-terminal with a program on it. It answers no query, as some real
// terminals do not; it waits on the window title, never on the clock.

type console struct {
	t    testing.TB
	cmd  *exec.Cmd
	file *os.File // the terminal's side

	mu    sync.Mutex
	heard *sync.Cond
	out   bytes.Buffer // everything the program wrote
	title string
	count map[string]int // how often each title came
	ended bool
}

// openPTY returns both ends of a new pseudo-terminal.
func openPTY(cols, rows uint16) (terminal, program *os.File, err error) {
	terminal, err = os.OpenFile("/dev/ptmx", os.O_RDWR|syscall.O_NOCTTY, 0)
	if err != nil {
		return nil, nil, err
	}
	fd := int(terminal.Fd())
	number, err := unix.IoctlGetInt(fd, unix.TIOCGPTN)
	if err == nil {
		err = unix.IoctlSetPointerInt(fd, unix.TIOCSPTLCK, 0)
	}
	if err == nil {
		err = unix.IoctlSetWinsize(fd, unix.TIOCSWINSZ, &unix.Winsize{Col: cols, Row: rows})
	}
	if err == nil {
		program, err = os.OpenFile(fmt.Sprintf("/dev/pts/%d", number), os.O_RDWR|syscall.O_NOCTTY, 0)
	}
	if err != nil {
		_ = terminal.Close()
		return nil, nil, err
	}
	return terminal, program, nil
}

// newConsole starts a program on an 80×24 terminal.
func newConsole(t testing.TB, env []string, name string, args ...string) *console {
	t.Helper()
	terminal, program, err := openPTY(80, 24)
	if err != nil {
		t.Skipf("SKIPPED: no pseudo-terminal here: %v", err)
	}
	c := &console{t: t, file: terminal, cmd: exec.Command(name, args...), count: map[string]int{}}
	c.heard = sync.NewCond(&c.mu)
	c.cmd.Stdin, c.cmd.Stdout, c.cmd.Stderr = program, program, program
	c.cmd.Env = append(os.Environ(), append([]string{"TERM=xterm-256color", "LANG=C.UTF-8"}, env...)...)
	c.cmd.SysProcAttr = &syscall.SysProcAttr{Setsid: true, Setctty: true}
	if err := c.cmd.Start(); err != nil {
		t.Fatal(err)
	}
	_ = program.Close()
	go c.listen()
	t.Cleanup(func() {
		_ = c.cmd.Process.Kill()
		_, _ = c.cmd.Process.Wait()
		_ = terminal.Close()
	})
	return c
}

// listen keeps what the program writes and takes the titles out of it.
func (c *console) listen() {
	b := make([]byte, 64<<10)
	var pending []byte
	for {
		n, err := c.file.Read(b)
		c.mu.Lock()
		c.out.Write(b[:n])
		pending = c.titles(append(pending, b[:n]...))
		c.ended = err != nil
		c.mu.Unlock()
		c.heard.Broadcast()
		if err != nil {
			return
		}
	}
}

// titles takes OSC 0 and 2 sequences out of b and returns what is not complete.
func (c *console) titles(b []byte) []byte {
	for {
		i := bytes.Index(b, []byte("\x1b]"))
		if i < 0 {
			return b[max(0, len(b)-1):]
		}
		b = b[i:]
		end := bytes.IndexAny(b, "\x07\x9c")
		if st := bytes.Index(b[2:], []byte("\x1b\\")); st >= 0 && (end < 0 || st+2 < end) {
			end = st + 2
		}
		if end < 0 {
			return bytes.Clone(b)
		}
		if kind, text, ok := strings.Cut(string(b[2:end]), ";"); ok && (kind == "0" || kind == "2") {
			c.title = text
			c.count[text]++
		}
		b = b[end:]
	}
}

// state waits until the title names a state.
func (c *console) state(name string) {
	c.t.Helper()
	c.wait("title "+name, func() bool { return c.title == "vpos · "+name })
}

// shows waits until the program has written a text.
func (c *console) shows(text string) {
	c.t.Helper()
	c.wait(text, func() bool { return bytes.Contains(c.out.Bytes(), []byte(text)) })
}

func (c *console) wait(what string, ok func() bool) {
	c.t.Helper()
	late := time.AfterFunc(patience, func() {
		c.mu.Lock()
		c.ended = true
		c.mu.Unlock()
		c.heard.Broadcast()
	})
	defer late.Stop()
	c.mu.Lock()
	defer c.mu.Unlock()
	for !ok() {
		if c.ended {
			c.t.Fatalf("never came: %s; title %q; the end of the output: %q", what, c.title,
				c.out.Bytes()[max(0, c.out.Len()-600):])
		}
		c.heard.Wait()
	}
}

// keys types at once, as a paste without brackets would.
func (c *console) keys(text string) {
	c.t.Helper()
	if _, err := io.WriteString(c.file, text); err != nil {
		c.t.Fatal(err)
	}
}

// slowly types with a pause before each key.
func (c *console) slowly(text string, pause func() time.Duration) {
	c.t.Helper()
	for i := range len(text) {
		time.Sleep(pause())
		c.keys(text[i : i+1])
	}
}

// exit waits for the program and returns its exit code.
func (c *console) exit() int {
	c.t.Helper()
	timer := time.AfterFunc(patience, func() { _ = c.cmd.Process.Kill() })
	defer timer.Stop()
	err := c.cmd.Wait()
	var failed *exec.ExitError
	if errors.As(err, &failed) && !failed.Exited() {
		c.t.Fatalf("ended by %v: %q", err, c.output())
	}
	return c.cmd.ProcessState.ExitCode()
}

func (c *console) output() string {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.out.String()
}
