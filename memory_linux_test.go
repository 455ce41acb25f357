package main

import (
	"bufio"
	"bytes"
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"vpos/reader"
)

// What the built terminal's memory holds: a card while it is needed, and nothing of it
// once the sale is over. It is read from outside, past the program's own hardening, as
// only whoever rules the machine can.

// mapping is a piece of a process's memory that it writes to.
type mapping struct {
	name  string
	bytes []byte
}

// memoryOf reads what a process can write to: heap, stacks, data.
func memoryOf(t *testing.T, pid int) (all []mapping) {
	t.Helper()
	list, err := os.ReadFile(fmt.Sprintf("/proc/%d/maps", pid))
	if err != nil {
		t.Fatal(err)
	}
	mem, err := os.Open(fmt.Sprintf("/proc/%d/mem", pid))
	if errors.Is(err, fs.ErrPermission) {
		t.Skip("SKIPPED: only who rules the machine can read the memory of a terminal")
	} else if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = mem.Close() }()
	for s := bufio.NewScanner(bytes.NewReader(list)); s.Scan(); {
		var from, to int64
		var mode string
		if _, err := fmt.Sscanf(s.Text(), "%x-%x %s", &from, &to, &mode); err != nil || !strings.HasPrefix(mode, "rw") {
			continue
		}
		b := make([]byte, to-from)
		n, _ := mem.ReadAt(b, from) // the end of a mapping may be out of reach
		all = append(all, mapping{s.Text(), b[:n]})
	}
	return all
}

// inMemory are the forms of a text in a program's memory: those of a file, and runes.
func inMemory(text string) map[string][]byte {
	all := forms(text)
	var runes []byte
	for _, c := range []byte(text) {
		runes = append(runes, c, 0, 0, 0)
	}
	all["runes"] = runes
	return all
}

// remembered names which secrets a memory holds, by kind and form.
func remembered(memory []mapping, secrets map[string]string) (found []string) {
	for _, kind := range slices.Sorted(maps.Keys(secrets)) {
		for form, pattern := range inMemory(secrets[kind]) {
			if len(pattern) < 6 {
				continue // it stands in any random bytes
			}
			for _, m := range memory {
				if n := bytes.Count(m.bytes, pattern); n > 0 {
					found = append(found, fmt.Sprintf("%s, %s, %d times", kind, form, n))
				}
			}
		}
	}
	return found
}

// alone counts where digits stand that are not part of a longer number: a text too short
// to be looked for otherwise.
func alone(memory []mapping, digits string) (n int) {
	isDigit := func(c byte) bool { return c >= '0' && c <= '9' }
	for _, m := range memory {
		for at := 0; ; at++ {
			next := bytes.Index(m.bytes[at:], []byte(digits))
			if next < 0 {
				break
			}
			at += next
			end := at + len(digits)
			if (at == 0 || !isDigit(m.bytes[at-1])) && (end == len(m.bytes) || !isDigit(m.bytes[end])) {
				n++
			}
		}
	}
	return n
}

// numbered is a card number that begins so: the check digit is found.
func numbered(t *testing.T, start string) string {
	t.Helper()
	for d := range 10 {
		if _, err := reader.ParsePAN(fmt.Appendf(nil, "%s%d", start, d)); err == nil {
			return fmt.Sprintf("%s%d", start, d)
		}
	}
	t.Fatal("no check digit fits")
	return ""
}

// sold is a sale by its keys, up to the question whether it shall be.
func (c *console) sold(card func()) {
	c.t.Helper()
	c.keys("1234")
	c.state("amount")
	c.keys("\r")
	c.state("present")
	card()
	c.state("confirm")
	time.Sleep(quietHands)
}

// over waits for the result, and goes on to the next customer.
func (c *console) over(state, key string) {
	c.t.Helper()
	c.state(state)
	time.Sleep(quietHands)
	c.keys(key)
	c.state("idle")
}

// TestMemory plants a number that is keyed key by key, one that comes at once, two tracks
// of a stripe with a PIN, a stripe that is pasted, a security code and an operator's PIN
// in a terminal on a pseudo-terminal, with its host in the same memory.
// While a sale needs them the memory holds them, which shows that they would be found;
// when it is over there is none.
func TestMemory(t *testing.T) {
	data := filepath.Join(t.TempDir(), "shop")
	office{t, data}.does("Added: operator 01", []string{firstOfWang, firstOfWang}, "operator", "add", "01", "--name", "Wang", "--role", "supervisor")
	keyed, quick, striped, pasted := numbered(t, "37828224639517"), numbered(t, "492957381466203"), numbered(t, "555534129807461"), numbered(t, "37144982736091")
	track := striped + "=30121060000073914628"
	const code, pin = "7392", "582946137750"
	secrets := map[string]string{
		"number, keyed": keyed, "number, quick": quick, "number, striped": striped, "number, pasted": pasted, "track": track, "PIN": pin,
		"operator's PIN": ownOfWang, "operator's first PIN": firstOfWang, "code as keyed": "1230\r" + code,
	}
	c := newConsole(t, nil, built(t), "--data", data, "--lang", "en", "--reader", "none")
	c.signIn("01", firstOfWang, ownOfWang)
	pid := c.cmd.Process.Pid
	before := alone(memoryOf(t, pid), code)

	c.sold(func() {
		c.slowly(keyed, human)
		c.state("pan")
		c.keys("\r")
		c.state("expiry")
		c.keys("1230\r")
		c.state("cvv")
		c.slowly(code, human)
		c.keys("\r")
	})
	if found := remembered(memoryOf(t, pid), secrets); !slices.ContainsFunc(found, func(s string) bool { return strings.HasPrefix(s, "number, keyed, clear") }) {
		t.Errorf("a card in use is not seen: %q", found)
	}
	c.keys("\r")
	c.over("approved", "\r")

	c.sold(func() {
		c.keys(quick[:1])
		c.state("pan")
		time.Sleep(quietHands)
		c.keys(quick[1:])
		time.Sleep(quietHands)
		c.keys("\r")
		c.state("expiry")
		c.keys("1230\r")
		c.state("cvv")
		c.keys("123\r")
	})
	c.keys("\r")
	c.over("approved", "\r")

	c.sold(func() { c.keys("%B" + striped + "^TEST/CARD^" + track[17:] + "?;" + track + "?\r") })
	c.keys("\r")
	c.state("pin")
	time.Sleep(quietHands)
	c.slowly(pin, human)
	c.keys("\r")
	c.over("declined", "\x1b") // it is not the PIN of that card

	c.sold(func() { c.keys("\x1b[200~;" + pasted + "=301210100000000000?\x1b[201~") })
	c.keys("\r")
	c.over("approved", "\r")

	memory := memoryOf(t, pid)
	for _, found := range remembered(memory, secrets) {
		t.Errorf("left in memory: %s", found)
	}
	if after := alone(memory, code); after > before {
		t.Errorf("left in memory: the security code, %d times more than before", after-before)
	}
	size := 0
	for _, m := range memory {
		size += len(m.bytes)
	}
	t.Logf("%d MiB in %d mappings looked at", size>>20, len(memory))
	if found := leaks([]byte(c.output()), slices.Collect(maps.Values(secrets))); len(found) > 0 {
		t.Errorf("on the screen: %d leaks", len(found))
	}
}

// signIn is an operator's first time at the terminal, with an empty drawer.
func (c *console) signIn(id, first, own string) {
	c.t.Helper()
	c.state("lock")
	time.Sleep(quietHands)
	c.slowly(id, human)
	c.keys("\r")
	for _, step := range []struct{ state, pin string }{{"passcode", first}, {"newcode", own}, {"newcode", own}} {
		c.state(step.state)
		time.Sleep(quietHands)
		c.slowly(step.pin, human)
		c.keys("\r")
	}
	c.state("cash")
	time.Sleep(quietHands)
	c.keys("\r")
	c.state("idle")
}
