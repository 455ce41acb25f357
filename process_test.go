package main

import (
	"bufio"
	"fmt"
	"io"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"
)

// The built program as a process: killed, cut off from its host, out of disk.

// patience bounds every wait for a process: a computer that does much beside it takes its
// time, and one that waits in vain fails a minute later.
const patience = time.Minute

// dialogue is a vpos --plain whose lines a test reads and writes.
type dialogue struct {
	t     *testing.T
	cmd   *exec.Cmd
	in    io.WriteCloser
	lines chan string
	said  []string
}

// talk starts one. It looks for no card readers unless it is told to: those of the machine
// belong to whichever test is about cards just now.
func talk(t *testing.T, args ...string) *dialogue {
	t.Helper()
	d := &dialogue{t: t, cmd: exec.Command(built(t), append([]string{"--plain", "--lang", "en", "--reader", "none"}, args...)...), lines: make(chan string, 1000)}
	var err error
	if d.in, err = d.cmd.StdinPipe(); err != nil {
		t.Fatal(err)
	}
	out, err := d.cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	d.cmd.Stderr = d.cmd.Stdout
	if err := d.cmd.Start(); err != nil {
		t.Fatal(err)
	}
	go func() {
		defer close(d.lines)
		for s := bufio.NewScanner(out); s.Scan(); {
			d.lines <- s.Text()
		}
	}()
	t.Cleanup(func() { d.kill() })
	return d
}

func (d *dialogue) say(lines ...string) {
	for _, l := range lines {
		if _, err := io.WriteString(d.in, l+"\n"); err != nil {
			return // it was killed meanwhile; what it did is looked at on disk
		}
	}
}

// hears waits for a line of a state and returns it.
func (d *dialogue) hears(state string) string {
	d.t.Helper()
	return d.hearsThat(state, func(string) bool { return true })
}

// hearsThat waits for a line of a state that is good.
func (d *dialogue) hearsThat(state string, good func(line string) bool) string {
	d.t.Helper()
	late := time.After(patience)
	for {
		select {
		case l, ok := <-d.lines:
			if !ok {
				d.t.Fatalf("ended before %q: %s", state, strings.Join(d.said, "\n"))
			}
			d.said = append(d.said, l)
			if strings.HasPrefix(l, state+":") && good(l) {
				return l
			}
		case <-late:
			d.t.Fatalf("never said what was wanted of %q: %s", state, strings.Join(d.said, "\n"))
		}
	}
}

func (d *dialogue) kill() {
	_ = d.cmd.Process.Kill()
	_ = d.cmd.Wait()
}

// ends closes the input and waits for a good end.
func (d *dialogue) ends() {
	d.t.Helper()
	_ = d.in.Close()
	for l := range d.lines {
		d.said = append(d.said, l)
	}
	if err := d.cmd.Wait(); err != nil {
		d.t.Errorf("%v: %s", err, strings.Join(d.said, "\n"))
	}
}

// shell runs a command of the program to its end.
func shell(t *testing.T, args ...string) string {
	t.Helper()
	out, err := exec.Command(built(t), append(args, "--lang", "en")...).CombinedOutput()
	if err != nil {
		t.Errorf("vpos %s: %v\n%s", strings.Join(args, " "), err, out)
	}
	return string(out)
}

var keyed = []string{"4111111111111111", "1230", "123", ""}

// approvedAt and chargedAt read the two ledgers as a person would: trace → amount.
func approvedAt(t *testing.T, data string, more ...string) map[string]string {
	return pairs(shell(t, append([]string{"journal", "list", "--limit", "0", "--data", data}, more...)...),
		`(?m)^\d{6}  (\d{6}) .*\*\d{4} +CNY +([\d.]+)  approved(?:  ! no slip)?$` /* of a card: a settlement is none */)
}

func chargedAt(t *testing.T, data string) map[string]string {
	return pairs(shell(t, "host", "ledger", "--data", data), `(?m)^\S+  \d{6}  (\d{6}) .*CNY +([\d.]+)  charged `)
}

func pairs(text, pattern string) map[string]string {
	m := map[string]string{}
	for _, hit := range regexp.MustCompile(pattern).FindAllStringSubmatch(text, -1) {
		m[hit[1]] = hit[2]
	}
	return m
}

// agree holds the ledgers of a terminal and a host against each other.
func agree(t *testing.T, terminal, host string, more ...string) {
	t.Helper()
	mine, theirs := approvedAt(t, terminal, more...), chargedAt(t, host)
	if fmt.Sprint(mine) != fmt.Sprint(theirs) {
		t.Errorf("the ledgers differ:\nterminal %v\nhost     %v", mine, theirs)
	}
	if out := shell(t, append([]string{"journal", "verify", "--data", terminal}, more...)...); !strings.Contains(out, " ok ") {
		t.Error(out)
	}
}

// TestKill kills the terminal, host and all, at random moments of a sale. After
// a start each sale is completed or reversed, once.
func TestKill(t *testing.T) {
	dice := rand.New(rand.NewPCG(7, uint64(time.Now().UnixNano())))
	data := t.TempDir()
	states := map[string]int{}
	for i := range 40 {
		d := talk(t, "--data", data)
		d.hears("idle")
		d.say(fmt.Sprintf("%d", 1000+i%50))
		d.say(keyed...)
		if i%2 == 0 {
			d.say("")
		}
		if i%4 != 0 {
			d.hears("confirm")
			time.Sleep(time.Duration(dice.IntN(6000)) * time.Microsecond)
		}
		d.kill()
		for l := range d.lines {
			state, _, _ := strings.Cut(l, ":")
			states[state]++
		}
	}
	d := talk(t, "--data", data)
	d.hears("idle")
	d.say("500")
	d.say(keyed...)
	d.hears("approved")
	d.say("")
	d.ends()
	agree(t, data, data)
	if out := shell(t, "journal", "list", "--limit", "0", "--data", data); strings.Contains(out, "reversing") || strings.Contains(out, " open") {
		t.Errorf("something is unresolved:\n%s", out)
	}
	gate(t, data)
	t.Logf("what was shown before a kill: %v", states)
}

// TestHostProcess stops a host in mid-sale: the terminal says unknown, and after
// the host is back the reversal is delivered before the next sale.
func TestHostProcess(t *testing.T) {
	data, hostData := t.TempDir(), t.TempDir()
	host, address := startHost(t, hostData, "127.0.0.1:0", "--fault", "silent@sale")
	config := writeConfig(t, address)
	d := talk(t, "--data", data, "--config", config)
	d.hears("idle")
	d.say("1234")
	d.say(keyed...)
	d.hears("processing")
	hostSees(t, hostData, "request", "op=sale")
	_ = host.Process.Kill()
	_ = host.Wait()
	if l := d.hears("unknown"); !strings.Contains(l, "will be reversed") {
		t.Error(l)
	}
	host, _ = startHost(t, hostData, address)
	d.say("", "700")
	d.say(keyed...)
	d.hears("approved")
	d.say("")
	d.hears("idle")
	d.ends()
	_ = host.Process.Signal(os.Interrupt)
	_ = host.Wait()
	agree(t, data, hostData, "--config", config)
	ledger := shell(t, "host", "ledger", "--data", hostData)
	if !regexp.MustCompile(`000001 .*12\.34  reversed(.|\n)*000002 .*7\.00  charged`).MatchString(ledger) {
		t.Errorf("the reversal did not go first:\n%s", ledger)
	}
	gate(t, data)
	gate(t, hostData)
}

// writeConfig writes a training configuration that names a host.
func writeConfig(t *testing.T, address string) string { return writeConfigOf(t, address, "5s") }

// writeConfigOf is writeConfig of a terminal that waits so long for an answer.
func writeConfigOf(t *testing.T, address, timeout string) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "shop.toml")
	text := fmt.Sprintf("[terminal]\nid = \"10000001\"\nmerchant = \"100000000000001\"\n"+
		"[host]\naddress = %q\ntimeout = %q\nreversal_pause = \"1s\"\n", address, timeout)
	if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}

// startHost starts `vpos host` and returns it with the address it says.
func startHost(t *testing.T, data, listen string, more ...string) (*exec.Cmd, string) {
	t.Helper()
	cmd := exec.Command(built(t), append([]string{"host", "--lang", "en", "--data", data, "--listen", listen}, more...)...)
	out, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = cmd.Process.Kill(); _ = cmd.Wait() })
	line, err := bufio.NewReader(out).ReadString('\n')
	if err != nil {
		t.Fatal(err)
	}
	return cmd, strings.TrimSpace(line[strings.LastIndex(line, " ")+1:])
}

// hostSees waits until the host's log has a line with all the words.
func hostSees(t *testing.T, data string, words ...string) {
	t.Helper()
	for end := time.Now().Add(patience); time.Now().Before(end); time.Sleep(5 * time.Millisecond) {
		log, err := os.ReadFile(filepath.Join(data, "log", "vpos.log"))
		if err != nil {
			t.Fatal(err)
		}
		for _, line := range strings.Split(string(log), "\n") {
			all := true
			for _, w := range words {
				all = all && strings.Contains(line, w)
			}
			if all {
				return
			}
		}
	}
	t.Fatalf("the host never saw %v", words)
}

// TestSecondTerminal: a folder in use is refused, with the next step, and the
// first terminal goes on.
func TestSecondTerminal(t *testing.T) {
	data := t.TempDir()
	d := talk(t, "--data", data)
	d.hears("idle")
	for lang, want := range map[string]string{"en": "Another vpos is using", "zh": "另一个 vpos 正在使用"} {
		out, err := exec.Command(built(t), "--plain", "--data", data, "--lang", lang).CombinedOutput()
		if err == nil || !strings.Contains(string(out), want) || !strings.Contains(string(out), "--data DIR") {
			t.Errorf("%v: %s", err, out)
		}
	}
	d.say("500")
	d.say(keyed...)
	d.hears("approved")
	d.ends()
	agree(t, data, data)
}

// TestHostFaults: whatever the host does wrong, the terminal says in words that
// the outcome is unknown and will be reversed, never that it was declined, and
// goes on; in the end both ledgers agree.
func TestHostFaults(t *testing.T) {
	t.Parallel()
	faults := []struct{ name, en, zh string }{
		{"garbage", "Answer not understood", "银行应答异常"},
		{"half", "", ""},
		{"cut", "", ""},
		{"reset", "Connection lost", "连接中断"},
		{"close", "Connection lost", "连接中断"},
		{"unknown-field", "Answer not understood", "银行应答异常"},
		{"trailing", "Answer not understood", "银行应答异常"},
		{"oversize", "Answer not understood", "银行应答异常"},
		{"wrong-stan", "No answer from the bank", "银行无应答"},
		{"silent", "No answer from the bank", "银行无应答"},
	}
	for _, lang := range []string{"en", "zh"} {
		t.Run(lang, func(t *testing.T) {
			t.Parallel()
			data, hostData := t.TempDir(), t.TempDir()
			var flags []string
			for _, f := range faults {
				flags = append(flags, "--fault", f.name+"@sale")
			}
			host, address := startHost(t, hostData, "127.0.0.1:0", flags...)
			config := writeConfigOf(t, address, "1s")
			d := talk(t, "--data", data, "--config", config, "--lang", lang)
			d.hears("idle")
			for i, f := range faults {
				d.say("1200")
				d.say(keyed...)
				want, unknown := f.en, "will be reversed"
				if lang == "zh" {
					want, unknown = f.zh, "将自动冲正"
				}
				d.hears("confirm") // behind whatever was still said of the sale before
				if l := d.hears("unknown"); !strings.Contains(l, want) || !strings.Contains(l, unknown) {
					t.Errorf("%s: %s", f.name, l)
				}
				d.say("")
				if i%3 == 0 {
					continue // the next sale waits for the reversal by itself
				}
				d.hears("idle")
			}
			d.say("700")
			d.say(keyed...)
			d.hears("approved")
			d.ends()
			_ = host.Process.Kill()
			_ = host.Wait()
			agree(t, data, hostData, "--config", config)
			if n := len(chargedAt(t, hostData)); n != 1 {
				t.Errorf("%d charged:\n%s", n, shell(t, "host", "ledger", "--data", hostData))
			}
			gate(t, data)
			gate(t, hostData)
		})
	}
}
