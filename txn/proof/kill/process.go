package kill

import (
	"bufio"
	"fmt"
	"io"
	"os"
	"os/exec"
	"syscall"
	"time"
)

// process is a program whose lines are read as they come.
type process struct {
	cmd   *exec.Cmd
	in    io.WriteCloser
	lines chan string // closed when the program has closed its output
}

// maxLines is more than any life says: the reader is never kept waiting, so that
// what a program said before it died is always there.
const maxLines = 1 << 14

// launch starts a program. What it says to either stream comes as lines.
func launch(env []string, name string, args ...string) (*process, error) {
	p := &process{cmd: exec.Command(name, args...), lines: make(chan string, maxLines)} //nolint:gosec // the program under proof
	p.cmd.Env = append(os.Environ(), env...)
	dieWithUs(p.cmd)
	var err error
	if p.in, err = p.cmd.StdinPipe(); err != nil {
		return nil, fmt.Errorf("stdin: %w", err)
	}
	out, err := p.cmd.StdoutPipe()
	if err != nil {
		return nil, fmt.Errorf("stdout: %w", err)
	}
	p.cmd.Stderr = p.cmd.Stdout
	if err := p.cmd.Start(); err != nil {
		return nil, fmt.Errorf("start: %w", err)
	}
	go func() {
		defer close(p.lines)
		for s := bufio.NewScanner(out); s.Scan(); {
			p.lines <- s.Text()
		}
	}()
	return p, nil
}

// say types a line. A program that is gone does not hear it, which is no error.
func (p *process) say(line string) { _, _ = io.WriteString(p.in, line+"\n") }

// signal reports whether it reached a living process.
func (p *process) signal(s os.Signal) bool { return p.cmd.Process.Signal(s) == nil }

// patience is how long a program may take to end when it is asked to.
const patience = 15 * time.Second

// end waits for the end of a program that was told to end, and gives its last
// lines. One that does not end in time is killed, and inTime is false.
func (p *process) end() (lines []string, inTime bool) {
	late := time.After(patience)
	for inTime = true; ; {
		select {
		case l, ok := <-p.lines:
			if !ok {
				_ = p.in.Close()
				_ = p.cmd.Wait()
				return lines, inTime
			}
			lines = append(lines, l)
		case <-late:
			inTime = false
			_ = p.cmd.Process.Kill()
		}
	}
}

// died reports whether the process, which end has waited for, was ended by s:
// killed by it, or by way of the exit code a shell would give.
func (p *process) died(s syscall.Signal) bool {
	state := p.cmd.ProcessState
	if w, ok := state.Sys().(interface{ Signaled() bool }); ok && w.Signaled() {
		return true
	}
	return state.ExitCode() == 128+int(s)
}
