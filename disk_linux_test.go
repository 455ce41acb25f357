package main

import (
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
)

// small mounts a little file system of its own, so that a disk can really be
// full or read-only.
func small(t *testing.T, options string) string {
	t.Helper()
	dir := t.TempDir()
	if err := syscall.Mount("tmpfs", dir, "tmpfs", 0, options); err != nil {
		t.Skipf("SKIPPED: a file system cannot be mounted here: %v", err)
	}
	t.Cleanup(func() { _ = syscall.Unmount(dir, syscall.MNT_DETACH) })
	return dir
}

// fill leaves no byte free and returns how to free them again.
func fill(t *testing.T, dir string) func() {
	t.Helper()
	path := filepath.Join(dir, "ballast")
	f, err := os.Create(path)
	if err != nil {
		t.Fatal(err)
	}
	block := make([]byte, 4096)
	for err == nil {
		_, err = f.Write(block)
	}
	_ = f.Close()
	return func() { _ = os.Remove(path) }
}

// TestDiskFull fills the disk between two sales: the next one is refused before
// anything is sent, the screen says why and what to do, and once there is space
// the terminal goes on. Nothing is lost.
func TestDiskFull(t *testing.T) {
	data, hostData := small(t, "size=3m"), t.TempDir()
	host, address := startHost(t, hostData, "127.0.0.1:0")
	config := writeConfig(t, address)
	d := talk(t, "--data", data, "--config", config)
	d.hears("idle")
	d.say("500")
	d.say(keyed...)
	d.hears("approved")
	d.say("")
	d.hears("idle")
	free := fill(t, data)
	d.say("600")
	d.say(keyed...)
	if l := d.hears("declined"); !strings.Contains(l, "The disk does not write") || !strings.Contains(l, "Nothing charged") || !strings.Contains(l, "Free some space") {
		t.Error(l)
	}
	free()
	d.say("")
	d.say(keyed...)
	d.hears("approved")
	d.say("")
	d.hears("idle")
	d.ends()
	_ = host.Process.Kill()
	_ = host.Wait()
	agree(t, data, hostData, "--config", config)
	if n := len(chargedAt(t, hostData)); n != 2 {
		t.Errorf("%d charged", n)
	}
	gate(t, data)
}

// TestDiskRefused: a disk that is full or read-only from the start is named, in
// both languages, with the next step.
func TestDiskRefused(t *testing.T) {
	full := small(t, "size=64k")
	fill(t, full)
	readOnly := small(t, "size=3m")
	if out, err := exec.Command(built(t), "--plain", "--data", readOnly).CombinedOutput(); err != nil {
		t.Fatalf("%v %s", err, out)
	}
	if err := syscall.Mount("", readOnly, "", syscall.MS_REMOUNT|syscall.MS_RDONLY, ""); err != nil {
		t.Skipf("SKIPPED: cannot remount: %v", err)
	}
	for dir, want := range map[string][]string{
		full:     {"The disk is full", "磁盘已满"},
		readOnly: {"cannot be used", "无法使用"},
	} {
		for i, lang := range []string{"en", "zh"} {
			out, err := exec.Command(built(t), "--plain", "--data", dir, "--lang", lang).CombinedOutput()
			if err == nil || !strings.Contains(string(out), want[i]) || strings.Count(string(out), "\n") < 2 {
				t.Errorf("%v: %s", err, out)
			}
		}
	}
}
