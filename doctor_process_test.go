package main

import (
	"encoding/json"
	"errors"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

// The device check as a command, over the built program: each thing is broken once.

// checked runs vpos doctor --json and returns its exit code and its codes by device.
func checked(t *testing.T, args ...string) (code int, found map[string]findingJSON) {
	t.Helper()
	cmd := exec.Command(built(t), append([]string{"doctor", "--json", "--lang", "en"}, args...)...)
	out, err := cmd.Output()
	var failed *exec.ExitError
	if err != nil && !errors.As(err, &failed) {
		t.Fatal(err)
	}
	var doc findingsJSON
	if err := json.Unmarshal(out, &doc); err != nil {
		t.Fatalf("%v: %s", err, out)
	}
	found = map[string]findingJSON{}
	for _, f := range doc.Findings {
		found[f.Device] = f
	}
	if len(found) != 11 || len(doc.Findings) != 11 {
		t.Errorf("%d findings of %d devices", len(doc.Findings), len(found))
	}
	return cmd.ProcessState.ExitCode(), found
}

// holdsCodes holds codes against what is wanted of them.
func holdsCodes(t *testing.T, found map[string]findingJSON, want ...string) {
	t.Helper()
	for _, code := range want {
		device, _, _ := strings.Cut(code, ".")
		if got := found[device].Code; got != code {
			t.Errorf("%s: %s %v, want %s", device, found[device].Code, found[device].Figures, code)
		}
	}
}

// worked makes a folder as a terminal leaves it, closed to others.
func worked(t *testing.T, more ...string) string {
	t.Helper()
	data := filepath.Join(t.TempDir(), "data")
	d := talk(t, append([]string{"--data", data}, more...)...)
	d.hears("idle")
	d.ends()
	return data
}

// A new folder is not made, and an empty one stays empty.
func TestDoctorMakesNothing(t *testing.T) {
	t.Parallel()
	top := t.TempDir()
	code, found := checked(t, "--data", filepath.Join(top, "new"), "--reader", "none")
	holdsCodes(t, found, "disk.new", "folder.new", "journal.new", "keychain.new", "link.embedded", "reader.unused", "printer.new", "dumps.off")
	empty := filepath.Join(top, "empty")
	if err := os.Mkdir(empty, 0o700); err != nil {
		t.Fatal(err)
	}
	second, found := checked(t, "--data", empty, "--reader", "deck")
	holdsCodes(t, found, "disk.new", "folder.private", "journal.new", "keychain.new", "reader.deck")
	if code != 0 || second != 0 {
		t.Errorf("exit codes %d, %d", code, second)
	}
	left, _ := filepath.Glob(filepath.Join(top, "*", "*"))
	if _, err := os.Stat(filepath.Join(top, "new")); !os.IsNotExist(err) || len(left) != 0 {
		t.Errorf("made %v", left)
	}
}

// Of a folder in order all is good; what is broken in it is found, by its name, and
// nothing is left behind.
func TestDoctorOfAFolder(t *testing.T) {
	t.Parallel()
	data := worked(t)
	there := func() string { // without the note of which program was seen, which is the check's own
		list, _ := filepath.Glob(filepath.Join(data, "*"))
		return strings.ReplaceAll(strings.Join(list, " "), " "+filepath.Join(data, sightingsName), "")
	}
	before := there()
	code, found := checked(t, "--data", data, "--reader", "none")
	holdsCodes(t, found, "disk.good", "folder.private", "journal.good", "keychain.unused", "printer.new")
	if code != 0 || found["disk"].Figures["write_us"].(float64) <= 0 || found["disk"].Figures["free_bytes"].(float64) <= 0 {
		t.Errorf("exit %d, %v", code, found["disk"])
	}
	if after := there(); after != before {
		t.Errorf("left behind: %s, was %s", after, before)
	}

	if err := os.WriteFile(filepath.Join(data, "receipts"), []byte("x"), 0o600); err != nil {
		t.Fatal(err)
	}
	code, found = checked(t, "--data", data, "--reader", "none")
	holdsCodes(t, found, "printer.failed", "disk.good")
	if code != exitFaults {
		t.Errorf("a printer that does not print: exit %d", code)
	}

	if err := os.Chmod(data, 0o755); err != nil { //nolint:gosec // what is to be found
		t.Fatal(err)
	}
	_, found = checked(t, "--data", data, "--reader", "none")
	holdsCodes(t, found, "folder.open")
	if err := os.Chmod(filepath.Join(data, "journal.key"), 0o644); err != nil { //nolint:gosec // what is to be found
		t.Fatal(err)
	}
	_, found = checked(t, "--data", data, "--reader", "none")
	holdsCodes(t, found, "folder.exposed")

	key := filepath.Join(data, "journal.key")
	whole, err := os.ReadFile(key)
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(key, []byte("{"), 0o600); err != nil {
		t.Fatal(err)
	}
	_, found = checked(t, "--data", data, "--reader", "none")
	holdsCodes(t, found, "keychain.damaged", "journal.sealed")
	if err := os.Remove(key); err != nil {
		t.Fatal(err)
	}
	_, found = checked(t, "--data", data, "--reader", "none")
	holdsCodes(t, found, "keychain.lost", "journal.sealed")
	if _, err := os.Stat(key); err == nil {
		t.Error("a new key was made")
	}
	if err := os.WriteFile(key, whole, 0o600); err != nil {
		t.Fatal(err)
	}
	damage(t, filepath.Join(data, "journal.db"))
	code, found = checked(t, "--data", data, "--reader", "none")
	holdsCodes(t, found, "journal.corrupt")
	if code != exitFaults {
		t.Errorf("a damaged journal: exit %d", code)
	}
}

// damage spoils every page of a file but the first.
func damage(t *testing.T, path string) {
	t.Helper()
	b, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	for i := 4096 + 100; i < len(b); i += 512 {
		b[i] ^= 0x55
	}
	if err := os.WriteFile(path, b, 0o600); err != nil {
		t.Fatal(err)
	}
}

// A host whose clock is right, off, wrong; one that is dead, and one that is mute,
// which costs five seconds.
func TestDoctorOfAHost(t *testing.T) {
	t.Parallel()
	data := t.TempDir()
	for _, c := range []struct {
		off   string
		clock string
		exit  int
	}{{"0s", "clock.true", 0}, {"-90s", "clock.off", exitWarnings}, {"26h", "clock.wrong", exitFaults}} {
		_, address := startHost(t, t.TempDir(), "127.0.0.1:0", "--clock-off="+c.off)
		code, found := checked(t, "--data", filepath.Join(data, "new"), "--config", writeConfig(t, address), "--reader", "none")
		holdsCodes(t, found, "link.good", c.clock)
		if code != c.exit {
			t.Errorf("%s: exit %d, want %d", c.clock, code, c.exit)
		}
	}
	dead, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	address := dead.Addr().String()
	begun := time.Now()
	code, found := checked(t, "--data", filepath.Join(data, "new"), "--config", writeConfig(t, address), "--reader", "none")
	holdsCodes(t, found, "link.silent", "clock.alone")
	if took := time.Since(begun); took > 7*time.Second || code != exitFaults {
		t.Errorf("a mute host took %v, exit %d", took, code)
	}
	_ = dead.Close()
	_, found = checked(t, "--data", filepath.Join(data, "new"), "--config", writeConfig(t, address), "--reader", "none")
	holdsCodes(t, found, "link.down", "clock.alone")
}

// The identity of a host is held against the configuration.
func TestDoctorOfAStranger(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	cert, key := hostIdentity(t, dir, "host")
	other, _ := hostIdentity(t, dir, "other")
	_, address := startHost(t, t.TempDir(), "127.0.0.1:0", "--tls-cert", cert, "--tls-key", key)
	trusting := func(ca string) string {
		path := writeConfig(t, address)
		f, err := os.OpenFile(path, os.O_APPEND|os.O_WRONLY, 0)
		if err != nil {
			t.Fatal(err)
		}
		defer func() { _ = f.Close() }()
		if _, err := f.WriteString("[host.tls]\nca = \"" + filepath.ToSlash(ca) + "\"\n"); err != nil {
			t.Fatal(err)
		}
		return path
	}
	_, found := checked(t, "--data", filepath.Join(dir, "new"), "--config", trusting(cert), "--reader", "none")
	holdsCodes(t, found, "link.certificate-ends", "clock.true") // it is good for an hour
	if f := found["link"].Figures; f["tls"] != "TLS 1.3" || f["peer"] != "CN=host" {
		t.Errorf("%v", f)
	}
	_, found = checked(t, "--data", filepath.Join(dir, "new"), "--config", trusting(other), "--reader", "none")
	holdsCodes(t, found, "link.tls")
}

// A running terminal is left alone: its journal and its line are its own, and it sells
// on as if nobody had asked.
func TestDoctorBesideATerminal(t *testing.T) {
	t.Parallel()
	hostData, data := t.TempDir(), filepath.Join(t.TempDir(), "data")
	host, address := startHost(t, hostData, "127.0.0.1:0")
	shop := writeConfig(t, address)
	d := talk(t, "--data", data, "--config", shop)
	d.hears("idle")
	code, found := checked(t, "--data", data, "--config", shop, "--reader", "none")
	holdsCodes(t, found, "journal.held", "link.held", "disk.good", "folder.private")
	if code != 0 {
		t.Errorf("exit %d", code)
	}
	d.say("1234")
	d.say(keyed...)
	d.hears("approved")
	d.say("")
	d.hears("idle")
	d.ends()
	_ = host.Process.Kill()
	_ = host.Wait()
	agree(t, data, hostData, "--config", shop)
}

// The terminal's own check goes through what it has open, in both languages, and again
// with Enter; a sale works behind it.
func TestDoctorOfATerminal(t *testing.T) {
	t.Parallel()
	hostData, data := t.TempDir(), filepath.Join(t.TempDir(), "data")
	host, address := startHost(t, hostData, "127.0.0.1:0", "--clock-off=-10m")
	shop := writeConfigOf(t, address, "1s")
	d := talk(t, "--data", data, "--config", shop)
	d.hears("idle")
	says := func(text string) {
		t.Helper()
		d.hearsThat("doctor", func(l string) bool { return strings.Contains(l, text) })
	}
	d.say("doctor")
	says("Clock · Is wrong · host -10 min")
	says("Faults: 1")
	d.say("cancel", "1234")
	d.say(keyed...)
	d.hears("approved")
	d.say("")
	d.hears("idle")
	d.say("doctor")
	says("Faults: 1")
	_ = host.Process.Kill()
	_ = host.Wait()
	d.say("")
	says("Host · Cannot be reached")
	says("Faults: 1")
	d.say("language", "")
	says("主机线路 · 无法连接")
	host, _ = startHost(t, hostData, address)
	d.say("language", "")
	says("Host · Answers")
	says("Clock · Agrees with the host")
	says("all good")
	d.say("cancel")
	d.hears("idle")
	d.ends()
	_ = host.Process.Kill()
	_ = host.Wait()
	agree(t, data, hostData, "--config", shop)
	gate(t, data)
}

// As a terminal opens: nothing is said where nothing is wrong, and it says what does not
// work; off is silent, always tells everything.
func TestDoctorAtStart(t *testing.T) {
	t.Parallel()
	data := worked(t)
	shop := func(word string) string {
		path := filepath.Join(t.TempDir(), "shop.toml")
		if err := os.WriteFile(path, []byte("[terminal]\ncheck_on_start = \""+word+"\"\n"), 0o600); err != nil {
			t.Fatal(err)
		}
		return path
	}
	said := func(more ...string) string {
		d := talk(t, append([]string{"--data", data}, more...)...)
		d.ends()
		return strings.Join(d.said, "\n")
	}
	if out := said(); strings.Contains(out, "Printer") || !strings.HasPrefix(out, "idle: Ready") {
		t.Error(out)
	}
	if out := said("--config", shop("always")); !strings.Contains(out, "idle: ✓ Disk") || !strings.Contains(out, "all good") {
		t.Error(out)
	}
	if err := os.WriteFile(filepath.Join(data, "receipts"), []byte("x"), 0o600); err != nil {
		t.Fatal(err)
	}
	if out := said(); !strings.Contains(out, "idle: ✗ Printer") || strings.Contains(out, "Disk ·") {
		t.Error(out)
	}
	if out := said("--config", shop("off")); strings.Contains(out, "Printer") {
		t.Error(out)
	}
}
