package tui

import (
	"testing"
	"time"

	"vpos/tui/words"
	"vpos/txn"
)

// Whoever types is at work: the terminal does not lock itself under their hands, though
// the machine sees no key before Enter.
func TestTypingKeepsTheTerminalOpen(t *testing.T) {
	b := newBench(t, words.EN, "mono")
	b.till.state.Setup.LockAfter = 30 * time.Second
	staffed(signedIn)(b)
	for range 10 {
		b.till.pass(20 * time.Second)
		b.wait(20 * time.Second)
		b.keys("1")
		b.at(txn.AmountEntry)
	}
	told := 0
	for _, e := range b.till.events {
		if _, touched := e.(txn.Touched); touched {
			told++
		}
	}
	if told > 20 {
		t.Errorf("the machine was told %d times", told)
	}
	b.till.pass(31 * time.Second)
	b.feed(Changed{})
	b.at(txn.Lock)
}
