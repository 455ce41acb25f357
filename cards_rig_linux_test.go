package main

import (
	"fmt"
	"path/filepath"
	"testing"
	"time"

	"vpos/reader"
	"vpos/reader/pcsc/pcscd"
	"vpos/txn"
	"vpos/txn/chip"
	"vpos/txn/engine"
	"vpos/txn/host/sim"
)

// The whole terminal at a real PC/SC service: its engine, its journal, a host over
// TCP, and virtual cards in virtual readers, driven like a person drives it.

const (
	// lookPause is how often the service looks whether a card is in a reader. A
	// card torn out of a session is known to be gone at once; one put in before the
	// service has looked for itself would never be noticed.
	lookPause = 450 * time.Millisecond

	// seeing is how long a card that was put in usually takes to be seen, at most.
	seeing = 4 * time.Second
)

// counter is a terminal with a host, a reader of two slots and a person.
type counter struct {
	*testing.T

	daemon  *pcscd.Daemon
	shop    *shop
	engine  *engine.Engine
	cards   *chip.Cards
	changed <-chan struct{}
	bank    *bank
	config  string
	data    string

	slot  int          // of the next card
	free  [2]time.Time // when a slot may be used again
	last  txn.STAN     // the trace number of the newest sale, if it got one
	paper int          // slips before it
}

// openCounter starts the service, the host and the terminal.
func openCounter(t *testing.T) *counter {
	t.Helper()
	if testing.Short() {
		t.Skip("cards take their time")
	}
	c := &counter{T: t, daemon: pcscd.Start(t), bank: newBank(t), data: t.TempDir()}
	c.config = writeConfig(t, c.bank.address)
	var err error
	if c.shop, err = openShop(settings{data: c.data, config: c.config, reader: "pcsc", lang: "en", folder: new(string)}); err != nil {
		t.Fatal(err)
	}
	changed, notify := notifier()
	c.changed = changed
	c.engine = c.shop.newEngine(notify, func(err error) { t.Error(err) })
	c.start()
	t.Cleanup(c.close)
	return c
}

// start puts the terminal together as the program does.
func (c *counter) start() {
	c.Helper()
	r, err := c.shop.openReaders()
	if err != nil {
		c.Fatal(err)
	}
	parts, err := c.shop.open(c.Context())
	if err != nil {
		c.Fatal(err)
	}
	if c.cards, err = c.shop.openCards(r, c.engine); err != nil {
		c.Fatal(err)
	}
	if err := c.shop.start(c.Context(), c.engine, parts, c.cards); err != nil {
		c.Fatal(err)
	}
}

// close ends the terminal.
func (c *counter) close() {
	if c.engine == nil {
		return
	}
	c.cards.Close()
	c.engine.Close()
	c.shop.close()
	c.engine = nil
}

// audit ends the terminal and the host and holds what they left against each
// other, and against the leak gate.
func (c *counter) audit() {
	c.Helper()
	c.close()
	c.bank.shut()
	agree(c.T, c.data, c.bank.dir, "--config", c.config)
	for _, dir := range []string{c.data, c.bank.dir} {
		gate(c, dir)
	}
}

// until waits for a state.
func (c *counter) until(what string, ok func(txn.State) bool) txn.State {
	c.Helper()
	s, good := c.within(patience, ok)
	switch {
	case s.Halted != txn.NoProblem:
		c.Fatalf("%s: the machine stopped: %s", what, s.Halted)
	case !good:
		c.Fatalf("%s: never: state %s, problem %q, card in %q, spent %t, %d pending", what, s.Name, s.Problem, s.CardIn, s.Spent, len(s.Pending))
	}
	return s
}

// within waits for a state for some time, and reports whether it came.
func (c *counter) within(d time.Duration, ok func(txn.State) bool) (txn.State, bool) {
	late := time.After(d)
	for {
		s := c.engine.State()
		if ok(s) || s.Halted != txn.NoProblem {
			return s, s.Halted == txn.NoProblem
		}
		select {
		case <-c.changed:
		case <-late:
			return s, false
		}
	}
}

// key is an entry with Enter behind it.
func (c *counter) key(text string) {
	entry := reader.NewSecret(text)
	c.engine.Dispatch(txn.Entered{Text: entry})
	entry.Wipe()
}

// cardholder is who answers what the card asks.
type cardholder struct {
	picks []string
	pins  []string
}

func (h *cardholder) answer(n txn.Name) (text string) {
	list := &h.pins
	if n == txn.Choose {
		list = &h.picks
	}
	if len(*list) > 0 {
		text, *list = (*list)[0], (*list)[1:]
	}
	return text
}

// settle answers until the sale waits for nobody: its outcome is on the screen, its
// slip out and its reversal delivered.
func (c *counter) settle(what string, h cardholder) txn.State {
	c.Helper()
	for {
		s := c.until(what, func(s txn.State) bool {
			switch s.Name {
			case txn.Choose, txn.PINEntry:
				return true
			case txn.Present:
				return s.Problem != txn.NoProblem && !s.Reading()
			case txn.ApprovedShown, txn.DeclinedShown, txn.UnknownShown:
				return len(s.Pending) == 0 && s.AtRest()
			default:
				return false
			}
		})
		if s.Name != txn.Choose && s.Name != txn.PINEntry {
			return s
		}
		c.key(h.answer(s.Name))
	}
}

// begin keys the amount of a sale.
func (c *counter) begin(amount string) {
	c.Helper()
	c.last, c.paper = c.engine.State().NextSTAN, c.slips()
	c.key(amount)
}

// sell is a sale with the card that is in, to its end on the screen.
func (c *counter) sell(what, amount string, h cardholder) txn.State {
	c.Helper()
	c.begin(amount)
	return c.settle(what, h)
}

// over leads the terminal back to idle; an approved sale gets its second slip.
func (c *counter) over() {
	c.Helper()
	if c.engine.State().Name == txn.ApprovedShown {
		c.key("")
	} else {
		c.engine.Dispatch(txn.Cancelled{})
	}
	c.until("idle", func(s txn.State) bool { return s.Name == txn.Idle && s.AtRest() })
}

// slips counts the slips on disk.
func (c *counter) slips() int {
	files, err := filepath.Glob(filepath.Join(c.data, "receipts", "*.txt"))
	if err != nil {
		c.Fatal(err)
	}
	return len(files)
}

// entry is the journal's word on the newest sale; nil where it has none.
func (c *counter) entry() *txn.Transaction {
	c.Helper()
	if c.engine.State().NextSTAN == c.last {
		return nil
	}
	t, err := c.shop.journal.Find(c.Context(), c.last)
	if err != nil {
		c.Fatal(err)
	}
	if t != nil {
		t.Card.Wipe()
	}
	return t
}

// agreed holds the newest sale's rows against each other.
func (c *counter) agreed(what string) {
	c.Helper()
	mine, theirs := c.entry(), c.bank.row(c.last)
	approved, charged := mine != nil && mine.Status == txn.Approved, theirs != nil && theirs.State == sim.Charged
	if approved != charged || mine != nil && (mine.Status == txn.Open || mine.Status == txn.ReversalPending) {
		c.Errorf("%s: the books differ: terminal %s, host %s", what, told(mine), said(theirs))
	}
}

func told(t *txn.Transaction) string {
	if t == nil {
		return "nothing"
	}
	return fmt.Sprintf("%s %s %s", t.Status, t.Result.Code, t.Cause)
}

func said(e *sim.Entry) string {
	if e == nil {
		return "nothing"
	}
	return string(e.State)
}
