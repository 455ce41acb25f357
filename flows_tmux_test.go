package main

import (
	"strings"
	"testing"
	"time"

	"vpos/tui/keypad"
	"vpos/tui/words"
	"vpos/txn"
)

// cashier types the flows at the keys. Where the language is Chinese everything begins
// from the menu by its digits, as on a keypad alone; else by its letter where it has one.
type cashier struct {
	*pane

	lang   words.Lang
	swiped bool // an Enter just behind a swipe is the reader's
	wrong  bool // what was typed last may still stand in the field
	alone  bool // Enter was pressed, and nothing else
}

func (c *cashier) begin(b keypad.Binding) {
	if c.lang == words.EN && len(b.Keys) > 0 {
		c.keys(b.Keys[0])
		return
	}
	c.keys("m")
	c.state(string(txn.Menu))
	c.keys("-l", b.Item)
}

func (c *cashier) say(text string) {
	if c.wrong {
		c.keys("C-u")
	}
	if strings.HasPrefix(text, ";") {
		c.keys("-l", text)
		c.keys("Enter")
		c.swiped = true
		return
	}
	c.types(text)
	c.keys("Enter")
	c.alone = text == ""
}

func (c *cashier) print() {
	if c.lang == words.EN {
		c.keys("p")
		return
	}
	c.keys("2")
}

func (c *cashier) cancel() { c.keys("Escape") }

func (c *cashier) sees(at txn.Name, texts ...string) {
	c.t.Helper()
	c.arrives(string(at), texts...)
	c.has(texts...)
	switch at {
	case txn.ApprovedShown, txn.DeclinedShown, txn.UnknownShown, txn.ShiftShown, txn.Confirm, txn.Settle, txn.PINEntry, txn.CashEntry, txn.Lock:
		c.quiet()
	default:
		if c.swiped {
			c.quiet()
		}
	}
	c.swiped = false
	c.wrong = keypad.FieldOf(at) != keypad.NoField
}

// arrives waits for a state and its texts. A computer so busy that the program stood still for a while
// has it take no Enter meanwhile, as a person would see, and press it again.
func (c *cashier) arrives(at string, texts ...string) {
	c.t.Helper()
	here := c.run("display-message", "-p", "#{pane_title}")
	for range 4 {
		for end := time.Now().Add(3 * time.Second); time.Now().Before(end); time.Sleep(20 * time.Millisecond) {
			if c.named(at) && c.shows(texts...) {
				c.alone = false
				return
			}
		}
		if c.alone && c.run("display-message", "-p", "#{pane_title}") == here {
			c.keys("Enter")
		}
	}
	c.alone = false
	c.state(at)
}

// TestFlowsTmux does every flow at the screen of a real terminal.
func TestFlowsTmux(t *testing.T) {
	t.Parallel()
	everywhere(t, func(t *testing.T, s scene, config, data string, lang words.Lang) {
		p := newPane(t, 80, 24, "", data, "--config", config, "--lang", lang.String())
		p.state(string(s.first()))
		p.quiet()
		play(t, &cashier{pane: p, lang: lang}, s, data, lang)
		p.keys("q")
		p.gone()
	})
}
