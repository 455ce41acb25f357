package main

import (
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"

	"golang.org/x/sys/unix"
)

// A core dump is asked for in the midst of a sale, and does not come: the program
// forbids it. Beside it stands a program that forbids nothing, so that the test says
// whether the system would have made one.

// nobody is a user that rules nothing.
const nobody = 65534

// midSale is a terminal with a card, its code and no answer yet, started with as much core
// allowed as the system allows anybody.
func midSale(t *testing.T, dir string) *console {
	t.Helper()
	c := newConsole(t, []string{"GOTRACEBACK=crash"}, "sh", "-c", `cd "$1" && ulimit -c "$(ulimit -H -c)" && shift && exec "$@"`, "sh", dir,
		built(t), "--data", filepath.Join(dir, "data"), "--lang", "en", "--reader", "none")
	c.state("idle")
	c.sold(func() {
		c.keys("4")
		c.state("pan")
		time.Sleep(quietHands)
		c.keys("111111111111111\r")
		c.state("expiry")
		c.keys("1230\r")
		c.state("cvv")
		c.keys("123\r")
	})
	return c
}

// killedBy ends a program by a signal and says whether the kernel wrote a core of it.
func killedBy(t *testing.T, cmd *exec.Cmd, sig syscall.Signal) (cored bool) {
	t.Helper()
	if err := cmd.Process.Signal(sig); err != nil {
		t.Fatal(err)
	}
	late := time.AfterFunc(patience, func() { _ = cmd.Process.Kill() })
	defer late.Stop()
	_ = cmd.Wait()
	status, ok := cmd.ProcessState.Sys().(syscall.WaitStatus)
	if !ok || !status.Signaled() || status.Signal() == syscall.SIGKILL {
		t.Errorf("%s: ended by %v", sig, cmd.ProcessState)
	}
	return status.CoreDump()
}

// TestNoCore crashes the terminal with every signal that makes a core.
func TestNoCore(t *testing.T) {
	pattern, _ := os.ReadFile("/proc/sys/kernel/core_pattern")
	control := exec.Command("sh", "-c", `cd "$1" && ulimit -c "$(ulimit -H -c)" && exec sleep 60`, "sh", t.TempDir())
	if err := control.Start(); err != nil {
		t.Fatal(err)
	}
	waitExec(t, control.Process.Pid, "sleep")
	would := killedBy(t, control, syscall.SIGABRT)
	t.Logf("core_pattern %q; an ordinary program leaves a core here: %v", strings.TrimSpace(string(pattern)), would)
	for _, sig := range []syscall.Signal{syscall.SIGABRT, syscall.SIGQUIT, syscall.SIGSEGV} {
		dir := t.TempDir()
		c := midSale(t, dir)
		if killedBy(t, c.cmd, sig) {
			t.Errorf("%s: there is a core", sig)
		}
		gate(t, dir) // a core in the folder too, whatever its name
		if found := leaks([]byte(c.output()), planted); len(found) > 0 {
			t.Errorf("%s: in the last words: %v", sig, found)
		}
	}
}

// waitExec waits until a process runs a program.
func waitExec(t *testing.T, pid int, name string) {
	t.Helper()
	for end := time.Now().Add(10 * time.Second); time.Now().Before(end); time.Sleep(time.Millisecond) {
		if comm, err := os.ReadFile(fmt.Sprintf("/proc/%d/comm", pid)); err == nil && strings.TrimSpace(string(comm)) == name {
			return
		}
	}
	t.Fatalf("never ran %s", name)
}

// TestNoOnlookers: a process of the same user looks into the terminal's memory, attaches to
// it and asks gcore for a dump, and is refused; the same is granted for an ordinary one.
func TestNoOnlookers(t *testing.T) {
	c := midSale(t, t.TempDir())
	pid := c.cmd.Process.Pid
	var owner unix.Stat_t
	if err := unix.Stat(fmt.Sprintf("/proc/%d/mem", pid), &owner); err != nil {
		t.Fatal(err)
	}
	limits, err := os.ReadFile(fmt.Sprintf("/proc/%d/limits", pid))
	if err != nil || !strings.Contains(string(limits), "Max core file size        0                    0 ") {
		t.Errorf("a core is allowed: %v", err)
	}
	if os.Getuid() != 0 {
		if owner.Uid != 0 {
			t.Errorf("its memory belongs to user %d", owner.Uid)
		}
		if f, err := os.Open(fmt.Sprintf("/proc/%d/mem", pid)); err == nil {
			_ = f.Close()
			t.Error("its own user reads its memory")
		}
		return
	}
	t.Run("as nobody", func(t *testing.T) { onlookers(t) })
}

// onlookers is the same for a user without any power: one who may all is told by no rule.
func onlookers(t *testing.T) {
	t.Helper()
	binary, err := os.Open(built(t))
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = binary.Close() }()
	data, err := os.MkdirTemp("", "vpos-nobody")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = os.RemoveAll(data) })
	if err := os.Chown(data, nobody, nobody); err != nil {
		t.Fatal(err)
	}
	as := func(name string, args ...string) *exec.Cmd {
		cmd := exec.Command(name, args...)
		cmd.SysProcAttr = &syscall.SysProcAttr{Credential: &syscall.Credential{Uid: nobody, Gid: nobody}}
		cmd.Env = []string{"HOME=" + data, "PATH=" + os.Getenv("PATH")}
		cmd.Dir = data
		return cmd
	}
	ordinary := as("sleep", "60")
	terminal := as("/proc/self/fd/3", "--plain", "--lang", "en", "--reader", "none", "--data", filepath.Join(data, "shop"))
	terminal.ExtraFiles = []*os.File{binary}
	in, err := terminal.StdinPipe()
	if err != nil {
		t.Fatal(err)
	}
	for _, cmd := range []*exec.Cmd{ordinary, terminal} {
		if err := cmd.Start(); err != nil {
			t.Skipf("SKIPPED: no other user here: %v", err)
		}
		t.Cleanup(func() { _ = cmd.Process.Kill(); _ = cmd.Wait() })
	}
	_, _ = in.Write([]byte("1234\n4111111111111111\n"))
	opened := func() bool { _, err := os.Stat(filepath.Join(data, "shop", "journal.db")); return err == nil }
	for end := time.Now().Add(patience); !opened(); time.Sleep(10 * time.Millisecond) {
		if time.Now().After(end) {
			t.Fatal("the terminal never opened its journal")
		}
	}
	looks := func(pid int, how ...string) bool {
		for i, word := range how {
			how[i] = strings.ReplaceAll(word, "PID", fmt.Sprint(pid))
		}
		return as(how[0], how[1:]...).Run() == nil
	}
	for name, how := range map[string][]string{
		"its environment": {"sh", "-c", "exec cat /proc/PID/environ"},
		"its mappings":    {"sh", "-c", "exec cat /proc/PID/maps"},
		"its memory":      {"sh", "-c", "exec 3</proc/PID/mem"},
		"gcore":           {"gcore", "-o", filepath.Join(data, "core"), "PID"},
	} {
		granted := looks(ordinary.Process.Pid, append([]string(nil), how...)...)
		t.Logf("%s of an ordinary program: granted %v", name, granted)
		if looks(terminal.Process.Pid, how...) {
			t.Errorf("%s: its own user is let in", name)
		}
	}
	gate(t, data)
}
