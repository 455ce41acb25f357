package tui

import (
	"testing"
	"time"

	tea "charm.land/bubbletea/v2"

	"vpos/tui/words"
	"vpos/txn"
)

// A key that bounces, or is leaned on, never confirms a sale: Enter is taken once the hands
// have been quiet.
func TestConfirmationWaitsForQuietHands(t *testing.T) {
	b := newBench(t, words.EN, "mono")
	b.keys(sold[:len(sold)-1])
	b.at(txn.CVVEntry)
	b.burst("\n\n\n\n", 60*time.Millisecond)
	b.at(txn.Confirm)
	for range 200 { // twelve seconds
		b.burst("\n", 60*time.Millisecond)
	}
	b.at(txn.Confirm)
	b.keys("\n")
	b.at(txn.ApprovedShown)
}

// Esc calls a sale off at once, and does not dismiss a result at once.
func TestEscapeIsNotHeldBack(t *testing.T) {
	esc := tea.KeyPressMsg{Code: tea.KeyEscape}
	b := newBench(t, words.EN, "mono")
	b.keys(sold)
	b.now = b.now.Add(10 * time.Millisecond)
	b.feed(esc)
	b.at(txn.Idle)
	b = newBench(t, words.EN, "mono")
	b.keys(sold + "\n")
	b.at(txn.ApprovedShown)
	b.now = b.now.Add(10 * time.Millisecond)
	b.feed(esc)
	b.at(txn.ApprovedShown)
	b.press(esc)
	b.at(txn.Idle)
}

// What comes up by itself takes no key that was meant for the screen before: not the
// digits, not Enter. What a key has led to does.
func TestWhatComesByItselfWaits(t *testing.T) {
	b := newBench(t, words.EN, "mono")
	b.till.hire()
	b.feed(Changed{})
	b.at(txn.Lock)
	b.burst("01\n", 60*time.Millisecond)
	if b.m.state.Name != txn.Lock {
		t.Errorf("an amount under way when the terminal locked is taken for an operator's number: %s", b.m.state.Name)
	}
	b.wait(time.Second)
	b.keys("01\n")
	b.at(txn.Passcode)
	b.m.state.Name, b.till.state.Name = txn.Menu, txn.OTPEntry // the bank wants a code
	b.feed(Changed{})
	b.burst("12", 60*time.Millisecond)
	if b.m.field.Len() != 0 {
		t.Errorf("%d digits are taken for a one-time code", b.m.field.Len())
	}
	b.wait(time.Second)
	b.keys("1234")
	if b.m.field.Len() != 4 {
		t.Errorf("%d digits of four", b.m.field.Len())
	}
}

// A queue of keys that was typed at another screen does not confirm what it typed itself.
func TestQueueDoesNotConfirmItself(t *testing.T) {
	b := newBench(t, words.EN, "mono")
	b.keys("r" + card + reference + "1121\n")
	b.at(txn.AmountEntry)
	b.burst("1230\n1230\n1230\n", 60*time.Millisecond)
	b.at(txn.Confirm)
	if b.m.field.Len() != 0 {
		t.Errorf("%d digits are taken", b.m.field.Len())
	}
	b.keys("#\n")
	b.at(txn.ApprovedShown)
}

// A program that stood still while keys queued up does not take them for keys that were
// pressed at what it shows: the grace counts from when it runs again.
func TestGraceOfAProgramThatStoodStill(t *testing.T) {
	b := newBench(t, words.EN, "mono")
	b.keys(sold)
	b.at(txn.Confirm)
	b.now = b.now.Add(2 * time.Second) // nothing ran
	b.feed(keyOf('\n'))
	b.feed(captureDue{})
	b.at(txn.Confirm)
	b.now = b.now.Add(2 * time.Second)
	b.feed(hushDue{}) // late
	b.feed(keyOf('\n'))
	b.feed(captureDue{})
	b.at(txn.Confirm)
	b.keys("\n")
	b.at(txn.ApprovedShown)
}
