package main

import (
	"bytes"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"
)

// The device check on a terminal, on a disk that cannot be written, and without a
// smart-card service.

// onTerminal runs vpos doctor on a pseudo-terminal that answers the question for the
// cursor with a column, or not at all for 0, and returns what came out.
func onTerminal(t *testing.T, columns, lines uint16, column int) string {
	t.Helper()
	terminal, program, err := openPTY(columns, lines)
	if err != nil {
		t.Skipf("SKIPPED: no pseudo-terminal here: %v", err)
	}
	defer func() { _ = terminal.Close() }()
	cmd := exec.Command(built(t), "doctor", "--lang", "en", "--reader", "none", "--data", filepath.Join(t.TempDir(), "new"))
	cmd.Stdin, cmd.Stdout, cmd.Stderr = program, program, program
	cmd.SysProcAttr = &syscall.SysProcAttr{Setsid: true, Setctty: true}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	_ = program.Close()
	var out bytes.Buffer
	b := make([]byte, 4096)
	for asked := false; ; {
		n, err := terminal.Read(b)
		out.Write(b[:n])
		if !asked && column > 0 && bytes.Contains(out.Bytes(), []byte("\x1b[6n")) {
			asked = true
			_, _ = fmt.Fprintf(terminal, "x\x1b[12;%dR", column) // somebody has typed before it
		}
		if err != nil {
			break
		}
	}
	_ = cmd.Wait()
	return out.String()
}

// The size of the terminal and the width of its glyphs are told; one that does not
// answer keeps nobody waiting for long.
func TestDoctorOnATerminal(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		columns, lines uint16
		column         int
		want           string
	}{
		{80, 24, 2, "Screen · Large enough · columns 80 · lines 24 · width of ─ 1"},
		{80, 24, 3, "Screen · Draws lines too wide"},
		{40, 20, 2, "Screen · Large enough"},
		{39, 20, 2, "Screen · Too small · columns 39 · lines 20"},
		{80, 24, 0, "Screen · Cannot be measured"},
		{80, 24, 9, "Screen · Cannot be measured"},
	} {
		begun := time.Now()
		if out := onTerminal(t, c.columns, c.lines, c.column); !strings.Contains(out, c.want) {
			t.Errorf("%d×%d, column %d: %q lacks %q", c.columns, c.lines, c.column, out, c.want)
		}
		if took := time.Since(begun); took > 10*time.Second {
			t.Errorf("took %v", took)
		}
	}
}

// On the screen of a terminal that answers nothing, the check ends all the same, keys
// work meanwhile.
func TestDoctorOnTheScreen(t *testing.T) {
	c := newConsole(t, nil, built(t), "--lang", "en", "--reader", "none", "--data", filepath.Join(t.TempDir(), "data"))
	c.state("idle")
	c.keys("d")
	c.state("doctor")
	c.keys("\x1b")
	c.state("idle")
	c.keys("d")
	c.state("doctor")
	c.shows("Checked: ")
	c.shows("compare ────────|--------|")
	c.keys("\x1b")
	c.state("idle")
	c.keys("q")
	if code := c.exit(); code != 0 {
		t.Errorf("exit %d", code)
	}
}

// A terminal whose printer cannot work opens the check by itself, and closes it by Esc.
func TestDoctorOpensByItself(t *testing.T) {
	data := worked(t)
	if err := os.WriteFile(filepath.Join(data, "receipts"), []byte("x"), 0o600); err != nil {
		t.Fatal(err)
	}
	c := newConsole(t, nil, built(t), "--lang", "zh", "--reader", "none", "--data", data)
	c.state("doctor")
	c.shows("签购单无法打印")
	c.keys("\x1b")
	c.state("idle")
	c.keys("q")
	if code := c.exit(); code != 0 {
		t.Errorf("exit %d", code)
	}
}

// A disk that cannot be written, and one that is full.
func TestDoctorOfADisk(t *testing.T) {
	mount := small(t, "size=3m")
	data := filepath.Join(mount, "data")
	d := talk(t, "--data", data)
	d.hears("idle")
	d.ends()
	code, found := checked(t, "--data", data, "--reader", "none")
	holdsCodes(t, found, "disk.low", "journal.good")
	if code != exitWarnings {
		t.Errorf("little room: exit %d", code)
	}
	free := fill(t, mount)
	code, found = checked(t, "--data", data, "--reader", "none")
	holdsCodes(t, found, "disk.full")
	if code != exitFaults {
		t.Errorf("no room: exit %d", code)
	}
	free()
	if err := syscall.Mount("", mount, "", syscall.MS_REMOUNT|syscall.MS_RDONLY, ""); err != nil {
		t.Skipf("SKIPPED: cannot be mounted anew: %v", err)
	}
	code, found = checked(t, "--data", data, "--reader", "none")
	holdsCodes(t, found, "disk.read-only")
	if code != exitFaults {
		t.Errorf("read-only: exit %d", code)
	}
	_, found = checked(t, "--data", filepath.Join(mount, "new", "er"), "--reader", "none")
	holdsCodes(t, found, "disk.read-only", "journal.new")
}

// Without a smart-card service, a terminal that needs a reader is at fault, and one that
// does not is none.
func TestDoctorWithoutReaders(t *testing.T) {
	t.Setenv("PCSCLITE_CSOCK_NAME", filepath.Join(t.TempDir(), "none")) // libpcsclite: whoever runs here is not asked
	code, found := checked(t, "--data", filepath.Join(t.TempDir(), "new"), "--reader", "pcsc")
	if got := found["reader"].Code; got != "reader.no-service" && got != "reader.disabled" || code != exitFaults {
		t.Errorf("%s, exit %d", got, code)
	}
	code, found = checked(t, "--data", filepath.Join(t.TempDir(), "new"), "--reader", "auto")
	if f := found["reader"]; f.Outcome != "n/a" || code != 0 {
		t.Errorf("%+v, exit %d", f, code)
	}
}

// A core of the process cannot be written, and nobody of the same user looks into it:
// the check says so of itself, and it is so of a terminal.
func TestNoDumps(t *testing.T) {
	d := talk(t, "--data", filepath.Join(t.TempDir(), "data"))
	d.hears("idle")
	limits, err := os.Open(fmt.Sprintf("/proc/%d/limits", d.cmd.Process.Pid))
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = limits.Close() }()
	text, err := io.ReadAll(limits)
	if err != nil || !bytes.Contains(text, []byte("Max core file size        0                    0 ")) {
		t.Errorf("%v: %s", err, text)
	}
	d.ends()
}
