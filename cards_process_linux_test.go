package main

import (
	"bufio"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"syscall"
	"testing"

	"vpos/reader/pcsc/pcscd"
)

// The built program, twice: a terminal at the smart-card service, and a card.

// cardProcess is a vpos card that holds a card in a slot.
type cardProcess struct {
	t   *testing.T
	cmd *exec.Cmd
	out *bufio.Reader
}

func insertProcess(t *testing.T, card, address string) *cardProcess {
	t.Helper()
	p := &cardProcess{t: t, cmd: exec.Command(built(t), "card", card, "--connect", address, "--lang", "en")}
	out, err := p.cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	p.out = bufio.NewReader(out)
	if err := p.cmd.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = p.cmd.Process.Kill(); _ = p.cmd.Wait() })
	line, err := p.out.ReadString('\n')
	if want := "card: " + card + " inserted at " + address + "\n"; err != nil || line != want {
		t.Fatalf("%v: %q, want %q", err, line, want)
	}
	return p
}

// leave ends it as Ctrl-C does.
func (p *cardProcess) leave() {
	p.t.Helper()
	_ = p.cmd.Process.Signal(os.Interrupt)
	rest, _ := io.ReadAll(p.out)
	_ = p.cmd.Wait()
	if code := p.cmd.ProcessState.ExitCode(); code != 128+int(syscall.SIGINT) || string(rest) != "card: removed\n" {
		p.t.Errorf("exit %d: %q", code, rest)
	}
}

// TestCardProcess: a sale with a card in a reader, its slip, the card taken out
// after it, and another one taken out in the middle.
func TestCardProcess(t *testing.T) {
	if testing.Short() {
		t.Skip("cards take their time")
	}
	d := pcscd.Start(t)
	data := t.TempDir()
	term := talk(t, "--data", data, "--reader", "pcsc")
	term.hears("idle")
	card := insertProcess(t, "visa-credit", d.Address(0))
	term.say("1234")
	term.hearsOf("approved", "CNY 12.34", "************0119", "Take the card out")
	term.say("")
	term.hearsOf("idle", "Take the card out")
	card.leave()
	if l := term.hears("idle"); strings.Contains(l, "Take the card out") {
		t.Errorf("the card is out: %s", l)
	}
	card = insertProcess(t, "visa-debit", d.Address(1))
	term.hearsOf("idle", "The card is in")
	term.say("500")
	term.hears("pin")
	card.leave()
	term.hearsOf("present", "taken out too early", "Nothing was charged", "CNY 5.00")
	term.say("cancel")
	term.hears("idle")
	term.ends()
	agree(t, data, data)
	if n := len(chargedAt(t, data)); n != 1 {
		t.Errorf("%d charged, want 1", n)
	}
	chipSlips(t, data)
	gate(t, data)
	for _, l := range leaks([]byte(strings.Join(term.said, "\n")), planted) {
		t.Errorf("leak on the screen: %s", l)
	}
}

// hearsOf waits for a line of a state and wants it to say all of this.
func (d *dialogue) hearsOf(state string, wanted ...string) {
	d.t.Helper()
	line := d.hears(state)
	for _, w := range wanted {
		if !strings.Contains(line, w) {
			d.t.Errorf("%q is not in %s", w, line)
		}
	}
}

// chipSlips holds that both slips have what the chip said.
func chipSlips(t *testing.T, data string) {
	t.Helper()
	files, err := filepath.Glob(filepath.Join(data, "receipts", "*.txt"))
	if err != nil || len(files) != 2 {
		t.Errorf("%v: %d slips, want 2", err, len(files))
	}
	// The shop's copy has both languages, the customer's the one that the card prefers.
	for _, file := range files {
		slip, err := os.ReadFile(file)
		if err != nil {
			t.Error(err)
		}
		for _, line := range []string{
			`AID +A0000000031010`, `应用标签( APP LABEL)? +VISA CREDIT`, `交易证书( TC)? +[0-9A-F]{16}`, `TVR +8000008800`, `TSI +7800`, `ATC +0007`,
			`卡号( CARD NO\.)?\s+\*{12}0119 /I`,
		} {
			if !regexp.MustCompile(line).Match(slip) {
				t.Errorf("%s: no line %s:\n%s", filepath.Base(file), line, slip)
			}
		}
	}
}
