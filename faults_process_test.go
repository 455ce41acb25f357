package main

import (
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"vpos/txn/host"
	"vpos/txn/host/sim"
)

// lesson is a fault of the host and where the law says it leads: what the screen
// shows, what the journal has of the sale, and what the host's ledger has.
type lesson struct {
	fault           sim.FaultName
	screen, says    string
	journal, ledger string
}

// The charge is unknown and is taken back, whatever became of it at the host: the
// reversal may find a charge or, where the sale never came, leave a tombstone.
func takenBack(f sim.FaultName, says, ledger string) lesson {
	return lesson{f, "unknown", says, "reversed", ledger}
}

var lessons = []lesson{
	takenBack(sim.FaultIgnore, "No answer from the bank", "tombstone"),
	takenBack(sim.FaultClose, "Connection lost", "tombstone"),
	takenBack(sim.FaultSilent, "No answer from the bank", "reversed"),
	{sim.FaultDelay, "approved", "Charged", "approved", "charged"},
	{sim.FaultDuplicate, "approved", "Charged", "approved", "charged"},
	takenBack(sim.FaultWrongSTAN, "No answer from the bank", "reversed"),
	{sim.FaultTwo, "approved", "Charged", "approved", "charged"},
	{sim.FaultTrickle, "approved", "Charged", "approved", "charged"},
	takenBack(sim.FaultUnknownField, "Answer not understood", "reversed"),
	takenBack(sim.FaultTrailing, "Answer not understood", "reversed"),
	takenBack(sim.FaultGarbage, "Answer not understood", "reversed"),
	takenBack(sim.FaultOversize, "", "reversed"), // where a length has room for it, the rest never comes
	takenBack(sim.FaultHalf, "", "reversed"),
	takenBack(sim.FaultCut, "Connection lost", "reversed"),
	takenBack(sim.FaultReset, "Connection lost", "reversed"),
	{sim.FaultDecline, "declined", "Code 05", "declined", "declined"},
	{sim.FaultReferral, "declined", "Code 01", "declined", "declined"},
	{sim.FaultPartial, "approved", "Code 10", "approved", "charged"},
	{sim.FaultCutOver, "declined", "Code 77", "declined", "declined"},
	takenBack(sim.FaultLate, "No answer from the bank", "reversed"),
	takenBack(sim.FaultBadMAC, "seal is wrong", "reversed"),
	{sim.FaultOTP, "otp", "One-time code", "declined", "declined"}, // the last: it sells twice
}

// Every fault of the host, in the dialects of this country: what is shown, what both
// ledgers have afterwards, and that they agree. The last is a lost answer to a
// settlement.
func TestFaultTable(t *testing.T) {
	t.Parallel()
	var faults []string
	for _, l := range lessons {
		faults = append(faults, string(l.fault))
	}
	for _, f := range sim.AllFaultNames() {
		if !slices.Contains(faults, string(f)) && !slices.Contains(sim.CardFaultNames(), f) && f != sim.FaultLost0510 {
			t.Errorf("no lesson for %s", f)
		}
	}
	for _, profile := range host.Shipped() {
		t.Run(profile, func(t *testing.T) {
			t.Parallel()
			learn(t, profile)
		})
	}
}

func learn(t *testing.T, profile string) {
	data, hostData := t.TempDir(), t.TempDir()
	flags := []string{"--approve-all", "--profile", profile, "--late", "3s", "--fault", string(sim.FaultLost0510)}
	for _, l := range lessons {
		name := string(l.fault)
		if l.fault == sim.FaultDecline {
			name += ":05"
		}
		flags = append(flags, "--fault", name+"@sale")
	}
	bank, address := startHost(t, hostData, "127.0.0.1:0", flags...)
	config := filepath.Join(t.TempDir(), "shop.toml")
	text := fmt.Sprintf("[terminal]\nid = \"10000001\"\nmerchant = \"100000000000001\"\n"+
		"[host]\naddress = %q\nprofile = %q\ntimeout = \"2s\"\nreversal_pause = \"500ms\"\n", address, profile)
	if err := os.WriteFile(config, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	d := talk(t, "--data", data, "--config", config)
	d.hears("idle")
	traces := make([]string, len(lessons))
	for i, l := range lessons {
		d.say("1200")
		d.say(keyed...)
		line := d.hears(l.screen)
		if !strings.Contains(line, l.says) {
			t.Errorf("%s: %s", l.fault, line)
		}
		if l.screen == "otp" {
			d.say(sim.TestOTP)
			d.hears("approved")
			d.say("")
		} else {
			traces[i] = regexp.MustCompile(`Trace (\d{6})`).FindStringSubmatch(line)[1]
			d.say(map[string]string{"approved": "", "declined": "cancel", "unknown": ""}[l.screen])
		}
		for strings.Contains(d.hears("idle"), "Reversals waiting") { // the lesson ends when both books are right
		}
	}
	settleTwice(t, d)
	d.ends()
	_ = bank.Process.Kill()
	_ = bank.Wait()
	agree(t, data, hostData, "--config", config)
	mine := pairs(shell(t, "journal", "list", "--all", "--data", data, "--config", config), `(?m)^\d{6}  (\d{6}) .*CNY +[\d.]+  (\w+)`)
	theirs := pairs(shell(t, "host", "ledger", "--data", hostData), `(?m)^\S+  \d{6}  (\d{6}) .*CNY +[\d.]+  (\w+)`)
	for i, l := range lessons {
		if stan := traces[i]; stan != "" && (mine[stan] != l.journal || theirs[stan] != l.ledger) {
			t.Errorf("%s: journal %q, ledger %q, want %q and %q", l.fault, mine[stan], theirs[stan], l.journal, l.ledger)
		}
	}
	gate(t, data)
	gate(t, hostData)
}

// settleTwice settles against a host whose answer is lost: the batch is frozen, nothing
// is sold, and the same question gets the answer.
func settleTwice(t *testing.T, d *dialogue) {
	t.Helper()
	d.say("settle")
	d.say(d.netTotal())
	if line := d.hears("unknown"); !strings.Contains(line, "Frozen until it is settled again") {
		t.Errorf("lost 0510: %s", line)
	}
	d.say("", "1200")
	d.say(keyed...)
	if line := d.hears("declined"); !strings.Contains(line, "not settled yet") || !strings.Contains(line, "Nothing charged") {
		t.Errorf("sold into a frozen batch: %s", line)
	}
	d.say("cancel", "settle")
	d.say(d.netTotal())
	if line := d.hears("approved"); !strings.Contains(line, "Settled") {
		t.Errorf("asked again: %s", line)
	}
	d.say("")
	d.hears("idle")
}

// netTotal waits for the totals of a settlement and reads the digits to be typed.
func (d *dialogue) netTotal() string {
	d.t.Helper()
	figure := regexp.MustCompile(`net total, (\d+), then Enter`)
	return figure.FindStringSubmatch(d.hearsThat("settle", figure.MatchString))[1]
}
