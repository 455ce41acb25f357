package main

import (
	"fmt"
	"math/rand/v2"
	"path/filepath"
	"syscall"
	"testing"
	"time"

	"golang.org/x/sys/unix"
)

// startScreen runs the built terminal on a pseudo-terminal and its own folder.
func startScreen(t *testing.T, dir string, args ...string) *console {
	t.Helper()
	c := newConsole(t, nil, built(t), append([]string{"--data", dir, "--lang", "en", "--reader", "none"}, args...)...)
	c.state("idle")
	return c
}

func human() time.Duration { return 30 * time.Millisecond }

// quietHands is longer than a screen that has just come up takes no keys.
const quietHands = 400 * time.Millisecond

// TestScreenSale sells with the keys a cashier presses.
func TestScreenSale(t *testing.T) {
	dir := t.TempDir()
	c := startScreen(t, dir)
	c.keys("1234")
	c.state("amount")
	c.keys("\r")
	c.state("present")
	c.slowly("4111111111111111", human)
	c.state("pan")
	c.keys("\r")
	c.state("expiry")
	c.keys("1230\r")
	c.state("cvv")
	c.keys("123\r")
	c.state("confirm")
	time.Sleep(quietHands)
	c.keys("\r")
	c.state("approved")
	c.shows("Approved")
	time.Sleep(quietHands)
	c.keys("\r")
	c.state("idle")
	c.keys("q")
	if code := c.exit(); code != 0 {
		t.Errorf("exit code %d", code)
	}
	if files, _ := filepath.Glob(filepath.Join(dir, "receipts", "*.txt")); len(files) != 2 {
		t.Errorf("slips: %v", files)
	}
	gate(t, dir)
	if found := leaks([]byte(c.output()), planted); len(found) > 0 {
		t.Errorf("leak on the screen: %v", found)
	}
}

// TestSwipes swipes a hundred cards at 0 to 5 ms a key, at eight terminals: each is exact,
// and no key of one reaches the screen that follows.
func TestSwipes(t *testing.T) {
	const terminals = 8
	for n := range terminals {
		t.Run(fmt.Sprint(n), func(t *testing.T) {
			t.Parallel()
			swipes(t, n, terminals)
		})
	}
}

// swipes is every so manieth of a hundred.
func swipes(t *testing.T, first, step int) {
	t.Helper()
	dir := t.TempDir()
	c := startScreen(t, dir)
	dice := rand.New(rand.NewPCG(1, uint64(first)))
	tracks := []string{
		";4111111111111111=30121010000000000?\r",
		"%B5555555555554444^TEST/CARD^30121010000000000000?;5555555555554444=30121010000000000?\r",
		";378282246310005=301210100000000000?\r",
		"%B4111111111111111^TEST/CARD                 ^3012101000000000000000000000000?\r",
	}
	for i := first; i < 100; i += step {
		limit := i % 6
		c.keys("500\r")
		c.state("present")
		c.slowly(tracks[i/step%len(tracks)], func() time.Duration {
			if limit == 0 {
				return 0
			}
			return time.Duration(dice.Int64N(int64(limit) * int64(time.Millisecond)))
		})
		c.state("confirm")
		c.keys("\x1b")
		c.state("idle")
	}
	// Every swipe went straight from present to confirm: had a digit leaked, the
	// pan state would have been there.
	c.mu.Lock()
	for _, name := range []string{"pan", "expiry", "cvv", "menu", "journal"} {
		if n := c.count["vpos · "+name]; n != 0 {
			t.Errorf("%d keys leaked to %s", n, name)
		}
	}
	c.mu.Unlock()
	c.keys("q")
	if code := c.exit(); code != 0 {
		t.Errorf("exit code %d", code)
	}
	gate(t, dir)
	if found := leaks([]byte(c.output()), planted); len(found) > 0 {
		t.Errorf("leak on the screen: %v", found)
	}
}

// TestSignals ends the terminal in the middle of an entry: it leaves the screen,
// the modes and the exit code as they should be.
func TestSignals(t *testing.T) {
	for _, sig := range []syscall.Signal{syscall.SIGTERM, syscall.SIGHUP, syscall.SIGINT} {
		t.Run(sig.String(), func(t *testing.T) {
			dir := t.TempDir()
			c := startScreen(t, dir)
			raw := modes(t, c)
			c.keys("1234\r")
			c.state("present")
			if err := c.cmd.Process.Signal(sig); err != nil {
				t.Fatal(err)
			}
			if code := c.exit(); code != 128+int(sig) {
				t.Errorf("exit code %d", code)
			}
			cooked := modes(t, c)
			if want := uint32(unix.ICANON | unix.ECHO | unix.ISIG); raw&want != 0 || cooked&want != want {
				t.Errorf("terminal modes %#x while running, %#x after", raw, cooked)
			}
			c.shows("\x1b[?1049l") // the alternate screen is left
			gate(t, dir)
		})
	}
}

// modes is the terminal's local modes: line editing, echo, signals.
func modes(t *testing.T, c *console) uint32 {
	t.Helper()
	termios, err := unix.IoctlGetTermios(int(c.file.Fd()), unix.TCGETS)
	if err != nil {
		t.Fatal(err)
	}
	return termios.Lflag
}
