package plain

import (
	"vpos/tui/keypad"
	"vpos/tui/words"
	"vpos/txn"
)

// The word privacy: one line says that nothing more is said. What is under way goes on; an
// empty line, or the word again, shows where it stands. Any other line goes nowhere, and
// is not echoed.

// hide keeps the state to itself from here on. The menu it was chosen from is left.
func (d *dialogue) hide() {
	if d.Terminal.State().Name == txn.Menu {
		d.Terminal.Dispatch(txn.Cancelled{})
	}
	d.dark = true
	d.print(string(keypad.Privacy) + ": " + words.HiddenLine.In(d.Lang))
}

// peek takes a line while nothing is shown.
func (d *dialogue) peek(word string) {
	b, ok := keypad.Sight{Hidden: true}.FindPlain(word)
	if word != "" && (!ok || b.Action != keypad.Privacy) {
		d.print(string(keypad.Privacy) + ": " + words.HiddenLine.In(d.Lang))
		return
	}
	d.dark = false
}
